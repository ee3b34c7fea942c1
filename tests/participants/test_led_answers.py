"""What belongs to leading the way goes along, stays while anybody accompanies the person, and goes after the last."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.casework.partners import Partners, agree, asking, partners, today
from tests.participants.handing import handed_over, led_on_a_duty
from tests.people import DAY, DB, Account, Cast, agreed
from wegnetz.accounts.access import Role
from wegnetz.audit.models import Event
from wegnetz.core.scope import EVERYTHING, acting_as
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import (
    FactRecord,
    Hold,
    Involvement,
    Person,
    RetentionReport,
    StoredDecision,
)  # fmt: skip
from wegnetz.participants.selectors import (
    open_person,
)  # fmt: skip
from wegnetz.participants.services import (
    apply_retention,
    begin_by_consent,
    delete_here,
    end_involvement,
    record_decision,
    record_fact,
    register_person,
    set_hold,
    take_the_lead,
)  # fmt: skip
from wegnetz.rules.facts import Fact
from wegnetz.vault.selectors import still_kept

__all__ = ["partners"]
pytestmark = DB
YESTERDAY = timedelta(days=1)


def left(cast: Cast) -> tuple[int, ...]:
    """How many answers and decisions of Yonas there are."""
    return tuple(table.objects.filter(person=cast.yonas.id).count() for table in (FactRecord, StoredDecision))


def gone_after(days: int) -> None:
    with acting_as(EVERYTHING):
        apply_retention(on=today() + timedelta(days=days))


def ended(cast: Cast, by: Account) -> None:
    with acting_as(asking(by)):
        end_involvement(cast.yonas.id, on=today(), by=by.viewer)


def test_old_answers_and_decisions_stay_while_who_took_over_leads(cast: Cast) -> None:
    handed_over(cast)
    before = left(cast)
    ended(cast, cast.ilka)
    gone_after(300)
    assert left(cast) == before
    with acting_as(asking(cast.bea)):
        found = open_person(cast.bea.viewer, cast.yonas.id, purpose="test", decisions=True)
    assert (len(found.facts) > 0, len(found.decisions)) == (True, before[1])


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.COACH])
def test_answers_and_decisions_stay_while_anybody_accompanies_the_person(
    role: Role, cast: Cast, partners: Partners
) -> None:
    """Whoever wrote them down; and they go when the last one has left, counted from that day."""
    handed_over(cast)
    last = cast.ilka if role is Role.CASE_MANAGER else partners.jonas
    if role is Role.COACH:
        begin_by_consent(agree(cast.yonas.id, "coaching", last, cast.bea), by=last.viewer, on=today())
        ended(cast, cast.ilka)
    with acting_as(asking(cast.bea)):
        record_fact(cast.yonas.id, Fact("work_ban", value=False, recorded_on=DAY), by=cast.bea.viewer)
        end_involvement(cast.yonas.id, on=today() - 40 * YESTERDAY, by=cast.bea.viewer)
    before = left(cast)
    gone_after(300)
    assert left(cast) == before
    ended(cast, last)
    gone_after(30)
    assert left(cast) == before
    soon = RetentionReport.objects.get(kind="facts", on=today() + timedelta(days=30), soon__gt=0)
    assert (soon.organisation_id, soon.soon) == (cast.bea.viewer.organisation, before[0])
    gone_after(31)
    assert left(cast) == (0, 0)
    acts = Event.objects.filter(subjects__subject=cast.yonas.id, action="delete", category__in=("facts", "decisions"))
    assert {act.organisation for act in acts} == {cast.bea.viewer.organisation}


@pytest.mark.parametrize("held", [True, False])
def test_who_leads_deletes_at_a_wish_what_a_former_lead_wrote_down_too_unless_they_hold_it(
    held: bool, cast: Cast
) -> None:
    handed_over(cast)
    with acting_as(asking(cast.bea)):
        record_fact(cast.yonas.id, Fact("work_ban", value=False, recorded_on=DAY), by=cast.bea.viewer)
        record_decision(cast.yonas.id, day=DAY, by=cast.bea.viewer)
    before = left(cast)
    if held:
        hold(cast.yonas.id, cast.ilka)
    with acting_as(asking(cast.bea)):
        delete_here(cast.yonas.id, on=today(), by=cast.bea.viewer)
    assert left(cast) == ((before[0] - 1, before[1] - 1) if held else (0, 0))


def test_who_does_not_lead_deletes_no_answer_at_a_wish(cast: Cast) -> None:
    handed_over(cast)
    before = left(cast)
    with acting_as(asking(cast.ilka)):
        delete_here(cast.yonas.id, on=today(), by=cast.ilka.viewer)
    assert left(cast) == before


def test_who_takes_the_lead_again_in_time_keeps_the_answers(cast: Cast) -> None:
    handed_over(cast)
    ended(cast, cast.bea)
    before = left(cast)
    with acting_as(asking(cast.ilka)):
        take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
    gone_after(31)
    assert left(cast) == before


@pytest.mark.parametrize("holder", ["ilka", "bea"])
def test_a_hold_of_who_leads_or_led_keeps_the_answers(holder: str, cast: Cast) -> None:
    handed_over(cast)
    hold(cast.yonas.id, {"ilka": cast.ilka, "bea": cast.bea}[holder])
    before = left(cast)
    ended(cast, cast.ilka)
    ended(cast, cast.bea)
    gone_after(90)
    assert left(cast) == before
    gone_after(91)
    assert left(cast) == (0, 0)


def hold(person: UUID, by: Account) -> None:
    with acting_as(asking(by)):
        set_hold(person, reason="Klage", until=today() + timedelta(days=90), on=today(), by=by.viewer)


def test_what_was_held_until_no_proof_of_any_accompaniment_was_left_goes_all_the_same(cast: Cast) -> None:
    """A hold can be set anew for years; that of Ilka outlasts all that says that Bea ever led."""
    person = led_on_a_duty(cast)
    with acting_as(asking(cast.bea)):
        record_fact(person, Fact("work_ban", value=False, recorded_on=DAY), by=cast.bea.viewer)
    hold(person, cast.ilka)
    Hold.objects.filter(person=person).update(until=today() + timedelta(days=1200))
    for by in (cast.ilka, cast.bea):
        with acting_as(asking(by)):
            end_involvement(person, on=today(), by=by.viewer)
    doors, answers = Involvement.objects.filter(person=person), FactRecord.objects.filter(person=person)
    gone_after(1200)
    assert (doors.get().organisation_id, answers.count()) == (cast.ilka.viewer.organisation, 1)
    gone_after(1201)
    assert (doors.count(), answers.count(), still_kept([person])) == (0, 0, set())


def test_an_enquiry_in_which_the_former_lead_wrote_something_goes_on(cast: Cast) -> None:
    """Handed over, asked by Bea, and handed back to Ilka, who had not written anything down herself."""
    person = register_person(
        name=Name(), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=today()
    )  # fmt: skip
    begin_by_consent(agree(person, "accompany", cast.bea, cast.ilka), by=cast.bea.viewer, on=today())
    Person.objects.filter(id=person).update(organisation=cast.bea.viewer.organisation)
    record_fact(person, Fact("support_need", value=True, recorded_on=DAY), by=cast.bea.viewer)
    Person.objects.filter(id=person).update(organisation=cast.ilka.viewer.organisation)
    gone_after(91)
    doors = Involvement.objects.filter(person=person, ended_at__isnull=True, organisation=cast.ilka.viewer.organisation)
    assert doors.exists() is True
