"""One cohort after the other under every plan, with the same people, the same attendance and the same luck.

What is drawn, planned and lived hangs on the seed alone: the same seed gives the same figures on any machine, with any
number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bench.cohort.arms import INTRODUCING, MIXING, Seated
from bench.cohort.model import World, world
from bench.cohort.outcomes import of_groups, of_ties, weeks
from bench.cohort.parameters import Parameters
from bench.cohort.ties import live

Arm = tuple[str, str]  # how groups are mixed, and how people are introduced
Figures = dict[Arm, dict[str, float]]
T = TypeVar("T")

ARMS: tuple[Arm, ...] = tuple((mixing, introducing) for mixing in MIXING for introducing in INTRODUCING)
# In the sensitivity: what no arm there needs is not planned. Looking ahead takes longest and is nobody's choice.
FEWER: tuple[Arm, ...] = tuple(arm for arm in ARMS if arm[0] != "foresight")


@dataclass(frozen=True, slots=True)
class Cohort:
    """A world with the groups of each way of mixing, which no parameter of ties or places changes."""

    world: World
    seated: dict[str, Seated]


def planned(seed: int, given: Parameters, arms: Sequence[Arm], like: Cohort | None = None) -> Cohort:
    """The world of a seed with all its groups, taken from `like` where the same people come to the same evenings."""
    drawn = world(seed, given)
    if like and _evenings(drawn) == _evenings(like.world):
        return Cohort(drawn, like.seated)
    return Cohort(drawn, {name: MIXING[name](drawn, seed, given) for name in dict.fromkeys(arm[0] for arm in arms)})


def _evenings(drawn: World) -> tuple[object, ...]:
    return drawn.there, [person.languages for person in drawn.people]


def lived(cohort: Cohort, given: Parameters, arms: Sequence[Arm]) -> Figures:
    """The outcomes of one cohort under each arm."""
    introduced = {name: INTRODUCING[name](cohort.world, given) for name in dict.fromkeys(arm[1] for arm in arms)}
    return {
        (mixing, introducing): of_ties(
            live(cohort.world, cohort.seated[mixing], introduced[introducing], given, weeks(given)), given
        )
        | of_groups(cohort.world, cohort.seated[mixing], given)
        for mixing, introducing in arms
    }


def one(seed: int, given: Parameters) -> Figures:
    return lived(planned(seed, given, ARMS), given, ARMS)


def one_varied(seed: int, given: Parameters) -> dict[tuple[str, float], Figures]:
    """The outcomes of one cohort as it is, under ("", 1), and with each uncertain parameter halved and doubled."""
    base = planned(seed, given, FEWER)
    found = {("", 1.0): lived(base, given, FEWER)}
    for name, factor, other in given.varied():
        found[name, factor] = lived(planned(seed, other, FEWER, base), other, FEWER)
    return found


def every(seeds: Sequence[int], given: Parameters, processes: int = 1) -> list[Figures]:
    return list(_each(partial(one, given=given), seeds, processes))


def every_varied(seeds: Sequence[int], given: Parameters, processes: int = 1) -> list[dict[tuple[str, float], Figures]]:
    return list(_each(partial(one_varied, given=given), seeds, processes))


def _each(work: Callable[[int], T], seeds: Sequence[int], processes: int) -> Iterator[T]:
    if processes < 2:
        yield from map(work, seeds)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(work, seeds)
