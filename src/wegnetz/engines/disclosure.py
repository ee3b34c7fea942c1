"""How a number of people is told to whoever must not learn of anybody: in steps, and never below the first of them.

Who knows all others but one learns from an exact number what that one said. In steps, and counted only up to the end of
a month (`Tally`), a number seldom changes because of one person, and never on the day on which they said it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

STEP: Final = 5


def at_least(number: int) -> int | None:
    """How many there are at least, in steps of STEP; None for fewer than that, also for none.

    Raises ValueError below 0.
    """
    if number < 0:
        raise ValueError(f"found {number}, expected 0 or more")
    return number // STEP * STEP or None


def month_of(day: date) -> date:
    """The first day of the month: no more is kept of when something was handed in."""
    return day.replace(day=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was said: `before` the month that begins on `month`, and `during` it."""

    before: int
    month: date
    during: int

    def added(self, on: date) -> Tally:
        """Said once more. A day before `month`, on a clock that was put back, counts into it."""
        if month_of(on) <= self.month:
            return replace(self, during=self.during + 1)
        return Tally(self.before + self.during, month_of(on), 1)

    def may_be_taken_back(self, on: date) -> bool:
        """Whether something was said in the month of that day: what is told of earlier ones stays as it is."""
        return self.month == month_of(on) and self.during > 0

    def taken_back(self, on: date) -> Tally:
        """Said once less. Raises ValueError where nothing may be taken back."""
        if not self.may_be_taken_back(on):
            raise ValueError("nothing was said this month that could be taken back")
        return replace(self, during=self.during - 1)

    def joined(self, other: Tally) -> Tally:
        """Both together. What was said in the later of their months is still of that month."""
        early, late = sorted((self, other), key=lambda each: each.month)
        if early.month == late.month:
            return Tally(early.before + late.before, late.month, early.during + late.during)
        return Tally(early.whole + late.before, late.month, late.during)

    @property
    def whole(self) -> int:
        return self.before + self.during

    def told(self, on: date) -> int | None:
        """What is told on a day: at least so many until the end of the last month; None for fewer than STEP."""
        return at_least(self.whole if self.month < month_of(on) else self.before)
