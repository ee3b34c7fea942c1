"""Rules of RFC 5545 from strangers: of each, as much as a directory can work with, and the weeks that people write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from wegnetz.engines.occurrences import WEEKDAYS, RuleError, checked_rule

# Days that are said without a date count from here, a Monday: the same file gives the same points on every day.
FROM = date(2024, 1, 1)
# The order in which a rule is written out.
PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST")


def parts_of(rule: str) -> dict[str, str]:
    """ "FREQ=WEEKLY;BYDAY=MO" as its parts, for `sound`. What is no part stands under its own text."""
    pairs = (part.strip().upper().partition("=") for part in rule.split(";") if part.strip())
    return {name: value for name, _, value in pairs}


def sound(parts: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The rule, and the names of the parts that it could not keep. Without a frequency there is no rule."""
    kept = {name: parts[name] for name in PARTS if name in parts}
    while "FREQ" in kept:
        rule = ";".join(f"{name}={value}" for name, value in kept.items())
        try:
            checked_rule(rule)
        except RuleError as error:
            # A rule that is too long has no part at fault: then it is the one that says the most.
            del kept[error.part if error.part in kept else max(kept, key=lambda name: len(kept[name]))]
        else:
            return rule, tuple(name for name in parts if name not in kept)
    return "", tuple(parts)


def weekly(days: tuple[int, ...]) -> str:
    """`days` are 0 for Monday to 6."""
    return f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[day] for day in days)}"


def first_of(days: tuple[int, ...], since: date = FROM) -> date:
    """The first of these weekdays on or after a day."""
    return min((since + timedelta((day - since.weekday()) % 7) for day in days), default=since)


def weekdays_in(rule: str) -> tuple[int, ...]:
    """The weekdays of a sound rule as numbers, without which of the month it is."""
    return tuple(sorted({day.weekday for day in checked_rule(rule).by_day})) if rule else ()
