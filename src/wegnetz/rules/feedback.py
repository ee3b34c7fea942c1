"""How somebody says without words how an evening was: three questions, three faces each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from wegnetz.rules.news import ASKED_FOR

# How it was, whether one was welcome, whether one would come again.
QUESTIONS: Final = ("how", "welcome", "again")
FACES: Final = (3, 2, 1)  # a happy one first
ENOUGH: Final = 5

Faces = Mapping[str, int]


def is_whole(faces: Faces) -> bool:
    """Whether every question has one of its faces, and nothing else was answered."""
    return set(faces) == set(QUESTIONS) and set(faces.values()) <= set(FACES)


def may_be_told(answers: int, ended_at: datetime, now: datetime) -> bool:
    """From ENOUGH answers on, and after nobody can answer any more.

    Whoever reads it day by day would learn from each new number what the one said who answered in between.
    """
    return answers >= ENOUGH and now >= ended_at + ASKED_FOR
