"""What a browser carries after a secret link was followed, so that the secret stands in no address.

The cookie holds the secret sealed under a key of the installation, with the moment at which it ends: whoever finds it
later opens nothing with it. It goes to the page that the link is for, and to no other part of Wegnetz.
"""

from __future__ import annotations

import base64
import binascii
import json
import time
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wegnetz.core.crypto import CannotOpenError, derive_key, key_from_text, seal, unseal

# Between following the link and the button that opens the page; and on the page, an evening at the place.
TO_OPEN: Final = 600
OPEN_FOR: Final = 2 * 3600


@dataclass(frozen=True, slots=True)
class Visit:
    """The secret that was brought, and whether the button has been pressed that opens the page."""

    token: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of one kind of page: what its cookie is called, the name of its address, and what its key is made for.

    `forgets` is the script that takes from the browser what the page keeps there, once its link opens nothing.
    """

    name: str
    address: str
    purpose: str
    open_for: int = 0  # seconds after the button, where it is not `OPEN_FOR`
    forgets: str = ""

    @property
    def cookie(self) -> str:
        return f"__Secure-{self.name}" if settings.HTTPS else self.name

    def visit_of(self, request: HttpRequest) -> Visit | None:
        """None without a cookie of ours, or with one whose time is over."""
        content = opened(request.COOKIES.get(self.cookie, ""), self.purpose)
        return Visit(content["token"], content["opened"]) if content else None

    def begin(self, response: HttpResponse, token: str) -> HttpResponse:
        """After the link was followed. Lax: browsers keep a strict cookie back where the way began on another site, and
        a link in a mail begins there. It shows nobody yet."""
        return self._give(response, Visit(token, opened=False))

    def go_on(self, response: HttpResponse, token: str) -> HttpResponse:
        """After the button was pressed, which is on our own site."""
        return self._give(response, Visit(token, opened=True))

    def end(self, response: HttpResponse) -> HttpResponse:
        response.delete_cookie(self.cookie, path=self._path(), samesite="Strict")
        return response

    def _give(self, response: HttpResponse, visit: Visit) -> HttpResponse:
        seconds = (self.open_for or OPEN_FOR) if visit.opened else TO_OPEN
        box = sealed({"token": visit.token, "opened": visit.opened}, self.purpose, seconds=seconds)
        response.set_cookie(
            self.cookie, box, max_age=seconds, path=self._path(), secure=settings.HTTPS, httponly=True,
            samesite="Strict" if visit.opened else "Lax",
        )  # fmt: skip
        return response

    def _path(self) -> str:
        return reverse(self.address)


def sealed(content: dict[str, Any], purpose: str, *, seconds: int) -> str:
    """What a cookie holds: it opens for as many seconds, and for the same purpose alone."""
    text = json.dumps(content | {"until": time.time() + seconds})
    return base64.urlsafe_b64encode(seal(_key(purpose), text.encode(), purpose)).decode()


def opened(cookie: str, purpose: str) -> dict[str, Any] | None:
    """None without a cookie of ours, or with one whose time is over."""
    try:
        content: dict[str, Any] = json.loads(unseal(_key(purpose), base64.urlsafe_b64decode(cookie.encode()), purpose))
    except (CannotOpenError, binascii.Error):
        return None
    return content if content["until"] > time.time() else None


def _key(purpose: str) -> bytes:
    return derive_key(key_from_text(settings.MASTER_KEY), purpose)


PLACES: Final = Visits("place", "portal:place-page", "visits of place pages")
# It ends with its link, a day after the workshop: what was ticked off without a network still has to arrive.
EVENINGS: Final = Visits(
    "evening", "portal:evening", "visits of evenings", open_for=3 * 24 * 3600, forgets="wegnetz/evening-gone.js"
)
MAPS: Final = Visits("page", "portal:map-page", "visits of people's maps")
