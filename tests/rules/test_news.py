"""What somebody who was invited is told: each thing once, in the order in which it happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.rules.news import ASKED_FOR, Date, Knows, News, marks_of, news_for
from wegnetz.rules.workshops import Answer

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN_A_WEEK = Date(NOON + 7 * DAY, NOON + 7 * DAY + 2 * HOUR)
TOMORROW = Date(NOON + DAY, NOON + DAY + 2 * HOUR)
OVER = Date(NOON - DAY, NOON - DAY + 2 * HOUR)
TOLD = ("invited:0",)


def told(answer: Answer, *marks: str, **more: object) -> Knows:
    return Knows(answer, told=(*TOLD, *marks), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "on", "then"),
    [
        (Knows(Answer.INVITED), IN_A_WEEK, News.INVITED),
        (told(Answer.INVITED), IN_A_WEEK, None),
        (Knows(Answer.COMING, heard="coming", sequence=0), IN_A_WEEK, None),  # said yes by word of mouth
        (told(Answer.COMING, heard="waiting", sequence=0), IN_A_WEEK, News.MOVED_UP),
        (told(Answer.COMING, "moved-up:0", heard="waiting", sequence=0), IN_A_WEEK, None),
        (told(Answer.WAITING, heard="waiting", sequence=0), IN_A_WEEK, None),
        (told(Answer.COMING), replace(IN_A_WEEK, sequence=1), News.CHANGED),
        (told(Answer.COMING, "changed:1"), replace(IN_A_WEEK, sequence=1), None),
        (told(Answer.COMING, "changed:1"), replace(IN_A_WEEK, sequence=2), News.CHANGED),
        (told(Answer.DECLINED), replace(IN_A_WEEK, sequence=1), None),
        (told(Answer.INVITED), replace(IN_A_WEEK, sequence=1, cancelled=True), News.CANCELLED),
        (told(Answer.COMING, "cancelled:1"), replace(IN_A_WEEK, sequence=1, cancelled=True), None),
        (told(Answer.COMING, "cancelled:1"), replace(IN_A_WEEK, sequence=2), News.CHANGED),  # takes place after all
        (Knows(Answer.INVITED), replace(IN_A_WEEK, sequence=1, cancelled=True), None),  # never heard of it
        (told(Answer.DECLINED), replace(IN_A_WEEK, sequence=1, cancelled=True), None),
        (told(Answer.INVITED), TOMORROW, News.REMINDED),
        (told(Answer.COMING), TOMORROW, News.REMINDED),
        (told(Answer.WAITING), TOMORROW, None),
        (told(Answer.DECLINED), TOMORROW, None),
        (told(Answer.COMING, "reminded:2026-12-02"), TOMORROW, None),
        (Knows(Answer.INVITED), replace(OVER, ends_at=NOON), None),
        (told(Answer.COMING, attended=True), OVER, News.FEEDBACK),
        (told(Answer.INVITED, attended=True), OVER, News.FEEDBACK),
        (told(Answer.COMING, "feedback:0", attended=True), OVER, None),
        (told(Answer.COMING, "feedback:0", attended=True), replace(OVER, sequence=1), None),
        (told(Answer.COMING, attended=True, said=True), OVER, None),
        (told(Answer.COMING, attended=False), OVER, None),
        (told(Answer.COMING), OVER, None),
        (told(Answer.COMING, attended=True), Date(OVER.starts_at - ASKED_FOR, OVER.ends_at - ASKED_FOR), None),
    ],
)  # fmt: skip
def test_each_is_told_what_happened_and_nothing_else(person: Knows, on: Date, then: News | None) -> None:
    assert news_for(person, on, now=NOON) == then


@pytest.mark.parametrize(("hour", "invited"), [(8, None), (9, News.INVITED), (20, News.INVITED), (21, None)])
def test_what_can_wait_is_told_by_day_only(hour: int, invited: News | None) -> None:
    now = NOON.replace(hour=hour)
    assert news_for(Knows(Answer.INVITED), IN_A_WEEK, now=now) == invited
    assert news_for(told(Answer.COMING), replace(IN_A_WEEK, sequence=1, cancelled=True), now=now) == News.CANCELLED


def test_who_hears_of_tomorrow_today_is_not_reminded_of_it() -> None:
    assert marks_of(News.INVITED, TOMORROW, now=NOON) == ("invited:0", "reminded:2026-12-02")
    assert marks_of(News.INVITED, IN_A_WEEK, now=NOON) == ("invited:0",)
    assert marks_of(News.CANCELLED, TOMORROW, now=NOON) == ("cancelled:0",)


@given(
    answer=st.sampled_from(Answer), heard=st.sampled_from(["", *Answer]), attended=st.none() | st.booleans(),
    sequence=st.none() | st.integers(0, 3), at=st.integers(-30, 30), now=st.integers(-400, 400),
    cancelled=st.booleans(), state=st.integers(0, 3),
)  # fmt: skip
def test_nothing_is_told_twice_and_it_comes_to_an_end(
    answer: Answer,
    heard: str,
    attended: bool | None,
    sequence: int | None,
    at: int,
    now: int,
    cancelled: bool,
    state: int,
) -> None:
    on = Date(NOON + at * DAY, NOON + at * DAY + 2 * HOUR, state, cancelled)
    person, moment = Knows(answer, heard, sequence, (), attended), NOON + now * HOUR
    seen = []
    while found := news_for(person, on, now=moment):
        seen.append(found)
        person = replace(person, told=(*person.told, *marks_of(found, on, now=moment)))
    assert len(seen) == len(set(seen)) <= 3
