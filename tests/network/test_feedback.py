"""How an evening was: counted, and nobody is told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import models

from tests.audit.reading_back import last_place, recorded_since
from tests.evenings import evenings
from tests.network.answering import TODAY, happen, inside, secret_of
from tests.people import DB, Cast
from wegnetz.network.models import Feedback, Invitation, WorkshopDate
from wegnetz.network.selectors.feedback import Told, feedback_of
from wegnetz.network.services.feedback import NotAskedError, give_feedback
from wegnetz.rules.news import ASKED_FOR

pytestmark = DB
GOOD = {"how": 3, "welcome": 2, "again": 3}


@pytest.fixture
def there(cast: Cast) -> tuple[UUID, str]:
    """The date on which Yonas was, and the secret of his link."""
    date = evenings(cast.ilka.viewer).date
    secret = secret_of(cast.yonas.id, date, by=cast.ilka.viewer)
    happen(date)
    Invitation.objects.filter(date=date).update(attended=True)
    return date, secret


def counted(date: UUID) -> dict[tuple[str, int], int]:
    return {(each.question, each.answer): each.number for each in Feedback.objects.filter(date=date)}


def columns(date: UUID) -> dict[str, Any]:
    return dict(Invitation.objects.filter(date=date).values().get())


def test_three_faces_are_counted_once_and_nothing_says_whose_they_are(there: tuple[UUID, str], cast: Cast) -> None:
    date, secret = there
    before, place = columns(date), last_place(cast.ilka.viewer.organisation)
    give_feedback(secret, GOOD, on=TODAY)
    with pytest.raises(NotAskedError):
        give_feedback(secret, GOOD, on=TODAY)
    assert counted(date) == {("how", 3): 1, ("welcome", 2): 1, ("again", 3): 1}
    after = columns(date)
    assert {name for name in before if before[name] != after[name]} == {"box"}
    assert len(bytes(before["box"])) == len(bytes(after["box"]))
    assert (inside(after["id"]).said, recorded_since(cast.ilka.viewer.organisation, place)) == (True, [])
    relations = {each.related_model for each in Feedback._meta.get_fields() if isinstance(each, models.ForeignKey)}
    assert {each.__name__ for each in relations if isinstance(each, type)} == {"WorkshopDate", "Organisation"}


@pytest.mark.parametrize("faces", [{}, {"how": 3}, GOOD | {"how": 4}, GOOD | {"how": 0}, GOOD | {"else": 1}])
def test_what_is_no_face_for_each_question_is_not_counted(there: tuple[UUID, str], faces: Mapping[str, int]) -> None:
    with pytest.raises(ValueError, match="face"):
        give_feedback(there[1], faces, on=TODAY)
    assert counted(there[0]) == {}


@pytest.mark.parametrize("why", ["was not there", "nobody knows", "not over", "too long ago", "called off"])
def test_only_who_was_there_is_asked_and_only_for_a_time(there: tuple[UUID, str], why: str) -> None:
    date, secret = there
    if why in {"was not there", "nobody knows"}:
        Invitation.objects.filter(date=date).update(attended=False if why == "was not there" else None)
    elif why == "called off":
        WorkshopDate.objects.filter(id=date).update(state=WorkshopDate.CANCELLED)
    else:
        happen(date, ended=-timedelta(minutes=1) if why == "not over" else ASKED_FOR)
    with pytest.raises(NotAskedError):
        give_feedback(secret, GOOD, on=TODAY)
    assert counted(date) == {}


@pytest.mark.parametrize(
    ("answers", "over", "told"),
    [(5, True, {"how": (4, 1, 0), "welcome": (0, 5, 0), "again": (0, 0, 5)}), (4, True, None), (5, False, None)],
)
def test_the_numbers_are_told_from_five_on_and_when_nobody_can_answer_any_more(
    there: tuple[UUID, str], cast: Cast, answers: int, over: bool, told: Mapping[str, tuple[int, ...]] | None
) -> None:
    date, _secret = there
    if over:
        happen(date, ended=ASKED_FOR)
    of_it = {"date_id": date, "organisation_id": cast.ilka.viewer.organisation}
    for question, face, number in (
        ("how", 3, answers - 1),
        ("how", 2, 1),
        ("welcome", 2, answers),
        ("again", 1, answers),
    ):
        Feedback.objects.create(**of_it, question=question, answer=face, number=number)
    until = WorkshopDate.objects.get(id=date).ends_at + ASKED_FOR
    assert feedback_of(cast.ilka.viewer, date) == Told(told, until, too_few=over and told is None)


def test_the_numbers_of_another_organisation_are_not_there(there: tuple[UUID, str], cast: Cast) -> None:
    happen(there[0], ended=ASKED_FOR)
    assert feedback_of(cast.bea.viewer, there[0]) is None
    funding = next(each for each in cast.colleagues if each.email.startswith("funding"))
    assert feedback_of(funding.viewer, there[0]) is None
