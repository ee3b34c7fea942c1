"""What is asked of the mixing, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, MutableSequence, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

Id = str
Pair = frozenset[Id]
T = TypeVar("T")


class Chance(Protocol):
    """What the search draws from, such as `random.Random(seed)`: the same draws give the same plan."""

    def random(self) -> float: ...
    def shuffle(self, x: MutableSequence[Any], /) -> None: ...
    def sample(self, population: Sequence[T], k: int) -> list[T]: ...


class Rule(StrEnum):
    """What cannot always be kept. Who is kept apart always is."""

    TOGETHER = "together"
    GROUP_COUNT = "group-count"
    HOST = "host"
    ALONE_WITH_LANGUAGE = "alone-with-language"


@dataclass(frozen=True, slots=True)
class Person:
    """`languages` by their codes, none where nobody knows; `host`: leads a group."""

    id: Id
    languages: frozenset[str] = frozenset()
    host: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One evening: who is there, and how large a group should be."""

    id: Id
    present: tuple[Id, ...]
    group_size: int = 4

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of its groups, the largest first; they differ by one person at most."""
        number = max(round(len(self.present) / self.group_size), 1)
        return sizes(len(self.present), number)


def sizes(people: int, groups: int) -> tuple[int, ...]:
    """So many people in so many groups, the largest first; none where nobody is there."""
    each, more = divmod(people, groups)
    return tuple(size for size in [each + 1] * more + [each] * (groups - more) if size)


@dataclass(frozen=True, slots=True)
class Evenings:
    """Who is to be mixed: `met` says how often two people sat together before, `recent` who did in the last weeks.

    Whoever did in the last weeks has met, said or not.

    Raises ValueError, with a sentence, for what contradicts itself.
    """

    people: tuple[Person, ...]
    sessions: tuple[Session, ...]
    met: Mapping[Pair, int] = field(default_factory=dict)
    recent: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    together: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        known = _once("people", [person.id for person in self.people])
        _once("sessions", [session.id for session in self.sessions])
        for session in self.sessions:
            where = f"session {session.id}"
            if session.group_size < 1:
                raise ValueError(f"{where}: group_size is {session.group_size}, expected 1 or more")
            _known(where, _once(where, session.present), known)
        told = {"met": self.met, "recent": self.recent, "apart": self.apart, "together": self.together}
        for name, pairs in told.items():
            for pair in pairs:
                if len(pair) != 2:
                    raise ValueError(f"{name}: {min(pair)} is there with nobody else, expected two people")
                _known(name, pair, known)


def _once(what: str, ids: Sequence[Id]) -> set[Id]:
    known = set(ids)
    if len(known) < len(ids):
        twice = next(each for number, each in enumerate(ids) if each in ids[:number])
        raise ValueError(f"{what}: found {twice} twice, expected each once")
    return known


def _known(what: str, ids: Set[Id], known: Set[Id]) -> None:
    if unknown := ids - known:
        raise ValueError(f"{what}: {min(unknown)} is nobody of the people")


@dataclass(frozen=True, slots=True)
class Seated:
    """The groups of one evening; each in the order of the people, the groups by their first person."""

    session: Id
    groups: tuple[tuple[Id, ...], ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that could not be kept, whom it is about, and on which evening."""

    rule: Rule
    session: Id
    people: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Of one person: how many they meet for the first time, and how many that can be at most."""

    new: int
    ceiling: int

    @property
    def share(self) -> float:
        return self.new / self.ceiling if self.ceiling else 1.0


@dataclass(frozen=True, slots=True)
class Mixed:
    """A plan, and what none exceeds: `upper_bound` of new pairs, `best_share` of the worst-off person's ceiling."""

    sessions: tuple[Seated, ...]
    new_pairs: int
    upper_bound: int
    repeats: int
    per_person: Mapping[Id, Contacts]
    best_share: float
    broken: tuple[Broken, ...]

    @property
    def fewest_new(self) -> int:
        return min((each.new for each in self.per_person.values() if each.ceiling), default=0)

    @property
    def worst_share(self) -> float:
        return min((each.share for each in self.per_person.values()), default=1.0)

    @property
    def gap(self) -> int:
        """New pairs that are perhaps still possible."""
        return self.upper_bound - self.new_pairs
