"""What changed on a map, beside networkx where it has the measure; what became of ties; many maps together."""

from __future__ import annotations

import statistics
from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.test_ego_network import EGO, any_version, others, with_ego
from wegnetz.engines.ego_network import (
    Alter,
    Fate,
    NetworkMap,
    Support,
    Tie,
    TooFewError,
    Version,
    change,
    cohort_change,
    compared,
    measures,
    without_professionals,
)
from wegnetz.engines.ego_network.change import months_after
from wegnetz.engines.ego_network.cohort import Quartiles, Survival, quartiles

MOTHER = Alter("mother", angle=45, distance=10, tie=Tie.MULTIPLEX, support={Support.EMOTIONAL: 3})
FRIEND = Alter("friend", angle=120, distance=40, from_programme=True)
NEIGHBOUR = Alter("neighbour", angle=150, distance=80)
HELPER = Alter("helper", angle=-45, distance=90)
COACH = Alter("coach", angle=120, distance=50, staff=True, from_programme=True)


def drawn_on(*versions: tuple[str, tuple[Alter, ...]]) -> NetworkMap:
    return NetworkMap(tuple(Version(str(at), "", day, alters) for at, (day, alters) in enumerate(versions)))


def as_networkx_has_it(version: Version) -> dict[str, float | None]:
    graph, ego = others(version), with_ego(version)
    return {
        "size": len(graph), "tied": max(len(ego) - 1, 0), "alter_ties": graph.number_of_edges(),
        "density": nx.density(graph) if len(graph) > 1 else None,
        "mean_degree": sum(dict(graph.degree).values()) / len(graph) if len(graph) else None,
        "components": nx.number_connected_components(graph),
        "effective_size": nx.effective_size(ego, [EGO])[EGO] if len(ego) else None,
        "constraint": nx.constraint(ego, [EGO])[EGO] if len(ego) else None,
    }  # fmt: skip


@settings(deadline=None)
@given(any_version(), any_version())
def test_before_and_after_are_those_of_networkx(before: Version, after: Version) -> None:
    for shown, old, new in (
        (compared(before, after), before, after),
        (change(NetworkMap((before, replace(before, id="2"), after))).without_us,  # type: ignore[union-attr]
         without_professionals(before), without_professionals(after)),
    ):  # fmt: skip
        old_ones, new_ones = as_networkx_has_it(old), as_networkx_has_it(new)
        for name in old_ones:
            pair = shown[name]
            assert (name, pair.before) == (name, _near(old_ones[name]))
            assert (name, pair.after) == (name, _near(new_ones[name]))


def _near(value: float | None) -> object:
    return None if value is None else pytest.approx(value)


@given(any_version(), any_version())
def test_each_measure_says_on_how_many_it_rests_and_what_is_missing(before: Version, after: Version) -> None:
    old, new, found = measures(before), measures(after), compared(before, after)
    assert found["size"].n == (old.size, new.size)
    assert found["constraint"].n == (old.tied, new.tied)
    assert found["constraint"].missing == (not old.tied) + (not new.tied)
    assert found["density"].missing == (old.size < 2) + (new.size < 2)
    assert found["activatable"].difference == (new.size - new.tied) - (old.size - old.tied)
    assert found["size"].difference == new.size - old.size
    for prefix in ("sector", "horizon"):
        whole = sum(pair.after or 0 for name, pair in found.items() if name.startswith(prefix))
        assert whole == new.size
    assert {name for name in found if name.startswith("support")} == {f"support_{kind}" for kind in Support}


def test_a_map_that_was_drawn_once_shows_no_change() -> None:
    assert [change(NetworkMap()), change(drawn_on(("2021-01-01", (MOTHER,))))] == [None, None]


def test_an_example_by_hand() -> None:
    found = change(drawn_on(("2021-01-01", (MOTHER, HELPER)), ("2021-10-01", (MOTHER, HELPER, FRIEND, NEIGHBOUR))))
    assert found is not None
    assert (found.carried.before, found.carried.after, found.carried.n) == (0.5, 0.75, (2, 4))
    assert (found.without_us["tied"].before, found.without_us["tied"].after) == (1, 3)
    assert (found.measures["sector_friends"].before, found.measures["sector_friends"].after) == (0, 2)
    assert (found.new_ties.programme, found.new_ties.outside, found.new_ties.outside_share) == (1, 1, 0.5)
    assert found.measures["support_emotional"].difference == 0


def test_nothing_carries_where_there_is_no_tie_is_not_said() -> None:
    found = change(drawn_on(("", ()), ("", (HELPER,))))
    assert found is not None
    assert (found.carried.before, found.carried.after, found.carried.missing) == (None, 0, 1)


# --- new ties -------------------------------------------------------------------------------------------


def fates(drawn: NetworkMap) -> list[list[int]]:
    """After three and after six months: kept, ended, not yet known."""
    found = change(drawn)
    assert found is not None
    return [list(found.new_ties.survival[months].values()) for months in (3, 6)]


START = ("2021-01-15", (MOTHER,))
MET = ("2021-02-10", (MOTHER, FRIEND))


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([], [[0, 0, 1], [0, 0, 1]]),
        ([("2021-05-09", (MOTHER,))], [[0, 0, 1], [0, 0, 1]]),
        ([("2021-05-10", (MOTHER, FRIEND))], [[1, 0, 0], [0, 0, 1]]),
        ([("2021-05-10", (MOTHER,))], [[0, 1, 0], [0, 0, 1]]),
        ([("2021-05-10", (MOTHER, replace(FRIEND, tie=Tie.NONE)))], [[0, 1, 0], [0, 0, 1]]),
        ([("2021-08-10", (MOTHER, FRIEND))], [[1, 0, 0], [1, 0, 0]]),
        ([("2021-06-01", (MOTHER, FRIEND)), ("2021-09-01", (MOTHER,))], [[1, 0, 0], [0, 1, 0]]),
        ([("2021-09-01", (MOTHER,)), ("2021-06-01", (MOTHER, FRIEND))], [[1, 0, 0], [0, 1, 0]]),
        ([("2021-06-01", (MOTHER,)), ("2021-09-01", (MOTHER, FRIEND))], [[0, 1, 0], [1, 0, 0]]),
        ([("2021-06-01", (MOTHER,)), ("2021-06-01", (MOTHER, FRIEND))], [[1, 0, 0], [0, 0, 1]]),
        ([("", (MOTHER,))], [[0, 0, 1], [0, 0, 1]]),
    ],
)  # fmt: skip
def test_a_tie_from_the_programme_is_kept_ended_or_not_yet_known(
    later: list[tuple[str, tuple[Alter, ...]]], expected: list[list[int]]
) -> None:
    assert fates(drawn_on(START, MET, *later)) == expected


def test_a_tie_without_a_day_has_no_age() -> None:
    assert fates(drawn_on(START, ("", (FRIEND,)), ("2022-01-01", (FRIEND,)))) == [[0, 0, 1], [0, 0, 1]]


def test_whoever_was_on_the_first_map_is_not_new_and_staff_are_neither() -> None:
    acquaintance = replace(FRIEND, tie=Tie.NONE)
    found = change(drawn_on(("", (acquaintance,)), ("", (FRIEND, COACH, NEIGHBOUR, replace(HELPER, tie=Tie.NONE)))))
    assert found is not None
    counted = found.new_ties
    assert (counted.programme, counted.outside, counted.staff, counted.outside_share) == (0, 1, 1, 0.5)
    still = change(drawn_on(START, START))
    assert still is not None
    assert still.new_ties.outside_share is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2021-01-31", 3, "2021-04-30"), ("2020-11-30", 3, "2021-02-28"), ("2021-06-15", 6, "2021-12-15"),
     ("2021-07-01", 6, "2022-01-01"), ("2023-11-30", 3, "2024-02-29")],
)  # fmt: skip
def test_months_end_on_the_same_day_or_the_last_one(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


# --- many maps ------------------------------------------------------------------------------------------


def lives(count: int, *after: Alter, day: str = "2021-05-10") -> list[NetworkMap]:
    return [drawn_on(START, MET, (day, after)) for _ in range(count)]


def test_the_quarters_are_those_of_the_library() -> None:
    @given(some.lists(some.integers(-50, 50).map(float), min_size=2))
    def alike(values: list[float]) -> None:
        found = quartiles(values)
        expected = statistics.quantiles(values, method="inclusive")
        assert [found.lower, found.median, found.upper] == pytest.approx(expected)

    alike()
    assert quartiles([7.0]) == Quartiles(7.0, 7.0, 7.0)


def test_many_maps_are_told_with_their_number_and_what_is_missing() -> None:
    found = cohort_change([
        *lives(3, MOTHER, FRIEND), *lives(2, MOTHER), *lives(1), drawn_on(START), NetworkMap(),
    ])  # fmt: skip
    assert (found.people, found.missing, found.programme_ties) == (6, 2, 6)
    size = found.measures["size"]
    assert (size.n, size.missing) == (6, 0)
    assert (size.before, size.after, size.change) == (
        Quartiles(1, 1, 1), Quartiles(1, 1.5, 2), Quartiles(0, 0.5, 1),
    )  # fmt: skip
    assert (found.measures["constraint"].n, found.measures["constraint"].missing) == (5, 1)
    assert found.survival[3] == Survival(6, {Fate.KEPT: 3, Fate.ENDED: 3, Fate.NOT_YET_KNOWN: 0}, 0.5)
    assert found.survival[6] == Survival(0, None, None)


def test_nothing_is_said_of_fewer_than_five() -> None:
    with pytest.raises(TooFewError):
        cohort_change([*lives(4, MOTHER), drawn_on(START)])
    found = cohort_change([*lives(4, MOTHER, FRIEND), *lives(2)])
    assert (found.measures["constraint"].n, found.measures["constraint"].change) == (4, None)
    assert (found.carried.n, found.carried.before) == (4, None)
    early = cohort_change([*lives(4, FRIEND), *lives(1, FRIEND, day="2021-03-01")])
    assert (early.survival[3].people, early.survival[3].fates, early.survival[3].share) == (4, None, None)


@settings(deadline=None)
@given(some.permutations([*lives(3, MOTHER, FRIEND), *lives(2, MOTHER), *lives(2, NEIGHBOUR)]))
def test_the_order_of_the_maps_tells_nothing(maps: list[NetworkMap]) -> None:
    assert cohort_change(maps) == cohort_change(maps[::-1])
