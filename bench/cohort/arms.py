"""What is compared: how the groups of a workshop are made, and how people are introduced to contact points.

Only one of these knows more than somebody on that Thursday could: `foresight`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Final

from bench.cohort.model import Participant, World, stream
from bench.cohort.parameters import Parameters
from bench.introductions import first_come as in_turn
from bench.introductions import possible_pairs
from wegnetz.engines.introductions import Offer, introduce
from wegnetz.engines.introductions import Person as Wants
from wegnetz.engines.mixing import Evenings, Person, Session, mix, steps_for
from wegnetz.engines.mixing.model import Pair
from wegnetz.engines.mixing.problem import as_problem
from wegnetz.engines.mixing.series import greedy as week_by_week

A_THURSDAY: Final = 0.03  # seconds of search for one evening and for a whole series, counted in steps
A_SERIES: Final = 1.0

Seated = list[list[list[int]]]
Mixing = Callable[[World, int, Parameters], Seated]


def kept(world: World, seed: int, given: Parameters) -> Seated:
    """The same groups as far as attendance allows: each has a home group, and mates of one are seated side by side."""
    order = list(range(len(world.people)))
    stream(seed, "home groups").shuffle(order)
    at_home = {person: place for place, person in enumerate(order)}
    return [_cut(sorted(there, key=at_home.__getitem__), given) for there in world.there]


def by_chance(world: World, seed: int, given: Parameters) -> Seated:
    """Anybody with anybody."""
    chance, found = stream(seed, "by chance"), []
    for there in world.there:
        order = list(there)
        chance.shuffle(order)
        found.append(_cut(order, given))
    return found


def _cut(order: Sequence[int], given: Parameters) -> list[list[int]]:
    """People in this order into groups of the sizes that the engine would use."""
    rest, groups = list(order), []
    for size in Session("", tuple(map(str, order)), int(given.group.value)).sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    return groups


def greedy(world: World, seed: int, given: Parameters) -> Seated:
    """Week by week as few as possible who met before; nothing else counts."""
    asked = Evenings(tuple(Person(str(number)) for number in range(len(world.people))), _sessions(world, given))
    return week_by_week(as_problem(asked), stream(seed, "greedy"))


def engine(world: World, seed: int, given: Parameters) -> Seated:
    """The engine on each Thursday: those who came, what they speak, and who met before."""
    met: dict[Pair, int] = {}
    found: Seated = []
    for session in _sessions(world, given):
        known = {frozenset(two): met.get(frozenset(two), 0) for two in combinations(session.present, 2)}
        asked = Evenings(tuple(_speaker(world, int(each)) for each in session.present), (session,), met=known)
        mixed = mix(asked, stream(seed, f"engine {session.id}"), steps=steps_for(asked, A_THURSDAY))
        found.append([[int(each) for each in group] for group in mixed.sessions[0].groups])
        for group in mixed.sessions[0].groups:
            for two in combinations(group, 2):
                met[frozenset(two)] = met.get(frozenset(two), 0) + 1
    return found


def foresight(world: World, seed: int, given: Parameters) -> Seated:
    """The engine if it were known from the beginning who will come when, which nobody knows."""
    people = tuple(_speaker(world, number) for number in range(len(world.people)))
    asked = Evenings(people, _sessions(world, given))
    mixed = mix(asked, stream(seed, "foresight"), steps=steps_for(asked, A_SERIES))
    return [[[int(each) for each in group] for group in evening.groups] for evening in mixed.sessions]


def _sessions(world: World, given: Parameters) -> tuple[Session, ...]:
    return tuple(
        Session(str(week), tuple(map(str, there)), int(given.group.value)) for week, there in enumerate(world.there)
    )


def _speaker(world: World, number: int) -> Person:
    return Person(str(number), world.people[number].languages)


MIXING: Final[dict[str, Mixing]] = {
    "kept": kept, "random": by_chance, "greedy": greedy, "engine": engine, "foresight": foresight,
}  # fmt: skip


def ours(world: World, given: Parameters) -> dict[int, int]:
    """The best introductions for all at once, in pure Python: of equals the same ones on any machine."""
    found = introduce(_wanting(world, given), _offers(world), pure_python=True).assignments
    return {int(each.person): int(each.offer) for each in found}


def first_come(world: World, given: Parameters) -> dict[int, int]:
    """Everybody in turn takes what suits them best of what is left."""
    people, offers = _wanting(world, given), _offers(world)
    return {int(each.person): int(each.offer) for each in in_turn(offers, possible_pairs(people, offers), 1)}


def _wanting(world: World, given: Parameters) -> list[Wants]:
    """Those still there when people are introduced, in an order that says nothing of them."""
    week = round(given.introduced.value)
    return [_wants(number, each) for number, each in enumerate(world.people) if each.left > week]


def _wants(number: int, person: Participant) -> Wants:
    liked = {str(interest): strength for interest, strength in person.interests.items()}
    return Wants(f"{number:03}", liked, person.languages, person.age, district=str(person.district))


def _offers(world: World) -> list[Offer]:
    return [
        Offer(
            f"{number:03}", frozenset(map(str, place.concepts)), capacity=place.seats, languages=place.languages,
            interpreter=place.interprets, age_to=place.age_to, district=str(place.district),
        )
        for number, place in enumerate(world.places)
    ]  # fmt: skip


INTRODUCING: Final[Mapping[str, Callable[[World, Parameters], dict[int, int]]]] = {
    "first_come": first_come, "ours": ours,
}  # fmt: skip
