"""Events in the database: appended in order, kept as they are."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.reading_back import Recorded, faults_in, recorded_since, rows_of
from tests.people import DB
from tests.statements import asked, watched
from wegnetz.audit.models import Event, EventSubject
from wegnetz.audit.services import Actor, record_act, record_reading

pytestmark = DB


def some_events(actor: Actor, number: int) -> list[UUID]:
    people = [uuid4() for _ in range(number)]
    for place, person in enumerate(people):
        if place % 2:
            record_act(actor, "change", subjects=[person], category="name", purpose="ä \u2028 🙂")
        else:
            record_reading(actor, "view", subjects=[person, people[0]], category="name", purpose="person page")
    return people


def test_the_chain_fits_over_many_events_read_back_from_the_database(actor: Actor) -> None:
    some_events(actor, 60)
    rows = rows_of(actor.organisation)
    assert (len(rows), faults_in(rows)) == (60, [])


def test_each_organisation_has_a_chain_of_its_own(actor: Actor) -> None:
    other = Actor(actor.user, actor.role, uuid4())
    for _ in range(3):
        some_events(actor, 2)
        some_events(other, 1)
    assert [row.content.sequence for row in rows_of(actor.organisation)] == [1, 2, 3, 4, 5, 6]
    assert [row.content.sequence for row in rows_of(other.organisation)] == [1, 2, 3]
    assert faults_in(rows_of(actor.organisation) + rows_of(other.organisation)) == []


@pytest.mark.parametrize("number", [1, 25])
def test_a_reading_takes_three_statements_however_many_people_it_shows(number: int, actor: Actor) -> None:
    people = [uuid4() for _ in range(number)]
    with watched() as statements:
        record_reading(actor, "list", subjects=people, category="name", purpose="people list")
    assert asked(statements) == 3


def test_an_event_names_each_subject_once(actor: Actor) -> None:
    person = uuid4()
    record_reading(actor, "list", subjects=[person, person], category="name", purpose="people list")
    assert recorded_since(actor.organisation, 0) == [Recorded("list", "name", "people list", frozenset([person]))]
    assert EventSubject.objects.filter(subject=person).count() == 1


def test_the_system_acts_without_a_user(actor: Actor) -> None:
    system = Actor(None, "system", actor.organisation)
    record_act(system, "erase", subjects=[uuid4()], category="all")
    assert faults_in(rows_of(actor.organisation)) == []
    assert Event.objects.get(organisation=actor.organisation).actor is None


CHANGES = [
    "UPDATE audit_event SET purpose = 'nothing'",
    "UPDATE audit_event SET actor = NULL",
    "DELETE FROM audit_event",
    "UPDATE audit_eventsubject SET event_id = event_id",
    "DELETE FROM audit_eventsubject",
]
if connection.vendor == "postgresql":
    CHANGES += ["TRUNCATE audit_eventsubject", "TRUNCATE audit_event CASCADE"]
else:
    CHANGES += [
        "REPLACE INTO audit_event SELECT * FROM audit_event",
        "INSERT OR REPLACE INTO audit_eventsubject SELECT * FROM audit_eventsubject",
    ]


@pytest.mark.parametrize("sql", CHANGES)
def test_the_database_refuses_to_change_or_delete_an_event(sql: str, actor: Actor) -> None:
    some_events(actor, 3)
    before = rows_of(actor.organisation)
    connection.check_constraints()  # PostgreSQL empties no table while a check on it is still to come
    with pytest.raises(DatabaseError, match="the audit only grows"), transaction.atomic():
        connection.cursor().execute(sql)
    assert rows_of(actor.organisation) == before


def test_the_models_cannot_change_an_event_either(actor: Actor) -> None:
    some_events(actor, 2)
    event = Event.objects.filter(organisation=actor.organisation).latest("sequence")
    event.purpose = "nothing"
    with pytest.raises(DatabaseError, match="the audit only grows"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="the audit only grows"), transaction.atomic():
        EventSubject.objects.filter(event=event).delete()


def test_a_reading_inside_an_open_transaction_is_refused_because_it_could_be_undone(actor: Actor) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        record_reading(actor, "view", subjects=[uuid4()], category="name", purpose="person page")


def test_an_act_that_is_undone_leaves_no_event(actor: Actor) -> None:
    with transaction.atomic():
        record_act(actor, "change", subjects=[uuid4()], category="name")
        transaction.set_rollback(True)
    assert recorded_since(actor.organisation, 0) == []
