"""Who has met nobody new for a while, and what would help. A list for care: it knows no score and no order of worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# After so long without a new face somebody is asked how they are.
QUIET_FOR: Final = timedelta(weeks=6)
# An introduction that was talked about and led nowhere for so long needs somebody who goes along.
GOES_ALONG_AFTER: Final = timedelta(days=14)
NO_IN_A_ROW: Final = 2


class Help(StrEnum):
    """What could be done next, the most obvious first. The doors word it."""

    ASK_INTERESTS = "ask-interests"  # nobody has asked yet what the person likes
    ASK_WHAT_HINDERS = "ask-what-hinders"  # said no, or had a seat and did not come, and that more than once
    GO_ALONG = "go-along"  # would like to go somewhere, and has not been there yet
    CALL = "call"  # was invited and has not answered
    INVITE = "invite"  # is invited to nothing that is still to come
    INTRODUCE = "introduce"  # is on the way to no place


@dataclass(frozen=True, slots=True)
class Contacts:
    """What is known of somebody's way to other people.

    `newest` is the last day on which they met somebody new: an evening with new people at the table, or a first visit
    at a place. `turned_down` counts the latest invitations in a row that they said no to, or did not come to.
    `talked_about` is the day of the oldest introduction that was agreed on and led to no visit yet.
    """

    since: date
    newest: date | None = None
    has_interests: bool = False
    unanswered: bool = False
    invited: bool = False
    turned_down: int = 0
    introduced: bool = False
    talked_about: date | None = None


def quiet_since(known: Contacts, *, on: date) -> date | None:
    """The day since which somebody met nobody new, where that is long ago; None where it is not.

    Whoever met nobody yet is counted from the day on which the accompaniment began.
    """
    last = known.newest or known.since
    return last if on - last >= QUIET_FOR else None


def what_helps(known: Contacts, *, on: date) -> tuple[Help, ...]:
    """Everything that fits, in the order of `Help`."""
    waits = known.talked_about is not None and on - known.talked_about >= GOES_ALONG_AFTER
    fits = {
        Help.ASK_INTERESTS: not known.has_interests,
        Help.ASK_WHAT_HINDERS: known.turned_down >= NO_IN_A_ROW,
        Help.GO_ALONG: waits,
        Help.CALL: known.unanswered,
        Help.INVITE: not known.invited,
        Help.INTRODUCE: known.has_interests and not known.introduced,
    }
    return tuple(each for each in Help if fits[each])
