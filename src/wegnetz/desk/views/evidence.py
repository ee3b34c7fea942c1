"""The evidence of workshops: what was settled in a period, as a list and as a file."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.forms import read_day
from wegnetz.core.sheets import harmless
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.policies import Policy
from wegnetz.network.openings import in_language
from wegnetz.network.selectors.evidence import Held, to_settle
from wegnetz.network.selectors.evidence import evidence as evidence_in
from wegnetz.rules.workshops import Proof


@screen(Policy.WORKSHOPS)
def evidence(request: StaffRequest) -> HttpResponse:
    """From the first day of the year to today, unless other days are asked for."""
    since, until, wrong = _period(request.GET)
    language = get_language() or "de"
    held = evidence_in(request.viewer, since=since, until=until)
    context: dict[str, Any] = {
        "since": since, "until": until, "wrong": wrong, "proofs": proof_words(),
        "held": [
            {"at": each, "title": in_language(each.named, language).title, "proofs": list(each.proofs.values())}
            for each in held
        ],
        "present": sum(each.present for each in held),
        "waiting": [(each, in_language(each.named, language).title) for each in to_settle(request.viewer)],
    }  # fmt: skip
    return render(request, "desk/workshops/evidence.html", context, status=422 if wrong else 200)


@screen(Policy.WORKSHOPS, "POST")
def evidence_csv(request: StaffRequest) -> HttpResponse:
    """The same as a file: a row for each time, pseudonyms and no name."""
    since, until, _wrong = _period(request.POST)
    held = evidence_in(request.viewer, since=since, until=until, action="export")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"nachweise-{since.isoformat()}-{until.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    rows = csv.writer(response, delimiter=";", quoting=csv.QUOTE_ALL)
    rows.writerow([
        _("Workshop"), _("Beginn"), _("Minuten"), _("Waren da"), *proof_words(), _("Ohne Nachweis"), _("Decknamen"),
        _("Weitere"),
    ])  # fmt: skip
    for each in held:
        rows.writerow([harmless(cell) for cell in _cells(each)])
    return response


def _cells(each: Held) -> list[object]:
    begins = timezone.localtime(each.starts_at).strftime("%Y-%m-%d %H:%M")
    title = in_language(each.named, get_language() or "de").title
    return [
        title, begins, each.minutes, each.present, *each.proofs.values(), each.unproved, ", ".join(each.pseudonyms),
        each.others,
    ]  # fmt: skip


def proof_words() -> list[str]:
    """As columns, in the order of `Proof`."""
    words = {
        Proof.SCREEN: _("Auf dem Bildschirm unterschrieben"),
        Proof.PAPER: _("Auf Papier unterschrieben"),
        Proof.CONFIRMED: _("Vom Workshop bestätigt"),
    }
    return [words[proof] for proof in Proof]


def _period(sent: QueryDict) -> tuple[date, date, bool]:
    """The days that were asked for, and whether one of them was none."""
    today = working_day()
    usual, wrong = {"von": today.replace(month=1, day=1), "bis": today}, False
    for name in usual:
        if typed := sent.get(name, "").strip()[:40]:
            try:
                usual[name] = read_day(typed)
            except ValidationError:
                wrong = True
    return min(usual.values()), max(usual.values()), wrong
