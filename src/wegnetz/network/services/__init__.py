"""Write down what a person likes, and how introductions go. One transaction each; the act is in the audit or undone."""

from __future__ import annotations

from wegnetz.network.services.interests import save_interests
from wegnetz.network.services.introductions import (
    NotAgreedError,
    StageError,
    delete_introduction,
    restore_introduction,
    suggest,
    take_back,
    take_step,
)
from wegnetz.participants.services.records import EditConflictError

__all__ = [
    "EditConflictError",
    "NotAgreedError",
    "StageError",
    "delete_introduction",
    "restore_introduction",
    "save_interests",
    "suggest",
    "take_back",
    "take_step",
]
