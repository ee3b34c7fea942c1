"""Workshops, their times, and who of the viewer's own people is invited to which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_day, working_moment
from wegnetz.engines.folding import fold
from wegnetz.network.access import dates_in_scope, standing_invitations, workshops_in_scope
from wegnetz.network.models import Invitation, Workshop, WorkshopDate
from wegnetz.network.openings import Invited, Named, all_named, named, open_invitation
from wegnetz.participants.access import SEALED, involvements_in_scope, standing_records
from wegnetz.participants.selectors import (
    OpenPerson,
    display_names,
    key_for,
    recorded_keys,
)
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.workshops import Answer

PURPOSE = "workshop"


@dataclass(frozen=True, slots=True)
class Seats:
    """How many were invited to a time, by what they answered, and how many were there."""

    invited: int
    coming: int
    waiting: int
    declined: int
    there: int


@dataclass(frozen=True, slots=True)
class Time:
    """One time of a workshop, with what it is called in the language that was asked for."""

    id: UUID
    workshop: UUID
    named: Named
    place: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    settled_at: datetime | None
    women_only: bool
    childcare: bool
    travel: bool
    capacity: int | None
    seats: Seats

    @property
    def over(self) -> bool:
        return self.ends_at < working_moment()

    @property
    def free(self) -> int | None:
        """Seats nobody has; None without a limit."""
        return None if self.capacity is None else max(self.capacity - self.seats.coming, 0)

    @property
    def open(self) -> bool:
        """Whether somebody can still be invited, and answer."""
        return not (self.over or self.cancelled or self.settled_at)


@dataclass(frozen=True, slots=True)
class OpenWorkshop:
    """A workshop as it is planned, in all its languages, the first one first."""

    id: UUID
    version: int
    named: tuple[Named, ...]
    host: str
    place: str
    directions: str
    women_only: bool
    capacity: int | None
    group_size: int
    childcare: bool
    travel: bool
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Guestlisted:
    """Somebody of the viewer's own people, with their invitation to one time."""

    id: UUID
    person: UUID
    name: str
    answer: Answer
    attended: bool | None
    version: int
    invited: Invited


@dataclass(frozen=True, slots=True)
class OwnTime:
    """A time to which one person was invited."""

    time: Time
    line: Guestlisted


def workshops_of(viewer: Viewer, *, ended: bool = False) -> list[OpenWorkshop]:
    """By what they are called first."""
    rows = workshops_in_scope(viewer).filter(ended_on__isnull=not ended)
    found = [_opened(row) for row in rows]
    return sorted(found, key=lambda each: (fold(each.named[0].title), each.id))


def workshop_of(viewer: Viewer, workshop: UUID) -> OpenWorkshop | None:
    row = workshops_in_scope(viewer).filter(id=workshop).first()
    return _opened(row) if row else None


def _opened(row: Workshop) -> OpenWorkshop:
    return OpenWorkshop(
        row.id, row.version, all_named(row), row.host, row.place, row.directions, row.women_only, row.capacity,
        row.group_size, row.childcare, row.travel, row.ended_on,
    )  # fmt: skip


def coming_times(viewer: Viewer, language: str) -> list[Time]:
    """What is still to come, or has not ended yet, the nearest first."""
    return _times(viewer, dates_in_scope(viewer).filter(ends_at__gte=working_moment()), language)


def past_times(viewer: Viewer, language: str, *, most: int) -> list[Time]:
    """The latest first."""
    rows = dates_in_scope(viewer).filter(ends_at__lt=working_moment()).order_by("-starts_at", "id")[:most]
    return _times(viewer, rows, language)[::-1]


def times_of(viewer: Viewer, workshop: UUID, language: str) -> list[Time]:
    return _times(viewer, dates_in_scope(viewer).filter(workshop=workshop), language)


def time_of(viewer: Viewer, wanted: UUID, language: str) -> Time | None:
    found = _times(viewer, dates_in_scope(viewer).filter(id=wanted), language)
    return found[0] if found else None


def _times(viewer: Viewer, rows: QuerySet[WorkshopDate], language: str) -> list[Time]:
    dates = sorted(rows.select_related("workshop"), key=lambda row: (row.starts_at, row.id))
    seats = _seats(viewer.organisation, [row.id for row in dates]) if dates else {}
    return [_time(row, language, seats.get(row.id, NOBODY_INVITED)) for row in dates]


NOBODY_INVITED = Seats(0, 0, 0, 0, 0)


def _seats(organisation: UUID, dates: Iterable[UUID]) -> dict[UUID, Seats]:
    """Of everybody whom the organisation invited, in whatever work: seats are for all of them."""
    rows = standing_invitations(organisation, working_day()).filter(date__in=dates)
    counted = rows.values("date").annotate(
        invited=Count("id"), coming=_answered(Answer.COMING), waiting=_answered(Answer.WAITING),
        declined=_answered(Answer.DECLINED), there=Count("id", filter=Q(attended=True)),
    )  # fmt: skip
    columns = ("date", "invited", "coming", "waiting", "declined", "there")
    return {date: Seats(*numbers) for date, *numbers in counted.values_list(*columns)}


def _answered(answer: Answer) -> Count:
    return Count("id", filter=Q(answer=answer))


def _time(row: WorkshopDate, language: str, seats: Seats) -> Time:
    workshop = row.workshop
    return Time(
        row.id, workshop.id, named(workshop, language), workshop.place, row.starts_at, row.ends_at,
        row.state == WorkshopDate.CANCELLED, row.settled_at, workshop.women_only, workshop.childcare, workshop.travel,
        workshop.capacity, seats,
    )  # fmt: skip


def invited_to(viewer: Viewer, wanted: UUID, *, pack: Pack) -> tuple[Guestlisted, ...]:
    """The viewer's own people who were invited to a time, by name. Raises AuditUnavailableError."""
    rows = list(standing_records(viewer, Invitation).filter(date=wanted).select_related("involvement"))
    people = [row.person_id for row in rows]
    keys = recorded_keys(viewer, people, category="name, workshops", purpose=PURPOSE)
    names = display_names(viewer, people, keys=keys, pack=pack)
    found = [_line(row, keys[row.person_id], names[row.person_id]) for row in rows if row.person_id in names]
    return tuple(sorted(found, key=lambda each: (fold(each.name), each.id)))


def _line(row: Invitation, key: bytes, name: str) -> Guestlisted:
    return Guestlisted(
        row.id, row.person_id, name, Answer(row.answer), row.attended, row.version, open_invitation(key, row)
    )  # fmt: skip


def not_invited_to(viewer: Viewer, wanted: UUID, *, pack: Pack) -> dict[UUID, str]:
    """The viewer's own people who could be invited to a time, as `own_people`. Raises AuditUnavailableError."""
    there = standing_records(viewer, Invitation).filter(date=wanted).values("person")
    return own_people(viewer, without=there, pack=pack)


def own_people(viewer: Viewer, *, without: Any = (), pack: Pack) -> dict[UUID, str]:
    """Whom the viewer accompanies at present, with their names, by name. Raises AuditUnavailableError."""
    own = involvements_in_scope(viewer).filter(closed_on__isnull=True).exclude(secrecy=SEALED)
    people = set(own.exclude(person__in=without).values_list("person", flat=True))
    keys = recorded_keys(viewer, people, category="name", purpose=PURPOSE)
    names = display_names(viewer, keys, keys=keys, pack=pack)
    return dict(sorted(names.items(), key=lambda each: (fold(each[1]), each[0])))


def times_with(viewer: Viewer, person: OpenPerson, language: str) -> tuple[OwnTime, ...]:
    """The times to which a person was invited, the latest first. The page recorded "workshops"."""
    key = key_for(person, "workshops")
    rows = standing_records(viewer, Invitation).filter(person=person.id).select_related("involvement")
    lines = {row.date_id: _line(row, key, person.display_name) for row in rows}
    times = _times(viewer, dates_in_scope(viewer).filter(id__in=lines), language)
    return tuple(OwnTime(time, lines[time.id]) for time in reversed(times))
