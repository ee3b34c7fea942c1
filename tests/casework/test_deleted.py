"""What was deleted can be brought back for thirty days, and then it is gone for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.papers import entry_content, meeting_content, noon
from tests.people import DB, Account, Cast
from wegnetz.casework.models import Appointment, Assessment, Document, DocumentContent, JournalEntry, Plan, PlanItem
from wegnetz.casework.openings import AreaStep
from wegnetz.casework.services import (
    ItemContent,
    PlanContent,
    add_item,
    begin_plan,
    delete_appointment,
    delete_assessment,
    delete_document,
    delete_entry,
    delete_item,
    keep_document,
    make_appointment,
    restore_item,
    take_assessment,
    write_entry,
)
from wegnetz.participants.access import standing_records
from wegnetz.participants.models import Record, RetentionReport
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services import apply_retention, close_involvement, set_hold
from wegnetz.rules.retention import UNDO

pytestmark = DB
TODAY = timezone.localdate()
LAST = TODAY + UNDO
TABLES: tuple[type[Record], ...] = (JournalEntry, Document, Assessment, Appointment, PlanItem)


def kept(cast: Cast, name: str) -> UUID:
    return keep_document(
        cast.yonas.id, b"%PDF-1.4", kind="certificate", title=name, name=f"{name}.pdf", media_type="application/pdf",
        by=cast.ilka.viewer,
    )  # fmt: skip


def one_of_each_deleted(cast: Cast) -> None:
    person, by = cast.yonas.id, cast.ilka.viewer
    reminder = add_item(person, "task", ItemContent("Anrufen"), by=by)
    made: list[tuple[Callable[..., None], UUID]] = [
        (delete_entry, write_entry(person, entry_content("weg"), by=by)),
        (delete_document, kept(cast, "weg")),
        (delete_assessment, take_assessment(person, {"work": AreaStep("unsure", "")}, on=TODAY, by=by)),
        (delete_appointment, make_appointment(person, meeting_content("weg", by), by=by)),
        (delete_item, reminder),
    ]
    for delete, record in made:
        delete(person, record, by=by)


def stored(cast: Cast) -> list[int]:
    return [table._default_manager.filter(person=cast.yonas.id).count() for table in TABLES]


def test_what_was_deleted_goes_for_good_when_it_can_no_longer_be_brought_back(cast: Cast) -> None:
    before, contents = stored(cast), DocumentContent.objects.count()
    one_of_each_deleted(cast)
    apply_retention(on=LAST)
    assert stored(cast) == [number + 1 for number in before]
    apply_retention(on=LAST + timedelta(days=1))
    assert (stored(cast), DocumentContent.objects.count()) == (before, contents)


def test_what_nobody_deleted_stays(cast: Cast) -> None:
    entry = write_entry(cast.yonas.id, entry_content("bleibt"), by=cast.ilka.viewer)
    document = kept(cast, "bleibt")
    apply_retention(on=LAST + timedelta(days=300))
    assert JournalEntry.objects.filter(id=entry).exists()
    assert DocumentContent.objects.filter(document=document).exists()


def test_a_hold_keeps_what_was_deleted(cast: Cast) -> None:
    one_of_each_deleted(cast)
    before = stored(cast)
    until = LAST + timedelta(days=60)
    set_hold(cast.yonas.id, reason="Klage läuft", until=until, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=until)
    assert stored(cast) == before
    apply_retention(on=until + timedelta(days=1))
    assert stored(cast) != before


def test_what_was_deleted_does_not_outlast_the_period_of_the_rest(cast: Cast) -> None:
    document = kept(cast, "weg")
    close_involvement(cast.yonas.id, on=TODAY - timedelta(days=20), by=cast.ilka.viewer)
    delete_document(cast.yonas.id, document, by=cast.ilka.viewer)
    apply_retention(on=TODAY + timedelta(days=11))
    assert not Document.objects.filter(id=document).exists()


def reported(cast: Cast, kind: str) -> tuple[int, int, int]:
    reports = RetentionReport.objects.filter(organisation=cast.ilka.viewer.organisation, kind=kind, secrecy="open")
    report = reports.latest("on")
    return report.soon, report.deleted, report.overdue


def test_the_report_counts_what_was_deleted_once(cast: Cast) -> None:
    """Also where it would go soon anyway, because the person has left."""
    document = kept(cast, "weg")
    delete_document(cast.yonas.id, document, by=cast.ilka.viewer)
    apply_retention(on=TODAY)
    assert reported(cast, "documents") == (1, 0, 0)
    close_involvement(cast.yonas.id, on=TODAY, by=cast.ilka.viewer)
    apply_retention(on=TODAY + timedelta(days=1))
    assert reported(cast, "documents") == (1, 0, 0)
    apply_retention(on=LAST + timedelta(days=1))
    assert reported(cast, "documents") == (0, 1, 0)


# --- what is below an item -----------------------------------------------------------------------------


@pytest.fixture
def goal(cast: Cast) -> UUID:
    plan = begin_plan(cast.yonas.id, PlanContent("Ausbildung"), by=cast.ilka.viewer)
    return add_item(cast.yonas.id, "goal", ItemContent("Deutsch B1"), by=cast.ilka.viewer, plan=plan)


def below(cast: Cast, kind: str, parent: UUID) -> UUID:
    return add_item(cast.yonas.id, kind, ItemContent(kind, due_on=noon(1).date()), by=cast.ilka.viewer, parent=parent)


def standing(by: Account) -> set[UUID]:
    return set(standing_records(by.viewer, PlanItem).values_list("id", flat=True))


def test_what_is_below_an_item_goes_and_comes_back_with_it(cast: Cast, goal: UUID) -> None:
    before = standing(cast.ilka)
    step = below(cast, "step", goal)
    task = below(cast, "task", step)
    delete_item(cast.yonas.id, goal, by=cast.ilka.viewer)
    assert standing(cast.ilka) == before - {goal}
    restore_item(cast.yonas.id, goal, by=cast.ilka.viewer)
    assert standing(cast.ilka) == before | {step, task}


def test_what_was_deleted_before_stays_deleted_and_waits_for_what_it_stood_below(cast: Cast, goal: UUID) -> None:
    person, by = cast.yonas.id, cast.ilka.viewer
    step = below(cast, "step", goal)
    delete_item(person, step, by=by)
    delete_item(person, goal, by=by)
    with pytest.raises(PersonNotFoundError):
        restore_item(person, step, by=by)
    restore_item(person, goal, by=by)
    assert step not in standing(cast.ilka)
    restore_item(person, step, by=by)
    assert step in standing(cast.ilka)


def test_a_goal_goes_for_good_with_what_is_below_it_and_nothing_else(cast: Cast, goal: UUID) -> None:
    plan = Plan.objects.get(items=goal)
    other = add_item(cast.yonas.id, "goal", ItemContent("Wohnung"), by=cast.ilka.viewer, plan=plan.id)
    below(cast, "task", below(cast, "step", goal))
    delete_item(cast.yonas.id, goal, by=cast.ilka.viewer)
    assert apply_retention(on=LAST + timedelta(days=1))["plan items"] == 3
    assert set(PlanItem.objects.filter(plan=plan).values_list("id", flat=True)) == {other}
