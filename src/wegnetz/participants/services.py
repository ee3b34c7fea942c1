"""Register people, record answers, store decisions. One transaction each; the act is in the audit or undone."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.engines.pseudonyms import pseudonym
from wegnetz.participants.access import may_register, people_in_scope
from wegnetz.participants.boxes import Contact, Name, fact_to_plain, seal_json
from wegnetz.participants.models import FactRecord, Person, RuleNotice, SingleCaseDecision, StoredDecision
from wegnetz.participants.openings import (
    open_decision,
    open_histories,
    open_notice,
    open_results,
    place_of_decision,
    place_of_fact,
    place_of_single_case,
    seal_changes,
    seal_contact,
    seal_name,
    seal_notice,
    with_people,
)  # fmt: skip
from wegnetz.participants.selectors import ConflictError, PersonNotFoundError, asked_facts, replays
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.report import bare
from wegnetz.programme.selectors import active_version, pack_of
from wegnetz.programme.services import PackProposed, PackPutInForce, ProposalWithdrawn
from wegnetz.rules.decisions import Change, Result, compare
from wegnetz.rules.facts import Fact, FactError, Year
from wegnetz.vault.selectors import KeyGoneError, key_of, keys_of, still_kept
from wegnetz.vault.services import WrongMasterKeyError, check_master_key, create_key

MAX_JUSTIFICATION = 4000


class RefusedError(DomainError):
    """The viewer's role does not include this act."""


class NotASingleCaseError(DomainError):
    """The rules settled this block; there is nothing left for a person to decide."""


def keys_fit() -> bool:
    """Whether the master key is the one that made this keystore; with another, new data would be lost later."""
    try:
        check_master_key()
    except WrongMasterKeyError:
        return False
    return True


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

    Raises RefusedError when the role does not register people, WrongMasterKeyError when the key does not fit.
    """
    if not may_register(by):
        raise RefusedError
    person_id = uuid4()
    # The key is committed first: a key without a person harms nobody, a person without a key is lost.
    key = create_key(person_id)
    with transaction.atomic():
        person = Person(
            id=person_id, organisation_id=by.organisation, case_manager_id=by.user, registered_on=on,
            registered_by_id=by.user, pseudonym=_unused_pseudonym(),
        )  # fmt: skip
        person.name_box, person.contact_box = seal_name(key, person, name), seal_contact(key, person, contact)
        person.save(force_insert=True)
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
    row.name_box, row.contact_box = seal_name(key, row, name), seal_contact(key, row, contact)
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
    record = FactRecord(person=row, recorded_at=timezone.now(), recorded_by_id=by.user)
    record.box = seal_json(key, fact_to_plain(fact), place_of_fact(record))
    record.save(force_insert=True)
    # Which question was answered stays out of the event: at times the question tells the answer.
    record_act(by.actor, "record", subjects=[row.id], category="facts")
    return record.id


@transaction.atomic
def retract_fact(person: UUID, record: UUID, *, by: Viewer) -> None:
    """Take back an answer that was recorded by mistake. It stays in the history, marked."""
    row, _key = _in_scope(by, person)
    found = FactRecord.objects.filter(person=row, id=record, retracted_at__isnull=True).first()
    if found is None:
        raise PersonNotFoundError
    found.retracted_at, found.retracted_by_id = timezone.now(), by.user
    found.save(update_fields=["retracted_at", "retracted_by"])
    record_act(by.actor, "retract", subjects=[row.id], category="facts")


@transaction.atomic
def restore_fact(person: UUID, record: UUID, *, by: Viewer) -> None:
    """Undo a retraction."""
    row, _key = _in_scope(by, person)
    found = FactRecord.objects.filter(person=row, id=record, retracted_at__isnull=False).first()
    if found is None:
        raise PersonNotFoundError
    found.retracted_at = found.retracted_by = None
    found.save(update_fields=["retracted_at", "retracted_by"])
    record_act(by.actor, "restore", subjects=[row.id], category="facts")


@transaction.atomic
def record_decision(person: UUID, *, day: date, by: Viewer) -> UUID:
    """Store what the pack in force says of the person on `day`, with the facts it used."""
    row, key = _in_scope(by, person, lock=True)
    version = active_version()
    pack = pack_of(version)
    facts = asked_facts(pack, open_histories([row.id], {row.id: key})[row.id], day)
    decisions = pack.rulebook.on(day).decide(facts)
    content = {"facts": [fact_to_plain(fact) for fact in facts.values()], "results": bare(decisions)}
    stored = StoredDecision(
        person=row, pack_id=version, day=day, decided_at=timezone.now(), decided_by_id=by.user
    )  # fmt: skip
    stored.box = seal_json(key, content, place_of_decision(stored))
    stored.save(force_insert=True)
    record_act(by.actor, "decide", subjects=[row.id], category="eligibility")
    return stored.id


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
    if open_results(key, stored).get(block) is not Result.SINGLE_CASE:
        raise NotASingleCaseError(block)
    case = SingleCaseDecision(decision=stored, decided_at=timezone.now(), decided_by_id=by.user)
    content = {"block": block, "outcome": "admitted" if admitted else "declined", "justification": justification}
    case.box = seal_json(key, content, place_of_single_case(case))
    case.save(force_insert=True)
    record_act(by.actor, "decide single case", subjects=[row.id], category="eligibility")
    return case.id


def note_rule_changes(event: PackProposed | PackPutInForce) -> None:
    """For a proposed or new pack: leave a note for whom it would decide differently. Nothing else changes for them.

    To know it, everybody's answers are opened; that is recorded for each organisation, in its own chain.
    """
    RuleNotice.objects.filter(after=event.after).delete()
    if event.before is None or event.before == event.after:
        return
    after = pack_of(event.after)
    for organisation in sorted(set(Person.objects.values_list("organisation", flat=True))):
        people = still_kept(Person.objects.filter(organisation=organisation).values_list("id", flat=True))
        actor = Actor(None, "system", organisation)
        record_act(actor, "evaluate", subjects=people, category="facts", purpose=f"rules {after.version}")
        keys = keys_of(people)
        notice = RuleNotice(organisation_id=organisation, after_id=event.after, noticed_at=timezone.now())
        effects = dict(_effects(pack_of(event.before), after, keys))
        turns = Counter(
            turn for changes in effects.values() for turn in {(c.block, str(c.before), str(c.after)) for c in changes}
        )
        sealed = {str(p): seal_changes(keys[p], notice, p, changes) for p, changes in effects.items()}
        if sealed:
            notice.box = seal_notice(notice, sealed, [[*turn, number] for turn, number in sorted(turns.items())])
            notice.save(force_insert=True)


def forget_proposal(event: ProposalWithdrawn) -> None:
    RuleNotice.objects.filter(after=event.version).delete()


def _effects(before: Pack, after: Pack, keys: Mapping[UUID, bytes]) -> Iterator[tuple[UUID, tuple[Change, ...]]]:
    """For whom two packs differ: today, on the working day, and on the day of each person's last stored decision."""
    days = {timezone.localdate(), working_day()}
    histories = open_histories(keys, keys)
    latest = dict(StoredDecision.objects.filter(person__in=keys).order_by("decided_at").values_list("person", "day"))
    for person in keys:
        changes: list[Change] = []
        for day in sorted(days | ({latest[person]} if person in latest else set())):
            decided = [p.rulebook.on(day).decide(asked_facts(p, histories[person], day)) for p in (before, after)]
            changes.extend(compare(day, *decided))
        if changes:
            yield person, tuple(changes)


@transaction.atomic
def mark_changes_seen(person: UUID, *, by: Viewer) -> None:
    """The viewer has looked at what other packs would change for the person; the notices forget them."""
    row, _key = _in_scope(by, person, lock=True)
    for notice in RuleNotice.objects.select_for_update().filter(organisation=row.organisation_id):
        people, turns = open_notice(notice)
        if people.pop(str(row.id), None) is not None:
            notice.box = seal_notice(notice, people, turns)
            notice.save(update_fields=["box"])
    record_act(by.actor, "review", subjects=[row.id], category="eligibility")


def replay_all() -> Iterator[tuple[UUID, bool]]:
    """Decide every stored decision again from its own facts and pack version. Erased people are left out."""
    rows = with_people(StoredDecision.objects.order_by("decided_at", "id"))
    for row in rows.iterator(chunk_size=500):
        key = keys_of([row.person_id]).get(row.person_id)
        if key is not None:
            yield row.id, replays(open_decision(key, row))
