"""What the browser of a contact point carries after its link was followed, so that the secret stands in no address.

The cookie holds the secret sealed under a key of the installation, with the moment at which it ends: whoever finds it
later opens nothing with it. It goes to the page of the place alone, and to no other part of Wegnetz.
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

COOKIE: Final = "__Secure-place" if settings.HTTPS else "place"
# Between following the link and the button that opens the page; and on the page, an evening at the place.
TO_OPEN: Final = 600
OPEN_FOR: Final = 2 * 3600
_PURPOSE: Final = "visits of place pages"


@dataclass(frozen=True, slots=True)
class Visit:
    """The secret that was brought, and whether the button has been pressed that opens the page."""

    token: str
    opened: bool


def visit_of(request: HttpRequest) -> Visit | None:
    """None without a cookie of ours, or with one whose time is over."""
    try:
        box = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, "").encode())
        content = json.loads(unseal(_key(), box, _PURPOSE))
    except (CannotOpenError, binascii.Error):
        return None
    return Visit(content["token"], content["opened"]) if content["until"] > time.time() else None


def begin(response: HttpResponse, token: str) -> HttpResponse:
    """After the link was followed. Lax: browsers keep a strict cookie back where the way began on another site, and a
    link in a mail begins there. It shows nobody yet."""
    return _give(response, Visit(token, opened=False))


def go_on(response: HttpResponse, token: str) -> HttpResponse:
    """After the button was pressed, which is on our own site."""
    return _give(response, Visit(token, opened=True))


def end(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=_path(), samesite="Strict")
    return response


def _give(response: HttpResponse, visit: Visit) -> HttpResponse:
    seconds = OPEN_FOR if visit.opened else TO_OPEN
    content = {"token": visit.token, "opened": visit.opened, "until": time.time() + seconds}
    box = base64.urlsafe_b64encode(seal(_key(), json.dumps(content).encode(), _PURPOSE)).decode()
    response.set_cookie(
        COOKIE, box, max_age=seconds, path=_path(), secure=settings.HTTPS, httponly=True,
        samesite="Strict" if visit.opened else "Lax",
    )  # fmt: skip
    return response


def _path() -> str:
    return reverse("portal:place-page")


def _key() -> bytes:
    return derive_key(key_from_text(settings.MASTER_KEY), _PURPOSE)
