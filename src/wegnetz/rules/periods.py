"""Spans of days. Both ends belong to the span; an open end is None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included; None means open on that side."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def age_on(birth: date, day: date) -> int:
    """Completed years of life on `day`, negative before birth.

    A year of life ends with the day before the birthday (section 187 (2) with 188 (2) of the German Civil
    Code), so a person is 28 from the first minute of the 28th birthday. Someone born on 29 February has
    completed the year when 28 February ends, that is, on 1 March of a common year.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), following - timedelta(1))
