"""Make and destroy keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from wegnetz.core.crypto import new_key, seal
from wegnetz.vault.models import SubjectKey
from wegnetz.vault.router import KEYSTORE
from wegnetz.vault.selectors import wrapping_context, wrapping_key


def create_key(owner: UUID) -> bytes:
    """Make the key of a new person and return it. One key for each owner, for good."""
    key = new_key()
    wrapped = seal(wrapping_key(settings.MASTER_KEY), key, wrapping_context(owner))
    SubjectKey.objects.create(owner=owner, wrapped=wrapped)
    return key


def create_keys(owners: list[UUID]) -> dict[UUID, bytes]:
    """Make keys for many new people at once."""
    keys = {owner: new_key() for owner in owners}
    master = wrapping_key(settings.MASTER_KEY)
    SubjectKey.objects.bulk_create(
        SubjectKey(owner=owner, wrapped=seal(master, key, wrapping_context(owner))) for owner, key in keys.items()
    )
    return keys


@transaction.atomic(using=KEYSTORE)
def destroy_key(owner: UUID, *, on: datetime) -> None:
    """Destroy a person's key. What was sealed under it can be read by nobody, backups of the main database included.

    Backups of the keystore still hold the key until they run out, so they are kept for days, not months.
    """
    SubjectKey.objects.filter(owner=owner, destroyed_at__isnull=True).update(wrapped=b"", destroyed_at=on)
