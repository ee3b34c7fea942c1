"""Write the journal, and keep what is being typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.casework.models import Draft, JournalEntry
from wegnetz.casework.openings import open_draft
from wegnetz.casework.services.appointments import note_appointment
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import records_in_scope
from wegnetz.participants.boxes import seal_record
from wegnetz.participants.services import accompanied
from wegnetz.participants.services.records import (
    add_record,
    change_record,
    delete_record,
    record_to_change,
    restore_record,
)  # fmt: skip

MAX_ENTRY = 20_000
MAX_DRAFT = 40_000
JOURNAL_FORM = "journal"


@dataclass(frozen=True, slots=True)
class EntryContent:
    """What a journal entry says. `minutes` may be unknown."""

    happened_at: datetime
    kind: str
    minutes: int | None
    text: str


class DraftChangedError(DomainError):
    """The draft was changed in another window since this one read it."""


@dataclass(frozen=True, slots=True)
class Typing:
    """Where somebody types: a window's own name, and the `mark` of the draft with which its page began."""

    window: str = ""
    began_with: str = ""


NO_WINDOW = Typing()


@transaction.atomic
def write_entry(
    person: UUID, content: EntryContent, *, of: UUID | None = None, typing: Typing = NO_WINDOW, by: Viewer
) -> UUID:
    """Add a journal entry; the draft it grew from goes. `of` is the appointment it tells of, which was kept then."""
    row = add_record(
        JournalEntry, person, {"text": content.text}, by=by, happened_at=content.happened_at, kind=content.kind,
        minutes=content.minutes,
    )  # fmt: skip
    if of is not None:
        note_appointment(person, of, state="kept", by=by)
    drop_draft(person, JOURNAL_FORM, typing=typing, by=by)
    return row.id


@transaction.atomic
def change_entry(
    person: UUID, entry: UUID, content: EntryContent, *, version: int, restores: bool = False,
    typing: Typing = NO_WINDOW, by: Viewer,
) -> None:  # fmt: skip
    """Change a journal entry.

    Raises EditConflictError when somebody else changed it since `version` was read, PutAwayError when deleted.
    """
    row, key = record_to_change(JournalEntry, person, entry, version=version, restores=restores, by=by)
    row.happened_at, row.kind, row.minutes = content.happened_at, content.kind, content.minutes
    change_record(row, key, {"text": content.text}, by=by)
    drop_draft(person, str(entry), typing=typing, by=by)


@transaction.atomic
def delete_entry(person: UUID, entry: UUID, *, by: Viewer) -> None:
    delete_record(JournalEntry, person, entry, by=by)


@transaction.atomic
def restore_entry(person: UUID, entry: UUID, *, by: Viewer) -> None:
    restore_record(JournalEntry, person, entry, by=by)


@transaction.atomic
def keep_draft(
    person: UUID, form: str, fields: Mapping[str, str], *, typing: Typing = NO_WINDOW, by: Viewer
) -> datetime:
    """Keep what is being typed into a form about a person, for its writer alone. Returns when it was kept.

    `form` names the form, such as "journal" or the id of the record that is being changed. Kept again and again, so it
    writes no event of its own: nothing is shown to anybody, and the act itself is recorded when it happens.
    Raises DraftChangedError rather than lose what was typed in another window.
    """
    _door, involvement, key = accompanied(by, person)
    row = records_in_scope(by, Draft).select_for_update().filter(person=person, form=form).first()
    now = timezone.now()
    if row is not None and _typed_elsewhere(row, key, typing):
        raise DraftChangedError
    if row is None:
        row = Draft(
            person_id=person, organisation_id=by.organisation, involvement=involvement, written_by_id=by.user,
            written_at=now, form=form,
        )  # fmt: skip
    row.version += 1
    row.written_at = row.changed_at = now
    row.deleted_at = row.deleted_by = None
    kept = {name: text[:MAX_DRAFT] for name, text in fields.items()}
    row.box = seal_record(row, key, {"fields": kept, "window": typing.window})
    row.save()
    return now


def _typed_elsewhere(row: Draft, key: bytes, here: Typing) -> bool:
    """Whether the draft holds what its writer typed in another window and has not seen in this one."""
    draft = open_draft(key, row)
    return row.deleted_at is None and draft.window != here.window and draft.mark != here.began_with


def drop_draft(person: UUID, form: str, *, typing: Typing, by: Viewer) -> None:
    """Delete the draft of what has been saved. What was typed in another window stays."""
    row = records_in_scope(by, Draft).filter(person=person, form=form).first()
    if row is not None and not _typed_elsewhere(row, accompanied(by, person)[-1], typing):
        row.delete()


@transaction.atomic
def discard_draft(person: UUID, draft: UUID, *, by: Viewer) -> None:
    """Put a draft away that its writer does not want any more."""
    delete_record(Draft, person, draft, by=by)


@transaction.atomic
def restore_draft(person: UUID, draft: UUID, *, by: Viewer) -> None:
    restore_record(Draft, person, draft, by=by)
