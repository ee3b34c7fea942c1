"""Sealed fields: JSON under a key, bound to the place where it belongs, padded so that lengths tell nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from wegnetz.core.crypto import seal, unseal

# What a database hands back for a binary column: SQLite bytes, PostgreSQL a view of them.
Stored = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box belongs. It opens nowhere else: not on another row, person, organisation, author or time.

    `size` is the padded size it has at the least: within it, no content is longer than another.
    """

    kind: str
    row: UUID
    bound: tuple[object, ...] = ()
    size: int = 512

    def __str__(self) -> str:
        return "|".join([self.kind, str(self.row), *map(_written, self.bound)])


def _written(part: object) -> str:
    return part.astimezone(UTC).isoformat() if isinstance(part, datetime) else str(part)


def seal_json(key: bytes, content: Any, place: Place) -> bytes:
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(key, plain, str(place), at_least=place.size)


def open_json(key: bytes, box: Stored, place: Place) -> Any:
    return msgspec.json.decode(unseal(key, bytes(box), str(place)))
