"""Reads what `wegnetz mix` is given: JSON with people and evenings, checked in full before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from wegnetz.core.strict_json import one_line
from wegnetz.directory.importing.cells import language
from wegnetz.engines.mixing import Evenings, Person, Session
from wegnetz.exchange.json_input import Id, InputError, Words, each_once, read_json

MAX_BYTES = 8_000_000
MAX_PEOPLE = 400  # a plan keeps a table of who met whom
MAX_SESSIONS = 200
MAX_SECONDS = 3_600
SHAPE = "an object with people and sessions"

Times = Annotated[int, msgspec.Meta(ge=0)]


class PersonGiven(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: Id
    languages: Words | None = None
    host: bool | None = None


class SessionGiven(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: Id
    present: list[Id]
    group_size: Annotated[int, msgspec.Meta(ge=1, le=MAX_PEOPLE)] = 4
    seated: list[list[Id]] | None = None


class Given(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    people: Annotated[list[PersonGiven], msgspec.Meta(max_length=MAX_PEOPLE)]
    sessions: Annotated[list[SessionGiven], msgspec.Meta(max_length=MAX_SESSIONS)]
    met: list[tuple[Id, Id, Times]] | None = None
    recent: list[tuple[Id, Id]] | None = None
    apart: list[tuple[Id, Id]] | None = None
    together: list[tuple[Id, Id]] | None = None
    seconds: Annotated[float, msgspec.Meta(ge=0, le=MAX_SECONDS)] = 20
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, typed. `people` and `sessions`: {id as text: id as given}; a number stays a number.

    `seated`: how the only evening sat before it is mixed anew; None where evenings are planned.
    """

    evenings: Evenings
    seated: tuple[tuple[str, ...], ...] | None
    seconds: float
    seed: int
    people: Mapping[str, str | int]
    sessions: Mapping[str, str | int]


def read_evenings(name: str) -> Asked:
    """The people and evenings in a file, or from standard input for "-". Raises InputError with one sentence."""
    try:
        given = msgspec.convert(
            read_json(name, most=MAX_BYTES, expected="the people and evenings of one series", shape=SHAPE), Given
        )
    except msgspec.ValidationError as error:
        raise InputError(f"{name}: {one_line(str(error))}") from error
    try:
        return Asked(
            Evenings(
                tuple(_person(each) for each in given.people),
                tuple(Session(str(each.id), tuple(map(str, each.present)), each.group_size) for each in given.sessions),
                _met(given.met or ()), _pairs(given.recent or ()),
                _pairs(given.apart or ()), _pairs(given.together or ()),
            ),
            _seated(given), given.seconds, given.seed,
            each_once("person", (each.id for each in given.people)),
            each_once("session", (each.id for each in given.sessions)),
        )  # fmt: skip
    except ValueError as error:
        raise InputError(f"{name}: {one_line(str(error))}") from error


def _seated(given: Given) -> tuple[tuple[str, ...], ...] | None:
    before = [each.seated for each in given.sessions if each.seated is not None]
    if not before:
        return None
    if len(given.sessions) > 1:
        raise ValueError("sessions: seated is for one evening that is mixed anew, expected no other one beside it")
    known = {str(person.id) for person in given.people}
    groups = tuple(tuple(map(str, group)) for group in before[0])
    sat = [who for group in groups for who in group]
    if unknown := sorted(set(sat) - known):
        raise ValueError(f"seated: {unknown[0]} is nobody of the people")
    if len(set(sat)) < len(sat):
        raise ValueError("seated: somebody sits in two places, expected each once")
    return groups


def _person(given: PersonGiven) -> Person:
    """A language that nobody here knows is one of its own: who speaks it still speaks it with others who do."""
    spoken = frozenset(language(name.strip()) or name.strip().lower() for name in given.languages or ())
    return Person(str(given.id), spoken - {""}, host=bool(given.host))


def _pairs(given: Iterable[tuple[str | int, str | int]]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(map(str, pair)) for pair in given)


def _met(given: Iterable[tuple[str | int, str | int, int]]) -> dict[frozenset[str], int]:
    """A pair that is there twice met as often as both say."""
    found: dict[frozenset[str], int] = {}
    for one, other, times in given:
        pair = frozenset((str(one), str(other)))
        found[pair] = found.get(pair, 0) + times
    return found
