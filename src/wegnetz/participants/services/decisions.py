"""Store what the rules say, decide single cases, and notice what a changed programme would decide differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.boxes import seal_json
from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.participants.boxes import fact_to_plain
from wegnetz.participants.models import Person, RuleNotice, SingleCaseDecision, StoredDecision
from wegnetz.participants.openings import (
    open_changes,
    open_decision,
    open_histories,
    open_notice,
    open_results,
    place_of_decision,
    place_of_single_case,
    seal_changes,
    seal_notice,
    with_people,
)  # fmt: skip
from wegnetz.participants.selectors.doors import PersonNotFoundError
from wegnetz.participants.selectors.people import asked_facts, replays
from wegnetz.participants.services.led import led
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.report import bare
from wegnetz.programme.selectors import active_version, pack_of
from wegnetz.programme.services import PackProposed, PackPutInForce, ProposalWithdrawn
from wegnetz.rules.decisions import Change, Result, compare
from wegnetz.vault.selectors import keys_of, still_kept

MAX_JUSTIFICATION = 4000


class NotASingleCaseError(DomainError):
    """The rules settled this block; there is nothing left for a person to decide."""


@transaction.atomic
def record_decision(person: UUID, *, day: date, by: Viewer) -> UUID:
    """Store what the pack in force says of the person on `day`, with the facts it used."""
    row, key = led(by, person, lock=True)
    version = active_version()
    pack = pack_of(version)
    facts = asked_facts(pack, open_histories([row.id], {row.id: key})[row.id], day)
    decisions = pack.rulebook.on(day).decide(facts)
    content = {"facts": [fact_to_plain(fact) for fact in facts.values()], "results": bare(decisions)}
    stored = StoredDecision(
        person=row, organisation_id=by.organisation, pack_id=version, day=day, decided_at=timezone.now(),
        decided_by_id=by.user,
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
    row, key = led(by, person, lock=True)
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
    row, _key = led(by, person, lock=True)
    for notice in RuleNotice.objects.select_for_update().filter(organisation=row.organisation_id):
        people, turns = open_notice(notice)
        if people.pop(str(row.id), None) is not None:
            notice.box = seal_notice(notice, people, turns)
            notice.save(update_fields=["box"])
    record_act(by.actor, "review", subjects=[row.id], category="eligibility")


@transaction.atomic
def pass_notices_on(person: UUID) -> None:
    """What the notices say of a person is told to who leads the way now, and to nobody who did. For the system."""
    lead = Person.objects.select_for_update().get(id=person).organisation_id
    keys = keys_of([person])
    for notice in RuleNotice.objects.select_for_update().exclude(organisation=lead).order_by("id"):
        people, turns = open_notice(notice)
        if person in keys and str(person) in people:
            changes = open_changes(keys[person], notice, person)
            people.pop(str(person))
            notice.box = seal_notice(notice, people, turns)
            notice.save(update_fields=["box"])
            _add_to_the_notice_of(lead, notice, person, keys[person], changes)


def _add_to_the_notice_of(
    lead: UUID, former: RuleNotice, person: UUID, key: bytes, changes: tuple[Change, ...]
) -> None:  # fmt: skip
    """Whom a pack turns was counted when it was noticed: the number stays in the former notice."""
    notice = RuleNotice.objects.select_for_update().filter(organisation=lead, after=former.after_id).first()
    people, turns = open_notice(notice) if notice else ({}, [])
    notice = notice or RuleNotice(organisation_id=lead, after_id=former.after_id, noticed_at=former.noticed_at)
    people[str(person)] = seal_changes(key, notice, person, changes)
    notice.box = seal_notice(notice, people, turns)
    notice.save()


def replay_all() -> Iterator[tuple[UUID, bool]]:
    """Decide every stored decision again from its own facts and pack version. Erased people are left out."""
    rows = with_people(StoredDecision.objects.order_by("decided_at", "id"))
    for row in rows.iterator(chunk_size=500):
        key = keys_of([row.person_id]).get(row.person_id)
        if key is not None:
            yield row.id, replays(open_decision(key, row))
