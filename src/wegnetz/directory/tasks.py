"""Work that runs by itself."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from wegnetz.directory import services


@task()
def forget_imports() -> None:
    """Delete files that were handed in a week ago and never taken over."""
    services.forget_imports(on=timezone.localdate())
