"""Settle who came to a workshop: from then on it is what funding counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.audit.services import record_act
from wegnetz.core.days import working_day, working_moment
from wegnetz.core.errors import DomainError
from wegnetz.core.secret_links import new_secret
from wegnetz.network.access import guests_in_scope, standing_invitations
from wegnetz.network.models import EveningLink, Guest, Invitation, WorkshopDate
from wegnetz.network.openings import Invited, invited_content, open_invitation
from wegnetz.network.services.workshops import CATEGORY, SettledError, locked_date
from wegnetz.participants.access import SEALED, involvements_in_scope, standing_records
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services.records import add_record
from wegnetz.rules.workshops import GUESTS_WAIT, Answer, Proof
from wegnetz.vault.selectors import keys_of


class GuestGoneError(DomainError):
    """Somebody else has said already who the guest is, or that nobody is counted."""


class GuestsWaitError(DomainError):
    """Of somebody who came it is not said yet who they are, or that they are not counted."""


class NotBegunError(DomainError):
    """The workshop has not begun: nobody can have come."""


class SettledByOthersError(DomainError):
    """The list was settled by somebody else, or on another day: it stays as it is."""


@transaction.atomic
def settle(wanted: UUID, *, by: Viewer) -> int:
    """Fix who came, and how it is proved. Returns how many came.

    Raises WorkshopNotFoundError, SettledError, NotBegunError, GuestsWaitError.
    """
    row = _open_date(wanted, by)
    if row.state == WorkshopDate.CANCELLED or row.starts_at > working_moment():
        raise NotBegunError
    if Guest.objects.filter(date=row).exists():
        raise GuestsWaitError
    came = list(standing_invitations(by.organisation, working_day()).filter(date=row, attended=True))
    counted = _count(came)
    row.settled_at, row.settled_by_id, row.counted = working_moment(), by.user, counted
    row.save(update_fields=["settled_at", "settled_by", "counted"])
    people = [each.person_id for each in came]
    record_act(by.actor, "confirm", subjects=people, category="workshops", purpose="settle attendance")
    return counted["present"]


def _count(came: list[Invitation]) -> dict[str, int]:
    """Each person once, with the best proof there is. Nobody is named: it stays when people are erased."""
    keys = keys_of({row.person_id for row in came})
    proofs: dict[UUID, set[str]] = defaultdict(set)
    for row in came:
        if row.person_id in keys:
            proofs[row.person_id].add(open_invitation(keys[row.person_id], row).proof)
    best = Counter(next((proof for proof in Proof if proof in each), "") for each in proofs.values())
    return {"present": len(proofs)} | {proof.value: best[proof] for proof in Proof}


@transaction.atomic
def unsettle(wanted: UUID, *, by: Viewer) -> None:
    """Open the list again, on the same day, for who settled it. Raises WorkshopNotFoundError, SettledByOthersError."""
    row = locked_date(wanted, by)
    if row.settled_at is None:
        return
    if row.settled_by_id != by.user or _day(row.settled_at) != working_day():
        raise SettledByOthersError
    row.settled_at, row.settled_by_id, row.counted = None, None, None
    row.save(update_fields=["settled_at", "settled_by", "counted"])
    record_act(by.actor, "reopen", subjects=[row.workshop_id], category=CATEGORY)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


@transaction.atomic
def is_person(wanted: UUID, guest: UUID, person: UUID, *, by: Viewer) -> None:
    """Say which of the viewer's people a guest is: they were there, whether they had been invited or not.

    Raises WorkshopNotFoundError, SettledError, GuestGoneError, PersonNotFoundError.
    """
    row = _open_date(wanted, by)
    found = _guest(row, guest, by)
    own = involvements_in_scope(by).filter(person=person, closed_on__isnull=True).exclude(secrecy=SEALED)
    if not own.exists():
        raise PersonNotFoundError
    there = standing_records(by, Invitation).filter(date=row, person=person).first()
    if there is None:
        secret = new_secret(by.organisation)
        add_record(
            Invitation, person, invited_content(Invited(secret)), by=by, act="present", date=row,
            token=hash_of(secret), answer=Answer.COMING, answered_at=found.noted_at, attended=True,
            marked_at=found.noted_at,
        )  # fmt: skip
    else:
        there.attended, there.marked_at = True, working_moment()
        there.save(update_fields=["attended", "marked_at"])
        record_act(by.actor, "present", subjects=[person], category=Invitation.category)
    found.delete()


@transaction.atomic
def drop_guest(wanted: UUID, guest: UUID, *, by: Viewer) -> None:
    """Delete a guest: nobody who takes part, or nobody at all. Raises as `is_person`."""
    row = _open_date(wanted, by)
    _guest(row, guest, by).delete()
    record_act(by.actor, "delete", subjects=[row.id], category=CATEGORY)


def _open_date(wanted: UUID, by: Viewer) -> WorkshopDate:
    row = locked_date(wanted, by)
    if row.settled_at:
        raise SettledError
    return row


def _guest(row: WorkshopDate, guest: UUID, by: Viewer) -> Guest:
    found = guests_in_scope(by).filter(date=row, id=guest).first()
    if found is None:
        raise GuestGoneError
    return found


@transaction.atomic
def forget_evenings(*, at: datetime) -> int:
    """Delete guests whom nobody knew after two weeks, and links that have opened nothing for long. For the system."""
    EveningLink.objects.filter(until__lt=at - GUESTS_WAIT).delete()
    number, _by_table = Guest.objects.filter(date__ends_at__lt=at - GUESTS_WAIT).delete()
    return number
