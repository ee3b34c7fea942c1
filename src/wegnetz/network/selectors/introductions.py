"""Introductions of a person, as those read them who wrote them."""

from __future__ import annotations

from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Met, open_introduction
from wegnetz.participants.access import standing_records
from wegnetz.participants.selectors import (
    Deletion,
    OpenPerson,
    PersonNotFoundError,
    deleted_records,
    deletion_of,
    key_for,
)


def introductions_of(viewer: Viewer, person: OpenPerson) -> tuple[Met, ...]:
    """The latest first. The page recorded "introductions"."""
    key = key_for(person, "introductions")
    rows = (
        standing_records(viewer, Introduction)
        .filter(person=person.id)
        .select_related("involvement")
        .order_by("-written_at")
    )
    return tuple(open_introduction(key, row) for row in rows)


def deleted_introductions(viewer: Viewer, person: OpenPerson) -> tuple[tuple[Met, Deletion], ...]:
    """Those that were deleted and can still be brought back. The page recorded "introductions"."""
    key = key_for(person, "introductions")
    rows = deleted_records(viewer, Introduction, person.id).select_related("involvement", "deleted_by")
    return tuple((open_introduction(key, row), deletion_of(row)) for row in rows)


def any_introduction_deleted(viewer: Viewer, person: UUID) -> bool:
    """Whether there is one to bring back; nothing of it is opened."""
    return deleted_records(viewer, Introduction, person).exists()


def introduction_of(viewer: Viewer, person: OpenPerson, introduction: UUID) -> Met:
    """Raises PersonNotFoundError. The page recorded "introductions"."""
    key = key_for(person, "introductions")
    rows = standing_records(viewer, Introduction).select_related("involvement")
    row = rows.filter(person=person.id, id=introduction).first()
    if row is None:
        raise PersonNotFoundError
    return open_introduction(key, row)
