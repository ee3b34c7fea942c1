"""Work that runs by itself."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from wegnetz.accounts import services


@task()
def clear_sessions() -> None:
    """Remove sessions that have ended."""
    call_command("clearsessions")


@task()
def prune_jobs() -> None:
    """Forget what finished jobs left behind after two weeks."""
    call_command("prune_db_task_results", min_age_days=14, verbosity=0)


@task()
def forget_invitations() -> None:
    """Delete invitations that ran out a month ago, answered or not."""
    services.forget_invitations(on=timezone.localdate())
