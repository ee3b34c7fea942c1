"""Jobs that run by themselves: queued by the worker when they are due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from wegnetz.core.scope import EVERYTHING, acting_as

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Schedule = Iterable[tuple[Task[Any, Any], timedelta]]


def queue_due(schedule: Schedule, *, now: datetime) -> list[str]:
    """Queue each job that was last queued longer ago than its interval. Returns the names of those queued."""
    queued = []
    for job, every in schedule:
        recent = DBTaskResult.objects.filter(task_path=job.module_path, enqueued_at__gt=now - every)
        if not recent.exists():
            job.enqueue()
            queued.append(job.module_path)
    return queued


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
