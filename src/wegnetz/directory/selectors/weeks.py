"""Week by week, whether an offer takes place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from wegnetz.directory.entries import Hours, Offer
from wegnetz.directory.exporting.times import recurring_of
from wegnetz.engines.occurrences import occurrences

WEEKS_AHEAD: Final = 8
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a week on which an offer takes place by its hours, and those of them that are left out."""

    monday: date
    days: tuple[date, ...]
    left_out: tuple[date, ...]

    @property
    def closed(self) -> bool:
        return self.days == self.left_out


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def coming_weeks(offer: Offer, *, on: date) -> tuple[Week, ...]:
    """This week and the next ones, without those in which there would be nothing anyway."""
    found = (week_of(offer, monday_of(on) + number * WEEK) for number in range(WEEKS_AHEAD))
    return tuple(week for week in found if week.days)


def week_of(offer: Offer, monday: date) -> Week:
    """A day counts as left out only where nothing at all takes place on it."""
    by_hours = [(set(days_by_the_rule(hours, monday)), set(hours.but_not_on)) for hours in offer.hours]
    days = set().union(*(days for days, _but_not in by_hours))
    held = set().union(*(days - but_not for days, but_not in by_hours))
    return Week(monday, tuple(sorted(days)), tuple(sorted(days - held)))


def days_by_the_rule(hours: Hours, monday: date) -> Iterator[date]:
    """The days of a week that the hours mean, left out or not. None where the rule is none that is known."""
    recurring = recurring_of(replace(hours, but_not_on=()))
    if recurring is not None:
        yield from (each.start.date() for each in occurrences(recurring, monday, monday + WEEK - timedelta(days=1)))
