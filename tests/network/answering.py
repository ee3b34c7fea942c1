"""Somebody who was invited, with the secret of their link."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from tests.evenings import invited
from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_day
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Invited, open_invitation
from wegnetz.vault.selectors import key_of

TODAY = working_day()


def secret_of(person: UUID, date: UUID, *, by: Viewer) -> str:
    """The secret of a new invitation."""
    return inside(invited(person, date, by=by)).secret


def inside(invitation: UUID) -> Invited:
    """What is sealed of it."""
    row = Invitation.objects.get(id=invitation)
    return open_invitation(key_of(row.person_id), row)


def happen(date: UUID, *, ended: timedelta = timedelta(hours=1)) -> None:
    """The date is over, since so long."""
    over = timezone.now() - ended
    WorkshopDate.objects.filter(id=date).update(starts_at=over - timedelta(hours=2), ends_at=over)
