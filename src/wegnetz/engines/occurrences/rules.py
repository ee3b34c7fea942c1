"""Rules of repetition (RFC 5545) as far as a directory needs them, read from what strangers wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple, TypeVar

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # Monday is 0, as in `date.weekday`
MOST_TIMES, LONGEST_INTERVAL, LONGEST_RULE = 5000, 1000, 500
# Beyond them moments have no place in other zones, and nothing takes place.
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)

T = TypeVar("T")


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class RuleError(ValueError):
    """A rule that is none, or one that is not taken. Carries the part at fault and what it says, cut short."""

    def __init__(self, part: str, value: str) -> None:
        self.part, self.value = part, value[:80]
        super().__init__(f"{part}={self.value} is not taken")


class NthDay(NamedTuple):
    """A weekday (0 is Monday): each, if `nth` is 0; else the nth of the month or year, from its end if negative."""

    weekday: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was checked. Empty tuples are parts that are not there.

    `until` is a day that is included, or the moment of the last start: in the zone of the place when it is naive.
    """

    frequency: Frequency
    interval: int = 1
    by_day: tuple[NthDay, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()
    until: date | datetime | None = None
    times: int | None = None
    week_start: int = 0


def checked_rule(text: str) -> Rule:
    """The rule as RFC 5545 writes it, without "RRULE:". Raises RuleError for all that is not taken.

    Not taken: frequencies below a day, parts that multiply within a day, weeks and days of the year by number, more
    than 5000 times, and whatever is no rule. A rule without an end is taken; what is asked of it is bounded.
    """
    parts = _parts(text)
    rule = Rule(
        _frequency(parts.get("FREQ", "")),
        _number("INTERVAL", parts.get("INTERVAL", "1"), 1, LONGEST_INTERVAL),
        _listed(parts, "BYDAY", _nth_day),
        _listed(parts, "BYMONTHDAY", lambda part, value: _number(part, value, -31, 31, zero=False)),
        _listed(parts, "BYMONTH", lambda part, value: _number(part, value, 1, 12)),
        _listed(parts, "BYSETPOS", lambda part, value: _number(part, value, -366, 366, zero=False)),
        _until(parts["UNTIL"]) if "UNTIL" in parts else None,
        _number("COUNT", parts["COUNT"], 1, MOST_TIMES) if "COUNT" in parts else None,
        _nth_day("WKST", parts.get("WKST", "MO")).weekday,
    )
    _fit_together(rule, parts)
    return rule


_KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL", "COUNT", "WKST"})


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST_RULE:
        raise RuleError("rule", text)
    parts: dict[str, str] = {}
    for piece in text.upper().strip().rstrip(";").split(";"):
        name, sign, value = piece.strip().partition("=")
        if not sign or name in parts or name not in _KNOWN:
            raise RuleError(name or "rule", value)
        parts[name] = value.strip()
    return parts


def _frequency(value: str) -> Frequency:
    if value not in list(Frequency):
        raise RuleError("FREQ", value)
    return Frequency(value)


def _number(part: str, value: str, least: int, most: int, *, zero: bool = True) -> int:
    digits = value[1:] if value[:1] in ("+", "-") else value
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise RuleError(part, value)
    number = int(value)
    if not least <= number <= most or (number == 0 and not zero):
        raise RuleError(part, value)
    return number


def _nth_day(part: str, value: str) -> NthDay:
    nth, name = value[:-2], value[-2:]
    if name not in WEEKDAYS or (nth and part == "WKST"):
        raise RuleError(part, value)
    return NthDay(WEEKDAYS.index(name), _number(part, nth, -53, 53, zero=False) if nth else 0)


def _listed(parts: Mapping[str, str], part: str, read: Callable[[str, str], T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(read(part, value) for value in parts[part].split(","))) if part in parts else ()


def _until(value: str) -> date | datetime | None:
    """An end in a time that nobody will see, such as 99991231, is none."""
    try:
        if "T" not in value:
            until: date = datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
        else:
            until = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  UTC only after a Z
    except ValueError as error:
        raise RuleError("UNTIL", value) from error
    if until.year < EARLIEST.year:
        raise RuleError("UNTIL", value)
    if until.year > LATEST.year:
        return None
    return until.replace(tzinfo=UTC) if isinstance(until, datetime) and value.endswith("Z") else until


def _fit_together(rule: Rule, parts: Mapping[str, str]) -> None:
    if rule.times is not None and "UNTIL" in parts:
        raise RuleError("COUNT", f"{parts['COUNT']} beside UNTIL")
    small = rule.frequency in (Frequency.DAILY, Frequency.WEEKLY)
    if small and any(day.nth for day in rule.by_day):
        raise RuleError("BYDAY", parts["BYDAY"])
    if rule.frequency is Frequency.WEEKLY and rule.by_month_day:
        raise RuleError("BYMONTHDAY", parts["BYMONTHDAY"])
    if rule.by_position and not (rule.by_day or rule.by_month_day or rule.by_month):
        raise RuleError("BYSETPOS", parts["BYSETPOS"])


def completed(rule: Rule, first_day: date) -> Rule:
    """With what the first day says where the rule is silent."""
    if rule.by_day or rule.by_month_day or rule.frequency is Frequency.DAILY:
        return rule
    if rule.frequency is Frequency.WEEKLY:
        return replace(rule, by_day=(NthDay(first_day.weekday()),))
    months = rule.by_month if rule.by_month or rule.frequency is Frequency.MONTHLY else (first_day.month,)
    return replace(rule, by_month_day=(first_day.day,), by_month=months)


def last_day(rule: Rule, zone: tzinfo) -> date | None:
    """The day in the zone of the place behind which nothing begins, where the rule names one."""
    if isinstance(rule.until, datetime):
        return (rule.until.astimezone(zone) if rule.until.tzinfo else rule.until).date()
    return rule.until
