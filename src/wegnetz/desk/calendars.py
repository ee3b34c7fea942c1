"""Calendars for programs outside (RFC 5545): when, and nothing about whom, where or why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from wegnetz.casework.selectors import Slot
from wegnetz.core.turns import HOUR, is_too_often

ASKED_AT_MOST = 60  # times an hour, with one link


def calendar_file(slots: Iterable[Slot], *, now: datetime) -> HttpResponse:
    """The appointments as a file. Whoever sees the calendar on a telephone learns that there are appointments."""
    calendar = Calendar()
    calendar.add("prodid", "-//Termine//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for slot in slots:
        calendar.add_component(_event(slot, now))
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="termine.ics"'
    return response


def _event(slot: Slot, now: datetime) -> Event:
    here = ZoneInfo(settings.TIME_ZONE)
    event = Event()
    event.add("uid", str(slot.uid))
    event.add("summary", _("Termin"))
    event.add("dtstart", slot.starts_at.astimezone(here))
    event.add("dtend", slot.ends_at.astimezone(here))
    event.add("dtstamp", now)
    event.add("sequence", slot.version)
    event.add("status", "CANCELLED" if slot.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def asks_too_often(link: UUID) -> bool:
    """Count what is asked with a link. A calendar program asks every quarter of an hour at the most."""
    return is_too_often(f"calendar|{link.hex}", ASKED_AT_MOST)


def refusal(status: HTTPStatus) -> HttpResponse:
    """For a program: nothing here, or come back later."""
    response = HttpResponse(status=status, content_type="text/plain")
    if status is not HTTPStatus.NOT_FOUND:
        response.headers["Retry-After"] = str(HOUR)
    return response
