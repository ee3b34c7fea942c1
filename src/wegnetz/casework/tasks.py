"""Work that runs by itself."""

from __future__ import annotations

from django_tasks import task

from wegnetz.casework import services
from wegnetz.core.days import working_day


@task()
def send_reminders() -> int:
    """Remind members of staff by mail of what is due today. Returns the number of mails."""
    return services.send_reminders(on=working_day())
