"""The people list: which people, in what order, with which next step; and the numbers a lead sees."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.casework.partners import today
from tests.company import Company
from tests.people import CANARY_A, CANARY_B, CANARY_SHARED, DAY, DB, Cast, agreed
from wegnetz.accounts.access import Viewer
from wegnetz.casework.selectors import (
    CLOSED,
    GOING,
    MINE,
    NEXT_FIRST,
    WITHOUT,
    Choice,
    Load,
    caseload_numbers,
    export_cases,
    list_cases,
    search_cases,
)
from wegnetz.casework.services import ItemContent, add_item, close_case, delete_item, finish_item
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.services import register_person

pytestmark = DB


def shown(viewer: Viewer, choice: Choice | None = None) -> list[UUID]:
    return [case.row.id for case in list_cases(viewer, choice or Choice(), today=DAY)[0]]


def register(cast: Cast, number: int) -> None:
    for _ in range(number):
        register_person(name=Name(), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=DAY)


def task(person: UUID, due: date | None, *, by: Viewer, title: str = "Anrufen") -> UUID:
    return add_item(person, "task", ItemContent(title, due_on=due), by=by)


def test_the_list_holds_the_own_organisation_only(cast: Cast) -> None:
    assert shown(cast.bea.viewer) == [cast.omar.id]
    assert shown(cast.ilka.viewer) == [cast.lina.id, cast.yonas.id]
    assert [shown(colleague.viewer) for colleague in cast.colleagues] == [[] for _ in cast.colleagues]


def test_the_list_is_sorted_as_asked_and_by_pseudonym_otherwise(cast: Cast) -> None:
    lina, yonas = cast.lina.id, cast.yonas.id
    sorts = ("pseudonym", "-pseudonym", "registered", "-registered", "name_box", "?", "organisation__users")
    assert {sort: shown(cast.ilka.viewer, Choice(sort=sort)) for sort in sorts} == {
        "pseudonym": [lina, yonas],
        "-pseudonym": [yonas, lina],
        "registered": [yonas, lina],
        "-registered": [lina, yonas],
        "name_box": [lina, yonas],
        "?": [lina, yonas],
        "organisation__users": [lina, yonas],
    }


@pytest.mark.parametrize(("page", "number"), [("1", 1), ("2", 2), ("99", 2), ("0", 2), ("-1", 2), ("x", 1), ("", 1)])
def test_pages_that_do_not_exist_lead_to_one_that_does(page: str, number: int, cast: Cast) -> None:
    register(cast, 24)
    _cases, found = list_cases(cast.ilka.viewer, Choice(), today=DAY, page=page)
    assert (found.number, found.paginator.num_pages) == (number, 2)


def test_an_export_holds_all_of_the_organisation_and_is_recorded_as_one(cast: Cast) -> None:
    register(cast, 30)
    viewer = cast.ilka.viewer
    before = last_place(viewer.organisation)
    cases = export_cases(viewer, Choice(), today=DAY)
    assert len(cases) == 32
    people = frozenset(case.row.id for case in cases)
    assert recorded_since(viewer.organisation, before) == [
        Recorded("export", "name, eligibility, plan", "people list as a file", people)
    ]


def test_the_next_step_is_the_open_one_that_is_due_first(cast: Cast) -> None:
    viewer, yonas = cast.ilka.viewer, cast.yonas.id
    finish_item(yonas, task(yonas, today(), by=viewer, title="getan"), on=today(), by=viewer)
    delete_item(yonas, task(yonas, today(), by=viewer, title="gelöscht"), by=viewer)
    task(yonas, today() + timedelta(9), by=viewer, title="später")
    task(yonas, today() + timedelta(2), by=viewer, title="zuerst")
    task(yonas, None, by=viewer, title="ohne Tag")
    cases, _page = list_cases(viewer, Choice(sort=NEXT_FIRST), today=DAY)
    assert [(case.row.id, case.title, case.due) for case in cases] == [
        (yonas, "zuerst", today() + timedelta(2)), (cast.lina.id, "", None),
    ]  # fmt: skip


def test_what_a_search_finds_comes_with_the_next_step_and_is_recorded_so(cast: Cast) -> None:
    viewer = cast.ilka.viewer
    task(cast.yonas.id, DAY, by=viewer)
    before = last_place(viewer.organisation)
    (case,), total = search_cases(viewer, today=DAY, query="yonas")
    assert (case.row.id, case.title, case.due, case.responsible, total) == (
        cast.yonas.id, "Anrufen", DAY, f"Ilka {CANARY_A}", 1,
    )  # fmt: skip
    search = Recorded("search", "name", "people search", frozenset())
    shown_to = Recorded("list", "name, eligibility, plan", "people search", frozenset([cast.yonas.id]))
    assert recorded_since(viewer.organisation, before) == [search, shown_to]


def test_without_a_next_step_are_those_whose_way_goes_on_and_who_have_nothing_with_a_day(cast: Cast) -> None:
    viewer, yonas, lina = cast.ilka.viewer, cast.yonas.id, cast.lina.id
    task(lina, None, by=viewer)
    assert shown(viewer, Choice(WITHOUT)) == [lina, yonas]
    task(yonas, today(), by=viewer)
    assert shown(viewer, Choice(WITHOUT)) == [lina]
    close_case(lina, outcome="training", note="", on=today(), by=viewer)
    assert shown(viewer, Choice(WITHOUT)) == []


def test_mine_are_those_the_viewer_is_responsible_for(company: Company, cast: Cast) -> None:
    everybody = shown(cast.ilka.viewer)
    assert shown(cast.ilka.viewer, Choice(MINE)) == everybody
    assert (shown(company.gero.viewer, Choice(MINE)), shown(company.gero.viewer)) == ([], everybody)
    assert shown(company.gero.viewer, Choice(responsible=cast.ilka.user)) == everybody
    assert shown(company.gero.viewer, Choice(responsible=company.gero.user)) == []
    assert shown(company.gero.viewer, Choice(responsible=company.kim.user)) == []


def test_going_and_closed_part_the_list(cast: Cast) -> None:
    viewer = cast.ilka.viewer
    close_case(cast.lina.id, outcome="training", note="", on=today(), by=viewer)
    assert shown(viewer, Choice(state=GOING)) == [cast.yonas.id]
    assert shown(viewer, Choice(state=CLOSED)) == [cast.lina.id]


def test_who_looks_through_a_glass_sees_the_one_person_and_chooses_nothing(company: Company, cast: Cast) -> None:
    for choice in (Choice(), Choice(MINE), Choice(state=CLOSED)):
        assert shown(company.lea.viewer, choice) == [cast.yonas.id]


def test_a_coach_sees_the_own_next_step_and_no_results(company: Company) -> None:
    cases, _page = list_cases(company.kim.viewer, Choice(), today=DAY)
    amina = company.people["amina"].id
    found = [(case.row.id, case.row.decisions, case.title) for case in cases]
    assert found == [(amina, (), f"Schritt {CANARY_SHARED}")]


def test_a_lead_sees_numbers_by_colleague_and_none_of_sealed_work(company: Company, cast: Cast) -> None:
    assert caseload_numbers(company.bo.viewer) == (Load(f"Bea {CANARY_B}", 1), Load(f"Kim {CANARY_B}", 1))
    # Yonas, Lina, Amina and Mariam; Rana's case is closed, and who is erased counts no more.
    assert caseload_numbers(company.lea.viewer) == (Load(f"Ilka {CANARY_A}", 4),)
    assert caseload_numbers(cast.ilka.viewer) == ()
