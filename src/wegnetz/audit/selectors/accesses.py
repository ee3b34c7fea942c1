"""Who opened what of a person, when and for what purpose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate

from wegnetz.audit.models import EventSubject

LINES_ON_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Access:
    """What one role of one organisation did on one day in one way, `times` times between `first` and `last`."""

    day: date
    organisation: UUID
    role: str
    action: str
    category: str
    purpose: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Accesses:
    """One page of accesses, the newest first. `page` knows how many there are."""

    rows: tuple[Access, ...]
    page: Page[Any]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What colleagues are not shown: all that these roles did, and whatever has the mark in its category."""

    roles: Collection[str]
    mark: str


def accesses_of(
    subject: UUID, *, organisations: Collection[UUID] | None, hidden: Hidden | None = None,
    since: datetime | None = None, until: datetime | None = None, page: str | int = 1,
) -> Accesses:  # fmt: skip
    """What was opened or done about a person, without names of staff. Forgotten events are not among it.

    `organisations`: only what these did; None for all, which is for the person themself. `hidden`: what staff are not
    shown; None for the person themself. `since` is included, `until` is not. Days are those of the current time
    zone. Who may ask, and recording that they did, is the caller's.
    """
    entries = EventSubject.objects.filter(subject=subject)
    if organisations is not None:
        entries = entries.filter(organisation__in=organisations)
    if hidden is not None:
        entries = entries.exclude(event__actor_role__in=hidden.roles)
        entries = entries.exclude(event__category__contains=hidden.mark)
    if since is not None:
        entries = entries.filter(event__at__gte=since)
    if until is not None:
        entries = entries.filter(event__at__lt=until)
    same = ("day", "organisation", "event__actor_role", "event__action", "event__category", "event__purpose")
    lines = (
        entries.annotate(day=TruncDate("event__at"))
        .values_list(*same)
        .annotate(times=Count("id"), first=Min("event__at"), last=Max("event__at"))
        .order_by("-last", *same)
    )
    shown = Paginator(lines, LINES_ON_A_PAGE).get_page(page)
    return Accesses(tuple(Access(*line) for line in shown.object_list), shown)


def recorded_since(organisation: UUID, actor: UUID, *, purpose: str, since: datetime) -> set[UUID]:
    """The people about whom readings of an actor for this purpose have been recorded since then."""
    rows = EventSubject.objects.filter(
        event__organisation=organisation, event__actor=actor, event__purpose=purpose, event__at__gte=since
    )  # fmt: skip
    return set(rows.values_list("subject", flat=True))
