"""What stands before the own page of a contact point: its link, and nothing that could be found out without it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, Final, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wegnetz.audit.services import AuditUnavailableError
from wegnetz.core.days import working_day
from wegnetz.core.public import Policy, View
from wegnetz.core.reading import only_reading
from wegnetz.core.scope import NOBODY, acting_as
from wegnetz.core.turns import HOUR, is_too_often
from wegnetz.network.selectors import LinkGoneError, OpenLink, open_link
from wegnetz.portal.languages import wanted_language
from wegnetz.portal.visits import PLACES

# Those who run a contact point here read one of them; participants never see this page.
LANGUAGES: Final = {"de": "Deutsch", "en": "English"}
ASKED_AT_MOST: Final = 300  # times an hour, with one link


class PlaceRequest(HttpRequest):
    """A request with the link that was followed."""

    link: OpenLink
    token: str
    opened: bool


def place_screen(*methods: str, unopened: bool = False) -> Callable[[Callable[..., HttpResponse]], View]:
    """Declare a page of a contact point. `unopened` is for what is shown before the button that opens it was pressed.

    A link that was never given out, was revoked or is over, and no link at all, are answered alike.
    """

    def declare(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.user = AnonymousUser()
            with translation.override(language_of(request)):
                response = _answer(view, request, *args, unopened=unopened, **kwargs)
            response.headers["Content-Language"] = language_of(request)
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            return response

        found = cast("View", require_http_methods(methods)(guarded))
        found.policy = Policy.LINK
        return found

    return declare


def language_of(request: HttpRequest) -> str:
    wished = request.GET.get("sprache") or wanted_language(request)
    return wished if wished in LANGUAGES else "de"


def _answer(
    view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, unopened: bool, **kwargs: Any
) -> HttpResponse:
    if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        # A page that a browser fetches on a guess would be recorded as read by somebody who never saw it.
        return HttpResponse(status=204)
    try:
        refused = _admit(request, kwargs.get("token", ""), unopened=unopened)
        with only_reading() if request.method in {"GET", "HEAD"} else nullcontext():
            return refused or view(request, *args, **kwargs)
    except LinkGoneError:
        return gone(request)
    except Http404:
        text = _("Es wurde inzwischen zurückgenommen, oder die Seite war zu lange offen. Bitte öffnen Sie sie neu.")
        return said(request, 404, _("Das steht hier nicht mehr"), text)
    except AuditUnavailableError:
        text = _("Es ist nichts verloren. Bitte versuchen Sie es in einer Minute noch einmal.")
        return said(request, 503, _("Im Moment nicht verfügbar"), text)


def _admit(request: HttpRequest, token: str, *, unopened: bool) -> HttpResponse | None:
    """Find the link of the address or of the visit. Raises LinkGoneError."""
    visit = None if token else PLACES.visit_of(request)
    secret, opened = (token, False) if visit is None else (visit.token, visit.opened)
    if not secret or not (opened or unopened):
        raise LinkGoneError
    with acting_as(NOBODY):
        link = open_link(secret, on=working_day())
    place = cast("PlaceRequest", request)
    place.link, place.token, place.opened = link, secret, opened
    # By the shelf, which names no place: what is counted stands in the database beside the hour of each reading.
    if is_too_often(f"place|{link.shelf}", ASKED_AT_MOST):
        text = _("Diese Seite wurde sehr oft geöffnet. Bitte versuchen Sie es in einer Stunde noch einmal.")
        return said(request, 429, _("Bitte warten Sie etwas"), text)
    return None


def gone(request: HttpRequest) -> HttpResponse:
    """The same for every link that opens nothing, whatever the reason."""
    text = _(
        "Vielleicht ist er abgelaufen, oder es gibt einen neuen. Vielleicht war die Seite auch zu lange offen: "
        "Öffnen Sie dann den Link noch einmal. Sonst fragen Sie bitte die Stelle, von der Sie ihn haben."
    )
    response = said(request, 404, _("Dieser Link öffnet gerade nichts"), text)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def said(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    context = frame(request) | {"heading": heading, "text": text}
    response = render(request, "portal/place_page/said.html", context, status=status)
    if status in {429, 503}:
        response.headers["Retry-After"] = str(60 if status == 503 else HOUR)
    return response


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"language": language_of(request), "own_languages": LANGUAGES}
