"""A plan for several people at once: the best introductions there are, changed by hand, and taken over.

Who it is about stands in no address: all of it is sent in bodies.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.desk.forms.cohort import MOST_PEOPLE, CohortForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.offer_lines import offer_line, reasons_line, refusal, worded
from wegnetz.desk.pages import wording_now
from wegnetz.desk.policies import Policy
from wegnetz.directory.selectors.interests import Interests, interests
from wegnetz.engines.introductions import Chosen, Reason
from wegnetz.network.selectors import (
    Cohort,
    Plan,
    Planned,
    best_plan,
    changed_plan,
    exchanged,
    introduced,
    nearest_closed,
    open_cohort,
    people_with_interests,
)
from wegnetz.network.services import suggest_all

Names = Mapping[str, str]
Problems = Mapping[Chosen, list[str]]
NEXT = re.compile(r"next-(\d{1,3})", re.ASCII)


@screen(Policy.WORK, "GET", "POST")
def cohort(request: StaffRequest) -> HttpResponse:
    """Who can be introduced; once chosen, the best plan for them; or the plan as it was changed by hand."""
    known = interests()
    found = people_with_interests(request.viewer, pack=wording_now(get_language()).pack)
    form = CohortForm(found, request.POST) if request.POST else CohortForm(found, introduced=introduced(request.viewer))
    context: dict[str, Any] = {"form": form, "most": MOST_PEOPLE, "number": len(found)}
    if not (form.is_bound and form.is_valid()):
        return render(request, "desk/network/cohort.html", context, status=422 if form.is_bound else 200)
    plan, status = _plan(request, form, known), HTTPStatus.OK
    problems: Problems = {}
    if request.POST.get("do") == "take" and request.method == "POST":
        done, problems = _take_over(request, plan, known)
        if done:
            messages.success(request, _noted(done))
        if done and not problems:
            return redirect("desk:cohort")
        if problems:
            plan = _what_is_left(request, form, known, problems)
        status = HTTPStatus.CONFLICT if problems else HTTPStatus.UNPROCESSABLE_ENTITY
    names = {str(person): name for person, name in found.items()}
    context |= _shown(plan, names, known, problems) | {"unticked": status == HTTPStatus.UNPROCESSABLE_ENTITY}
    return render(request, "desk/network/cohort.html", context, status=status)


def _plan(request: StaffRequest, form: CohortForm, known: Interests) -> Plan:
    data, asked = form.cleaned_data, request.POST.get("do", "")
    opened = _open(request, data["people"], known, data["held_back"])
    plan = best_plan(opened, per_person=data["per_person"])
    if asked == "plan" or form.chosen is None:
        return plan
    plan = changed_plan(plan, form.chosen, per_person=data["per_person"])
    wanted = NEXT.fullmatch(asked)
    return exchanged(plan, int(wanted[1])) if wanted else plan


def _open(request: StaffRequest, people: Collection[UUID], known: Interests, held_back: int) -> Cohort:
    pack = wording_now(get_language()).pack
    return open_cohort(request.viewer, people, known, held_back=held_back, pack=pack, on=working_day())


def _what_is_left(request: StaffRequest, form: CohortForm, known: Interests, problems: Problems) -> Plan:
    """The rows that were not noted, as they look now; whoever has got theirs is chosen no more."""
    people = {UUID(each.person) for each in problems}
    again = request.POST.copy()
    again.setlist("people", sorted(map(str, people)))
    form.data = again
    held_back, per_person = form.cleaned_data["held_back"], form.cleaned_data["per_person"]
    opened = _open(request, people, known, held_back)
    return changed_plan(best_plan(opened, per_person=per_person), list(problems), per_person=per_person)


def _take_over(request: StaffRequest, plan: Plan, known: Interests) -> tuple[int, Problems]:
    """How many were noted; and of what was not, why."""
    late, closed = plan.late, {each.chosen for each in plan.taken if not each.fit.possible}
    wanted = [each.chosen for each in plan.taken if each.chosen not in late | closed]
    pairs = [(UUID(each.person), UUID(each.offer)) for each in wanted]
    done, refused = suggest_all(pairs, by=request.viewer, on=working_day(), born=plan.cohort.born)
    problems = {Chosen(str(person), str(offer)): refusal(error, known) for (person, offer), error in refused}
    problems |= {chosen: [] for chosen in closed}  # the row says why
    return len(done), problems | {chosen: [_("Inzwischen ist dort kein Platz mehr frei.")] for chosen in late}


def _noted(number: int) -> str:
    return ngettext(
        "Ein Vorschlag vorgemerkt. Als Nächstes: mit der Person besprechen.",
        "%(n)d Vorschläge vorgemerkt. Als Nächstes: mit jeder Person besprechen.", number,
    ) % {"n": number}  # fmt: skip


def _shown(plan: Plan, names: Names, known: Interests, problems: Problems) -> dict[str, Any]:
    shown: dict[str, list[dict[str, Any]]] = {person: [] for person in names if person in plan.cohort.people}
    for number, each in enumerate(plan.rows):
        shown[each.chosen.person].append(_row(plan, number, each, known, problems))
    return {
        "plan": plan, "shown": [(names[person], rows) for person, rows in shown.items() if rows],
        "nothing": [(names[person], _why(plan, person, known)) for person, rows in shown.items() if not rows],
        "seats": [(each, offer_line(*plan.cohort.by_id[each.offer])) for each in plan.seats],
        "ticked": len(plan.taken), "problems": len(problems),
        "share": round(100 * plan.best.gap / plan.best.bound, 1) if plan.best.gap else 0,
    }  # fmt: skip


def _row(plan: Plan, number: int, each: Planned, known: Interests, problems: Problems) -> dict[str, Any]:
    chosen = each.chosen
    problem = problems.get(chosen, [_("Inzwischen ist dort kein Platz mehr frei.")] if chosen in plan.late else [])
    line = offer_line(*plan.cohort.by_id[chosen.offer]) | reasons_line(each.fit, known)
    return line | {
        "number": number, "value": f"{chosen.person}:{chosen.offer}",
        "ticked": chosen.taken and each.fit.possible and not problem,
        "problem": [text for text in problem if text not in line["against"]],
    }  # fmt: skip


def _why(plan: Plan, person: str, known: Interests) -> dict[str, Any]:
    """Why a person got nothing, and what stands against the offers that come nearest."""
    why = next((each.why for each in plan.best.unassigned if each.person == person), None)
    text = worded(Reason(why), known) if why else _("Nicht mehr im Plan. „Neu berechnen“ sucht noch einmal.")
    nearest = nearest_closed(plan, person)
    return {
        "text": text,
        "closed": [(offer_line(*plan.cohort.by_id[each.offer]), reasons_line(each, known)) for each in nearest],
    }
