"""What leaves a person's map, or comes to it: shown by choice, a new link, files, and places where they were."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.qr import picture_of_link
from wegnetz.engines.ego_network import Horizon, NetworkMap, Sector
from wegnetz.engines.ego_network.naming import initials_of
from wegnetz.network.exporting import FORMATS
from wegnetz.network.importing import MOST_BYTES, MapFileError, read_map
from wegnetz.network.selectors.person_maps import drawn_on, visited_places
from wegnetz.network.services import EditConflictError
from wegnetz.network.services.drawing import FullError, Told, put_on_map, read_in
from wegnetz.network.services.person_maps import NobodyToShowError, renew_map_link, share_map, stop_sharing
from wegnetz.portal.map_guard import MapRequest, frame, map_screen, state_of, version_in
from wegnetz.portal.views.map_edits import conflict, full
from wegnetz.portal.views.person_map import WEEK, Typed, address_of, shown
from wegnetz.portal.visits import MAPS

TODAY, FOR_A_WEEK, OPEN_END = "heute", "woche", "offen"


@map_screen("POST")
def share(request: MapRequest) -> HttpResponse:
    today = working_day()
    until: dict[str, date | None] = {TODAY: today, FOR_A_WEEK: today + WEEK, OPEN_END: None}
    if request.POST.get("until") not in until:
        raise Http404
    if not version_in(request):
        return _other_map(request)
    try:
        share_map(request.own, until=until[request.POST["until"]], on=today)
    except NobodyToShowError:
        return shown(request, Typed(problem=_("Gerade begleitet dich niemand, der die Karte sehen kann."), status=422))
    return redirect(address_of(request, "#zeigen"))


def _other_map(request: MapRequest) -> HttpResponse:
    """Nothing is shown, ended or renewed from the page of another map; an older page of this one will do."""
    return shown(request, Typed(problem=conflict(), status=409))


@map_screen("POST")
def stop(request: MapRequest) -> HttpResponse:
    if not version_in(request):
        return _other_map(request)
    stop_sharing(request.own)
    return redirect(address_of(request, "#zeigen"))


@map_screen("POST")
def renew(request: MapRequest) -> HttpResponse:
    """The new link stands on the answer to this button, and never again."""
    if not version_in(request):
        return _other_map(request)
    try:
        token = renew_map_link(request.own)
    except EditConflictError:
        return shown(request, Typed(problem=conflict(), status=409))
    path = reverse("portal:map-link", args=[token])
    link = f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)
    context = frame(request) | {"link": link, "picture_of_link": picture_of_link(link)}
    return MAPS.go_on(render(request, "portal/person_map/link.html", context), token)


@map_screen("GET", "HEAD")
def file(request: MapRequest, form: str) -> HttpResponse:
    """The whole map as a file, in a form that other programs read. It stays on the person's own device."""
    found = FORMATS.get(form)
    if found is None:
        raise Http404
    content = found.write(NetworkMap(drawn_on(request.own).versions))
    response = HttpResponse(content, content_type=found.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="karte.{found.extension}"'
    return response


@map_screen("POST")
def read(request: MapRequest) -> HttpResponse:
    """The versions of a file follow on those that are there."""
    sent = request.FILES.get("file")
    if sent is None:
        return shown(request, Typed(problem=_("Bitte wähle zuerst eine Datei aus."), status=422))
    try:
        read_in(request.own, read_map(sent.read(MOST_BYTES + 1)), version=version_in(request), on=working_day())
    except MapFileError:
        text = _("In dieser Datei haben wir keine Karte gefunden. Deine Karte ist, wie sie war.")
        return shown(request, Typed(problem=text, status=422))
    except FullError:
        text = _("In der Datei ist niemand, oder es sind zu viele. Deine Karte ist, wie sie war.")
        return shown(request, Typed(problem=text, status=422))
    except EditConflictError:
        return shown(request, Typed(problem=conflict(), status=409))
    return redirect(address_of(request, "#karte"))


@map_screen("GET", "HEAD", "POST")
def places(request: MapRequest) -> HttpResponse:
    """Places where the person was: somebody from there goes on the map because the person says so."""
    found = visited_places(request.own, on=working_day(), language=request.language)
    lines = [{"id": each.introduction, "name": each.name, "called": initials_of(each.name)} for each in found]
    context = frame(request) | {"lines": lines, "version": state_of(request.own), "problem": ""}
    if request.method == "POST":
        chosen = _chosen(request, {each.introduction for each in found})
        called = next(line["called"] for line in lines if line["id"] == chosen)
        told = Told(str(called), Sector.FRIENDS, Horizon.OUTER, from_programme=True)
        try:
            put_on_map(request.own, told, version=version_in(request), on=working_day())
        except FullError:
            context["problem"] = full()
        except EditConflictError:
            context["problem"] = conflict()
        else:
            return redirect(address_of(request, "#karte"))
    status = HTTPStatus.CONFLICT if context["problem"] else HTTPStatus.OK
    return render(request, "portal/person_map/places.html", context, status=status)


def _chosen(request: MapRequest, there: set[UUID]) -> UUID:
    try:
        chosen = UUID(request.POST.get("introduction", ""))
    except ValueError as error:
        raise Http404 from error
    if chosen not in there:
        raise Http404
    return chosen
