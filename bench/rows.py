"""Rows and the events of writing them, collected and saved in bulk: sealed and chained as the services do it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4

from django.db.models import Model

from wegnetz.accounts.access import Viewer
from wegnetz.audit.chain.links import START, Content
from wegnetz.audit.models import Event, EventSubject
from wegnetz.audit.services import event_after
from wegnetz.casework.models import Appointment, Assessment, JournalEntry, Plan, PlanItem, Referral, ReferralStep
from wegnetz.participants.models import Consent, FactRecord, Involvement, Person

AT_ONCE = 500
# Each table after those it refers to.
ORDER: tuple[type[Model], ...] = (
    Person, Consent, Involvement, FactRecord, Assessment, Plan, PlanItem, Appointment, JournalEntry, Referral,
    ReferralStep, Event, EventSubject,
)  # fmt: skip

M = TypeVar("M", bound=Model)


class Rows:
    """Rows that wait to be saved, and how far the chain of each organisation has come."""

    def __init__(self) -> None:
        self._waiting: dict[type[Model], list[Model]] = defaultdict(list)
        self._ends: dict[UUID, tuple[int, bytes]] = {}

    def add(self, row: M) -> M:
        self._waiting[type(row)].append(row)
        return row

    def note(self, action: str, category: str, *, subject: UUID, by: Viewer, at: datetime) -> None:
        """The event of an act, after the one before it in the organisation of `by`."""
        actor = by.actor
        sequence, previous = self._end(actor.organisation)
        content = Content(
            uuid4(), actor.organisation, sequence + 1, at, actor.user, actor.role, action, category, "", (subject,)
        )
        event = self.add(event_after(previous, content))
        self._ends[actor.organisation] = sequence + 1, bytes(event.link)
        self.add(EventSubject(event=event, organisation=actor.organisation, subject=subject))

    def _end(self, organisation: UUID) -> tuple[int, bytes]:
        if organisation not in self._ends:
            chain = Event.objects.filter(organisation=organisation).order_by("-sequence")
            sequence, link = chain.values_list("sequence", "link").first() or (0, START)
            self._ends[organisation] = sequence, bytes(link)
        return self._ends[organisation]

    def save(self) -> None:
        """Save everything that waits. In a transaction of the caller's, so that events and rows stay together."""
        for table in ORDER:
            table._default_manager.bulk_create(self._waiting.pop(table, ()), batch_size=AT_ONCE)
