"""Write events. A reading is recorded and committed before anything of it is shown."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from wegnetz.audit.chain import START, leaf, link
from wegnetz.audit.models import Event, EventSubject
from wegnetz.core.errors import DomainError
from wegnetz.core.reading import recording

TRIES = 20


class AuditUnavailableError(DomainError):
    """The event could not be written, so nothing may be shown."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff in a role of an organisation, or the system (`user` is None)."""

    user: UUID | None
    role: str
    organisation: UUID


def record_reading(actor: Actor, action: str, *, subjects: Iterable[UUID], category: str, purpose: str) -> None:
    """Write and commit the event of a reading. Raises AuditUnavailableError: then show nothing."""
    try:
        with recording():
            _append(actor, action, tuple(subjects), category, purpose, durable=True)
    except DatabaseError as error:
        raise AuditUnavailableError from error


def record_act(actor: Actor, action: str, *, subjects: Iterable[UUID], category: str, purpose: str = "") -> None:
    """Write the event of an act, in the transaction of the act itself."""
    _append(actor, action, tuple(subjects), category, purpose, durable=False)


def _append(
    actor: Actor, action: str, subjects: tuple[UUID, ...], category: str, purpose: str, *, durable: bool
) -> None:
    each_once = tuple(dict.fromkeys(subjects))
    for attempt in range(TRIES):
        try:
            with transaction.atomic(durable=durable):
                _append_once(actor, action, each_once, category, purpose)
        except IntegrityError:
            # Another event took the same place in the chain; the next try sees it.
            if attempt == TRIES - 1:
                raise
        else:
            return


def _append_once(actor: Actor, action: str, subjects: tuple[UUID, ...], category: str, purpose: str) -> None:
    _wait_for_others(actor.organisation)
    chain = Event.objects.filter(organisation=actor.organisation).order_by("-sequence")
    last = chain.only("sequence", "link").first()
    event = Event(
        organisation=actor.organisation, sequence=last.sequence + 1 if last else 1, at=timezone.now(),
        actor=actor.user, actor_role=actor.role, action=action, category=category, purpose=purpose,
        salt=secrets.token_bytes(16),
    )  # fmt: skip
    event.leaf = leaf(bytes(event.salt), payload(event, subjects))
    event.link = link(bytes(last.link) if last else START, bytes(event.leaf))
    event.save(force_insert=True)
    EventSubject.objects.bulk_create(EventSubject(event=event, subject=subject) for subject in subjects)


def _wait_for_others(organisation: UUID) -> None:
    """One transaction at a time appends to a chain. SQLite has one writer anyway.

    Locking the last event would not do: who waited for it gets that event, although another has followed it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit|{organisation}"])


def payload(event: Event, subjects: Iterable[UUID]) -> dict[str, object]:
    """What the leaf of an event is made of."""
    at: datetime = event.at
    return {
        "id": str(event.id), "organisation": str(event.organisation), "sequence": event.sequence,
        "at": at.isoformat(), "actor": str(event.actor), "role": event.actor_role, "action": event.action,
        "category": event.category, "purpose": event.purpose, "subjects": sorted(map(str, subjects)),
    }  # fmt: skip
