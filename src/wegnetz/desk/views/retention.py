"""What is kept how long, what went, what is overdue; deleting at once, and holding a deletion back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.audit.selectors.words import THINGS
from wegnetz.core.days import working_day
from wegnetz.desk.forms.retention import HoldForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import open_person
from wegnetz.participants.selectors.retention import holds_of, leaving, reports_of
from wegnetz.participants.services import HeldError, delete_here, lift_hold, set_hold
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.parameters import Standing


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of data: how long it is kept in the pack's words, by which source, and what is open about it."""

    text: str
    source: str
    unconfirmed: str


@screen(Policy.PEOPLE)
def retention(request: StaffRequest) -> HttpResponse:
    words = wording_now(get_language())
    reports = reports_of(request.viewer, pack=words.pack)
    context = {
        "reports": [{"thing": THINGS.get(report.kind, report.kind), "report": report} for report in reports],
        "overdue": sum(report.overdue for report in reports),
        "soon": sum(report.soon for report in reports),
        "last": reports[0].reported_at if reports else None,
        "leaving": leaving(request.viewer, pack=words.pack),
        "classes": [_class_line(words, entry.id) for entry in words.pack.retention],
    }
    return render(request, "desk/retention/overview.html", context)


def _class_line(words: Wording, name: str) -> ClassLine:
    entry = next(entry for entry in words.pack.retention if entry.id == name)
    note = words.note(entry.basis.note) if entry.basis.status is Standing.UNCONFIRMED else ""
    return ClassLine(words.text("programme", "retention", name), words.source(entry.basis.citation), note)


@screen(Policy.WORK, "GET", "POST")
def delete(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A page that says what happens, with one button."""
    found = open_person(request.viewer, person_id, purpose="delete everything", also=("hold",))
    if request.method == "POST":
        try:
            delete_here(person_id, on=working_day(), by=request.viewer)
        except HeldError:
            messages.error(request, _("Gelöscht wurde nichts: Die Löschung ist angehalten. Der Grund steht hier."))
            return redirect("desk:holds", person_id)
        messages.success(request, _("Gelöscht. Was Ihre Organisation in dieser Aufgabe hatte, ist weg."))
        return redirect("desk:people")
    context = {
        "person": found, "speaks": language_name(found.contact.language),
        "holds": holds_of(request.viewer, found),
    }  # fmt: skip
    return render(request, "desk/retention/delete.html", context)


@screen(Policy.WORK, "GET", "POST")
def holds(request: StaffRequest, person_id: UUID) -> HttpResponse:
    found = open_person(request.viewer, person_id, purpose="keeping", also=("hold",))
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_hold(
            person_id, reason=form.cleaned_data["reason"].strip(), until=form.cleaned_data["until"],
            on=working_day(), by=request.viewer,
        )  # fmt: skip
        messages.success(request, _("Die Löschung ist angehalten."))
        return redirect("desk:holds", person_id)
    context = {
        "person": found, "speaks": language_name(found.contact.language), "form": form,
        "holds": holds_of(request.viewer, found),
    }  # fmt: skip
    return render(request, "desk/retention/holds.html", context, status=422 if form.is_bound else 200)


@screen(Policy.WORK, "POST")
def lift(request: StaffRequest, person_id: UUID, hold_id: UUID) -> HttpResponse:
    lift_hold(person_id, hold_id, on=working_day(), by=request.viewer)
    messages.success(request, _("Die üblichen Fristen gelten wieder."))
    return redirect("desk:holds", person_id)
