"""Put people into the groups of one evening so that who is kept apart is, and who belongs together is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Final

from wegnetz.engines.mixing.model import Chance
from wegnetz.engines.mixing.problem import Evening, Groups, as_set, bits

TRIES: Final = 20
SEARCHES: Final = 6  # when no luck helped
STEPS: Final = 120_000  # of one search, for each of the units: the more there are, the longer a step takes


def seat(evening: Evening, apart: tuple[int, ...], chance: Chance, larger: Collection[int] = frozenset()) -> Groups:
    """Groups of a settled evening, by chance; where chance finds none, those that are known.

    Those who can sit in a larger group as wished do.
    """
    return _by_luck(evening, apart, chance, larger) or [list(group) for group in evening.known]


def seating(evening: Evening, apart: tuple[int, ...], chance: Chance) -> Groups | None:
    """Groups of the sizes of the evening. None where it cannot be, or takes longer than anybody wants to wait."""
    found = _by_luck(evening, apart, chance, frozenset())
    steps = max(STEPS // max(len(evening.units), 1), 2 * len(evening.units))
    for number in range(0 if found is not None else SEARCHES):
        search = _Search(evening, apart, chance, steps, spread=number % 2 == 0)
        found = search.run()
        if found is not None or search.left > 0:
            break
    return found


def _by_luck(evening: Evening, apart: tuple[int, ...], chance: Chance, larger: Collection[int]) -> Groups | None:
    units = list(evening.units)
    if len(units) == evening.present.bit_count() and not any(apart[unit[0]] & evening.present for unit in units):
        return _by_size(evening, chance, larger)
    for _ in range(TRIES):
        chance.shuffle(units)
        units.sort(key=lambda unit: -_hard(unit, apart))
        if (groups := _place(units, [[] for _ in evening.sizes], evening.sizes, apart, chance, larger)) is not None:
            return groups
    return None


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
    return _place(moving, groups, evening.sizes, apart, chance) or seat(evening, apart, chance)


def _place(
    units: Sequence[tuple[int, ...]],
    groups: Groups,
    sizes: tuple[int, ...],
    apart: tuple[int, ...],
    chance: Chance,
    larger: Collection[int] = frozenset(),
) -> Groups | None:
    """Seat the units in the groups, one after the other; None as soon as one finds no seat."""
    there = [as_set(group) for group in groups]
    for unit in units:
        bans = reduce(or_, (apart[person] for person in unit))
        fitting = [
            number for number, group in enumerate(groups)
            if len(group) + len(unit) <= sizes[number] and not bans & there[number]
        ]  # fmt: skip
        if not fitting:
            return None
        wanted = [n for n in fitting if (sizes[n] == sizes[0]) == any(person in larger for person in unit)]
        chosen = _one_of(wanted or fitting, chance)
        groups[chosen].extend(unit)
        there[chosen] |= as_set(unit)
    return groups


def _one_of(some: list[int], chance: Chance) -> int:
    return some[int(chance.random() * len(some))]


def _fits(unit: tuple[int, ...], group: list[int], size: int, apart: tuple[int, ...]) -> bool:
    there = as_set(group)
    return len(group) + len(unit) <= size and not any(apart[person] & there for person in unit)


class _Search:
    """One search for a seating: the unit with the fewest groups left for it comes first, and dead ends are remembered.

    Groups are tried once where they are alike for all who have no seat yet: as much room, and the same of them banned.
    `spread`: prefer the group where a unit bans the fewest others, instead of any.
    """

    def __init__(self, evening: Evening, apart: tuple[int, ...], chance: Chance, steps: int, *, spread: bool) -> None:
        self._chance, self._spread = chance, spread
        self.masks = [as_set(unit) for unit in evening.units]
        self.bans = [reduce(or_, (apart[person] for person in unit)) for unit in evening.units]
        self.hard = [_hard(unit, apart) for unit in evening.units]
        self.room, self.there, self.banned = list(evening.sizes), [0] * len(evening.sizes), [0] * len(evening.sizes)
        self.left = steps
        self._dead: set[tuple[int, tuple[tuple[int, int], ...]]] = set()

    def run(self) -> Groups | None:
        order = list(range(len(self.masks)))
        self._chance.shuffle(order)
        order.sort(key=lambda unit: -self.hard[unit])
        groups = range(len(self.room))
        could = {unit: [at for at in groups if self.room[at] >= self.masks[unit].bit_count()] for unit in order}
        found = self._go_on(could, reduce(or_, self.masks, 0))
        return [list(bits(there)) for there in self.there] if found else None

    def _go_on(self, could: dict[int, list[int]], rest: int) -> bool:
        """`could`: for each unit without a seat the groups that it fits in; `rest`: all people of those units."""
        if not could:
            return True
        state = (rest, tuple(sorted((room, ban & rest) for room, ban in zip(self.room, self.banned, strict=True))))
        if state in self._dead or self.left <= 0:
            return False
        self.left -= 1
        unit = min(could, key=lambda each: len(could[each]))
        mask, bans, size = self.masks[unit], self.bans[unit], self.masks[unit].bit_count()
        groups = list(could[unit])
        self._chance.shuffle(groups)
        if self._spread:
            groups.sort(key=lambda at: (bans & ~self.banned[at] & rest).bit_count())
        seen = set()
        for at in groups:
            room, ban = self.room[at], self.banned[at]
            if (room, ban & rest) in seen:
                continue
            seen.add((room, ban & rest))
            self.room[at], self.there[at], self.banned[at] = room - size, self.there[at] | mask, ban | bans
            still = {
                other: fits if at not in fits or self._fits(other, at) else [each for each in fits if each != at]
                for other, fits in could.items() if other != unit
            }  # fmt: skip
            if all(still.values()) and self._go_on(still, rest & ~mask):
                return True
            self.room[at], self.there[at], self.banned[at] = room, self.there[at] & ~mask, ban
        self._dead.add(state)
        return False

    def _fits(self, unit: int, at: int) -> bool:
        return self.room[at] >= self.masks[unit].bit_count() and not self.banned[at] & self.masks[unit]


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
