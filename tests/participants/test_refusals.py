"""What no form offers is refused all the same: services are asked by whoever writes to an address by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.casework.partners import agree, today
from tests.people import DB, Account, Cast, account, agreed
from wegnetz.accounts.access import Role
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import BreakGlass, Consent, Person
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services import (
    AlreadyWithdrawnError,
    Asked,
    Duty,
    NoGroundError,
    NotAColleagueError,
    RefusedError,
    Release,
    UnknownPurposeError,
    confirm_glass,
    hand_to_colleague,
    note_person_told,
    record_release,
    register_person,
    request_glass,
    take_over,
    withdraw_consent,
    withdraw_release,
)  # fmt: skip
from wegnetz.rules.consents import Answer, Channel

pytestmark = DB
NOBODY = uuid4()


@pytest.fixture
def lead(cast: Cast) -> Account:
    return next(each for each in cast.colleagues if each.role is Role.LEAD)


@pytest.fixture
def coach(cast: Cast) -> Account:
    return next(each for each in cast.colleagues if each.role is Role.COACH)


def test_a_purpose_that_the_programme_does_not_know_is_not_agreed_to(cast: Cast) -> None:
    with pytest.raises(UnknownPurposeError):
        agree(cast.yonas.id, "advertising", cast.bea, cast.ilka)


def test_an_answer_of_which_the_viewer_does_not_know_is_not_taken_back(cast: Cast) -> None:
    theirs = agree(cast.omar.id, "accompany", cast.bea, cast.bea)
    for consent in (theirs, NOBODY):
        with pytest.raises(PersonNotFoundError):
            withdraw_consent(cast.yonas.id, consent, channel=Channel.IN_PERSON, on=today(), by=cast.ilka.viewer)
    assert Consent.objects.get(id=theirs).withdrawn_at is None


def test_a_release_is_taken_back_once(cast: Cast) -> None:
    given = Release("Dr. Lindner", "Ärztin", "Beratung", "Termin", "ti", Channel.IN_PERSON, today())
    release = record_release(cast.yonas.id, given, by=cast.ilka.viewer)
    withdraw_release(cast.yonas.id, release, on=today(), by=cast.ilka.viewer)
    with pytest.raises(AlreadyWithdrawnError):
        withdraw_release(cast.yonas.id, release, on=today(), by=cast.ilka.viewer)


# --- the glass --------------------------------------------------------------------------------------------


def test_nobody_but_a_lead_asks_to_break_a_glass(cast: Cast, coach: Account) -> None:
    for account_ in (cast.ilka, coach):
        with pytest.raises(RefusedError):
            request_glass(cast.yonas.id, reason="Seit Tagen nicht erreichbar", by=account_.viewer)


def test_no_glass_is_asked_for_about_whom_the_organisation_does_not_accompany(cast: Cast, lead: Account) -> None:
    for person in (cast.omar.id, NOBODY):
        with pytest.raises(PersonNotFoundError):
            request_glass(person, reason="Seit Tagen nicht erreichbar", by=lead.viewer)
    assert BreakGlass.objects.filter(person=cast.omar.id).count() == 0


def test_a_glass_is_confirmed_by_a_second_person_of_the_same_organisation(cast: Cast, lead: Account) -> None:
    glass = request_glass(cast.yonas.id, reason="Seit Tagen nicht erreichbar", by=lead.viewer)
    for second in (lead, cast.bea):
        with pytest.raises(PersonNotFoundError):
            confirm_glass(glass, by=second.viewer)
    assert BreakGlass.objects.get(id=glass).confirmed_at is None


def test_nobody_is_told_of_a_look_that_was_not_granted(cast: Cast, lead: Account) -> None:
    glass = request_glass(cast.yonas.id, reason="Seit Tagen nicht erreichbar", by=lead.viewer)
    with pytest.raises(PersonNotFoundError):
        note_person_told(glass, on=today(), by=cast.ilka.viewer)


# --- who leads, and who is responsible --------------------------------------------------------------------


def test_who_does_not_lead_ways_takes_none_over(cast: Cast, coach: Account) -> None:
    with pytest.raises(NoGroundError):
        take_over(cast.yonas.id, after=cast.ilka.viewer.organisation, offered_at=timezone.now(), by=coach.viewer)
    assert Person.objects.get(id=cast.yonas.id).organisation_id == cast.ilka.viewer.organisation


def test_a_person_is_handed_to_a_colleague_in_the_same_function_who_still_works_there(
    cast: Cast, coach: Account
) -> None:
    for other in (coach, cast.bea, cast.left, cast.deactivated):
        with pytest.raises(NotAColleagueError):
            hand_to_colleague(cast.yonas.id, other.user, by=cast.ilka.viewer)
    organisation = cast.ilka.viewer.organisation
    gesa = account("gesa", "Gesa", Person.objects.get(id=cast.yonas.id).organisation, Role.CASE_MANAGER)
    assert gesa.viewer.organisation == organisation
    hand_to_colleague(cast.yonas.id, gesa.user, by=cast.ilka.viewer)


# --- the ground on which somebody is accompanied ----------------------------------------------------------


def _purpose(cast: Cast) -> Asked:
    return agreed(cast.ilka, "coaching")


def _unknown(cast: Cast) -> Asked:
    return agreed(cast.ilka, "advertising")


def _refused(cast: Cast) -> Asked:
    return replace(agreed(cast.ilka), answer=Answer.REFUSED)


def _for_others(cast: Cast) -> Asked:
    return agreed(cast.bea)


def _no_duty(cast: Cast) -> Duty:
    return Duty("curiosity")


@pytest.mark.parametrize("ground", [_purpose, _unknown, _refused, _for_others, _no_duty])
def test_nobody_is_registered_on_what_opens_no_door(ground: Callable[[Cast], Asked | Duty], cast: Cast) -> None:
    before: set[UUID] = set(Person.objects.values_list("id", flat=True))
    with pytest.raises(NoGroundError):
        register_person(
            name=Name(called="Neu"), contact=Contact(), ground=ground(cast), by=cast.ilka.viewer, on=today()
        )  # fmt: skip
    assert set(Person.objects.values_list("id", flat=True)) == before
