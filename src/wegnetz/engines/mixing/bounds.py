"""What no plan can exceed: new pairs in all, one person's new contacts, and the share of the worst-off person."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import ceil, comb
from operator import or_
from typing import Final

from wegnetz.engines.mixing.problem import Problem, bits

NOTHING: Final = Fraction(1)


def upper_bound(problem: Problem) -> int:
    """New pairs in all: not more than seats beside each other, nor than pairs that are ever there together.

    Who has to sit together takes the same two seats again each time, and who has more seats beside others than there
    are people to meet sits with some of them again.
    """
    beside = sum(comb(size, 2) for evening in problem.evenings for size in evening.sizes)
    reachable = list(map(int.bit_count, problem.reachable))
    least = zip(_again(problem), _seats(problem, -1), reachable, strict=True)
    repeats = [max(again, seats - others) for again, seats, others in least]
    return min(beside - max(ceil(sum(repeats) / 2), *repeats, 0), sum(reachable) // 2)


def hostless(problem: Problem) -> int:
    """How many groups there are at least without a host, on evenings where somebody is one."""
    found = 0
    for evening in problem.evenings:
        leading = sum(any(problem.hosts >> person & 1 for person in unit) for unit in evening.units)
        found += max(len(evening.sizes) - leading, 0) if leading else 0
    return found


def alone(problem: Problem) -> int:
    """How many there are at least who are alone with their languages, although somebody there speaks them.

    As if all whom languages link with each other, however far round, understood each other: so many need not be enough.
    """
    fewest = dict.fromkeys(problem.evenings, 0)
    for evening in fewest:
        linked = _linked(problem, evening.present)
        free = sum(each == 1 for each in linked)
        fewest[evening] = _fewest_ones([each for each in linked if each > 1], free, evening.sizes)
    return sum(fewest[evening] for evening in problem.evenings)


def _linked(problem: Problem, present: int) -> list[int]:
    """How many each belong together by their languages, over any number of others who are there."""
    found, rest = [], present
    while rest:
        reached = new = rest & -rest
        while new:
            new = reduce(or_, (problem.speaks_with[person] for person in bits(new))) & rest & ~reached
            reached |= new
        rest &= ~reached
        found.append(reached.bit_count())
    return found


def _fewest_ones(linked: list[int], free: int, sizes: tuple[int, ...]) -> int:
    """How many seats at least are taken by somebody alone; `free`: people whom that does not concern.

    Whoever is not alone sits in twos and threes of their own, as every larger number is a sum of these. Of how many
    threes and ones there are, some fill the groups exactly; the rest are twos.
    """
    groups = {(0, 0)}
    for size in sizes:
        cuts = _cuts(size, size)
        groups = {(threes + more, ones + others) for threes, ones in groups for more, others in cuts}
    for most in range(sum(linked) + 1):
        parts = {(0, 0)}
        for each in linked:
            cuts = _cuts(each, most)
            parts = {
                (threes + more, ones + others)
                for threes, ones in parts for more, others in cuts if ones + others <= most
            }  # fmt: skip
        if any((threes, ones + free) in groups for threes, ones in parts):
            return most
    return 0


def _cuts(number: int, most: int) -> list[tuple[int, int]]:
    """How many threes and ones, `most` of these at most, leave nothing but twos."""
    return [
        (threes, ones)
        for threes in range(number // 3 + 1)
        for ones in range(min(most, number - 3 * threes) + 1)
        if (number - 3 * threes - ones) % 2 == 0
    ]


def ceilings(problem: Problem) -> list[int]:
    """For each person the sum over their evenings of the others in the largest group, at most those they can meet."""
    return [min(seats, others.bit_count()) for seats, others in zip(_seats(problem, 0), problem.reachable, strict=True)]


def _seats(problem: Problem, group: int) -> list[int]:
    """For each person the seats beside them in that group of each evening: 0 is the largest, -1 the smallest."""
    seats = [0] * problem.number
    for evening in problem.evenings:
        for person in bits(evening.present):
            seats[person] += evening.sizes[group] - 1
    return seats


def _again(problem: Problem) -> list[int]:
    """For each person, how often they sit with somebody they have to sit with and do not meet for the first time."""
    times = Counter(pair for evening in problem.evenings for unit in evening.units for pair in combinations(unit, 2))
    found, new = [0] * problem.number, problem.reachable
    for (one, other), number in times.items():
        for person in (one, other):
            found[person] += number - (new[one] >> other & 1)
    return found


class Shares:
    """Which shares of their own ceiling everybody can reach at once, as far as the sizes of groups go.

    A person's new contacts are at most the other seats of their groups. In a larger group there is one more, so that a
    share asks of each person for so many evenings in a larger group, and there are only so many seats in those.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.ceilings = ceilings(problem)
        self._again = _again(problem)
        self._small = _seats(problem, -1)
        self._uneven: list[list[int]] = [[] for _ in range(problem.number)]
        for number, evening in enumerate(problem.evenings):
            for person in bits(evening.present):
                if evening.sizes[0] > evening.sizes[-1]:
                    self._uneven[person].append(number)

    def targets(self, share: Fraction) -> list[int]:
        """The seats beside others that each person needs for a share of their ceiling."""
        return [
            ceil(share * most) + again if most else 0 for most, again in zip(self.ceilings, self._again, strict=True)
        ]

    def descending(self) -> list[Fraction]:
        """The shares that anybody can have at all, the highest first."""
        return sorted({Fraction(k, most) for most in set(self.ceilings) if most for k in range(most + 1)}, reverse=True)

    def best(self) -> Fraction:
        """The highest share for which there are seats enough; 1 where nobody can meet anybody."""
        shares = self.descending()
        low, high = 0, len(shares)
        while low < high:
            middle = (low + high) // 2
            if self.larger_groups(self.targets(shares[middle])) is not None:
                high = middle
            else:
                low = middle + 1
        return shares[low] if low < len(shares) else NOTHING

    def larger_groups(self, targets: list[int], order: list[int] | None = None) -> list[set[int]] | None:
        """For each evening, who has to sit in a larger group so that all reach their targets; None where it cannot be.

        By augmenting paths; `order` says whose turn it is first and so which of many solutions it is.
        """
        evenings = self._problem.evenings
        free = [
            evening.sizes[0] * evening.sizes.count(evening.sizes[0])
            if len(set(evening.sizes)) > 1 else 0
            for evening in evenings
        ]  # fmt: skip
        taken: list[set[int]] = [set() for _ in evenings]
        for person in order or range(self._problem.number):
            for _ in range(targets[person] - self._small[person]):
                if not self._augment(person, free, taken):
                    return None
        return taken

    def _augment(self, person: int, free: list[int], taken: list[set[int]]) -> bool:
        """One more larger group for a person; others move to other evenings where they have to."""
        came: dict[int, tuple[int, int]] = {}  # evening -> who wants it, and which evening that person leaves for it
        waiting = [(person, -1)]
        for who, left in waiting:
            for evening in self._uneven[who]:
                if evening in came or who in taken[evening]:
                    continue
                came[evening] = (who, left)
                if free[evening]:
                    free[evening] -= 1
                    self._shift(evening, came, taken)
                    return True
                waiting.extend((other, evening) for other in sorted(taken[evening]))
        return False

    @staticmethod
    def _shift(evening: int, came: dict[int, tuple[int, int]], taken: list[set[int]]) -> None:
        while evening >= 0:
            who, left = came[evening]
            taken[evening].add(who)
            if left >= 0:
                taken[left].discard(who)
            evening = left
