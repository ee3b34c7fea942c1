"""A plan from a known schedule in which nobody meets twice, for evenings on which the same people are always there."""

from __future__ import annotations

from typing import Final

from wegnetz.engines.mixing.designs import known_schedule
from wegnetz.engines.mixing.model import Chance
from wegnetz.engines.mixing.problem import Groups, Problem
from wegnetz.engines.mixing.seating import keeps

LARGEST: Final = 12
DRAWS: Final = 200


def designed(problem: Problem, chance: Chance) -> list[Groups] | None:
    """A plan without any repeat that keeps the hard rules; None where no schedule here reaches so far."""
    first = problem.evenings[0] if problem.evenings else None
    if (
        first is None
        or not first.sizes
        or any((evening.present, evening.sizes) != (first.present, first.sizes) for evening in problem.evenings)
    ):
        return None
    groups, size = len(first.sizes), first.sizes[0]
    if max(groups, size) > LARGEST or len(first.units) < first.present.bit_count():
        return None
    empty = groups * size - first.present.bit_count()
    schedule = known_schedule(groups, size)
    people = first.people
    for _ in range(DRAWS):
        # Seats that stay empty: so many people fewer in so many groups, never two of them in one.
        left_out = set(chance.sample(range(groups * size), empty))
        weeks = [week for week in schedule if all(len(left_out.intersection(group)) < 2 for group in week)]
        if len(weeks) < len(problem.evenings):
            continue
        chance.shuffle(people)
        names = dict(zip((point for point in range(groups * size) if point not in left_out), people, strict=True))
        plan = [
            [[names[point] for point in group if point not in left_out] for group in week]
            for week in chance.sample(weeks, len(problem.evenings))
        ]
        if all(keeps(evening, there, problem.apart) for evening, there in zip(plan, problem.evenings, strict=True)):
            return plan
        if not empty and not any(problem.apart):
            break
    return None
