"""The hash chain: each event carries the hash of the one before it in its organisation.

A leaf is SHA-256 over salt and payload. When an event must be forgotten, payload and salt can go while the leaf
stays, and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

START = b"\0" * 32


def canonical(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf(salt: bytes, payload: dict[str, Any]) -> bytes:
    return hashlib.sha256(salt + canonical(payload)).digest()


def link(previous: bytes, leaf_hash: bytes) -> bytes:
    return hashlib.sha256(previous + leaf_hash).digest()
