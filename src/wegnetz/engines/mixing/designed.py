"""Evenings from a known schedule in which nobody meets twice, where the same people are always there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wegnetz.engines.mixing.annealing import REPEAT, UNKEPT, wishes
from wegnetz.engines.mixing.designs import known_schedule
from wegnetz.engines.mixing.designs.groups import Week
from wegnetz.engines.mixing.model import Chance, T
from wegnetz.engines.mixing.problem import Evening, Groups, Problem, as_set, bits
from wegnetz.engines.mixing.seating import keeps

LARGEST: Final = 12
DRAWS: Final = 200
CLIMBS: Final = 5
SWAPS: Final = 1_000  # of one climb
APART: Final = 1_000


def designed(problem: Problem, chance: Chance) -> list[Groups]:
    """The first evenings without any repeat, as many as a schedule here has weeks; all keep the hard rules.

    No evening where not the same people are there each time, or some of them have to sit together.
    """
    first = problem.evenings[0] if problem.evenings else None
    if (
        first is None
        or not first.sizes
        or any((evening.present, evening.sizes) != (first.present, first.sizes) for evening in problem.evenings)
        or max(len(first.sizes), first.sizes[0]) > LARGEST
        or len(first.units) < first.present.bit_count()
    ):
        return []
    weeks = _weeks(first, len(problem.evenings), chance)
    if not weeks:
        return []
    best = _climb(problem, first, weeks, chance)
    for _ in range(CLIMBS - 1):
        if not any(best.costs):
            break
        best = min(best, _climb(problem, first, weeks, chance), key=lambda names: sum(names.costs))
    plan = [[[best.of[place] for place in group] for group in week] for week in weeks]
    return [groups for groups in plan if keeps(groups, first, problem.apart)]


def _weeks(evening: Evening, number: int, chance: Chance) -> list[Week]:
    """So many weeks of a schedule, or fewer. Seats that stay empty are left out, never two of them in one group."""
    groups, size = len(evening.sizes), evening.sizes[0]
    empty = groups * size - evening.present.bit_count()
    found: list[Week] = []
    for _ in range(DRAWS if empty else 1):
        if len(found) >= number:
            break
        left_out = set(chance.sample(range(groups * size), empty))
        weeks = [
            tuple(tuple(point for point in group if point not in left_out) for group in week)
            for week in known_schedule(groups, size) if all(len(left_out.intersection(group)) < 2 for group in week)
        ]  # fmt: skip
        found = max(found, weeks, key=len)
    return chance.sample(found, min(number, len(found)))


class _Names:
    """Who has which place in a schedule, and what that costs: who is kept apart first, then contacts and wishes."""

    def __init__(self, problem: Problem, evening: Evening, weeks: list[Week], chance: Chance) -> None:
        self._problem, self._present = problem, evening.present
        self.groups = [group for week in weeks for group in week]
        self.places = sorted({place for group in self.groups for place in group})
        people = evening.people
        chance.shuffle(people)
        self.of = dict(zip(self.places, people, strict=True))
        self.at = {place: {n for n, group in enumerate(self.groups) if place in group} for place in self.places}
        self.costs = [self._cost(group) for group in self.groups]

    def _cost(self, group: tuple[int, ...]) -> int:
        there = as_set(self.of[place] for place in group)
        apart = sum((self._problem.apart[person] & there).bit_count() for person in bits(there))
        met = sum((self._problem.met[person] & there).bit_count() for person in bits(there))
        return APART * apart + REPEAT * met // 2 + wishes(self._problem, self._present, there, UNKEPT)

    def swap(self, one: int, other: int) -> None:
        """Two people change their places in all weeks, unless that costs more."""
        changed = self.at[one] ^ self.at[other]
        self.of[one], self.of[other] = self.of[other], self.of[one]
        costs = {number: self._cost(self.groups[number]) for number in changed}
        if sum(costs.values()) > sum(self.costs[number] for number in changed):
            self.of[one], self.of[other] = self.of[other], self.of[one]
            return
        for number, cost in costs.items():
            self.costs[number] = cost


def _climb(problem: Problem, evening: Evening, weeks: list[Week], chance: Chance) -> _Names:
    """Give the places of a schedule to people, so that it costs little: by changing two as long as it costs no more."""
    names = _Names(problem, evening, weeks, chance)
    for _ in range(SWAPS):
        costly = [group for group, cost in zip(names.groups, names.costs, strict=True) if cost]
        if not costly:
            break
        names.swap(_one_of(_one_of(costly, chance), chance), _one_of(names.places, chance))
    return names


def _one_of(some: Sequence[T], chance: Chance) -> T:
    return some[int(chance.random() * len(some))]
