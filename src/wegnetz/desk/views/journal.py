"""The journal of a person: write, change, delete; and the drafts of what is being typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.casework.openings import Entry, OpenDraft
from wegnetz.casework.selectors import draft_of, entry_of, form_of, journal_of, meeting_of
from wegnetz.casework.services import (
    JOURNAL_FORM,
    DraftChangedError,
    EditConflictError,
    change_entry,
    delete_entry,
    discard_draft,
    restore_draft,
    restore_entry,
    write_entry,
)  # fmt: skip
from wegnetz.core.days import working_day
from wegnetz.desk.conflicts import differences, is_change
from wegnetz.desk.drafts import BUTTON, new_window, page_of, save, typed, typing_of
from wegnetz.desk.forms.journal import EntryForm, entry_initial, minute_of
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import anything_deleted, language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import OpenPerson, open_person
from wegnetz.programme.pack.wording import Wording


@screen(Policy.PEOPLE)
def journal(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Newest first, with the form to write on top for who accompanies the person."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="journal", also=("journal",), pack=words.pack)
    entries, page = journal_of(request.viewer, found, page=request.GET.get("page", "1")[:9])
    context = {
        "person": found, "tab": "journal", "speaks": language_name(found.contact.language), "page": page,
        "deleted": anything_deleted(request.viewer, person_id),
        "entries": [{"entry": entry, "kind": words.text("care", "contact-kinds", entry.kind)} for entry in entries],
        **(_to_write(request, found, words) if found.involvement and page.number == 1 else {}),
    }  # fmt: skip
    return render(request, "desk/journal/list.html", context)


@screen(Policy.WORK, "GET", "POST")
def write(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A new entry; `termin` names the appointment it tells of."""
    words = wording_now(get_language())
    drafting = _asks_for_a_draft(request)
    if drafting and (saved := _draft_saved(request, person_id, JOURNAL_FORM)):
        return saved
    appointment = _appointment(request)
    also = ("appointments",) if appointment else ()
    found = open_person(request.viewer, person_id, purpose="write in the journal", also=also, pack=words.pack)
    context = _to_write(request, found, words, _told(request, found, words, appointment))
    form = context["form"]
    if request.method == "POST" and not drafting and form.is_valid():
        of, typing = form.cleaned_data["appointment"], typing_of(request.POST)
        write_entry(person_id, form.content, of=of, typing=typing, by=request.viewer)
        messages.success(request, _("Der Eintrag ist gespeichert."))
        return redirect("desk:journal", person_id)
    context |= {"person": found, "tab": "journal", "speaks": language_name(found.contact.language)}
    context |= _both_drafts(request, words, context["draft"]) if drafting else {}
    status = 409 if drafting else 422 if form.is_bound else 200
    return render(request, "desk/journal/write.html", context, status=status)


def _appointment(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("termin", ""))
    except ValueError:
        return None


def _to_write(
    request: StaffRequest, found: OpenPerson, words: Wording, told: dict[str, Any] | None = None
) -> dict[str, Any]:  # fmt: skip
    """The form, filled with the draft, or else with the day or the appointment the entry tells of."""
    draft = draft_of(request.viewer, found, JOURNAL_FORM)
    start = {"day": working_day(), "clock": minute_of(timezone.now())} | (told or {})
    form = EntryForm(words, request.POST or None, initial=start | _typed_so_far(draft))
    return {"form": form, "draft": draft, "form_name": JOURNAL_FORM}


def _told(request: StaffRequest, found: OpenPerson, words: Wording, appointment: UUID | None) -> dict[str, Any]:
    if appointment is None:
        return {}
    meeting = meeting_of(request.viewer, found, appointment)
    return {
        "day": timezone.localdate(meeting.starts_at), "clock": minute_of(meeting.starts_at),
        "minutes": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "kind": meeting.kind if meeting.kind in words.pack.care.contact_kinds else "",
        "appointment": meeting.id,
    }  # fmt: skip


@screen(Policy.WORK, "GET", "POST")
def entry(request: StaffRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Change an entry of one's own organisation."""
    drafting = _asks_for_a_draft(request)
    if drafting and (saved := _draft_saved(request, person_id, str(entry_id))):
        return saved
    words = wording_now(get_language())
    found = open_person(
        request.viewer, person_id, purpose="change a journal entry", also=("journal",), pack=words.pack
    )  # fmt: skip
    draft = draft_of(request.viewer, found, str(entry_id))
    stored = entry_of(request.viewer, found, entry_id, put_away=is_change(request) or draft is not None)
    form = EntryForm(words, request.POST or None, initial=entry_initial(stored) | _typed_so_far(draft))
    if request.method == "POST" and not drafting and form.is_valid():
        try:
            typing = typing_of(request.POST)
            change_entry(person_id, entry_id, form.content, **form.since, typing=typing, by=request.viewer)
        except EditConflictError as conflict:
            return _conflict(request, form, found, stored, conflict)
        messages.success(request, _("Die Änderung ist gespeichert."))
        return redirect("desk:journal", person_id)
    if drafting:
        return _entry_page(request, found, stored, _both_drafts(request, words, draft), 409)
    return _entry_page(request, found, stored, {"form": form, "draft": draft}, 422 if form.is_bound else 200)


def _conflict(
    request: StaffRequest, form: EntryForm, found: OpenPerson, stored: Entry, conflict: EditConflictError
) -> HttpResponse:  # fmt: skip
    """Show both versions; sending again keeps what stands in the form."""
    rows = differences(form, entry_initial(stored))
    again = EntryForm(wording_now(get_language()), initial=form.again(conflict, stored.version))
    return _entry_page(request, found, stored, {"form": again, "conflict": rows}, 409)


def _entry_page(
    request: StaffRequest, found: OpenPerson, stored: Entry, context: dict[str, Any], status: int
) -> HttpResponse:  # fmt: skip
    context |= {"person": found, "entry": stored, "form_name": str(stored.id)}
    return render(request, "desk/journal/change.html", context, status=status)


@screen(Policy.WORK, "POST")
def delete(request: StaffRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    delete_entry(person_id, entry_id, by=request.viewer)
    undo = reverse("desk:restore-entry", args=[person_id, entry_id])
    messages.success(request, _("Der Eintrag ist gelöscht."), extra_tags=f"undo:{undo}")
    return redirect("desk:journal", person_id)


@screen(Policy.WORK, "POST")
def restore(request: StaffRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    restore_entry(person_id, entry_id, by=request.viewer)
    messages.success(request, _("Der Eintrag ist wieder da."))
    return redirect("desk:journal", person_id)


# --- drafts ------------------------------------------------------------------------------------------


@screen(Policy.WORK, "POST")
def draft(request: StaffRequest, person_id: UUID, form: str) -> HttpResponse:
    """Keep what is being typed into a form, for the script of its page."""
    page_of(request.viewer, person_id, form)
    try:
        return JsonResponse({"said": save(request.viewer, person_id, form, request.POST)})
    except DraftChangedError:
        said = _(
            "Dieser Entwurf wurde in einem anderen Fenster geändert. Ihr Text hier ist noch nicht gespeichert: "
            "Mit „Entwurf speichern“ sehen Sie beide Fassungen."
        )
        return JsonResponse({"said": said}, status=409)


def _asks_for_a_draft(request: StaffRequest) -> bool:
    return request.method == "POST" and BUTTON in request.POST


def _draft_saved(request: StaffRequest, person_id: UUID, form: str) -> HttpResponse | None:
    """The same for who presses the button of a form. None when another window kept something else meanwhile."""
    try:
        messages.success(request, save(request.viewer, person_id, form, request.POST))
    except DraftChangedError:
        return None
    return redirect(page_of(request.viewer, person_id, form))


def _typed_so_far(draft: OpenDraft | None) -> dict[str, str]:
    """The draft for its form, which goes on from it."""
    return (dict(draft.fields) if draft else {}) | new_window(draft)


def _both_drafts(request: StaffRequest, words: Wording, other: OpenDraft | None) -> dict[str, Any]:
    """What was typed here stays in the form, with what another window kept beside it; sent again, it is kept."""
    here = dict.fromkeys(EntryForm.base_fields, "") | typed(request.POST) | new_window(other)
    form = EntryForm(words, initial=here)
    rows = differences(form, other.fields if other else {})
    return {"form": form, "draft": None, "elsewhere": True, "conflict": rows}


@screen(Policy.WORK)
def go_on(request: StaffRequest, person_id: UUID, draft_id: UUID) -> HttpResponse:
    """To the form of a draft, from a list that knows the draft only."""
    return redirect(page_of(request.viewer, person_id, form_of(request.viewer, person_id, draft_id)))


@screen(Policy.WORK, "POST")
def discard(request: StaffRequest, person_id: UUID, draft_id: UUID) -> HttpResponse:
    form = form_of(request.viewer, person_id, draft_id)
    discard_draft(person_id, draft_id, by=request.viewer)
    undo = reverse("desk:restore-draft", args=[person_id, draft_id])
    messages.success(request, _("Der Entwurf ist verworfen."), extra_tags=f"undo:{undo}")
    return redirect(page_of(request.viewer, person_id, form))


@screen(Policy.WORK, "POST")
def take_back(request: StaffRequest, person_id: UUID, draft_id: UUID) -> HttpResponse:
    """The draft that was discarded comes back."""
    restore_draft(person_id, draft_id, by=request.viewer)
    return redirect("desk:continue-draft", person_id, draft_id)
