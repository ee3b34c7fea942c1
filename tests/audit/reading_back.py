"""Events as plain rows, and what is wrong with a chain of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from wegnetz.audit.chain.links import Content, Row
from wegnetz.audit.chain.proof import Finding, Heads, check_chains
from wegnetz.audit.models import Event
from wegnetz.audit.selectors.heads import signing_key


def rows_of(organisation: UUID) -> list[Row]:
    events = Event.objects.filter(organisation=organisation).order_by("sequence").prefetch_related("subjects")
    return [
        Row(
            Content(
                event.id, event.organisation, event.sequence, event.at, event.actor, event.actor_role, event.action,
                event.category, event.purpose, tuple(entry.subject for entry in event.subjects.all()),
            ),
            None if event.salt is None else bytes(event.salt), bytes(event.leaf), bytes(event.link),
        )
        for event in events
    ]  # fmt: skip


def faults_in(rows: Iterable[Row], heads: Heads | None = None) -> list[Finding]:
    return list(check_chains(rows, heads or {}, signing_key().verify_key))


@dataclass(frozen=True, slots=True)
class Recorded:
    action: str
    category: str
    purpose: str
    subjects: frozenset[UUID]


def recorded_since(organisation: UUID, sequence: int) -> list[Recorded]:
    """The events of an organisation after a place in its chain."""
    return [
        Recorded(content.action, content.category, content.purpose, frozenset(content.subjects))
        for content, *_ in rows_of(organisation)
        if content.sequence > sequence
    ]


def last_place(organisation: UUID) -> int:
    last = Event.objects.filter(organisation=organisation).order_by("-sequence").first()
    return last.sequence if last else 0
