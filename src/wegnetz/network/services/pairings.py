"""Who must not sit together, and who must. Why is nobody's to know but who wrote it down."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.errors import DomainError
from wegnetz.network.models import Pairing
from wegnetz.network.openings import open_pairing, pairing_content
from wegnetz.participants.access import involvements_in_scope, standing_records
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services.led import key_or_absent
from wegnetz.participants.services.records import add_record, delete_record, restore_record
from wegnetz.vault.selectors import keys_of, still_kept


class PairedAlreadyError(DomainError):
    """Something was written down about these two already."""


class SamePersonError(DomainError):
    """It takes two."""


@transaction.atomic
def pair(person: UUID, other: UUID, *, together: bool, note: str = "", by: Viewer) -> UUID:
    """Two people of the viewer's sit together, or never. Returns the id of what stands with the first.

    Raises PersonNotFoundError, SamePersonError, PairedAlreadyError.
    """
    if person == other:
        raise SamePersonError
    own = involvements_in_scope(by).select_for_update(of=("self",)).filter(person__in=(person, other))
    if len(set(own.values_list("person", flat=True))) < 2:
        raise PersonNotFoundError
    rows = standing_records(by, Pairing).select_related("involvement").filter(person__in=(person, other))
    there = [open_pairing(key_or_absent(row.person_id), row) for row in rows]
    if any({each.person, each.other} == {person, other} for each in there):
        raise PairedAlreadyError
    return add_record(Pairing, person, pairing_content(other, together=together, note=note), by=by).id


@transaction.atomic
def part(person: UUID, pairing: UUID, *, by: Viewer) -> None:
    """It holds no longer. Raises PersonNotFoundError."""
    delete_record(Pairing, person, pairing, by=by)


@transaction.atomic
def pair_again(person: UUID, pairing: UUID, *, by: Viewer) -> None:
    """It holds after all. Raises PersonNotFoundError."""
    restore_record(Pairing, person, pairing, by=by)


@transaction.atomic
def forget_pairings() -> int:
    """Delete what stands with somebody about another one who was erased. Returns how many. For the system.

    No event is recorded: in the log of the one with whom it stood it would say that the other was erased.
    """
    rows = list(Pairing.objects.select_related("involvement"))
    keys = keys_of({row.person_id for row in rows})
    others = {row.id: _other(row, keys[row.person_id]) for row in rows if row.person_id in keys}
    kept = still_kept({other for other in others.values() if other})
    gone = [row for row, other in others.items() if other and other not in kept]
    return Pairing.objects.filter(id__in=gone).delete()[0]


def _other(row: Pairing, key: bytes) -> UUID | None:
    """None for a broken one, which must not keep the rest from going."""
    try:
        return open_pairing(key, row).other
    except CannotOpenError:
        return None
