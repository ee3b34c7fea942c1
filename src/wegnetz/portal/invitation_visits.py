"""What a browser carries after the link of an invitation was followed, so that the secret stands in no address.

The address that is left has a handle: it tells one invitation from another that is open in the same browser, and opens
nothing without the cookie. The cookie holds the secret sealed under a key of the installation, and goes to the page of
that invitation alone.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wegnetz.core.crypto import derive_key
from wegnetz.portal.visits import opened, sealed

# The page shows a workshop and one's own answer: whoever thinks about it all day need not follow the link again.
OPEN_FOR: Final = 24 * 3600
_PURPOSE: Final = "visits of invitations"
_HANDLE: Final = 16  # characters


def handle_of(token: str) -> str:
    """Nobody finds the secret from it, which is not guessed either."""
    return derive_key(token.encode(), "handle of an invitation").hex()[:_HANDLE]


def cookie_of(handle: str) -> str:
    return f"__Secure-{handle}" if settings.HTTPS else handle


def address_of(handle: str) -> str:
    return reverse("portal:invitation", args=[handle])


def token_of(request: HttpRequest, handle: str) -> str:
    """The secret that was brought for this page; empty without a cookie of ours, or with one whose time is over."""
    content = opened(request.COOKIES.get(cookie_of(handle), ""), _PURPOSE)
    token: str = content["token"] if content else ""
    return token if token and handle_of(token) == handle else ""


def carry(response: HttpResponse, token: str) -> HttpResponse:
    """Lax: browsers keep a strict cookie back where the way began on another site, and a link in a mail begins there.

    Another site can follow the link no better than with the secret itself, and no form of it takes the cookie along.
    """
    handle = handle_of(token)
    response.set_cookie(
        cookie_of(handle), sealed({"token": token}, _PURPOSE, seconds=OPEN_FOR), max_age=OPEN_FOR,
        path=address_of(handle), secure=settings.HTTPS, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response
