"""A thousand falsifications of an audit in the database, by somebody whom it cannot stop: verification finds each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.attacks import ATTACKS, Target, append, restore_protection, stop_protection
from tests.audit.reading_back import rows_of
from tests.people import DB
from wegnetz.audit.selectors.proof import verify_audit
from wegnetz.audit.services import Actor, forget_events, record_act, record_reading, witness_heads

pytestmark = DB

MUTATIONS = 1000
NOW = datetime(2021, 10, 7, 12, tzinfo=UTC)


@pytest.fixture
def organisations(heads_file: Path) -> list[UUID]:
    """Three chains that grew in twelve rounds. The beginnings of two were forgotten in the second."""
    chance = Random(2021)
    actors = [Actor(uuid4(), "case-manager", uuid4()) for _ in range(3)]
    people = [uuid4() for _ in range(5)]
    for number in range(12):
        for who in chance.sample(actors, chance.randint(1, 3)) if number else actors:
            grow(who, people, chance)
        if number == 1:
            for who in actors[:2]:
                forget_first(who, 3)
        witness_heads(now=NOW + timedelta(minutes=5 * number))
    connection.check_constraints()  # PostgreSQL changes no table while a check on it is still to come
    return [who.organisation for who in actors]


def grow(actor: Actor, people: list[UUID], chance: Random) -> None:
    for _ in range(chance.randint(4, 6)):
        subjects = chance.sample(people, chance.randint(0, 3))
        if chance.random() < 0.5:
            record_reading(actor, "view", subjects=subjects, category="name", purpose="person page")
        else:
            record_act(Actor(None, "system", actor.organisation), "change", subjects=subjects, category="name")


def forget_first(actor: Actor, number: int) -> None:
    young = rows_of(actor.organisation)[number].content.at
    assert young is not None
    if forget_events(before=young, by=actor) != number:
        raise AssertionError("two events at the very same time")


def faults_after(attack: Callable[[Target], None], target: Target) -> int:
    """How much verification finds. Everything is as it was before when this returns."""
    before = target.heads_file.read_bytes()
    with transaction.atomic():
        stop_protection()
        attack(target)
        found = len(verify_audit().findings)
        transaction.set_rollback(True)
    restore_protection()
    target.heads_file.write_bytes(before)
    return found


def test_each_of_a_thousand_mutations_is_found_and_none_where_there_is_none(
    organisations: list[UUID], heads_file: Path, record_property: Callable[[str, object], None]
) -> None:
    assert verify_audit().findings == ()
    missed = Counter[str]()
    for seed in range(MUTATIONS):
        attack = ATTACKS[seed % len(ATTACKS)]
        if not faults_after(attack, Target(organisations, heads_file, Random(seed))):
            missed[attack.__name__] += 1
    assert missed == {}
    assert verify_audit().findings == ()
    record_property("mutations of the audit found", MUTATIONS)


def test_what_nothing_witnesses_yet_can_be_written_anew(organisations: list[UUID], heads_file: Path) -> None:
    """The limit of it: whoever owns the database can add events, and rewrite those of the last five minutes."""

    def add(target: Target) -> None:
        append(organisations[0], rows_of(organisations[0])[-1].content._replace(id=target.uuid(), action="view"))

    assert faults_after(add, Target(organisations, heads_file, Random(1))) == 0


@pytest.mark.parametrize("column", ["id", "organisation", "sequence", "at", "actor", "salt", "leaf", "action"])
@pytest.mark.parametrize("value", ["'nonsense'", "x'ff'", "-1.5", "''", "1"])
def test_a_value_of_the_wrong_kind_is_refused_or_found(
    column: str, value: str, organisations: list[UUID], heads_file: Path
) -> None:
    """SQLite keeps whatever is written into a column."""

    def spoil(target: Target) -> None:
        event = target.event(organisation=organisations[2], sequence=4)
        id_ = event.pk if connection.vendor == "postgresql" else event.pk.hex
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE audit_event SET {column} = {value} WHERE id = '{id_}'")

    try:
        found = faults_after(spoil, Target(organisations, heads_file, Random(1)))
    except DatabaseError:
        found = 1
    assert found > 0
