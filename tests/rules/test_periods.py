from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.rules.periods import Period, add_months, age_on

births = st.dates(date(1900, 1, 1), date(2030, 12, 31))
leap_births = st.integers(476, 506).map(lambda quarter: date(quarter * 4, 2, 29))
later = st.integers(0, 40_000).map(timedelta)


def birthday(birth: date, years: int) -> date:
    """The first day after `years` completed years; someone born on a leap day waits until 1 March."""
    year = birth.year + years
    leap_day = (birth.month, birth.day) == (2, 29) and monthrange(year, 2)[1] == 28
    return date(year, 3, 1) if leap_day else date(year, birth.month, birth.day)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1993, 5, 3), date(2021, 5, 2), 27),
        (date(1993, 5, 3), date(2021, 5, 3), 28),
        (date(2000, 2, 29), date(2001, 2, 28), 0),
        (date(2000, 2, 29), date(2001, 3, 1), 1),
        (date(2000, 2, 29), date(2004, 2, 28), 3),
        (date(2000, 2, 29), date(2004, 2, 29), 4),
        (date(2000, 2, 29), date(2100, 2, 28), 99),
        (date(2000, 2, 29), date(2100, 3, 1), 100),
        (date(1999, 12, 31), date(2000, 1, 1), 0),
        (date(2000, 1, 1), date(2000, 1, 1), 0),
        (date(2000, 1, 2), date(2000, 1, 1), -1),
    ],
)
def test_a_year_of_life_ends_with_the_day_before_the_birthday(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(births | leap_births, later)
def test_the_age_is_the_number_of_birthdays_reached(birth: date, gap: timedelta) -> None:
    day = birth + gap
    age = age_on(birth, day)
    assert birthday(birth, age) <= day < birthday(birth, age + 1)


@given(births | leap_births, later)
def test_nobody_grows_younger_and_nobody_ages_two_years_in_a_day(birth: date, gap: timedelta) -> None:
    day = birth + gap
    assert age_on(birth, day + timedelta(1)) - age_on(birth, day) in {0, 1}


@given(births, st.integers(0, 3_000), later)
def test_who_is_born_later_is_never_older(birth: date, younger_by: int, gap: timedelta) -> None:
    day = birth + gap
    assert age_on(birth + timedelta(younger_by), day) <= age_on(birth, day)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2021, 1, 31), 3, date(2021, 4, 30)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2020, 11, 30), 1, date(2020, 12, 30)),
        (date(2020, 11, 30), 2, date(2021, 1, 30)),
        (date(2020, 12, 31), 12, date(2021, 12, 31)),
        (date(2020, 12, 31), 0, date(2020, 12, 31)),
        (date(2021, 3, 31), -1, date(2021, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(births, st.integers(-600, 600))
def test_months_lead_to_the_right_month_and_the_nearest_day(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


@given(births, st.integers(0, 600), st.integers(0, 600))
def test_more_months_never_lead_to_an_earlier_day(day: date, months: int, more: int) -> None:
    assert add_months(day, months) <= add_months(day, months + more)


@given(births, st.integers(0, 100))
def test_both_ends_belong_to_a_period(start: date, length: int) -> None:
    end, one = start + timedelta(length), timedelta(1)
    period = Period(start, end)
    assert [day in period for day in (start - one, start, end, end + one)] == [False, True, True, False]


@given(births, births)
def test_an_open_end_holds_for_ever(day: date, end: date) -> None:
    assert day in Period()
    assert (day in Period(None, end)) == (day <= end)
    assert (day in Period(end, None)) == (day >= end)


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match=r"cannot end \(2020-01-01\) before it starts \(2020-01-02\)"):
        Period(date(2020, 1, 2), date(2020, 1, 1))
