"""Rules in parts that a screen can put into the words of any language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from wegnetz.engines.occurrences.rules import WEEKDAYS, Frequency, Rule, completed, last_day


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule in the form in which people say it: every `interval` days, weeks, months or years (`unit`).

    Weeks and months have `weekdays` (0 is Monday), months also `nth` (2: every second of the month, -1: the last) or
    `month_days` (-1: the last); a year has one of them in `month`. `until` is the last day, `times` how often.
    """

    unit: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    month: int | None = None
    until: date | None = None
    times: int | None = None


def describe_rule(rule: Rule, first_day: date, zone: tzinfo) -> Pattern | None:
    """How people say it. None for what nobody says in a few words: better the next days then."""
    whole = completed(rule, first_day)
    pattern = {
        Frequency.DAILY: _daily, Frequency.WEEKLY: _weekly, Frequency.MONTHLY: _monthly, Frequency.YEARLY: _yearly,
    }[rule.frequency](whole)  # fmt: skip
    return pattern and replace(pattern, interval=rule.interval, until=last_day(rule, zone), times=rule.times)


def _daily(rule: Rule) -> Pattern | None:
    if rule.by_month or rule.by_month_day or rule.by_position:
        return None
    if rule.by_day:
        return _weekly(rule) if rule.interval == 1 else None
    return Pattern(Frequency.DAILY)


def _weekly(rule: Rule) -> Pattern | None:
    if rule.by_month or rule.by_position:
        return None
    weekdays = tuple(sorted(day.weekday for day in rule.by_day))
    if len(weekdays) == len(WEEKDAYS) and rule.interval == 1:
        return Pattern(Frequency.DAILY)
    return Pattern(Frequency.WEEKLY, weekdays=weekdays)


def _monthly(rule: Rule) -> Pattern | None:
    if rule.by_month or (rule.by_day and rule.by_month_day):
        return None
    if not rule.by_day:
        return None if rule.by_position else Pattern(Frequency.MONTHLY, month_days=_in_order(rule.by_month_day))
    weekdays = tuple(sorted({day.weekday for day in rule.by_day}))
    nth = {day.nth for day in rule.by_day}
    if rule.by_position and nth == {0} and len(weekdays) == 1:
        return Pattern(Frequency.MONTHLY, weekdays=weekdays, nth=_in_order(rule.by_position))
    if rule.by_position or 0 in nth or len(rule.by_day) != len(weekdays) * len(nth):
        return None
    return Pattern(Frequency.MONTHLY, weekdays=weekdays, nth=_in_order(nth))


def _yearly(rule: Rule) -> Pattern | None:
    if rule.by_day or rule.by_position or len(rule.by_month) != 1 or len(rule.by_month_day) != 1:
        return None
    return Pattern(Frequency.YEARLY, month_days=rule.by_month_day, month=rule.by_month[0])


def _in_order(numbers: Iterable[int]) -> tuple[int, ...]:
    """From the first to the last: 1, 2, -2, -1."""
    return tuple(sorted(numbers, key=lambda number: (number < 0, number)))
