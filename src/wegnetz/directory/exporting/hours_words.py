"""Hours as people write them, German and English: "Di 18:00-20:00", "first Tue of the month 10:00-12:00"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wegnetz.directory.entries import Hours
from wegnetz.directory.exporting.times import recurring_of, written
from wegnetz.engines.occurrences import Frequency, Pattern, describe_rule

_DAYS = (("Mo", "Mon"), ("Di", "Tue"), ("Mi", "Wed"), ("Do", "Thu"), ("Fr", "Fri"), ("Sa", "Sat"), ("So", "Sun"))
_NTH: Mapping[int, tuple[str, str]] = {
    1: ("ersten", "first"), 2: ("zweiten", "second"), 3: ("dritten", "third"), 4: ("vierten", "fourth"),
    5: ("fünften", "fifth"), -1: ("letzten", "last"), -2: ("vorletzten", "last but one"),
}  # fmt: skip
_EVERY: Mapping[Frequency, tuple[str, str]] = {
    Frequency.DAILY: ("alle {} Tage", "every {} days"),
    Frequency.WEEKLY: ("alle {} Wochen", "every {} weeks"),
    Frequency.MONTHLY: ("alle {} Monate", "every {} months"),
    Frequency.YEARLY: ("alle {} Jahre", "every {} years"),
}


def in_words(hours: Hours, language: str) -> str:
    """In German, or else in English. What nobody says in a few words is written as the exact line of `times`."""
    english = language.partition("-")[0] != "de"
    recurring = recurring_of(hours)
    if recurring is None:
        return written(hours)
    times = "-".join(f"{at:%H:%M}" for at in (hours.opens, hours.closes) if at) if hours.opens else ""
    if recurring.rule is None:
        return f"{_day(hours.first_day, english=english)} {times}".strip()
    pattern = describe_rule(recurring.rule, hours.first_day, recurring.zone)
    days = _days(pattern, english=english) if pattern else ""
    if pattern is None or not days:
        return written(hours)
    return " ".join(filter(None, (days, times, _limits(pattern, hours, english=english))))


def _days(pattern: Pattern, *, english: bool) -> str:
    """Nothing where there is no word for it."""
    names = ", ".join(_DAYS[day][english] for day in pattern.weekdays)
    if any(nth not in _NTH for nth in pattern.nth) or pattern.month_days:
        return ""
    if pattern.nth:
        which = (" and " if english else " und ").join(_NTH[nth][english] for nth in pattern.nth)
        names = f"{which} {names} {'of the month' if english else 'im Monat'}"
    elif pattern.unit is Frequency.DAILY and pattern.interval == 1:
        names = "daily" if english else "täglich"
    if pattern.interval == 1:
        return names
    return " ".join(filter(None, (_EVERY[pattern.unit][english].format(pattern.interval), names)))


def _limits(pattern: Pattern, hours: Hours, *, english: bool) -> str:
    """From when, until when or how often, and when not. A rule without an end is told without its beginning."""
    said = []
    if pattern.interval > 1 or pattern.until or pattern.times:
        said.append(f"{'from' if english else 'ab'} {_day(hours.first_day, english=english)}")
    if pattern.until:
        said.append(f"{'until' if english else 'bis'} {_day(pattern.until, english=english)}")
    if pattern.times:
        said.append(f"{pattern.times} {'times' if english else 'Mal'}")
    if hours.but_not_on:
        days = ", ".join(_day(day, english=english) for day in hours.but_not_on)
        said.append(f"{'not on' if english else 'nicht am'} {days}")
    return f"({', '.join(said)})" if said else ""


def _day(day: date, *, english: bool) -> str:
    return day.isoformat() if english else f"{day:%d.%m.%Y}"
