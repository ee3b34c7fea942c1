"""Who leads the way: handed over, lost with a consent, taken up again; and what each may do with old answers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.casework.partners import Partners, agree, partners, today
from tests.people import DAY, DB, SINGLE_CASE, Account, Cast
from wegnetz.audit.models import Event
from wegnetz.casework.services import accept_referral, offer_referral
from wegnetz.core.scope import Scope, acting_as
from wegnetz.participants.models import Consent, FactRecord, Person
from wegnetz.participants.selectors import PersonNotFoundError, accompanying, may_take_the_lead, open_person
from wegnetz.participants.services import (
    StillLedError,
    begin_by_consent,
    decide_single_case,
    end_involvement,
    record_decision,
    record_fact,
    restore_fact,
    retract_fact,
    take_the_lead,
    withdraw_consent,
)  # fmt: skip
from wegnetz.rules.consents import Channel
from wegnetz.rules.facts import Fact

__all__ = ["partners"]
pytestmark = DB
YESTERDAY = timedelta(days=1)


def asking(account: Account) -> Scope:
    """As the database hears it when the account opens a page."""
    return Scope(organisation=account.viewer.organisation)


def handed_over(cast: Cast) -> UUID:
    """Ilka hands Yonas over to Bea. Returns the consent on which Bea's door stands."""
    consent = agree(cast.yonas.id, "accompany", cast.bea, cast.ilka)
    with acting_as(asking(cast.ilka)):
        letter = offer_referral(
            cast.yonas.id, consent, message="Er zieht um", hands_over=True, by=cast.ilka.viewer, on=today()
        )  # fmt: skip
    with acting_as(asking(cast.bea)):
        accept_referral(letter, by=cast.bea.viewer, on=today())
    return consent


def take_back(cast: Cast, consent: UUID, by: Account) -> None:
    with acting_as(asking(by)):
        withdraw_consent(cast.yonas.id, consent, channel=Channel.PHONE, on=today(), by=by.viewer)


def leader(cast: Cast) -> UUID:
    return Person.objects.get(id=cast.yonas.id).organisation_id


def free_to(account: Account, person: UUID) -> bool:
    """Whether the person's page offers to take the lead."""
    found = open_person(account.viewer, person, purpose="test", also=("involvement",))
    return may_take_the_lead(account.viewer, found, accompanying(account.viewer, found))


def test_who_took_over_takes_back_old_answers_and_brings_them_back(cast: Cast) -> None:
    handed_over(cast)
    with acting_as(asking(cast.bea)):
        retract_fact(cast.yonas.id, cast.yonas.record, by=cast.bea.viewer)
    assert FactRecord.objects.get(id=cast.yonas.record).retracted_by_id == cast.bea.user
    with acting_as(asking(cast.bea)):
        restore_fact(cast.yonas.id, cast.yonas.record, by=cast.bea.viewer)
    assert FactRecord.objects.get(id=cast.yonas.record).retracted_at is None


def test_who_took_over_answers_anew_and_decides(cast: Cast) -> None:
    handed_over(cast)
    with acting_as(asking(cast.bea)):
        record_fact(cast.yonas.id, Fact("work_ban", value=False, recorded_on=DAY), by=cast.bea.viewer)
        decision = record_decision(cast.yonas.id, day=DAY, by=cast.bea.viewer)
        decide_single_case(
            cast.yonas.id, cast.yonas.early_decision, block=SINGLE_CASE, admitted=False, justification="Anders",
            by=cast.bea.viewer,
        )  # fmt: skip
        found = open_person(cast.bea.viewer, cast.yonas.id, purpose="test", decisions=True)
    by_decision = {each.id: each for each in found.decisions}
    assert by_decision[decision].decided_by == by_decision[cast.yonas.early_decision].single_cases[-1].decided_by
    assert [fact.value for fact in found.history if fact.id == "work_ban"][-1] is False


@pytest.mark.parametrize("gone", [False, True])
def test_who_handed_over_changes_no_answer_any_more(gone: bool, cast: Cast) -> None:
    handed_over(cast)
    with acting_as(asking(cast.ilka)):
        if gone:
            end_involvement(cast.yonas.id, on=today(), by=cast.ilka.viewer)
        with pytest.raises(PersonNotFoundError):
            retract_fact(cast.yonas.id, cast.yonas.record, by=cast.ilka.viewer)
        with pytest.raises(PersonNotFoundError):
            record_decision(cast.yonas.id, day=DAY, by=cast.ilka.viewer)
        with pytest.raises(PersonNotFoundError if gone else StillLedError):
            take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
    assert leader(cast) == cast.bea.viewer.organisation


def test_a_consent_taken_back_leaves_nobody_in_the_lead_and_who_is_still_there_takes_it(cast: Cast) -> None:
    consent = handed_over(cast)
    assert free_to(cast.ilka, cast.yonas.id) is False
    take_back(cast, consent, cast.ilka)
    assert free_to(cast.ilka, cast.yonas.id) is True
    with acting_as(asking(cast.ilka)):
        take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
        found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("involvement",))
        record_fact(cast.yonas.id, Fact("work_ban", value=False, recorded_on=DAY), by=cast.ilka.viewer)
    assert (found.leads, found.name.called, found.contact.language) == (True, "Yonas Zinnoberfink", "ti")
    assert free_to(cast.ilka, cast.yonas.id) is False
    act = Event.objects.filter(organisation=cast.ilka.viewer.organisation, action="take the lead").get()
    assert (act.actor, act.category) == (cast.ilka.user, "involvement")


def test_the_day_on_which_a_consent_runs_out_frees_the_lead(cast: Cast) -> None:
    consent = handed_over(cast)
    Consent.objects.filter(id=consent).update(until=today())
    with acting_as(asking(cast.ilka)), pytest.raises(StillLedError):
        take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
    Consent.objects.filter(id=consent).update(until=today() - YESTERDAY)
    with acting_as(asking(cast.ilka)):
        take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
    assert leader(cast) == cast.ilka.viewer.organisation


def test_who_ends_the_own_accompaniment_frees_the_lead(cast: Cast) -> None:
    handed_over(cast)
    with acting_as(asking(cast.bea)):
        end_involvement(cast.yonas.id, on=today(), by=cast.bea.viewer)
    with acting_as(asking(cast.ilka)):
        take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
    assert leader(cast) == cast.ilka.viewer.organisation


def test_the_lead_is_not_taken_from_who_has_it(cast: Cast) -> None:
    """A second case manager comes along without a hand-over; nor does who leads take what is theirs."""
    consent = agree(cast.yonas.id, "accompany", cast.bea, cast.ilka)
    with acting_as(asking(cast.bea)):
        begin_by_consent(consent, by=cast.bea.viewer, on=today())
    for account in (cast.bea, cast.ilka):
        assert free_to(account, cast.yonas.id) is False
        with acting_as(asking(account)), pytest.raises(StillLedError):
            take_the_lead(cast.yonas.id, by=account.viewer)
    assert leader(cast) == cast.ilka.viewer.organisation


def test_nobody_else_takes_the_lead(cast: Cast, partners: Partners) -> None:
    """Neither a coach, nor a case manager whom the person does not know, even where nobody leads."""
    begin_by_consent(agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka), by=partners.jonas.viewer, on=today())
    with acting_as(asking(cast.ilka)):
        end_involvement(cast.yonas.id, on=today(), by=cast.ilka.viewer)
    assert free_to(partners.jonas, cast.yonas.id) is False
    for account in (partners.jonas, cast.bea, cast.ilka):
        with acting_as(asking(account)), pytest.raises(PersonNotFoundError):
            take_the_lead(cast.yonas.id, by=account.viewer)


def test_one_of_several_in_case_management_leads(cast: Cast) -> None:
    handed_over(cast)
    found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("involvement",))
    leads = [(each.organisation, each.leads) for each in accompanying(cast.ilka.viewer, found)]
    assert leads == [(cast.bea.viewer.organisation, True), (cast.ilka.viewer.organisation, False)]
