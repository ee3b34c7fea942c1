"""What stands before a person's own map: the secret of its link, and nothing that could be found out without it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wegnetz.audit.services import AuditUnavailableError
from wegnetz.core.public import View
from wegnetz.core.scope import Scope, acting_as
from wegnetz.core.turns import is_too_often
from wegnetz.network.selectors import LinkGoneError
from wegnetz.network.selectors.person_maps import OpenMap, counted_as, map_of_link, organisation_of
from wegnetz.portal.languages import CHECKED, PUBLIC_LANGUAGES, wanted_language
from wegnetz.portal.link_guard import Answer, as_asked, behind_a_link, later
from wegnetz.portal.visits import MAPS

ASKED_AT_MOST: Final = 2_000  # times an hour, with one link: every move of a finger is one
_TOLD_APART: Final = 16  # characters


class MapRequest(HttpRequest):
    """A request with the map whose link was followed."""

    own: OpenMap
    opened: bool
    language: str


def map_screen(*methods: str, unopened: bool = False) -> Callable[[Answer], View]:
    """Declare a page of a person's map. `unopened` is for what is shown before the button that opens it was pressed.

    A link that was never given out or was replaced, one of somebody who was erased, and no link, are answered alike.
    """

    def declare(view: Answer) -> View:
        return behind_a_link(view, partial(_answer, view, unopened=unopened), methods, language_of)

    return declare


def language_of(request: HttpRequest) -> str:
    wished = request.GET.get("sprache") or wanted_language(request)
    return wished if wished in PUBLIC_LANGUAGES else "de"


def _answer(view: Answer, request: HttpRequest, *args: Any, unopened: bool, **kwargs: Any) -> HttpResponse:
    visit = None if kwargs.get("token") else MAPS.visit_of(request)
    token, opened = (kwargs.get("token", ""), False) if visit is None else (visit.token, visit.opened)
    if not token or not (opened or unopened):
        return gone(request)
    try:
        scope = Scope(organisation=organisation_of(token))
        refused = _admit(request, token, scope, opened=opened)
        with as_asked(request), acting_as(scope):
            return refused or view(request, *args, **kwargs)
    except LinkGoneError:
        return gone(request)
    except Http404:
        text = _("Vielleicht hast du es auf einem anderen Gerät schon geändert. Öffne die Karte neu.")
        return said(request, 404, _("Das ist nicht mehr da"), text)
    except AuditUnavailableError:
        text = _("Es ist nichts verloren. Bitte versuch es in einer Minute noch einmal.")
        return said(request, 503, _("Das geht gerade nicht"), text)


def _admit(request: HttpRequest, token: str, scope: Scope, *, opened: bool) -> HttpResponse | None:
    """Find the map of the link. Raises LinkGoneError."""
    found = cast("MapRequest", request)
    with acting_as(scope):
        found.own, found.opened, found.language = map_of_link(token), opened, language_of(request)
    if is_too_often(f"map|{counted_as(found.own)}", ASKED_AT_MOST):
        text = _("Die Karte wurde sehr oft geöffnet. Bitte versuch es in einer Stunde noch einmal.")
        return said(request, 429, _("Bitte warte etwas"), text)
    return None


def state_of(own: OpenMap) -> str:
    """Which map a page shows, and in which version of it.

    In one browser two maps can be open in two tabs, and the cookie is that of the latter: what is pressed in the tab of
    the first must not be done to another's map.
    """
    return f"{own.row.version}-{counted_as(own)[:_TOLD_APART]}"


def version_in(request: MapRequest) -> int:
    """The version that was read of this map; 0, which none is, of another one or where nothing of the kind was sent."""
    sent, _dash, which = request.POST.get("version", "").partition("-")
    is_one = sent.isascii() and sent.isdecimal() and len(sent) < 9
    return int(sent) if is_one and state_of(request.own).endswith(f"-{which}") else 0


def gone(request: HttpRequest) -> HttpResponse:
    """The same for every link that opens nothing, whatever the reason."""
    text = _(
        "Vielleicht war die Seite zu lange offen: Dann öffne deinen Link noch einmal. Vielleicht gibt es einen neuen "
        "Link. Wenn du ihn nicht mehr hast, frag die Person, die dich begleitet."
    )
    response = said(request, 404, _("Dieser Link öffnet nichts"), text)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def said(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    context = frame(request) | {"heading": heading, "text": text}
    return later(render(request, "portal/person_map/said.html", context, status=status))


def frame(request: HttpRequest) -> dict[str, Any]:
    language = language_of(request)
    return {"language": language, "all_languages": PUBLIC_LANGUAGES, "draft": language not in CHECKED}
