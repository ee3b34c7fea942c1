"""The way of a referral between two organisations: who may take which step from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """Who acts: the organisation that offers, the one asked, or the programme when a consent ends."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CONSENT = "consent"


class Status(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way. `reason_needed`: it must be said why; the other side reads it unless sealed."""

    before: Status
    after: Status
    side: Side
    reason_needed: bool = False


STEPS: tuple[Step, ...] = (
    Step(Status.OFFERED, Status.ACCEPTED, Side.RECIPIENT),
    Step(Status.OFFERED, Status.DECLINED, Side.RECIPIENT, reason_needed=True),
    Step(Status.OFFERED, Status.WITHDRAWN, Side.SENDER),
    Step(Status.OFFERED, Status.WITHDRAWN, Side.CONSENT),
    Step(Status.ACCEPTED, Status.DONE, Side.RECIPIENT, reason_needed=True),
    Step(Status.ACCEPTED, Status.WITHDRAWN, Side.CONSENT),
)
OPEN = frozenset({Status.OFFERED, Status.ACCEPTED})


def step(before: Status, after: Status, side: Side) -> Step | None:
    """The step from one status to another, if this side may take it."""
    return next((s for s in STEPS if (s.before, s.after, s.side) == (before, after, side)), None)


def next_steps(status: Status, side: Side) -> tuple[Step, ...]:
    return tuple(s for s in STEPS if s.before is status and s.side is side)


def waiting_days(offered_on: date, answered_on: date | None, today: date) -> int:
    """How long an answer has been awaited, or was: 0 on the day of the offer."""
    return max(((answered_on or today) - offered_on).days, 0)
