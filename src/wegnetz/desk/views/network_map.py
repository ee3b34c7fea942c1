"""The map of a person's own network, as far as they show it; and the link to it, which staff hand over once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from wegnetz.core.days import working_day
from wegnetz.core.qr import picture_of_link
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.engines.ego_network import Version
from wegnetz.network.selectors.map_pictures import compared, names_in, picture_of
from wegnetz.network.selectors.person_maps import MapNotSharedError, Shared, is_shared, shared_map, standing_map
from wegnetz.network.services.person_maps import MapStandsError, make_map_link
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, open_person


@screen(Policy.PEOPLE)
def network_map(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What the person shows, to look at; and whether there is a link. The log says so only where something is shown."""
    shows = is_shared(request.viewer, person_id, on=working_day())
    found = _open(request, person_id, ("network map",) if shows else ())
    context = _frame(found) | {"standing": standing_map(request.viewer, person_id), "shared": None}
    if shows:
        try:
            context |= _shown(shared_map(request.viewer, found, on=working_day()))
        except MapNotSharedError:  # ended just now
            context["shared"] = None
    return render(request, "desk/network/map.html", context)


@screen(Policy.WORK, "POST")
def make_link(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The link stands on the answer to this button, and never again. Where there is a map, it is asked first."""
    found = _open(request, person_id, ())
    try:
        token = make_map_link(person_id, by=request.viewer, instead=request.POST.get("instead") == "yes")
    except MapStandsError:
        context = _frame(found) | {"standing": standing_map(request.viewer, person_id)}
        return render(request, "desk/network/map_instead.html", context)
    path = reverse("portal:map-link", args=[token])
    link = f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)
    context = _frame(found) | {"link": link, "path": path, "picture_of_link": picture_of_link(link)}
    return render(request, "desk/network/map_link.html", context)


def _open(request: StaffRequest, person_id: UUID, also: tuple[str, ...]) -> OpenPerson:
    pack = wording_now(get_language()).pack
    try:
        return open_person(request.viewer, person_id, purpose="network map", also=also, pack=pack)
    except PersonNotFoundError as error:
        raise Http404 from error


def _frame(found: OpenPerson) -> dict[str, Any]:
    return {
        "person": found, "tab": "map", "speaks": language_name(found.contact.language),
        "acts": found.involvement is not None,
    }  # fmt: skip


def _shown(shared: Shared) -> dict[str, Any]:
    language = get_language() or "de"
    names, versions = names_in(language, wording_now(language).pack), shared.drawn.versions
    last = versions[-1] if versions else None
    first = versions[0] if len(versions) > 1 else None
    picture = picture_of(last, names, before=first)
    return {
        "shared": shared, "picture": picture, "day": _day(last), "new": sum(mark.new for mark in picture.marks),
        "before": picture_of(first, names) if first else None, "first_day": _day(first),
        "compared": compared(first, last) if first and last else (),
    }  # fmt: skip


def _day(version: Version | None) -> date | None:
    return date.fromisoformat(version.date) if version and version.date else None
