"""Record answers, take them back, bring them back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.boxes import seal_json
from wegnetz.participants.boxes import fact_to_plain
from wegnetz.participants.models import FactRecord
from wegnetz.participants.openings import place_of_fact
from wegnetz.participants.selectors.doors import PersonNotFoundError
from wegnetz.participants.services.led import led
from wegnetz.rules.facts import Fact, FactError, Year


@transaction.atomic
def record_fact(person: UUID, fact: Fact, *, by: Viewer) -> UUID:
    """Add an answer. Earlier answers stay; the newest that speaks about a day counts.

    Raises FactError when a day of birth lies after the day it was recorded.
    """
    row, key = led(by, person)
    if isinstance(fact.value, date | Year) and fact.recorded_on:
        first = fact.value.first if isinstance(fact.value, Year) else fact.value
        if first > fact.recorded_on:
            raise FactError(fact.id, fact.value, "a day that is not in the future")
    record = FactRecord(person=row, organisation_id=by.organisation, recorded_at=timezone.now(), recorded_by_id=by.user)
    record.box = seal_json(key, fact_to_plain(fact), place_of_fact(record))
    record.save(force_insert=True)
    # Which question was answered stays out of the event: at times the question tells the answer.
    record_act(by.actor, "record", subjects=[row.id], category="facts")
    return record.id


@transaction.atomic
def retract_fact(person: UUID, record: UUID, *, by: Viewer) -> None:
    """Take back an answer that was recorded by mistake. It stays in the history, marked."""
    row, _key = led(by, person)
    found = FactRecord.objects.filter(person=row, id=record, retracted_at__isnull=True).first()
    if found is None:
        raise PersonNotFoundError
    found.retracted_at, found.retracted_by_id = timezone.now(), by.user
    found.save(update_fields=["retracted_at", "retracted_by"])
    record_act(by.actor, "retract", subjects=[row.id], category="facts")


@transaction.atomic
def restore_fact(person: UUID, record: UUID, *, by: Viewer) -> None:
    """Undo a retraction."""
    row, _key = led(by, person)
    found = FactRecord.objects.filter(person=row, id=record, retracted_at__isnull=False).first()
    if found is None:
        raise PersonNotFoundError
    found.retracted_at = found.retracted_by = None
    found.save(update_fields=["retracted_at", "retracted_by"])
    record_act(by.actor, "restore", subjects=[row.id], category="facts")
