"""Work that runs by itself."""

from __future__ import annotations

from django_tasks import task

from wegnetz.core.days import working_day
from wegnetz.desk.confirmation_mail import send_confirmation_mails


@task()
def ask_to_confirm_places() -> int:
    """Ask by mail for contact points to be confirmed. Returns the number of mails."""
    return send_confirmation_mails(on=working_day())
