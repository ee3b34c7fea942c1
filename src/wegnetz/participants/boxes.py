"""What is inside the sealed fields, and how it gets in and out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

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


def seal_json(key: bytes, content: Any, row: UUID, field: str) -> bytes:
    return seal(key, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), f"{row}|{field}")


def open_json(key: bytes, box: Stored, row: UUID, field: str) -> Any:
    return json.loads(unseal(key, bytes(box), f"{row}|{field}"))


def open_name(key: bytes, box: Stored, person: UUID) -> Name:
    return Name(**open_json(key, box, person, "name"))


def open_contact(key: bytes, box: Stored, person: UUID) -> Contact:
    return Contact(**open_json(key, box, person, "contact"))


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
