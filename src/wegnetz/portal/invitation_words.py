"""One time of a workshop in the words of a language, for its page, for mails and for calendars."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import gettext as _

from wegnetz.core.calendars import Entry, calendar_text
from wegnetz.core.languages import locale_of
from wegnetz.network.selectors.own_invitations import Evening


def day_in_words(day: date, language: str) -> str:
    """ "Dienstag, 1. Dezember 2026", with the names of the language."""
    return str(format_date(day, "full", locale=locale_of(language)))


def when(evening: Evening, language: str) -> str:
    """The day, and from when to when."""
    starts, ends = timezone.localtime(evening.starts_at), timezone.localtime(evening.ends_at)
    hours = _("%(start)s bis %(end)s") % {"start": _clock(starts, language), "end": _clock(ends, language)}
    return _(", ").join((day_in_words(starts.date(), language), hours))


def short(evening: Evening) -> str:
    """ "1.12., 18:00", the same in every script, where every letter counts."""
    starts = timezone.localtime(evening.starts_at)
    return f"{starts.day}.{starts.month}. {starts:%H:%M}"


def calendar_of(evening: Evening, uid: UUID, language: str, *, now: datetime) -> bytes:
    """The file for the calendar of a telephone."""
    entry = Entry(
        uid, evening.said(language).title, evening.starts_at, evening.ends_at, evening.sequence, evening.cancelled,
        evening.place,
    )  # fmt: skip
    return calendar_text([entry], now=now)


def _clock(at: datetime, language: str) -> str:
    return str(format_time(at, "HH:mm", tzinfo=at.tzinfo, locale=locale_of(language)))
