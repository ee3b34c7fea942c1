"""What somebody who was invited answers with the secret of their own link: whether they come, and what they need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.selectors import hash_of
from wegnetz.audit.selectors.words import PERSON
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.days import working_moment
from wegnetz.core.scope import Scope, acting_as
from wegnetz.core.secret_links import organisation_in
from wegnetz.network.access import standing_dates, standing_invitations
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Invited, invited_content, open_invitation
from wegnetz.network.selectors.own_invitations import InvitationGoneError
from wegnetz.network.services.invitations import OverError, fill_up, heard, take_seat
from wegnetz.network.services.workshops import SettledError, lock_date
from wegnetz.participants.boxes import seal_record
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import KeyGoneError, key_of

LONGEST_NOTE: Final = 200  # characters


@dataclass(frozen=True, slots=True)
class Held:
    """An invitation and its date, both locked, with the person's key."""

    row: Invitation
    date_row: WorkshopDate
    key: bytes
    invited: Invited

    def keep(self, invited: Invited) -> None:
        """Under the next version: whoever has the invitation open on the desk is told that it changed."""
        self.row.version += 1
        self.row.changed_at, self.row.changed_by = timezone.now(), None
        self.put(invited)

    def put(self, invited: Invited) -> None:
        """Under the version that stands: for what no page shows and nobody edits."""
        self.row.box = seal_record(self.row, self.key, invited_content(invited))
        self.row.save()


def answer(token: str, *, comes: bool, on: date) -> Answer:
    """Say that one comes, or not. Returns whether there is a seat. Whose seat becomes free moves up at once.

    Raises InvitationGoneError, OverError from when it begins or where it was called off, SettledError.
    """
    with held(token, on=on) as found:
        _refuse_what_is_over(found.date_row)
        take_seat(found.row, found.date_row, comes=comes)
        found.keep(heard(found.invited, found.row, found.date_row))
        fill_up(found.date_row)
        _record(found, "accepted" if comes else "declined")
        return Answer(found.row.answer)


def note_needs(token: str, *, childcare: bool, ticket: bool, note: str, on: date) -> None:
    """Say what one needs to come, and a few words. Raises InvitationGoneError, OverError, SettledError.

    `note` has LONGEST_NOTE characters at the most, ValueError otherwise. What is not offered is not asked for.
    """
    if len(note) > LONGEST_NOTE:
        raise ValueError(f"{len(note)} characters")
    with held(token, on=on) as found:
        _refuse_what_is_over(found.date_row)
        offered = found.date_row.workshop
        found.keep(
            replace(
                found.invited, childcare=childcare and offered.childcare, ticket=ticket and offered.travel, note=note
            )
        )
        _record(found, "change")


@contextmanager
def held(token: str, *, on: date) -> Iterator[Held]:
    """The invitation of a link. Its date is locked first, always: see `services.invitations`.

    Raises InvitationGoneError, whatever the reason.
    """
    organisation = organisation_in(token)
    if organisation is None:
        raise InvitationGoneError
    with acting_as(Scope(organisation=organisation)), transaction.atomic():
        own = standing_invitations(organisation, on).filter(token=hash_of(token))
        found = own.values_list("date", flat=True).first()
        if found is None:
            raise InvitationGoneError
        date_row = lock_date(standing_dates(organisation), found)
        row = own.select_for_update(of=("self",)).first()  # it may have been taken back while we waited
        if row is None:
            raise InvitationGoneError
        try:
            key = key_of(row.person_id)
            invited = open_invitation(key, row)
        except (KeyGoneError, CannotOpenError) as error:
            raise InvitationGoneError from error
        yield Held(row, date_row, key, invited)


def _refuse_what_is_over(date_row: WorkshopDate) -> None:
    if date_row.settled_at:
        raise SettledError
    if date_row.state == WorkshopDate.CANCELLED or date_row.starts_at <= working_moment():
        raise OverError


def _record(found: Held, act: str) -> None:
    actor = Actor(None, PERSON, found.row.organisation_id)
    record_act(actor, act, subjects=[found.row.person_id], category="workshops", purpose="own invitation")
