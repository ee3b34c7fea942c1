"""What the benchmark brings in is what the services would have written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from bench.decide import REFERENCE_PACK
from bench.filling import LONG_JOURNAL, Filled, Known, Seen, fill
from bench.houses import ACCOMPANYING, LEADING
from django.conf import LazySettings

from wegnetz.accounts.selectors import staff_at_work
from wegnetz.audit.models import Event
from wegnetz.audit.selectors.proof import verify_audit
from wegnetz.casework.models import JournalEntry
from wegnetz.casework.selectors import my_day, received_letters
from wegnetz.core.days import working_day
from wegnetz.core.scope import EVERYTHING, Scope, acting_as
from wegnetz.participants.access import WORKS_WITH_PEOPLE, people_in_scope
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.referrals import Status

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])

PEOPLE, ENTRIES = 25, 430


@pytest.fixture
def filled(db: None, settings: LazySettings) -> Filled:
    settings.DEMO = True
    return fill(REFERENCE_PACK, number=PEOPLE, entries=ENTRIES, seed=1)


@pytest.fixture
def everything(filled: Filled) -> Iterator[None]:
    with acting_as(EVERYTHING):
        yield


def test_a_hundred_people_work_in_the_organisations(filled: Filled) -> None:
    found = Counter(viewer.organisation_name for viewer, _ in staff_at_work(WORKS_WITH_PEOPLE))
    houses = (*LEADING, *ACCOMPANYING)
    assert filled.staff == 100
    assert {house.name: found[house.name] for house in houses} == {house.name: house.staff for house in houses}


def test_the_journals_hold_as_many_entries_as_asked_for(everything: None) -> None:
    numbers = Counter(JournalEntry.objects.values_list("involvement", flat=True))
    assert numbers.total() == ENTRIES
    assert sorted(numbers.values())[-3:] == [2, LONG_JOURNAL, LONG_JOURNAL]


def test_every_event_stands_in_its_chain(everything: None) -> None:
    assert Event.objects.count() > ENTRIES
    assert verify_audit().findings == ()


@pytest.mark.parametrize("who", ["case_manager", "coach"])
def test_the_measured_see_whom_the_benchmark_believes_they_see(filled: Filled, who: str) -> None:
    seen: Seen = getattr(filled, who)
    with acting_as(Scope(organisation=seen.viewer.organisation)):
        people = set(people_in_scope(seen.viewer).values_list("pseudonym", flat=True))
        day = my_day(seen.viewer, day=working_day(), pack=active_pack())
    assert people == {known.pseudonym for known in seen.people}
    assert {step.person: step.name for step in day.people} == {known.id: known.name for known in seen.own}
    assert sorted(stop.name for stop in day.stops) == sorted(map(_name, filter(_comes, seen.own)))


def test_letters_wait_for_the_coaches(filled: Filled) -> None:
    seen = filled.coach
    with acting_as(Scope(organisation=seen.viewer.organisation)):
        letters = received_letters(seen.viewer, today=working_day()).lines
    states = Counter(line.letter.status for line in letters)
    assert states == {Status.OFFERED: 1, Status.ACCEPTED: len(seen.people)}
    assert [line.letter.name for line in letters if line.letter.status == Status.OFFERED] == seen.waiting


def _name(known: Known) -> str:
    return known.name


def _comes(known: Known) -> bool:
    return known.comes_on_the_day
