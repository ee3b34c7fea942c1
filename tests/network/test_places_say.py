"""What a contact point says of somebody, and how staff take it over: nothing changes by itself."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.network.expecting import A_DAY as DAY
from tests.network.expecting import TODAY, Expecting, house, met, yonas
from tests.people import DB, Cast
from wegnetz.audit.models import EventSubject
from wegnetz.network.models import Outcome
from wegnetz.network.openings import Said, Step
from wegnetz.network.selectors import announced, told_by_places
from wegnetz.network.services import (
    DayError,
    EditConflictError,
    StageError,
    say,
    take_back,
    take_over,
    take_step,
    unsay,
)
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.introductions import Stage

__all__ = ["house", "yonas"]
pytestmark = DB


def test_what_the_place_says_changes_nothing_until_it_is_taken_over(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    introduction, by = yonas[0], cast.ilka.viewer
    for days in (5, 2):
        say(house.link, yonas[1], came=True, on=TODAY - days * DAY, today=TODAY)
    before = met(cast, introduction)
    assert (before.stage, before.version, [each.on for each in before.news]) == (
        Stage.ANNOUNCED, 3, [TODAY - 5 * DAY, TODAY - 2 * DAY],
    )  # fmt: skip
    assert told_by_places(by, pack=active_pack()) == ((cast.yonas.id, "Yonas Zinnoberfink"),)
    with pytest.raises(EditConflictError):  # the place said the second only now
        take_over(cast.yonas.id, introduction, version=3, seen=1, by=by)
    take_over(cast.yonas.id, introduction, version=3, seen=2, by=by)
    after = met(cast, introduction)
    assert [(step.stage, step.on) for step in after.steps[-2:]] == [
        (Stage.VISITED, TODAY - 5 * DAY), (Stage.RETURNED, TODAY - 2 * DAY),
    ]  # fmt: skip
    assert (after.news, told_by_places(by, pack=active_pack())) == ((), ())
    assert Outcome.objects.values_list("agreed", "visited", "returned").get() == (1, 1, 1)
    take_back(cast.yonas.id, introduction, version=4, by=by)
    assert met(cast, introduction).stage == Stage.VISITED


@pytest.mark.parametrize("days", [0, 1])
def test_a_day_that_was_noted_already_is_no_second_visit_nor_one_before_it(
    days: int, house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    take_step(cast.yonas.id, yonas[0], Step(Stage.VISITED, TODAY), version=3, by=cast.ilka.viewer)
    say(house.link, yonas[1], came=True, on=TODAY - days * DAY, today=TODAY)
    assert take_over(cast.yonas.id, yonas[0], version=4, seen=1, by=cast.ilka.viewer) is False
    assert [step.stage for step in met(cast, yonas[0]).steps].count(Stage.VISITED) == 1
    with pytest.raises(StageError):
        take_over(cast.yonas.id, yonas[0], version=5, seen=1, by=cast.ilka.viewer)


def test_whoever_did_not_come_stays_announced(house: Expecting, yonas: tuple[UUID, UUID], cast: Cast) -> None:
    say(house.link, yonas[1], came=False, on=TODAY, today=TODAY)
    take_over(cast.yonas.id, yonas[0], version=3, seen=1, by=cast.ilka.viewer)
    found = met(cast, yonas[0])
    assert (found.stage, found.said) == (Stage.ANNOUNCED, (Said(came=False, on=TODAY, taken=True),))


def test_of_one_day_the_later_word_holds_and_the_last_can_be_taken_back(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    def said() -> list[tuple[bool, int]]:
        return [(each.came, (TODAY - each.on).days) for each in met(cast, yonas[0]).said]

    for came in (True, True, False):
        say(house.link, yonas[1], came=came, on=TODAY, today=TODAY)
    assert said() == [(False, 0)]
    say(house.link, yonas[1], came=True, on=TODAY - DAY, today=TODAY)
    assert said() == [(True, 1), (False, 0)]
    unsay(house.link, yonas[1], today=TODAY)
    assert said() == [(True, 1)]
    take_over(cast.yonas.id, yonas[0], version=3, seen=1, by=cast.ilka.viewer)
    unsay(house.link, yonas[1], today=TODAY)  # it is taken over already
    assert said() == [(True, 1)]


@pytest.mark.parametrize("days", [1, -31])
def test_a_visit_lies_between_a_month_ago_and_today(house: Expecting, yonas: tuple[UUID, UUID], days: int) -> None:
    with pytest.raises(DayError):
        say(house.link, yonas[1], came=True, on=TODAY + days * DAY, today=TODAY)


def test_each_word_of_the_place_is_in_the_log_of_the_person(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    say(house.link, yonas[1], came=True, on=TODAY, today=TODAY)
    unsay(house.link, yonas[1], today=TODAY)
    rows = EventSubject.objects.filter(subject=cast.yonas.id, event__actor_role="contact-point")
    acts = rows.order_by("event__sequence").values_list("event__action", "event__category", "event__actor")
    assert list(acts) == [("confirm", "introductions", None), ("retract", "introductions", None)]


def test_a_page_has_an_end(house: Expecting, yonas: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wegnetz.network.services.places_say.MOST_SAID", 3)
    for days in range(5):
        say(house.link, yonas[1], came=False, on=TODAY - days * DAY, today=TODAY)
    assert len(announced(house.link, on=TODAY)[0].said) == 3
