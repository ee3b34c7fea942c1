"""How a date was, for those who planned it: how many gave each face, once that tells of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_moment
from wegnetz.network.access import dates_in_scope
from wegnetz.network.models import Feedback, WorkshopDate
from wegnetz.rules.feedback import ENOUGH, FACES, QUESTIONS, may_be_told
from wegnetz.rules.news import ASKED_FOR


@dataclass(frozen=True, slots=True)
class Told:
    """`faces` are the numbers by question, in the order of `rules.feedback.FACES`; None while they may not be told.

    Until `until` somebody can still answer; `too_few` is said only after that.
    """

    faces: Mapping[str, tuple[int, ...]] | None
    until: datetime
    too_few: bool


def feedback_of(viewer: Viewer, date: UUID) -> Told | None:
    """None where there is no such date for the viewer."""
    row: WorkshopDate | None = dates_in_scope(viewer).filter(id=date).first()
    if row is None:
        return None
    now, until = working_moment(), row.ends_at + ASKED_FOR
    numbers = {
        (each.question, each.answer): each.number
        for each in Feedback.objects.filter(date=row, organisation=viewer.organisation)
    }
    # Nobody answers one question alone, so each of them says how many answered.
    answers = sum(numbers.get((QUESTIONS[0], face), 0) for face in FACES)
    if not may_be_told(answers, row.ends_at, now):
        return Told(None, until, too_few=now >= until and answers < ENOUGH)
    faces = {question: tuple(numbers.get((question, face), 0) for face in FACES) for question in QUESTIONS}
    return Told(faces, until, too_few=False)
