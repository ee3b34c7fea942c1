"""From a rule to days, and from days to moments on the clock of the place.

Nothing here walks further than it is told: a general reader of such rules goes on to the year 9999 when one never comes
true. Time zones come as values, because looking one up reads files.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import count
from typing import NamedTuple

from wegnetz.engines.occurrences.rules import EARLIEST, LATEST, Frequency, NthDay, Rule, completed

MOST = 1000  # occurrences in one answer
MOST_DAYS = 15_000  # looked at for one answer: 41 years, and a weekday has its 29 February every 28
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recurring:
    """When something takes place. Times are those of the place; without `opens` it is the whole day.

    What closes no later than it opens closes on the next day. Without a rule it takes place once. Raises ValueError for
    a first day outside the years 1900 to 2999.
    """

    first_day: date
    zone: tzinfo
    opens: time | None = None
    closes: time | None = None
    rule: Rule | None = None
    but_not_on: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first_day <= LATEST:
            raise ValueError(f"no day of ours: {self.first_day}")


class Occurrence(NamedTuple):
    """Both aware, in the zone of the place. An end that is not said is None; a whole day ends as the next begins."""

    start: datetime
    end: datetime | None


def occurrences(recurring: Recurring, from_day: date, until_day: date, *, most: int = MOST) -> tuple[Occurrence, ...]:
    """What begins on these days, both included, in order; the first `most` of it. Days are those of the place.

    A start in the hour that is left out in spring is moved on by that hour, and one in the hour that comes twice in
    autumn is in the first of the two, as RFC 5545 has it. What ends on a wall clock ends by the wall clock.
    """
    found: list[Occurrence] = []
    for day in _days(recurring, from_day, until_day):
        if len(found) >= most:
            break
        if from_day <= day and day not in recurring.but_not_on:
            found.append(_on(recurring, day))
    return tuple(found)


def begins_on(recurring: Recurring) -> date | None:
    """The first day that the rule means, left out or not. None if there is none within 41 years."""
    return next(_days(recurring, recurring.first_day, date.max), None)


def _on(recurring: Recurring, day: date) -> Occurrence:
    zone = recurring.zone
    if recurring.opens is None:
        return Occurrence(_moment(day, time(), zone), _moment(day + DAY, time(), zone))
    start = _moment(day, recurring.opens, zone)
    if recurring.closes is None:
        return Occurrence(start, None)
    closing_day = day if recurring.closes > recurring.opens else day + DAY
    # In the night in which an hour is left out, a start that was moved on can pass an end that was not.
    return Occurrence(
        start, max(start, _moment(closing_day, recurring.closes, zone), key=lambda at: at.astimezone(UTC))
    )


def _moment(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)


def _days(recurring: Recurring, from_day: date, until_day: date) -> Iterator[date]:
    """The days of the rule, in order. Those before `from_day` are among them only where they had to be counted."""
    rule = recurring.rule
    if rule is None:
        if from_day <= recurring.first_day <= until_day:
            yield recurring.first_day
        return
    for number, day in enumerate(_matching(rule, recurring.first_day, from_day), 1):
        if day > until_day or _is_over(recurring, day) or number > (rule.times or number):
            return
        yield day


def _is_over(recurring: Recurring, day: date) -> bool:
    until = recurring.rule.until if recurring.rule else None
    if until is None:
        return False
    if not isinstance(until, datetime):
        return day > until
    start = datetime.combine(day, recurring.opens or time(), until.tzinfo and recurring.zone)
    return start > until


def _matching(rule: Rule, first_day: date, from_day: date) -> Iterator[date]:
    """Days from `first_day` on that fit, without an end of their own but within what may be looked at."""
    rule = completed(rule, first_day)
    begin = first_day if rule.times else max(first_day, from_day)
    looked_at = 0
    for number in count(_period_of(rule, first_day, begin)):
        period = _period(rule, first_day, number)
        looked_at += len(period)
        if not period or looked_at > MOST_DAYS:
            return
        days = [day for day in map(date.fromordinal, period) if _fits(rule, day)]
        yield from (day for day in _at_positions(rule, days) if day >= begin)


def _period_of(rule: Rule, first_day: date, day: date) -> int:
    """The number of the last day, week, month or year that counts and does not begin after `day`."""
    match rule.frequency:
        case Frequency.DAILY:
            passed = (day - first_day).days
        case Frequency.WEEKLY:
            passed = (day.toordinal() - _week_of(rule, first_day)) // 7
        case Frequency.MONTHLY:
            passed = (day.year - first_day.year) * 12 + day.month - first_day.month
        case Frequency.YEARLY:
            passed = day.year - first_day.year
    return passed // rule.interval


def _period(rule: Rule, first_day: date, number: int) -> range:
    """The days of a day, week, month or year as ordinals; empty behind the last year of ours."""
    steps = number * rule.interval
    match rule.frequency:
        case Frequency.DAILY:
            days = range(first_day.toordinal() + steps, first_day.toordinal() + steps + 1)
        case Frequency.WEEKLY:
            start = _week_of(rule, first_day) + 7 * steps
            days = range(start, start + 7)
        case Frequency.MONTHLY:
            year, month = divmod(first_day.year * 12 + first_day.month - 1 + steps, 12)
            days = _from(year, month + 1, 1)
        case Frequency.YEARLY:
            days = _from(first_day.year + steps, 1, 12)
    return days if days and days[-1] <= LATEST.toordinal() else range(0)


def _week_of(rule: Rule, day: date) -> int:
    return day.toordinal() - (day.weekday() - rule.week_start) % 7


def _from(year: int, month: int, months: int) -> range:
    if year > LATEST.year:
        return range(0)
    last = month + months - 1
    return range(date(year, month, 1).toordinal(), date(year, last, monthrange(year, last)[1]).toordinal() + 1)


def _fits(rule: Rule, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and day.day not in rule.by_month_day:
        length = monthrange(day.year, day.month)[1]
        if day.day - length - 1 not in rule.by_month_day:
            return False
    return not rule.by_day or any(_is_nth(rule, day, wanted) for wanted in rule.by_day)


def _is_nth(rule: Rule, day: date, wanted: NthDay) -> bool:
    if day.weekday() != wanted.weekday or not wanted.nth:
        return day.weekday() == wanted.weekday
    if rule.frequency is Frequency.MONTHLY or rule.by_month:
        place, length = day.day, monthrange(day.year, day.month)[1]
    else:
        place, length = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
    return wanted.nth in ((place - 1) // 7 + 1, -((length - place) // 7 + 1))


def _at_positions(rule: Rule, days: list[date]) -> list[date]:
    if not rule.by_position:
        return days
    places = {place - 1 if place > 0 else len(days) + place for place in rule.by_position}
    return [day for place, day in enumerate(days) if place in places]
