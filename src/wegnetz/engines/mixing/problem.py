"""The same in numbers and bits: what the search looks up a million times a second.

People are numbers in the order in which they were given; a set of people is an integer with a bit for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_

from wegnetz.engines.mixing.model import Evenings, Pair

Groups = list[list[int]]


@dataclass(frozen=True, slots=True)
class Evening:
    """Who is there, the largest group first, and who has to sit together: units of one person or more.

    `known`: one seating that keeps the rules, there from when it is settled that there is one.
    """

    present: int
    sizes: tuple[int, ...]
    units: tuple[tuple[int, ...], ...]
    known: tuple[tuple[int, ...], ...] = ()

    @property
    def people(self) -> list[int]:
        return list(bits(self.present))


@dataclass(frozen=True, slots=True)
class Problem:
    """`met`, `recent`, `apart`, `speaks_with` and `together`: for each person, the set of those others.

    Nobody speaks with whom they are kept apart from.
    """

    number: int
    evenings: tuple[Evening, ...]
    met: tuple[int, ...]
    recent: tuple[int, ...]
    apart: tuple[int, ...]
    together: tuple[int, ...]
    speaks_with: tuple[int, ...]
    languages: tuple[int, ...]
    hosts: int

    @property
    def reachable(self) -> list[int]:
        """For each person, whom they can meet for the first time: present with them once, not met, not kept apart."""
        there = [0] * self.number
        for evening in self.evenings:
            for person in bits(evening.present):
                there[person] |= evening.present
        return [
            there[person] & ~(1 << person) & ~self.met[person] & ~self.apart[person] for person in range(self.number)
        ]


def bits(people: int) -> Iterator[int]:
    """The numbers in a set, in order."""
    while people:
        lowest = people & -people
        yield lowest.bit_length() - 1
        people ^= lowest


def as_set(people: Iterable[int]) -> int:
    return reduce(or_, (1 << person for person in people), 0)


def as_problem(given: Evenings) -> Problem:
    """The numbers of an input. Everybody is a unit alone: who can sit together as wished is settled later."""
    index = {person.id: number for number, person in enumerate(given.people)}
    codes = sorted({code for person in given.people for code in person.languages})
    languages = tuple(as_set(map(codes.index, person.languages)) for person in given.people)
    apart, together = _neighbours(given.apart, index), _neighbours(given.together, index)
    met = {pair for pair, times in given.met.items() if times > 0} | given.recent
    evenings = []
    for session in given.sessions:
        present = as_set(index[who] for who in session.present)
        evenings.append(Evening(present, session.sizes, tuple((person,) for person in bits(present))))
    return Problem(
        len(index), tuple(evenings), _neighbours(met, index),
        _neighbours(given.recent, index), apart, together,
        tuple(
            as_set(other for other, theirs in enumerate(languages) if other != number and theirs & own) & ~apart[number]
            for number, own in enumerate(languages)
        ),
        languages, as_set(index[person.id] for person in given.people if person.host),
    )  # fmt: skip


def _neighbours(pairs: Iterable[Pair], index: dict[str, int]) -> tuple[int, ...]:
    found = [0] * len(index)
    for pair in pairs:
        one, other = (index[who] for who in pair)
        found[one] |= 1 << other
        found[other] |= 1 << one
    return tuple(found)


def is_torn(unit: Iterable[int], apart: tuple[int, ...]) -> bool:
    """Whether two of a unit are to be kept apart."""
    return any(apart[one] >> other & 1 for one, other in combinations(unit, 2))
