"""Each measure of a network map beside the one of networkx, on maps drawn by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from wegnetz.engines.ego_network import Alter, Horizon, Sector, Support, Tie, Version, measures, without_professionals
from wegnetz.engines.ego_network.measures import components

EGO = "ego"


@some.composite
def any_version(draw: some.DrawFn) -> Version:
    alters = tuple(
        Alter(
            str(number), angle=draw(some.floats(-180, 180)), distance=draw(some.floats(-5, 130)),
            tie=draw(some.sampled_from(Tie)), human=draw(some.booleans()) or draw(some.booleans()),
            deceased=draw(some.booleans()) and draw(some.booleans()), conflict=draw(some.booleans()),
            support={kind: draw(some.integers(0, 3)) for kind in draw(some.sets(some.sampled_from(Support)))},
            staff=draw(some.booleans()) and draw(some.booleans()),
        )
        for number in range(draw(some.integers(0, 9)))
    )  # fmt: skip
    ends = some.sampled_from([alter.id for alter in alters]) if alters else some.nothing()
    ties = draw(some.sets(some.frozensets(ends, min_size=2, max_size=2), max_size=20)) if len(alters) > 1 else set()
    return Version("1", alters=alters, ties=frozenset(ties))


def others(version: Version) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(alter.id for alter in version.around)
    graph.add_edges_from(tuple(tie) for tie in version.ties if tie <= set(graph))
    return graph


def with_ego(version: Version) -> nx.Graph[str]:
    tied = [alter.id for alter in version.around if alter.tied]
    graph = nx.Graph(others(version).subgraph(tied))
    graph.add_edges_from((EGO, one) for one in tied)
    return graph


@given(any_version())
def test_each_measure_is_that_of_networkx(version: Version) -> None:
    found, graph, around = measures(version), others(version), version.around
    assert (found.size, found.alter_ties) == (len(graph), graph.number_of_edges())
    assert found.density == pytest.approx(nx.density(graph) if len(graph) > 1 else 0)
    assert found.components == nx.number_connected_components(graph)
    lonely = set(nx.isolates(graph))
    assert found.isolates == len([alter for alter in around if alter.tied and alter.id in lonely])
    assert found.mean_degree == (pytest.approx(2 * graph.number_of_edges() / len(graph)) if len(graph) else None)
    ego = with_ego(version)
    assert found.tied == (len(ego) - 1 if len(ego) else 0)
    if found.effective_size is not None:
        assert found.tied > 0
        assert found.effective_size == pytest.approx(nx.effective_size(ego, [EGO])[EGO])
        assert found.constraint == pytest.approx(nx.constraint(ego, [EGO])[EGO])
        assert found.efficiency == pytest.approx(found.effective_size / found.tied)
    else:
        assert (found.tied, found.constraint, found.efficiency) == (0, None, None)


@given(any_version())
def test_what_is_counted_adds_up(version: Version) -> None:
    found = measures(version)
    assert sum(found.by_sector.values()) == sum(found.by_horizon.values()) == found.size
    assert found.tied <= found.size <= len(version.alters)
    around = Counter(kind for alter in version.around for kind, level in alter.support.items() if level)
    assert dict(found.support) == {kind: around[kind] for kind in Support}
    assert found.conflicts == sum(alter.conflict for alter in version.around)


@given(any_version())
def test_what_carries_without_us_has_no_professional_and_no_staff(version: Version) -> None:
    rest = without_professionals(version)
    left = measures(rest)
    assert left.by_sector[Sector.PROFESSIONALS] == 0
    assert not any(alter.staff for alter in rest.alters)
    assert left.size == sum(not alter.helps_for_pay for alter in version.around)


@pytest.mark.parametrize(
    ("angle", "sector"),
    [
        (0, Sector.FAMILY), (89.9, Sector.FAMILY), (90, Sector.FRIENDS), (180, Sector.FRIENDS),
        (-0.1, Sector.PROFESSIONALS), (-90, Sector.PROFESSIONALS), (-90.1, Sector.COLLEAGUES),
        (-180, Sector.COLLEAGUES),
    ],
)  # fmt: skip
def test_a_sector_begins_where_the_one_before_ends(angle: float, sector: Sector) -> None:
    assert Alter("1", angle=angle).sector is sector


@pytest.mark.parametrize(
    ("distance", "horizon", "counts"),
    [
        (0, Horizon.INNER, False), (1, Horizon.INNER, True), (33.4, Horizon.MIDDLE, True), (66.6, Horizon.MIDDLE, True),
        (66.7, Horizon.OUTER, True), (100, Horizon.OUTER, True), (100.1, Horizon.OUTER, False),
    ],
)  # fmt: skip
def test_whoever_is_outside_or_in_the_middle_does_not_count(distance: float, horizon: Horizon, *, counts: bool) -> None:
    alter = Alter("1", distance=distance)
    assert (alter.horizon, alter.counts) == (horizon, counts)


def test_a_map_on_which_everybody_knows_everybody_is_measured_in_no_time() -> None:
    """Everybody is looked at once; else, with all waiting for each of them, it would be a hundred times as often."""
    people = tuple(Alter(str(number)) for number in range(300))
    neighbours = {one.id: CountedSet(other.id for other in people if other is not one) for one in people}
    assert [len(circle) for circle in components(neighbours)] == [300]
    assert sum(each.asked for each in neighbours.values()) == 300


class CountedSet(frozenset[str]):
    """Knows how often it was asked for what is not in another set."""

    asked = 0

    def __sub__(self, other: AbstractSet[object]) -> frozenset[str]:
        self.asked += 1
        return super().__sub__(other)


def test_an_example_by_hand() -> None:
    """A mother, two friends who know each other, a helper whom one of them knows, a grandmother who died, a dog."""
    version = Version(
        "1",
        alters=(
            Alter("mother", angle=45, distance=10, tie=Tie.MULTIPLEX, support={Support.EMOTIONAL: 3}),
            Alter("a", angle=120, distance=40), Alter("b", angle=150, distance=70, tie=Tie.NONE),
            Alter("helper", angle=-45, distance=90), Alter("grandmother", angle=30, deceased=True),
            Alter("dog", angle=20, human=False),
        ),
        ties=frozenset(map(frozenset, (("a", "b"), ("a", "helper"), ("mother", "grandmother")))),
    )  # fmt: skip
    found = measures(version)
    assert (found.size, found.tied, found.alter_ties) == (4, 3, 2)
    assert found.density == pytest.approx(1 / 3)
    assert (found.components, found.isolates, found.multiplex, found.professionals) == (2, 1, 1, 0.25)
    assert found.effective_size == pytest.approx(3 - 2 / 3)
    assert found.by_horizon == {Horizon.INNER: 1, Horizon.MIDDLE: 1, Horizon.OUTER: 2}
    left = measures(without_professionals(version))
    assert (left.size, left.tied, left.components, left.effective_size) == (3, 2, 2, 2)
    assert measures(replace(version, alters=(), ties=frozenset())).size == 0
