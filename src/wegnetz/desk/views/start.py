"""The first page after sign-in: one sentence about what to do next, for each role."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from wegnetz.accounts.access import Role
from wegnetz.casework.selectors import caseload_numbers, glasses_waiting, my_day
from wegnetz.core.days import working_day, working_moment
from wegnetz.desk.blocks import axis
from wegnetz.desk.day import stop_lines, todo_lines, ways
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.programme_lines import block_periods, unconfirmed_lines
from wegnetz.directory.selectors import places_to_confirm
from wegnetz.network.selectors import told_by_places
from wegnetz.participants.access import WORKS_WITH_PEOPLE, may_register
from wegnetz.participants.selectors import count_in_organisation, people_to_review
from wegnetz.programme.selectors import active_pack


@screen(Policy.STAFF)
def start(request: StaffRequest) -> HttpResponse:
    return _day(request) if request.viewer.role in WORKS_WITH_PEOPLE else _other(request)


def _day(request: StaffRequest) -> HttpResponse:
    """Who comes today, what waits, and how far each of one's people is from the next step."""
    viewer, today, words = request.viewer, working_day(), wording_now(get_language())
    day = my_day(viewer, day=today, pack=words.pack)
    kinds = {kind: words.text("care", "appointment-kinds", kind) for kind in words.pack.care.appointment_kinds}
    stops = stop_lines(day.stops, kinds, working_moment())
    context = {
        "today": today, "stops": stops, "next": next((stop for stop in stops if stop.phase == "now"), None),
        "todos": todo_lines(day.todos, today), "people": day.people,
        "unattended": day.unattended, "ways": ways(day.people, today),
        "review": people_to_review(viewer, today=today, pack=words.pack), "may_register": may_register(viewer),
        "glasses": glasses_waiting(viewer), "to_confirm": places_to_confirm(viewer, on=today),
        "said": told_by_places(viewer, pack=words.pack),
    }  # fmt: skip
    return render(request, "desk/start/day.html", context)


def _other(request: StaffRequest) -> HttpResponse:
    viewer, today, pack = request.viewer, working_day(), active_pack()
    words = wording_now(get_language(), pack)
    context = {
        "today": today,
        "role": str(viewer.role),
        "count": count_in_organisation(viewer),
        "loads": caseload_numbers(viewer) if viewer.role is Role.LEAD else (),
        "glasses": glasses_waiting(viewer),
        "to_confirm": places_to_confirm(viewer, on=today),
        "programme": words.text("programme", "name"),
        "version": pack.version,
        "open_points": len(unconfirmed_lines(words)),
        "open_rates": sum(
            version is None or version.value is None for rate in pack.rates for version in [rate.on(today)]
        ),
        "blocks": block_periods(words, today),
        "axis": axis(pack),
    }
    return render(request, "desk/start/other.html", context)
