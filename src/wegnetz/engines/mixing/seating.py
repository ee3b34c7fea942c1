"""Put people into the groups of one evening so that who is kept apart is, and who belongs together is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Final

from wegnetz.engines.mixing.model import Chance
from wegnetz.engines.mixing.problem import Evening, Groups, as_set

TRIES: Final = 20
STEPS: Final = 20_000  # of going back, when no luck helped


def seat(evening: Evening, apart: tuple[int, ...], chance: Chance, larger: Collection[int] = frozenset()) -> Groups:
    """Groups of a settled evening, by chance; where chance finds none, those that are known."""
    return seating(evening, apart, chance, larger) or [list(group) for group in evening.known]


def seating(
    evening: Evening, apart: tuple[int, ...], chance: Chance, larger: Collection[int] = frozenset()
) -> Groups | None:
    """Groups of the sizes of the evening, by chance; those who can sit in a larger group as wished do.

    None where it cannot be: everything was tried, or more than anybody wants to wait for.
    """
    units = list(evening.units)
    if len(units) == evening.present.bit_count() and not any(apart[unit[0]] & evening.present for unit in units):
        return _by_size(evening, chance, larger)
    for _ in range(TRIES):
        chance.shuffle(units)
        units.sort(key=lambda unit: -_hard(unit, apart))
        groups: Groups = [[] for _ in evening.sizes]
        if _place(units, groups, evening.sizes, apart, chance, larger):
            return groups
    return _exactly(units, evening.sizes, apart)


def _by_size(evening: Evening, chance: Chance, larger: Collection[int]) -> Groups:
    people = evening.people
    chance.shuffle(people)
    people.sort(key=lambda person: person not in larger)
    if larger:
        # Seats in larger groups that nobody needs are anybody's, and who needs one should not sit beside the same few.
        seats = sum(size for size in evening.sizes if size == evening.sizes[0])
        front, back = people[:seats], people[seats:]
        chance.shuffle(front)
        people = front + back
    groups, at = [], 0
    for size in evening.sizes:
        groups.append(people[at : at + size])
        at += size
    return groups


def _hard(unit: tuple[int, ...], apart: tuple[int, ...]) -> int:
    return 100 * len(unit) + sum(apart[person].bit_count() for person in unit)


def seat_again(evening: Evening, homes: Sequence[int], apart: tuple[int, ...], chance: Chance) -> Groups:
    """The same, but whoever sat in a group of `homes` stays there as far as it has room; the others find new seats."""
    groups: Groups = [[] for _ in evening.sizes]
    moving = []
    units = list(evening.units)
    chance.shuffle(units)
    for unit in sorted(units, key=lambda unit: -_hard(unit, apart)):
        home = next((at for at, there in enumerate(homes) if there >> unit[0] & 1), None)
        if home is not None and _fits(unit, groups[home], evening.sizes[home], apart):
            groups[home].extend(unit)
        else:
            moving.append(unit)
    seated = _place(moving, groups, evening.sizes, apart, chance)
    return groups if seated else seat(evening, apart, chance)


def _place(
    units: Sequence[tuple[int, ...]],
    groups: Groups,
    sizes: tuple[int, ...],
    apart: tuple[int, ...],
    chance: Chance,
    larger: Collection[int] = frozenset(),
) -> bool:
    """Seat the units in the groups, one after the other; whether each found a seat."""
    for unit in units:
        fitting = [number for number, group in enumerate(groups) if _fits(unit, group, sizes[number], apart)]
        if not fitting:
            return False
        wanted = [n for n in fitting if (sizes[n] == sizes[0]) == any(person in larger for person in unit)]
        groups[_one_of(wanted or fitting, chance)].extend(unit)
    return True


def _one_of(some: list[int], chance: Chance) -> int:
    return some[int(chance.random() * len(some))]


def _fits(unit: tuple[int, ...], group: list[int], size: int, apart: tuple[int, ...]) -> bool:
    there = as_set(group)
    return len(group) + len(unit) <= size and not any(apart[person] & there for person in unit)


def _exactly(units: list[tuple[int, ...]], sizes: tuple[int, ...], apart: tuple[int, ...]) -> Groups | None:
    """The first of all ways to seat the units, going back where one does not go on."""
    groups: Groups = [[] for _ in sizes]
    left = STEPS

    def go_on(at: int) -> bool:
        nonlocal left
        if at == len(units):
            return True
        seen = set()
        for number, group in enumerate(groups):
            alike = (sizes[number], tuple(group))
            if alike in seen or not _fits(units[at], group, sizes[number], apart):
                continue
            seen.add(alike)
            left -= 1
            if left < 0:
                return False
            group.extend(units[at])
            if go_on(at + 1):
                return True
            del group[-len(units[at]) :]
        return False

    return groups if go_on(0) else None


def keeps(groups: Groups, evening: Evening, apart: tuple[int, ...]) -> bool:
    """Whether everybody sits in one group, the sizes are right, and both rules hold."""
    seated = [person for group in groups for person in group]
    of = {person: number for number, group in enumerate(groups) for person in group}
    return (
        sorted(seated) == evening.people
        and sorted(map(len, groups), reverse=True) == list(evening.sizes)
        and not any(apart[one] >> other & 1 for group in groups for one, other in combinations(group, 2))
        and all(len({of[person] for person in unit}) == 1 for unit in evening.units)
    )
