"""The start page: what waits leads to where it is done, and everybody stands at their distance."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.company import Company
from tests.papers import today
from tests.people import CANARY_A, CANARY_B, DAY, DB, Cast, Desk, sign_in
from wegnetz.casework.selectors import NextStep, Todo
from wegnetz.casework.services import ItemContent, PlanContent, add_item, begin_plan
from wegnetz.desk.day import ICONS, WHERE, todo_lines, ways

KINDS = sorted(ICONS)


def step(due: date | None) -> NextStep:
    return NextStep(uuid4(), "Yonas", "Anrufen", due, None)


@given(
    st.lists(st.none() | st.dates(date(2021, 1, 1), date(2022, 12, 31))), st.dates(date(2021, 6, 1), date(2022, 6, 1))
)
def test_everybody_stands_in_exactly_one_group_and_the_groups_follow_each_other(
    dues: list[date | None], day: date
) -> None:
    groups = ways([step(due) for due in dues], day)
    assert [way.kind for way in groups] == ["late", "week", "next", "later", "none"]
    assert sorted(str(each.due) for way in groups for each in way.people) == sorted(map(str, dues))
    ends = [max((each.due for each in way.people if each.due), default=None) for way in groups[:4]]
    starts = [min((each.due for each in way.people if each.due), default=None) for way in groups[:4]]
    known = [(start, end) for start, end in zip(starts, ends, strict=True) if start and end]
    assert all(before[1] < after[0] for before, after in pairwise(known))


def test_the_week_ends_on_sunday() -> None:
    sunday = DAY + timedelta(days=3)
    groups = {way.kind: len(way.people) for way in ways([step(sunday), step(sunday + timedelta(days=1))], DAY)}
    assert (groups["week"], groups["next"]) == (1, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_every_thing_has_words_and_a_sign(kind: str) -> None:
    (line,) = todo_lines([Todo(kind, uuid4(), "Yonas", "", DAY, uuid4())], DAY)
    assert (bool(line.title), bool(line.what), bool(line.address)) == (True, True, kind in WHERE)


@pytest.mark.parametrize(
    ("due", "state", "when"),
    [(DAY - timedelta(1), "late", "seit 1 Tag"), (DAY - timedelta(3), "late", "seit 3 Tagen"), (DAY, "late", "heute"),
     (DAY + timedelta(7), "soon", "bis Do, 14.10.2021"), (DAY + timedelta(8), "calm", "bis Fr, 15.10.2021"),
     (None, "calm", "ohne Datum")],
)  # fmt: skip
def test_the_nearer_the_day_the_louder_the_sign(due: date | None, state: str, when: str) -> None:
    (line,) = todo_lines([Todo("task", uuid4(), "Yonas", "Anrufen", due, uuid4())], DAY)
    assert (line.state, line.when) == (state, when)


@DB
def test_a_task_and_a_review_lead_to_the_plan(ilka: Desk, cast: Cast) -> None:
    yonas, viewer = cast.yonas.id, cast.ilka.viewer
    begin_plan(yonas, PlanContent("Lehre", review_on=today()), by=viewer)
    add_item(yonas, "task", ItemContent("Anrufen", due_on=today(), doer="staff", assignee=viewer.user), by=viewer)
    page = ilka.get(reverse("desk:start"))
    plan = reverse("desk:plan", args=[yonas])
    assert [(line.name, line.title, line.address) for line in page.context["todos"]] == [
        (f"Yonas {CANARY_A}", "Plan ansehen", plan), (f"Yonas {CANARY_A}", "Anrufen", plan),
    ]  # fmt: skip


@DB
def test_who_accompanies_nobody_is_told_what_happens_next(cast: Cast) -> None:
    coach = next(colleague for colleague in cast.colleagues if colleague.role == "coach")
    page = sign_in(coach).get(reverse("desk:start"))
    text = "Warten Sie auf die erste Überweisung. Sie erscheint hier."
    assert (page.content.decode().count(text), page.context["ways"][0].people) == (1, ())


@DB
def test_a_lead_reads_numbers_and_no_sealed_work(company: Company) -> None:
    text = sign_in(company.bo).get(reverse("desk:start")).content.decode()
    assert [name in text for name in (f"Kim {CANARY_B}", f"Tess {CANARY_B}")] == [True, False]
