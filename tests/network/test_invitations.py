"""Who is invited to a workshop, who has a seat, who waits and moves up."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.evenings import evenings, invited
from tests.people import DB, Cast
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Liked
from wegnetz.network.services import EditConflictError, save_interests
from wegnetz.network.services.invitations import (
    ForWomenError,
    InvitedAlreadyError,
    OverError,
    Reply,
    invite,
    invite_again,
    note_answer,
    take_invitation_back,
)
from wegnetz.network.services.workshops import WorkshopNotFoundError, cancel_date
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.rules.workshops import Answer

pytestmark = DB


def says(person: UUID, invitation: UUID, *, comes: bool, cast: Cast) -> str:
    version = Invitation.objects.get(id=invitation).version
    return note_answer(person, invitation, Reply(comes=comes), version=version, by=cast.ilka.viewer)


def answer_of(invitation: UUID) -> str:
    return Invitation.objects.get(id=invitation).answer


def test_the_second_waits_for_the_only_seat_and_moves_up_when_it_is_free(cast: Cast) -> None:
    by = cast.ilka.viewer
    date = evenings(by, capacity=1).date
    first, second = (invited(each.id, date, by=by) for each in (cast.yonas, cast.lina))
    assert [says(cast.yonas.id, first, comes=True, cast=cast), says(cast.lina.id, second, comes=True, cast=cast)] == [
        Answer.COMING, Answer.WAITING,
    ]  # fmt: skip
    assert says(cast.yonas.id, first, comes=False, cast=cast) == Answer.DECLINED
    assert answer_of(second) == Answer.COMING
    assert says(cast.yonas.id, first, comes=True, cast=cast) == Answer.WAITING  # behind who moved up


def test_a_seat_that_an_invitation_taken_back_leaves_is_given_on(cast: Cast) -> None:
    by = cast.ilka.viewer
    date = evenings(by, capacity=1).date
    first, second = (invited(each.id, date, by=by) for each in (cast.yonas, cast.lina))
    says(cast.yonas.id, first, comes=True, cast=cast)
    says(cast.lina.id, second, comes=True, cast=cast)
    take_invitation_back(cast.yonas.id, first, by=by)
    assert answer_of(second) == Answer.COMING
    invite_again(cast.yonas.id, first, by=by)
    assert (answer_of(first), answer_of(second)) == (Answer.WAITING, Answer.COMING)


def test_nobody_is_invited_twice_nor_to_what_does_not_take_place(cast: Cast) -> None:
    by = cast.ilka.viewer
    made = evenings(by)
    done, refused = invite(made.date, [cast.yonas.id, cast.yonas.id], by=by)
    assert (list(done), [type(error) for _who, error in refused]) == ([cast.yonas.id], [InvitedAlreadyError])
    cancel_date(made.later, takes_place=False, by=by)
    _done, refused = invite(made.later, [cast.yonas.id], by=by)
    assert [type(error) for _who, error in refused] == [OverError]
    assert WorkshopDate.objects.get(id=made.later).sequence == 1


def test_people_of_another_organisation_are_not_there(cast: Cast) -> None:
    by = cast.ilka.viewer
    made = evenings(by)
    _done, refused = invite(made.date, [cast.omar.id, cast.erased.id], by=by)
    assert [type(error) for _who, error in refused] == [PersonNotFoundError] * 2
    with pytest.raises(WorkshopNotFoundError):
        invite(made.date, [cast.omar.id], by=cast.bea.viewer)


def test_to_a_workshop_for_women_only_those_are_not_invited_who_are_known_to_be_none(cast: Cast) -> None:
    by = cast.ilka.viewer
    save_interests(cast.yonas.id, Liked({"singing": 5}, woman=False), by=by)
    done, refused = invite(evenings(by, women_only=True).date, [cast.yonas.id, cast.lina.id], by=by)
    assert (list(done), [type(error) for _who, error in refused]) == ([cast.lina.id], [ForWomenError])


def test_two_who_note_an_answer_at_once_are_told(cast: Cast) -> None:
    by = cast.ilka.viewer
    invitation = invited(cast.yonas.id, evenings(by).date, by=by)
    says(cast.yonas.id, invitation, comes=True, cast=cast)
    with pytest.raises(EditConflictError):
        note_answer(cast.yonas.id, invitation, Reply(comes=False), version=1, by=by)
    assert answer_of(invitation) == Answer.COMING
