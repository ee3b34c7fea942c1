"""Appointments with a person: make, move, cancel, and note whether they took place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.accounts.selectors import colleagues_of
from wegnetz.casework.openings import Meeting
from wegnetz.casework.selectors import meeting_of, meetings_of, slot_of
from wegnetz.casework.services import (
    EditConflictError,
    change_appointment,
    delete_appointment,
    make_appointment,
    note_appointment,
    restore_appointment,
)  # fmt: skip
from wegnetz.core.days import working_day, working_moment
from wegnetz.desk.calendars import calendar_file
from wegnetz.desk.conflicts import differences, is_change
from wegnetz.desk.forms.journal import MeetingForm, meeting_initial
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import anything_deleted, language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import OpenPerson, open_person
from wegnetz.programme.pack.wording import Wording

LENGTH = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment as a line: its kind in words, and whether it has been."""

    meeting: Meeting
    kind: str
    over: bool

    @property
    def waits(self) -> bool:
        """Nobody has said yet whether it took place."""
        return self.over and self.meeting.state == "planned"


def shown(meeting: Meeting, words: Wording, now: datetime) -> Shown:
    return Shown(meeting, words.text("care", "appointment-kinds", meeting.kind), meeting.ends_at < now)


@screen(Policy.PEOPLE)
def appointments(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words, now = wording_now(get_language()), working_moment()
    found = open_person(request.viewer, person_id, purpose="appointments", also=("appointments",), pack=words.pack)
    lines = [shown(meeting, words, now) for meeting in meetings_of(request.viewer, found)]
    coming = [line for line in lines if not line.over]
    context = {
        "person": found, "tab": "appointments", "speaks": language_name(found.contact.language), "coming": coming,
        "past": [line for line in reversed(lines) if line.over],
        "waiting": next((line for line in lines if line.waits), None),
        "next": next((line for line in coming if line.meeting.state == "planned"), None),
        "deleted": anything_deleted(request.viewer, person_id),
    }  # fmt: skip
    return render(request, "desk/appointments/list.html", context)


@screen(Policy.WORK, "GET", "POST")
def make(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="make an appointment", pack=words.pack)
    initial = {"day": working_day(), "held_by": request.viewer.user}
    form = MeetingForm(words, colleagues_of(request.viewer), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        make_appointment(person_id, form.content, by=request.viewer)
        messages.success(request, _("Der Termin steht."))
        return redirect("desk:appointments", person_id)
    return _form_page(request, form, found, status=422 if form.is_bound else 200)


@screen(Policy.WORK, "GET", "POST")
def appointment(request: StaffRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Move or change an appointment."""
    words = wording_now(get_language())
    found = open_person(
        request.viewer, person_id, purpose="change an appointment", also=("appointments",), pack=words.pack
    )  # fmt: skip
    stored = meeting_of(request.viewer, found, appointment_id, put_away=is_change(request))
    colleagues = colleagues_of(request.viewer)
    form = MeetingForm(words, colleagues, request.POST or None, initial=meeting_initial(stored))
    if request.method == "POST" and form.is_valid():
        try:
            change_appointment(person_id, appointment_id, form.content, **form.since, by=request.viewer)
        except EditConflictError as conflict:
            rows = differences(form, meeting_initial(stored))
            again = MeetingForm(words, colleagues, initial=form.again(conflict, stored.version))
            return _form_page(request, again, found, stored, conflict=rows, status=409)
        messages.success(request, _("Der Termin ist geändert."))
        return redirect("desk:appointments", person_id)
    return _form_page(request, form, found, stored, status=422 if form.is_bound else 200)


def _form_page(
    request: StaffRequest, form: MeetingForm, found: OpenPerson, stored: Meeting | None = None, *,
    conflict: object = None, status: int,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "person": found, "meeting": stored, "conflict": conflict}
    return render(request, "desk/appointments/form.html", context, status=status)


@screen(Policy.WORK, "POST")
def note(request: StaffRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Kept leads on to the journal; missed and cancelled can be taken back."""
    said = {
        "kept": _("Der Termin hat stattgefunden. Was daraus folgt, schreiben Sie am besten gleich auf."),
        "missed": _("Festgehalten: Die Person ist nicht gekommen."),
        "cancelled": _("Der Termin ist abgesagt."),
    }
    state = request.POST.get("state", "")
    if state not in said:
        raise Http404
    note_appointment(person_id, appointment_id, state=state, by=request.viewer)
    undo = reverse("desk:replan-appointment", args=[person_id, appointment_id])
    messages.success(request, said[state], extra_tags=f"undo:{undo}")
    if state == "kept":
        return redirect(f"{reverse('desk:write-entry', args=[person_id])}?termin={appointment_id}")
    return redirect("desk:appointments", person_id)


@screen(Policy.WORK, "POST")
def replan(request: StaffRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Take back what was noted."""
    note_appointment(person_id, appointment_id, state="planned", by=request.viewer)
    messages.success(request, _("Der Termin steht wieder."))
    return redirect("desk:appointments", person_id)


@screen(Policy.WORK, "POST")
def delete(request: StaffRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    delete_appointment(person_id, appointment_id, by=request.viewer)
    undo = reverse("desk:restore-appointment", args=[person_id, appointment_id])
    messages.success(request, _("Der Termin ist gelöscht."), extra_tags=f"undo:{undo}")
    return redirect("desk:appointments", person_id)


@screen(Policy.WORK, "POST")
def restore(request: StaffRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    restore_appointment(person_id, appointment_id, by=request.viewer)
    messages.success(request, _("Der Termin ist wieder da."))
    return redirect("desk:appointments", person_id)


@screen(Policy.PEOPLE)
def file(request: StaffRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    """One appointment for a calendar program."""
    return calendar_file([slot_of(request.viewer, person_id, appointment_id)], now=timezone.now())
