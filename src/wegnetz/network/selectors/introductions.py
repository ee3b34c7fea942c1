"""Introductions of a person, as those read them who wrote them."""

from __future__ import annotations

from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.network.models import Introduction
from wegnetz.network.openings import Met, open_introduction
from wegnetz.participants.access import standing_records
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, key_for


def introductions_of(viewer: Viewer, person: OpenPerson) -> tuple[Met, ...]:
    """The latest first. The page recorded "introductions"."""
    key = key_for(person, "introductions")
    rows = standing_records(viewer, Introduction).filter(person=person.id).order_by("-written_at")
    return tuple(open_introduction(key, row) for row in rows)


def introduction_of(viewer: Viewer, person: OpenPerson, introduction: UUID) -> Met:
    """Raises PersonNotFoundError. The page recorded "introductions"."""
    key = key_for(person, "introductions")
    row = standing_records(viewer, Introduction).filter(person=person.id, id=introduction).first()
    if row is None:
        raise PersonNotFoundError
    return open_introduction(key, row)
