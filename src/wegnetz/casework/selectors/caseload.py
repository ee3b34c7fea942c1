"""The people list: those in scope with their next step, as saved views, filtered and sorted by the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from wegnetz.accounts.access import Role, Viewer
from wegnetz.casework.models import PlanItem
from wegnetz.casework.openings import open_item
from wegnetz.participants.access import involvements_in_scope, people_in_scope, standing_records, unattended
from wegnetz.participants.models import Person
from wegnetz.participants.selectors import PAGE_SIZE, SORTS, Row, open_rows, search_people
from wegnetz.programme.pack.model import Pack
from wegnetz.vault.selectors import keys_of, still_kept

MINE, OURS, WITHOUT, UNATTENDED = "mine", "ours", "without", "unattended"
GOING, CLOSED = "going", "closed"
NEXT_FIRST = "next"
SHOWN = "name, eligibility, plan"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which people, and in what order. What is not known counts as not asked for.

    `view` is one's own, all of the organisation, those without a next step, or those for whom nobody is responsible any
    more; `state` is going, closed or both; `responsible` names a colleague.
    """

    view: str = OURS
    state: str = ""
    responsible: UUID | None = None
    sort: str = "pseudonym"


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the list: the person, the next thing that has a day, and who is responsible."""

    row: Row
    title: str
    due: date | None
    responsible: str
    closed_on: date | None


def list_cases(
    viewer: Viewer, choice: Choice, *, today: date, page: str | int = 1, pack: Pack | None = None
) -> tuple[tuple[Case, ...], Page[Person]]:
    """One page of the list."""
    shown = Paginator(_chosen(viewer, choice), PAGE_SIZE).get_page(page)
    rows = open_rows(
        viewer, list(shown.object_list), pack=pack, today=today, purpose="people list", category=SHOWN
    )  # fmt: skip
    return _with_steps(viewer, rows), shown


def any_unattended(viewer: Viewer) -> bool:
    """Whether there is anybody for whom nobody is responsible any more; who is erased does not count."""
    people = list(unattended(viewer).values_list("person", flat=True))
    return bool(people and still_kept(people))


def search_cases(
    viewer: Viewer, *, today: date, query: str, pack: Pack | None = None
) -> tuple[tuple[Case, ...], int]:  # fmt: skip
    """What a search found, as `search_people` finds it, with the next steps; and how many there are."""
    rows, total = search_people(viewer, today=today, query=query, category=SHOWN, pack=pack)
    return _with_steps(viewer, rows), total


def export_cases(viewer: Viewer, choice: Choice, *, today: date, pack: Pack | None = None) -> tuple[Case, ...]:
    """The whole list, for a file. Recorded as an export."""
    people = list(_chosen(viewer, choice))
    rows = open_rows(
        viewer, people, pack=pack, today=today, purpose="people list as a file", action="export", category=SHOWN
    )  # fmt: skip
    return _with_steps(viewer, rows)


def _chosen(viewer: Viewer, choice: Choice) -> QuerySet[Person]:
    people = people_in_scope(viewer)
    # A lead sees people through a glass, not through an involvement: there is nothing to choose among.
    if viewer.role is not Role.LEAD and (choice.view != OURS or choice.state or choice.responsible):
        people = people.filter(id__in=_involved(viewer, choice))
    if choice.view == WITHOUT:
        people = people.exclude(id__in=_dated(viewer).values("person"))
    if choice.sort == NEXT_FIRST:
        first = _dated(viewer).filter(person=OuterRef("id")).order_by("due_on").values("due_on")[:1]
        return people.annotate(due=Subquery(first)).order_by(F("due").asc(nulls_last=True), "pseudonym", "id")
    return people.order_by(SORTS.get(choice.sort, "pseudonym"), "id")


def _involved(viewer: Viewer, choice: Choice) -> QuerySet[Person, UUID]:
    own = unattended(viewer) if choice.view == UNATTENDED else involvements_in_scope(viewer)
    if choice.view == MINE:
        own = own.filter(responsible=viewer.user)
    if choice.responsible:
        own = own.filter(responsible=choice.responsible)
    if choice.state or choice.view == WITHOUT:
        own = own.filter(closed_on__isnull=choice.state != CLOSED)
    return own.values_list("person_id", flat=True)  # type: ignore[return-value]


def _dated(viewer: Viewer) -> QuerySet[PlanItem]:
    """Open steps and tasks that have a day."""
    kinds = [PlanItem.STEP, PlanItem.TASK]
    return standing_records(viewer, PlanItem).filter(state="open", due_on__isnull=False, kind__in=kinds)


def next_items(viewer: Viewer, people: Iterable[UUID]) -> dict[UUID, PlanItem]:
    """The open step or task of each person that is due first."""
    place = Window(RowNumber(), partition_by="person", order_by=["due_on", "position", "written_at", "id"])
    rows = _dated(viewer).filter(person__in=list(people)).annotate(place=place).filter(place=1)
    return {row.person_id: row for row in rows.select_related("assignee", "assigned_to")}


def _with_steps(viewer: Viewer, rows: tuple[Row, ...]) -> tuple[Case, ...]:
    """The rows with their next steps. The reading was recorded with the rows."""
    people = [row.id for row in rows]
    items, keys = next_items(viewer, people), keys_of(people)
    own = involvements_in_scope(viewer).filter(person__in=people).select_related("responsible")
    involved = {each.person_id: each for each in own}
    cases = []
    for row in rows:
        item, involvement = items.get(row.id), involved.get(row.id)
        title = ""
        if item and row.id in keys:
            title = open_item(keys[row.id], item, organisation=viewer.organisation, user=viewer.user).title
        who = involvement.responsible.name if involvement and involvement.responsible else ""
        closed = involvement.closed_on if involvement else None
        cases.append(Case(row, title, item.due_on if item else None, who, closed))
    return tuple(cases)
