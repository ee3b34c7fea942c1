"""The programme in force, and earlier ones for replay."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from wegnetz.core.errors import DomainError
from wegnetz.programme.models import PackVersion
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.reader import restore_pack


class NoProgrammeError(DomainError):
    """No programme pack has been loaded yet."""


def active_version() -> UUID:
    """The id of the pack version in force. Raises NoProgrammeError before the first pack is loaded."""
    found = PackVersion.objects.filter(in_force=True).values_list("id", flat=True).first()
    if found is None:
        raise NoProgrammeError
    return found


@lru_cache(maxsize=16)
def pack_of(version: UUID) -> Pack:
    """The pack of a stored version. Kept in memory: a stored version never changes."""
    return restore_pack(PackVersion.objects.values_list("text", flat=True).get(id=version))


def active_pack() -> Pack:
    return pack_of(active_version())


def loaded_versions() -> list[PackVersion]:
    """All versions, newest first."""
    return list(PackVersion.objects.defer("text").order_by("-loaded_at"))
