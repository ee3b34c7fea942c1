"""What somebody answers with their own link: one tap, and it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.audit.reading_back import last_place, recorded_since
from tests.evenings import Evenings, evenings
from tests.network.answering import TODAY, happen, inside, secret_of
from tests.people import DB, Cast
from wegnetz.audit.models import Event
from wegnetz.audit.selectors.words import PERSON
from wegnetz.core.secret_links import new_secret
from wegnetz.network.models import Invitation, Workshop, WorkshopDate
from wegnetz.network.openings import Named
from wegnetz.network.selectors.own_invitations import InvitationGoneError, is_invited, open_evening_invitation
from wegnetz.network.services.answers import LONGEST_NOTE, answer, note_needs
from wegnetz.network.services.invitations import OverError, Reply, note_answer, take_invitation_back
from wegnetz.network.services.workshops import Outline as Planned
from wegnetz.network.services.workshops import SettledError, cancel_date, change_workshop, move_date
from wegnetz.participants.models import Involvement
from wegnetz.participants.services.records import EditConflictError
from wegnetz.rules.workshops import Answer
from wegnetz.vault.models import SubjectKey

pytestmark = DB


def comes(secret: str, *, yes: bool = True) -> Answer:
    return answer(secret, comes=yes, on=TODAY)


def test_one_tap_takes_the_seat_and_the_next_one_gives_it_to_who_waits(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer, capacity=1)
    first, second = (secret_of(each.id, made.date, by=by) for each in (cast.yonas, cast.lina))
    assert (comes(first), comes(second), comes(first)) == (Answer.COMING, Answer.WAITING, Answer.COMING)
    assert open_evening_invitation(second, on=TODAY).place == 1
    assert comes(first, yes=False) == Answer.DECLINED
    moved_up = open_evening_invitation(second, on=TODAY)
    assert (moved_up.answer, moved_up.place, moved_up.invited.heard) == (Answer.COMING, None, Answer.WAITING)
    assert (comes(first), open_evening_invitation(first, on=TODAY).place) == (Answer.WAITING, 1)


def test_what_one_needs_is_kept_sealed_with_what_is_not_offered_left_out(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer)
    Workshop.objects.filter(id=made.workshop).update(travel=False)
    secret = secret_of(cast.yonas.id, made.date, by=by)
    comes(secret)
    note_needs(secret, childcare=True, ticket=True, note="Ich komme später", on=TODAY)
    found = open_evening_invitation(secret, on=TODAY).invited
    assert (found.childcare, found.ticket, found.note) == (True, False, "Ich komme später")
    row = Invitation.objects.get(date=made.date)
    assert (row.version, row.changed_by, "später".encode() in bytes(row.box)) == (3, None, False)
    with pytest.raises(ValueError, match="201"):
        note_needs(secret, childcare=False, ticket=False, note="x" * (LONGEST_NOTE + 1), on=TODAY)


def test_each_answer_stands_in_the_log_as_the_persons_own(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer)
    secret, before = secret_of(cast.yonas.id, made.date, by=by), last_place(by.organisation)
    comes(secret)
    comes(secret, yes=False)
    note_needs(secret, childcare=False, ticket=True, note="", on=TODAY)
    open_evening_invitation(secret, on=TODAY)
    found = recorded_since(by.organisation, before)
    assert [(each.action, each.category, each.subjects) for each in found] == [
        (act, "workshops", frozenset({cast.yonas.id})) for act in ("accepted", "declined", "change", "view")
    ]
    roles = Event.objects.filter(organisation=by.organisation, sequence__gt=before).values_list("actor", "actor_role")
    assert set(roles) == {(None, PERSON)}


def test_who_has_it_open_on_the_desk_is_told_that_the_person_answered(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer)
    secret = secret_of(cast.yonas.id, made.date, by=by)
    row = Invitation.objects.get(date=made.date)
    comes(secret)
    with pytest.raises(EditConflictError):
        note_answer(cast.yonas.id, row.id, Reply(comes=False), version=row.version, by=by)
    assert Invitation.objects.get(id=row.id).answer == Answer.COMING


def test_what_is_written_down_on_the_desk_is_known_to_the_person(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer)
    secret_of(cast.yonas.id, made.date, by=by)
    row = Invitation.objects.get(date=made.date)
    note_answer(cast.yonas.id, row.id, Reply(comes=True), version=1, by=by)
    assert (inside(row.id).heard, inside(row.id).known) == (Answer.COMING, 0)


@pytest.mark.parametrize("moment", ["called off", "begun", "settled"])
def test_after_it_began_or_was_called_off_nothing_is_answered_any_more(moment: str, cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer)
    secret = secret_of(cast.yonas.id, made.date, by=by)
    date = WorkshopDate.objects.filter(id=made.date)
    if moment == "called off":
        cancel_date(made.date, takes_place=False, by=by)
    elif moment == "begun":
        date.update(starts_at=timezone.now() - timedelta(minutes=1))
    else:
        date.update(settled_at=timezone.now())
    refused = SettledError if moment == "settled" else OverError
    with pytest.raises(refused):
        comes(secret)
    with pytest.raises(refused):
        note_needs(secret, childcare=True, ticket=False, note="", on=TODAY)
    assert Invitation.objects.get(date=made.date).answer == Answer.INVITED


def taken_back(made: Evenings, cast: Cast) -> None:
    take_invitation_back(cast.yonas.id, Invitation.objects.get(date=made.date).id, by=cast.ilka.viewer)


def ended(_made: Evenings, cast: Cast) -> None:
    Involvement.objects.filter(person=cast.yonas.id).update(closed_on=TODAY)


def erased(_made: Evenings, cast: Cast) -> None:
    SubjectKey.objects.filter(owner=cast.yonas.id).update(destroyed_at=timezone.now(), wrapped=b"")


@pytest.mark.parametrize("way", [taken_back, ended, erased])
def test_a_link_that_opens_nothing_any_more_is_as_one_that_never_was(
    way: Callable[[Evenings, Cast], None], cast: Cast
) -> None:
    made = evenings(cast.ilka.viewer)
    secret = secret_of(cast.yonas.id, made.date, by=cast.ilka.viewer)
    assert is_invited(secret, on=TODAY) is True
    way(made, cast)
    elsewhere = new_secret(cast.bea.viewer.organisation)
    for each in (secret, elsewhere, new_secret(uuid4()), "x" * 64, "é" * 64, "kurz", ""):
        assert is_invited(each, on=TODAY) is False
        with pytest.raises(InvitationGoneError):
            open_evening_invitation(each, on=TODAY)
        with pytest.raises(InvitationGoneError):
            comes(each)


def test_a_secret_under_the_name_of_another_organisation_opens_nothing(cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    secret = secret_of(cast.yonas.id, made.date, by=cast.ilka.viewer)
    other = new_secret(cast.bea.viewer.organisation)
    assert is_invited(other[:21] + secret[21:], on=TODAY) is False


def test_a_date_that_is_over_still_says_so(cast: Cast) -> None:
    made = evenings(cast.ilka.viewer)
    secret = secret_of(cast.yonas.id, made.date, by=cast.ilka.viewer)
    happen(made.date)
    assert open_evening_invitation(secret, on=TODAY).evening.ends_at < timezone.now()


def test_only_what_concerns_those_who_are_invited_changes_the_date_for_them(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer)
    outline = Planned(
        (Named("de", "Singen", "Lieder von überall"),), "Halle", host="Rike", childcare=True, travel=True, capacity=9
    )
    change_workshop(made.workshop, outline, version=1, by=by)
    assert WorkshopDate.objects.get(id=made.date).sequence == 0
    moved = Planned(outline.named, "Saal", host="Rike", childcare=True, travel=True)
    change_workshop(made.workshop, moved, version=2, by=by)
    assert WorkshopDate.objects.get(id=made.date).sequence == 1
    row = WorkshopDate.objects.get(id=made.date)
    move_date(made.date, row.starts_at + timedelta(hours=1), row.ends_at + timedelta(hours=1), by=by)
    assert WorkshopDate.objects.get(id=made.date).sequence == 2
