"""Mix one evening anew when somebody came late or did not come: as few people as possible change their group.

Hard rules and languages come before that, new acquaintances after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from wegnetz.engines.mixing.annealing import Plan, anneal
from wegnetz.engines.mixing.bounds import Shares, ceilings
from wegnetz.engines.mixing.model import Chance, Evenings, Id, Mixed
from wegnetz.engines.mixing.problem import Groups, Problem, as_problem, as_set, bits
from wegnetz.engines.mixing.rules import settle
from wegnetz.engines.mixing.seating import seat_again
from wegnetz.engines.mixing.standing import standing, told

TRIES: Final = 4
A_SEAT: Final = 250  # steps of one try for each person


@dataclass(frozen=True, slots=True)
class MixedAnew:
    """The evening as it is now; who has to change their group, and how many that are at least."""

    mixed: Mixed
    moved: tuple[Id, ...]
    fewest_moves: int


def mix_anew(given: Evenings, seated: Sequence[Sequence[Id]], chance: Chance) -> MixedAnew:
    """Mix the only evening of `given` for those who are there now; `seated`: the groups as they sat before.

    Raises ValueError for more or fewer than one evening.
    """
    if len(given.sessions) != 1:
        raise ValueError(f"sessions: found {len(given.sessions)}, expected the evening that is mixed anew")
    problem, broken = settle(given, as_problem(given), chance)
    (evening,) = problem.evenings
    index = {person.id: at for at, person in enumerate(given.people)}
    before = [as_set(index[who] for who in group if who in index) & evening.present for group in seated]
    tries = [_once_more(problem, _homes(before, evening.sizes, chance), chance) for _ in range(TRIES)]
    groups, stay = max(tries, key=lambda each: _rank(problem, *each))
    moving = reduce(or_, before, 0) & ~stay
    return MixedAnew(
        told(given, problem, [groups], broken, Shares(problem).best()),
        tuple(given.people[person].id for person in bits(moving)),
        fewest_moves(before, evening.sizes),
    )


def _once_more(problem: Problem, homes: Sequence[int], chance: Chance) -> tuple[Groups, int]:
    """Groups, and the set of those who stay where they sat."""
    (evening,) = problem.evenings
    start = seat_again(evening, homes, problem.apart, chance)
    plan = Plan(problem, [start], [0] * problem.number, homes)
    (groups,) = anneal(plan, A_SEAT * evening.present.bit_count(), chance).groups
    return groups, reduce(or_, (as_set(group) & home for group, home in zip(groups, homes, strict=True)), 0)


def _rank(problem: Problem, groups: Groups, stay: int) -> tuple[object, ...]:
    broken, worst, new, rest = standing(problem, [groups], ceilings(problem))
    return broken, stay.bit_count(), new, worst, rest


def fewest_moves(before: Sequence[int], sizes: Sequence[int]) -> int:
    """How many of those who sat have to move, because of the sizes of the groups alone.

    The fullest groups are kept and are the larger ones; nobody could do better than that.
    """
    counts = sorted((there.bit_count() for there in before), reverse=True)
    return sum(counts) - sum(min(have, size) for have, size in zip(counts, sizes, strict=False))


def _homes(before: Sequence[int], sizes: Sequence[int], chance: Chance) -> list[int]:
    """For each group of now those who sat in it: the fullest are the larger ones, and the smallest are given up."""
    order = list(before)
    chance.shuffle(order)
    order.sort(key=lambda there: -there.bit_count())
    return [*order[: len(sizes)], *[0] * (len(sizes) - len(order))]
