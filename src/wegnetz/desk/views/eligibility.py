"""Which building blocks are open to a person on a day, why, and what was decided."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.desk.blocks import axis, block_lines, next_question, result_word, state_of
from wegnetz.desk.forms import SingleCaseForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, origin, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.openings import RecordedDecision, SingleCase
from wegnetz.participants.selectors import OpenPerson, asked_facts, open_person, replays
from wegnetz.participants.services import (
    NotASingleCaseError,
    decide_single_case,
    mark_changes_seen,
    record_decision,
)  # fmt: skip
from wegnetz.programme.selectors import active_pack, pack_of
from wegnetz.rules.decisions import Result
from wegnetz.rules.facts import EARLIEST_DATE

LATEST_DATE = date(2100, 1, 1)


def chosen_day(data: QueryDict) -> tuple[date, str]:
    """The day asked for and, when it cannot be used, a sentence about it. The working day unless given."""
    text = data.get("on", "")
    if not text:
        return working_day(), ""
    try:
        day = date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
    except ValueError:
        day = None
    if day is None or not EARLIEST_DATE <= day <= LATEST_DATE:
        return working_day(), _("Diesen Tag gibt es nicht, oder er liegt zu weit weg. Bitte wählen Sie einen anderen.")
    return day, ""


@screen(Policy.LEADING)
def blocks(request: StaffRequest, person_id: UUID) -> HttpResponse:
    day, problem = chosen_day(request.GET)
    today = timezone.localdate()
    pack = active_pack()
    found = open_person(request.viewer, person_id, purpose="building blocks", decisions=True, changes=True, pack=pack)
    words = wording_now(get_language(), pack)
    facts = asked_facts(pack, found.history, day)
    decisions = pack.rulebook.on(day).decide(facts)
    now = found.decide(pack, today) if day != today else ()
    context = {
        "person": found,
        "speaks": language_name(found.contact.language),
        "day": day,
        "today": today,
        "working_day": working_day(),
        "problem": problem,
        "blocks": [
            {"line": line, "decided": decided_cases(found).get(line.id)}
            for line in block_lines(words, decisions, facts, day)
        ],
        "open_count": sum(decision.result is Result.OPEN for decision in decisions),
        "open_today": sum(decision.result is Result.OPEN for decision in now),
        "question": next_question(words, decisions),
        "axis": axis(pack),
        "version": pack.version,
        "notices": [
            {
                "version": notice.version,
                "proposed": notice.proposed,
                "changes": [
                    {
                        "day": change.day,
                        "block": words.text("blocks", change.block, "name") or change.block,
                        "before": result_word(change.before) if change.before else "–",
                        "after": result_word(change.after) if change.after else "–",
                    }
                    for change in notice.changes
                ],
            }
            for notice in found.changes
        ],
        "tab": "blocks",
    }
    return render(request, "desk/people/blocks.html", context)


def decided_cases(person: OpenPerson) -> dict[str, tuple[RecordedDecision, SingleCase]]:
    """The latest decision a person took for each block that the rules left to one."""
    cases = [(decision, case) for decision in person.decisions for case in decision.single_cases]
    return {case.block: (decision, case) for decision, case in sorted(cases, key=lambda pair: pair[1].decided_at)}


@screen(Policy.LEADING, "POST")
def decide(request: StaffRequest, person_id: UUID) -> HttpResponse:
    day, problem = chosen_day(request.POST)
    if problem:
        messages.error(request, problem)
        return redirect("desk:blocks", person_id)
    decision_id = record_decision(person_id, day=day, by=request.viewer)
    messages.success(request, _("Die Entscheidung ist festgehalten."))
    return redirect("desk:decision", person_id, decision_id)


@screen(Policy.LEADING, "POST")
def reviewed(request: StaffRequest, person_id: UUID) -> HttpResponse:
    mark_changes_seen(person_id, by=request.viewer)
    messages.success(request, _("Als geprüft vermerkt. Frühere Entscheidungen gelten weiter."))
    return redirect("desk:blocks", person_id)


def _find(person: OpenPerson, decision_id: UUID) -> RecordedDecision:
    for decision in person.decisions:
        if decision.id == decision_id:
            return decision
    raise Http404


@screen(Policy.LEADING)
def decision(request: StaffRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    person = open_person(request.viewer, person_id, purpose="stored decision", decisions=True)
    stored = _find(person, decision_id)
    pack = pack_of(stored.pack)
    words = wording_now(get_language(), pack)
    facts = {fact.id: fact for fact in stored.facts}
    lines = block_lines(words, pack.rulebook.on(stored.day).decide(facts), facts, stored.day)
    cases = {case.block: case for case in stored.single_cases}
    context = {
        "person": person,
        "decision": stored,
        "pack": pack,
        "programme": words.text("programme", "name"),
        "replays": replays(stored),
        "blocks": [{"line": line, "case": cases.get(line.id)} for line in lines],
        "facts": [
            {"label": words.text("facts", f.id, "label"), "value": words.fact(f), "origin": origin(f, words)}
            for f in stored.facts
        ],
        "axis": axis(pack),
    }
    return render(request, "desk/people/decision.html", context)


@screen(Policy.LEADING, "GET", "POST")
def single_case(request: StaffRequest, person_id: UUID, decision_id: UUID, block: str) -> HttpResponse:
    person = open_person(request.viewer, person_id, purpose="single case", decisions=True)
    stored = _find(person, decision_id)
    pack = pack_of(stored.pack)
    if block not in pack.blocks:
        raise Http404
    form = SingleCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_single_case(
                person_id, decision_id, block=block, admitted=form.cleaned_data["outcome"] == "admitted",
                justification=form.cleaned_data["justification"], by=request.viewer,
            )  # fmt: skip
        except NotASingleCaseError:
            messages.error(request, _("Geändert wurde nichts: Über diesen Baustein entscheiden schon die Regeln."))
        else:
            messages.success(request, _("Ihre Entscheidung ist mit der Begründung festgehalten."))
        return redirect("desk:decision", person_id, decision_id)
    words = wording_now(get_language(), pack)
    facts = {fact.id: fact for fact in stored.facts}
    lines = block_lines(words, pack.rulebook.on(stored.day).decide(facts), facts, stored.day)
    line = next(line for line in lines if line.id == block)
    if line.state != state_of(Result.SINGLE_CASE):
        raise Http404
    context = {"form": form, "person": person, "decision": stored, "line": line}
    return render(request, "desk/people/single_case.html", context, status=422 if form.is_bound else 200)
