"""Large files: the worker reads them and takes them over, once, all of it, and only what somebody said yes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from tests.directory.test_import import shown, whole_tables
from tests.people import DAY, DB, Cast
from tests.statements import asked, watched
from wegnetz.accounts.access import Viewer
from wegnetz.accounts.models import Membership
from wegnetz.directory.models import ContactPoint, Import, ImportFile, Offer, Phase, Source, Stage
from wegnetz.directory.selectors import open_point
from wegnetz.directory.selectors.imports import LEASE, Handed, handed, handed_in
from wegnetz.directory.services import (
    PreviewChangedError,
    TooManyWaitingError,
    discard_import,
    ensure_source,
    hand_in,
    map_columns,
    save_offer,
    save_point,
    take_over_import,
    waiting_imports,
    work_on_import,
)
from wegnetz.directory.services.work import MOST_TRIES

HEADER = "Kennung;Name;Beschreibung;Angebot-Kennung;Angebot;Plätze\n"
LONG = "Ein Haus mit Garten. " * 40


@pytest.fixture
def steering(cast: Cast) -> Viewer:
    return next(colleague.viewer for colleague in cast.colleagues if colleague.viewer.role == "steering")


@pytest.fixture
def source(steering: Viewer) -> Source:
    return ensure_source(name="Liste", kind="csv", attribution="", licence="", by=steering)


def rows(number: int, seats: int = 9) -> bytes:
    """Places with one offer each; 300 of them are a large file."""
    lines = (f"haus-{each};Haus {each};{LONG};chor-{each};Chor {each};{seats}\n" for each in range(number))
    return (HEADER + "".join(lines)).encode()


def worked(import_id: UUID, by: Viewer) -> Handed:
    work_on_import(import_id, on=DAY)
    return handed(by, import_id)


def agree(import_id: UUID, by: Viewer) -> None:
    assert take_over_import(import_id, agreed=shown(import_id, by).digest, by=by, on=DAY) is None


@contextmanager
def while_its_files_are_read(act: Callable[[], object]) -> Iterator[None]:
    """Once, in the middle of the work: what somebody else does meanwhile."""
    done: list[str] = []

    def watch(run: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
        found = run(sql, params, many, context)
        if 'FROM "directory_importfile"' in sql and not done:
            done.append(sql)
            act()
        return found

    with connection.execute_wrapper(watch):
        yield
    assert done


@DB
def test_a_small_file_is_read_at_once_and_a_large_one_waits_for_the_worker(source: Source, steering: Viewer) -> None:
    small = hand_in(source, [("de", rows(3))], by=steering, on=DAY)
    large = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    assert [handed(steering, each).stage for each in (small, large)] == [Stage.SMALL, Stage.READING]
    queued = DBTaskResult.objects.filter(task_path="wegnetz.directory.tasks.work_on_import")
    assert [each.args_kwargs["args"] for each in queued] == [[str(large)]]
    progress = handed(steering, large).progress
    assert progress is not None
    assert (progress.phase, progress.done, progress.total) == (Phase.WAITING, 0, 0)


@DB
def test_the_worker_reads_then_somebody_agrees_then_it_is_taken_over(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    found = worked(made, steering)
    assert found.preview is not None
    assert (found.stage, found.preview.points, found.preview.total, len(found.preview.shown)) == (
        Stage.READY, 300, 600, 200,
    )  # fmt: skip
    assert ContactPoint.objects.count() == 0
    agree(made, steering)
    found = worked(made, steering)
    stored = ContactPoint.objects.count(), Offer.objects.count()
    assert (found.stage, found.taken, *stored) == (Stage.DONE, 600, 300, 300)
    assert ImportFile.objects.count() == 0
    again = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    assert worked(again, steering).preview is not None
    assert shown(again, steering).total == 0


@DB
def test_what_a_preview_of_a_large_file_costs_does_not_grow_with_it(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    work_on_import(made, on=DAY)
    with watched() as statements:
        handed(steering, made)
    assert asked(statements) == 1


@DB
@pytest.mark.parametrize("number", [1, 3])
def test_taking_over_asks_no_more_for_three_places_than_for_one(number: int, source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(number))], by=steering, on=DAY)
    agreed = shown(made, steering).digest
    with watched() as statements:
        take_over_import(made, agreed=agreed, by=steering, on=DAY)
    about_the_directory = [each for each in statements if "directory_" in each.sql and not each.frames]
    # SQLite keeps the index of the search in tables of its own.
    assert len(about_the_directory) == {"sqlite": 26, "postgresql": 19}[connection.vendor]


@DB
def test_who_is_at_it_is_left_alone_until_nothing_is_heard_of_them(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    now = timezone.now()
    for silent, stage in ((timedelta(), Stage.READING), (LEASE + timedelta(seconds=1), Stage.READY)):
        Import.objects.filter(id=made).update(phase=Phase.READING, beat_at=now - silent, turn=7)
        assert (waiting_imports(at=now) == [made]) is (stage is Stage.READY)
        assert worked(made, steering).stage is stage


@DB
def test_a_worker_that_was_thought_dead_changes_nothing_any_more(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    work_on_import(made, on=DAY)
    agree(made, steering)
    with while_its_files_are_read(lambda: Import.objects.filter(id=made).update(turn=99)):
        work_on_import(made, on=DAY)
    assert (handed(steering, made).stage, ContactPoint.objects.count()) == (Stage.TAKING, 0)


@DB
def test_what_is_discarded_while_it_is_read_is_gone(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    with while_its_files_are_read(lambda: discard_import(made, by=steering)):
        work_on_import(made, on=DAY)
    assert (Import.objects.count(), Source.objects.filter(id=source.id).count()) == (0, 0)


@DB
def test_what_ends_three_workers_is_given_up_and_can_be_tried_again(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    Import.objects.filter(id=made).update(tries=MOST_TRIES)
    found = worked(made, steering)
    assert (found.stage, found.stopped_by) == (Stage.STOPPED, "failed")
    map_columns(made, None, by=steering)
    assert worked(made, steering).stage is Stage.READY


@DB
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff" * 300_000 + b"\x00", "encoding"),
        (b'{"features": [' + b" " * 300_000, "broken-json"),
    ],
)
def test_a_large_file_that_cannot_be_read_says_why(content: bytes, why: str, source: Source, steering: Viewer) -> None:
    found = worked(hand_in(source, [("de", content)], by=steering, on=DAY), steering)
    assert (found.stage, found.stopped_by, ContactPoint.objects.count()) == (Stage.STOPPED, why, 0)


@DB
def test_what_fails_in_the_middle_leaves_nothing_behind(
    source: Source, steering: Viewer, caplog: pytest.LogCaptureFixture
) -> None:
    """The places are written already when the disk is full."""
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    work_on_import(made, on=DAY)
    agree(made, steering)
    before = whole_tables()

    def fail(run: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
        if sql.startswith('INSERT INTO "directory_offer"'):
            raise OSError("no space left")
        return run(sql, params, many, context)

    with connection.execute_wrapper(fail):
        work_on_import(made, on=DAY)
    found = handed(steering, made)
    assert (found.stage, found.stopped_by, whole_tables()) == (Stage.STOPPED, "failed", before)
    assert [record.getMessage() for record in caplog.records] == [f"The import {made} was stopped by OSError"]


@DB
def test_whoever_lost_the_role_meanwhile_takes_nothing_over(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    work_on_import(made, on=DAY)
    agree(made, steering)
    Membership.objects.filter(user=steering.user).update(ended_on=DAY)
    work_on_import(made, on=DAY)
    row = Import.objects.get(id=made)
    assert (row.stage, row.stopped_by, ContactPoint.objects.count()) == (Stage.STOPPED, "role", 0)


# --- the preview is what is taken over ---------------------------------------------------------------


def changed_by_hand(steering: Viewer) -> None:
    row = ContactPoint.objects.get(key="haus-1")
    save_point(row.id, replace(open_point(row.id).point, operator="Wir"), version=row.version, by=steering)


def changed_offer(steering: Viewer) -> None:
    row = Offer.objects.get(key="chor-1")
    offer = replace(open_point(row.point_id).offers[0].offer, capacity=30)
    save_offer(row.point_id, row.id, offer, version=row.version, by=steering)


def another_import(steering: Viewer) -> None:
    made = hand_in(Source.objects.get(), [("de", rows(2, 5))], by=steering, on=DAY)
    take_over_import(made, agreed=shown(made, steering).digest, by=steering, on=DAY)


def nothing(_steering: Viewer) -> None:
    return


MEANWHILE = [(changed_by_hand, True), (changed_offer, True), (another_import, True), (nothing, False)]


@DB
@pytest.mark.parametrize(("act", "differs"), MEANWHILE)
def test_a_small_file_is_only_taken_over_as_it_was_shown(
    act: Callable[[Viewer], None], differs: bool, source: Source, steering: Viewer
) -> None:
    first = hand_in(source, [("de", rows(3))], by=steering, on=DAY)
    take_over_import(first, agreed=shown(first, steering).digest, by=steering, on=DAY)
    made = hand_in(source, [("de", rows(3, 12))], by=steering, on=DAY)
    agreed = shown(made, steering).digest
    act(steering)
    before = whole_tables()
    if differs:
        with pytest.raises(PreviewChangedError):
            take_over_import(made, agreed=agreed, by=steering, on=DAY)
        assert (whole_tables() == before, shown(made, steering).digest == agreed) == (True, False)
    else:
        assert take_over_import(made, agreed=agreed, by=steering, on=DAY) is not None


@DB
@pytest.mark.parametrize(("act", "differs"), MEANWHILE)
def test_so_is_a_large_one_even_when_somebody_changes_something_while_it_is_read(
    act: Callable[[Viewer], None], differs: bool, source: Source, steering: Viewer
) -> None:
    first = hand_in(source, [("de", rows(3))], by=steering, on=DAY)
    take_over_import(first, agreed=shown(first, steering).digest, by=steering, on=DAY)
    made = hand_in(source, [("de", rows(300, 12))], by=steering, on=DAY)
    work_on_import(made, on=DAY)
    agreed = shown(made, steering).digest
    agree(made, steering)
    with while_its_files_are_read(lambda: act(steering)):
        work_on_import(made, on=DAY)
    found = handed(steering, made)
    assert (found.stage, found.renewed) == ((Stage.READY, True) if differs else (Stage.DONE, False))
    if differs:
        with pytest.raises(PreviewChangedError):
            take_over_import(made, agreed=agreed, by=steering, on=DAY)
        agree(made, steering)
        assert worked(made, steering).stage is Stage.DONE


@DB
def test_other_columns_make_another_preview(source: Source, steering: Viewer) -> None:
    made = hand_in(source, [("de", rows(3))], by=steering, on=DAY)
    before = shown(made, steering)
    map_columns(made, {**before.mapping, "Plätze": "age_from"}, by=steering)
    with pytest.raises(PreviewChangedError):
        take_over_import(made, agreed=before.digest, by=steering, on=DAY)
    assert ContactPoint.objects.count() == 0


@DB
def test_what_was_taken_over_takes_nobodys_place_among_those_that_wait(source: Source, steering: Viewer) -> None:
    done = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
    work_on_import(done, on=DAY)
    agree(done, steering)
    work_on_import(done, on=DAY)
    for _ in range(5):
        last = hand_in(source, [("de", rows(1))], by=steering, on=DAY)
    with pytest.raises(TooManyWaitingError):
        hand_in(source, [("de", rows(1))], by=steering, on=DAY)
    assert [each.stage for each in handed_in(steering)] == [*[Stage.SMALL] * 5, Stage.DONE]
    assert (discard_import(last, by=steering), discard_import(done, by=steering)) == (True, False)


# --- at the same time --------------------------------------------------------------------------------


def work(import_id: UUID) -> None:
    try:
        work_on_import(import_id, on=DAY)
    finally:
        connections.close_all()


def test_of_two_workers_one_gets_it(cast: Cast, django_db_blocker: DjangoDbBlocker) -> None:
    """Really committed, and taken away afterwards."""
    with django_db_blocker.unblock():
        steering = next(colleague.viewer for colleague in cast.colleagues if colleague.viewer.role == "steering")
        source = ensure_source(name=f"Liste {uuid4()}", kind="csv", attribution="", licence="", by=steering)
        made = hand_in(source, [("de", rows(300))], by=steering, on=DAY)
        try:
            with ThreadPoolExecutor(4) as threads:
                for done in [threads.submit(work, made) for _ in range(4)]:
                    done.result()
            row = Import.objects.get(id=made)
            assert (row.stage, row.turn, row.tries) == (Stage.READY, 1, 1)
        finally:
            DBTaskResult.objects.filter(task_path="wegnetz.directory.tasks.work_on_import").delete()
            source.delete()
