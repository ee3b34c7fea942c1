"""Invite people to a time of a workshop, note what they answer, and fill seats that became free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.core.days import working_day, working_moment
from wegnetz.core.errors import DomainError
from wegnetz.core.secret_links import new_secret
from wegnetz.network.access import standing_invitations
from wegnetz.network.models import Interests, Invitation, WorkshopDate
from wegnetz.network.openings import Invited, invited_content, open_interests, open_invitation
from wegnetz.network.services.workshops import SettledError, locked_date
from wegnetz.participants.access import SEALED, involvements_in_scope, records_in_scope, standing_records
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services.led import key_or_absent
from wegnetz.participants.services.records import (
    add_record,
    change_record,
    delete_record,
    record_to_change,
    restore_record,
)
from wegnetz.rules.news import News
from wegnetz.rules.workshops import MOVES_UP_UNTIL, Answer, moving_up, seated


class InvitedAlreadyError(DomainError):
    """The person was invited to this time already."""


class ForWomenError(DomainError):
    """The workshop is for women, and the person is known not to be one."""


class OverError(DomainError):
    """The time has passed or was called off: nobody is invited to it any more."""


def invite(
    wanted: UUID, people: Iterable[UUID], *, by: Viewer
) -> tuple[dict[UUID, UUID], list[tuple[UUID, DomainError]]]:
    """Invite several people to one time: who was invited, with the invitation; and who was not and why.

    Each is a transaction of its own. Raises WorkshopNotFoundError.
    """
    done: dict[UUID, UUID] = {}
    refused: list[tuple[UUID, DomainError]] = []
    for person in people:
        try:
            with transaction.atomic():
                done[person] = _invite(wanted, person, by)
        except (InvitedAlreadyError, ForWomenError, OverError, PersonNotFoundError) as error:
            refused.append((person, error))
    return done, refused


def _invite(wanted: UUID, person: UUID, by: Viewer) -> UUID:
    row = locked_date(wanted, by)
    if row.state == WorkshopDate.CANCELLED or row.settled_at or row.ends_at < working_moment():
        raise OverError
    own = involvements_in_scope(by).filter(person=person, closed_on__isnull=True).exclude(secrecy=SEALED)
    if not own.exists():
        raise PersonNotFoundError
    # Also by colleagues in another work: one person has one seat, and gives their faces once.
    if _of(row).filter(person=person).exists():
        raise InvitedAlreadyError
    if row.workshop.women_only and _is_no_woman(person, by):
        raise ForWomenError
    secret = new_secret(by.organisation)
    return add_record(
        Invitation, person, invited_content(Invited(secret)), by=by, date=row, token=hash_of(secret),
        answer=Answer.INVITED,
    ).id  # fmt: skip


def _is_no_woman(person: UUID, by: Viewer) -> bool:
    row = standing_records(by, Interests).filter(person=person).first()
    return row is not None and open_interests(key_or_absent(person), row).woman is False


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered by word of mouth, and what they need; `leads`: looks after a table."""

    comes: bool
    childcare: bool = False
    ticket: bool = False
    note: str = ""
    leads: bool = False


@transaction.atomic
def note_answer(person: UUID, invitation: UUID, reply: Reply, *, version: int, by: Viewer) -> Answer:
    """Write down what somebody answered. Returns whether they have a seat.

    Raises PersonNotFoundError, EditConflictError, SettledError.
    """
    row, key, date_row = _to_answer(person, invitation, version, by)
    take_seat(row, date_row, comes=reply.comes)
    invited = replace(
        open_invitation(key, row), childcare=reply.childcare, ticket=reply.ticket, note=reply.note, leads=reply.leads
    )
    invited = heard(invited, row, date_row)
    change_record(row, key, invited_content(invited), by=by)
    fill_up(date_row)
    return Answer(row.answer)


def _to_answer(person: UUID, invitation: UUID, version: int, by: Viewer) -> tuple[Invitation, bytes, WorkshopDate]:
    """The date is locked first, always: two who answer at once wait for each other, and not each for the other."""
    found = standing_records(by, Invitation).filter(person=person, id=invitation).values_list("date", flat=True).first()
    if found is None:
        raise PersonNotFoundError
    date_row = locked_date(found, by)
    if date_row.settled_at:
        raise SettledError
    row, key = record_to_change(Invitation, person, invitation, version=version, by=by)
    return row, key, date_row


def take_seat(row: Invitation, date_row: WorkshopDate, *, comes: bool) -> None:
    """Put the answer into a row that is not saved yet. Both are locked."""
    before = Answer(row.answer)
    if not comes:
        row.answer, row.answered_at = Answer.DECLINED, timezone.now()
        return
    row.answer = seated(before, coming=_coming(date_row), capacity=date_row.workshop.capacity)
    if row.answer != before or row.answered_at is None:
        row.answered_at = timezone.now()


def heard(invited: Invited, row: Invitation, date_row: WorkshopDate) -> Invited:
    """The person knows of their answer, and of the date as it is now. Who waits again is told again of a seat."""
    told = tuple(mark for mark in invited.told if mark.partition(":")[0] != News.MOVED_UP)
    return replace(invited, heard=str(row.answer), known=date_row.sequence, told=told)


def fill_up(date_row: WorkshopDate) -> int:
    """Give free seats to those who wait, in the order of their yes. Returns how many moved up; they are told later."""
    if date_row.starts_at - MOVES_UP_UNTIL < working_moment() or date_row.state == WorkshopDate.CANCELLED:
        return 0
    waiting = _of(date_row).filter(answer=Answer.WAITING).order_by("answered_at", "id")
    ids = waiting.values_list("id", flat=True)
    up = moving_up(list(ids), coming=_coming(date_row), capacity=date_row.workshop.capacity)
    return _of(date_row).filter(id__in=up).update(answer=Answer.COMING)


def _coming(date_row: WorkshopDate) -> int:
    return _of(date_row).filter(answer=Answer.COMING).count()


def _of(date_row: WorkshopDate) -> QuerySet[Invitation]:
    return standing_invitations(date_row.organisation_id, working_day()).filter(date=date_row)


@transaction.atomic
def take_invitation_back(person: UUID, invitation: UUID, *, by: Viewer) -> None:
    """Put it away; the person's link opens nothing any more. Raises PersonNotFoundError, SettledError."""
    row = standing_records(by, Invitation).filter(person=person, id=invitation).first()
    if row is None:
        raise PersonNotFoundError
    date_row = locked_date(row.date_id, by)
    if date_row.settled_at:
        raise SettledError
    delete_record(Invitation, person, invitation, by=by)
    fill_up(date_row)


@transaction.atomic
def invite_again(person: UUID, invitation: UUID, *, by: Viewer) -> None:
    """Bring it back, as it was; a seat that is taken meanwhile has to be waited for.

    Raises PersonNotFoundError, and InvitedAlreadyError where the person was invited once more meanwhile.
    """
    there = records_in_scope(by, Invitation).filter(person=person, id=invitation).first()
    if there is None:
        raise PersonNotFoundError
    date_row = locked_date(there.date_id, by)
    if date_row.settled_at:
        raise SettledError
    if _of(date_row).filter(person=person).exists():
        raise InvitedAlreadyError
    restore_record(Invitation, person, invitation, by=by)
    capacity = date_row.workshop.capacity
    if there.answer == Answer.COMING and capacity is not None and _coming(date_row) > capacity:
        standing_records(by, Invitation).filter(id=invitation).update(answer=Answer.WAITING)
