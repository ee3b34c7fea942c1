"""Rules that contradict each other or the size of an evening: which of them give way, and that it is said.

Who is kept apart stays so in any case. Two who were to sit together and cannot, do not; and where even that does not
help, there are more groups than planned.
"""

from __future__ import annotations

from dataclasses import replace

from wegnetz.engines.mixing.model import Broken, Chance, Evenings, Rule, sizes
from wegnetz.engines.mixing.problem import Evening, Groups, Problem, bits, is_torn
from wegnetz.engines.mixing.seating import keeps, seating

Two = tuple[int, int]


def settle(given: Evenings, problem: Problem, chance: Chance) -> tuple[Problem, list[Broken]]:
    """A problem in which each evening can be seated, and what had to give way for it."""
    evenings, broken = [], []
    known: dict[Evening, tuple[Evening, list[Two]]] = {}
    for session, evening in zip(given.sessions, problem.evenings, strict=True):
        if evening not in known:
            known[evening] = _settled(evening, problem, chance)
        settled, parted = known[evening]
        broken += [
            Broken(Rule.TOGETHER, session.id, tuple(given.people[person].id for person in pair)) for pair in parted
        ]
        if len(settled.sizes) > len(evening.sizes):
            broken.append(Broken(Rule.GROUP_COUNT, session.id, ()))
        evenings.append(settled)
    return replace(problem, evenings=tuple(evenings)), broken


def _settled(evening: Evening, problem: Problem, chance: Chance) -> tuple[Evening, list[Two]]:
    """The evening with who can sit together, and the pairs that cannot: as few as there are when each is asked once."""
    apart = problem.apart
    pairs = [
        (one, other)
        for one in evening.people for other in bits(problem.together[one] & evening.present) if one < other
    ]  # fmt: skip
    settled, parted = evening, []
    for pair in pairs:
        if (joined := _joined(settled, pair, apart)) is not None:
            settled = joined
        else:
            parted.append(pair)
    if (found := seating(settled, apart, chance)) is not None:
        return _knowing(settled, found), parted
    found = seating(evening, apart, chance) if settled != evening else None
    settled, parted = evening, []
    while found is None:
        settled = _with_more_groups(settled, apart)
        found = seating(settled, apart, chance)
    for pair in pairs:
        joined = _joined(settled, pair, apart)
        now = joined and (found if keeps(found, joined, apart) else seating(joined, apart, chance))
        if joined and now:
            settled, found = joined, now
        else:
            parted.append(pair)
    return _knowing(settled, found), parted


def _knowing(evening: Evening, found: Groups) -> Evening:
    return replace(evening, known=tuple(map(tuple, found)))


def _joined(evening: Evening, pair: Two, apart: tuple[int, ...]) -> Evening | None:
    """The evening with the units of two people as one; None where that is torn, or larger than any group."""
    of_them = {unit for unit in evening.units if not set(pair).isdisjoint(unit)}
    joined = tuple(sorted(person for unit in of_them for person in unit))
    if len(joined) > max(evening.sizes) or is_torn(joined, apart):
        return None
    return replace(evening, units=tuple(sorted([*(set(evening.units) - of_them), joined])))


def _with_more_groups(evening: Evening, apart: tuple[int, ...]) -> Evening:
    """One group more, or as many as there are people all kept apart."""
    groups = max(len(evening.sizes) + 1, _all_apart(evening, apart))
    return replace(evening, sizes=sizes(evening.present.bit_count(), groups))


def _all_apart(evening: Evening, apart: tuple[int, ...]) -> int:
    """How many there are at least of whom each is kept apart from each: those with the most to keep from, first."""
    candidates, number = evening.present, 0
    while candidates:
        chosen = max(bits(candidates), key=lambda person: (apart[person] & candidates).bit_count())
        candidates &= apart[chosen]
        number += 1
    return number
