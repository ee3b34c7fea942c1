"""Fill an empty installation with synthetic people: sealed and audited as the services do it, but in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from django.db import connection, transaction

from bench.population import Synthetic, people
from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.selectors import viewer_for_email
from wegnetz.accounts.services import add_staff, ensure_organisation
from wegnetz.audit.chain.links import START, Content
from wegnetz.audit.models import Event, EventSubject
from wegnetz.audit.services import event_after
from wegnetz.engines.pseudonyms import pseudonym
from wegnetz.participants.boxes import Contact, Name, fact_to_plain, seal_json
from wegnetz.participants.models import FactRecord, Person
from wegnetz.participants.openings import place_of_fact, seal_contact, seal_name
from wegnetz.participants.services import record_decision
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack
from wegnetz.programme.services import put_in_force, read_candidate
from wegnetz.vault.services import create_keys

EMAIL = "case-manager@bench.example"
AT_ONCE = 500
EVERY_NTH_DECIDED = 5


@dataclass(frozen=True, slots=True)
class Known:
    """Someone in the database, with what tells their page from another one.

    No more than that: what a benchmark keeps in memory makes the garbage collector slow for the pages it measures.
    """

    id: UUID
    pseudonym: str
    called: str
    full: str
    registered_on: date


@dataclass(frozen=True, slots=True)
class Filled:
    viewer: Viewer
    version: str
    people: tuple[Known, ...]


def fill(folder: Path, *, number: int, seed: int) -> Filled:
    """Put the pack in force and add one organisation with one case manager and `number` people."""
    put_in_force(read_candidate(folder))
    pack = active_pack()
    organisation = ensure_organisation("bench", name="Teilhabemanagement (Messung)", is_demo=True)
    add_staff(
        email=EMAIL, name="Ilka Messing", organisation=organisation, role=Role.CASE_MANAGER, on=date(2020, 1, 1),
        is_demo=True,
    )  # fmt: skip
    viewer = viewer_for_email(EMAIL)
    audit = _Chain(viewer)
    source = _people(pack, number, seed)
    known: list[Known] = []
    with transaction.atomic():
        while batch := list(islice(source, AT_ONCE)):
            _add(batch, viewer, audit)
            known += [entry for entry, _ in batch]
    with transaction.atomic():
        for entry in known[::EVERY_NTH_DECIDED]:
            record_decision(entry.id, day=entry.registered_on, by=viewer)
    if connection.vendor == "postgresql":  # which does so by itself, but not at once
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return Filled(viewer, pack.version, tuple(known))


def _people(pack: Pack, number: int, seed: int) -> Iterator[tuple[Known, Synthetic]]:
    chance = Random(seed)
    taken: set[str] = set()
    for person in islice(people(pack.rulebook.facts, seed=seed), number):
        while (name := pseudonym(chance.choice)) in taken:
            pass
        taken.add(name)
        person_id = UUID(int=chance.getrandbits(128), version=4)
        yield Known(person_id, name, person.called, person.full, person.registered_on), person


def _add(batch: list[tuple[Known, Synthetic]], viewer: Viewer, audit: _Chain) -> None:
    keys = create_keys([entry.id for entry, _ in batch])
    Person.objects.bulk_create(_row(entry, person, keys[entry.id], viewer) for entry, person in batch)
    records = []
    for entry, person in batch:
        at = datetime.combine(person.registered_on, time(9), UTC)
        audit.add(at, "register", "name, contact", entry.id)
        for fact in person.history:
            at += timedelta(minutes=1)
            record = FactRecord(person_id=entry.id, recorded_at=at, recorded_by_id=viewer.user)
            record.box = seal_json(keys[entry.id], fact_to_plain(fact), place_of_fact(record))
            records.append(record)
            audit.add(at, "record", "facts", entry.id)
    FactRecord.objects.bulk_create(records, batch_size=AT_ONCE)
    audit.store()


def _row(entry: Known, person: Synthetic, key: bytes, viewer: Viewer) -> Person:
    row = Person(
        id=entry.id, organisation_id=viewer.organisation, case_manager_id=viewer.user, pseudonym=entry.pseudonym,
        registered_on=person.registered_on, registered_by_id=viewer.user,
    )  # fmt: skip
    row.name_box = seal_name(key, row, Name(full=person.full, called=person.called))
    row.contact_box = seal_contact(key, row, Contact(phone=person.phone, language=person.language, note=person.note))
    return row


class _Chain:
    """The audit of all this, chained as the audit service chains it."""

    def __init__(self, viewer: Viewer) -> None:
        self.actor = viewer.actor
        last = Event.objects.filter(organisation=viewer.organisation).order_by("-sequence").first()
        self.sequence, self.last = (last.sequence, bytes(last.link)) if last else (0, START)
        self.events: list[Event] = []
        self.subjects: list[EventSubject] = []

    def add(self, at: datetime, action: str, category: str, subject: UUID) -> None:
        self.sequence += 1
        actor = self.actor
        content = Content(
            uuid4(), actor.organisation, self.sequence, at, actor.user, actor.role, action, category, "", (subject,)
        )
        event = event_after(self.last, content)
        self.last = bytes(event.link)
        self.events.append(event)
        self.subjects.append(EventSubject(event=event, organisation=actor.organisation, subject=subject))

    def store(self) -> None:
        Event.objects.bulk_create(self.events, batch_size=AT_ONCE)
        EventSubject.objects.bulk_create(self.subjects, batch_size=AT_ONCE)
        self.events, self.subjects = [], []
