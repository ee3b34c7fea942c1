"""What a browser carries after a secret link was followed, so that the secret stands in no address.

The cookie holds the secret sealed under a key of the installation, with the moment at which it ends: whoever finds it
later opens nothing with it. It goes to the pages of its link alone, and to no other part of Wegnetz.
"""

from __future__ import annotations

import base64
import binascii
import json
import time
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wegnetz.core.crypto import CannotOpenError, derive_key, key_from_text, seal, unseal

TO_OPEN: Final = 600  # seconds between following the link and the button that opens the page
# Seconds, after the button. At a place, an evening. The list of an evening ends with its link, a day after the
# workshop: what was ticked off without a network still has to arrive.
OPEN_FOR: Final = {"place": 2 * 3600, "evening": 3 * 24 * 3600, "page": 2 * 3600}


@dataclass(frozen=True, slots=True)
class Visit:
    """The secret that was brought, and whether the button has been pressed that opens the page."""

    token: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits to one kind of page, and under which address it is."""

    name: str
    page: str

    @property
    def cookie(self) -> str:
        return f"__Secure-{self.name}" if settings.HTTPS else self.name

    def of(self, request: HttpRequest) -> Visit | None:
        """None without a cookie of ours, or with one whose time is over."""
        try:
            box = base64.urlsafe_b64decode(request.COOKIES.get(self.cookie, "").encode())
            content = json.loads(unseal(self._key(), box, self._purpose))
        except (CannotOpenError, binascii.Error):
            return None
        return Visit(content["token"], content["opened"]) if content["until"] > time.time() else None

    def begin(self, response: HttpResponse, token: str) -> HttpResponse:
        """After the link was followed. Lax: browsers keep a strict cookie back where the way began on another site, and
        a link in a mail begins there. It shows nobody yet."""
        return self._give(response, Visit(token, opened=False))

    def go_on(self, response: HttpResponse, token: str) -> HttpResponse:
        """After the button was pressed, which is on our own site."""
        return self._give(response, Visit(token, opened=True))

    def end(self, response: HttpResponse) -> HttpResponse:
        response.delete_cookie(self.cookie, path=reverse(self.page), samesite="Strict")
        return response

    def _give(self, response: HttpResponse, visit: Visit) -> HttpResponse:
        seconds = OPEN_FOR[self.name] if visit.opened else TO_OPEN
        content = {"token": visit.token, "opened": visit.opened, "until": time.time() + seconds}
        box = base64.urlsafe_b64encode(seal(self._key(), json.dumps(content).encode(), self._purpose)).decode()
        response.set_cookie(
            self.cookie, box, max_age=seconds, path=reverse(self.page), secure=settings.HTTPS, httponly=True,
            samesite="Strict" if visit.opened else "Lax",
        )  # fmt: skip
        return response

    @property
    def _purpose(self) -> str:
        return f"visits of {self.name} pages"

    def _key(self) -> bytes:
        return derive_key(key_from_text(settings.MASTER_KEY), self._purpose)


PLACE: Final = Visits("place", "portal:place-page")
EVENING: Final = Visits("evening", "portal:evening")
# Of people's own maps: what the cookie is called tells nobody what it opens.
MAPS: Final = Visits("page", "portal:map-page")
