"""Jobs that run by themselves: queued by the worker when they are due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from wegnetz.core.scope import EVERYTHING, acting_as

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EveryDayAt:
    """Once a day from an hour on, by the clock of the place: with an interval it would move on through the day."""

    hour: int


Schedule = Iterable[tuple[Task[Any, Any], timedelta | EveryDayAt]]


def queue_due(schedule: Schedule, *, now: datetime) -> list[str]:
    """Queue each job whose turn has come since it was last queued. Returns the names of those queued."""
    queued = []
    for job, turns in schedule:
        recent = DBTaskResult.objects.filter(task_path=job.module_path, enqueued_at__gte=_turn(turns, now))
        if not recent.exists():
            job.enqueue()
            queued.append(job.module_path)
    return queued


def _turn(turns: timedelta | EveryDayAt, now: datetime) -> datetime:
    """Since when it must have been queued."""
    if isinstance(turns, timedelta):
        return now - turns
    today = timezone.localtime(now).replace(hour=turns.hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def for_everybody(job: Callable[P, T]) -> Callable[P, T]:
    """A job that concerns the people of all organisations, so the database shows it all rows.

    What stops it is an error in the log, by kind only: the message of a database may hold what was to be stored.
    """

    @wraps(job)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with acting_as(EVERYTHING):
                return job(*args, **kwargs)
        except Exception as error:
            log.error("The job %s was stopped by %s", job.__qualname__, type(error).__name__)  # noqa: TRY400
            raise

    return run
