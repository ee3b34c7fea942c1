"""Improve a plan by many small exchanges: two people, or two units, of one evening change places.

An exchange costs what it adds in repeated meetings and broken wishes. One that costs something is made with a chance
that falls as the search cools down. Who is kept apart stays apart, and who belongs together stays together. Seats
beside others may be lost for a time: a search that never gives one away hardly gets on where all are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import exp
from operator import or_
from typing import Final

from wegnetz.engines.mixing.model import Chance
from wegnetz.engines.mixing.problem import Groups, Problem, as_set, bits

# What weighs how much. A person alone with their language, or a group without a host, weighs as much as ten contacts:
# a search that still passes through it ends with more of them than there need be. Which of two plans is better is not
# asked here. That a group has one language only weighs less than a single contact.
UNKEPT: Final = 40
REPEAT: Final = 4
SHORT: Final = 8  # one seat that a person lacks for their share
RECENTLY: Final = 2
ONE_LANGUAGE: Final = 1
# Where an evening is mixed anew: somebody who sat elsewhere weighs more than contacts, what is unkept more than that.
MOVED: Final = 50
UNKEPT_ANEW: Final = 120

HOT: Final = 0.6 * REPEAT
COLD: Final = 0.1 * REPEAT
IN_TWOS: Final = 0.3  # how many exchanges are of two people with two others where languages count
STAGES: Final = 120
KNOWN: Final = 200_000  # groups whose cost is remembered
MOST: Final = 400  # a cost above which no exchange is made at any heat

Priced = tuple[int | None, int, int]  # the cost of an exchange, or None; who leaves the one group, and who the other


def wishes(problem: Problem, present: int, there: int, unkept: int) -> int:
    """What a group costs by itself: those alone with their languages, no host, one language only, met of late."""
    cost = 0
    codes = 0
    for person in bits(there):
        codes |= problem.languages[person]
        mates = problem.speaks_with[person]
        if mates & present and not mates & there:
            cost += unkept
        cost += RECENTLY * (problem.recent[person] & there & ((1 << person) - 1)).bit_count()
    if problem.hosts & present and not problem.hosts & there:
        cost += unkept
    if any(problem.languages) and codes.bit_count() == 1:
        cost += ONE_LANGUAGE
    return cost


class Plan:
    """Who sits where on all evenings, and what it costs. Made from groups that keep the hard rules."""

    def __init__(
        self, problem: Problem, evenings: Sequence[Groups], targets: Sequence[int], homes: Sequence[int] = ()
    ) -> None:
        """`homes`: who sat in each group of the only evening before it was mixed anew."""
        number = problem.number
        self.problem, self.targets, self.homes = problem, targets, homes
        self.settled = reduce(or_, homes, 0)
        self._unkept = UNKEPT_ANEW if homes else UNKEPT
        self.seats = [[person for group in groups for person in group] for groups in evenings]
        self.group_at = [[index for index, group in enumerate(groups) for _ in group] for groups in evenings]
        self.sets = [[as_set(group) for group in groups] for groups in evenings]
        self.units = [
            {person: as_set(unit) for unit in evening.units if len(unit) > 1 for person in unit}
            for evening in problem.evenings
        ]
        self.times = [[0] * number for _ in range(number)]
        self.once, self.twice = list(problem.met), [0] * number
        for person, others in enumerate(problem.met):
            for other in bits(others):
                self.times[person][other] = 1
        self.beside = [0] * number
        self.wishful = any(problem.languages) or bool(problem.hosts) or any(problem.recent)
        self._known: dict[tuple[int, int], int] = {}
        self.cost = 0
        for evening, sets in enumerate(self.sets):
            for at, there in enumerate(sets):
                self.cost += self.wishes(evening, there) + self._strangers(there, at)
                for person in bits(there):
                    before = there & ((1 << person) - 1)
                    self.beside[person] += there.bit_count() - 1
                    self.cost += REPEAT * (self.once[person] & before & ~self.units[evening].get(person, 0)).bit_count()
                    self._meet(evening, person, before, 1)
        self.cost += SHORT * sum(max(want - have, 0) for want, have in zip(targets, self.beside, strict=True))

    def wishes(self, evening: int, there: int) -> int:
        if not self.wishful:
            return 0
        known = self._known.get((evening, there))
        if known is None:
            if len(self._known) >= KNOWN:
                self._known.clear()
            present = self.problem.evenings[evening].present
            known = self._known[evening, there] = wishes(self.problem, present, there, self._unkept)
        return known

    def _strangers(self, there: int, group: int) -> int:
        return MOVED * (there & self.settled & ~self.homes[group]).bit_count() if self.homes else 0

    def _meet(self, evening: int, person: int, others: int, by: int) -> None:
        """A person comes to others or leaves them. Whoever has to sit with them is neither new nor a repeat."""
        once, twice = self.once, self.twice
        for other in bits(others & ~self.units[evening].get(person, 0)):
            times = self.times[person][other] = self.times[other][person] = self.times[person][other] + by
            here, there = 1 << person, 1 << other
            if times == 1:
                once[person] |= there
                once[other] |= here
                twice[person] &= ~there
                twice[other] &= ~here
            elif not times:
                once[person] &= ~there
                once[other] &= ~here
            elif times == 2 and by > 0:
                twice[person] |= there
                twice[other] |= here

    def price(self, evening: int, one: int, outs: int, other: int, ins: int) -> int | None:
        """What it costs that `outs` of group `one` change places with as many `ins` of `other`; None: impossible."""
        sets, apart = self.sets[evening], self.problem.apart
        here, there = sets[one] & ~outs, sets[other] & ~ins
        cost, larger = 0, here.bit_count() - there.bit_count()
        for movers, left, come, change in ((outs, here, there, -larger), (ins, there, here, larger)):
            for person in bits(movers):
                if apart[person] & come:
                    return None
                cost += REPEAT * ((self.once[person] & come).bit_count() - (self.twice[person] & left).bit_count())
                short = self.targets[person] - self.beside[person]
                cost += SHORT * (max(short - change, 0) - max(short, 0))
        if self.wishful:
            cost += self.wishes(evening, here | ins) + self.wishes(evening, there | outs)
            cost -= self.wishes(evening, sets[one]) + self.wishes(evening, sets[other])
        cost += self._strangers(outs, other) + self._strangers(ins, one)
        cost -= self._strangers(outs, one) + self._strangers(ins, other)
        return cost

    def exchange(self, evening: int, one: int, outs: int, other: int, ins: int, cost: int) -> None:
        """Do it, at its price."""
        sets, seats = self.sets[evening], self.seats[evening]
        here, there = sets[one] & ~outs, sets[other] & ~ins
        larger = here.bit_count() - there.bit_count()
        for movers, left, change in ((outs, here, -larger), (ins, there, larger)):
            for person in bits(movers):
                self._meet(evening, person, left, -1)
                self.beside[person] += change
        for movers, come in ((outs, there), (ins, here)):
            for person in bits(movers):
                self._meet(evening, person, come, 1)
        for away, back in zip(bits(outs), bits(ins), strict=True):
            first, second = seats.index(away), seats.index(back)
            seats[first], seats[second] = back, away
        sets[one], sets[other] = here | ins, there | outs
        self.cost += cost

    def groups(self) -> list[Groups]:
        return [[list(bits(there)) for there in sets] for sets in self.sets]


@dataclass(frozen=True, slots=True)
class Cooled:
    """The cheapest plan that came by, and how many steps were taken."""

    groups: list[Groups]
    cost: int
    steps: int


def anneal(plan: Plan, steps: int, chance: Chance, *, hot: float = HOT) -> Cooled:
    """Exchange until nothing costs anything or the steps are used up."""
    movable = [number for number, sets in enumerate(plan.sets) if len(sets) > 1]
    best, cost, done = plan.groups(), plan.cost, 0
    each = max(steps // STAGES, 1)
    for stage in range(STAGES if movable else 0):
        if cost == 0:
            break
        heat = hot * (COLD / hot) ** (stage / (STAGES - 1))
        chances = [exp(-price / heat) for price in range(MOST)]
        done += _stage(plan, movable, chances, each, chance)
        if plan.cost < cost:
            best, cost = plan.groups(), plan.cost
    return Cooled(best, cost, done)


def _stage(plan: Plan, movable: list[int], chances: list[float], steps: int, chance: Chance) -> int:
    draw = chance.random
    once, twice, apart = plan.once, plan.twice, plan.problem.apart
    all_seats, all_groups, all_sets, all_units = plan.seats, plan.group_at, plan.sets, plan.units
    speaking = any(plan.problem.languages)
    priced, evenings = plan.wishful or bool(plan.homes), len(movable)
    for step in range(steps):
        evening = movable[int(draw() * evenings)]
        seats, group_at = all_seats[evening], all_groups[evening]
        number = len(seats)
        first, second = int(draw() * number), int(draw() * number)
        one, other = group_at[first], group_at[second]
        if one == other:
            continue
        x, y = seats[first], seats[second]
        units = all_units[evening]
        cost: int | None
        if units and (x in units or y in units):
            cost, outs, ins = _of_units(plan, evening, one, x, other, y, chance)
        elif speaking and draw() < IN_TWOS:
            cost, outs, ins = _of_mates(plan, evening, one, x, other, y, chance)
        else:
            sets = all_sets[evening]
            outs, ins = 1 << x, 1 << y
            here, there = sets[one] ^ outs, sets[other] ^ ins
            if apart[x] & there or apart[y] & here:
                continue
            cost = REPEAT * (
                (once[x] & there).bit_count() + (once[y] & here).bit_count()
                - (twice[x] & here).bit_count() - (twice[y] & there).bit_count()
            )  # fmt: skip
            if priced or here.bit_count() != there.bit_count():
                cost = plan.price(evening, one, outs, other, ins)
        if cost is not None and (cost <= 0 or (cost < MOST and draw() < chances[cost])):
            plan.exchange(evening, one, outs, other, ins, cost)
            if plan.cost == 0:
                return step + 1
    return steps


def _of_mates(plan: Plan, evening: int, one: int, x: int, other: int, y: int, chance: Chance) -> Priced:
    """Two who speak a language change places with two others who do: alone neither could leave."""
    units, sets, speaks_with = plan.units[evening], plan.sets[evening], plan.problem.speaks_with
    outs, ins = 1 << x, 1 << y
    for moved, group in ((x, sets[one]), (y, sets[other])):
        mates = [mate for mate in bits(speaks_with[moved] & group) if mate not in units]
        if not mates:
            return None, outs, ins
        chosen = 1 << mates[int(chance.random() * len(mates))]
        if moved == x:
            outs |= chosen
        else:
            ins |= chosen
    return plan.price(evening, one, outs, other, ins), outs, ins


def _of_units(plan: Plan, evening: int, one: int, x: int, other: int, y: int, chance: Chance) -> Priced:
    """A unit changes places with as many people, or with another unit that is as large."""
    units, sets = plan.units[evening], plan.sets[evening]
    outs, ins = units.get(x, 1 << x), units.get(y, 1 << y)
    more = outs.bit_count() - ins.bit_count()
    for _ in range(abs(more)):
        group, moved = (sets[other], ins) if more > 0 else (sets[one], outs)
        free = [person for person in bits(group & ~moved) if person not in units]
        if not free:
            return None, outs, ins
        chosen = 1 << free[int(chance.random() * len(free))]
        if more > 0:
            ins |= chosen
        else:
            outs |= chosen
    return plan.price(evening, one, outs, other, ins), outs, ins
