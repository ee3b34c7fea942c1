"""Write down what a person likes, how introductions go, and what is missing. The act is in the audit or undone."""

from __future__ import annotations

from wegnetz.network.services.announcements import PageChangedError
from wegnetz.network.services.cohort import suggest_all
from wegnetz.network.services.gaps import (
    GapNotFoundError,
    close_gap,
    forget_gaps,
    hand_on_interest,
    hand_on_wish,
    reopen_gap,
    take_back_interest,
    take_back_wish,
)
from wegnetz.network.services.interests import save_interests
from wegnetz.network.services.introductions import (
    BegunError,
    ClosedError,
    LeadsToSomebodyError,
    NotAgreedError,
    StageError,
    StepDayError,
    announce_again,
    delete_introduction,
    restore_introduction,
    suggest,
    take_back,
    take_over,
    take_step,
)
from wegnetz.network.services.links import (
    AddressChangedError,
    close_link_of_place,
    close_links,
    close_links_out_of_hand,
    make_link,
    revoke_link,
)
from wegnetz.network.services.person_maps import forget_shared_maps
from wegnetz.network.services.places_say import DayError, NotExpectedError, forget_announcements, say, unsay
from wegnetz.participants.services.records import EditConflictError

__all__ = [
    "AddressChangedError",
    "BegunError",
    "ClosedError",
    "DayError",
    "EditConflictError",
    "GapNotFoundError",
    "LeadsToSomebodyError",
    "NotAgreedError",
    "NotExpectedError",
    "PageChangedError",
    "StageError",
    "StepDayError",
    "announce_again",
    "close_gap",
    "close_link_of_place",
    "close_links",
    "close_links_out_of_hand",
    "delete_introduction",
    "forget_announcements",
    "forget_gaps",
    "forget_shared_maps",
    "hand_on_interest",
    "hand_on_wish",
    "make_link",
    "reopen_gap",
    "restore_introduction",
    "revoke_link",
    "save_interests",
    "say",
    "suggest",
    "suggest_all",
    "take_back",
    "take_back_interest",
    "take_back_wish",
    "take_over",
    "take_step",
    "unsay",
]
