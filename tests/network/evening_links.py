"""A link to the list of an evening that was followed, and a time that is over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_moment
from wegnetz.network.models import WorkshopDate
from wegnetz.network.selectors.evenings import OpenEvening, open_evening
from wegnetz.network.services.evening_links import make_evening_link


def followed(date: UUID, by: Viewer) -> OpenEvening:
    secret, _until = make_evening_link(date, by=by)
    return open_evening(secret, at=working_moment())


def began(date: UUID, ago: timedelta = timedelta(hours=1)) -> None:
    """Have a time begin some time ago, for two hours."""
    starts = working_moment() - ago
    WorkshopDate.objects.filter(id=date).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
