"""Answers with their origin and their days; taken back, brought back, never overwritten."""

from __future__ import annotations

from datetime import date

import pytest

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.people import DAY, DB, Cast
from wegnetz.participants.models import FactRecord
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, asked_facts, open_person
from wegnetz.participants.services import record_fact, restore_fact, retract_fact
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.facts import Fact, FactError, FactValue, Provenance, Year
from wegnetz.rules.periods import Period

pytestmark = DB


def opened(cast: Cast) -> OpenPerson:
    return open_person(cast.ilka.viewer, cast.lina.id, purpose="person page")


def value_on(cast: Cast, fact: str, day: date) -> FactValue | None:
    found = asked_facts(active_pack(), opened(cast).history, day).get(fact)
    return found.value if found else None


@pytest.mark.parametrize(
    "fact",
    [
        Fact("birth_date", date(2001, 12, 5), recorded_on=DAY, provenance=Provenance.COPIED),
        Fact("birth_date", Year(2001), recorded_on=DAY),
        Fact("work_ban", value=False, valid=Period(date(2021, 1, 1), date(2021, 12, 31)), recorded_on=DAY),
        Fact("residence_status", "duldung", Period(None, DAY), DAY, Provenance.DOCUMENT_SEEN),
        Fact("residence_status", "duldung", Period(DAY, None), None, Provenance.SELF_REPORTED),
    ],
)
def test_an_answer_comes_back_with_its_origin_and_its_days(fact: Fact, cast: Cast) -> None:
    record_fact(cast.lina.id, fact, by=cast.ilka.viewer)
    assert opened(cast).history == (fact,)
    assert opened(cast).facts[0].recorded_by.startswith("Ilka")


def test_the_newest_answer_counts_and_the_older_stays_in_the_history(cast: Cast) -> None:
    for value in ("duldung", "gestattung"):
        record_fact(cast.lina.id, Fact("residence_status", value, recorded_on=DAY), by=cast.ilka.viewer)
    assert value_on(cast, "residence_status", DAY) == "gestattung"
    assert [fact.value for fact in opened(cast).history] == ["duldung", "gestattung"]


def test_an_answer_speaks_about_its_days_only(cast: Cast) -> None:
    until, since = Period(None, date(2021, 6, 30)), Period(date(2021, 7, 1), None)
    record_fact(cast.lina.id, Fact("work_ban", value=True, valid=until), by=cast.ilka.viewer)
    record_fact(cast.lina.id, Fact("work_ban", value=False, valid=since), by=cast.ilka.viewer)
    days = [date(2021, 6, 30), date(2021, 7, 1)]
    assert [value_on(cast, "work_ban", day) for day in days] == [True, False]


def test_what_was_taken_back_no_longer_counts_and_comes_back_with_undo(cast: Cast) -> None:
    older = Fact("work_ban", value=False, recorded_on=DAY)
    record_fact(cast.lina.id, older, by=cast.ilka.viewer)
    record = record_fact(cast.lina.id, Fact("work_ban", value=True, recorded_on=DAY), by=cast.ilka.viewer)
    retract_fact(cast.lina.id, record, by=cast.ilka.viewer)
    assert (value_on(cast, "work_ban", DAY), len(opened(cast).facts)) == (False, 2)
    stored = FactRecord.objects.get(id=record)
    assert (stored.retracted_by_id, stored.retracted_at is None) == (cast.ilka.user, False)
    restore_fact(cast.lina.id, record, by=cast.ilka.viewer)
    stored.refresh_from_db()
    assert (value_on(cast, "work_ban", DAY), stored.retracted_at, stored.retracted_by_id) == (True, None, None)


def test_taking_back_twice_or_bringing_back_what_stands_is_not_found(cast: Cast) -> None:
    with pytest.raises(PersonNotFoundError):
        retract_fact(cast.yonas.id, cast.yonas.retracted, by=cast.ilka.viewer)
    with pytest.raises(PersonNotFoundError):
        restore_fact(cast.yonas.id, cast.yonas.record, by=cast.ilka.viewer)


def test_a_record_of_another_person_is_not_found_under_ones_own(cast: Cast) -> None:
    for record in (cast.omar.record, cast.erased.record, cast.nobody.record):
        with pytest.raises(PersonNotFoundError):
            retract_fact(cast.yonas.id, record, by=cast.ilka.viewer)
        with pytest.raises(PersonNotFoundError):
            retract_fact(cast.lina.id, cast.yonas.record, by=cast.ilka.viewer)


@pytest.mark.parametrize("value", [date(2021, 10, 8), Year(2022)])
def test_nobody_is_born_after_the_day_it_was_recorded(value: FactValue, cast: Cast) -> None:
    with pytest.raises(FactError):
        record_fact(cast.lina.id, Fact("birth_date", value, recorded_on=DAY), by=cast.ilka.viewer)
    assert opened(cast).facts == ()


def test_each_act_is_in_the_audit_with_neither_question_nor_answer(cast: Cast) -> None:
    viewer = cast.ilka.viewer
    before = last_place(viewer.organisation)
    record = record_fact(cast.lina.id, Fact("work_ban", value=True, recorded_on=DAY), by=viewer)
    retract_fact(cast.lina.id, record, by=viewer)
    restore_fact(cast.lina.id, record, by=viewer)
    lina = frozenset([cast.lina.id])
    assert recorded_since(viewer.organisation, before) == [
        Recorded("record", "facts", "", lina),
        Recorded("retract", "facts", "", lina),
        Recorded("restore", "facts", "", lina),
    ]


def test_who_is_out_of_scope_records_nothing(cast: Cast) -> None:
    records = FactRecord.objects.count()
    for young, account in ((cast.omar, cast.ilka), (cast.yonas, cast.bea), (cast.erased, cast.ilka)):
        with pytest.raises(PersonNotFoundError):
            record_fact(young.id, Fact("work_ban", value=True), by=account.viewer)
    for colleague in cast.colleagues:
        with pytest.raises(PersonNotFoundError):
            record_fact(cast.yonas.id, Fact("work_ban", value=True), by=colleague.viewer)
    assert FactRecord.objects.count() == records


def test_an_answer_to_a_question_no_longer_asked_is_kept_but_not_shown(cast: Cast) -> None:
    record_fact(cast.lina.id, Fact("shoe_size", "43", recorded_on=DAY), by=cast.ilka.viewer)
    assert (opened(cast).facts, FactRecord.objects.filter(person=cast.lina.id).count()) == ((), 1)
