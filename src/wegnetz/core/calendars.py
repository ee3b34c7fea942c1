"""Appointments for programs outside (RFC 5545): one file for one or several of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
FILE_NAME = "termin.ics"


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment. A calendar that has the `uid` already believes only a higher `sequence`."""

    uid: UUID
    summary: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    cancelled: bool = False
    place: str = ""


def calendar_text(entries: Iterable[Entry], *, now: datetime) -> bytes:
    """The file, in UTF-8. Each of them is private: shared calendars show others only that there is something."""
    calendar = Calendar()
    calendar.add("prodid", "-//Termine//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    here = ZoneInfo(settings.TIME_ZONE)
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("summary", entry.summary)
    event.add("dtstart", entry.starts_at.astimezone(here))
    event.add("dtend", entry.ends_at.astimezone(here))
    event.add("dtstamp", now)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if entry.place:
        event.add("location", entry.place)
    return event
