"""Who came to a workshop is settled, counted and proved; guests are known or forgotten before."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.evenings import Evenings, evenings, invited
from tests.network.evening_links import began, followed
from tests.people import DB, Account, Cast
from wegnetz.accounts.access import Role
from wegnetz.config.schedule import SCHEDULE
from wegnetz.core.days import working_day, working_moment
from wegnetz.network.models import EveningLink, Guest, Invitation, WorkshopDate
from wegnetz.network.selectors.evenings import OpenEvening, guests_at
from wegnetz.network.selectors.evidence import evidence, may_open_again, to_settle, unsettled, who_it_may_be
from wegnetz.network.services.attendance import Mark, NewGuest, mark, sign
from wegnetz.network.services.invitations import Reply, note_answer
from wegnetz.network.services.settling import (
    GuestGoneError,
    GuestsWaitError,
    NotBegunError,
    SettledByOthersError,
    drop_guest,
    forget_evenings,
    is_person,
    settle,
    unsettle,
)
from wegnetz.network.services.workshops import SettledError, WorkshopNotFoundError, cancel_date
from wegnetz.network.tasks import forget_evenings as task
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.workshops import Proof
from wegnetz.vault.services import destroy_key

pytestmark = DB


@pytest.fixture
def made(cast: Cast) -> Evenings:
    found = evenings(cast.ilka.viewer)
    began(found.date)
    return found


def colleague(cast: Cast, role: Role) -> Account:
    return next(account for account in cast.colleagues if account.role is role)


def there(person: UUID, made: Evenings, cast: Cast, proof: Proof | None = None) -> OpenEvening:
    """Have somebody invited and present, with a proof."""
    invitation = invited(person, made.date, by=cast.ilka.viewer)
    evening = followed(made.date, cast.ilka.viewer)
    mark(evening, [Mark("1", invitation, present=True, at=working_moment())])
    if proof:
        sign(evening, invitation, proof, "M1 1L9 9" if proof is Proof.SCREEN else "")
    return evening


def guest_at(evening: OpenEvening, name: str = "Mina") -> UUID:
    guest = NewGuest(uuid4(), name)
    mark(evening, [], [guest])
    return guest.id


# --- settling ------------------------------------------------------------------------------------------


def test_a_settled_list_counts_and_changes_no_more(made: Evenings, cast: Cast) -> None:
    by = cast.ilka.viewer
    evening = there(cast.yonas.id, made, cast, Proof.PAPER)
    later = invited(cast.lina.id, made.date, by=by)
    place = last_place(by.organisation)
    assert settle(made.date, by=by) == 1
    assert recorded_since(by.organisation, place) == [
        Recorded("confirm", "workshops", "settle attendance", frozenset({cast.yonas.id}))
    ]
    row = WorkshopDate.objects.get(id=made.date)
    assert (row.counted, row.settled_by_id) == ({"present": 1, "screen": 0, "paper": 1, "confirmed": 0}, by.user)
    for act in (
        lambda: settle(made.date, by=by),
        lambda: mark(evening, [Mark("2", later, present=True, at=working_moment())]),
        lambda: cancel_date(made.date, takes_place=False, by=by),
        lambda: note_answer(cast.lina.id, later, Reply(comes=True), version=1, by=by),
    ):
        with pytest.raises(SettledError):
            act()


def test_what_has_not_begun_or_was_called_off_is_not_settled_and_nobody_elses_is(made: Evenings, cast: Cast) -> None:
    by = cast.ilka.viewer
    with pytest.raises(NotBegunError):
        settle(made.later, by=by)
    cancel_date(made.date, takes_place=False, by=by)
    with pytest.raises(NotBegunError):
        settle(made.date, by=by)
    for stranger in (cast.bea, colleague(cast, Role.TRAUMA_COACH), colleague(cast, Role.LEAD)):
        for act in (settle, unsettle):
            with pytest.raises(WorkshopNotFoundError):
                act(made.date, by=stranger.viewer)


def test_who_settled_opens_the_list_again_on_the_same_day_and_nobody_else(made: Evenings, cast: Cast) -> None:
    by, other = cast.ilka.viewer, colleague(cast, Role.COACH).viewer
    settle(made.date, by=by)
    assert [may_open_again(viewer, made.date) for viewer in (by, other)] == [True, False]
    with pytest.raises(SettledByOthersError):
        unsettle(made.date, by=other)
    unsettle(made.date, by=by)
    unsettle(made.date, by=by)  # pressed twice
    assert WorkshopDate.objects.get(id=made.date).counted is None
    settle(made.date, by=by)
    WorkshopDate.objects.filter(id=made.date).update(settled_at=working_moment() - timedelta(days=1))
    with pytest.raises(SettledByOthersError):
        unsettle(made.date, by=by)


# --- guests --------------------------------------------------------------------------------------------


def test_a_list_with_guests_is_settled_when_each_is_known_or_dropped(made: Evenings, cast: Cast) -> None:
    by = cast.ilka.viewer
    evening = there(cast.yonas.id, made, cast)
    new, again, nobody = (guest_at(evening, name) for name in ("Lina", "Yonas", "Mina"))
    with pytest.raises(GuestsWaitError):
        settle(made.date, by=by)
    is_person(made.date, new, cast.lina.id, by=by)
    is_person(made.date, again, cast.yonas.id, by=by)
    drop_guest(made.date, nobody, by=by)
    with pytest.raises(GuestGoneError):
        drop_guest(made.date, nobody, by=by)
    assert (settle(made.date, by=by), guests_at(evening)) == (2, ())
    rows = Invitation.objects.filter(date=made.date, deleted_at=None)
    assert set(rows.values_list("person", "attended")) == {(cast.yonas.id, True), (cast.lina.id, True)}


def test_a_guest_is_nobody_of_others(made: Evenings, cast: Cast) -> None:
    guest = guest_at(followed(made.date, cast.ilka.viewer))
    for person in (cast.omar.id, cast.erased.id, cast.nobody.id):
        with pytest.raises(PersonNotFoundError):
            is_person(made.date, guest, person, by=cast.ilka.viewer)
    for stranger in (cast.bea, colleague(cast, Role.LEAD)):
        with pytest.raises(WorkshopNotFoundError):
            is_person(made.date, guest, cast.omar.id, by=stranger.viewer)
    with pytest.raises(GuestGoneError):
        is_person(made.later, guest, cast.yonas.id, by=cast.ilka.viewer)
    assert Guest.objects.filter(id=guest).count() == 1


def test_guests_are_forgotten_after_two_weeks_and_links_with_them(made: Evenings, cast: Cast) -> None:
    guest_at(followed(made.date, cast.ilka.viewer))
    ends = WorkshopDate.objects.get(id=made.date).ends_at
    just, over = ends + timedelta(days=14), ends + timedelta(days=14, seconds=1)
    assert (forget_evenings(at=just), forget_evenings(at=over)) == (0, 1)
    forget_evenings(at=ends + timedelta(days=16))
    assert (Guest.objects.count(), EveningLink.objects.filter(date=made.date).count()) == (0, 0)


def test_forgetting_is_on_the_schedule() -> None:
    assert [every for job, every in SCHEDULE if job is task] == [timedelta(days=1)]


def test_who_a_guest_may_be_is_said_of_ones_own_people_after_it_was_recorded(cast: Cast) -> None:
    by = cast.ilka.viewer
    place = last_place(by.organisation)
    people = dict(who_it_may_be(by, pack=active_pack()))
    assert (cast.yonas.id in people, cast.omar.id in people, cast.erased.id in people) == (True, False, False)
    assert recorded_since(by.organisation, place) == [Recorded("list", "name", "settle attendance", frozenset(people))]
    assert who_it_may_be(colleague(cast, Role.COACH).viewer, pack=active_pack()) == ()


# --- evidence ------------------------------------------------------------------------------------------


def test_the_evidence_says_how_many_came_for_how_long_and_how_it_is_proved(made: Evenings, cast: Cast) -> None:
    by = cast.ilka.viewer
    there(cast.yonas.id, made, cast, Proof.SCREEN)
    there(cast.lina.id, made, cast)
    settle(made.date, by=by)
    place, today = last_place(by.organisation), working_day()
    (held,) = evidence(by, since=today - timedelta(days=1), until=today)
    assert (held.minutes, held.present, held.unproved) == (120, 2, 1)
    assert held.proofs == {Proof.SCREEN: 1, Proof.PAPER: 0, Proof.CONFIRMED: 0}
    assert held.pseudonyms == tuple(sorted((cast.yonas.pseudonym, cast.lina.pseudonym)))
    assert recorded_since(by.organisation, place) == [
        Recorded("list", "pseudonym, workshops", "evidence of workshops", frozenset({cast.yonas.id, cast.lina.id}))
    ]
    (seen,) = evidence(colleague(cast, Role.COACH).viewer, since=today - timedelta(days=1), until=today)
    assert (seen.present, seen.pseudonyms, seen.others) == (2, (), 2)
    assert evidence(by, since=today - timedelta(days=9), until=today - timedelta(days=2)) == ()
    assert evidence(cast.bea.viewer, since=today, until=today) == ()
    assert evidence(colleague(cast, Role.TRAUMA_COACH).viewer, since=today, until=today) == ()


def test_the_number_stays_when_somebody_is_erased_and_their_pseudonym_goes(made: Evenings, cast: Cast) -> None:
    by, today = cast.ilka.viewer, working_day()
    there(cast.yonas.id, made, cast, Proof.PAPER)
    settle(made.date, by=by)
    destroy_key(cast.yonas.id, on=working_moment())
    place = last_place(by.organisation)
    (held,) = evidence(by, since=today - timedelta(days=1), until=today)
    assert (held.present, held.proofs[Proof.PAPER], held.pseudonyms) == (1, 1, ())
    assert recorded_since(by.organisation, place) == []


def test_what_began_and_is_not_settled_waits(made: Evenings, cast: Cast) -> None:
    by = cast.ilka.viewer
    guest_at(there(cast.yonas.id, made, cast))
    (waiting,) = to_settle(by)
    assert (waiting.date, waiting.invited, waiting.present, waiting.guests) == (made.date, 1, 1, ())
    found = unsettled(by, made.date)
    assert [each.name for each in found.guests] == ["Mina"] if found else False
    assert (to_settle(cast.bea.viewer), unsettled(cast.bea.viewer, made.date)) == ((), None)
    Guest.objects.all().delete()
    settle(made.date, by=by)
    assert (to_settle(by), unsettled(by, made.date)) == ((), None)
