"""Make and destroy keys."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from wegnetz.core.crypto import CannotOpenError, new_key, seal, unseal
from wegnetz.core.errors import DomainError
from wegnetz.vault.ledger import note_erasure, read_erasures
from wegnetz.vault.models import SubjectKey
from wegnetz.vault.router import KEYSTORE
from wegnetz.vault.selectors import wrapping_context, wrapping_key

# A row of the keystore that belongs to nobody. It opens only with the master key that made the others.
CHECK = UUID(int=0)


class WrongMasterKeyError(DomainError):
    """The keystore was made with another master key; what is sealed now would be lost later."""


class KeyStillReadableError(DomainError):
    """The key is struck from the table but may still stand in the keystore's files."""


def check_master_key() -> None:
    """Make sure the master key is the one that made this keystore. Raises WrongMasterKeyError."""
    _fitting_key(settings.MASTER_KEY)


@lru_cache(maxsize=4)
def _fitting_key(master: str) -> bytes:
    key = wrapping_key(master)
    sample, _ = SubjectKey.objects.get_or_create(
        owner=CHECK, defaults={"wrapped": seal(key, new_key(), wrapping_context(CHECK))}
    )
    try:
        unseal(key, bytes(sample.wrapped), wrapping_context(CHECK))
    except CannotOpenError as error:
        raise WrongMasterKeyError from error
    return key


def create_key(owner: UUID) -> bytes:
    """Make the key of a new person and return it. One key for each owner, for good."""
    return create_keys([owner])[owner]


def create_keys(owners: list[UUID]) -> dict[UUID, bytes]:
    """Make keys for new people at once. Raises WrongMasterKeyError."""
    keys = {owner: new_key() for owner in owners}
    master = _fitting_key(settings.MASTER_KEY)
    SubjectKey.objects.bulk_create(
        SubjectKey(owner=owner, wrapped=seal(master, key, wrapping_context(owner))) for owner, key in keys.items()
    )
    return keys


def destroy_key(owner: UUID, *, on: datetime) -> None:
    """Destroy a person's key. What was sealed under it can be read by nobody, backups of the main database included.

    Backups of the keystore still hold the key until they run out, so they are kept for days, not months. The ledger
    outside of the databases remembers it, so that a restored keystore forgets the key again.
    Raises KeyStillReadableError when SQLite could not empty its journal because somebody was reading.
    """
    note_erasure(owner, on=on)
    with transaction.atomic(using=KEYSTORE):
        SubjectKey.objects.filter(owner=owner, destroyed_at__isnull=True).update(wrapped=b"", destroyed_at=on)
    _empty_journal()


def replay_erasures() -> int:
    """Destroy the keys that the ledger says were destroyed but a restored keystore has again. Returns how many.

    Erasures that only the keystore knows go into the ledger, for the next time.
    """
    noted = read_erasures()
    for owner, on in SubjectKey.objects.filter(destroyed_at__isnull=False).values_list("owner", "destroyed_at"):
        if owner not in noted and on is not None:
            note_erasure(owner, on=on)
    back = SubjectKey.objects.filter(owner__in=list(noted), destroyed_at__isnull=True).values_list("owner", flat=True)
    found = list(back)
    with transaction.atomic(using=KEYSTORE):
        for owner in found:
            SubjectKey.objects.filter(owner=owner).update(wrapped=b"", destroyed_at=noted[owner])
    if found:
        _empty_journal()
    return len(found)


def _empty_journal() -> None:
    """The old row lives on in SQLite's write-ahead log until that is emptied into the file."""
    connection = connections[KEYSTORE]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise KeyStillReadableError
