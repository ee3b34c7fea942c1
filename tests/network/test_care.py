"""Who of one's people met nobody new for a while, as it is reckoned from what is stored of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.evenings import Evenings, evenings, invited
from tests.network.answering import TODAY, happen, inside
from tests.network.expecting import Expecting, house
from tests.people import DB, Account, Cast, agreed
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Step, invited_content
from wegnetz.network.selectors.care import Quiet, quiet_people
from wegnetz.network.services import suggest, take_step
from wegnetz.network.services.workshops import cancel_date
from wegnetz.participants.boxes import Contact, Name, seal_record
from wegnetz.participants.models import Involvement
from wegnetz.participants.services import register_person
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.contacts import Help
from wegnetz.rules.introductions import Stage
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import key_of

__all__ = ["house"]

pytestmark = DB

LONG_AGO = TODAY - timedelta(days=100)
A_DAY = timedelta(days=1)


@pytest.fixture
def made(cast: Cast) -> Evenings:
    """Everybody is accompanied for long, and Yonas is invited to both times."""
    Involvement.objects.update(began_on=LONG_AGO)
    made = evenings(cast.ilka.viewer)
    for date in (made.date, made.later):
        invited(cast.yonas.id, date, by=cast.ilka.viewer)
    return made


def quiet(by: Account) -> dict[UUID, Quiet]:
    return {each.person: each for each in quiet_people(by.viewer, pack=active_pack(), on=TODAY)}


def was(date: UUID, person: UUID, *, there: bool, answer: Answer = Answer.COMING, days: int = 3) -> None:
    happen(date, ended=days * A_DAY)
    Invitation.objects.filter(date=date, person=person).update(attended=there, answer=answer)


def sat(date: UUID, person: UUID, *, table: int, new: int) -> None:
    row = Invitation.objects.get(date=date, person=person)
    content = invited_content(replace(inside(row.id), table=table, new=new))
    Invitation.objects.filter(id=row.id).update(box=seal_record(row, key_of(person), content))


@pytest.mark.parametrize(
    ("there", "seat", "since"),
    [
        (True, (1, 2), None),
        (True, (1, 0), LONG_AGO),  # among those they knew
        (True, None, None),  # no tables were mixed: everybody met everybody
        (False, (1, 2), LONG_AGO),
    ],
)
def test_an_evening_counts_with_somebody_new_at_the_table(
    cast: Cast, made: Evenings, there: bool, seat: tuple[int, int] | None, since: object
) -> None:
    was(made.date, cast.yonas.id, there=there)
    if seat:
        sat(made.date, cast.yonas.id, table=seat[0], new=seat[1])
    found = quiet(cast.ilka).get(cast.yonas.id)
    assert (found and found.since) == since


def test_an_evening_long_ago_is_the_day_since_which_it_is_quiet(cast: Cast, made: Evenings) -> None:
    was(made.date, cast.yonas.id, there=True, days=60)
    was(made.later, cast.yonas.id, there=True, days=50)
    assert quiet(cast.ilka)[cast.yonas.id].since == TODAY - 50 * A_DAY


def test_an_evening_that_was_called_off_says_nothing(cast: Cast, made: Evenings) -> None:
    for date in (made.date, made.later):
        cancel_date(date, takes_place=False, by=cast.ilka.viewer)
    assert Help.INVITE in quiet(cast.ilka)[cast.yonas.id].helps
    was(made.date, cast.yonas.id, there=True)
    assert cast.yonas.id in quiet(cast.ilka)


def test_who_has_not_answered_is_called(cast: Cast, made: Evenings) -> None:
    found = quiet(cast.ilka)
    assert {Help.CALL, Help.INVITE} & {*found[cast.yonas.id].helps} == {Help.CALL}
    assert {Help.CALL, Help.INVITE} & {*found[cast.lina.id].helps} == {Help.INVITE}
    Invitation.objects.update(answer=Answer.COMING)
    assert not {Help.CALL, Help.INVITE} & {*quiet(cast.ilka)[cast.yonas.id].helps}


@pytest.mark.parametrize(
    ("before", "latest", "asked"),
    [
        (Answer.DECLINED, Answer.DECLINED, True),
        (Answer.COMING, Answer.COMING, True),  # had a seat, and did not come
        (Answer.DECLINED, Answer.COMING, True),
        (Answer.WAITING, Answer.DECLINED, False),
        (Answer.DECLINED, Answer.INVITED, False),
    ],
)
def test_after_two_in_a_row_one_asks_what_hinders(
    cast: Cast, made: Evenings, before: Answer, latest: Answer, asked: bool
) -> None:
    was(made.date, cast.yonas.id, there=False, answer=before, days=60)
    was(made.later, cast.yonas.id, there=False, answer=latest, days=50)
    assert (Help.ASK_WHAT_HINDERS in quiet(cast.ilka)[cast.yonas.id].helps) is asked


def test_who_came_the_last_time_is_not_asked_what_hinders(cast: Cast, made: Evenings) -> None:
    (third,) = _another(made)
    invited(cast.yonas.id, third, by=cast.ilka.viewer)
    for date, days in ((made.date, 70), (made.later, 60)):
        was(date, cast.yonas.id, there=False, answer=Answer.DECLINED, days=days)
    was(third, cast.yonas.id, there=True, days=50)
    assert Help.ASK_WHAT_HINDERS not in quiet(cast.ilka)[cast.yonas.id].helps


def _another(made: Evenings) -> list[UUID]:
    row = WorkshopDate.objects.get(id=made.later)
    row.id, row.starts_at, row.ends_at = None, row.starts_at + 7 * A_DAY, row.ends_at + 7 * A_DAY
    row.save(force_insert=True)
    return [row.id]


def test_what_was_agreed_on_and_led_nowhere_wants_somebody_who_goes_along(
    cast: Cast, made: Evenings, house: Expecting
) -> None:
    by = cast.ilka.viewer
    agreed_on = TODAY - 20 * A_DAY
    introduction = suggest(cast.yonas.id, house.choir, by=by, on=agreed_on)
    assert Help.GO_ALONG not in quiet(cast.ilka)[cast.yonas.id].helps
    take_step(cast.yonas.id, introduction, Step(Stage.DISCUSSED, agreed_on), version=1, by=by)
    assert Help.GO_ALONG in quiet(cast.ilka)[cast.yonas.id].helps
    assert Help.INTRODUCE not in quiet(cast.ilka)[cast.yonas.id].helps
    announced = Step(Stage.ANNOUNCED, TODAY - 2 * A_DAY, called="Jojo")
    take_step(cast.yonas.id, introduction, announced, version=2, by=by, agreed=True, told_of=house.link.id)
    take_step(cast.yonas.id, introduction, Step(Stage.VISITED, TODAY - A_DAY), version=3, by=by)
    assert cast.yonas.id not in quiet(cast.ilka)


def test_only_ones_own_who_are_still_accompanied_stand_there(cast: Cast, made: Evenings) -> None:
    assert set(quiet(cast.ilka)) == {cast.yonas.id, cast.lina.id}
    assert not {cast.yonas.id, cast.lina.id} & set(quiet(cast.bea))
    Involvement.objects.filter(person=cast.lina.id).update(closed_on=TODAY)
    assert set(quiet(cast.ilka)) == {cast.yonas.id}


def test_they_stand_by_name_and_nobody_first_for_being_alone_longest(cast: Cast, made: Evenings) -> None:
    by = cast.ilka
    for called in ("Zahra", "ädan"):
        register_person(name=Name(called=called), contact=Contact(), ground=agreed(by), by=by.viewer, on=TODAY)
    Involvement.objects.update(began_on=LONG_AGO)
    longest = {each.person for each in quiet_people(by.viewer, pack=active_pack(), on=TODAY) if each.name == "Zahra"}
    Involvement.objects.filter(person__in=longest).update(began_on=LONG_AGO - 100 * A_DAY)
    names = [each.name for each in quiet_people(by.viewer, pack=active_pack(), on=TODAY)]
    assert (names[0], names[-1]) == ("ädan", "Zahra")
