"""A person's own map: who is around them, as they see it. Whoever holds the link opens it; nobody has an account.

Others stand on it by initials or an emoji. Which of them something is about stands in no address but by a number that
means nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.engines.ego_network import Version
from wegnetz.engines.ego_network.editing import known_by
from wegnetz.network.boxes import Drawn
from wegnetz.network.exporting import FORMATS
from wegnetz.network.selectors.map_pictures import Mark, Names, Picture, compared, names_in, picture_of
from wegnetz.network.selectors.person_maps import drawn_on, record_opening, sharing_of
from wegnetz.network.services.drawing import MOST_ALTERS, MOST_VERSIONS
from wegnetz.portal.map_forms import AddForm, TellForm, told_before
from wegnetz.portal.map_guard import MapRequest, frame, map_screen, state_of
from wegnetz.portal.visits import MAPS
from wegnetz.programme.pack.wording import long_day
from wegnetz.programme.selectors import active_pack

WEEK: Final = timedelta(days=6)  # with today, seven days


@map_screen("GET", "HEAD", unopened=True)
def follow(request: MapRequest, token: str) -> HttpResponse:
    """Take the secret out of the address, where histories, proxies and other pages would find it."""
    response = MAPS.begin(redirect(address_of(request)), token)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@map_screen("GET", "HEAD", unopened=True)
def page(request: MapRequest) -> HttpResponse:
    """Nothing is shown before somebody has pressed a button: programs that look through messages follow links too."""
    if not request.opened:
        return render(request, "portal/person_map/enter.html", frame(request))
    return shown(request)


@map_screen("POST", unopened=True)
def enter(request: MapRequest) -> HttpResponse:
    record_opening(request.own)
    return MAPS.go_on(redirect(address_of(request)), request.own.token)


@map_screen("POST", unopened=True)
def leave(request: MapRequest) -> HttpResponse:
    """Close the map; or be away at once, on a page that says nothing about it."""
    if request.POST.get("quick"):
        return MAPS.end(redirect("portal:places", request.language))
    heading, text = _("Die Karte ist geschlossen"), _("Mit deinem Link öffnest du sie wieder.")
    context = frame(request) | {"heading": heading, "text": text}
    return MAPS.end(render(request, "portal/person_map/said.html", context))


def address_of(request: MapRequest, anchor: str = "", **more: str) -> str:
    """Of the map, in the language in which it is read."""
    asked = ({"sprache": request.language} if request.GET.get("sprache") else {}) | more
    return f"{reverse('portal:map-page')}{'?' if asked else ''}{urlencode(asked)}{anchor}"


def names_for(request: MapRequest) -> Names:
    return names_in(request.language, active_pack())


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was sent and not taken: what it is about, and what stood in it."""

    form: AddForm | None = None
    about: str = ""
    problem: str = ""
    status: int = 200


NOTHING: Final = Typed()


def shown(request: MapRequest, typed: Typed = NOTHING) -> HttpResponse:
    """The map as it is now, or an earlier version to look at; `typed` stands in its form again."""
    drawn, names = drawn_on(request.own), names_for(request)
    at = _chosen(drawn, request.GET.get("fassung", ""))
    latest = drawn.versions[-1] if drawn.versions else None
    version = drawn.versions[at] if drawn.versions else None
    first = drawn.versions[0] if len(drawn.versions) > 1 else None
    picture = picture_of(version, names, before=first if version is not first else None)
    context = frame(request) | {
        "picture": picture, "names": names, "version": state_of(request.own), "removed": drawn.removed,
        "acts": version is latest, "problem": typed.problem, "own_secret": request.own.row.own_secret,
        "is_full": len(picture.marks) >= MOST_ALTERS,
        "add": typed.form if typed.form and not typed.about else AddForm(names, auto_id="new_%s"),
        **_somebody(latest, picture, names, typed, request.GET.get("mensch", "")),
        **_versions(request, drawn, at), **_sharing(request),
        "formats": [(name, each.name) for name, each in FORMATS.items()],
        "compared": compared(first, latest) if first and latest else (),
    }  # fmt: skip
    return render(request, "portal/person_map/page.html", context, status=typed.status)


def _chosen(drawn: Drawn, asked: str) -> int:
    """The place of the version that was asked for, the latest where none was."""
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    return number - 1 if 0 < number <= len(drawn.versions) else len(drawn.versions) - 1


def _somebody(
    latest: Version | None, picture: Picture, names: Names, typed: Typed, asked: str
) -> Mapping[str, Any]:  # fmt: skip
    """Whoever is to be changed, with their form; nobody where nobody was asked for."""
    mark = next((each for each in picture.marks if each.alter.id == (typed.about or asked)), None)
    if mark is None or latest is None:
        return {"mark": None}
    return {"mark": mark, "form": typed.form or tell_form(latest, mark, picture, names, None)}


def tell_form(
    latest: Version, mark: Mark, picture: Picture, names: Names, sent: QueryDict | None
) -> TellForm:  # fmt: skip
    others = [each for each in picture.marks if each is not mark]
    return TellForm(names, others, sent, initial=told_before(mark.alter, known_by(latest, mark.alter.id)))


def _versions(request: MapRequest, drawn: Drawn, at: int) -> Mapping[str, Any]:
    days = [day_of(request, each) for each in drawn.versions]
    return {
        "days": list(enumerate(days, 1)), "at": at + 1, "day": days[at] if days else "",
        "day_first": days[0] if days else "", "day_last": days[-1] if days else "",
        "can_begin": bool(days) and len(days) < MOST_VERSIONS,
    }  # fmt: skip


def day_of(request: MapRequest, version: Version) -> str:
    return long_day(request.language, date.fromisoformat(version.date)) if version.date else _("ohne Tag")


def _sharing(request: MapRequest) -> Mapping[str, Any]:
    found = sharing_of(request.own, on=working_day())
    until = long_day(request.language, found.until) if found.until else ""
    return {"sharing": found, "until": until}
