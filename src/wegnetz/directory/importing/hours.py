"""When something takes place, as people write it: "Mo, Mi 15-18 Uhr", "every Friday 3 pm", "1. Dienstag im Monat"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from wegnetz.directory.entries import Hours
from wegnetz.directory.importing.cells import end_behind
from wegnetz.directory.importing.outcome import Effect, Expected, Say
from wegnetz.directory.importing.recurrence import FROM, first_of, weekly
from wegnetz.engines.occurrences import WEEKDAYS

LONGEST = 500
NAMES: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "montags montag mo mondays monday mon",
            "dienstags dienstag di tuesdays tuesday tues tue tu",
            "mittwochs mittwoch mi wednesdays wednesday wed we",
            "donnerstags donnerstag do thursdays thursday thurs thur thu th",
            "freitags freitag fr fridays friday fri",
            "samstags samstag sonnabends sonnabend sa saturdays saturday sat",
            "sonntags sonntag so sundays sunday sun su",
        )
    )
    for name in names.split()
}
SETS: Mapping[str, tuple[int, ...]] = {
    "täglich": (0, 1, 2, 3, 4, 5, 6), "daily": (0, 1, 2, 3, 4, 5, 6), "jeden tag": (0, 1, 2, 3, 4, 5, 6),
    "every day": (0, 1, 2, 3, 4, 5, 6), "werktags": (0, 1, 2, 3, 4), "weekdays": (0, 1, 2, 3, 4),
    "am wochenende": (5, 6), "wochenende": (5, 6), "weekends": (5, 6), "weekend": (5, 6),
}  # fmt: skip
NTH: Mapping[str, int] = {
    "ersten": 1, "erster": 1, "first": 1, "zweiten": 2, "zweiter": 2, "second": 2, "dritten": 3, "dritter": 3,
    "third": 3, "vierten": 4, "vierter": 4, "fourth": 4, "letzten": -1, "letzter": -1, "last": -1,
}  # fmt: skip


def _any(words: Mapping[str, object]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


TOKEN = re.compile(
    rf"""\s*(?:
    (?P<date>[0-9]{{1,2}}\.\s?[0-9]{{1,2}}\.\s?(?:20)?[0-9]{{2}}(?![0-9.:])|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
    |(?P<set>(?:{_any(SETS)})\b)
    |(?P<nth>[1-5]\.(?=\s*(?:(?:und|u\.|,)\s*[1-5]\.\s*)?(?:{_any(NAMES)})\b)|(?:{_any(NTH)})\b)
    |(?P<day>(?:{_any(NAMES)})\b\.?)
    |(?P<time>[0-9]{{1,2}}(?:[:.][0-9]{{2}})?(?:\s*(?:uhr|h|am|pm)\b)?)
    |(?P<through>(?:bis|to|until|till)\b|[-–—])
    |(?P<filler>(?:jeden|jede|jeder|every|each|von|from|ab|um|at|immer|am|on|the|im\smonat|des\smonats|of\sthe\smonth
        |uhr|und|u\.|and)\b|[,&+:]|u\.)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*(uhr|h|am|pm)?", re.IGNORECASE)
CLOSED = re.compile(r"(?P<days>.*?)[\s:]*\b(?:geschlossen|closed|ruhetag)\b[\s.]*", re.IGNORECASE)
APPOINTMENT = re.compile(r"vereinbarung|absprache|termin|appointment|arrangement|\bn\.\s?v\b", re.IGNORECASE)
MONTH = re.compile(r"monat|month", re.IGNORECASE)


def hours_of(text: str, say: Say) -> tuple[Hours, ...]:
    """Parts are separated by ";", "/" or lines. A part that cannot be read is said and left out."""
    if len(text) > LONGEST:
        say(text, Expected.HOURS)
        return ()
    found: list[Hours] = []
    for part in re.split(r"[;/\n|]", text):
        words = part.strip(" ,.")
        # What is closed needs no rule: only what is open is told.
        if not words or CLOSED.fullmatch(words):
            continue
        if APPOINTMENT.search(words):
            say(part, Expected.APPOINTMENT)
        else:
            found.extend(_part(words, say))
    return tuple(dict.fromkeys(found))


@dataclass
class _Group:
    """Days with their times. `through` is set between the two ends of a span."""

    days: list[int] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)
    times: list[tuple[time, time | None]] = field(default_factory=list)
    through: bool = False
    last: str = ""


class _UnreadableError(Exception):
    pass


def _part(words: str, say: Say) -> tuple[Hours, ...]:
    try:
        groups = _groups(words)
        found = tuple(hours for group in groups for hours in _hours(group, say))
    except (_UnreadableError, ValueError):
        say(words, Expected.HOURS)
        return ()
    if any(not group.times for group in groups):
        say(words, Expected.TIME, Effect.NOTED)
    if any(nth > 1 for group in groups for nth in group.nth) and not MONTH.search(words):
        say(words, Expected.MONTHLY, Effect.NOTED)
    return found


def _groups(words: str) -> list[_Group]:
    groups, before = [_Group()], ""
    for kind, text in _tokens(words):
        group = groups[-1]
        if kind == before == "time":  # "Sa 3.10 15 Uhr": the first is no time
            raise _UnreadableError
        before = kind
        if group.through and kind not in {group.last, "filler", "through"}:
            raise _UnreadableError
        if kind in {"day", "set", "date", "nth"} and group.times:
            groups.append(group := _Group())
        if kind == "through":
            if group.through or group.last not in {"day", "time"}:
                raise _UnreadableError
            group.through = True
        elif kind != "filler":
            _take(group, kind, text)
            group.last, group.through = kind, False
    if groups[-1].through:
        raise _UnreadableError
    return groups


def _tokens(words: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(words):
        found = TOKEN.match(words, at)
        if found is None or found.lastgroup is None:
            raise _UnreadableError
        yield found.lastgroup, found[found.lastgroup].lower()
        at = found.end()


def _take(group: _Group, kind: str, text: str) -> None:
    if kind == "day":
        number = NAMES[text.rstrip(".")]
        since = group.days[-1] if group.through else number
        group.days.extend((since + step) % 7 for step in range((number - since) % 7 + 1))
    elif kind == "set":
        group.days.extend(SETS[text])
    elif kind == "nth":
        group.nth.append(NTH.get(text) or int(text[0]))
    elif kind == "date":
        group.dates.append(_date(text))
    elif group.through:
        opens, _ = group.times.pop()
        group.times.append(_span(opens, text))
    else:
        group.times.append((_clock(text), None))


def _hours(group: _Group, say: Say) -> Iterator[Hours]:
    if not (group.days or group.dates) or (group.dates and group.nth):
        raise _UnreadableError
    days = tuple(sorted(set(group.days)))
    times: Sequence[tuple[time | None, time | None]] = group.times or [(None, None)]
    for opens, end in times:
        closes = end_behind(opens, end, say)
        if group.dates:
            for day in sorted(set(group.dates)):
                yield Hours(day, opens, closes)
        elif group.nth:
            which = [(nth, day) for nth in group.nth for day in days]
            named = ",".join(f"{nth}{WEEKDAYS[day]}" for nth, day in which)
            yield Hours(min(_nth(*each) for each in which), opens, closes, f"FREQ=MONTHLY;BYDAY={named}")
        else:
            yield Hours(first_of(days), opens, closes, weekly(days))


def _nth(number: int, weekday: int) -> date:
    """The n-th such weekday of the month from which undated days count, which has 31 days."""
    first = first_of((weekday,))
    if number > 0:
        return first + timedelta(weeks=number - 1)
    return max(day for week in range(5) if (day := first + timedelta(weeks=week)).month == FROM.month)


def _date(text: str) -> date:
    if "-" in text:
        return date.fromisoformat(text)
    day, month, year = (int(part) for part in text.split("."))
    return date(2000 + year % 100, month, day)


def _clock(text: str) -> time:
    found = CLOCK.fullmatch(text)
    if found is None:
        raise _UnreadableError
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            raise _UnreadableError
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(0) if (hour, minute) == (24, 0) else time(hour, minute)


def _span(opens: time, text: str) -> tuple[time, time]:
    """ "3-6 pm" means the afternoon twice."""
    closes = _clock(text)
    if text.endswith("pm") and opens.hour + 12 < closes.hour and opens.hour > 0:
        opens = opens.replace(hour=opens.hour + 12)
    if opens == closes:
        raise _UnreadableError
    return opens, closes
