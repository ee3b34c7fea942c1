"""Schedules in which nobody meets twice: each is counted through, none is taken on trust."""

from __future__ import annotations

from itertools import combinations

import pytest

from wegnetz.engines.mixing.designs import known_schedule
from wegnetz.engines.mixing.designs.fields import field, prime_and_power

# The most weeks that are known anywhere, for groups of 3 to 6; what lacks here is said below.
BEST = {
    (2, 3): 1, (2, 4): 1, (2, 5): 1, (2, 6): 1, (3, 3): 4, (3, 4): 1, (3, 5): 1, (3, 6): 1,
    (4, 3): 4, (4, 4): 5, (4, 5): 1, (4, 6): 1, (5, 3): 7, (5, 4): 5, (5, 5): 6, (5, 6): 1,
    (6, 3): 8, (6, 4): 7, (6, 5): 6, (6, 6): 3, (7, 3): 10, (7, 4): 9, (7, 5): 7, (7, 6): 7,
    (8, 3): 11, (8, 4): 10, (8, 5): 8, (8, 6): 8, (9, 3): 13, (9, 4): 11, (9, 5): 9, (9, 6): 9,
    (10, 3): 14, (10, 4): 13, (10, 5): 11, (10, 6): 7,
}  # fmt: skip
FEWER = {(10, 6): 2}


@pytest.mark.parametrize("groups", range(2, 11))
@pytest.mark.parametrize("size", range(2, 10))
def test_a_known_schedule_seats_everybody_and_repeats_nobody(groups: int, size: int) -> None:
    schedule = known_schedule(groups, size)
    for week in schedule:
        assert sorted(map(len, week)) == [size] * groups
        assert sorted(point for group in week for point in group) == list(range(groups * size))
    pairs = [pair for week in schedule for group in week for pair in combinations(group, 2)]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(("groups", "size"), sorted(BEST))
def test_a_schedule_is_as_long_as_any_that_is_known(groups: int, size: int) -> None:
    assert len(known_schedule(groups, size)) == FEWER.get((groups, size), BEST[groups, size])


def test_in_pairs_everybody_meets_everybody() -> None:
    assert [len(known_schedule(groups, 2)) for groups in range(1, 8)] == [2 * groups - 1 for groups in range(1, 8)]


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9])
def test_a_field_is_one(order: int) -> None:
    add, times = field(order)
    everything = range(order)
    for one in everything:
        assert (add[one][0], times[one][1]) == (one, one)
        assert 0 in add[one]
        assert one == 0 or 1 in times[one]
        for other in everything:
            assert (add[one][other], times[one][other]) == (add[other][one], times[other][one])
            for third in everything:
                assert times[one][add[other][third]] == add[times[one][other]][times[one][third]]
                assert times[times[one][other]][third] == times[one][times[other][third]]


def test_there_is_no_field_of_six() -> None:
    assert [order for order in range(2, 13) if prime_and_power(order) is None] == [6, 10, 12]
    with pytest.raises(ValueError, match="6 elements"):
        field(6)
