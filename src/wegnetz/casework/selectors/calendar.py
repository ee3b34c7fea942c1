"""One's own appointments: by week with names, and as bare times for a calendar program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of, membership_of, viewer_in
from wegnetz.audit.selectors.accesses import recorded_since
from wegnetz.audit.services import record_reading
from wegnetz.casework.models import Appointment, CalendarFeed, NoReminders
from wegnetz.casework.openings import open_meeting
from wegnetz.casework.selectors.day import Stop, day_bounds
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import standing_records
from wegnetz.participants.selectors import PersonNotFoundError, display_names
from wegnetz.programme.pack.model import Pack
from wegnetz.vault.selectors import keys_of

BEHIND, AHEAD = timedelta(days=90), timedelta(days=366)
MOST = 1000
SUBSCRIPTION = "calendar subscription"
RECORDED_EVERY = timedelta(hours=1)


class FeedGoneError(DomainError):
    """The link was never given out or was revoked, or its holder does not work in this role any more."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An appointment as a calendar outside may know it: when. `uid` says nothing, and stays the same."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    changed_at: datetime
    version: int


def my_meetings(viewer: Viewer, first: date, last: date, *, pack: Pack) -> tuple[Stop, ...]:
    """The viewer's own appointments of some days with names, after recording whose they are."""
    rows = list(_mine(viewer, day_bounds(first)[0], day_bounds(last)[1]))
    people = list(dict.fromkeys(row.person_id for row in rows))
    if not people:
        return ()
    record_reading(viewer.actor, "list", subjects=people, category="name, appointments", purpose="own appointments")
    keys = keys_of(people)
    names = display_names(viewer, people, keys=keys, pack=pack)
    return tuple(
        Stop(open_meeting(keys[row.person_id], row), names.get(row.person_id, "")) for row in rows
        if row.person_id in keys
    )  # fmt: skip


def my_slots(viewer: Viewer, *, day: date) -> tuple[Slot, ...]:
    """The times of the viewer's own appointments around `day` for a file, after recording it."""
    rows = _around(viewer, day)
    if rows:
        people = [row.person_id for row in rows]
        record_reading(viewer.actor, "export", subjects=people, category="appointments", purpose="calendar file")
    return tuple(_slot(viewer, row) for row in rows)


def subscribed_slots(viewer: Viewer, *, day: date, now: datetime) -> tuple[Slot, ...]:
    """As `my_slots`, for a calendar program, which asks again and again: recorded for each person once an hour."""
    rows = _around(viewer, day)
    known = recorded_since(viewer.organisation, viewer.user, purpose=SUBSCRIPTION, since=now - RECORDED_EVERY)
    if people := {row.person_id for row in rows} - known:
        record_reading(viewer.actor, "export", subjects=people, category="appointments", purpose=SUBSCRIPTION)
    return tuple(_slot(viewer, row) for row in rows)


def slot_of(viewer: Viewer, person: UUID, appointment: UUID) -> Slot:
    """The times of one appointment for a file, after recording it. Raises PersonNotFoundError."""
    row = standing_records(viewer, Appointment).filter(person=person, id=appointment).first()
    if row is None:
        raise PersonNotFoundError
    record_reading(viewer.actor, "export", subjects=[person], category="appointments", purpose="calendar file")
    return _slot(viewer, row)


def _mine(viewer: Viewer, start: datetime, end: datetime) -> QuerySet[Appointment]:
    rows = standing_records(viewer, Appointment).filter(held_by=viewer.user, starts_at__gte=start, starts_at__lt=end)
    return rows.select_related("held_by").order_by("starts_at", "id")


def _around(viewer: Viewer, day: date) -> list[Appointment]:
    return list(_mine(viewer, day_bounds(day - BEHIND)[0], day_bounds(day + AHEAD)[1])[:MOST])


def _slot(viewer: Viewer, row: Appointment) -> Slot:
    # Derived, so that no identifier of ours leaves the house; another one for each member of staff.
    uid = uuid5(viewer.user, str(row.id))
    changed = row.changed_at or row.written_at
    return Slot(uid, row.starts_at, row.ends_at, row.state == "cancelled", changed, row.version)


# --- the link, and reminders -------------------------------------------------------------------------


def feed_of(viewer: Viewer) -> CalendarFeed | None:
    """The link that was given to the viewer in this role and still opens the calendar."""
    return CalendarFeed.objects.filter(membership=membership_of(viewer), revoked_at__isnull=True).first()


def holder_of(token: str) -> tuple[Viewer, UUID]:
    """Whose calendar a link opens, and which link it is. Raises FeedGoneError.

    What is looked up is a hash of the token, so the time it takes tells nothing about tokens that exist.
    """
    feed = CalendarFeed.objects.filter(token=hash_of(token), revoked_at__isnull=True).first()
    viewer = viewer_in(feed.membership_id) if feed else None
    if feed is None or viewer is None:
        raise FeedGoneError
    return viewer, feed.id


def wants_reminders(viewer: Viewer) -> bool:
    return not NoReminders.objects.filter(user=viewer.user).exists()


def want_no_reminders() -> frozenset[UUID]:
    """The accounts to which no reminder of any kind is sent. For the system."""
    return frozenset(NoReminders.objects.values_list("user", flat=True))
