"""The tables of an evening: who sits where, by first names. Why two do not sit together stands nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wegnetz.network.selectors.evenings import Expected, expected_at
from wegnetz.network.services.attendance import NotOnTheListError
from wegnetz.network.services.seating import ApartError, TooFewError, mix_tables, swap_seats
from wegnetz.network.services.workshops import SettledError
from wegnetz.portal.evening_guard import EveningRequest, evening_screen
from wegnetz.portal.host_guard import said
from wegnetz.portal.views.evening import address, evening_frame, settled_text
from wegnetz.rules.workshops import Answer


@evening_screen("GET", "HEAD")
def page(request: EveningRequest) -> HttpResponse:
    return _page(request)


@evening_screen("POST")
def mix(request: EveningRequest) -> HttpResponse:
    """For those who are there; before anybody was ticked off, for those who said they come."""
    try:
        mix_tables(request.evening)
    except TooFewError:
        problem = _("Für Tische braucht es mindestens zwei Menschen. Tippen Sie zuerst an, wer da ist.")
        return _page(request, problem=problem)
    except SettledError:
        return _settled(request)
    return redirect(_address(request))


@evening_screen("POST")
def swap(request: EveningRequest) -> HttpResponse:
    """Two people change seats."""
    try:
        one, other = (UUID(request.POST.get(name, "")) for name in ("one", "other"))
    except ValueError:
        return _page(request, problem=_("Bitte wählen Sie zwei Menschen aus."))
    try:
        swap_seats(request.evening, one, other)
    except ApartError:
        return _page(request, problem=_("Dieser Tausch geht heute nicht. Bitte wählen Sie zwei andere."))
    except (NotOnTheListError, TooFewError) as error:
        raise Http404 from error
    except SettledError:
        return _settled(request)
    return redirect(_address(request))


def _settled(request: EveningRequest) -> HttpResponse:
    return said(request, 409, _("Die Liste ist abgeschlossen"), settled_text())


def _address(request: EveningRequest) -> str:
    wished = address(request).partition("?")[2]
    return f"{reverse('portal:evening-tables')}{'?' if wished else ''}{wished}"


def _page(request: EveningRequest, problem: str = "") -> HttpResponse:
    people = expected_at(request.evening, purpose="tables")
    begun = any(each.present for each in people)
    there = [each for each in people if (each.present if begun else each.answer is Answer.COMING)]
    here = list({each.pseudonym: each for each in there}.values())  # two functions may have invited the same person
    seated = [each for each in here if each.table]
    context = evening_frame(request) | {
        "tables": _tables(seated), "seated": seated, "begun": begun, "problem": problem,
        "standing": [each.name for each in here if not each.table] if seated else [], "here": len(here),
        "pairs": sum(each.new for each in seated) // 2, "fewest": min((each.new for each in seated), default=0),
        "big": request.GET.get("gross") == "ja", "swapped": (("one", _("Wer?")), ("other", _("Mit wem?"))),
    }  # fmt: skip
    return render(request, "portal/evening/tables.html", context, status=422 if problem else 200)


def _tables(seated: Iterable[Expected]) -> list[dict[str, Any]]:
    found: dict[int, list[Expected]] = {}
    for each in seated:
        found.setdefault(each.table or 0, []).append(each)
    return [
        {
            "number": number, "names": [each.name for each in found[number]],
            "leads": [each.name for each in found[number] if each.leads],
        }
        for number in sorted(found)
    ]  # fmt: skip
