"""Rules of RFC 5545 from strangers: only those parts that a calendar of a contact point needs, and only sound ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

# Days that are said without a date count from here, a Monday: the same file gives the same points on every day.
FROM = date(2024, 1, 1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTHDAY = "-?(?:3[01]|[12][0-9]|[1-9])"
_WEEK = "-?(?:5[0-3]|[1-4][0-9]|[1-9])"
_YEARDAY = "-?(?:36[0-6]|3[0-5][0-9]|[12][0-9]{2}|[1-9][0-9]?)"


def _listed(one: str) -> str:
    return f"{one}(?:,{one}){{0,30}}"


# In the order in which they are written out. Nothing below a day takes place at a contact point.
PARTS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
        "INTERVAL": "[1-9][0-9]{0,2}",
        "COUNT": "[1-9][0-9]{0,3}",
        "UNTIL": r"[0-9]{8}(?:T[0-9]{6}Z?)?",
        "BYMONTH": _listed("(?:1[0-2]|[1-9])"),
        "BYWEEKNO": _listed(_WEEK),
        "BYYEARDAY": _listed(_YEARDAY),
        "BYMONTHDAY": _listed(_MONTHDAY),
        "BYDAY": _listed(f"(?:[+-]?[1-5])?{_DAY}"),
        "BYSETPOS": _listed(_YEARDAY),
        "WKST": _DAY,
    }.items()
}
# RFC 5545, section 3.3.10: what makes no sense together.
ONLY_WITH: Mapping[str, frozenset[str]] = {
    "BYWEEKNO": frozenset({"YEARLY"}),
    "BYYEARDAY": frozenset({"YEARLY"}),
    "BYMONTHDAY": frozenset({"DAILY", "MONTHLY", "YEARLY"}),
}
NUMBERED_DAY = re.compile("[0-9]")


def parts_of(rule: str) -> dict[str, str]:
    """ "FREQ=WEEKLY;BYDAY=MO" as its parts, for `sound`. What is no part stands under its own text."""
    pairs = (part.strip().upper().partition("=") for part in rule.split(";") if part.strip())
    return {name: value for name, _, value in pairs}


def sound(parts: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The rule, and the names of the parts that it could not keep. Without a frequency there is no rule."""
    frequency = parts.get("FREQ", "")
    if not PARTS["FREQ"].fullmatch(frequency):
        return "", tuple(parts)
    kept = {name: value for name, value in parts.items() if _fits(name, value, frequency)}
    if "COUNT" in kept and "UNTIL" in kept:  # the day is the one that people meant
        del kept["COUNT"]
    rule = ";".join(f"{name}={kept[name]}" for name in PARTS if name in kept)
    return rule, tuple(name for name in parts if name not in kept)


def weekly(days: tuple[int, ...], until: date | None = None) -> str:
    """`days` are 0 for Monday to 6."""
    end = f"UNTIL={until:%Y%m%d};" if until else ""
    return f"FREQ=WEEKLY;{end}BYDAY={','.join(DAYS[day] for day in days)}"


def first_of(days: tuple[int, ...], since: date = FROM) -> date:
    """The first of these weekdays on or after a day."""
    return min((since + timedelta((day - since.weekday()) % 7) for day in days), default=since)


def weekdays_in(rule: str) -> tuple[int, ...]:
    """The weekdays of a rule as numbers, without which of the month it is."""
    named = parts_of(rule).get("BYDAY", "")
    return tuple(sorted({DAYS.index(day[-2:]) for day in named.split(",") if day[-2:] in DAYS}))


def _fits(name: str, value: str, frequency: str) -> bool:
    if name not in PARTS or not PARTS[name].fullmatch(value):
        return False
    if name == "UNTIL" and not _is_day(value[:8]):
        return False
    if name == "BYDAY" and NUMBERED_DAY.search(value) and frequency not in {"MONTHLY", "YEARLY"}:
        return False
    return frequency in ONLY_WITH.get(name, {frequency})


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
