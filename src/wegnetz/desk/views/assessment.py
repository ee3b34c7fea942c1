"""Where a person stands in all areas of life: taken together, then and now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.casework.openings import TakenAssessment
from wegnetz.casework.selectors import assessment_of, assessments_of
from wegnetz.casework.services import (
    EditConflictError,
    change_assessment,
    delete_assessment,
    restore_assessment,
    take_assessment,
)
from wegnetz.core.days import working_day
from wegnetz.desk.conflicts import differences, is_change
from wegnetz.desk.forms.plan import AssessmentForm, assessment_initial
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.overview import areas_then_and_now
from wegnetz.desk.pages import anything_deleted, language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import OpenPerson, open_person


@screen(Policy.PEOPLE)
def assessments(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The picture of then and now, and behind it the table of every assessment."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="assessment", also=("assessment",), pack=words.pack)
    taken = assessments_of(request.viewer, found)
    context = {
        "person": found, "tab": "plan", "speaks": language_name(found.contact.language), "taken": taken,
        "picture": areas_then_and_now(taken, words), "acts": found.involvement is not None,
        "deleted": anything_deleted(request.viewer, person_id),
        "table": [
            (
                words.text("care", "areas", area),
                [
                    (words.text("care", "steps", each.areas[area].step), each.areas[area].note)
                    if area in each.areas else ("", "") for each in taken
                ],
            )
            for area in words.pack.care.areas
        ],
    }  # fmt: skip
    return render(request, "desk/assessment/list.html", context)


@screen(Policy.WORK, "GET", "POST")
def take(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="take an assessment", pack=words.pack)
    form = AssessmentForm(words, request.POST or None, dated=True, initial={"on": working_day()})
    if request.method == "POST" and form.is_valid():
        take_assessment(person_id, form.content, on=form.cleaned_data["on"], by=request.viewer)
        messages.success(request, _("Die Einschätzung ist gespeichert."))
        return redirect("desk:assessments", person_id)
    return _page(request, found, {"form": form}, 422 if form.is_bound else 200)


@screen(Policy.WORK, "GET", "POST")
def assessment(request: StaffRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    """Correct an assessment of one's own organisation; what changed since then belongs in a new one."""
    words = wording_now(get_language())
    found = open_person(
        request.viewer, person_id, purpose="correct an assessment", also=("assessment",), pack=words.pack
    )  # fmt: skip
    stored = assessment_of(request.viewer, found, assessment_id, put_away=is_change(request))
    form = AssessmentForm(words, request.POST or None, initial=assessment_initial(stored))
    if request.method == "POST" and form.is_valid():
        try:
            change_assessment(person_id, assessment_id, form.content, **form.since, by=request.viewer)
        except EditConflictError as conflict:
            return _conflict(request, form, found, stored, conflict)
        messages.success(request, _("Die Änderung ist gespeichert."))
        return redirect("desk:assessments", person_id)
    return _page(request, found, {"form": form, "assessment": stored}, 422 if form.is_bound else 200)


def _conflict(
    request: StaffRequest, form: AssessmentForm, found: OpenPerson, stored: TakenAssessment, conflict: EditConflictError
) -> HttpResponse:  # fmt: skip
    """Show both versions; sending again keeps what stands in the form."""
    empty = dict.fromkeys(form.fields, "")
    rows = differences(form, {**empty, **assessment_initial(stored)})
    again = AssessmentForm(wording_now(get_language()), initial=form.again(conflict, stored.version))
    return _page(request, found, {"form": again, "assessment": stored, "conflict": rows}, 409)


def _page(request: StaffRequest, found: OpenPerson, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "desk/assessment/form.html", context | {"person": found}, status=status)


@screen(Policy.WORK, "POST")
def delete(request: StaffRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    delete_assessment(person_id, assessment_id, by=request.viewer)
    undo = reverse("desk:restore-assessment", args=[person_id, assessment_id])
    messages.success(request, _("Die Einschätzung ist gelöscht."), extra_tags=f"undo:{undo}")
    return redirect("desk:assessments", person_id)


@screen(Policy.WORK, "POST")
def restore(request: StaffRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    restore_assessment(person_id, assessment_id, by=request.viewer)
    messages.success(request, _("Die Einschätzung ist wieder da."))
    return redirect("desk:assessments", person_id)
