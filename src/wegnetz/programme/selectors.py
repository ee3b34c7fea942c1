"""The programme in force, earlier ones for replay, and which roles an organisation may hold in it."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from wegnetz.accounts.access import PEOPLE_FACING, Role
from wegnetz.core.errors import DomainError
from wegnetz.engines.areas import Area
from wegnetz.programme.models import PackVersion
from wegnetz.programme.pack.districts import area_of
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.reader import restore_pack

# What organisations do in the programme that gives nobody there a reason to see people, and what staff do for it.
STEERS_OR_FUNDS = frozenset({"steering", "ministry", "granting-authority", "support"})
OF_STEERING = frozenset({Role.STEERING, Role.FUNDING})


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


def active_area() -> Area | None:
    """Where the programme works; None where its pack has no outlines of districts."""
    districts = active_pack().districts
    return area_of(districts) if districts else None


def loaded_versions() -> list[PackVersion]:
    """All versions, newest first."""
    return list(PackVersion.objects.defer("text").order_by("-loaded_at"))


def fitting_roles(organisation_key: str) -> frozenset[Role]:
    """The roles its staff may hold. Who only steers or funds has nobody who works with people; who does neither has
    nobody who steers or funds. An organisation the pack does not name does neither.
    """
    found = next((set(entry.roles) for entry in active_pack().organisations if entry.id == organisation_key), set())
    roles = frozenset(Role)
    if found and found <= STEERS_OR_FUNDS:
        roles -= PEOPLE_FACING
    if not found & STEERS_OR_FUNDS:
        roles -= OF_STEERING
    return roles
