"""Lay down for the page of a contact point who is coming, and take it away again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

from wegnetz.core.errors import DomainError
from wegnetz.network.boxes import Coming, seal_announcement
from wegnetz.network.models import Announcement, Introduction
from wegnetz.network.openings import Step
from wegnetz.network.selectors.links import pages_of, shelf_of_link
from wegnetz.participants.access import SEALED

# After the day on which somebody wanted to come, or came last: long enough for a second visit in the next month.
# Later the place knows them, or they are not coming, and its page has no need of a name.
SHOWN_FOR: Final = timedelta(days=30)


class PageChangedError(DomainError):
    """The place got its own page, another link to it, or has none any more since the person was asked."""


def announce(
    row: Introduction, key: bytes, offer: UUID, step: Step, *, told_of: UUID | None, on: date
) -> str | None:  # fmt: skip
    """Lay it down, and return what finds it again. None where the place has no page, or none may know of the work.

    Somebody who may be counted at a place by those who read its page is not a secret any more: of work that is
    sealed no page is told. Staff ring the place up, as they did before. `told_of` is the link to the page of which the
    person knew who could open it, None for no page: their yes is to no other. Raises PageChangedError.
    """
    if row.involvement.secrecy == SEALED:
        return None
    link = pages_of([offer], on=on).get(offer)
    if (link.id if link else None) != told_of:
        raise PageChangedError
    if link is None:
        return None
    made, shelf = uuid4(), shelf_of_link(link.id)
    whom = (row.person_id, row.id, row.organisation_id)
    coming = Coming(step.called.strip(), offer, step.comes_on, step.accompanied, step.for_place)
    box = seal_announcement(link.public, key, made, shelf, whom, coming)
    until = end_of_week(max(on, step.comes_on or on) + SHOWN_FOR)
    Announcement.objects.create(id=made, shelf=shelf, box=box, until=until)
    return str(made)


def withdraw(announcement: str | None) -> None:
    """The page shows it no more."""
    if announcement:
        Announcement.objects.filter(id=announcement).delete()


def keep_longer(announcement: UUID, *, came_on: date) -> None:
    """Somebody who came may come again."""
    until = end_of_week(came_on + SHOWN_FOR)
    Announcement.objects.filter(id=announcement, until__lt=until).update(until=until)


def end_of_week(day: date) -> date:
    """The Sunday: which day somebody plans to come on is to be read in no column."""
    return day + timedelta(days=6 - day.weekday())
