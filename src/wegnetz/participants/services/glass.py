"""Break the glass: in an emergency a lead looks at a person, with a second person, for hours. The person is told."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Role, Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.boxes import seal_json
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import broken_glasses, glasses_to_confirm, glasses_to_tell, open_involvements
from wegnetz.participants.models import BreakGlass
from wegnetz.participants.openings import place_of_glass
from wegnetz.participants.selectors.doors import PersonNotFoundError
from wegnetz.participants.selectors.glass import REQUEST_STANDS, hours_open
from wegnetz.participants.services.led import RefusedError, key_or_absent


class TooLateError(DomainError):
    """The request was answered before, or lay there for more than a day."""


@transaction.atomic
def request_glass(person: UUID, *, reason: str, by: Viewer) -> UUID:
    """Ask to look at a person the organisation accompanies openly. Returns the request, which opens nothing yet."""
    if by.role is not Role.LEAD:
        raise RefusedError
    if not open_involvements(by).filter(person=person).exists():
        raise PersonNotFoundError
    row = BreakGlass(
        person_id=person, organisation_id=by.organisation, requested_at=timezone.now(), requested_by_id=by.user
    )  # fmt: skip
    row.box = seal_json(key_or_absent(person), {"reason": reason}, place_of_glass(row))
    row.save(force_insert=True)
    record_act(by.actor, "ask to break the glass", subjects=[person], category="break-glass")
    return row.id


@transaction.atomic
def confirm_glass(glass: UUID, *, by: Viewer) -> None:
    """The second person agrees: the glass is broken for the hours the programme names. Raises TooLateError."""
    row = _to_confirm(glass, by)
    now = timezone.now()
    row.confirmed_at, row.confirmed_by_id, row.ends_at = now, by.user, now + timedelta(hours=hours_open())
    row.save(update_fields=["confirmed_at", "confirmed_by", "ends_at"])
    record_act(by.actor, "break the glass", subjects=[row.person_id], category="break-glass")


@transaction.atomic
def refuse_glass(glass: UUID, *, by: Viewer) -> None:
    """The second person does not agree. Raises TooLateError."""
    row = _to_confirm(glass, by)
    row.refused_at = timezone.now()
    row.save(update_fields=["refused_at"])
    record_act(by.actor, "refuse to break the glass", subjects=[row.person_id], category="break-glass")


def _to_confirm(glass: UUID, by: Viewer) -> BreakGlass:
    row = glasses_to_confirm(by).select_for_update().filter(id=glass).first()
    if row is None:
        raise PersonNotFoundError
    if timezone.now() - row.requested_at > REQUEST_STANDS:
        raise TooLateError
    return row


@transaction.atomic
def close_glass(glass: UUID, *, by: Viewer) -> None:
    """End a look before its time."""
    row = broken_glasses(by).select_for_update().filter(id=glass).first()
    if row is None:
        raise PersonNotFoundError
    row.ends_at = timezone.now()
    row.save(update_fields=["ends_at"])
    record_act(by.actor, "close the glass", subjects=[row.person_id], category="break-glass")


@transaction.atomic
def note_person_told(glass: UUID, *, on: date, by: Viewer) -> None:
    """The person was told that a lead looked, and why."""
    row = glasses_to_tell(by).select_for_update().filter(id=glass).first()
    if row is None:
        raise PersonNotFoundError
    row.told_on, row.told_by_id = on, by.user
    row.save(update_fields=["told_on", "told_by"])
    record_act(by.actor, "tell the person", subjects=[row.person_id], category="break-glass")
