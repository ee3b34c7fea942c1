"""The list of an evening: who opens it, who stands on it, and what is ticked off."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.evenings import Evenings, evenings, invited
from tests.network.evening_links import began, followed
from tests.people import CANARY_A, DB, Cast
from wegnetz.accounts.access import Role
from wegnetz.accounts.services import RoleEnded, ShutOut
from wegnetz.audit.models import Event
from wegnetz.core.days import working_moment
from wegnetz.network.models import EveningLink, Guest, Invitation, WorkshopDate
from wegnetz.network.openings import open_invitation
from wegnetz.network.selectors import LinkGoneError
from wegnetz.network.selectors.evenings import expected_at, guests_at, open_evening, presence
from wegnetz.network.services.attendance import (
    LONGEST_SIGNATURE,
    MOST_GUESTS,
    Mark,
    NewGuest,
    NotOnTheListError,
    SignatureError,
    mark,
    sign,
)
from wegnetz.network.services.evening_links import (
    close_evening_links,
    close_evening_links_out_of_hand,
    make_evening_link,
    revoke_evening_link,
)
from wegnetz.network.services.invitations import OverError, take_invitation_back
from wegnetz.network.services.seating import mix_tables
from wegnetz.network.services.workshops import SettledError, WorkshopNotFoundError, cancel_date, move_date
from wegnetz.rules.workshops import Proof
from wegnetz.vault.selectors import key_of
from wegnetz.vault.services import destroy_key

pytestmark = DB
DRAWN = "M10 10L20 30L40 5"


@pytest.fixture
def made(cast: Cast) -> Evenings:
    return evenings(cast.ilka.viewer)


def opens(secret: str, *, later: timedelta = timedelta()) -> bool:
    try:
        open_evening(secret, at=working_moment() + later)
    except LinkGoneError:
        return False
    return True


# --- links -------------------------------------------------------------------------------------------


def test_a_link_opens_from_the_day_before_until_a_day_after_the_end(made: Evenings, cast: Cast) -> None:
    secret, until = make_evening_link(made.date, by=cast.ilka.viewer)
    left = until - working_moment()
    assert until == WorkshopDate.objects.get(id=made.date).ends_at + timedelta(hours=24)
    assert [opens(secret, later=later) for later in (timedelta(), left - timedelta(1), left, -timedelta(days=1))] == [
        True, True, False, False,
    ]  # fmt: skip


def test_that_somebody_made_a_link_stands_in_the_log_of_those_on_the_list(made: Evenings, cast: Cast) -> None:
    """They could open it, and read people whom they do not accompany: that whoever leads it looked would be all."""
    invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    invited(cast.lina.id, made.later, by=cast.ilka.viewer)
    coach = next(each for each in cast.colleagues if each.role is Role.COACH).viewer
    place = last_place(coach.organisation)
    make_evening_link(made.date, by=coach)
    (recorded,) = recorded_since(coach.organisation, place)
    assert (recorded.action, recorded.subjects) == ("make", frozenset({made.workshop, cast.yonas.id}))


def test_a_new_link_ends_the_one_before_and_a_revoked_one_opens_nothing(made: Evenings, cast: Cast) -> None:
    first, second = (make_evening_link(made.date, by=cast.ilka.viewer)[0] for _ in range(2))
    assert (opens(first), opens(second)) == (False, True)
    revoke_evening_link(made.date, by=cast.ilka.viewer)
    assert opens(second) is False


@pytest.mark.parametrize("secret", ["", "x" * 64, "x" * 65, "é" * 64, "0" * 64])
def test_what_was_never_a_secret_opens_nothing(secret: str, cast: Cast) -> None:
    assert opens(secret) is False


def test_a_link_of_one_organisation_with_the_name_of_another_opens_nothing(made: Evenings, cast: Cast) -> None:
    secret, _until = make_evening_link(made.date, by=cast.ilka.viewer)
    theirs, _until = make_evening_link(evenings(cast.bea.viewer).date, by=cast.bea.viewer)
    assert opens(theirs[:21] + secret[21:]) is False


def test_others_make_no_link_and_none_is_made_to_what_does_not_take_place(made: Evenings, cast: Cast) -> None:
    for stranger in (cast.bea, *(each for each in cast.colleagues if each.role in {Role.LEAD, Role.TRAUMA_COACH})):
        with pytest.raises(WorkshopNotFoundError):
            make_evening_link(made.date, by=stranger.viewer)
    secret, _until = make_evening_link(made.date, by=cast.ilka.viewer)
    cancel_date(made.date, takes_place=False, by=cast.ilka.viewer)
    assert opens(secret) is False
    with pytest.raises(OverError):
        make_evening_link(made.date, by=cast.ilka.viewer)


def test_a_time_that_is_moved_takes_its_link_along(made: Evenings, cast: Cast) -> None:
    secret, _until = make_evening_link(made.date, by=cast.ilka.viewer)
    starts = working_moment() + timedelta(days=3)
    move_date(made.date, starts, starts + timedelta(hours=1), by=cast.ilka.viewer)
    assert [opens(secret, later=timedelta(days=days)) for days in (0, 2, 4)] == [False, True, True]


def test_a_link_ends_with_whoever_made_it(made: Evenings, cast: Cast) -> None:
    ilka = cast.ilka.viewer
    secret, _until = make_evening_link(made.date, by=ilka)
    close_evening_links_out_of_hand(RoleEnded(ilka.user, ilka.organisation, frozenset({Role.COACH})))
    close_evening_links(ShutOut(cast.bea.user, ilka.organisation))
    assert opens(secret) is True
    close_evening_links_out_of_hand(RoleEnded(ilka.user, ilka.organisation, frozenset({Role.TRAUMA_COACH})))
    assert opens(secret) is False
    secret, _until = make_evening_link(made.date, by=ilka)
    close_evening_links(ShutOut(ilka.user, ilka.organisation))
    assert (opens(secret), EveningLink.objects.filter(revoked_at=None).count()) == (False, 0)


# --- who stands on it ----------------------------------------------------------------------------------


def test_the_list_names_people_by_their_first_name_after_it_was_recorded(made: Evenings, cast: Cast) -> None:
    for person in (cast.yonas, cast.lina):
        invited(person.id, made.date, by=cast.ilka.viewer)
    place = last_place(cast.ilka.viewer.organisation)
    people = expected_at(followed(made.date, cast.ilka.viewer), purpose="attendance")
    assert [each.name for each in people] == [f"Lino-{CANARY_A}", "Yonas"]
    events = [each for each in recorded_since(cast.ilka.viewer.organisation, place) if each.action == "list"]
    both = frozenset({cast.yonas.id, cast.lina.id})
    assert events == [Recorded("list", "name, workshops", "attendance", both)]
    latest = Event.objects.filter(organisation=cast.ilka.viewer.organisation).order_by("-sequence")[0]
    assert (latest.actor, latest.actor_role) == (None, "evening")


def test_whoever_was_erased_or_is_not_invited_any_more_is_not_on_it(made: Evenings, cast: Cast) -> None:
    first = invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    invited(cast.lina.id, made.date, by=cast.ilka.viewer)
    evening = followed(made.date, cast.ilka.viewer)
    destroy_key(cast.lina.id, on=timezone.now())
    assert [each.invitation for each in expected_at(evening, purpose="attendance")] == [first]
    take_invitation_back(cast.yonas.id, first, by=cast.ilka.viewer)
    place = last_place(cast.ilka.viewer.organisation)
    assert expected_at(evening, purpose="attendance") == ()
    assert recorded_since(cast.ilka.viewer.organisation, place) == []


def test_who_came_before_is_not_there_for_the_first_time(made: Evenings, cast: Cast) -> None:
    first, later = (invited(cast.yonas.id, date, by=cast.ilka.viewer) for date in (made.date, made.later))
    began(made.date)
    evening = followed(made.date, cast.ilka.viewer)
    mark(evening, [Mark("1", first, present=True, at=working_moment())])
    began(made.later, timedelta(minutes=5))
    people = [
        expected_at(followed(date, cast.ilka.viewer), purpose="attendance")[0] for date in (made.date, made.later)
    ]
    assert [(each.invitation, each.first_time) for each in people] == [(first, True), (later, False)]


# --- ticking off ---------------------------------------------------------------------------------------


def there(invitation: UUID) -> bool | None:
    return Invitation.objects.get(id=invitation).attended


def test_what_is_sent_twice_is_there_once_and_recorded_once(made: Evenings, cast: Cast) -> None:
    invitation = invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    evening, guest = followed(made.date, cast.ilka.viewer), NewGuest(uuid4(), "  Mina \n Zoe ")
    tick = Mark("1", invitation, present=True, at=working_moment())
    place = last_place(cast.ilka.viewer.organisation)
    taken = [mark(evening, [tick], [guest]) for _ in range(2)]
    assert [(each.done, each.gone) for each in taken] == [(("1", str(guest.id)), ())] * 2
    recorded = recorded_since(cast.ilka.viewer.organisation, place)
    assert [each.action for each in recorded] == ["present", "write"]
    assert ([each.name for each in guests_at(evening)], there(invitation)) == (["Mina Zoe"], True)


def test_of_two_phones_the_latest_moment_holds_in_whichever_order_they_send(made: Evenings, cast: Cast) -> None:
    invitation = invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    evening, now = followed(made.date, cast.ilka.viewer), working_moment()
    mark(evening, [Mark("late", invitation, present=False, at=now - timedelta(minutes=1))])
    assert mark(evening, [Mark("early", invitation, present=True, at=now - timedelta(minutes=9))]).done == ("early",)
    assert there(invitation) is False
    mark(evening, [Mark("ahead", invitation, present=True, at=now + timedelta(days=1))])
    assert presence(evening)[invitation][0] is True
    assert (presence(evening)[invitation][1] or now) < now + timedelta(hours=1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    marks=st.lists(
        st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=8, unique_by=lambda each: each[0]
    ),
    order=st.randoms(use_true_random=False),
)
def test_any_order_and_repetition_leads_to_the_same_list(
    marks: list[tuple[int, bool]], order: object, tidy: tuple[UUID, UUID, Cast]
) -> None:
    date, invitation, cast = tidy
    Invitation.objects.filter(id=invitation).update(attended=None, marked_at=None)
    evening, now = followed(date, cast.ilka.viewer), working_moment() - timedelta(hours=1)
    sent = [Mark(str(ago), invitation, present, now - timedelta(minutes=ago)) for ago, present in marks] * 2
    order.shuffle(sent)  # type: ignore[attr-defined]
    for each in sent:
        mark(evening, [each])
    assert there(invitation) is min(marks)[1]


@pytest.fixture
def tidy(made: Evenings, cast: Cast) -> tuple[UUID, UUID, Cast]:
    return made.date, invited(cast.yonas.id, made.date, by=cast.ilka.viewer), cast


def test_a_mark_for_nobody_on_the_list_is_said_to_be_for_nobody(made: Evenings, cast: Cast) -> None:
    other = invited(cast.yonas.id, made.later, by=cast.ilka.viewer)
    theirs = invited(cast.omar.id, evenings(cast.bea.viewer).date, by=cast.bea.viewer)
    evening, now = followed(made.date, cast.ilka.viewer), working_moment()
    marks = [Mark(str(each), each, present=True, at=now) for each in (other, theirs, uuid4())]
    taken = mark(evening, marks)
    assert (taken.done, len(taken.gone), there(other), there(theirs)) == ((), 3, None, None)


def test_guests_without_a_name_too_many_or_of_another_evening_are_not_taken_in(made: Evenings, cast: Cast) -> None:
    elsewhere = NewGuest(uuid4(), "Dort")
    mark(followed(evenings(cast.bea.viewer).date, cast.bea.viewer), [], [elsewhere])
    evening = followed(made.date, cast.ilka.viewer)
    many = [NewGuest(uuid4(), f"Gast {number}") for number in range(MOST_GUESTS + 1)]
    taken = mark(evening, [], [NewGuest(uuid4(), " \n "), elsewhere, *many])
    assert (len(taken.done), len(taken.gone)) == (MOST_GUESTS, 3)
    assert Guest.objects.filter(date=made.date).count() == MOST_GUESTS
    assert b"Gast" not in b"".join(bytes(each) for each in Guest.objects.values_list("box", flat=True))


def test_what_was_on_its_way_when_the_link_ended_is_not_taken_in(made: Evenings, cast: Cast) -> None:
    invitation = invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    evening = open_evening(make_evening_link(made.date, by=cast.ilka.viewer)[0], at=working_moment())
    revoke_evening_link(made.date, by=cast.ilka.viewer)
    with pytest.raises(LinkGoneError):
        mark(evening, [Mark("1", invitation, present=True, at=working_moment())])
    with pytest.raises(LinkGoneError):
        mix_tables(evening)
    assert Invitation.objects.get(id=invitation).attended is None


def test_a_settled_list_takes_nothing_in(made: Evenings, cast: Cast) -> None:
    invitation = invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    evening = followed(made.date, cast.ilka.viewer)
    WorkshopDate.objects.filter(id=made.date).update(settled_at=working_moment())
    with pytest.raises(SettledError):
        mark(evening, [Mark("1", invitation, present=True, at=working_moment())])
    with pytest.raises(SettledError):
        sign(evening, invitation, Proof.PAPER)


# --- signing -------------------------------------------------------------------------------------------


def test_a_signature_is_sealed_and_the_box_is_no_longer_for_it(made: Evenings, cast: Cast) -> None:
    invitation = invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    evening = followed(made.date, cast.ilka.viewer)
    with pytest.raises(NotOnTheListError):
        sign(evening, invitation, Proof.PAPER)
    mark(evening, [Mark("1", invitation, present=True, at=working_moment())])
    before = len(bytes(Invitation.objects.get(id=invitation).box))
    longest = "M10 10" + "L99 99" * 681
    for drawn in (DRAWN, longest):
        sign(evening, invitation, Proof.SCREEN, drawn)
        row = Invitation.objects.get(id=invitation)
        content = open_invitation(key_of(cast.yonas.id), row)
        assert (content.proof, content.signature, len(bytes(row.box))) == ("screen", drawn, before)
    assert 4090 < len(longest) <= LONGEST_SIGNATURE
    sign(evening, invitation, Proof.CONFIRMED)
    content = open_invitation(key_of(cast.yonas.id), Invitation.objects.get(id=invitation))
    assert (content.proof, content.signature) == ("confirmed", "")


@pytest.mark.parametrize(
    ("proof", "drawn"),
    [
        (Proof.SCREEN, ""), (Proof.PAPER, DRAWN), (Proof.SCREEN, "M1 1"), (Proof.SCREEN, f"{DRAWN}\n"),
        (Proof.SCREEN, "M1 1L<script>"), (Proof.SCREEN, "M1 1" + "L1 1" * 1024), (Proof.SCREEN, "M٣ 1L1 1"),
    ],
)  # fmt: skip
def test_what_is_no_signature_is_not_kept(proof: Proof, drawn: str, made: Evenings, cast: Cast) -> None:
    invitation = invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    evening = followed(made.date, cast.ilka.viewer)
    mark(evening, [Mark("1", invitation, present=True, at=working_moment())])
    with pytest.raises(SignatureError):
        sign(evening, invitation, proof, drawn)
