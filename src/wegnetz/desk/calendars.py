"""Calendars for programs outside (RFC 5545): when, and nothing about whom, where or why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wegnetz.casework.selectors import Slot
from wegnetz.core.calendars import CONTENT_TYPE, Entry, calendar_text
from wegnetz.core.turns import HOUR, is_too_often

ASKED_AT_MOST = 60  # times an hour, with one link


def calendar_file(slots: Iterable[Slot], *, now: datetime) -> HttpResponse:
    """The appointments as a file. Whoever sees the calendar on a telephone learns that there are appointments."""
    entries = [
        Entry(slot.uid, _("Termin"), slot.starts_at, slot.ends_at, slot.version, slot.cancelled) for slot in slots
    ]
    response = HttpResponse(calendar_text(entries, now=now), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="termine.ics"'
    return response


def asks_too_often(link: UUID) -> bool:
    """Count what is asked with a link. A calendar program asks every quarter of an hour at the most."""
    return is_too_often(f"calendar|{link.hex}", ASKED_AT_MOST)


def refusal(status: HTTPStatus) -> HttpResponse:
    """For a program: nothing here, or come back later."""
    response = HttpResponse(status=status, content_type="text/plain")
    if status is not HTTPStatus.NOT_FOUND:
        response.headers["Retry-After"] = str(HOUR)
    return response
