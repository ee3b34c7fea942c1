"""When a colleague leaves: nothing of their work is silent, and whoever stays can take it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.casework.partners import Partners, partners, today
from tests.company import Company
from tests.desk.stands import stands
from tests.people import CANARY_A, DB, Account, Cast, account, agreed
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Membership, Organisation, User
from wegnetz.casework.models import Closing
from wegnetz.casework.selectors import (
    MINE,
    UNATTENDED,
    Choice,
    Day,
    Load,
    Unattended,
    any_unattended,
    caseload_numbers,
    list_cases,
    my_day,
    things_due,
)  # fmt: skip
from wegnetz.casework.services import (
    ItemContent,
    MeetingContent,
    PlanContent,
    Reason,
    add_item,
    begin_plan,
    close_case,
    decline_referral,
    make_appointment,
    offer_referral,
)
from wegnetz.core.days import working_moment
from wegnetz.network.services import suggest
from wegnetz.participants.access import unattended
from wegnetz.participants.models import Involvement
from wegnetz.participants.services import hand_to_colleague, record_consent, take_over_unattended
from wegnetz.programme.selectors import active_pack

pytestmark = DB
__all__ = ["partners"]

Leaving = Callable[[Account], object]
WAYS: dict[str, Leaving] = {
    "the role ended": lambda who: Membership.objects.filter(user=who.user).update(ended_on=today()),
    "the role is paused": lambda who: Membership.objects.filter(user=who.user).update(paused_on=today()),
    "the account is off": lambda who: User.objects.filter(id=who.user).update(is_active=False),
    "another role here": lambda who: Membership.objects.filter(user=who.user).update(role=Role.COACH),
    "the same role elsewhere": lambda who: Membership.objects.filter(user=who.user).update(
        organisation=Organisation.objects.get(key="b")
    ),
    "nobody was ever named": lambda who: Involvement.objects.filter(responsible=who.user).update(responsible=None),
}
leave = WAYS["the role ended"]


@pytest.fixture
def mate(cast: Cast) -> Account:
    """Another case manager of A."""
    return account("mate", "Wer Bleibt", Organisation.objects.get(key="a"), Role.CASE_MANAGER)


def day_of(who: Account) -> Day:
    return my_day(who.viewer, day=today(), pack=active_pack())


def shown(who: Account, choice: Choice) -> set[object]:
    return {case.row.id for case in list_cases(who.viewer, choice, today=today())[0]}


def task(cast: Cast, due: date | None, *, assignee: Account | None = None) -> None:
    content = ItemContent("Anrufen", due_on=due, doer="staff" if assignee else "person",
                          assignee=assignee.user if assignee else None)  # fmt: skip
    add_item(cast.yonas.id, "task", content, by=cast.ilka.viewer)


def _task(cast: Cast, _partners: Partners) -> None:
    task(cast, today(), assignee=cast.ilka)


def _review(cast: Cast, _partners: Partners) -> None:
    begin_plan(cast.yonas.id, PlanContent("Lehre", review_on=today()), by=cast.ilka.viewer)


def _note(cast: Cast, _partners: Partners) -> None:
    start = working_moment() - timedelta(days=2)
    meeting = MeetingContent(start, start + timedelta(minutes=30), "conversation", cast.ilka.user)
    make_appointment(cast.yonas.id, meeting, by=cast.ilka.viewer)


def _follow_up(cast: Cast, _partners: Partners) -> None:
    close_case(cast.yonas.id, outcome="training", note="", on=today(), by=cast.ilka.viewer)
    Closing.objects.filter(person=cast.yonas.id).update(follow_up_on=today())


def _answer(cast: Cast, partners: Partners) -> None:
    consent = record_consent(cast.yonas.id, agreed(partners.jonas, "coaching"), by=cast.ilka.viewer)
    letter = offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=today())
    decline_referral(letter, Reason("full"), by=partners.jonas.viewer, on=today())


def _consent(cast: Cast, partners: Partners) -> None:
    asked = replace(agreed(partners.jonas, "coaching"), until=today())
    record_consent(cast.yonas.id, asked, by=cast.ilka.viewer)


def _introduction(cast: Cast, _partners: Partners) -> None:
    suggest(cast.yonas.id, stands(cast)["of A"].offer, by=cast.ilka.viewer, on=today() - timedelta(days=30))


WAITING: dict[str, Callable[[Cast, Partners], None]] = {
    "task": _task, "review": _review, "note-missing": _note, "follow-up": _follow_up, "referral-answer": _answer,
    "consent": _consent, "introduction": _introduction,
}  # fmt: skip


@pytest.mark.parametrize("how", WAYS)
def test_whoever_left_is_responsible_for_nobody(how: str, cast: Cast, mate: Account) -> None:
    assert (any_unattended(mate.viewer), shown(mate, Choice(UNATTENDED))) == (False, set())
    WAYS[how](cast.ilka)
    both = {cast.yonas.id, cast.lina.id}
    assert (any_unattended(mate.viewer), shown(mate, Choice(UNATTENDED))) == (True, both)
    # Who is erased is no person any more.
    assert day_of(mate).unattended == Unattended(2, 0, None)


def test_who_works_elsewhere_learns_nothing_of_it(cast: Cast) -> None:
    leave(cast.ilka)
    others = [cast.bea, *cast.colleagues]
    assert [list(unattended(each.viewer)) for each in others] == [[] for _ in others]


@pytest.mark.parametrize("kind", WAITING)
def test_what_waited_for_who_left_is_counted_and_falls_to_who_takes_over(
    kind: str, cast: Cast, mate: Account, partners: Partners
) -> None:
    WAITING[kind](cast, partners)
    assert [todo.what for todo in day_of(cast.ilka).todos] == [kind]
    assert (day_of(mate).todos, day_of(mate).unattended) == ((), Unattended(0, 0, None))
    leave(cast.ilka)
    day = day_of(mate)
    assert (day.todos, day.unattended.people, day.unattended.due, things_due(mate.viewer, day=today())) == ((), 2, 1, 0)
    take_over_unattended([cast.yonas.id], by=mate.viewer)
    day = day_of(mate)
    assert ([todo.what for todo in day.todos], day.unattended) == ([kind], Unattended(1, 0, None))
    assert things_due(mate.viewer, day=today()) == 1


def test_the_most_urgent_day_is_named_and_what_comes_later_is_not_due(cast: Cast, mate: Account) -> None:
    task(cast, today() + timedelta(days=3), assignee=cast.ilka)
    leave(cast.ilka)
    assert day_of(mate).unattended == Unattended(2, 0, today() + timedelta(days=3))


def test_what_a_person_is_to_do_is_counted_and_stays_with_their_next_step(cast: Cast, mate: Account) -> None:
    task(cast, today() - timedelta(days=4))
    leave(cast.ilka)
    assert day_of(mate).unattended == Unattended(2, 1, today() - timedelta(days=4))
    take_over_unattended([cast.yonas.id], by=mate.viewer)
    day = day_of(mate)
    assert (day.todos, [step.due for step in day.people]) == ((), [today() - timedelta(days=4)])


def test_an_appointment_of_today_waits_for_nobody_and_then_for_who_takes_over(cast: Cast, mate: Account) -> None:
    start = working_moment().replace(hour=12, minute=0)
    meeting = MeetingContent(start, start + timedelta(minutes=30), "conversation", cast.ilka.user)
    make_appointment(cast.yonas.id, meeting, by=cast.ilka.viewer)
    leave(cast.ilka)
    assert (day_of(mate).stops, day_of(mate).unattended) == ((), Unattended(2, 1, today()))
    take_over_unattended([cast.yonas.id], by=mate.viewer)
    assert [stop.meeting.person for stop in day_of(mate).stops] == [cast.yonas.id]


def test_a_task_of_who_left_falls_to_who_is_responsible_already(cast: Cast, mate: Account) -> None:
    task(cast, today(), assignee=cast.ilka)
    hand_to_colleague(cast.yonas.id, mate.user, by=cast.ilka.viewer)
    assert day_of(mate).todos == ()
    leave(cast.ilka)
    assert [todo.what for todo in day_of(mate).todos] == ["task"]


def test_a_task_of_who_stays_remains_theirs(cast: Cast, mate: Account) -> None:
    task(cast, today(), assignee=mate)
    leave(cast.ilka)
    assert ([todo.what for todo in day_of(mate).todos], day_of(mate).unattended.due) == (["task"], 0)


def test_a_day_with_people_of_nobody_alone_shows_no_name_and_records_nothing(cast: Cast, mate: Account) -> None:
    leave(cast.ilka)
    before = last_place(mate.viewer.organisation)
    assert day_of(mate) == Day((), (), (), Unattended(2, 0, None))
    assert recorded_since(mate.viewer.organisation, before) == []


def test_taking_over_is_recorded_for_each_person(cast: Cast, mate: Account) -> None:
    leave(cast.ilka)
    before = last_place(mate.viewer.organisation)
    assert take_over_unattended([cast.yonas.id, cast.lina.id], by=mate.viewer) == 2
    recorded = recorded_since(mate.viewer.organisation, before)
    assert sorted(recorded, key=str) == sorted(
        (Recorded("take over in the team", "involvement", "", frozenset([who.id])) for who in (cast.yonas, cast.lina)),
        key=str,
    )  # fmt: skip
    assert shown(mate, Choice(MINE)) == {cast.yonas.id, cast.lina.id}


def test_nobody_takes_over_whom_somebody_has_or_who_is_out_of_scope(cast: Cast, mate: Account) -> None:
    everybody = [cast.yonas.id, cast.omar.id, cast.nobody.id]
    before = set(Involvement.objects.values_list("id", "responsible"))
    assert take_over_unattended(everybody, by=mate.viewer) == 0
    leave(cast.ilka)
    leave(cast.bea)
    coach = next(each for each in cast.colleagues if each.role is Role.COACH)
    assert take_over_unattended(everybody, by=coach.viewer) == 0
    assert set(Involvement.objects.values_list("id", "responsible")) == before
    assert take_over_unattended(everybody, by=mate.viewer) == 1
    assert take_over_unattended(everybody, by=cast.unprotected.viewer) == 0
    assert Involvement.objects.get(person=cast.yonas.id).responsible_id == mate.user


def test_a_lead_reads_no_name_of_who_left(company: Company, cast: Cast) -> None:
    leave(cast.ilka)
    assert caseload_numbers(company.lea.viewer) == (Load("", 4),)
    # Each in their own function: who coaches elsewhere is gone from here all the same.
    Membership.objects.filter(user=company.kim.user).update(role=Role.CASE_MANAGER)
    assert [load.people for load in caseload_numbers(company.bo.viewer)] == [1, 1]
    assert [load.name.split()[0] for load in caseload_numbers(company.bo.viewer) if load.name] == ["Bea"]
    assert CANARY_A not in str(caseload_numbers(company.lea.viewer))
