"""What no form offers is refused all the same: services are asked by whoever writes to an address by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.casework.partners import Partners, agree, partners, today
from tests.people import DB, Cast
from wegnetz.casework.models import Appointment, Closing, PlanItem, Referral
from wegnetz.casework.services import (
    ItemContent,
    MeetingContent,
    PlanContent,
    Reason,
    ReasonMissingError,
    UnknownOutcomeError,
    accept_referral,
    add_item,
    begin_plan,
    close_case,
    finish_referral,
    follow_up,
    make_appointment,
    note_appointment,
    offer_referral,
    withdraw_referral,
)  # fmt: skip
from wegnetz.participants.selectors import PersonNotFoundError

__all__ = ["partners"]
pytestmark = DB


def test_an_appointment_is_kept_missed_or_cancelled_and_nothing_else(cast: Cast) -> None:
    begins = timezone.now() - timedelta(days=1)
    content = MeetingContent(begins, begins + timedelta(hours=1), "visit", cast.ilka.user)
    meeting = make_appointment(cast.yonas.id, content, by=cast.ilka.viewer)
    with pytest.raises(ValueError, match="forgotten"):
        note_appointment(cast.yonas.id, meeting, state="forgotten", by=cast.ilka.viewer)
    assert Appointment.objects.get(id=meeting).state == "planned"


def test_a_follow_up_has_an_outcome_of_the_programme(cast: Cast) -> None:
    closing = close_case(cast.yonas.id, outcome="school", note="", on=today(), by=cast.ilka.viewer)
    with pytest.raises(UnknownOutcomeError):
        follow_up(cast.yonas.id, closing, outcome="fame", note="", on=today(), version=1, by=cast.ilka.viewer)
    assert Closing.objects.get(id=closing).followed_up_on is None


def test_what_is_planned_stands_in_the_plan_of_the_same_person(cast: Cast) -> None:
    plan = begin_plan(cast.lina.id, PlanContent("Lesen lernen"), by=cast.ilka.viewer)
    with pytest.raises(PersonNotFoundError):
        add_item(cast.yonas.id, "goal", ItemContent("Anrufen"), plan=plan, by=cast.ilka.viewer)
    assert PlanItem.objects.filter(person=cast.yonas.id, plan=plan).count() == 0


def test_a_letter_ends_with_an_outcome_of_the_programme(cast: Cast, partners: Partners) -> None:
    consent = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka)
    letter = offer_referral(cast.yonas.id, consent, message="Bitte", by=cast.ilka.viewer, on=today())
    accept_referral(letter, by=partners.jonas.viewer, on=today())
    with pytest.raises(ReasonMissingError):
        finish_referral(letter, Reason("fame"), by=partners.jonas.viewer, on=today())
    assert Referral.objects.get(id=letter).status == "accepted"


def test_nobody_but_the_sender_takes_a_letter_back_and_no_sealed_one_is(cast: Cast, partners: Partners) -> None:
    letters = []
    for purpose, to in (("coaching", partners.jonas), ("trauma-coaching", partners.samira)):
        consent = agree(cast.yonas.id, purpose, to, cast.ilka)
        letters.append(offer_referral(cast.yonas.id, consent, message="Bitte", by=cast.ilka.viewer, on=today()))
    for letter, who in ((letters[0], partners.jonas), (letters[0], cast.bea), (letters[1], cast.ilka)):
        with pytest.raises(PersonNotFoundError):
            withdraw_referral(letter, Reason(), by=who.viewer, on=today())
    assert set(Referral.objects.filter(id__in=letters).values_list("status", flat=True)) == {"offered"}
