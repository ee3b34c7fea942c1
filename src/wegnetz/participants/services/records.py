"""What all records have in common when they are written: the door, the key, the version, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.days import working_moment
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import records_in_scope, standing_records
from wegnetz.participants.boxes import seal_record
from wegnetz.participants.models import Record
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services.led import accompanied

R = TypeVar("R", bound=Record)


class EditConflictError(DomainError):
    """Somebody else changed the record since it was read."""


class PutAwayError(EditConflictError):
    """Somebody else deleted the record since it was read. It can be brought back."""


def add_record(
    table: type[R], person: UUID, content: Mapping[str, Any], *, by: Viewer, act: str = "write", **columns: Any
) -> R:
    """Seal and save a new record of the viewer's organisation, with its event. Raises PersonNotFoundError."""
    _door, involvement, key = accompanied(by, person)
    row = table(
        person_id=person, organisation_id=by.organisation, involvement=involvement, written_at=timezone.now(),
        written_by_id=by.user, **columns,
    )  # fmt: skip
    row.box = seal_record(row, key, content)
    row.save(force_insert=True)
    record_act(by.actor, act, subjects=[person], category=table.category)
    return row


def record_to_change(
    table: type[R], person: UUID, record: UUID, *, version: int | None, restores: bool = False, by: Viewer
) -> tuple[R, bytes]:
    """A standing record of the viewer's organisation, locked, and the key; `restores` brings back one put away.

    Raises PersonNotFoundError when there is none, EditConflictError when it changed since `version` was read,
    PutAwayError when it was deleted since then; None for acts that fit any version, and standing records only.
    """
    *_way, key = accompanied(by, person)
    rows = standing_records(by, table) if version is None else records_in_scope(by, table)
    row = rows.select_for_update().filter(person=person, id=record).first()
    if row is None:
        raise PersonNotFoundError
    if row.deleted_at is not None and not restores:
        raise PutAwayError
    if version is not None and row.version != version:
        raise EditConflictError
    if row.deleted_at is not None:
        _bring_back(row, by)
    return row, key


def change_record(
    row: Record, key: bytes, content: Mapping[str, Any], *, by: Viewer, act: str = "change", purpose: str = ""
) -> None:
    """Seal the new content of a locked record under its next version and save it, with its event."""
    row.version += 1
    row.changed_at, row.changed_by_id = timezone.now(), by.user
    row.box = seal_record(row, key, content)
    row.save()
    record_act(by.actor, act, subjects=[row.person_id], category=row.category, purpose=purpose)


def delete_record(table: type[Record], person: UUID, record: UUID, *, by: Viewer) -> datetime:
    """Put a record away. It can be brought back for some days. Returns when it was put away."""
    row, _key = record_to_change(table, person, record, version=None, by=by)
    row.deleted_at, row.deleted_by_id = working_moment(), by.user
    row.save(update_fields=["deleted_at", "deleted_by"])
    record_act(by.actor, "delete", subjects=[person], category=table.category)
    return row.deleted_at


def restore_record(table: type[Record], person: UUID, record: UUID, *, by: Viewer) -> datetime:
    """Bring a record back that was put away. Returns when it was. Raises PersonNotFoundError."""
    accompanied(by, person)
    rows = records_in_scope(by, table).select_for_update().filter(person=person, deleted_at__isnull=False)
    row = rows.filter(id=record).first()
    if row is None:
        raise PersonNotFoundError
    put_away_at = row.deleted_at
    _bring_back(row, by)
    return cast("datetime", put_away_at)


def _bring_back(row: Record, by: Viewer) -> None:
    row.deleted_at, row.deleted_by = None, None
    row.save(update_fields=["deleted_at", "deleted_by"])
    record_act(by.actor, "restore", subjects=[row.person_id], category=row.category)
