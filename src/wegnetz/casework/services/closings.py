"""End an accompaniment with its outcome, and look back some months later."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.casework.models import Closing
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import standing_records
from wegnetz.participants.boxes import open_record
from wegnetz.participants.services import close_involvement, reopen_involvement
from wegnetz.participants.services.records import add_record, change_record, delete_record, record_to_change
from wegnetz.programme.pack.model import Care, number_on
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.periods import add_months

# Where the programme names no number of months.
FOLLOW_UP_MONTHS = 6


class UnknownOutcomeError(DomainError):
    """The programme in force knows no such outcome."""


class AlreadyClosedError(DomainError):
    """The accompaniment was closed before."""


def follow_up_day(care: Care, closed_on: date) -> date:
    """The day on which the person is asked how things went."""
    return add_months(closed_on, number_on(care.follow_up_months, closed_on) or FOLLOW_UP_MONTHS)


@transaction.atomic
def close_case(person: UUID, *, outcome: str, note: str, on: date, by: Viewer) -> UUID:
    """Close the accompaniment with an outcome of the pack's list; a follow-up is due some months later.

    Raises UnknownOutcomeError, AlreadyClosedError.
    """
    care = active_pack().care
    if outcome not in care.outcomes:
        raise UnknownOutcomeError
    if standing_records(by, Closing).filter(person=person, involvement__closed_on__isnull=False).exists():
        raise AlreadyClosedError
    content = {"outcome": outcome, "note": note, "follow_up_outcome": "", "follow_up_note": ""}
    row = add_record(
        Closing, person, content, by=by, act="close", closed_on=on, follow_up_on=follow_up_day(care, on)
    )  # fmt: skip
    close_involvement(person, on=on, by=by)
    return row.id


@transaction.atomic
def reopen_case(person: UUID, closing: UUID, *, by: Viewer) -> None:
    """Undo a closing."""
    delete_record(Closing, person, closing, by=by)
    reopen_involvement(person, by=by)


@transaction.atomic
def follow_up(person: UUID, closing: UUID, *, outcome: str, note: str, on: date, version: int, by: Viewer) -> None:
    """Write down how things stand at the follow-up. Raises UnknownOutcomeError, EditConflictError."""
    if outcome not in active_pack().care.outcomes:
        raise UnknownOutcomeError
    row, key = record_to_change(Closing, person, closing, version=version, by=by)
    content = open_record(row, key)
    row.followed_up_on = on
    change_record(row, key, content | {"follow_up_outcome": outcome, "follow_up_note": note}, by=by, act="follow up")
