"""What somebody who was invited sees of it, with the secret of their own link. Recorded before it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db.models import Q

from wegnetz.accounts.selectors import hash_of
from wegnetz.audit.selectors.words import PERSON
from wegnetz.audit.services import Actor, record_reading
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import Scope, acting_as
from wegnetz.core.secret_links import organisation_in
from wegnetz.network.access import standing_invitations
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Invited, Named, all_named, open_invitation
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import KeyGoneError, key_of, still_kept


class InvitationGoneError(DomainError):
    """The link was never given out, its invitation was taken back, or the person is not accompanied there any more."""


@dataclass(frozen=True, slots=True)
class Evening:
    """One time of a workshop, as anybody may know it who is invited to it."""

    named: tuple[Named, ...]
    place: str
    host: str
    directions: str
    women_only: bool
    childcare: bool
    ticket: bool
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    settled: bool
    sequence: int

    def said(self, language: str) -> Named:
        """What it is called, in a language or as it was written first."""
        return next((each for each in self.named if each.language == language), self.named[0])


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation whose secret was shown. `uid` is what calendars know it by; `place` the one on the waiting list."""

    uid: UUID
    evening: Evening
    answer: Answer
    attended: bool | None
    place: int | None
    invited: Invited


def is_invited(token: str, *, on: date) -> bool:
    """Whether a link opens anything. Nothing is opened or recorded."""
    organisation = organisation_in(token)
    if organisation is None:
        return False
    with acting_as(Scope(organisation=organisation)):
        rows = standing_invitations(organisation, on).filter(token=hash_of(token))
        return bool(still_kept(rows.values_list("person", flat=True)))


def open_evening_invitation(token: str, *, on: date, act: str = "view") -> OpenInvitation:
    """Raises InvitationGoneError, whatever the reason; AuditUnavailableError: then show nothing.

    What is looked up is a hash of the secret, so the time it takes tells nothing about secrets that exist.
    """
    organisation = organisation_in(token)
    if organisation is None:
        raise InvitationGoneError
    with acting_as(Scope(organisation=organisation)):
        rows = standing_invitations(organisation, on).select_related("date__workshop")
        row = rows.filter(token=hash_of(token)).first()
        if row is None or not still_kept([row.person_id]):
            raise InvitationGoneError
        record_reading(
            Actor(None, PERSON, organisation), act, subjects=[row.person_id], category="workshops",
            purpose="own invitation",
        )  # fmt: skip
        invited = opened(row)
        return OpenInvitation(
            uuid5(organisation, str(row.id)), evening_of(row.date), Answer(row.answer), row.attended, _place(row, on),
            invited,
        )  # fmt: skip


def opened(row: Invitation) -> Invited:
    """Raises InvitationGoneError where the person's key was destroyed."""
    try:
        return open_invitation(key_of(row.person_id), row)
    except (KeyGoneError, CannotOpenError) as error:
        raise InvitationGoneError from error


def evening_of(row: WorkshopDate) -> Evening:
    """`row` comes with its workshop."""
    workshop = row.workshop
    return Evening(
        all_named(workshop), workshop.place, workshop.host, workshop.directions, workshop.women_only,
        workshop.childcare, workshop.travel, row.starts_at, row.ends_at, row.state == WorkshopDate.CANCELLED,
        row.settled_at is not None, row.sequence,
    )  # fmt: skip


def _place(row: Invitation, on: date) -> int | None:
    if row.answer != Answer.WAITING:
        return None
    earlier = Q(answered_at__lt=row.answered_at) | Q(answered_at=row.answered_at, id__lt=row.id)
    others = standing_invitations(row.organisation_id, on).filter(earlier, date=row.date_id, answer=Answer.WAITING)
    return others.count() + 1
