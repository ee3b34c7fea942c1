"""The first page after sign-in: one sentence about what to do next, for each role."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from wegnetz.core.days import working_day
from wegnetz.desk.blocks import axis
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import listed, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.programme_lines import block_periods, unconfirmed_lines
from wegnetz.participants.selectors import (
    count_in_organisation,
    count_people,
    latest_registered,
    people_to_review,
)
from wegnetz.programme.selectors import active_pack


@screen(Policy.STAFF)
def start(request: StaffRequest) -> HttpResponse:
    viewer, today = request.viewer, working_day()
    context: dict[str, object] = {"today": today, "role": str(viewer.role)}
    if viewer.role in (Policy.PEOPLE.roles or ()):
        words = wording_now(get_language())
        latest = latest_registered(viewer, today=today, pack=words.pack)
        context |= {
            "count": count_people(viewer),
            "review": people_to_review(viewer, today=today, pack=words.pack),
            "latest": listed(latest, words),
            "asking": sum(bool(row.missing) for row in latest),
        }
        return render(request, "desk/start/case_manager.html", context)
    pack = active_pack()
    words = wording_now(get_language(), pack)
    context |= {
        "count": count_in_organisation(viewer),
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
