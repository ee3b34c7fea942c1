"""Jobs that run by themselves: queued by the worker when they are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

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
