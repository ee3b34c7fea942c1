"""How far an introduction to a contact point has come, and what may follow on what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """From the first thought to somebody who belongs there; an introduction can end at any of them."""

    SUGGESTED = "suggested"
    DISCUSSED = "discussed"  # with the person, who would like to
    ANNOUNCED = "announced"  # the contact point knows that somebody is coming
    VISITED = "visited"
    RETURNED = "returned"  # was there a second time
    REGULAR = "regular"
    ENDED = "ended"  # did not fit, for a reason


FOLLOWS: Final[Mapping[Stage, tuple[Stage, ...]]] = {
    Stage.SUGGESTED: (Stage.DISCUSSED, Stage.ENDED),
    Stage.DISCUSSED: (Stage.ANNOUNCED, Stage.VISITED, Stage.ENDED),
    Stage.ANNOUNCED: (Stage.VISITED, Stage.ENDED),
    Stage.VISITED: (Stage.RETURNED, Stage.ENDED),
    Stage.RETURNED: (Stage.REGULAR, Stage.ENDED),
    Stage.REGULAR: (Stage.ENDED,),
    Stage.ENDED: (),
}

# Why it did not fit. The doors word them.
REASONS: Final = ("not-liked", "too-far", "full", "not-there", "language", "alone", "no-time", "cost", "other")


def may_follow(before: Stage, after: Stage) -> bool:
    return after in FOLLOWS[before]


def may_be_on(day: date, *, before: date, today: date) -> bool:
    """Whether a step was taken on a day: not before the one `before` it, and not on a day that is still to come."""
    return before <= day <= today


def is_open(stage: Stage) -> bool:
    """Whether somebody still has to do something about it."""
    return stage not in {Stage.REGULAR, Stage.ENDED}
