"""Work that runs by itself."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from wegnetz.core.days import working_day
from wegnetz.directory import services
from wegnetz.directory.services import ImportWaits


@task()
def forget_imports() -> None:
    """Delete files that were handed in a week ago and never taken over."""
    services.forget_imports(on=working_day())


@task()
def work_on_import(import_id: str) -> None:
    """Read a large file, or take it over."""
    services.work_on_import(UUID(import_id), on=working_day())


@task()
def resume_imports() -> None:
    """Go on with what a worker left that is gone."""
    for import_id in services.waiting_imports(at=timezone.now()):
        services.work_on_import(import_id, on=working_day())


def queue_import(event: ImportWaits) -> None:
    """What takes longer than a page may is done by the worker."""
    work_on_import.enqueue(str(event.id))


@task()
def forget_past_weeks() -> int:
    """Days that contact points left out and that are past. Returns the number of offers."""
    return services.forget_past_weeks(on=working_day())


@task()
def check_search() -> None:
    """Have offers found by what they say now; it is so already, unless they were changed past the services."""
    services.search_what_changed()
