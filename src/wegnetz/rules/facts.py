"""What is known about a person: typed answers with their origin and the days on which they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wegnetz.rules.periods import Period


class FactKind(StrEnum):
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"


class Provenance(StrEnum):
    """How we know it. A copy is kept on file; a document that was seen is not."""

    SELF_REPORTED = "self-reported"
    DOCUMENT_SEEN = "document-seen"
    COPIED = "copied"


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A date of which only the year is known. Many people have no other record of their birth."""

    value: int

    @property
    def first(self) -> date:
        return date(self.value, 1, 1)

    @property
    def last(self) -> date:
        return date(self.value, 12, 31)


FactValue = date | Year | str | bool

ALWAYS = Period()

EARLIEST_DATE = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One recorded answer. `valid` are the days it speaks about, `recorded_on` the day we learned it."""

    id: str
    value: FactValue
    valid: Period = ALWAYS
    recorded_on: date | None = None
    provenance: Provenance = Provenance.SELF_REPORTED


Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """A question the programme asks: its kind, and for a choice the allowed answers."""

    id: str
    kind: FactKind
    choices: tuple[str, ...] = ()
    year_is_enough: bool = False


_KINDS: Mapping[type, str] = {
    bool: "true or false", str: "a text", int: "a number", float: "a number", date: "a day", Year: "a year",
    list: "a list", dict: "an object",
}  # fmt: skip


class FactError(ValueError):
    """A value does not fit its question. Carries the fact id, what was found and what was expected.

    Its text names only the kind of what was found: a day of birth must not end in a log.
    """

    def __init__(self, fact: str, found: object, expected: str) -> None:
        super().__init__(fact, found, expected)
        self.fact, self.found, self.expected = fact, found, expected

    def __str__(self) -> str:
        kind = next((word for kind, word in _KINDS.items() if isinstance(self.found, kind)), "something else")
        return f"{self.fact}: found {kind}, expected {self.expected}"


def read_value(definition: FactDefinition, raw: object) -> FactValue:
    """Turn a plain JSON or TOML value into the typed answer to `definition`.

    Raises FactError: wrong type, unknown choice, a date that does not exist or lies before 1900.
    """
    match definition.kind:
        case FactKind.BOOLEAN if isinstance(raw, bool):
            return raw
        case FactKind.BOOLEAN:
            raise FactError(definition.id, raw, "true or false")
        case FactKind.CHOICE if isinstance(raw, str) and raw in definition.choices:
            return raw
        case FactKind.CHOICE:
            raise FactError(definition.id, raw, "one of " + ", ".join(definition.choices))
    return _read_date(definition, raw)


def _read_date(definition: FactDefinition, raw: object) -> date | Year:
    expected = "a day that exists, written 2001-12-31" + (" or 2001" if definition.year_is_enough else "")
    value: date | Year
    try:
        if type(raw) is date:
            value = raw
        elif isinstance(raw, str) and len(raw) == 10 and raw[4] == raw[7] == "-":
            value = date.fromisoformat(raw)
        elif isinstance(raw, str) and len(raw) == 4 and raw.isdecimal() and raw.isascii() and definition.year_is_enough:
            value = Year(int(raw))
        else:
            raise FactError(definition.id, raw, expected)
        first = value.first if isinstance(value, Year) else value
    except ValueError as error:
        if isinstance(error, FactError):
            raise
        raise FactError(definition.id, raw, expected) from error
    if first < EARLIEST_DATE:
        raise FactError(definition.id, raw, "a day after 1899")
    return value


def write_value(value: FactValue) -> str | bool:
    """The plain JSON form of a typed answer; `read_value` reads it back."""
    if isinstance(value, Year):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else value


def fits(definition: FactDefinition, fact: Fact) -> bool:
    """Whether a recorded answer is still an answer to the question as it is asked now."""
    try:
        read_value(definition, write_value(fact.value))
    except FactError:
        return False
    return True


def facts_on(history: Iterable[Fact], day: date) -> dict[str, Fact]:
    """The answers in force on `day`, one for each question.

    Where several speak about the day, the one that began last counts; of two that began on the same day, the
    one that stands later in `history` (recorded later).
    """
    current: dict[str, Fact] = {}
    for fact in history:
        if day in fact.valid:
            known = current.get(fact.id)
            if known is None or (fact.valid.start or date.min) >= (known.valid.start or date.min):
                current[fact.id] = fact
    return current
