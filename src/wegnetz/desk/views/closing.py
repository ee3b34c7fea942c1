"""The end of an accompaniment: closing with an outcome, asking again some months later, and shutting the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.casework.openings import Ended
from wegnetz.casework.selectors import closing_of
from wegnetz.casework.services import (
    AlreadyClosedError,
    EditConflictError,
    close_case,
    follow_up,
    follow_up_day,
    reopen_case,
)  # fmt: skip
from wegnetz.core.days import working_day
from wegnetz.desk.conflicts import differences
from wegnetz.desk.forms.journal import LOST_CONTACT, FollowUpForm, OutcomeForm
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, open_person
from wegnetz.participants.services import end_involvement
from wegnetz.programme.pack.wording import Wording
from wegnetz.rules.parameters import Standing
from wegnetz.rules.retention import After, Keeping, last_day

# What an organisation writes down about a person; consents stay longer, as a proof.
WRITTEN = ("counselling-note", "plan", "assessment", "appointment", "document", "consent")


@dataclass(frozen=True, slots=True)
class Going:
    """Classes of data in the pack's words with the last day on which they are there, and what is not confirmed."""

    classes: tuple[tuple[str, date | None], ...]
    unconfirmed: str


def what_goes(words: Wording, on: date) -> Going:
    """When what was written goes, if the accompaniment ends on a day."""
    entries = [entry for entry in words.pack.retention if entry.id in WRITTEN and entry.after == After.EXIT]
    notes = [words.note(entry.basis.note) for entry in entries if entry.basis.status is Standing.UNCONFIRMED]
    return Going(
        tuple(
            (words.text("programme", "retention", entry.id), last_day(Keeping(entry.days, After.EXIT), on))
            for entry in entries
        ),
        " ".join(dict.fromkeys(notes)),
    )  # fmt: skip


@screen(Policy.WORK, "GET", "POST")
def closing(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Close; once closed, how it ended and what comes next."""
    words, today = wording_now(get_language()), working_day()
    found = open_person(request.viewer, person_id, purpose="closing", also=("closing",), pack=words.pack)
    ended = closing_of(request.viewer, found)
    if ended is not None:
        return _closed(request, found, ended, words)
    form = OutcomeForm(words, request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            close_case(
                person_id, outcome=data["outcome"], note=data["note"].strip(), on=data["on"], by=request.viewer
            )  # fmt: skip
        except AlreadyClosedError:
            messages.info(request, _("Die Begleitung war schon abgeschlossen. Es bleibt bei dem, was hier steht."))
        else:
            messages.success(request, _("Die Begleitung ist abgeschlossen."))
        return redirect("desk:closing", person_id)
    context = {
        "person": found, "speaks": language_name(found.contact.language), "form": form,
        "follow_up_on": follow_up_day(words.pack.care, today), "going": what_goes(words, today),
    }  # fmt: skip
    return render(request, "desk/closing/close.html", context, status=422 if form.is_bound else 200)


def _closed(request: StaffRequest, found: OpenPerson, ended: Ended, words: Wording) -> HttpResponse:
    context = {
        "person": found, "speaks": language_name(found.contact.language), "ended": ended,
        "outcome": words.text("care", "outcomes", ended.outcome),
        "heard": _heard(words, ended.follow_up_outcome),
        "due": ended.followed_up_on is None and ended.follow_up_on <= working_day(),
        "going": what_goes(words, ended.closed_on),
    }  # fmt: skip
    return render(request, "desk/closing/closed.html", context)


def _heard(words: Wording, outcome: str) -> str:
    if outcome == LOST_CONTACT:
        return _("nicht erreicht")
    return words.text("care", "outcomes", outcome) if outcome else ""


@screen(Policy.WORK, "POST")
def reopen(request: StaffRequest, person_id: UUID, closing_id: UUID) -> HttpResponse:
    reopen_case(person_id, closing_id, by=request.viewer)
    messages.success(request, _("Die Begleitung geht weiter."))
    return redirect("desk:person", person_id)


@screen(Policy.WORK, "GET", "POST")
def ask_again(request: StaffRequest, person_id: UUID, closing_id: UUID) -> HttpResponse:
    """How things stand some months later. That nobody was reached is an answer too."""
    words, today = wording_now(get_language()), working_day()
    found = open_person(request.viewer, person_id, purpose="follow-up", also=("closing",), pack=words.pack)
    ended = closing_of(request.viewer, found)
    if ended is None or ended.id != closing_id:
        raise PersonNotFoundError
    stored = {
        "outcome": ended.follow_up_outcome, "note": ended.follow_up_note, "on": ended.followed_up_on or today,
        "version": ended.version,
    }  # fmt: skip
    form, conflict, status = FollowUpForm(words, request.POST or None, initial=stored), None, 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            follow_up(
                person_id, closing_id, outcome=data["outcome"], note=data["note"].strip(), on=data["on"],
                version=data["version"] or 0, by=request.viewer,
            )  # fmt: skip
        except EditConflictError:
            conflict, status = differences(form, stored), 409
            form = FollowUpForm(words, initial=data | {"version": ended.version})
        else:
            messages.success(request, _("Festgehalten. Hier ist nichts mehr zu tun."))
            return redirect("desk:closing", person_id)
    context = {
        "form": form, "person": found, "ended": ended, "conflict": conflict,
        "outcome": words.text("care", "outcomes", ended.outcome),
    }  # fmt: skip
    return render(request, "desk/closing/follow_up.html", context, status=422 if form.is_bound else status)


@screen(Policy.WORK, "GET", "POST")
def end(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A page that says what becomes invisible and when it goes, with one button."""
    words, today = wording_now(get_language()), working_day()
    found = open_person(request.viewer, person_id, purpose="end the involvement", also=("closing",), pack=words.pack)
    if request.method == "POST":
        end_involvement(person_id, on=today, by=request.viewer)
        messages.success(request, _("Ihre Begleitung ist beendet. Sie sehen die Person nicht mehr."))
        return redirect("desk:people")
    ended = closing_of(request.viewer, found)
    context = {
        "person": found, "speaks": language_name(found.contact.language), "ended": ended,
        "waits": ended is not None and ended.followed_up_on is None,
        "going": what_goes(words, found.closed_on or today),
    }  # fmt: skip
    return render(request, "desk/closing/end.html", context)
