"""The programme as data: what holds on a day, since when, by which source, and what is unconfirmed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from wegnetz.desk.blocks import axis
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import wording_now
from wegnetz.desk.policies import Policy
from wegnetz.desk.programme_lines import (
    block_periods,
    initiative_lines,
    organisation_lines,
    rate_lines,
    rule_lines,
    source_lines,
    unconfirmed_lines,
)  # fmt: skip
from wegnetz.desk.views.eligibility import chosen_day
from wegnetz.programme.selectors import active_pack, loaded_versions


@screen(Policy.STAFF)
def programme(request: StaffRequest) -> HttpResponse:
    day, problem = chosen_day(request.GET)
    pack = active_pack()
    words = wording_now(get_language(), pack)
    context = {
        "day": day,
        "today": timezone.localdate(),
        "problem": problem,
        "name": words.text("programme", "name"),
        "summary": words.text("programme", "summary"),
        "pack": pack,
        "initiatives": initiative_lines(words, day),
        "blocks": block_periods(words, day),
        "rules": rule_lines(words, day),
        "rates": rate_lines(words, day),
        "organisations": organisation_lines(words),
        "unconfirmed": unconfirmed_lines(words),
        "sources": source_lines(words),
        "versions": loaded_versions(),
        "axis": axis(pack),
    }
    return render(request, "desk/programme.html", context)
