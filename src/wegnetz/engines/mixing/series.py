"""Mix a series of evenings: known schedules where everybody is always there, else a search over all evenings at once.

A plan is proven best when it reaches both bounds, as many new pairs as there are seats beside each other and the share
of their own ceiling that the seats allow the worst-off person, with no more groups without a host, and people alone
with their languages, than need be. The search aims at both at once: it first deals the seats in larger groups so that
the share can be reached, then exchanges people until nobody meets anybody twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from wegnetz.engines.mixing.annealing import COLD, HOT, Plan, anneal
from wegnetz.engines.mixing.bounds import Shares, alone, hostless, upper_bound
from wegnetz.engines.mixing.designed import designed
from wegnetz.engines.mixing.model import Chance, Evenings, Mixed
from wegnetz.engines.mixing.problem import Groups, Problem, as_problem, as_set
from wegnetz.engines.mixing.rules import settle
from wegnetz.engines.mixing.seating import seat
from wegnetz.engines.mixing.standing import Standing, standing, told

A_SEAT: Final = 2_500  # steps of one try for each seat of all evenings
A_TRY: Final = 10  # no try takes more than this part of all steps
LAST: Final = 20  # what part of all steps is left for the rest when the bounds are reached
WEEKLY: Final = 4_000
COOL: Final = 2 * COLD  # what is good already is made better, not begun anew
# Of the steps, the part after which the search no longer insists on the best share that the seats allow.
INSIST: Final = 0.8


def mix(given: Evenings, chance: Chance, *, steps: int) -> Mixed:
    """The best plan found for all evenings. The same input and chance give the same plan, on any machine."""
    problem, broken = settle(given, as_problem(given), chance)
    shares = Shares(problem)
    search = _Search(problem, shares, chance, steps)
    search.run()
    return told(given, problem, search.best, broken, search.share)


def steps_for(given: Evenings, seconds: float) -> int:
    """How many exchanges are looked at in so many seconds, on a slow machine.

    The search counts them instead of time, so that the same input gives the same plan everywhere. One takes longer
    among many people, and where a group has a cost of its own.
    """
    wishful = given.recent or any(person.languages or person.host for person in given.people)
    return int(seconds * 800_000 / (1 + len(given.people) / 45 + (3 if wishful else 0)))


def new_pairs_at_most(given: Evenings) -> int:
    """How many new pairs no plan exceeds, as far as the seats and who is kept apart say it."""
    return upper_bound(as_problem(given))


def greedy(problem: Problem, chance: Chance, begun: Sequence[Groups] = ()) -> list[Groups]:
    """Evening after evening, each as good as it gets after those before; the first ones may be `begun`."""
    found = list(begun)
    met = list(problem.met)
    nobody = [0] * problem.number
    for number, evening in enumerate(problem.evenings):
        if number >= len(begun):
            tonight = replace(problem, evenings=(evening,), met=tuple(met))
            plan = Plan(tonight, [seat(evening, problem.apart, chance)], nobody)
            found += anneal(plan, WEEKLY, chance, hot=COOL).groups
        for group in found[number]:
            for person in group:
                met[person] |= as_set(group) & ~(1 << person)
    return found


class _Search:
    def __init__(self, problem: Problem, shares: Shares, chance: Chance, steps: int) -> None:
        self.problem, self.shares, self.chance, self.left = problem, shares, chance, steps
        self.share = shares.best()
        self.steps = steps
        self.bound, self.unkept = upper_bound(problem), hostless(problem) + alone(problem)
        self.best = greedy(problem, chance)
        self.standing: Standing = standing(problem, self.best, shares.ceilings)

    def run(self) -> None:
        if begun := designed(self.problem, self.chance):
            plan = greedy(self.problem, self.chance, begun)
            self._offer(plan)
            if not self._proven():
                self._improve(plan, self.shares.targets(self.share), hot=COOL)
        ladder = [share for share in self.shares.descending() if share <= self.share] or [Fraction(1)]
        while self.left > 0 and not self._proven():
            used = 1 - self.left / self.steps
            rung = 0 if used < INSIST else int((used - INSIST) / (1 - INSIST) * 5)
            self._try(ladder[min(rung, len(ladder) - 1)])
        # What has no bound to stop at, groups with one language and those who met of late, gets a fixed time more.
        self.left = min(self.left, self.steps // LAST)
        while self.left > 0 and self.standing[-1] < 0:
            self._improve(self.best, self.shares.targets(self.share), hot=COOL)

    def _try(self, share: Fraction) -> None:
        targets = self.shares.targets(share)
        order = list(range(self.problem.number))
        self.chance.shuffle(order)
        larger = self.shares.larger_groups(targets, order) or [set() for _ in self.problem.evenings]
        start = [
            seat(evening, self.problem.apart, self.chance, those)
            for evening, those in zip(self.problem.evenings, larger, strict=True)
        ]
        self._improve(start, targets)

    def _improve(self, plan: list[Groups], targets: list[int], *, hot: float = HOT) -> None:
        seats = sum(evening.present.bit_count() for evening in self.problem.evenings)
        steps = min(A_SEAT * seats, self.steps // A_TRY, self.left)
        cooled = anneal(Plan(self.problem, plan, targets), steps, self.chance, hot=hot)
        self.left -= max(cooled.steps, 1_000)
        self._offer(cooled.groups)

    def _offer(self, plan: list[Groups]) -> None:
        if (found := standing(self.problem, plan, self.shares.ceilings)) > self.standing:
            self.best, self.standing = plan, found

    def _proven(self) -> bool:
        broken, worst, new, _rest = self.standing
        return (broken, new) == (-self.unkept, self.bound) and worst >= self.share
