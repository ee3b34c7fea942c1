"""Rules that contradict each other or the size of an evening: which of them give way, and that it is said.

Who is kept apart stays so in any case. Whoever was to sit together and cannot, does not; and where even that does not
help, there are more groups than planned.
"""

from __future__ import annotations

from dataclasses import replace

from wegnetz.engines.mixing.model import Broken, Chance, Evenings, Rule, sizes
from wegnetz.engines.mixing.problem import Evening, Problem, bits, is_torn
from wegnetz.engines.mixing.seating import seating


def settle(given: Evenings, problem: Problem, chance: Chance) -> tuple[Problem, list[Broken]]:
    """A problem in which each evening can be seated, and what had to give way for it."""
    evenings, broken = [], []
    known: dict[Evening, tuple[Evening, list[tuple[int, ...]]]] = {}
    for session, evening in zip(given.sessions, problem.evenings, strict=True):
        if evening not in known:
            known[evening] = _settled(evening, problem.apart, chance)
        settled, parted = known[evening]
        broken += [
            Broken(Rule.TOGETHER, session.id, tuple(given.people[person].id for person in unit)) for unit in parted
        ]
        if len(settled.sizes) > len(evening.sizes):
            broken.append(Broken(Rule.GROUP_COUNT, session.id, ()))
        evenings.append(settled)
    return replace(problem, evenings=tuple(evenings)), broken


def _settled(evening: Evening, apart: tuple[int, ...], chance: Chance) -> tuple[Evening, list[tuple[int, ...]]]:
    settled, parted = _without_torn(evening, apart)
    while (found := seating(settled, apart, chance)) is None:
        settled, more = _relaxed(settled, apart)
        parted += more
    return replace(settled, known=tuple(map(tuple, found))), parted


def _without_torn(evening: Evening, apart: tuple[int, ...]) -> tuple[Evening, list[tuple[int, ...]]]:
    most = max(evening.sizes, default=0)
    parted = [unit for unit in evening.units if len(unit) > most or is_torn(unit, apart)]
    return _parting(evening, parted), parted


def _parting(evening: Evening, parted: list[tuple[int, ...]]) -> Evening:
    kept = [unit for unit in evening.units if unit not in parted]
    return replace(evening, units=tuple(sorted([*kept, *((person,) for unit in parted for person in unit)])))


def _relaxed(evening: Evening, apart: tuple[int, ...]) -> tuple[Evening, list[tuple[int, ...]]]:
    """One unit fewer, the largest first; without any, one group more, or as many as there are all apart."""
    largest = max(evening.units, key=len)
    if len(largest) > 1:
        return _parting(evening, [largest]), [largest]
    groups = max(len(evening.sizes) + 1, _all_apart(evening, apart))
    return replace(evening, sizes=sizes(evening.present.bit_count(), groups)), []


def _all_apart(evening: Evening, apart: tuple[int, ...]) -> int:
    """How many there are at least of whom each is kept apart from each: those with the most to keep from, first."""
    candidates, number = evening.present, 0
    while candidates:
        chosen = max(bits(candidates), key=lambda person: (apart[person] & candidates).bit_count())
        candidates &= apart[chosen]
        number += 1
    return number
