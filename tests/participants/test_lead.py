"""Who leads the way: handed over, lost with a consent, taken up again; and what each may do with old answers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult

from tests.casework.partners import Partners, agree, asking, partners, today
from tests.participants.handing import handed_over, led_on_a_duty, passed
from tests.people import DAY, DB, SINGLE_CASE, Account, Cast, account
from tests.programme_app.packs import stricter
from wegnetz.accounts.access import Role
from wegnetz.accounts.services import ensure_organisation
from wegnetz.audit.models import Event
from wegnetz.casework.services import accept_referral, offer_referral
from wegnetz.core.scope import acting_as
from wegnetz.participants.models import (
    Consent,
    FactRecord,
    Person,
    RuleNotice,
)  # fmt: skip
from wegnetz.participants.selectors import (
    PersonNotFoundError,
    accompanying,
    may_take_the_lead,
    open_person,
    people_to_review,
    turns_of,
)  # fmt: skip
from wegnetz.participants.services import (
    StillLedError,
    begin_by_consent,
    close_involvement,
    decide_single_case,
    end_involvement,
    mark_changes_seen,
    record_decision,
    record_fact,
    reopen_involvement,
    restore_fact,
    retract_fact,
    take_the_lead,
    withdraw_consent,
)  # fmt: skip
from wegnetz.participants.tasks import tell_who_leads_now
from wegnetz.programme.services import put_in_force, read_candidate
from wegnetz.rules.consents import Channel
from wegnetz.rules.facts import Fact

__all__ = ["partners"]
pytestmark = DB
YESTERDAY = timedelta(days=1)


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
    for by in (cast.bea, cast.ilka):
        assert free_to(by, cast.yonas.id) is False
        with acting_as(asking(by)), pytest.raises(StillLedError):
            take_the_lead(cast.yonas.id, by=by.viewer)
    assert leader(cast) == cast.ilka.viewer.organisation


def test_nobody_else_takes_the_lead(cast: Cast, partners: Partners) -> None:
    """Neither a coach, nor a case manager whom the person does not know, even where nobody leads."""
    begin_by_consent(agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka), by=partners.jonas.viewer, on=today())
    with acting_as(asking(cast.ilka)):
        end_involvement(cast.yonas.id, on=today(), by=cast.ilka.viewer)
    assert free_to(partners.jonas, cast.yonas.id) is False
    for by in (partners.jonas, cast.bea, cast.ilka):
        with acting_as(asking(by)), pytest.raises(PersonNotFoundError):
            take_the_lead(cast.yonas.id, by=by.viewer)


def test_a_hand_over_that_still_waits_is_spent_once_the_lead_went_another_way(cast: Cast) -> None:
    """Offered to Bea, then to Carla, who took over and handed back: Bea accompanies, and Ilka goes on leading."""
    carla = account("carla", "Carla", ensure_organisation("c", name="Teilhabe C"), Role.CASE_MANAGER)
    person, first = cast.yonas.id, agree(cast.yonas.id, "accompany", cast.bea, cast.ilka)
    waiting = offer_referral(person, first, message="Bitte", hands_over=True, by=cast.ilka.viewer, on=today())
    passed(person, cast.ilka, carla)
    passed(person, carla, cast.ilka)
    with acting_as(asking(cast.bea)):
        accept_referral(waiting, by=cast.bea.viewer, on=today())
        found = open_person(cast.bea.viewer, person, purpose="test")
    assert (found.leads, leader(cast)) == (False, cast.ilka.viewer.organisation)


def test_who_led_on_a_duty_closes_and_ends_what_is_left_of_it(cast: Cast) -> None:
    person = led_on_a_duty(cast)
    with acting_as(asking(cast.ilka)):
        close_involvement(person, on=today(), by=cast.ilka.viewer)
        reopen_involvement(person, by=cast.ilka.viewer)
        end_involvement(person, on=today(), by=cast.ilka.viewer)
        with pytest.raises(PersonNotFoundError):
            open_person(cast.ilka.viewer, person, purpose="test")


def test_who_led_on_a_duty_gets_the_lead_handed_back(cast: Cast) -> None:
    person = led_on_a_duty(cast)
    passed(person, cast.bea, cast.ilka)
    assert Person.objects.get(id=person).organisation_id == cast.ilka.viewer.organisation


def test_who_leads_is_known_also_where_a_sealed_function_asked_for_it(cast: Cast, partners: Partners) -> None:
    """To say that nobody leads, and then to refuse the lead, would tell of who asked."""
    person, samira = cast.yonas.id, partners.samira
    begin_by_consent(agree(person, "trauma-coaching", samira, cast.ilka), by=samira.viewer, on=today())
    begin_by_consent(agree(person, "accompany", cast.bea, samira), by=cast.bea.viewer, on=today())
    own = Consent.objects.get(person=person, recipient=cast.ilka.viewer.organisation)
    take_back(cast, own.id, cast.bea)
    with acting_as(asking(cast.bea)):
        take_the_lead(person, by=cast.bea.viewer)
        again = agree(person, "accompany", cast.ilka, cast.bea)
    begin_by_consent(again, by=cast.ilka.viewer, on=today())
    with acting_as(asking(cast.ilka)):
        assert free_to(cast.ilka, person) is False
        with pytest.raises(StillLedError):
            take_the_lead(person, by=cast.ilka.viewer)


def told(account: Account, cast: Cast) -> tuple[list[UUID], int]:
    """Whom the rule changes of the account's list name, and how many notices the page of Yonas shows."""
    with acting_as(asking(account)):
        rows = people_to_review(account.viewer, today=DAY)
        found = open_person(account.viewer, cast.yonas.id, purpose="test", changes=True)
    return [row.id for row in rows], len(found.changes)


def test_what_a_newer_pack_would_change_is_told_to_who_leads_now(cast: Cast, tmp_path: Path) -> None:
    after = put_in_force(read_candidate(stricter(tmp_path)))
    with acting_as(asking(cast.ilka)):
        (before,) = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", changes=True).changes
    turned = turns_of(after)
    consent = handed_over(cast)
    work()
    assert told(cast.ilka, cast) == ([], 0)
    assert told(cast.bea, cast) == ([cast.omar.id, cast.yonas.id], 1)
    with acting_as(asking(cast.bea)):
        (now,) = open_person(cast.bea.viewer, cast.yonas.id, purpose="test", changes=True).changes
    assert (now.changes, now.version) == (before.changes, before.version)
    take_back(cast, consent, cast.ilka)
    with acting_as(asking(cast.ilka)):
        take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
    work()
    assert told(cast.ilka, cast) == ([cast.yonas.id], 1)
    assert turns_of(after) == turned


def test_what_was_looked_at_before_a_hand_over_is_not_told_again(cast: Cast, tmp_path: Path) -> None:
    put_in_force(read_candidate(stricter(tmp_path)))
    with acting_as(asking(cast.ilka)):
        mark_changes_seen(cast.yonas.id, by=cast.ilka.viewer)
    handed_over(cast)
    work()
    assert told(cast.bea, cast) == ([cast.omar.id], 0)


def test_a_notice_follows_to_an_organisation_that_had_none(cast: Cast, tmp_path: Path) -> None:
    after = put_in_force(read_candidate(stricter(tmp_path)))
    RuleNotice.objects.filter(organisation=cast.bea.viewer.organisation).delete()
    turned = turns_of(after)
    handed_over(cast)
    work()
    assert turns_of(after) == turned
    assert told(cast.bea, cast) == ([cast.yonas.id], 1)
    with acting_as(asking(cast.bea)):
        mark_changes_seen(cast.yonas.id, by=cast.bea.viewer)
    assert told(cast.bea, cast) == ([], 0)


def work() -> None:
    """What the worker was given to do since."""
    for queued in DBTaskResult.objects.filter(task_path=tell_who_leads_now.module_path).order_by("enqueued_at"):
        tell_who_leads_now.call(*queued.args_kwargs["args"])


def test_one_of_several_in_case_management_leads(cast: Cast) -> None:
    handed_over(cast)
    found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("involvement",))
    leads = [(each.organisation, each.leads) for each in accompanying(cast.ilka.viewer, found)]
    assert leads == [(cast.bea.viewer.organisation, True), (cast.ilka.viewer.organisation, False)]
