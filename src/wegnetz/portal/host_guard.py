"""What stands before the pages of those who run a contact point or lead a workshop, without an account."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.audit.services import AuditUnavailableError
from wegnetz.core.public import View
from wegnetz.network.selectors import LinkGoneError
from wegnetz.portal.languages import wanted_language
from wegnetz.portal.link_guard import as_asked, behind_a_link, later
from wegnetz.portal.visits import Visits

# Those who open them work here and read one of these; participants never see these pages.
LANGUAGES: Final = {"de": "Deutsch", "en": "English"}

# Puts the link into the request, or answers why it is not opened. Raises LinkGoneError.
Admit = Callable[[HttpRequest, str, bool], HttpResponse | None]


class HostRequest(HttpRequest):
    """A request with the secret of the link that was followed."""

    visits: Visits
    token: str
    opened: bool


def host_screen(
    visits: Visits, admit: Admit, *methods: str, unopened: bool = False
) -> Callable[[Callable[..., HttpResponse]], View]:  # fmt: skip
    """Declare a page of a link. `unopened` is for what is shown before the button that opens it was pressed.

    A link that was never given out, was revoked or is over, and no link at all, are answered alike.
    """

    def declare(view: Callable[..., HttpResponse]) -> View:
        return behind_a_link(view, partial(_answer, view, visits, admit, unopened=unopened), methods, language_of)

    return declare


def language_of(request: HttpRequest) -> str:
    wished = request.GET.get("sprache") or wanted_language(request)
    return wished if wished in LANGUAGES else "de"


def _answer(
    view: Callable[..., HttpResponse], visits: Visits, admit: Admit, request: HttpRequest, *args: Any, unopened: bool,
    **kwargs: Any,
) -> HttpResponse:  # fmt: skip
    cast("HostRequest", request).visits = visits
    try:
        refused = _admit(request, admit, kwargs.get("token", ""), unopened=unopened)
        with as_asked(request):
            return refused or view(request, *args, **kwargs)
    except LinkGoneError:
        return gone(request)
    except Http404:
        text = _("Es wurde inzwischen zurückgenommen, oder die Seite war zu lange offen. Bitte öffnen Sie sie neu.")
        return said(request, 404, _("Das steht hier nicht mehr"), text)
    except AuditUnavailableError:
        text = _("Es ist nichts verloren. Bitte versuchen Sie es in einer Minute noch einmal.")
        return said(request, 503, _("Im Moment nicht verfügbar"), text)


def _admit(request: HttpRequest, admit: Admit, token: str, *, unopened: bool) -> HttpResponse | None:
    """Find the secret of the address or of the visit, and the link to it. Raises LinkGoneError."""
    found = cast("HostRequest", request)
    visit = None if token else found.visits.visit_of(request)
    secret, opened = (token, False) if visit is None else (visit.token, visit.opened)
    if not secret or not (opened or unopened):
        raise LinkGoneError
    found.token, found.opened = secret, opened
    return admit(request, secret, opened)


def asked_too_often(request: HttpRequest) -> HttpResponse:
    text = _("Diese Seite wurde sehr oft geöffnet. Bitte versuchen Sie es in einer Stunde noch einmal.")
    return said(request, 429, _("Bitte warten Sie etwas"), text)


def gone(request: HttpRequest) -> HttpResponse:
    """The same for every link that opens nothing, whatever the reason."""
    text = _(
        "Vielleicht ist er abgelaufen, oder es gibt einen neuen. Vielleicht war die Seite auch zu lange offen: "
        "Öffnen Sie dann den Link noch einmal. Sonst fragen Sie bitte die Stelle, von der Sie ihn haben."
    )
    forgets = cast("HostRequest", request).visits.forgets
    response = said(request, 404, _("Dieser Link öffnet gerade nichts"), text, script=forgets)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def said(request: HttpRequest, status: int, heading: str, text: str, *, script: str = "") -> HttpResponse:
    context = frame(request) | {"heading": heading, "text": text, "script": script}
    return later(render(request, "portal/link_said.html", context, status=status))


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of each of these pages needs."""
    page = reverse(cast("HostRequest", request).visits.address)
    return {"language": language_of(request), "own_languages": LANGUAGES, "page": page}
