"""What is inside the sealed records, and where each of them belongs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from wegnetz.core.boxes import Place, Stored, open_json, seal_json

# The padded size each kind of record has at the least: within it, no text is longer than another.
SIZES: Mapping[str, int] = {
    "assessment": 4096,
    "plan": 1024,
    "planitem": 512,
    "journalentry": 1024,
    "draft": 4096,
    "appointment": 512,
    "document": 512,
    "closing": 1024,
}


class Sealed(Protocol):
    """A record row, as far as its place is concerned."""

    id: UUID
    person_id: UUID
    organisation_id: UUID
    involvement_id: UUID
    written_by_id: UUID
    version: int
    box: Stored


def place_of(kind: str, row: Sealed) -> Place:
    """Bound to its row, person, organisation, involvement, author and version: an older text does not pass as newer."""
    bound = (row.person_id, row.organisation_id, row.involvement_id, row.written_by_id, row.version)
    return Place(kind, row.id, bound, SIZES[kind])


def seal_record(kind: str, row: Sealed, key: bytes, content: Mapping[str, Any]) -> bytes:
    return seal_json(key, dict(content), place_of(kind, row))


def open_record(kind: str, row: Sealed, key: bytes) -> dict[str, Any]:
    content: dict[str, Any] = open_json(key, row.box, place_of(kind, row))
    return content


def referral_place(referral: UUID, person: UUID, organisation: UUID, recipient: UUID) -> Place:
    return Place("referral", referral, (person, organisation, recipient), 8192)


def referral_step_place(step: UUID, referral: UUID, organisation: UUID, status: str) -> Place:
    return Place("referral-step", step, (referral, organisation, status), 1024)


def content_context(document: UUID, person: UUID, organisation: UUID) -> str:
    """What the bytes of a document are bound to."""
    return f"document-content|{document}|{person}|{organisation}"
