"""What the person changes on their own map. Whatever is refused stands in its form again."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.engines.ego_network import Horizon, Sector
from wegnetz.network.selectors.map_pictures import picture_of
from wegnetz.network.selectors.person_maps import drawn_on
from wegnetz.network.services import EditConflictError
from wegnetz.network.services.drawing import (
    MOST_ALTERS,
    FullError,
    Moved,
    NamedError,
    NotThereError,
    begin_version,
    bring_back,
    move_on_map,
    put_on_map,
    stand_in_ring,
    take_off_map,
)
from wegnetz.portal.map_forms import AddForm
from wegnetz.portal.map_guard import MapRequest, map_screen, state_of, version_in
from wegnetz.portal.views.person_map import Typed, address_of, names_for, shown, tell_form

LONGEST: Final = 20_000  # characters of moves


@map_screen("POST")
def put(request: MapRequest) -> HttpResponse:
    """Somebody new, or somebody changed."""
    about = request.POST.get("alter", "")
    form = _form_of(request, about) if about else AddForm(names_for(request), request.POST, auto_id="new_%s")
    if form.is_valid():
        try:
            put_on_map(request.own, form.told(), alter=about, version=version_in(request), on=working_day())
        except NamedError:
            form.refuse_name()
        except FullError:
            return shown(request, Typed(form, about, full(), 422))
        except NotThereError as error:
            raise Http404 from error
        except EditConflictError:
            return shown(request, Typed(form, about, conflict(), 409))
        else:
            return redirect(address_of(request, f"#m-{about}" if about else "#karte"))
    return shown(request, Typed(form, about, status=422))


def _form_of(request: MapRequest, about: str) -> AddForm:
    drawn, names = drawn_on(request.own), names_for(request)
    latest = drawn.versions[-1] if drawn.versions else None
    picture = picture_of(latest, names)
    mark = next((each for each in picture.marks if each.alter.id == about), None)
    if mark is None or latest is None:
        raise Http404
    return tell_form(latest, mark, picture, names, request.POST)


@map_screen("POST")
def stand(request: MapRequest) -> HttpResponse:
    """Somebody in another ring or sector, from the list."""
    try:
        sector, horizon = Sector(request.POST.get("sector", "")), Horizon(request.POST.get("horizon", ""))
    except ValueError as error:
        raise Http404 from error
    about = request.POST.get("alter", "")
    try:
        stand_in_ring(request.own, about, sector, horizon, version=version_in(request), on=working_day())
    except NotThereError as error:
        raise Http404 from error
    except EditConflictError:
        return shown(request, Typed(problem=conflict(), status=409))
    return redirect(address_of(request, f"#m-{about}"))


@map_screen("POST")
def move(request: MapRequest) -> HttpResponse:
    """Where somebody was drawn by hand. The answer is for the script of the page."""
    try:
        saved = move_on_map(request.own, _moves(request), version=version_in(request), on=working_day())
    except NotThereError as error:
        raise Http404 from error
    except EditConflictError:
        return JsonResponse({"problem": conflict()}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"version": state_of(saved)})


def _moves(request: MapRequest) -> list[Moved]:
    text = request.POST.get("moves", "")
    try:
        sent = json.loads(text[:LONGEST])
        return [Moved(str(one), _degrees(angle), _degrees(distance)) for one, angle, distance in sent[:MOST_ALTERS]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Http404 from error


def _degrees(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1_000:
        raise ValueError
    return float(value)


@map_screen("POST")
def take_off(request: MapRequest) -> HttpResponse:
    try:
        take_off_map(request.own, request.POST.get("alter", ""), version=version_in(request))
    except NotThereError as error:
        raise Http404 from error
    except EditConflictError:
        return shown(request, Typed(problem=conflict(), status=409))
    return redirect(address_of(request, "#karte"))


@map_screen("POST")
def back(request: MapRequest) -> HttpResponse:
    try:
        bring_back(request.own, version=version_in(request))
    except NotThereError as error:
        raise Http404 from error
    except FullError:
        return shown(request, Typed(problem=full(), status=422))
    except EditConflictError:
        return shown(request, Typed(problem=conflict(), status=409))
    return redirect(address_of(request, "#karte"))


@map_screen("POST")
def begin(request: MapRequest) -> HttpResponse:
    """What was drawn so far stays as it is; a copy goes on from today."""
    try:
        begin_version(request.own, version=version_in(request), on=working_day())
    except FullError:
        return shown(request, Typed(problem=full(), status=422))
    except EditConflictError:
        return shown(request, Typed(problem=conflict(), status=409))
    return redirect(address_of(request, "#fassungen"))


def conflict() -> str:
    return _(
        "Die Karte wurde inzwischen auf einem anderen Gerät geändert. Hier siehst du den neuen Stand. Speichere noch "
        "einmal, wenn deine Änderung gelten soll."
    )


def full() -> str:
    return _("Die Karte ist voll. Nimm zuerst jemanden herunter.")
