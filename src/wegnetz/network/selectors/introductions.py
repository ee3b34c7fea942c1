"""Introductions of a person, as those read them who wrote them."""

from __future__ import annotations

from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_day
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Met, open_introduction
from wegnetz.participants.access import records_in_scope, standing_records
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, key_for
from wegnetz.rules.retention import UNDO


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


def put_away_introductions(viewer: Viewer, person: OpenPerson) -> tuple[Met, ...]:
    """Those that were deleted and can still be brought back, the latest first. The page recorded "introductions"."""
    key = key_for(person, "introductions")
    rows = records_in_scope(viewer, Introduction).filter(person=person.id, deleted_at__date__gte=working_day() - UNDO)
    return tuple(open_introduction(key, row) for row in rows.order_by("-deleted_at"))


def introduction_of(viewer: Viewer, person: OpenPerson, introduction: UUID) -> Met:
    """Raises PersonNotFoundError. The page recorded "introductions"."""
    key = key_for(person, "introductions")
    rows = standing_records(viewer, Introduction).select_related("involvement")
    row = rows.filter(person=person.id, id=introduction).first()
    if row is None:
        raise PersonNotFoundError
    return open_introduction(key, row)
