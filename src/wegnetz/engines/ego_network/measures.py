"""What can be counted on a network map. Each measure is about those who count: living people within the outer horizon.

Size, isolates and density as easyNWK reckons them (Pantucek; Kelis): density is the ties among others in proportion to
all that could be. Effective size and constraint after Burt (Structural Holes, 1992), on the person and those they have
a tie with, each tie of equal weight; effective size in the form of Borgatti (1997): n - 2t/n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import comb
from typing import TypeVar

from wegnetz.engines.ego_network.model import Alter, Horizon, Sector, Support, Tie, Version

Kind = TypeVar("Kind", Sector, Horizon)
Neighbours = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one version. None where there is nobody to reckon with.

    `size`: all who count; `tied`: those with a tie now; `alter_ties`: pairs of others who know each other;
    `components`: circles without the person; `isolates`: who has a tie to the person and to nobody else; `support`:
    how many give it.
    """

    size: int
    tied: int
    alter_ties: int
    density: float
    mean_degree: float | None
    components: int
    isolates: int
    multiplex: int
    effective_size: float | None
    efficiency: float | None
    constraint: float | None
    conflicts: int
    professionals: float | None
    by_sector: Mapping[Sector, int]
    by_horizon: Mapping[Horizon, int]
    support: Mapping[Support, int]


def measures(version: Version) -> Measures:
    """All measures of a version."""
    around = version.around
    neighbours = known_to(version)
    size, ties = len(around), sum(map(len, neighbours.values())) // 2
    tied = [alter for alter in around if alter.tied]
    effective = effective_size(version)
    return Measures(
        size=size, tied=len(tied), alter_ties=ties,
        density=ties / comb(size, 2) if size > 1 else 0.0,
        mean_degree=2 * ties / size if size else None,
        components=len(components(neighbours)),
        isolates=sum(not neighbours[alter.id] for alter in tied),
        multiplex=sum(alter.tie is Tie.MULTIPLEX for alter in around),
        effective_size=effective, efficiency=effective / len(tied) if effective is not None else None,
        constraint=constraint(version), conflicts=sum(alter.conflict for alter in around),
        professionals=sum(alter.helps_for_pay for alter in around) / size if size else None,
        by_sector=_counted(around, lambda alter: alter.sector, Sector),
        by_horizon=_counted(around, lambda alter: alter.horizon, Horizon),
        support={kind: sum(alter.support.get(kind, 0) > 0 for alter in around) for kind in Support},
    )  # fmt: skip


def without_professionals(version: Version) -> Version:
    """What carries without us: the map without helpers who are paid, and without staff of the programme."""
    return replace(version, alters=tuple(alter for alter in version.alters if not alter.helps_for_pay))


def known_to(version: Version) -> Neighbours:
    """For each of those who count, whom of the others they know."""
    found: dict[str, set[str]] = {alter.id: set() for alter in version.around}
    there = found.keys()
    for tie in version.ties:
        if len(tie) == 2 and tie <= there:
            one, other = tie
            found[one].add(other)
            found[other].add(one)
    return {one: frozenset(others) for one, others in found.items()}


def components(neighbours: Neighbours) -> list[frozenset[str]]:
    """Circles of people who know each other, over others or directly; the largest first."""
    left, found = set(neighbours), []
    while left:
        circle = {left.pop()}
        waiting = list(circle)
        while waiting:
            reached = neighbours[waiting.pop()] - circle
            circle |= reached
            waiting += reached
        left -= circle
        found.append(frozenset(circle))
    return sorted(found, key=lambda circle: (-len(circle), min(circle)))


def effective_size(version: Version) -> float | None:
    """How many of the ties are not redundant: n - 2t/n, with t ties among the n who have one to the person."""
    among = _among_tied(version)
    if not among:
        return None
    return len(among) - sum(map(len, among.values())) / len(among)


def constraint(version: Version) -> float | None:
    """How much the person depends on few who know each other: near 0 free, 1 where there is only one tie."""
    among = _among_tied(version)
    if not among:
        return None
    share = 1 / len(among)
    return sum(
        (share + sum(share / (1 + len(among[by])) for by in among[one])) ** 2
        for one in among
    )  # fmt: skip


def _among_tied(version: Version) -> Neighbours:
    tied = {alter.id for alter in version.around if alter.tied}
    return {one: others & tied for one, others in known_to(version).items() if one in tied}


def _counted(around: Iterable[Alter], kind_of: Callable[[Alter], Kind], kinds: Iterable[Kind]) -> dict[Kind, int]:
    found = Counter(map(kind_of, around))
    return {kind: found[kind] for kind in kinds}
