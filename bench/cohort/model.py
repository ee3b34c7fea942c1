"""Invented people and places, who comes when, and the luck of a year, all drawn from one seed.

The luck belongs to two people and a week, not to what was planned for them: two who sit together in the same week have
the same luck under every plan, so that plans are compared on the same year. A stream of its own for each kind of
draw keeps all others as they are when one parameter changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from bench.cohort.parameters import Parameters

TONGUES: Final = ("ar", "fa", "ku", "so", "sq", "ti")  # the first one is more frequent than the others
GERMAN, ENGLISH = "de", "en"
AGES: Final = range(18, 28)
STRENGTHS: Final = range(1, 6)
MOST_REGULARS: Final = 12
Table = list[list[float]]


@dataclass(frozen=True, slots=True)
class Participant:
    """One of the forty: `interests` {interest: strength 1 to 5}; `left` the first week in which they are gone."""

    tongue: str
    languages: frozenset[str]
    interests: dict[int, int]
    age: int
    district: int
    left: int


@dataclass(frozen=True, slots=True)
class ContactPoint:
    concepts: frozenset[int]
    languages: frozenset[str]
    interprets: bool
    age_to: int | None
    district: int
    seats: int


@dataclass(frozen=True, slots=True)
class Luck:
    """Numbers from 0 to 1 by week: for two people by `pair`, for one by their number, for regulars by person and place.

    `goes` is by person alone.
    """

    sitting: Table
    visiting: Table
    same_time: Table
    by_themselves: Table
    visits: Table
    stops: Table
    regular_there: Table
    regular: Table
    regular_by_itself: Table
    goes: list[float]


@dataclass(frozen=True, slots=True)
class World:
    """All that is the same whatever is planned. `there`: who comes to each workshop, in order."""

    people: tuple[Participant, ...]
    places: tuple[ContactPoint, ...]
    there: tuple[tuple[int, ...], ...]
    luck: Luck


def stream(seed: int, name: str) -> Random:
    return Random(f"{seed} {name}")


def pair(one: int, other: int, people: int) -> int:
    """The number of two people, whichever comes first."""
    return min(one, other) * people + max(one, other)


def world(seed: int, given: Parameters) -> World:
    people = _people(seed, given)
    return World(people, _places(seed, given), _attendance(seed, given, people), _luck(seed, given))


def _people(seed: int, given: Parameters) -> tuple[Participant, ...]:
    return tuple(
        _person(stream(seed, f"person {number}"), _left(stream(seed, f"left {number}"), given), given)
        for number in range(int(given.people.value))
    )


def _person(chance: Random, left: int, given: Parameters) -> Participant:
    told = [chance.random() for _ in range(6)]
    tongue = TONGUES[0] if told[0] < given.arabic.value else TONGUES[1 + int(told[1] * (len(TONGUES) - 1))]
    spoken = {GERMAN: given.german, ENGLISH: given.english}
    also = {code for luck, (code, share) in zip(told[2:4], spoken.items(), strict=True) if luck < share.value}
    order = _by_popularity(chance, int(given.known.value))
    return Participant(
        tongue, frozenset({tongue} | also),
        {each: chance.choice(STRENGTHS) for each in order[: max(round(given.interests.value), 1)]},
        AGES[int(told[4] * len(AGES))], int(told[5] * given.districts.value), left,
    )  # fmt: skip


def _by_popularity(chance: Random, number: int) -> list[int]:
    """All interests in the order in which somebody would name them: popular ones tend to come first."""
    return sorted(range(number), key=lambda each: chance.random() ** (1 + each), reverse=True)


def _left(chance: Random, given: Parameters) -> int:
    for week in range(int(given.programme.value)):
        if chance.random() < given.drops_out.value:
            return week
    return int(given.year.value)


def _places(seed: int, given: Parameters) -> tuple[ContactPoint, ...]:
    number = round(given.places.value)
    seats = Counter(stream(seed, "seats").choices(range(number), k=round(given.seats.value * given.people.value)))
    return tuple(_place(stream(seed, f"place {each}"), given, seats[each]) for each in range(number))


def _place(chance: Random, given: Parameters, seats: int) -> ContactPoint:
    more = {tongue for tongue in TONGUES if chance.random() < given.speaks_more.value}
    return ContactPoint(
        languages=frozenset({GERMAN} | more), interprets=chance.random() < given.interprets.value,
        age_to=chance.choice((None, None, None, 25)), district=int(chance.random() * given.districts.value),
        concepts=frozenset(_by_popularity(chance, int(given.known.value))[: chance.choice((1, 2, 3))]), seats=seats,
    )  # fmt: skip


def _attendance(seed: int, given: Parameters, people: Sequence[Participant]) -> tuple[tuple[int, ...], ...]:
    """Who was invited least often comes next; whoever is invited comes with a chance of their own."""
    own, luck, lots = stream(seed, "own"), stream(seed, "comes"), stream(seed, "invited")
    comes = [given.comes.value + (2 * own.random() - 1) * given.comes_apart.value for _ in people]
    times = [0] * len(people)
    evenings = []
    for week in range(int(given.programme.value)):
        lot = [lots.random() for _ in people]
        draws = [luck.random() for _ in people]
        here = [person for person, each in enumerate(people) if week < each.left]
        here.sort(key=lambda person: (times[person], lot[person]))
        invited = here[: round(given.invited.value)]
        for person in invited:
            times[person] += 1
        evenings.append(tuple(sorted(person for person in invited if draws[person] < comes[person])))
    return tuple(evenings)


def _luck(seed: int, given: Parameters) -> Luck:
    weeks, people = int(given.year.value), int(given.people.value)

    def table(name: str, width: int) -> Table:
        draw = stream(seed, name).random
        return [[draw() for _ in range(width)] for _ in range(weeks)]

    pairs, regulars = people * people, people * MOST_REGULARS
    return Luck(
        sitting=table("sitting", pairs), visiting=table("visiting", pairs), same_time=table("same time", pairs),
        by_themselves=table("by themselves", pairs), visits=table("visits", people), stops=table("stops", people),
        regular_there=table("regular there", regulars), regular=table("regular", regulars),
        regular_by_itself=table("regular by itself", regulars), goes=table("goes", people)[0],
    )  # fmt: skip
