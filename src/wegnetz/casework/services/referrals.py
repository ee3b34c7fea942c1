"""Refer a person to another organisation: offered, answered with a reason, done. Only what is agreed travels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.casework.access import referrals_received, referrals_sent, referrals_taken_up
from wegnetz.casework.boxes import referral_place, referral_step_place
from wegnetz.casework.models import Referral, ReferralStep
from wegnetz.casework.selectors.travelling import what_travels
from wegnetz.core.boxes import seal_json
from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import SEALED, consents_in_scope, logged_as, stands_for
from wegnetz.participants.models import Involvement
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services import accompanied, begin_by_consent, take_over
from wegnetz.participants.services.led import key_or_absent
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.referrals import Side, Status, step

MAX_LETTER = 4000
MAX_REASON = 2000


class NoConsentError(DomainError):
    """The person has not agreed that this organisation gets this; nothing is sent."""


class AlreadyOfferedError(DomainError):
    """The same offer waits for an answer already."""


class AlreadyAcceptedError(DomainError):
    """The recipient accepted a letter and works on it; another one asks for nothing new."""


class StepNotPossibleError(DomainError):
    """The referral has moved on, or this side may not take the step."""


class ReasonMissingError(DomainError):
    """This step needs a reason from the programme's list, because the other side reads it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the id of a reason on the pack's list, and words of one's own."""

    id: str = ""
    note: str = ""


@transaction.atomic
def offer_referral(
    person: UUID, consent: UUID, *, message: str, hands_over: bool = False, by: Viewer, on: date
) -> UUID:
    """Offer the person to the recipient of a standing consent. Returns the referral.

    What travels is exactly what the consent covers and the sender may see. With `hands_over` the recipient takes over
    leading the way; only who leads can hand it over. Raises NoConsentError, AlreadyOfferedError, AlreadyAcceptedError.
    """
    door, involvement, key = accompanied(by, person)
    agreed = consents_in_scope(by).filter(stands_for(by, working_day()), id=consent, person=person).first()
    if agreed is None or not agreed.function or agreed.recipient_id == by.organisation:
        raise NoConsentError
    if hands_over and not (door.leads and agreed.function == involvement.function):
        raise StepNotPossibleError
    row = Referral(
        person_id=person, organisation_id=by.organisation, involvement=involvement,
        recipient_id=agreed.recipient_id, function=agreed.function, secrecy=agreed.secrecy, consent=agreed,
        sent_secrecy=involvement.secrecy, hands_over=hands_over, offered_on=on, offered_at=timezone.now(),
        offered_by_id=by.user,
    )  # fmt: skip
    _refuse_a_second_offer(row, by)
    travelling = what_travels(by, door, agreed, key=key, pack=active_pack())
    content = {
        "message": message, "pseudonym": door.person.pseudonym, "travels": list(travelling.categories),
        "content": travelling.content,
    }  # fmt: skip
    row.box = seal_json(key, content, referral_place(row.id, person, by.organisation, row.recipient_id))
    row.save(force_insert=True)
    _note_step(row, key, Status.OFFERED, Reason(), by)
    return row.id


def _refuse_a_second_offer(row: Referral, by: Viewer) -> None:
    """Where the function is sealed, a second offer is let through: its refusal would tell what became of the first.

    Whoever sends from the same involvement in this instant waits, or is waited for.
    """
    Involvement.objects.select_for_update().get(id=row.involvement_id)
    same = {"person": row.person_id, "recipient": row.recipient_id, "function": row.function}
    if row.secrecy != SEALED and referrals_sent(by).filter(status=Status.OFFERED, **same).exists():
        raise AlreadyOfferedError
    if not row.hands_over and referrals_taken_up(by).filter(**same).exists():
        raise AlreadyAcceptedError


@transaction.atomic
def accept_referral(referral: UUID, *, by: Viewer, on: date) -> UUID:
    """Accept: the door that the consent names opens. Returns the person.

    Raises PersonNotFoundError, StepNotPossibleError, NoGroundError when the consent no longer stands.
    """
    row, key = _received(referral, by)
    begin_by_consent(row.consent_id, by=by, on=on)
    _take(row, Status.ACCEPTED, Side.RECIPIENT, Reason(), by, on, key)
    if row.hands_over:
        take_over(row.person_id, after=row.organisation_id, offered_at=row.offered_at, by=by)
    return row.person_id


@transaction.atomic
def decline_referral(referral: UUID, reason: Reason, *, by: Viewer, on: date) -> None:
    """Decline with a reason, which goes back to the sender unless the function is sealed.

    Raises ReasonMissingError, StepNotPossibleError.
    """
    row, key = _received(referral, by)
    if reason.id not in active_pack().care.decline_reasons:
        raise ReasonMissingError
    _take(row, Status.DECLINED, Side.RECIPIENT, reason, by, on, key)


@transaction.atomic
def finish_referral(referral: UUID, reason: Reason, *, by: Viewer, on: date) -> None:
    """The work that was asked for is done; the outcome goes back to the sender unless the function is sealed."""
    row, key = _received(referral, by)
    if reason.id not in active_pack().care.referral_outcomes:
        raise ReasonMissingError
    _take(row, Status.DONE, Side.RECIPIENT, reason, by, on, key)


@transaction.atomic
def withdraw_referral(referral: UUID, reason: Reason, *, by: Viewer, on: date) -> None:
    """Take an offer back that nobody has answered. A sealed one ends with its consent only."""
    row = referrals_sent(by).select_for_update(of=("self",)).filter(id=referral).exclude(secrecy=SEALED).first()
    if row is None:
        raise PersonNotFoundError
    _take(row, Status.WITHDRAWN, Side.SENDER, reason, by, on, key_or_absent(row.person_id))


def _received(referral: UUID, by: Viewer) -> tuple[Referral, bytes]:
    row = referrals_received(by).select_for_update(of=("self",)).filter(id=referral).first()
    if row is None:
        raise PersonNotFoundError
    return row, key_or_absent(row.person_id)


def _take(row: Referral, after: Status, side: Side, reason: Reason, by: Viewer, on: date, key: bytes) -> None:
    if step(Status(row.status), after, side) is None:
        raise StepNotPossibleError
    row.status = after
    row.answered_on = row.answered_on or on
    row.done_on = on if after is Status.DONE else None
    row.save(update_fields=["status", "answered_on", "done_on"])
    _note_step(row, key, after, reason, by)


def _note_step(row: Referral, key: bytes, status: Status, reason: Reason, by: Viewer) -> None:
    taken = ReferralStep(
        referral=row, organisation_id=by.organisation, status=status, taken_at=timezone.now(), taken_by_id=by.user
    )  # fmt: skip
    place = referral_step_place(taken.id, row.id, by.organisation, status)
    taken.box = seal_json(key, {"reason": reason.id, "note": reason.note[:MAX_REASON]}, place)
    taken.save(force_insert=True)
    category = logged_as("referral", row.secrecy, row.sent_secrecy)
    record_act(by.actor, status, subjects=[row.person_id], category=category)
