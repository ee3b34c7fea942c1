"""One year of a cohort: who meets whom, which ties begin, grow and fade.

Each week: whoever sits in a group together meets; whoever goes to the same contact point may meet there, and may do
something with its regulars; two with a tie may meet by themselves. A meeting of two without a tie begins one by
chance, a meeting of two with a tie makes it stronger, a week without any makes it weaker. A tie that falls below
the threshold is gone; it can begin again, with what less chance the earlier meetings leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bench.cohort.model import MOST_REGULARS, ContactPoint, Participant, World, pair
from bench.cohort.parameters import Parameters

Groups = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Alive:
    """The strengths of the ties alive at the end of a week: `among` participants, `beyond` with regulars."""

    among: Mapping[tuple[int, int], float]
    beyond: Mapping[tuple[int, int], float]


@dataclass(slots=True)
class Ties:
    """The ties of one kind, by a number of their own, and how often each two met."""

    given: Parameters
    strength: dict[int, float] = field(default_factory=dict)
    met: Counter[int] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)

    def meet(self, key: int, suits: float, luck: float) -> None:
        given, now = self.given, self.strength.get(key)
        if now is not None:
            self.strength[key] = now + given.grows.value * (1 - now / given.strongest.value)
        elif luck < given.forms.value * suits * given.tiring.value ** self.met[key]:
            self.strength[key] = 1.0
        self.met[key] += 1
        self.seen.add(key)

    def fade(self) -> None:
        """The end of a week: without a meeting a tie loses strength."""
        kept = 0.5 ** (1 / self.given.half_life.value)
        for key in [key for key in self.strength if key not in self.seen]:
            self.strength[key] *= kept
            if self.strength[key] < self.given.alive.value:
                del self.strength[key]
        self.seen.clear()


def speaking(one: Participant, other: Participant, given: Parameters) -> float:
    """How much of the chance remains with the languages that two share."""
    if one.tongue == other.tongue:
        return 1.0
    return given.bridged.value if one.languages & other.languages else given.unspoken.value


def speaking_at(person: Participant, place: ContactPoint, given: Parameters) -> float:
    """The same with somebody who is at a contact point anyway."""
    if person.tongue in place.languages:
        return 1.0
    return given.bridged.value if person.languages & place.languages else given.unspoken.value


def live(
    world: World, seated: Sequence[Groups], introduced: Mapping[int, int], given: Parameters, weeks: Iterable[int]
) -> list[Alive]:
    """The ties alive at the end of these weeks, counted from 1.

    `seated`: the groups of each workshop; `introduced`: {participant: contact point}.
    """
    year = _Year(world, introduced, given)
    asked, found = set(weeks), []
    for week in range(int(given.year.value)):
        year.week(week, seated[week] if week < len(seated) else ())
        if week + 1 in asked:
            found.append(year.alive())
    return found


class _Year:
    def __init__(self, world: World, introduced: Mapping[int, int], given: Parameters) -> None:
        self.world, self.given, self.number = world, given, len(world.people)
        self.among, self.beyond = Ties(given), Ties(given)
        self.goes = {
            person: place
            for person, place in introduced.items()
            if world.luck.goes[person] < self._chance_to_go(world.people[person], world.places[place])
        }
        self.speaks = {
            pair(one, other, self.number): speaking(world.people[one], world.people[other], given)
            for one, other in combinations(range(self.number), 2)
        }
        self.suits = {
            pair(one, other, self.number): self.speaks[pair(one, other, self.number)]
            * self._shared(set(world.people[one].interests), set(world.people[other].interests))
            for one, other in combinations(range(self.number), 2)
        }

    def _shared(self, one: set[int], other: set[int]) -> float:
        return 1 + self.given.alike.value * len(one & other)

    def _chance_to_go(self, person: Participant, place: ContactPoint) -> float:
        far = 1.0 if person.district == place.district else self.given.goes_far.value
        understood = bool(person.languages & place.languages)
        return self.given.goes.value * far * (1.0 if understood else self.given.goes_unspoken.value)

    def week(self, week: int, groups: Groups) -> None:
        luck, ties = self.world.luck, self.among
        for group in groups:
            for two in combinations(group, 2):
                key = pair(*two, self.number)
                ties.meet(key, self.suits[key], luck.sitting[week][key])
        if week >= round(self.given.introduced.value):
            self._at_places(week)
        self._by_themselves(week)
        ties.fade()
        self.beyond.fade()

    def _at_places(self, week: int) -> None:
        luck, there = self.world.luck, dict[int, list[int]]()
        for person, place in list(self.goes.items()):
            if luck.stops[week][person] < self._chance_to_stop(person, place):
                del self.goes[person]
            elif luck.visits[week][person] < self.given.visits.value:
                there.setdefault(place, []).append(person)
        for place, people in there.items():
            for two in combinations(people, 2):
                key = pair(*two, self.number)
                if luck.same_time[week][key] < self.given.same_time.value:
                    self.among.meet(key, self.suits[key], luck.visiting[week][key])
            for person in people:
                self._meets_regulars(week, person, self.world.places[place])

    def _chance_to_stop(self, person: int, place: int) -> float:
        liked = self.world.people[person].interests
        strength = max((liked[each] for each in self.world.places[place].concepts if each in liked), default=0)
        return self.given.stops.value * (1 - self.given.liking.value * (strength - 3))

    def _meets_regulars(self, week: int, number: int, place: ContactPoint) -> None:
        luck, person = self.world.luck, self.world.people[number]
        suits = speaking_at(person, place, self.given) * self._shared(set(person.interests), set(place.concepts))
        for each in range(round(self.given.regulars.value)):
            key = number * MOST_REGULARS + each
            if luck.regular_there[week][key] < self.given.regular_there.value:
                self.beyond.meet(key, suits, luck.regular[week][key])

    def _by_themselves(self, week: int) -> None:
        luck, chance = self.world.luck, self.given.meets.value
        for key, strength in list(self.among.strength.items()):
            if luck.by_themselves[week][key] < chance * strength * self.speaks[key]:
                self.among.meet(key, 0.0, 1.0)
        for key, strength in list(self.beyond.strength.items()):
            if luck.regular_by_itself[week][key] < chance * strength * self.given.bridged.value:
                self.beyond.meet(key, 0.0, 1.0)

    def alive(self) -> Alive:
        return Alive(
            {divmod(key, self.number): each for key, each in self.among.strength.items()},
            {divmod(key, MOST_REGULARS): each for key, each in self.beyond.strength.items()},
        )
