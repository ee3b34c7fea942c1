from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import days, version
from wegnetz.rules.parameters import Version, check_order, version_on

FIRST, CHANGE, REPEAL, AGAIN = date(2019, 12, 18), date(2020, 4, 16), date(2022, 1, 1), date(2023, 1, 1)
SERIES = (version(FIRST, 1), version(CHANGE, 2), version(REPEAL, repealed=True), version(AGAIN, 3))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (FIRST - timedelta(1), None),
        (FIRST, 1),
        (CHANGE - timedelta(1), 1),
        (CHANGE, 2),
        (REPEAL - timedelta(1), 2),
        (REPEAL, None),
        (AGAIN - timedelta(1), None),
        (AGAIN, 3),
        (date.max, 3),
    ],
)
def test_a_version_holds_from_its_day_until_the_next_and_not_after_a_repeal(day: date, value: int | None) -> None:
    found = version_on(SERIES, day)
    assert (found.value if found else None) == value


series = st.lists(st.tuples(days, st.booleans()), min_size=1, unique_by=lambda item: item[0]).map(
    lambda items: [version(day, number, repealed=gone) for number, (day, gone) in enumerate(sorted(items))]
)


@given(series, days)
def test_the_version_in_force_is_the_last_that_began(versions: list[Version], day: date) -> None:
    begun = [item for item in versions if item.since <= day]
    expected = begun[-1] if begun and not begun[-1].repealed else None
    assert version_on(versions, day) == expected


def test_no_versions_mean_none_in_force() -> None:
    assert version_on((), FIRST) is None


@pytest.mark.parametrize(
    "versions",
    [(), (version(CHANGE), version(FIRST)), (version(FIRST, 1), version(FIRST, 2))],
    ids=["none", "out of order", "the same day twice"],
)
def test_versions_stand_in_order_each_day_once(versions: tuple[Version, ...]) -> None:
    with pytest.raises(ValueError, match=r"^age: versions must stand in order of their day, each day once"):
        check_order("age", versions)


def test_versions_in_order_are_accepted() -> None:
    check_order("age", SERIES)
