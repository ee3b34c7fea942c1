"""Write down what a person likes, and how introductions go. One transaction each; the act is in the audit or undone."""

from __future__ import annotations

from wegnetz.network.services.cohort import suggest_all
from wegnetz.network.services.interests import save_interests
from wegnetz.network.services.introductions import (
    BegunError,
    ClosedError,
    NotAgreedError,
    StageError,
    announce_again,
    delete_introduction,
    restore_introduction,
    suggest,
    take_back,
    take_over,
    take_step,
)
from wegnetz.network.services.links import make_link, revoke_link
from wegnetz.network.services.places_say import DayError, NotExpectedError, forget_announcements, say, unsay
from wegnetz.participants.services.records import EditConflictError

__all__ = [
    "BegunError",
    "ClosedError",
    "DayError",
    "EditConflictError",
    "NotAgreedError",
    "NotExpectedError",
    "StageError",
    "announce_again",
    "delete_introduction",
    "forget_announcements",
    "make_link",
    "restore_introduction",
    "revoke_link",
    "save_interests",
    "say",
    "suggest",
    "suggest_all",
    "take_back",
    "take_over",
    "take_step",
    "unsay",
]
