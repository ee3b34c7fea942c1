"""Events that are older than their time are emptied, the oldest first; the chain fits, and nothing else can go."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.audit.reading_back import faults_in, rows_of
from tests.people import DB
from wegnetz.audit import services
from wegnetz.audit.chain.links import START, Content
from wegnetz.audit.models import Event, EventSubject
from wegnetz.audit.services import Actor, event_after, forget_events

pytestmark = DB

TODAY = timezone.now()


def grow(actor: Actor, *ages: int) -> None:
    """Append events of so many days ago, each about two people."""
    rows = rows_of(actor.organisation)
    previous, sequence = (rows[-1].link, rows[-1].content.sequence) if rows else (START, 0)
    for sequence, age in enumerate(ages, sequence + 1):  # noqa: B020
        subjects = (uuid4(), uuid4())
        at = TODAY - timedelta(days=age)
        content = Content(
            uuid4(), actor.organisation, sequence, at, actor.user, actor.role, "view", "name", "person page", subjects
        )
        event = event_after(previous, content)
        event.save()
        EventSubject.objects.bulk_create(
            EventSubject(event=event, organisation=event.organisation, subject=subject) for subject in subjects
        )
        previous = bytes(event.link)


def forget(actor: Actor, days: int) -> int:
    return forget_events(before=TODAY - timedelta(days=days), by=Actor(None, "system", actor.organisation))


def left(organisation: UUID) -> str:
    """A letter for every place: kept, emptied, or the act of forgetting."""
    return "".join(
        "." if row.salt is None else "f" if row.content.action == "forget" else "k" for row in rows_of(organisation)
    )


def test_what_is_older_goes_and_its_place_stays(actor: Actor) -> None:
    grow(actor, 900, 800, 731, 729, 3)
    before = rows_of(actor.organisation)
    assert forget(actor, 730) == 3
    rows = rows_of(actor.organisation)
    assert left(actor.organisation) == "...kkf"
    assert all(row.content.is_blank for row in rows[:3])
    assert [(row.leaf, row.link) for row in rows[:5]] == [(row.leaf, row.link) for row in before]
    assert (rows[3:5], faults_in(rows)) == (before[3:], [])
    assert EventSubject.objects.filter(organisation=actor.organisation).count() == 4


def test_the_act_says_through_which_place_and_names_nobody(actor: Actor) -> None:
    grow(actor, 900, 800, 1)
    forget(actor, 730)
    act = rows_of(actor.organisation)[-1].content
    assert (act.actor, act.role, act.action, act.category, act.subjects) == (None, "system", "forget", "audit", ())
    assert act.purpose.split()[0] == "2"


def test_again_and_again_until_all_that_is_old_is_gone(actor: Actor) -> None:
    grow(actor, 900, 800, 700, 600)
    assert [forget(actor, days) for days in (850, 850, 650, 10, -1)] == [1, 0, 2, 1, 3]
    assert left(actor.organisation) == "." * 7 + "f"  # the acts of before are forgotten too
    assert faults_in(rows_of(actor.organisation)) == []


def test_an_old_event_behind_a_young_one_waits_for_it(actor: Actor) -> None:
    """A clock that was wrong must not tear a hole."""
    grow(actor, 900, 1, 900)
    assert (forget(actor, 730), left(actor.organisation)) == (1, ".kkf")


def test_nothing_to_forget_leaves_no_act(actor: Actor) -> None:
    assert forget(actor, 0) == 0
    grow(actor, 5)
    assert (forget(actor, 730), left(actor.organisation)) == (0, "k")


def test_other_chains_are_left_alone(actor: Actor) -> None:
    other = Actor(None, "system", uuid4())
    grow(actor, 900)
    grow(other, 900)
    assert (forget(actor, 730), left(other.organisation)) == (1, "k")


def test_a_long_chain_is_forgotten_in_parts(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "FORGOTTEN_AT_ONCE", 4)
    grow(actor, *range(900, 890, -1))
    assert [forget(actor, 730) for _ in range(4)] == [4, 4, 2, 0]
    assert (left(actor.organisation), faults_in(rows_of(actor.organisation))) == ("." * 10 + "fff", [])


# --- the triggers ----------------------------------------------------------------------------------------

EMPTY = "salt = NULL, at = NULL, actor = NULL, actor_role = '', action = '', category = '', purpose = ''"
OLD = "UPDATE audit_event SET {} WHERE organisation = %s AND sequence = {}"


def act(actor: Actor, purpose: str, action: str = "forget") -> None:
    """An act that only the database believes: it cannot check a signature."""
    services.record_act(actor, action, subjects=(), category="audit", purpose=purpose)


def refused(actor: Actor, sql: str) -> bool:
    connection.check_constraints()  # PostgreSQL would do so at the end
    organisation = actor.organisation if connection.vendor == "postgresql" else actor.organisation.hex
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [organisation])
    except DatabaseError as error:
        return "the audit only grows" in str(error)
    return False


def test_the_database_empties_what_the_newest_event_says_and_no_more(actor: Actor) -> None:
    grow(actor, 4, 3, 2, 1)
    assert refused(actor, OLD.format(EMPTY, 1))
    act(actor, "2 signature")
    assert [refused(actor, OLD.format(EMPTY, place)) for place in (1, 2, 3, 4, 5)] == [False, False, True, True, True]
    grow(actor, 0)
    assert refused(actor, OLD.format(EMPTY, 1))


@pytest.mark.parametrize("purpose", ["", "x", "0", "-3", "none 3"])
def test_an_act_that_names_no_place_empties_nothing(purpose: str, actor: Actor) -> None:
    grow(actor, 3)
    act(actor, purpose)
    assert refused(actor, OLD.format(EMPTY, 1))


def test_another_act_empties_nothing(actor: Actor) -> None:
    grow(actor, 3)
    act(actor, "1", action="change")
    assert refused(actor, OLD.format(EMPTY, 1))


@pytest.mark.parametrize(
    "change",
    [
        "purpose = ''", "salt = NULL", "at = NULL", f"{EMPTY}, sequence = 99", f"{EMPTY}, leaf = link",
        f"{EMPTY}, link = leaf", EMPTY.replace("action = ''", "action = 'x'"), EMPTY.replace("at = NULL, ", ""),
        EMPTY.replace("salt = NULL, ", ""), EMPTY.replace("actor = NULL, ", ""),
        *(EMPTY.replace(f", {name} = ''", "") for name in ("actor_role", "action", "category", "purpose")),
    ],
)  # fmt: skip
def test_while_something_is_forgotten_nothing_else_can_be_changed(change: str, actor: Actor) -> None:
    grow(actor, 3, 2)
    act(actor, "2")
    before = rows_of(actor.organisation)
    assert refused(actor, OLD.format(change, 1))
    assert rows_of(actor.organisation) == before


def test_subjects_go_only_with_their_event(actor: Actor) -> None:
    grow(actor, 3, 2)
    act(actor, "1")
    sql = "DELETE FROM audit_eventsubject WHERE organisation = %s"
    assert refused(actor, sql)
    assert not refused(actor, OLD.format(EMPTY, 1))
    assert refused(actor, sql)
    only = f"{sql} AND event_id IN (SELECT id FROM audit_event WHERE salt IS NULL)"
    assert not refused(actor, only)
    assert EventSubject.objects.filter(organisation=actor.organisation).count() == 2


def test_an_emptied_event_cannot_be_filled_again(actor: Actor) -> None:
    grow(actor, 3, 2)
    forget(actor, 1)
    assert refused(actor, OLD.format("purpose = 'invented'", 1))
    assert refused(actor, "DELETE FROM audit_event WHERE organisation = %s")


def test_a_subject_belongs_to_the_organisation_of_its_event(actor: Actor) -> None:
    grow(actor, 1)
    event = Event.objects.get(organisation=actor.organisation)
    with pytest.raises(DatabaseError), transaction.atomic():
        EventSubject.objects.create(event=event, organisation=uuid4(), subject=uuid4())


def test_the_period_is_the_caller_s(actor: Actor) -> None:
    grow(actor, 40)
    edge: datetime = rows_of(actor.organisation)[0].content.at or TODAY
    assert forget_events(before=edge, by=actor) == 0
    assert forget_events(before=edge + timedelta(microseconds=1), by=actor) == 1
