"""What is inside the sealed fields, and how it gets in and out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from wegnetz.core.crypto import seal, unseal
from wegnetz.rules.facts import Fact, FactValue, Provenance, Year
from wegnetz.rules.periods import Period

# What a database hands back for a binary column: SQLite bytes, PostgreSQL a view of them.
Stored = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Name:
    """What a person is called. Both parts are optional; nothing says which is a family name."""

    full: str = ""
    called: str = ""

    def or_pseudonym(self, pseudonym: str) -> str:
        return self.called or self.full or pseudonym


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str = ""
    email: str = ""
    language: str = ""
    note: str = ""


# The padded size each kind of box has at the least: within it, no answer is longer than another.
_SIZES = {
    "name": 512,
    "contact": 1024,
    "fact": 512,
    "decision": 8192,
    "single-case": 1024,
    "rule-change": 1024,
    "rule-notice": 16384,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box belongs. It opens nowhere else: not on another row, person, organisation, author or time."""

    kind: str
    row: UUID
    bound: tuple[object, ...] = ()

    def __str__(self) -> str:
        return "|".join([self.kind, str(self.row), *map(_written, self.bound)])


def _written(part: object) -> str:
    return part.astimezone(UTC).isoformat() if isinstance(part, datetime) else str(part)


def name_place(person: UUID, organisation: UUID) -> Place:
    return Place("name", person, (organisation,))


def contact_place(person: UUID, organisation: UUID) -> Place:
    return Place("contact", person, (organisation,))


def fact_place(record: UUID, person: UUID, recorded_by: UUID, recorded_at: datetime) -> Place:
    return Place("fact", record, (person, recorded_by, recorded_at))


def decision_place(
    decision: UUID, person: UUID, pack: UUID, day: date, decided_by: UUID, decided_at: datetime
) -> Place:  # fmt: skip
    return Place("decision", decision, (person, pack, day, decided_by, decided_at))


def single_case_place(case: UUID, decision: UUID, decided_by: UUID, decided_at: datetime) -> Place:
    return Place("single-case", case, (decision, decided_by, decided_at))


def rule_change_place(change: UUID, person: UUID, after: UUID) -> Place:
    return Place("rule-change", change, (person, after))


def seal_json(key: bytes, content: Any, place: Place) -> bytes:
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(key, plain, str(place), at_least=_SIZES[place.kind])


def open_json(key: bytes, box: Stored, place: Place) -> Any:
    return msgspec.json.decode(unseal(key, bytes(box), str(place)))


def fact_to_plain(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.id,
        "value": _value_to_plain(fact.value),
        "from": fact.valid.start.isoformat() if fact.valid.start else None,
        "to": fact.valid.end.isoformat() if fact.valid.end else None,
        "provenance": str(fact.provenance),
        "recorded_on": fact.recorded_on.isoformat() if fact.recorded_on else None,
    }


def fact_from_plain(plain: dict[str, Any]) -> Fact:
    return Fact(
        plain["fact"],
        _value_from_plain(plain["value"]),
        Period(_day(plain["from"]), _day(plain["to"])),
        _day(plain["recorded_on"]),
        Provenance(plain["provenance"]),
    )


def _value_to_plain(value: FactValue) -> str | bool | dict[str, str | int]:
    """Dates say what they are, so that an answer reads the same under every later pack."""
    if isinstance(value, Year):
        return {"year": value.value}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _value_from_plain(plain: Any) -> FactValue:
    if isinstance(plain, dict):
        return Year(plain["year"]) if "year" in plain else date.fromisoformat(plain["date"])
    return bool(plain) if isinstance(plain, bool) else str(plain)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
