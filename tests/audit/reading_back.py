"""Events as plain rows, and whether a chain of them fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wegnetz.audit.chain import START, leaf, link
from wegnetz.audit.models import Event
from wegnetz.audit.services import payload


@dataclass(frozen=True, slots=True)
class Row:
    """One event as it lies in the database, with its payload put together again."""

    sequence: int
    salt: bytes
    leaf: bytes
    link: bytes
    payload: dict[str, Any]


def rows_of(organisation: UUID) -> list[Row]:
    events = Event.objects.filter(organisation=organisation).order_by("sequence").prefetch_related("subjects")
    return [
        Row(
            event.sequence,
            bytes(event.salt),
            bytes(event.leaf),
            bytes(event.link),
            payload(event, [entry.subject for entry in event.subjects.all()]),
        )
        for event in events
    ]


def broken_at(rows: Sequence[Row]) -> int | None:
    """The first place of the chain that does not fit. None when all do."""
    previous = START
    for place, row in enumerate(rows, 1):
        fits = row.leaf == leaf(row.salt, row.payload) and row.link == link(previous, row.leaf)
        if not fits or row.sequence != place or row.payload["sequence"] != place:
            return place
        previous = row.link
    return None


@dataclass(frozen=True, slots=True)
class Recorded:
    action: str
    category: str
    purpose: str
    subjects: frozenset[UUID]


def recorded_since(organisation: UUID, sequence: int) -> list[Recorded]:
    """The events of an organisation after a place in its chain."""
    events = Event.objects.filter(organisation=organisation, sequence__gt=sequence).order_by("sequence")
    return [
        Recorded(
            event.action,
            event.category,
            event.purpose,
            frozenset(entry.subject for entry in event.subjects.all()),
        )
        for event in events.prefetch_related("subjects")
    ]


def last_place(organisation: UUID) -> int:
    last = Event.objects.filter(organisation=organisation).order_by("-sequence").first()
    return last.sequence if last else 0
