"""Hand out keys to the packages that may open data with them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from wegnetz.core.crypto import derive_key, key_from_text, unseal
from wegnetz.core.errors import GoneError
from wegnetz.vault.models import SubjectKey
from wegnetz.vault.router import KEYSTORE


class KeyGoneError(GoneError):
    """The person's key was destroyed: their data can no longer be read by anyone."""


@lru_cache(maxsize=4)
def wrapping_key(master: str) -> bytes:
    return derive_key(key_from_text(master), "subject keys")


def installation_key(purpose: str) -> bytes:
    """A key of the installation for what concerns several people at once."""
    return derive_key(key_from_text(settings.MASTER_KEY), purpose)


def wrapping_context(owner: UUID) -> str:
    return f"subject-key|{owner}"


def key_of(owner: UUID) -> bytes:
    """The key of one person. Raises KeyGoneError when it was destroyed or never existed."""
    try:
        return keys_of([owner])[owner]
    except KeyError as error:
        raise KeyGoneError(owner) from error


def _owned_by(owners: Iterable[UUID]) -> Q:
    """The condition with one parameter: some thousand of them take longer to write out than to look up, and
    SQLite takes no more than 32,766 unless its builder raised that."""
    if connections[KEYSTORE].vendor == "sqlite":
        listed = RawSQL("SELECT value FROM json_each(%s)", [json.dumps([owner.hex for owner in owners])])
    else:
        listed = RawSQL("SELECT unnest(%s::uuid[])", [list(owners)])
    return Q(owner__in=listed)


def keys_of(owners: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of several people in one query; those destroyed are left out."""
    rows = SubjectKey.objects.filter(_owned_by(owners), destroyed_at__isnull=True)
    master = wrapping_key(settings.MASTER_KEY)
    return {
        owner: unseal(master, bytes(wrapped), wrapping_context(owner))
        for owner, wrapped in rows.values_list("owner", "wrapped")
    }


def still_kept(owners: Iterable[UUID]) -> set[UUID]:
    """Those of `owners` whose key exists. Nothing is unwrapped."""
    rows = SubjectKey.objects.filter(_owned_by(owners), destroyed_at__isnull=True)
    return set(rows.values_list("owner", flat=True))
