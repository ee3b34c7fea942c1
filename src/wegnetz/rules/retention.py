"""When data must go. A class of data is kept for some days after something happened, unless a hold stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wegnetz.rules.periods import add_months


class After(StrEnum):
    """What starts the period of a class: the enquiry, the end of the involvement, or the recording itself."""

    ENQUIRY = "enquiry"
    EXIT = "exit"
    RECORDED = "recorded"
    STATEMENT = "statement-submitted"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a class of data is kept: `days` after `after`. None: nobody has said yet, so it is never due."""

    days: int | None
    after: After


class Due(StrEnum):
    LATER = "later"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"


# The daily job has one night; what is still there after that is overdue.
GRACE = timedelta(days=1)
SOON = timedelta(days=30)
# For this long a hold is set at once. A working decision of this software; no programme has said it.
HOLD_MONTHS = 12
# For this long what somebody deleted can be brought back: long enough to notice a mistake, also after a holiday. It is
# a property of this software and no rule of a programme: nobody keeps such data on purpose.
UNDO = timedelta(days=30)


def last_day(keeping: Keeping, started: date | None) -> date | None:
    """The last day on which the data may be there; None while the period has not begun or has no length."""
    if keeping.days is None or started is None:
        return None
    return started + timedelta(days=keeping.days)


def longest_hold(set_on: date) -> date:
    """The last day to which data may be held back; whoever still has a reason then sets the hold anew."""
    return add_months(set_on, HOLD_MONTHS)


def state_on(last: date | None, today: date) -> Due:
    """How data with this last day stand today."""
    if last is None:
        return Due.LATER
    if today > last + GRACE:
        return Due.OVERDUE
    if today > last:
        return Due.DUE
    return Due.SOON if last - today <= SOON else Due.LATER
