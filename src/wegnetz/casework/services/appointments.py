"""Make, move and keep appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import works_in
from wegnetz.audit.services import record_act
from wegnetz.casework.models import Appointment
from wegnetz.core.errors import DomainError
from wegnetz.participants.services import NotAColleagueError
from wegnetz.participants.services.records import (
    add_record,
    change_record,
    delete_record,
    record_to_change,
    restore_record,
)

STATES = ("planned", "kept", "missed", "cancelled")


class EndsBeforeItStartsError(DomainError):
    """An appointment must end after it starts."""


@dataclass(frozen=True, slots=True)
class MeetingContent:
    """When, what about and where. `held_by` is a member of staff of the organisation."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    held_by: UUID
    title: str = ""
    place: str = ""
    interpreter: str = ""

    @property
    def sealed(self) -> dict[str, str]:
        return {"title": self.title, "place": self.place, "interpreter": self.interpreter}


def _check(content: MeetingContent, by: Viewer) -> None:
    if content.ends_at <= content.starts_at:
        raise EndsBeforeItStartsError
    if content.held_by != by.user and not works_in(content.held_by, organisation=by.organisation, role=by.role):
        raise NotAColleagueError


@transaction.atomic
def make_appointment(person: UUID, content: MeetingContent, *, by: Viewer) -> UUID:
    """Raises EndsBeforeItStartsError, NotAColleagueError."""
    _check(content, by)
    return add_record(
        Appointment, person, content.sealed, by=by, starts_at=content.starts_at, ends_at=content.ends_at,
        kind=content.kind, held_by_id=content.held_by,
    ).id  # fmt: skip


@transaction.atomic
def change_appointment(
    person: UUID, appointment: UUID, content: MeetingContent, *, version: int, restores: bool = False, by: Viewer
) -> None:
    """Raises EditConflictError, PutAwayError, EndsBeforeItStartsError, NotAColleagueError."""
    _check(content, by)
    row, key = record_to_change(Appointment, person, appointment, version=version, restores=restores, by=by)
    row.starts_at, row.ends_at, row.kind = content.starts_at, content.ends_at, content.kind
    row.held_by_id = content.held_by
    change_record(row, key, content.sealed, by=by)


@transaction.atomic
def note_appointment(person: UUID, appointment: UUID, *, state: str, by: Viewer) -> None:
    """Whether an appointment was kept, missed or cancelled. ValueError: no state of an appointment."""
    if state not in STATES:
        raise ValueError(state)
    row, _key = record_to_change(Appointment, person, appointment, version=None, by=by)
    row.state = state
    row.save(update_fields=["state"])
    record_act(by.actor, state, subjects=[person], category="appointments")


@transaction.atomic
def delete_appointment(person: UUID, appointment: UUID, *, by: Viewer) -> None:
    delete_record(Appointment, person, appointment, by=by)


@transaction.atomic
def restore_appointment(person: UUID, appointment: UUID, *, by: Viewer) -> None:
    restore_record(Appointment, person, appointment, by=by)
