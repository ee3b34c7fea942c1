"""Secrets for links that open something without a sign-in: where they lead is found before anybody is known.

The organisation stands in the link itself. So no table has to be open to everybody in which one looks up whose it is.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Final
from uuid import UUID

_CHANCE: Final = 32  # bytes nobody can guess
_LENGTH: Final = 64  # characters of 16 and 32 bytes


def new_secret(organisation: UUID) -> str:
    """A secret of 256 bits behind the organisation's identifier, for an address."""
    return base64.urlsafe_b64encode(organisation.bytes + secrets.token_bytes(_CHANCE)).decode()


def organisation_in(secret: str) -> UUID | None:
    """The organisation that a secret names, which may be none at all; None for what was never one."""
    if len(secret) != _LENGTH:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(secret.encode())[:16])
    except (binascii.Error, ValueError):
        return None
