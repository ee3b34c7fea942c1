"""Plan workshops and the times at which they take place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.core.errors import DomainError
from wegnetz.network.access import PLANS_WORKSHOPS, dates_in_scope, workshops_in_scope
from wegnetz.network.models import EveningLink, Workshop, WorkshopDate
from wegnetz.network.openings import Named, wording_content
from wegnetz.participants.services.led import RefusedError
from wegnetz.participants.services.records import EditConflictError
from wegnetz.rules.workshops import LINK_OPENS_FOR

CATEGORY = "workshop plan"


class WorkshopNotFoundError(DomainError):
    """There is no such workshop, or none of the viewer's organisation."""


class SettledError(DomainError):
    """The list of this date was settled: it is what funding counts, and stays as it is."""


class DateTakenError(DomainError):
    """The workshop takes place at that moment already."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is planned: in words in each language, the first one first, and what holds for every time."""

    named: tuple[Named, ...]
    place: str
    host: str = ""
    directions: str = ""
    women_only: bool = False
    capacity: int | None = None
    group_size: int = 4
    childcare: bool = False
    travel: bool = False


@transaction.atomic
def plan_workshop(outline: Outline, *, by: Viewer) -> UUID:
    """Returns its id. Raises RefusedError for who plans none."""
    if by.role not in PLANS_WORKSHOPS:
        raise RefusedError
    row = Workshop(organisation_id=by.organisation, made_at=timezone.now(), made_by_id=by.user)
    _set(row, outline)
    row.save(force_insert=True)
    record_act(by.actor, "begin", subjects=[row.id], category=CATEGORY)
    return row.id


@transaction.atomic
def change_workshop(workshop: UUID, outline: Outline, *, version: int, by: Viewer) -> None:
    """Raises WorkshopNotFoundError, and EditConflictError where somebody else changed it since `version` was read."""
    row = _locked(workshop, by)
    if row.version != version:
        raise EditConflictError
    row.version += 1
    before = _told_of(row)
    _set(row, outline)
    row.save()
    # Calendars and people have to learn of a new place, and of nothing that does not concern them.
    if _told_of(row) != before:
        coming = row.dates.filter(state=WorkshopDate.PLANNED, starts_at__gt=timezone.now())
        coming.update(sequence=F("sequence") + 1)
    record_act(by.actor, "change", subjects=[row.id], category=CATEGORY)


@transaction.atomic
def end_workshop(workshop: UUID, *, ended: bool, by: Viewer, on: date) -> None:
    """No more times are planned for it, or again. What took place stays. Raises WorkshopNotFoundError."""
    row = _locked(workshop, by)
    row.ended_on = on if ended else None
    row.save(update_fields=["ended_on"])
    record_act(by.actor, "end" if ended else "reopen", subjects=[row.id], category=CATEGORY)


@transaction.atomic
def add_dates(workshop: UUID, times: Iterable[tuple[datetime, datetime]], *, by: Viewer) -> int:
    """Plan times, each once: those that stand already are left as they are. Returns how many are new.

    Raises WorkshopNotFoundError.
    """
    row = _locked(workshop, by)
    there = set(row.dates.values_list("starts_at", flat=True))
    new = {starts: ends for starts, ends in times if starts not in there}
    for starts, ends in sorted(new.items()):
        WorkshopDate(workshop=row, organisation_id=by.organisation, starts_at=starts, ends_at=ends).save()
    if new:
        record_act(by.actor, "set", subjects=[row.id], category=CATEGORY)
    return len(new)


@transaction.atomic
def move_date(moved: UUID, starts: datetime, ends: datetime, *, by: Viewer) -> None:
    """Raises WorkshopNotFoundError, SettledError, and DateTakenError where it takes place then already."""
    row = locked_date(moved, by)
    if row.settled_at:
        raise SettledError
    others = WorkshopDate.objects.filter(workshop=row.workshop_id, starts_at=starts)
    if others.exclude(id=row.id).exists():
        raise DateTakenError
    row.starts_at, row.ends_at, row.sequence = starts, ends, row.sequence + 1
    row.save(update_fields=["starts_at", "ends_at", "sequence"])
    EveningLink.objects.filter(date=row, revoked_at__isnull=True).update(until=ends + LINK_OPENS_FOR)
    record_act(by.actor, "change", subjects=[row.workshop_id], category=CATEGORY)


@transaction.atomic
def cancel_date(cancelled: UUID, *, takes_place: bool, by: Viewer) -> None:
    """It does not take place, or after all. Who was invited stays. Raises WorkshopNotFoundError, SettledError."""
    row = locked_date(cancelled, by)
    if row.settled_at:
        raise SettledError
    row.state = WorkshopDate.PLANNED if takes_place else WorkshopDate.CANCELLED
    row.sequence += 1
    row.save(update_fields=["state", "sequence"])
    record_act(by.actor, "planned" if takes_place else "cancelled", subjects=[row.workshop_id], category=CATEGORY)


def locked_date(wanted: UUID, by: Viewer) -> WorkshopDate:
    """One time of a workshop of the viewer's, locked: seats are given one after the other. With its workshop.

    Raises WorkshopNotFoundError.
    """
    return lock_date(dates_in_scope(by), wanted)


def lock_date(among: QuerySet[WorkshopDate], wanted: UUID) -> WorkshopDate:
    """As `locked_date`, among those that may be meant."""
    row = among.select_for_update(of=("self",)).select_related("workshop").filter(id=wanted).first()
    if row is None:
        raise WorkshopNotFoundError
    return row


def _locked(wanted: UUID, by: Viewer) -> Workshop:
    row = workshops_in_scope(by).select_for_update().filter(id=wanted).first()
    if row is None:
        raise WorkshopNotFoundError
    return row


def _told_of(row: Workshop) -> tuple[object, ...]:
    return row.wording, row.host, row.place, row.directions, row.women_only, row.childcare, row.travel


def _set(row: Workshop, outline: Outline) -> None:
    first, *others = outline.named
    row.wording = wording_content(first, others)
    row.place, row.host, row.directions = outline.place, outline.host, outline.directions
    row.women_only, row.capacity, row.group_size = outline.women_only, outline.capacity, outline.group_size
    row.childcare, row.travel = outline.childcare, outline.travel
