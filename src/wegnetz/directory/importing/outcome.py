"""What reading a file comes to: points, and every fault as data. A fault in one entry never hides another entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wegnetz.directory.entries import Point
from wegnetz.directory.importing.cleaning import shown


class Kind(StrEnum):
    """What a file can be: recognised by its content, never by its name."""

    HSDS = "hsds"
    INTEGREAT = "integreat"
    GEOJSON = "geojson"
    CSV = "csv"
    XLSX = "xlsx"


class Effect(StrEnum):
    """What became of what was found."""

    REFUSED = "refused"  # the whole row or entry is not among the points
    LEFT_OUT = "left-out"  # the field is empty, the rest of the row is there
    CHANGED = "changed"  # the field is there, but not as it was written
    NOTED = "noted"  # the field is there as it was written; somebody should look


class Expected(StrEnum):
    """What would have been right."""

    ENTRY = "entry"
    NAME = "name"
    NAME_COLUMN = "name-column"
    ID_ONCE = "id-once"
    SAME_PLACE = "same-place"
    TEXT = "text"
    PLAIN_TEXT = "plain-text"
    SHORTER = "shorter"
    ENCODING = "encoding"
    UTF8 = "utf-8"
    YES_NO = "yes-no"
    AGE = "age"
    AGES = "ages"
    SEATS = "seats"
    PRICE = "price"
    ONE_PRICE = "one-price"
    LANGUAGE = "language"
    INTEREST = "interest"
    DATE = "date"
    TIME = "time"
    LATER_END = "later-end"
    HOURS = "hours"
    FEWER_HOURS = "fewer-hours"
    APPOINTMENT = "appointment"
    MONTHLY = "monthly"
    RULE = "rule"
    ZONE = "zone"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    POSTCODE = "postcode"
    COUNTRY = "country"
    COORDINATE = "coordinate"
    PLACE = "place"
    OTHER_WAY_ROUND = "other-way-round"
    GEOMETRY = "geometry"
    WITHOUT_PLACE = "without-place"
    VALUE = "value"
    QUOTES = "quotes"
    COLUMNS = "columns"
    SHEET = "sheet"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is the row as a spreadsheet counts, the feature or the entry, from 1. 0 is the file as a whole, or the
    entry that is called `column`.

    `found` is printable and short. The words are in `words`.
    """

    where: int
    column: str
    found: str
    expected: Expected
    effect: Effect


# Told how many entries of how many are read.
Told = Callable[[int, int], None]


def nobody(_done: int, _total: int) -> None:
    """Nobody wants to be told."""


@dataclass(frozen=True, slots=True)
class Say:
    """Takes down the faults of one field of one entry."""

    faults: list[Fault]
    where: int = 0
    column: str = ""

    def __call__(self, found: object, expected: Expected, effect: Effect = Effect.LEFT_OUT) -> None:
        self.faults.append(Fault(self.where, self.column, shown(found), expected, effect))

    def at(self, where: int) -> Say:
        return Say(self.faults, where, self.column)

    def of(self, column: str) -> Say:
        return Say(self.faults, self.where, column)

    def within(self, part: str) -> Say:
        """For a field of a field, written with a dot."""
        return self.of(f"{self.column}.{part}" if self.column else part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. Points are in the order of their keys, faults in the order of the file.

    For tables and GeoJSON `columns` are the names found, `mapping` is column -> field as it was used, and `suggested`
    as it would be guessed.
    """

    kind: Kind
    points: tuple[Point, ...]
    faults: tuple[Fault, ...]
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    suggested: Mapping[str, str] = field(default_factory=dict)


def in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """By where they are, each once: two fields may be made from the same one."""
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.where))
