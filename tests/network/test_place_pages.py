"""A contact point is told who comes, by a name they chose: sealed twice, recorded first, and gone when it must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.audit.reading_back import last_place, recorded_since
from tests.casework.partners import Partners, partners, today
from tests.casework.test_letters import offer as refer
from tests.desk.asking import rows_of_every_table
from tests.desk.stands import stands
from tests.directory.places import an_offer
from tests.network.expecting import A_DAY as DAY
from tests.network.expecting import TODAY, Expecting, announced_there, house, met, names, yonas
from tests.people import DB, Cast
from tests.statements import watched
from wegnetz.audit.models import Event
from wegnetz.casework.services import accept_referral, close_case
from wegnetz.core.crypto import new_pair
from wegnetz.directory.models import ContactPoint
from wegnetz.directory.selectors import PointNotFoundError
from wegnetz.directory.services import delete_point, give_to, save_offer
from wegnetz.network.boxes import Coming, seal_announcement
from wegnetz.network.models import Announcement, Introduction, PlaceLink
from wegnetz.network.openings import Step
from wegnetz.network.selectors import LinkGoneError, announced, at_places, open_link
from wegnetz.network.services import (
    AddressChangedError,
    NotAgreedError,
    NotExpectedError,
    StageError,
    announce_again,
    delete_introduction,
    forget_announcements,
    make_link,
    restore_introduction,
    revoke_link,
    say,
    suggest,
    take_back,
    take_step,
    unsay,
)
from wegnetz.network.services.announcements import SHOWN_FOR, end_of_week
from wegnetz.participants.models import Consent, Involvement
from wegnetz.rules.introductions import Stage
from wegnetz.vault.services import destroy_key

__all__ = ["house", "partners", "yonas"]
pytestmark = DB


# --- what is there to read ---------------------------------------------------------------------------


def test_the_place_reads_what_the_person_let_it_know(house: Expecting, yonas: tuple[UUID, UUID]) -> None:
    (found,) = announced(house.link, on=TODAY)
    assert (found.coming, found.said) == (Coming("Jojo", house.choir, TODAY + DAY, False, "Bitte leise"), ())


def test_nobody_who_has_the_database_reads_who_comes_or_where(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    """In the tables that are new, and beside the person, nothing stands plain: no name, no person, no place."""
    say(house.link, yonas[1], came=True, on=TODAY, today=TODAY)
    stored = rows_of_every_table()
    everything = b"\n".join(_bytes(cell) for row in stored["network_announcement"] for cell in row)
    secrets = [cast.yonas.id, house.point, house.choir, yonas[0], cast.ilka.viewer.organisation, house.link.id]
    plain = [part for each in secrets for part in (str(each).encode(), each.hex.encode(), each.bytes)]
    assert [part for part in (b"Jojo", b"leise", *plain) if part in everything] == []
    of_links = b"\n".join(_bytes(cell) for row in stored["network_placelink"] for cell in row)
    introductions = b"\n".join(_bytes(cell) for row in stored["network_introduction"] for cell in row)
    places = [
        part for each in (house.point, house.choir, house.link.id) for part in (str(each).encode(), each.hex.encode())
    ]
    assert [part for part in (b"Jojo", b"came", str(yonas[1]).encode(), *places) if part in introductions] == []
    assert (house.token.encode() in of_links, house.link.private in of_links) == (False, False)
    assert [table for table, rows in stored.items() for row in rows for cell in row if b"Jojo" in _bytes(cell)] == []
    assert [table for table, rows in stored.items() for row in rows for cell in row
            if house.token.encode() in _bytes(cell)] == []  # fmt: skip


def _bytes(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode()


def test_no_announcement_is_longer_than_another(house: Expecting, cast: Cast) -> None:
    announced_there(house, cast.yonas.id, "J", by=cast.ilka)
    announced_there(house, cast.lina.id, "L" * 60, by=cast.ilka, comes_on=TODAY, for_place="x" * 200)
    assert len({len(bytes(each.box)) for each in Announcement.objects.all()}) == 1
    assert names(house) == ["L" * 60, "J"]


def test_the_reading_is_recorded_before_a_key_is_fetched(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    organisation = cast.ilka.viewer.organisation
    before, link = last_place(organisation), house.link
    with watched() as statements:
        announced(link, on=TODAY)
    (event,) = recorded_since(organisation, before)
    assert (event.action, event.category, event.purpose, event.subjects) == (
        "view", "called", "announced at a place", frozenset([cast.yonas.id]),
    )  # fmt: skip
    assert Event.objects.latest("at").actor_role == "contact-point"
    recorded = [at for at, each in enumerate(statements) if each.sql.startswith('INSERT INTO "audit_eventsubject"')]
    fetched = [at for at, each in enumerate(statements) if each.database == "keystore" and '"wrapped"' in each.sql]
    assert recorded[0] < fetched[0]


def test_where_nobody_is_expected_nothing_is_recorded(house: Expecting) -> None:
    number = Event.objects.count()
    assert (announced(house.link, on=TODAY), Event.objects.count()) == ((), number)


def test_two_organisations_announce_to_one_place_and_each_has_it_in_its_own_log(house: Expecting, cast: Cast) -> None:
    announced_there(house, cast.yonas.id, "Jojo", by=cast.ilka)
    announced_there(house, cast.omar.id, "Omi", by=cast.bea)
    before = [last_place(each.viewer.organisation) for each in (cast.ilka, cast.bea)]
    assert sorted(names(house)) == ["Jojo", "Omi"]
    shown = [recorded_since(each.viewer.organisation, at)[0].subjects
             for each, at in zip((cast.ilka, cast.bea), before, strict=True)]  # fmt: skip
    assert shown == [{cast.yonas.id}, {cast.omar.id}]


def test_what_was_laid_there_by_somebody_else_is_not_shown(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    """Whoever can write into the table knows the link's public key, but not the person's."""
    (link,), made = PlaceLink.objects.all(), uuid4()
    whom = (cast.yonas.id, yonas[0], cast.ilka.viewer.organisation)
    box = seal_announcement(
        link.public, b"k" * 32, made, house.link.shelf, whom, Coming("Falsch", house.choir, None, None, "")
    )
    Announcement.objects.create(id=made, shelf=house.link.shelf, box=box, until=TODAY)
    Announcement.objects.create(shelf=house.link.shelf, box=b"nothing that opens", until=TODAY)
    moved = Announcement.objects.get(id=yonas[1])
    Announcement.objects.create(shelf=house.link.shelf, box=moved.box, until=TODAY)
    assert names(house) == ["Jojo"]
    with pytest.raises(NotExpectedError):
        say(house.link, made, came=True, on=TODAY, today=TODAY)


# --- when it must be gone ----------------------------------------------------------------------------


def taken_back(cast: Cast, introduction: UUID) -> None:
    take_back(cast.yonas.id, introduction, version=3, by=cast.ilka.viewer)


def ended(cast: Cast, introduction: UUID) -> None:
    step = Step(Stage.ENDED, TODAY, reason="too-far")
    take_step(cast.yonas.id, introduction, step, version=3, by=cast.ilka.viewer)


def deleted(cast: Cast, introduction: UUID) -> None:
    delete_introduction(cast.yonas.id, introduction, by=cast.ilka.viewer)


def erased(cast: Cast, introduction: UUID) -> None:
    destroy_key(cast.yonas.id, on=timezone.now())


def door_shut(cast: Cast, introduction: UUID) -> None:
    Involvement.objects.filter(person=cast.yonas.id).update(ended_at=timezone.now(), ended_on=TODAY)


def consent_withdrawn(cast: Cast, introduction: UUID) -> None:
    at = {"withdrawn_at": timezone.now(), "withdrawn_on": TODAY, "withdrawn_by": cast.ilka.user,
          "withdrawn_in": cast.ilka.viewer.organisation}  # fmt: skip
    Consent.objects.filter(person=cast.yonas.id).update(**at)


def consent_ran_out(cast: Cast, introduction: UUID) -> None:
    Consent.objects.filter(person=cast.yonas.id).update(until=timezone.localdate() - DAY)


def closed(cast: Cast, introduction: UUID) -> None:
    close_case(cast.yonas.id, outcome="training", note="", on=TODAY, by=cast.ilka.viewer)


def a_regular(cast: Cast, introduction: UUID) -> None:
    for version, stage in enumerate((Stage.VISITED, Stage.RETURNED, Stage.REGULAR), 3):
        take_step(cast.yonas.id, introduction, Step(stage, TODAY), version=version, by=cast.ilka.viewer)


ENDS = (
    taken_back, ended, deleted, erased, door_shut, consent_withdrawn, consent_ran_out, closed, a_regular,
)  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_at_its_next_look_the_place_sees_no_more_of_it(
    end: Callable[[Cast, UUID], None], house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    assert names(house) == ["Jojo"]
    end(cast, yonas[0])
    number = Event.objects.count()
    assert (names(house), Event.objects.count()) == ([], number)
    with pytest.raises(NotExpectedError):
        say(house.link, yonas[1], came=True, on=TODAY, today=TODAY)


def test_what_was_deleted_by_mistake_is_there_again(house: Expecting, yonas: tuple[UUID, UUID], cast: Cast) -> None:
    deleted(cast, yonas[0])
    restore_introduction(cast.yonas.id, yonas[0], by=cast.ilka.viewer)
    assert names(house) == ["Jojo"]


def test_of_work_that_is_sealed_no_place_is_told(house: Expecting, cast: Cast, partners: Partners) -> None:
    samira = partners.samira.viewer
    accept_referral(refer(cast, partners.samira, "trauma-coaching").id, by=samira, on=today())
    made = suggest(cast.yonas.id, house.choir, by=samira, on=TODAY)
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, TODAY), version=1, by=samira)
    told = take_step(
        cast.yonas.id, made, Step(Stage.ANNOUNCED, TODAY, called="Jojo"), version=2, by=samira, agreed=True
    )
    assert (told, Announcement.objects.count(), Introduction.objects.get().stage) == (False, 0, Stage.ANNOUNCED)
    assert announce_again(cast.yonas.id, made, version=3, by=samira, agreed=True, told_of=None) is False


def test_a_month_after_they_wanted_to_come_or_came_it_goes_by_itself(
    house: Expecting, yonas: tuple[UUID, UUID]
) -> None:
    last = end_of_week(TODAY + DAY + SHOWN_FOR)
    assert Announcement.objects.get().until == last
    assert (len(announced(house.link, on=last)), len(announced(house.link, on=last + DAY))) == (1, 0)
    came = TODAY + timedelta(days=20)
    say(house.link, yonas[1], came=True, on=came, today=came)
    longer = end_of_week(came + SHOWN_FOR)
    assert (forget_announcements(on=longer), forget_announcements(on=longer + DAY)) == (0, 1)
    assert Announcement.objects.count() == 0


# --- the link ----------------------------------------------------------------------------------------


def test_a_link_opens_until_it_is_revoked_replaced_over_or_its_place_is_gone(house: Expecting) -> None:
    def opens(token: str, days: int = 0) -> bool:
        try:
            open_link(token, on=TODAY + timedelta(days=days))
        except LinkGoneError:
            return False
        return True

    first, second = house.token, house.renew()
    assert [opens(first), opens(second), opens("x" * 43), opens(""), opens(second, 365), opens(second, 366)] == [
        False, True, False, False, True, False,
    ]  # fmt: skip
    revoke_link(house.point, by=house.keeper)
    assert (opens(second), PlaceLink.objects.exclude(private=b"").count()) == (False, 0)
    third = house.renew()
    delete_point(house.point, by=house.keeper, on=TODAY)
    assert opens(third) is False


def test_a_secret_has_256_bits_and_no_two_are_the_same(house: Expecting) -> None:
    tokens = {house.renew() for _ in range(20)}
    assert (len(tokens), {len(token) for token in tokens}) == (20, {43})


def test_only_who_keeps_the_place_hands_out_its_link_and_the_steering_office_never(
    house: Expecting, cast: Cast
) -> None:
    by_role = {str(each.role): each.viewer for each in cast.colleagues} | {"case-manager": cast.ilka.viewer}

    def may() -> list[str]:
        found = []
        for role, viewer in by_role.items():
            try:
                make_link(house.point, by=viewer, on=TODAY)
            except PointNotFoundError:
                continue
            found.append(role)
        return sorted(found)

    assert may() == ["network-coordinator"]
    give_to(house.point, cast.ilka.viewer.organisation, by=by_role["steering"])
    assert may() == ["network-coordinator", "workshop-host"]
    give_to(house.point, cast.bea.viewer.organisation, by=house.keeper)
    assert may() == []


def test_one_link_opens_nothing_of_another_place(house: Expecting, yonas: tuple[UUID, UUID], cast: Cast) -> None:
    elsewhere = stands(cast)["nobody's"]
    token, _until = make_link(elsewhere.id, by=house.keeper, on=TODAY)
    other = open_link(token, on=TODAY)
    assert announced(other, on=TODAY) == ()
    with pytest.raises(NotExpectedError):
        say(other, yonas[1], came=True, on=TODAY, today=TODAY)
    with pytest.raises(NotExpectedError):
        unsay(other, yonas[1], today=TODAY)
    box = Announcement.objects.get().box  # somebody who can write lays it on another shelf
    Announcement.objects.create(shelf=other.shelf, box=box, until=TODAY)
    assert announced(other, on=TODAY) == ()


def test_after_a_new_link_staff_announce_once_more(house: Expecting, yonas: tuple[UUID, UUID], cast: Cast) -> None:
    introduction, by = yonas[0], cast.ilka.viewer
    assert on_page(cast, introduction) is True
    house.renew()
    assert (names(house), on_page(cast, introduction)) == ([], False)
    assert announce_again(cast.yonas.id, introduction, version=3, by=by, agreed=True, told_of=house.link.id) is True
    assert (names(house), Announcement.objects.count()) == (["Jojo"], 1)
    revoke_link(house.point, by=house.keeper)
    assert at_places([met(cast, introduction)], on=TODAY) == {}
    take_back(cast.yonas.id, introduction, version=4, by=by)
    with pytest.raises(StageError):
        announce_again(cast.yonas.id, introduction, version=5, by=by, agreed=True, told_of=None)


def on_page(cast: Cast, introduction: UUID) -> bool:
    """Whether the page of the place shows it, which staff read beside it."""
    return at_places([met(cast, introduction)], on=TODAY)[introduction].shown


def test_a_name_that_was_taken_back_does_not_come_again_with_the_next(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    taken_back(cast, yonas[0])
    told = Step(Stage.ANNOUNCED, TODAY, called="Anders")
    page, by = house.link.id, cast.ilka.viewer
    assert take_step(cast.yonas.id, yonas[0], told, version=4, by=by, agreed=True, told_of=page) is True
    assert (names(house), Announcement.objects.count()) == (["Anders"], 1)


@pytest.mark.parametrize("people", [1, 3])
def test_a_page_asks_as_much_for_three_as_for_one(house: Expecting, cast: Cast, people: int) -> None:
    for number in range(people):
        offer = save_offer(house.point, None, an_offer(str(number)), by=house.keeper)
        announced_there(house, cast.yonas.id, f"J{number}", by=cast.ilka, offer=offer)
    link = house.link
    with watched() as statements:
        assert len(announced(link, on=TODAY)) == people
    reads = [each for each in statements if each.sql.startswith("SELECT") and "set_config" not in each.sql
             and "pg_advisory" not in each.sql]  # fmt: skip
    assert len(reads) == 5  # the shelf, the introductions, whose keys are there, the chain, the keys


def test_a_public_key_alone_opens_nothing(house: Expecting, yonas: tuple[UUID, UUID]) -> None:
    assert announced(replace(house.link, private=new_pair()[1]), on=TODAY) == ()


# --- who could read it besides --------------------------------------------------------------------------


def test_a_link_of_others_than_those_who_keep_the_place_opens_nothing(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    """Also one that nobody closed."""
    ContactPoint.objects.filter(id=house.point).update(owner=cast.bea.viewer.organisation)
    with pytest.raises(LinkGoneError):
        open_link(house.token, on=TODAY)
    assert at_places([met(cast, yonas[0])], on=TODAY) == {}


def test_what_ended_comes_to_the_page_again_only_with_a_new_yes(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    person, introduction, by = cast.yonas.id, yonas[0], cast.ilka.viewer
    ended(cast, introduction)
    assert Announcement.objects.count() == 0
    take_back(person, introduction, version=4, by=by)
    assert names(house) == []
    with pytest.raises(NotAgreedError):
        announce_again(person, introduction, version=5, by=by, agreed=False, told_of=house.link.id)
    assert announce_again(person, introduction, version=5, by=by, agreed=True, told_of=house.link.id) is True
    assert names(house) == ["Jojo"]


def test_a_link_is_mailed_nowhere_but_where_the_place_is_to_be_reached_now(house: Expecting) -> None:
    with pytest.raises(AddressChangedError):
        make_link(house.point, by=house.keeper, on=TODAY, address="alt@example.org")
    assert names(house) == []
    make_link(house.point, by=house.keeper, on=TODAY, address="haus@example.org")
    assert PlaceLink.objects.get(point=house.point, revoked_at__isnull=True).address == "haus@example.org"
