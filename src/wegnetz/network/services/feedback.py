"""How a date was, as faces. What is kept is how many gave each; who gave which stands nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import F

from wegnetz.core.days import working_moment
from wegnetz.core.errors import DomainError
from wegnetz.network.models import Feedback, WorkshopDate
from wegnetz.network.services.answers import held
from wegnetz.rules.feedback import Faces, is_whole
from wegnetz.rules.news import ASKED_FOR


class NotAskedError(DomainError):
    """It is not over or was too long ago, the person was not there, or has said it already."""


def give_feedback(token: str, faces: Faces, *, on: date) -> None:
    """Count a face for each of the questions (`rules.feedback`), once for each who was there.

    No event is recorded: it would say when somebody answered, and the numbers which face. For the same reason nothing
    of the row says that it changed. Raises InvitationGoneError, NotAskedError; ValueError for faces that are none.
    """
    if not is_whole(faces):
        raise ValueError("a face for each question")
    with held(token, on=on) as found:
        if not asks_how_it_was(found.date_row) or found.row.attended is not True or found.invited.said:
            raise NotAskedError
        for question, face in faces.items():
            row, _new = Feedback.objects.get_or_create(
                date=found.date_row, organisation_id=found.row.organisation_id, question=question, answer=face
            )
            Feedback.objects.filter(id=row.id).update(number=F("number") + 1)
        found.put(replace(found.invited, said=True))


def asks_how_it_was(date_row: WorkshopDate) -> bool:
    now = working_moment()
    return date_row.state == WorkshopDate.PLANNED and date_row.ends_at <= now < date_row.ends_at + ASKED_FOR
