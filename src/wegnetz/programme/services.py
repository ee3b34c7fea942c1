"""Put a pack in force."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.core.errors import DomainError
from wegnetz.core.events import emit
from wegnetz.programme.models import PackVersion
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.pack.examples import run_examples
from wegnetz.programme.pack.files import digest, pack_up, read_folder
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.reader import build


@dataclass(frozen=True, slots=True)
class PackPutInForce:
    """A pack version took effect. `before` is None for the first."""

    before: UUID | None
    after: UUID


@dataclass(frozen=True, slots=True)
class PackProposed:
    """A pack version was proposed; it is not in force."""

    before: UUID | None
    after: UUID


@dataclass(frozen=True, slots=True)
class ProposalWithdrawn:
    """A proposal gives way to a better one of the same number."""

    version: UUID


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
    used = PackVersion.objects.filter(pack=pack.id, version=pack.version, in_force_since__isnull=False).first()
    if used is not None and used.digest != digest(files):
        raise VersionTakenError(pack.id, pack.version)
    return Candidate(pack, pack_up(files))


@transaction.atomic
def propose(candidate: Candidate) -> UUID:
    """Keep the pack as a proposal. It decides nothing; those who may see people learn what it would change."""
    stored, before = _store(candidate)
    if not stored.in_force:
        emit(PackProposed(before.id if before else None, stored.id))
    return stored.id


@transaction.atomic
def put_in_force(candidate: Candidate) -> UUID:
    """Make the pack the one that decides from now on. Stored decisions stay as they are."""
    stored, before = _store(candidate)
    if stored.in_force:
        return stored.id
    if before is not None:
        before.in_force = False
        before.save(update_fields=["in_force"])
    stored.in_force = True
    stored.in_force_since = stored.in_force_since or timezone.now()
    stored.save(update_fields=["in_force", "in_force_since"])
    emit(PackPutInForce(before.id if before else None, stored.id))
    return stored.id


def _store(candidate: Candidate) -> tuple[PackVersion, PackVersion | None]:
    """The row of the candidate, and the version in force. An older proposal of the same number is replaced."""
    pack = candidate.pack
    before = PackVersion.objects.select_for_update().filter(in_force=True).first()
    stored = PackVersion.objects.filter(digest=pack.digest).first()
    if stored is None:
        stale = PackVersion.objects.filter(pack=pack.id, version=pack.version, in_force_since__isnull=True)
        for proposal in stale:
            emit(ProposalWithdrawn(proposal.id))
            proposal.delete()
        stored = PackVersion.objects.create(
            digest=pack.digest, pack=pack.id, version=pack.version, text=candidate.text
        )  # fmt: skip
    return stored, before
