"""When locations of Integreat are open, and when its events take place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wegnetz.directory.entries import Hours
from wegnetz.directory.importing.cells import clock, day, end_behind, yes_or_no
from wegnetz.directory.importing.documents import Part
from wegnetz.directory.importing.outcome import Effect, Expected, Say
from wegnetz.directory.importing.recurrence import first_of, parts_of, sound, weekly

ZONE = "Europe/Berlin"
ZONE_NAME = re.compile(r"[A-Za-z]+(?:/[A-Za-z_+\-0-9]+){0,2}")
MOST_DAYS = 366
LEFT_OUT_DAY = re.compile(r"[0-9]{8}")
# The service's own words are in its texts; these two languages are the ones in which we can add a sentence.
ON_APPOINTMENT = {"de": "Nur nach Terminvereinbarung: {}.", "en": "By appointment only: {}."}
DAY_NAMES = {"de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def opening_hours(part: Part) -> tuple[Hours, ...]:
    """By weekday, days with the same hours as one rule. A day on which one only comes by appointment is not open."""
    spans: dict[tuple[time | None, time | None, str], list[int]] = defaultdict(list)
    for number, of_day in _week(part):
        if of_day.parsed("closed", yes_or_no):
            continue
        if _is_by_appointment(of_day):
            of_day.say(f"appointmentOnly ({DAY_NAMES['en'][number]})", Expected.APPOINTMENT)
        elif of_day.parsed("allDay", yes_or_no):
            spans[None, None, ZONE].append(number)
        else:
            for slot in of_day.parts("timeSlots"):
                if span := _slot(slot):
                    spans[span].append(number)
    return tuple(
        Hours(first_of(tuple(days)), opens, closes, weekly(tuple(days)), zone=zone)
        for (opens, closes, zone), days in spans.items()
    )


def by_appointment(part: Part, language: str) -> str:
    """A sentence for the days on which one must ask first; nothing where there are none or we lack the words."""
    asked = [number for number, of_day in _week(part) if _is_by_appointment(of_day)]
    if not asked or language not in ON_APPOINTMENT:
        return ""
    return ON_APPOINTMENT[language].format(", ".join(DAY_NAMES[language][number] for number in asked))


def event_hours(part: Part) -> tuple[Hours, ...]:
    event, say = part.part("event"), part.say.within("event")
    zone = _zone(event.raw("timezone"), say.within("timezone"))
    begin, end = _local(event, "start", zone), _local(event, "end", zone)
    if begin is None:
        return ()
    rule, left_out = _rule(part)
    if event.parsed("all_day", yes_or_no):
        days = (end[0] - begin[0]).days + 1 if end else 1
        if not rule and 1 < days <= MOST_DAYS:
            rule = f"FREQ=DAILY;COUNT={days}"
        return (Hours(begin[0], rule=rule, but_not_on=left_out, zone=zone),)
    closes = end[1] if end else None
    if end and not rule and event.parsed("only_weekdays", yes_or_no) and begin[0] < end[0]:
        rule = f"FREQ=WEEKLY;UNTIL={end[0]:%Y%m%d};BYDAY=MO,TU,WE,TH,FR"
        return (Hours(begin[0], begin[1], end_behind(begin[1], closes, say.within("end")), rule, zone=zone),)
    if end and _is_longer_than_a_day(begin, end):
        say.within("end")(event.raw("end"), Expected.TIME)
        closes = None
    return (Hours(begin[0], begin[1], closes, rule, left_out, zone),)


def _week(part: Part) -> Iterator[tuple[int, Part]]:
    """Seven days from Monday; a week of another length means nothing."""
    days = list(part.parts("opening_hours"))
    if days and len(days) != 7:
        part.say.within("opening_hours")(f"{len(days)}", Expected.HOURS)
        return
    yield from enumerate(days)


def _is_by_appointment(of_day: Part) -> bool:
    return of_day.data.get("appointmentOnly") is True and of_day.data.get("closed") is not True


def _slot(slot: Part) -> tuple[time, time | None, str] | None:
    opens, closes = slot.parsed("start", clock), slot.parsed("end", clock)
    if opens is None or opens == closes:
        slot.say(f"{slot.raw('start')}-{slot.raw('end')}", Expected.HOURS)
        return None
    return opens, end_behind(opens, closes, slot.say), _zone(slot.raw("timezone"), slot.say.within("timezone"))


def _zone(name: str, say: Say) -> str:
    try:
        if name and ZONE_NAME.fullmatch(name):
            return ZoneInfo(name).key
    except (OSError, ValueError, ZoneInfoNotFoundError):
        pass
    if name:
        say(name, Expected.ZONE, Effect.CHANGED)
    return ZONE


def _local(event: Part, key: str, zone: str) -> tuple[date, time] | None:
    """Day and time at the place: from the moment, else from the fields that say them apart."""
    if event.raw(key):
        try:
            found = datetime.fromisoformat(event.raw(key))
            local = found.astimezone(ZoneInfo(zone)) if found.tzinfo else found
            return local.date(), local.time().replace(tzinfo=None, microsecond=0)
        except (ValueError, OverflowError):
            event.say.within(key)(event.raw(key), Expected.DATE)
    found_day = event.parsed(f"{key}_date", day)
    starts = event.parsed(f"{key}_time", clock)
    return (found_day, starts or time(0)) if found_day else None


def _is_longer_than_a_day(begin: tuple[date, time], end: tuple[date, time]) -> bool:
    length = datetime.combine(*end) - datetime.combine(*begin)
    return not timedelta(0) < length < timedelta(days=1)


def _rule(part: Part) -> tuple[str, tuple[date, ...]]:
    """The rule without its beginning, and the days it leaves out, from lines of iCalendar."""
    say = part.say.within("recurrence_rule")
    rule = ""
    days: list[date] = []
    for text in part.raw("recurrence_rule").split("\n"):
        name, _, value = text.strip().rpartition(":")
        if name.upper().startswith("EXDATE"):
            days.extend(_days(value, say))
        elif text.strip() and not name.upper().startswith("DTSTART"):
            rule, left = sound(parts_of(value))
            for each in left:
                say(each, Expected.RULE)
    return rule, tuple(sorted(set(days)))


def _days(value: str, say: Say) -> Iterator[date]:
    for each in value.split(","):
        try:
            yield date.fromisoformat(each[:8] if LEFT_OUT_DAY.match(each) else each)
        except ValueError:
            say(each, Expected.DATE)
