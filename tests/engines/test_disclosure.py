"""What is told of a number of people to whoever must not learn of anybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.disclosure import STEP, Tally, at_least, month_of

DAY = date(2021, 10, 7)
NEXT = date(2021, 11, 1)
days = st.dates(date(2021, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(("number", "told"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (43, 40)])
def test_a_number_is_told_in_steps_and_never_below_the_first(number: int, told: int | None) -> None:
    assert at_least(number) == told


def test_there_is_nothing_below_none() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        at_least(-1)


@given(st.integers(0, 1000))
def test_what_is_told_is_never_more_than_there_is_and_nearly_as_much(number: int) -> None:
    assert 0 <= number - (at_least(number) or 0) < STEP


@given(st.lists(days, min_size=1, max_size=40), st.integers(0, 30))
def test_nothing_that_is_said_in_a_month_shows_before_its_end(said: list[date], later: int) -> None:
    """However often, on whatever days of it."""
    said.sort()
    tally = Tally(0, month_of(said[0]), 0)
    for day in said:
        tally = tally.added(day)
    seen = said[-1] + timedelta(days=later)
    assert tally.whole == len(said)
    assert tally.told(seen) == at_least(sum(month_of(day) < month_of(seen) for day in said))


@given(st.lists(days, max_size=20), st.lists(days, max_size=20), days)
def test_two_tallies_joined_tell_what_one_of_all_would(one: list[date], other: list[date], start: date) -> None:
    def tally(said: list[date]) -> Tally:
        found = Tally(0, month_of(start), 0)
        for day in sorted(each for each in said if each >= start):
            found = found.added(day)
        return found

    joined, together = tally(one).joined(tally(other)), tally(one + other)
    assert (joined.whole, joined.month) == (together.whole, together.month)
    for day in (joined.month, joined.month + timedelta(days=40)):
        assert joined.told(day) == together.told(day)


def test_only_what_was_said_this_month_is_taken_back() -> None:
    tally = Tally(5, month_of(DAY), 1)
    assert tally.taken_back(DAY) == Tally(5, month_of(DAY), 0)
    for over, on in ((tally.taken_back(DAY), DAY), (tally, NEXT)):
        with pytest.raises(ValueError, match="nothing was said"):
            over.taken_back(on)


def test_a_clock_that_was_put_back_loses_nothing() -> None:
    assert Tally(0, NEXT, 1).added(DAY) == Tally(0, NEXT, 2)
