"""What stands before the page of an invitation: its link, and nothing that could be found out without it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wegnetz.audit.services import AuditUnavailableError
from wegnetz.core.days import working_day
from wegnetz.core.public import View
from wegnetz.core.turns import is_too_often
from wegnetz.network.selectors.own_invitations import InvitationGoneError, is_invited
from wegnetz.portal.invitation_visits import handle_of, token_of
from wegnetz.portal.languages import CHECKED, PUBLIC_LANGUAGES, wanted_language
from wegnetz.portal.link_guard import Answer, as_asked, behind_a_link, later

ASKED_AT_MOST: Final = 300  # times an hour, with one link
MOST_TYPED: Final = 2_000  # characters that are shown again


class InvitationRequest(HttpRequest):
    """A request with the secret that was followed, and the handle that stands for it in addresses."""

    token: str
    handle: str


def invitation_screen(*methods: str) -> Callable[[Answer], View]:
    """Declare a page of an invitation.

    A link that was never given out, was taken back or is of somebody who is not accompanied any more, and no link at
    all, are answered alike.
    """

    def declare(view: Answer) -> View:
        return behind_a_link(view, partial(_answer, view), methods, language_of)

    return declare


def language_of(request: HttpRequest) -> str:
    wished = request.GET.get("sprache") or wanted_language(request)
    return wished if wished in PUBLIC_LANGUAGES else "de"


def _answer(view: Answer, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    token = kwargs.pop("token", "") or token_of(request, kwargs.pop("handle", ""))
    try:
        refused = _admit(request, token)
        with as_asked(request):
            return refused or view(request, *args, **kwargs)
    except InvitationGoneError:
        return gone(request)
    except AuditUnavailableError:
        text = _("Es ist nichts verloren. Bitte versuch es in einer Minute noch einmal.")
        return said(request, 503, _("Das geht gerade nicht"), text)


def _admit(request: HttpRequest, token: str) -> HttpResponse | None:
    """Raises InvitationGoneError."""
    if not is_invited(token, on=working_day()):
        raise InvitationGoneError
    found = cast("InvitationRequest", request)
    found.token, found.handle = token, handle_of(token)
    if is_too_often(f"invitation|{found.handle}", ASKED_AT_MOST):
        text = _("Die Seite wurde sehr oft geöffnet. Bitte versuch es in einer Stunde noch einmal.")
        return said(request, 429, _("Bitte warte etwas"), text)
    return None


def gone(request: HttpRequest) -> HttpResponse:
    """The same for every link that opens nothing, whatever the reason."""
    text = _(
        "Vielleicht war die Seite zu lange offen: Dann öffne deinen Link noch einmal. Vielleicht gibt es einen neuen "
        "Link. Wenn du ihn nicht mehr hast, frag die Person, die dich begleitet."
    )
    response = said(request, 404, _("Dieser Link öffnet nichts"), text, typed=request.POST.get("note", ""))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def said(request: HttpRequest, status: int, heading: str, text: str, *, typed: str = "") -> HttpResponse:
    """`typed` is what somebody wrote and is not kept: they can copy it."""
    context = frame(request) | {"heading": heading, "text": text, "typed": typed[:MOST_TYPED]}
    return later(render(request, "portal/invitation/said.html", context, status=status))


def frame(request: HttpRequest) -> dict[str, Any]:
    language, match = language_of(request), request.resolver_match
    return {
        "language": language, "all_languages": PUBLIC_LANGUAGES, "draft": language not in CHECKED,
        "handle": match.kwargs.get("handle", "") if match else "",
    }  # fmt: skip
