"""Records that were deleted and can still be brought back, of whatever kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_day
from wegnetz.participants.access import records_in_scope
from wegnetz.participants.models import Record
from wegnetz.rules.retention import UNDO

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Deletion:
    """When a record was deleted, and by whom: empty where nobody wrote that down."""

    at: datetime
    by: str

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)

    @property
    def until(self) -> date:
        """The last day on which it can be brought back."""
        return self.on + UNDO


def deleted_records(viewer: Viewer, table: type[R], person: UUID) -> QuerySet[R]:
    """Those of a person that are in scope and can be brought back."""
    return records_in_scope(viewer, table).filter(person=person, deleted_at__date__gte=working_day() - UNDO)


def deletion_of(row: Record) -> Deletion:
    """`row` was deleted, and comes with who did it."""
    return Deletion(cast("datetime", row.deleted_at), row.deleted_by.name if row.deleted_by else "")
