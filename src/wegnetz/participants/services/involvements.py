"""Open, hand on, close and end the ways by which organisations accompany a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import works_in
from wegnetz.audit.services import record_act
from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.core.events import emit
from wegnetz.participants.access import LEADS_THE_WAY, carries, function_of, leading, unattended
from wegnetz.participants.boxes import Name
from wegnetz.participants.models import Consent, Involvement, Person
from wegnetz.participants.openings import open_contact, open_name, seal_contact, seal_name
from wegnetz.participants.selectors.doors import PersonNotFoundError, own_door
from wegnetz.participants.services.answers import lock_answers
from wegnetz.participants.services.led import accompanied
from wegnetz.programme.selectors import active_pack
from wegnetz.vault.selectors import key_of


class NoGroundError(DomainError):
    """There is no consent or duty that lets this organisation accompany the person in this function."""


class StillLedError(DomainError):
    """Somebody leads the way already; only they can hand it over."""


class NotAColleagueError(DomainError):
    """The named member of staff does not work in this function of the organisation."""


@dataclass(frozen=True, slots=True)
class LeadPassed:
    """News: another organisation leads the way of a person."""

    person: UUID


@transaction.atomic
def begin_by_consent(consent: UUID, *, by: Viewer, on: date) -> UUID:
    """Open the door that a standing consent names for the viewer's organisation and function. Returns the involvement.

    Raises NoGroundError.
    """
    whose = Consent.objects.filter(id=consent).values("person")
    answers = Consent.objects.filter(person__in=whose, recipient=by.organisation, function=function_of(by))
    lock_answers(answers)
    found = answers.filter(carries(working_day()), id=consent).first()
    if found is None:
        raise NoGroundError
    _end_what_stood_before(found, by, on)
    involvement = Involvement.objects.create(
        person_id=found.person_id, organisation_id=by.organisation, function=found.function, secrecy=found.secrecy,
        consent=found, responsible_id=by.user, began_on=on,
    )  # fmt: skip
    record_act(by.actor, "begin", subjects=[found.person_id], category="involvement")
    return involvement.id


def _end_what_stood_before(consent: Consent, by: Viewer, on: date) -> None:
    """An involvement whose consent ran out makes room for the one with the new consent."""
    before = Involvement.objects.filter(
        person=consent.person_id, organisation=by.organisation, function=consent.function, ended_at__isnull=True
    )  # fmt: skip
    before.update(ended_on=on, ended_at=timezone.now())


@transaction.atomic
def take_the_lead(person: UUID, *, by: Viewer) -> None:
    """Lead the way of somebody whom nobody leads: the door of the organisation that did so is shut.

    Raises PersonNotFoundError, StillLedError.
    """
    door, _involvement, key = accompanied(by, person)
    if by.role not in LEADS_THE_WAY:
        raise PersonNotFoundError
    row = Person.objects.select_for_update().filter(id=person, organisation=door.person.organisation_id).first()
    if row is None or leading(working_day()).filter(person=person).exists():
        raise StillLedError
    _pass_the_lead(row, key, by)


@transaction.atomic
def take_over(person: UUID, *, after: UUID, offered_at: datetime, by: Viewer) -> None:
    """Lead the way that the organisation `after` handed over. Where it has passed since, nobody else takes it.

    Raises NoGroundError.
    """
    if by.role not in LEADS_THE_WAY:
        raise NoGroundError
    led = Person.objects.filter(id=person, organisation=after, led_since__lte=offered_at)
    row = led.select_for_update().first()
    if row is not None:
        _pass_the_lead(row, key_of(person), by)


def _pass_the_lead(row: Person, key: bytes, by: Viewer) -> None:
    """Name and contact are sealed for who leads, so they are sealed anew."""
    name, contact = open_name(key, row) or Name(), open_contact(key, row)
    row.organisation_id, row.led_since = by.organisation, timezone.now()
    row.name_box, row.contact_box = seal_name(key, row, name), seal_contact(key, row, contact)
    row.version += 1
    row.save(update_fields=["organisation", "led_since", "name_box", "contact_box", "version"])
    record_act(by.actor, "take the lead", subjects=[row.id], category="involvement")
    emit(LeadPassed(row.id))


@transaction.atomic
def hand_to_colleague(person: UUID, colleague: UUID, *, by: Viewer) -> None:
    """Make somebody else of the same organisation and function responsible. Raises NotAColleagueError."""
    _door, involvement = own_door(by, person, pack=active_pack())
    if not works_in(colleague, organisation=by.organisation, role=by.role):
        raise NotAColleagueError
    involvement.responsible_id = colleague
    involvement.save(update_fields=["responsible"])
    record_act(by.actor, "hand to colleague", subjects=[person], category="involvement")


@transaction.atomic
def take_over_unattended(people: Collection[UUID], *, by: Viewer) -> int:
    """Make the viewer responsible for those of the people for whom nobody is any more. Returns for how many.

    Who is out of scope, or was taken over by somebody else meanwhile, stays as they are.
    """
    rows = list(unattended(by).filter(person__in=people).order_by("id").select_for_update(of=("self",)))
    for involvement in rows:
        involvement.responsible_id = by.user
        involvement.save(update_fields=["responsible"])
        record_act(by.actor, "take over in the team", subjects=[involvement.person_id], category="involvement")
    return len(rows)


@transaction.atomic
def close_involvement(person: UUID, *, on: date, by: Viewer) -> None:
    """The work has ended. The door stays open for the follow-up, until somebody ends the involvement."""
    _door, involvement = own_door(by, person, pack=active_pack())
    involvement.closed_on = on
    involvement.save(update_fields=["closed_on"])
    record_act(by.actor, "close", subjects=[person], category="involvement")


@transaction.atomic
def reopen_involvement(person: UUID, *, by: Viewer) -> None:
    """Undo a closing."""
    _door, involvement = own_door(by, person, pack=active_pack())
    involvement.closed_on = None
    involvement.save(update_fields=["closed_on"])
    record_act(by.actor, "reopen", subjects=[person], category="involvement")


@transaction.atomic
def end_involvement(person: UUID, *, on: date, by: Viewer) -> None:
    """Shut the viewer's organisation's own door. What it wrote down stays for its period and is seen by nobody."""
    _door, involvement = own_door(by, person, pack=active_pack())
    involvement.closed_on = involvement.closed_on or on
    involvement.ended_on, involvement.ended_at = on, timezone.now()
    involvement.save(update_fields=["closed_on", "ended_on", "ended_at"])
    record_act(by.actor, "end", subjects=[person], category="involvement")
