"""Put a pack in force."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction

from wegnetz.core.errors import DomainError
from wegnetz.core.events import emit
from wegnetz.programme.models import PackVersion
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.pack.examples import run_examples
from wegnetz.programme.pack.files import digest, pack_up, read_folder
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.reader import build
from wegnetz.programme.selectors import pack_of


@dataclass(frozen=True, slots=True)
class PackPutInForce:
    """A pack version took effect. `before` is None for the first."""

    before: UUID | None
    after: UUID


class VersionTakenError(DomainError):
    """Another text was loaded under this version number before; a change needs a new number."""

    def __init__(self, pack: str, version: str) -> None:
        super().__init__(pack, version)
        self.pack, self.version = pack, version


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pack that was read, checked and tried on its examples, and could be put in force."""

    pack: Pack
    text: str


def read_candidate(folder: Path) -> Candidate:
    """Read, check and try a pack. Raises PackError, or VersionTakenError when its number is used up."""
    files = read_folder(folder)
    pack = build(files)
    if faults := tuple(run_examples(pack)):
        raise PackError(faults)
    taken = PackVersion.objects.filter(pack=pack.id, version=pack.version).values_list("digest", flat=True).first()
    if taken is not None and taken != digest(files):
        raise VersionTakenError(pack.id, pack.version)
    return Candidate(pack, pack_up(files))


@transaction.atomic
def put_in_force(candidate: Candidate) -> UUID:
    """Store the pack and make it the one that decides from now on. Stored decisions stay as they are."""
    pack = candidate.pack
    before = PackVersion.objects.select_for_update().filter(in_force=True).first()
    if before is not None and before.digest == pack.digest:
        return before.id
    if before is not None:
        before.in_force = False
        before.save(update_fields=["in_force"])
    stored, _ = PackVersion.objects.get_or_create(
        digest=pack.digest, defaults={"pack": pack.id, "version": pack.version, "text": candidate.text}
    )
    stored.in_force = True
    stored.save(update_fields=["in_force"])
    pack_of.cache_clear()
    emit(PackPutInForce(before.id if before else None, stored.id))
    return stored.id
