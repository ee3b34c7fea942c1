"""The hash chain: each event carries the hash of the one before it in its organisation.

A leaf is SHA-256 over salt and payload, a link SHA-256 over the link before and the leaf. When an event must be
forgotten, payload and salt go while the leaf stays, and the chain still fits.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

START: Final = b"\0" * 32

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


class Content(NamedTuple):
    """What an event says. `at` is None when the event was forgotten, `actor` also when the system acted."""

    id: UUID
    organisation: UUID
    sequence: int
    at: datetime | None
    actor: UUID | None
    role: str
    action: str
    category: str
    purpose: str
    subjects: tuple[UUID, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is left but the place in the chain."""
        return not any(self[3:])


class Row(NamedTuple):
    """An event as it lies in the database. Without a salt it was forgotten."""

    content: Content
    salt: bytes | None
    leaf: bytes
    link: bytes


def payload(content: Content) -> dict[str, Any]:
    """What the leaf of an event is made of."""
    return {
        "id": str(content.id), "organisation": str(content.organisation), "sequence": content.sequence,
        "at": content.at.isoformat() if content.at else None, "actor": str(content.actor), "role": content.role,
        "action": content.action, "category": content.category, "purpose": content.purpose,
        "subjects": sorted(map(str, content.subjects)),
    }  # fmt: skip


def canonical(payload: dict[str, Any]) -> bytes:
    return _encode(payload).encode()


def leaf(salt: bytes, payload: dict[str, Any]) -> bytes:
    return hashlib.sha256(salt + canonical(payload)).digest()


def link(previous: bytes, leaf_hash: bytes) -> bytes:
    return hashlib.sha256(previous + leaf_hash).digest()
