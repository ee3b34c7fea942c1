"""What is inside the sealed fields, and how it gets in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from wegnetz.core.boxes import Place, Stored, open_json, seal_json
from wegnetz.rules.facts import Fact, FactValue, Provenance, Year
from wegnetz.rules.periods import Period


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


SIZES = {
    "name": 512,
    "contact": 1024,
    "fact": 512,
    "decision": 8192,
    "single-case": 1024,
    "rule-change": 1024,
    "rule-notice": 16384,
    "consent": 512,
    "release": 1024,
    "break-glass": 1024,
    "hold": 512,
}


def place(kind: str, row: UUID, bound: tuple[object, ...] = ()) -> Place:
    """Where a box of one of the kinds of this package belongs."""
    return Place(kind, row, bound, SIZES[kind])


def name_place(person: UUID, organisation: UUID) -> Place:
    return place("name", person, (organisation,))


def contact_place(person: UUID, organisation: UUID) -> Place:
    return place("contact", person, (organisation,))


def fact_place(record: UUID, person: UUID, recorded_by: UUID, recorded_at: datetime) -> Place:
    return place("fact", record, (person, recorded_by, recorded_at))


def decision_place(
    decision: UUID, person: UUID, pack: UUID, day: date, decided_by: UUID, decided_at: datetime
) -> Place:  # fmt: skip
    return place("decision", decision, (person, pack, day, decided_by, decided_at))


def single_case_place(case: UUID, decision: UUID, decided_by: UUID, decided_at: datetime) -> Place:
    return place("single-case", case, (decision, decided_by, decided_at))


def consent_place(consent: UUID, person: UUID, recipient: UUID, purpose: str, recorded_at: datetime) -> Place:
    return place("consent", consent, (person, recipient, purpose, recorded_at))


def record_place(
    kind: str, row: UUID, person: UUID, organisation: UUID, written_at: datetime, function: str = ""
) -> Place:  # fmt: skip
    """Where an organisation's own record about a person belongs: "release", "break-glass" or "hold".

    A release and a hold belong to one function.
    """
    return place(kind, row, (person, organisation, written_at, function))


def rule_change_place(change: UUID, person: UUID, after: UUID) -> Place:
    return place("rule-change", change, (person, after))


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


class Sealed(Protocol):
    """A row of a record, as far as the place of its box is concerned."""

    id: UUID
    person_id: UUID
    organisation_id: UUID
    involvement_id: UUID
    written_by_id: UUID
    version: int
    box: Stored
    padded: ClassVar[int]

    @classmethod
    def named(cls) -> str: ...


def place_of_record(row: Sealed) -> Place:
    """Bound to its row, person, organisation, involvement, author and version: an older text does not pass as newer."""
    bound = (row.person_id, row.organisation_id, row.involvement_id, row.written_by_id, row.version)
    return Place(row.named(), row.id, bound, row.padded)


def seal_record(row: Sealed, key: bytes, content: Mapping[str, Any]) -> bytes:
    return seal_json(key, dict(content), place_of_record(row))


def open_record(row: Sealed, key: bytes) -> dict[str, Any]:
    content: dict[str, Any] = open_json(key, row.box, place_of_record(row))
    return content
