"""When data must go. A class of data is kept for some days after something happened, unless a hold stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason to keep data longer, until a day that is named. None: until it is lifted."""

    until: date | None


class Due(StrEnum):
    LATER = "later"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"


# The daily job has one night; what is still there after that is overdue.
GRACE = timedelta(days=1)
SOON = timedelta(days=30)


def last_day(keeping: Keeping, started: date | None) -> date | None:
    """The last day on which the data may be there; None while the period has not begun or has no length."""
    if keeping.days is None or started is None:
        return None
    return started + timedelta(days=keeping.days)


def state_on(last: date | None, today: date, holds: Iterable[Hold] = ()) -> Due:
    """How data with this last day stand today. A hold keeps them as long as it lasts."""
    if last is None or any(hold.until is None or today <= hold.until for hold in holds):
        return Due.LATER
    if today > last + GRACE:
        return Due.OVERDUE
    if today > last:
        return Due.DUE
    return Due.SOON if last - today <= SOON else Due.LATER
