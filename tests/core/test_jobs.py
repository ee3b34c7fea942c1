"""Jobs come when it is their turn, by an interval or by the clock of the place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from tests.people import DB
from wegnetz.core.jobs import EveryDayAt, queue_due
from wegnetz.core.tasks import count_rows

pytestmark = DB
NAME = count_rows.module_path


def queued_at(*moments: datetime) -> None:
    DBTaskResult.objects.all().delete()
    for moment in moments:
        count_rows.enqueue()
        DBTaskResult.objects.filter(enqueued_at__gt=datetime.now(UTC) - timedelta(minutes=1)).update(enqueued_at=moment)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("2026-07-01T05:00", "2026-07-01T03:59", False),  # six in the morning in summer is four by UTC
        ("2026-06-30T04:00", "2026-07-01T03:59", False),
        ("2026-06-30T03:59", "2026-07-01T03:59", True),  # the worker was stopped all yesterday
        ("2026-06-30T21:00", "2026-07-01T04:00", True),
        ("2026-07-01T04:00", "2026-07-01T23:00", False),
        ("2026-12-01T04:30", "2026-12-01T04:59", False),
        ("2026-12-01T04:59", "2026-12-01T05:00", True),
        ("2026-10-24T04:30", "2026-10-25T05:00", True),  # the night in which summer time ends
    ],
)
def test_a_job_of_the_morning_stays_in_the_morning(last: str, now: str, due: bool) -> None:
    queued_at(datetime.fromisoformat(last).replace(tzinfo=UTC))
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert queue_due([(count_rows, EveryDayAt(6))], now=moment) == ([NAME] if due else [])


def test_a_job_that_never_ran_is_due_whatever_the_hour() -> None:
    moment = datetime(2026, 7, 1, 1, tzinfo=UTC)
    assert queue_due([(count_rows, EveryDayAt(6))], now=moment) == [NAME]


@pytest.mark.parametrize(("minutes", "due"), [(59, False), (60, False), (61, True)])
def test_a_job_with_an_interval_is_due_once_it_is_over(minutes: int, due: bool) -> None:
    moment = datetime(2026, 7, 1, 1, tzinfo=UTC)
    queued_at(moment - timedelta(minutes=minutes))
    assert queue_due([(count_rows, timedelta(hours=1))], now=moment) == ([NAME] if due else [])
