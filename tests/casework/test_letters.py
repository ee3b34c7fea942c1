"""From one organisation to another: offered, answered, taken back; only what was agreed travels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.partners import Partners, agree, partners, today
from tests.people import ANSWERS, DB, PHONE, Account, Cast, account
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.accounts.services import ensure_organisation
from wegnetz.casework.models import Referral, ReferralStep
from wegnetz.casework.selectors import my_day, received_letter, received_letters, sent_letter, sent_letters
from wegnetz.casework.selectors.referrals import LETTERS_ON_A_PAGE
from wegnetz.casework.services import (
    AlreadyAcceptedError,
    AlreadyOfferedError,
    NoConsentError,
    Reason,
    ReasonMissingError,
    StepNotPossibleError,
    accept_referral,
    decline_referral,
    finish_referral,
    offer_referral,
    withdraw_referral,
)  # fmt: skip
from wegnetz.core.scope import Scope, acting_as
from wegnetz.participants.access import consents_in_scope, stands_for
from wegnetz.participants.models import Consent, Involvement, Person
from wegnetz.participants.selectors import PersonNotFoundError, count_people, open_person
from wegnetz.participants.services import (
    NoGroundError,
    close_involvement,
    delete_here,
    end_involvement,
    hand_to_colleague,
    withdraw_consent,
)  # fmt: skip
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.consents import Answer, Channel
from wegnetz.rules.referrals import STEPS, Side, Status, next_steps, step

__all__ = ["partners"]
pytestmark = DB


def offer(cast: Cast, to: Account, purpose: str = "coaching", **more: bool) -> Referral:
    consent = agree(cast.yonas.id, purpose, to, cast.ilka)
    letter = offer_referral(cast.yonas.id, consent, message="Bitte begleiten", by=cast.ilka.viewer, on=today(), **more)
    return Referral.objects.get(id=letter)


def test_an_accepted_letter_opens_exactly_what_was_agreed(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    with pytest.raises(PersonNotFoundError):
        open_person(partners.jonas.viewer, cast.yonas.id, purpose="test")
    accept_referral(row.id, by=partners.jonas.viewer, on=today())
    found = open_person(partners.jonas.viewer, cast.yonas.id, purpose="test", decisions=True)
    assert (set(found.categories), found.leads, found.decisions) == ({"name", "contact", "facts", "plan"}, False, ())
    assert {entry.fact.id for entry in found.facts} & {"lives_in_state_facility", "security_exclusion"} == set()
    assert found.responsible == partners.jonas.user


def test_what_travels_is_what_the_consent_names_and_both_may_see(cast: Cast, partners: Partners) -> None:
    letter = received_letter(partners.jonas.viewer, offer(cast, partners.jonas).id)
    assert letter.travels == ("name", "contact", "facts", "plan")
    facts = letter.content["facts"]
    assert isinstance(facts, list)
    told = {fact["fact"] for fact in facts}
    hidden = {"lives_in_state_facility", "security_exclusion"}
    assert told == (set(ANSWERS) | {"residence_status", "work_ban"}) - hidden


def test_a_sealed_letter_takes_name_and_contact_along(cast: Cast, partners: Partners) -> None:
    letter = received_letter(partners.samira.viewer, offer(cast, partners.samira, "trauma-coaching").id)
    assert (letter.travels, set(letter.content)) == (("name", "contact"), {"name", "contact"})
    assert PHONE["Zinnoberfink"] in str(letter.content)


@pytest.mark.parametrize("purpose", ["exchange", "feedback"])
def test_a_consent_that_opens_no_door_sends_nobody_anywhere(cast: Cast, partners: Partners, purpose: str) -> None:
    consent = agree(cast.yonas.id, purpose, partners.jonas, cast.ilka)
    with pytest.raises(NoConsentError):
        offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=today())


def test_nothing_is_sent_on_a_refusal_a_withdrawal_or_another_persons_consent(cast: Cast, partners: Partners) -> None:
    refused = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka, answer=Answer.REFUSED)
    others = agree(cast.lina.id, "coaching", partners.jonas, cast.ilka)
    taken_back = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka)
    withdraw_consent(cast.yonas.id, taken_back, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer)
    for consent in (refused, others, taken_back):
        with pytest.raises(NoConsentError):
            offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=today())


def test_a_reason_comes_back_and_the_recipient_keeps_nothing(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    with pytest.raises(ReasonMissingError):
        decline_referral(row.id, Reason("because"), by=partners.jonas.viewer, on=today())
    reason = Reason("full", "Bis Januar ist kein Platz frei.")
    decline_referral(row.id, reason, by=partners.jonas.viewer, on=today())
    letter = sent_letter(cast.ilka.viewer, row.id)
    assert (letter.status, letter.steps[-1].reason, letter.steps[-1].note) == ("declined", "full", reason.note)
    assert received_letters(partners.jonas.viewer, today=today()).lines == ()
    with pytest.raises(PersonNotFoundError):
        received_letter(partners.jonas.viewer, row.id)
    assert not Involvement.objects.filter(organisation=partners.jonas.viewer.organisation).exists()


def test_taking_a_consent_back_shuts_the_door_and_takes_the_letter_away(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    accept_referral(row.id, by=partners.jonas.viewer, on=today())
    assert count_people(partners.jonas.viewer) == 1
    withdraw_consent(cast.yonas.id, row.consent_id, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer)
    assert count_people(partners.jonas.viewer) == 0
    assert received_letters(partners.jonas.viewer, today=today()).lines == ()
    assert sent_letter(cast.ilka.viewer, row.id).withdrawn is True


def test_a_consent_asked_for_again_does_not_leave_the_door_open(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    accept_referral(row.id, by=partners.jonas.viewer, on=today())
    again = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka)
    withdraw_consent(cast.yonas.id, again, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer)
    assert count_people(partners.jonas.viewer) == 0


def test_an_offer_falls_with_its_consent(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    withdraw_consent(cast.yonas.id, row.consent_id, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer)
    with pytest.raises(PersonNotFoundError):
        accept_referral(row.id, by=partners.jonas.viewer, on=today())


def test_an_open_offer_is_made_once_and_again_after_a_no(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    with pytest.raises(AlreadyOfferedError):
        offer(cast, partners.jonas)
    decline_referral(row.id, Reason("full"), by=partners.jonas.viewer, on=today())
    assert offer(cast, partners.jonas).status == "offered"


def test_who_accepted_is_offered_the_same_again_only_when_their_work_has_ended(cast: Cast, partners: Partners) -> None:
    jonas = partners.jonas.viewer
    ends: list[Callable[[], None]] = [
        lambda: close_involvement(cast.yonas.id, on=today(), by=jonas),
        lambda: end_involvement(cast.yonas.id, on=today(), by=jonas),
        lambda: withdraw_consent(cast.yonas.id, row.consent_id, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer),
    ]
    for end in ends:
        row = offer(cast, partners.jonas)
        accept_referral(row.id, by=jonas, on=today())
        with pytest.raises(AlreadyAcceptedError):
            offer(cast, partners.jonas)
        end()
    assert offer(cast, partners.jonas).status == "offered"


def test_who_accepted_to_accompany_can_still_be_handed_the_lead(cast: Cast, partners: Partners) -> None:
    accept_referral(offer(cast, cast.bea, "accompany").id, by=cast.bea.viewer, on=today())
    with pytest.raises(AlreadyAcceptedError):
        offer(cast, cast.bea, "accompany")
    accept_referral(offer(cast, cast.bea, "accompany", hands_over=True).id, by=cast.bea.viewer, on=today())
    assert open_person(cast.bea.viewer, cast.yonas.id, purpose="test").leads


def test_that_a_sealed_letter_was_accepted_is_not_told_by_refusing_another(cast: Cast, partners: Partners) -> None:
    accept_referral(offer(cast, partners.samira, "trauma-coaching").id, by=partners.samira.viewer, on=today())
    assert offer(cast, partners.samira, "trauma-coaching").status == "offered"


def test_only_an_offer_without_answer_is_taken_back(cast: Cast, partners: Partners) -> None:
    first = offer(cast, partners.jonas)
    withdraw_referral(first.id, Reason(), by=cast.ilka.viewer, on=today())
    second = offer(cast, partners.jonas)
    accept_referral(second.id, by=partners.jonas.viewer, on=today())
    with pytest.raises(StepNotPossibleError):
        withdraw_referral(second.id, Reason(), by=cast.ilka.viewer, on=today())


def test_done_tells_the_outcome(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    accept_referral(row.id, by=partners.jonas.viewer, on=today())
    finish_referral(row.id, Reason("completed", "Er hat einen Platz."), by=partners.jonas.viewer, on=today())
    assert sent_letter(cast.ilka.viewer, row.id).steps[-1].reason == "completed"


def test_who_deletes_what_they_have_deletes_their_letters_with_the_answers(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    accept_referral(row.id, by=partners.jonas.viewer, on=today())
    with acting_as(Scope(organisation=cast.ilka.viewer.organisation)):
        delete_here(cast.yonas.id, on=today(), by=cast.ilka.viewer)
    connection.check_constraints()
    assert ReferralStep.objects.filter(referral=row.id).exists() is False
    assert count_people(partners.jonas.viewer) == 1


def test_an_outcome_comes_to_the_day_of_who_sent_and_of_who_is_responsible_now(cast: Cast, partners: Partners) -> None:
    """However long the work took: what counts is the day on which it was done."""
    consent, then = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka), today() - timedelta(days=40)
    letter = offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=then)
    accept_referral(letter, by=partners.jonas.viewer, on=then)
    gero = account("gero-2", "Gero", Organisation.objects.get(key="a"), Role.CASE_MANAGER)
    hand_to_colleague(cast.yonas.id, gero.user, by=cast.ilka.viewer)
    assert [answers_on_the_day_of(each) for each in (cast.ilka, gero)] == [[], []]
    finish_referral(letter, Reason("completed"), by=partners.jonas.viewer, on=today())
    assert [answers_on_the_day_of(each) for each in (cast.ilka, gero)] == [[today()], [today()]]


def answers_on_the_day_of(account: Account) -> list[date | None]:
    day = my_day(account.viewer, day=today(), pack=active_pack())
    return [todo.due for todo in day.todos if todo.what == "referral-answer"]


def test_the_lead_is_handed_over_by_who_leads_and_to_who_does_the_same(cast: Cast, partners: Partners) -> None:
    """Whatever a form says: a coach is no case manager, and who does not lead has nothing to hand over."""
    consent = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka)
    with pytest.raises(StepNotPossibleError):
        offer_referral(cast.yonas.id, consent, message="", hands_over=True, by=cast.ilka.viewer, on=today())
    accept_referral(offer(cast, cast.bea, "accompany").id, by=cast.bea.viewer, on=today())
    carla = account("carla", "Carla", ensure_organisation("leads-too", name="Teilhabe C"), Role.CASE_MANAGER)
    theirs = agree(cast.yonas.id, "accompany", carla, cast.bea)
    with pytest.raises(StepNotPossibleError):
        offer_referral(cast.yonas.id, theirs, message="", hands_over=True, by=cast.bea.viewer, on=today())


def test_nobody_hands_on_what_is_closed_to_them(cast: Cast, partners: Partners) -> None:
    """A coach sees no assessment: it does not travel in their letter, although the consent names it."""
    accept_referral(offer(cast, partners.jonas).id, by=partners.jonas.viewer, on=today())
    named = active_pack().purposes["accompany"].categories
    consent = agree(cast.yonas.id, "accompany", cast.bea, partners.jonas)
    letter = offer_referral(cast.yonas.id, consent, message="", by=partners.jonas.viewer, on=today())
    travels = set(received_letter(cast.bea.viewer, letter).travels)
    seen = open_person(partners.jonas.viewer, cast.yonas.id, purpose="test").categories
    assert (travels, set(named) - travels) == (set(named) & seen, set(named) - seen)
    assert set(named) - seen


def test_handing_over_the_lead_takes_answers_and_names_along(cast: Cast, partners: Partners) -> None:
    row = offer(cast, cast.bea, "accompany", hands_over=True)
    accept_referral(row.id, by=cast.bea.viewer, on=today())
    assert open_person(cast.bea.viewer, cast.yonas.id, purpose="test").leads is True
    before = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test")
    assert (before.leads, before.name.full) == (False, "Yonas Tesfay Zinnoberfink")


def test_who_has_lost_the_lead_by_then_hands_nothing_over(cast: Cast, partners: Partners) -> None:
    carla = account("carla", "Carla", ensure_organisation("leads-too", name="Teilhabe C"), Role.CASE_MANAGER)
    first, second = (offer(cast, to, "accompany", hands_over=True) for to in (carla, cast.bea))
    accept_referral(first.id, by=carla.viewer, on=today())
    accept_referral(second.id, by=cast.bea.viewer, on=today())
    assert Person.objects.get(id=cast.yonas.id).organisation_id == carla.viewer.organisation


def test_nobody_accepts_for_another_function_or_organisation(cast: Cast, partners: Partners) -> None:
    row = offer(cast, partners.jonas)
    for other in (partners.samira, cast.bea, cast.ilka):
        with pytest.raises((PersonNotFoundError, NoGroundError)):
            accept_referral(row.id, by=other.viewer, on=today())


def test_what_waits_stands_first_on_the_first_page(cast: Cast, partners: Partners) -> None:
    """However many were answered since; and all of them are found page by page."""
    waits = offer(cast, partners.jonas)
    answered = []
    for _ in range(LETTERS_ON_A_PAGE):
        answered.append(offer(cast, cast.bea, "accompany"))
        decline_referral(answered[-1].id, Reason("full"), by=cast.bea.viewer, on=today())
    pages = [sent_letters(cast.ilka.viewer, today=today(), page=number) for number in (1, 2)]
    assert [line.letter.id for page in pages for line in page.lines] == [
        waits.id, *(row.id for row in reversed(answered)),
    ]  # fmt: skip
    assert [(len(page.lines), page.waiting, page.page.paginator.count) for page in pages] == [(25, 1, 26), (1, 1, 26)]


# --- what is sealed ----------------------------------------------------------------------------------


def what_ilka_knows(cast: Cast, row: Referral) -> tuple[object, ...]:
    letter, letters = sent_letter(cast.ilka.viewer, row.id), sent_letters(cast.ilka.viewer, today=today())
    return letter, letters.lines, letters.waiting


@pytest.mark.parametrize("answer", ["accepted", "declined", "consent taken back", "done"])
def test_what_becomes_of_a_sealed_letter_is_not_told(cast: Cast, partners: Partners, answer: str) -> None:
    row = offer(cast, partners.samira, "trauma-coaching")
    before = what_ilka_knows(cast, row)
    samira = partners.samira.viewer
    if answer == "declined":
        decline_referral(row.id, Reason("full"), by=samira, on=today())
    else:
        accept_referral(row.id, by=samira, on=today())
    if answer == "done":
        finish_referral(row.id, Reason("completed"), by=samira, on=today())
    if answer == "consent taken back":
        withdraw_consent(cast.yonas.id, row.consent_id, channel=Channel.PHONE, on=today(), by=samira)
    assert what_ilka_knows(cast, row) == before
    # Nor does an attempt tell: another letter goes out as the first did, and the consent can be taken back.
    again = offer_referral(cast.yonas.id, row.consent_id, message="", by=cast.ilka.viewer, on=today())
    assert sent_letter(cast.ilka.viewer, again).status == "sent"
    withdraw_consent(cast.yonas.id, row.consent_id, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer)


def test_a_sealed_letter_stands_in_the_list_as_one_that_is_not_waited_for(cast: Cast, partners: Partners) -> None:
    consent, before = agree(cast.yonas.id, "trauma-coaching", partners.samira, cast.ilka), today() - timedelta(days=9)
    sealed = offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=before)
    open_one = offer(cast, partners.jonas)
    letters = sent_letters(cast.ilka.viewer, today=today())
    assert ([line.letter.id for line in letters.lines], letters.waiting) == ([open_one.id, sealed], 1)


def test_where_a_sealed_yes_is_the_own_it_is_gone_once_a_colleague_wrote_it_down(
    cast: Cast, partners: Partners
) -> None:
    """Who asked for it elsewhere goes on as if it stood; who works on it must not."""
    row = offer(cast, partners.samira, "trauma-coaching")
    accept_referral(row.id, by=partners.samira.viewer, on=today())
    own = agree(cast.yonas.id, "trauma-coaching", partners.samira, partners.samira)
    colleague = account("noor", "Noor", ensure_organisation("psz-t", name="Zentrum"), Role.TRAUMA_COACH)
    withdraw_consent(cast.yonas.id, own, channel=Channel.PHONE, on=today(), by=colleague.viewer)
    assert Consent.objects.filter(stands_for(partners.samira.viewer, today()), id=own).exists() is False


def test_a_coach_knows_no_answer_that_is_between_others(cast: Cast, partners: Partners) -> None:
    accept_referral(offer(cast, partners.jonas).id, by=partners.jonas.viewer, on=today())
    neda = account("neda", "Neda", ensure_organisation("house", name="Haus"), Role.NETWORK_COORDINATOR)
    between_others = agree(cast.yonas.id, "networking", neda, cast.ilka)
    found = [consents_in_scope(each.viewer).filter(id=between_others).exists() for each in (cast.ilka, partners.jonas)]
    assert found == [True, False]


@pytest.mark.parametrize(("answer", "told"), [(Answer.GIVEN, "begun"), (Answer.REFUSED, "sent")])
def test_with_the_persons_consent_alone_the_sender_learns_whether_it_began(
    answer: Answer, told: str, cast: Cast, partners: Partners
) -> None:
    row = offer(cast, partners.samira, "trauma-coaching")
    agree(cast.yonas.id, "feedback", cast.ilka, cast.ilka, about="Zentrum", answer=answer)
    assert sent_letter(cast.ilka.viewer, row.id).status == "sent"
    accept_referral(row.id, by=partners.samira.viewer, on=today())
    letter = sent_letter(cast.ilka.viewer, row.id)
    assert (letter.status, len(letter.steps), letter.answered_on) == (told, 1, None)


# --- the way of a letter as a law --------------------------------------------------------------------


@given(st.sampled_from(Status), st.sampled_from(Status), st.sampled_from(Side))
def test_a_step_is_possible_exactly_when_the_table_has_it(before: Status, after: Status, side: Side) -> None:
    found = step(before, after, side)
    assert (found in STEPS) == (found is not None)
    assert (found in next_steps(before, side)) == (found is not None)


@given(st.sampled_from([Status.DECLINED, Status.WITHDRAWN, Status.DONE]), st.sampled_from(Side))
def test_what_is_over_goes_nowhere(status: Status, side: Side) -> None:
    assert next_steps(status, side) == ()
