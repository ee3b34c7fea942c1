"""Fill an empty installation as far as a programme fills it: sealed and audited as the services do it, but in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction

from bench.arrivals import ASKED_AGAIN, Desk, name_of
from bench.houses import ACCOMPANYING, CITY, COACHING, LEADING, House, open_house
from bench.papers import Way, Writer
from bench.population import Synthetic, people
from bench.rows import Rows
from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_day
from wegnetz.core.scope import EVERYTHING, acting_as
from wegnetz.engines.pseudonyms import pseudonym
from wegnetz.participants.models import Person
from wegnetz.participants.services import record_decision
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack, active_version
from wegnetz.programme.services import put_in_force, read_candidate
from wegnetz.vault.services import create_keys

AT_ONCE = 200
EVERY_NTH_DECIDED = 5
EVERY_NTH_WAITING = 100  # a letter to the coaches has not been answered yet
EVERY_NTH_LONG = 20  # somebody with a long journal
LONG_JOURNAL = 200


@dataclass(frozen=True, slots=True)
class Known:
    """Someone as one organisation knows them, with what tells their pages from others.

    No more than that: what a benchmark keeps in memory makes the garbage collector slow for the pages it measures.
    """

    id: UUID
    pseudonym: str
    called: str
    full: str
    responsible: UUID
    has_plan: bool
    comes_on_the_day: bool
    entries: int

    @property
    def name(self) -> str:
        return self.called or self.full or self.pseudonym


@dataclass(slots=True)
class Seen:
    """What a measured organisation sees: whom it accompanies, and the names on letters that wait for an answer."""

    house: House
    viewer: Viewer
    people: list[Known] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    @property
    def own(self) -> list[Known]:
        """Those for whom the measured member of staff is responsible."""
        return [known for known in self.people if known.responsible == self.viewer.user]


@dataclass(frozen=True, slots=True)
class Filled:
    """The case manager is one of the city's, the coach works for the organisation that gets its letters."""

    version: str
    staff: int
    case_manager: Seen
    coach: Seen


class Journals:
    """How many entries each journal gets: `LONG_JOURNAL` for a few people, and the others share the rest evenly."""

    def __init__(self, people: int, entries: int) -> None:
        """ValueError: fewer entries than the long journals need."""
        long = ceil(people / EVERY_NTH_LONG)
        self._rest = entries - long * LONG_JOURNAL
        self._others = people - long + sum(ceil(people / house.every) for house in ACCOMPANYING)
        self._given = 0
        if self._rest < 0:
            raise ValueError(f"at least {long * LONG_JOURNAL} entries, for {people} people")

    def entries(self, way: Way, position: int) -> int:
        if way.leads and position % EVERY_NTH_LONG == 0:
            return LONG_JOURNAL
        self._given += 1
        return self._rest * self._given // self._others - self._rest * (self._given - 1) // self._others


def fill(folder: Path, *, number: int, entries: int, seed: int) -> Filled:
    """Put the pack in force and bring in everybody: organisations, staff, `number` people, `entries` in journals."""
    with acting_as(EVERYTHING):
        put_in_force(read_candidate(folder))
        leading = [viewer for house in LEADING for viewer in open_house(house)]
        accompanying = {house: open_house(house) for house in ACCOMPANYING}
        pack, version = active_pack(), active_version()
    rows = Rows()
    filling = _Filling(
        Desk(rows, pack, version), Writer(rows, Random(seed), pack.care, working_day()), Journals(number, entries),
        leading, accompanying, Seen(CITY, leading[0]), Seen(COACHING, accompanying[COACHING][0]),
    )  # fmt: skip
    source = enumerate(_people(pack, number, seed))
    while batch := list(islice(source, AT_ONCE)):
        keys = create_keys([row.id for _, (row, _) in batch])
        with acting_as(EVERYTHING), transaction.atomic():
            for position, (row, person) in batch:
                filling.add(position, row, person, keys[row.id])
            rows.save()
    with acting_as(EVERYTHING):
        for known in filling.city.people[::EVERY_NTH_DECIDED]:
            record_decision(known.id, day=working_day(), by=filling.city.viewer)
    staff = len(leading) + sum(map(len, accompanying.values()))
    return Filled(pack.version, staff, filling.city, filling.coaches)


def _people(pack: Pack, number: int, seed: int) -> Iterator[tuple[Person, Synthetic]]:
    """People under different pseudonyms, the same ones for the same seed."""
    chance = Random(seed)
    taken: set[str] = set()
    for person in islice(people(pack.rulebook.facts, seed=seed), number):
        while (name := pseudonym(chance.choice)) in taken:
            pass
        taken.add(name)
        yield Person(id=UUID(int=chance.getrandbits(128), version=4), pseudonym=name), person


@dataclass(frozen=True, slots=True)
class _Filling:
    """Brings people in one by one, and remembers what the measured organisations see."""

    desk: Desk
    writer: Writer
    journals: Journals
    leading: Sequence[Viewer]
    accompanying: Mapping[House, Sequence[Viewer]]
    city: Seen
    coaches: Seen

    def add(self, position: int, row: Person, person: Synthetic, key: bytes) -> None:
        by, place = _whose(self.leading, position)
        way = self.desk.register(row, person, key, by=by, place=place)
        self._write(way, row, person, position)
        for house, staff in self.accompanying.items():
            waits = house is COACHING and position % EVERY_NTH_WAITING == 1
            if position % house.every and not waits:
                continue
            on = max(person.registered_on, ASKED_AGAIN)
            consent = self.desk.ask(row.id, key, house.purpose, staff[0].organisation, by=by, on=on)
            letter = self.desk.refer(way, consent, row, person)
            if position % house.every:
                self._remember_letter(row, person)
            else:
                coach, number = _whose(staff, position // house.every)
                self._write(self.desk.accept(letter, key=key, by=coach, place=number), row, person, position)

    def _write(self, way: Way, row: Person, person: Synthetic, position: int) -> None:
        entries = self.journals.entries(way, position)
        self.writer.write_all(way, entries=entries)
        for seen in (self.city, self.coaches):
            if seen.viewer.organisation == way.by.organisation:
                seen.people.append(
                    Known(
                        row.id, row.pseudonym, person.called, person.full, way.by.user, way.has_plan,
                        way.comes_on_the_day, entries,
                    )
                )  # fmt: skip

    def _remember_letter(self, row: Person, person: Synthetic) -> None:
        name = name_of(person).or_pseudonym(row.pseudonym)
        self.coaches.waiting.append(name)
        if row.organisation_id == self.city.viewer.organisation:
            self.city.waiting.append(name)


def _whose(staff: Sequence[Viewer], position: int) -> tuple[Viewer, int]:
    """Who is responsible, all in turn, and how many they had before."""
    return staff[position % len(staff)], position // len(staff)
