"""Register people, record answers, store decisions. One transaction each; the act is in the audit or undone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.errors import DomainError
from wegnetz.engines.pseudonyms import pseudonym
from wegnetz.participants.access import may_register, people_in_scope
from wegnetz.participants.boxes import Contact, Name, fact_from_plain, fact_to_plain, open_json, seal_json
from wegnetz.participants.models import FactRecord, Person, RuleChange, SingleCaseDecision, StoredDecision
from wegnetz.participants.selectors import (
    ConflictError,
    PersonNotFoundError,
    asked_facts,
    open_decision,
    replays,
    with_people,
)  # fmt: skip
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.report import bare
from wegnetz.programme.selectors import active_version, pack_of
from wegnetz.programme.services import PackPutInForce
from wegnetz.rules.decisions import Change, Result, compare
from wegnetz.rules.facts import Fact, FactError, Year
from wegnetz.vault.selectors import KeyGoneError, key_of, keys_of
from wegnetz.vault.services import create_key

MAX_JUSTIFICATION = 4000


class RefusedError(DomainError):
    """The viewer's role does not include this act."""


class NotASingleCaseError(DomainError):
    """The rules settled this block; there is nothing left for a person to decide."""


def _in_scope(viewer: Viewer, person: UUID, *, lock: bool = False) -> tuple[Person, bytes]:
    """The person and their key. Whoever was erased is as little there as someone out of scope."""
    people = people_in_scope(viewer).filter(id=person)
    found = (people.select_for_update() if lock else people).first()
    if found is None:
        raise PersonNotFoundError
    try:
        return found, key_of(found.id)
    except KeyGoneError as error:
        raise PersonNotFoundError from error


def register_person(*, name: Name, contact: Contact, by: Viewer, on: date) -> UUID:
    """Register a young person under a new pseudonym and a key of their own. Returns the person's id.

    Raises RefusedError when the role does not register people.
    """
    if not may_register(by):
        raise RefusedError
    person_id = uuid4()
    # The key is committed first: a key without a person harms nobody, a person without a key is lost.
    key = create_key(person_id)
    with transaction.atomic():
        Person.objects.create(
            id=person_id, organisation_id=by.organisation, case_manager_id=by.user, registered_on=on,
            registered_by_id=by.user, pseudonym=_unused_pseudonym(),
            name_box=seal_json(key, asdict(name), person_id, "name"),
            contact_box=seal_json(key, asdict(contact), person_id, "contact"),
        )  # fmt: skip
        record_act(by.actor, "register", subjects=[person_id], category="name, contact")
    return person_id


def _unused_pseudonym() -> str:
    while True:
        name = pseudonym(secrets.choice)
        if not Person.objects.filter(pseudonym=name).exists():
            return name


@transaction.atomic
def change_contact(person: UUID, *, name: Name, contact: Contact, version: int, by: Viewer) -> None:
    """Change name and contact. Raises ConflictError when the person changed since `version` was read."""
    row, key = _in_scope(by, person, lock=True)
    if row.version != version:
        raise ConflictError
    row.name_box = seal_json(key, asdict(name), row.id, "name")
    row.contact_box = seal_json(key, asdict(contact), row.id, "contact")
    row.version += 1
    row.save(update_fields=["name_box", "contact_box", "version"])
    record_act(by.actor, "change", subjects=[row.id], category="name, contact")


@transaction.atomic
def record_fact(person: UUID, fact: Fact, *, by: Viewer) -> UUID:
    """Add an answer. Earlier answers stay; the newest that speaks about a day counts.

    Raises FactError when a day of birth lies after the day it was recorded.
    """
    row, key = _in_scope(by, person)
    if isinstance(fact.value, date | Year) and fact.recorded_on:
        first = fact.value.first if isinstance(fact.value, Year) else fact.value
        if first > fact.recorded_on:
            raise FactError(fact.id, fact.value, "a day that is not in the future")
    record = uuid4()
    FactRecord.objects.create(
        id=record, person=row, box=seal_json(key, fact_to_plain(fact), record, "fact"),
        recorded_at=timezone.now(), recorded_by_id=by.user,
    )  # fmt: skip
    record_act(by.actor, "record", subjects=[row.id], category=f"fact {fact.id}")
    return record


@transaction.atomic
def retract_fact(person: UUID, record: UUID, *, by: Viewer) -> None:
    """Take back an answer that was recorded by mistake. It stays in the history, marked."""
    row, _key = _in_scope(by, person)
    found = FactRecord.objects.filter(person=row, id=record, retracted_at__isnull=True).first()
    if found is None:
        raise PersonNotFoundError
    found.retracted_at, found.retracted_by_id = timezone.now(), by.user
    found.save(update_fields=["retracted_at", "retracted_by"])
    record_act(by.actor, "retract", subjects=[row.id], category="fact")


@transaction.atomic
def restore_fact(person: UUID, record: UUID, *, by: Viewer) -> None:
    """Undo a retraction."""
    row, _key = _in_scope(by, person)
    found = FactRecord.objects.filter(person=row, id=record, retracted_at__isnull=False).first()
    if found is None:
        raise PersonNotFoundError
    found.retracted_at = found.retracted_by = None
    found.save(update_fields=["retracted_at", "retracted_by"])
    record_act(by.actor, "restore", subjects=[row.id], category="fact")


@transaction.atomic
def record_decision(person: UUID, *, day: date, by: Viewer) -> UUID:
    """Store what the pack in force says of the person on `day`, with the facts it used."""
    row, key = _in_scope(by, person, lock=True)
    version = active_version()
    pack = pack_of(version)
    facts = asked_facts(pack, _history(key, row.id), day)
    decisions = pack.rulebook.on(day).decide(facts)
    content = {"facts": [fact_to_plain(fact) for fact in facts.values()], "results": bare(decisions)}
    stored = uuid4()
    StoredDecision.objects.create(
        id=stored, person=row, pack_id=version, day=day, box=seal_json(key, content, stored, "decision"),
        decided_at=timezone.now(), decided_by_id=by.user,
    )  # fmt: skip
    RuleChange.objects.filter(person=row, seen_at__isnull=True).update(seen_at=timezone.now())
    record_act(by.actor, "decide", subjects=[row.id], category="eligibility")
    return stored


def _history(key: bytes, person: UUID) -> list[Fact]:
    records = FactRecord.objects.filter(person=person, retracted_at__isnull=True).order_by("recorded_at", "id")
    return [fact_from_plain(open_json(key, record.box, record.id, "fact")) for record in records]


@transaction.atomic
def decide_single_case(
    person: UUID, decision: UUID, *, block: str, admitted: bool, justification: str, by: Viewer
) -> UUID:
    """Decide a block that the rules leave to a person. The justification is kept with it.

    Raises NotASingleCaseError when the stored decision settled the block.
    """
    row, key = _in_scope(by, person, lock=True)
    stored = StoredDecision.objects.filter(person=row, id=decision).first()
    if stored is None:
        raise PersonNotFoundError
    results = {entry["id"]: entry["result"] for entry in open_json(key, stored.box, stored.id, "decision")["results"]}
    if results.get(block) != Result.SINGLE_CASE:
        raise NotASingleCaseError(block)
    case = uuid4()
    content = {"block": block, "outcome": "admitted" if admitted else "declined", "justification": justification}
    SingleCaseDecision.objects.create(
        id=case, decision=stored, box=seal_json(key, content, case, "single-case"),
        decided_at=timezone.now(), decided_by_id=by.user,
    )  # fmt: skip
    record_act(by.actor, "decide single case", subjects=[row.id], category="eligibility")
    return case


@dataclass(frozen=True, slots=True)
class Effect:
    """What another pack changes for one person. `was_open` names blocks that were recorded as open to them."""

    person: UUID
    pseudonym: str
    changes: tuple[Change, ...]
    was_open: tuple[str, ...]


def preview_pack(pack: Pack, *, today: date) -> Iterator[Effect]:
    """For whom `pack` would decide differently than the one in force."""
    return effects_between(pack_of(active_version()), pack, today=today)


def effects_between(before: Pack, after: Pack, *, today: date) -> Iterator[Effect]:
    """For whom two packs differ: today, and on the day of each person's last stored decision."""
    people = dict(Person.objects.values_list("id", "pseudonym"))
    for person, key in keys_of(people).items():
        history = _history(key, person)
        latest = StoredDecision.objects.filter(person=person).order_by("-decided_at").first()
        recorded = open_json(key, latest.box, latest.id, "decision")["results"] if latest else []
        changes: dict[str, Change] = {}
        for day in {today, latest.day if latest else today}:
            decided = [p.rulebook.on(day).decide(asked_facts(p, history, day)) for p in (before, after)]
            changes |= {change.block: change for change in compare(*decided)}
        if changes:
            opened = {entry["id"] for entry in recorded if entry["result"] == Result.OPEN}
            yield Effect(person, people[person], tuple(changes.values()), tuple(b for b in changes if b in opened))


def note_rule_changes(event: PackPutInForce) -> None:
    """After a new pack: leave a note for everyone it would decide differently. Nothing else changes for them."""
    if event.before is None:
        return
    now = timezone.now()
    before, after = pack_of(event.before), pack_of(event.after)
    for effect in effects_between(before, after, today=timezone.localdate()):
        note = uuid4()
        content = [{"block": c.block, "before": c.before, "after": c.after} for c in effect.changes]
        RuleChange.objects.create(
            id=note, person_id=effect.person, before_id=event.before, after_id=event.after, noticed_at=now,
            box=seal_json(key_of(effect.person), content, note, "rule-change"),
        )  # fmt: skip


@transaction.atomic
def mark_changes_seen(person: UUID, *, by: Viewer) -> None:
    """The viewer has looked at what a newer pack would change for the person."""
    row, _key = _in_scope(by, person)
    RuleChange.objects.filter(person=row, seen_at__isnull=True).update(seen_at=timezone.now())
    record_act(by.actor, "review", subjects=[row.id], category="eligibility")


def replay_all() -> Iterator[tuple[UUID, bool]]:
    """Decide every stored decision again from its own facts and pack version. Erased people are left out."""
    rows = with_people(StoredDecision.objects.order_by("decided_at", "id"))
    for row in rows.iterator(chunk_size=500):
        key = keys_of([row.person_id]).get(row.person_id)
        if key is not None:
            yield row.id, replays(open_decision(key, row))
