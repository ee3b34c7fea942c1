"""Work that runs by itself."""

from __future__ import annotations

from django_tasks import task

from wegnetz.core.days import working_moment
from wegnetz.portal.workshop_news import send_workshop_news


@task()
def tell_of_workshops() -> int:
    """Tell those who were invited to a workshop what is new. Returns the number of messages."""
    return send_workshop_news(now=working_moment())
