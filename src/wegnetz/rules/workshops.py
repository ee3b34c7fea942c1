"""Who has a seat at a workshop, and who moves up when one becomes free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final, TypeVar

T = TypeVar("T")

# After that, nobody is moved up by itself: who is told an hour before cannot be counted on to read it.
MOVES_UP_UNTIL: Final = timedelta(hours=2)
# How long after the end of a workshop its list still opens on a phone: for marks that found no network in the evening.
LINK_OPENS_FOR: Final = timedelta(hours=24)
# How long somebody who was not on the list waits to be known, if nobody settles the list before.
GUESTS_WAIT: Final = timedelta(days=14)


class Proof(StrEnum):
    """How it is proved that somebody was there. What the fund takes besides a signature is not known to us."""

    SCREEN = "screen"  # signed on the screen
    PAPER = "paper"  # signed on the printed sheet
    CONFIRMED = "confirmed"  # whoever leads the workshop says so


class Answer(StrEnum):
    """What is known of somebody who was invited."""

    INVITED = "invited"  # has not answered
    COMING = "coming"  # has a seat
    WAITING = "waiting"  # would like to come, and every seat is taken
    DECLINED = "declined"


def seated(before: Answer, *, coming: int, capacity: int | None) -> Answer:
    """What a yes means: a seat while there is one, else a place on the waiting list.

    `coming` counts those who have a seat, the person among them if they have one. Whoever has one keeps it, also where
    the seats became fewer meanwhile; whoever waits is not overtaken by a second yes of their own.
    """
    if before is Answer.COMING:
        return Answer.COMING
    return Answer.COMING if capacity is None or coming < capacity else Answer.WAITING


def moving_up(waiting: Sequence[T], *, coming: int, capacity: int | None) -> Sequence[T]:
    """Of those who wait, in the order in which they said yes, the ones for whom there is a seat now."""
    return waiting if capacity is None else waiting[: max(capacity - coming, 0)]
