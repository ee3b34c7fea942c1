"""What a person likes."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from wegnetz.accounts.access import Viewer
from wegnetz.network.models import Interests
from wegnetz.network.openings import Liked, liked_content, open_interests
from wegnetz.participants.access import standing_records
from wegnetz.participants.services.records import EditConflictError, add_record, change_record, record_to_change


@transaction.atomic
def save_interests(person: UUID, liked: Liked, *, by: Viewer) -> None:
    """Store what the person likes now. `liked.version` is the one that was read, 0 where there was none.

    Raises PersonNotFoundError, and EditConflictError when somebody else wrote it down or changed it meanwhile.
    """
    row = standing_records(by, Interests).filter(person=person).first()
    if row is None:
        add_record(Interests, person, liked_content(liked), by=by)
        return
    if not liked.version:
        raise EditConflictError
    row, key = record_to_change(Interests, person, row.id, version=liked.version, by=by)
    before = open_interests(key, row)
    kept = replace(liked, handed_on=before.handed_on, worded=before.worded)
    change_record(row, key, liked_content(kept), by=by)
