"""Weeks in which an offer does not take place, as the contact point itself says them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wegnetz.audit.services import Actor, record_act
from wegnetz.core.scope import Scope, acting_as
from wegnetz.directory import entries
from wegnetz.directory.access import offers_in_scope
from wegnetz.directory.entries.changes import as_json, from_json
from wegnetz.directory.models import ContactPoint, Offer
from wegnetz.directory.selectors import PointNotFoundError
from wegnetz.directory.selectors.weeks import WEEK, WEEKS_AHEAD, days_by_the_rule, monday_of
from wegnetz.directory.services.rows import fill_offer
from wegnetz.directory.services.search import make_searchable


@transaction.atomic
def set_week(point_id: UUID, offer_id: UUID, monday: date, *, closed: bool, by: Actor, on: date) -> None:
    """Leave the days of a week out of the hours of an offer, or take that back. `by` is the contact point itself.

    Raises PointNotFoundError, also for a week that is not one of those that come.
    """
    if monday.weekday() or not monday_of(on) <= monday < monday_of(on) + WEEKS_AHEAD * WEEK:
        raise PointNotFoundError
    _hold(ContactPoint.objects.filter(id=point_id))
    row = offers_in_scope().select_for_update(of=("self",)).filter(id=offer_id, point=point_id).first()
    if row is None:
        raise PointNotFoundError
    stored = from_json(row.entry, entries.Offer)
    changed = replace(stored, hours=tuple(without(hours, monday, closed=closed) for hours in stored.hours))
    if changed == stored:
        return
    _save(row, changed)
    with acting_as(Scope(organisation=by.organisation)):
        record_act(by, "leave out" if closed else "restore", subjects=[row.id], category="directory")


def without(hours: entries.Hours, monday: date, *, closed: bool) -> entries.Hours:
    """The hours without the days of a week, or with them again."""
    days = set(days_by_the_rule(hours, monday))
    left_out = {*hours.but_not_on} | days if closed else {*hours.but_not_on} - days
    return hours if left_out == {*hours.but_not_on} else replace(hours, but_not_on=tuple(sorted(left_out)))


@transaction.atomic
def forget_past_weeks(*, on: date) -> int:
    """Of offers from a file, drop days that were left out here and are past. Returns how many offers that changed.

    What was changed here wins over what the source says later; days that are past must not keep its hours from
    changing for good. Where the source changed its hours in the very weeks between, somebody has to look.
    """
    imported = offers_in_scope().filter(imported__isnull=False)
    _hold(ContactPoint.objects.filter(id__in=imported.values("point_id")))
    return sum(_forget(row, on) for row in imported.select_for_update(of=("self",)).order_by("id"))


def _hold(points: QuerySet[ContactPoint]) -> None:
    """Contact points before their offers, as everywhere, so that no two wait for each other."""
    list(points.order_by("id").select_for_update(no_key=True).values_list("id", flat=True))


def _forget(row: Offer, on: date) -> bool:
    here, there = from_json(row.entry, entries.Offer), from_json(row.imported or {}, entries.Offer)
    said = {day for hours in there.hours for day in hours.but_not_on}
    changed = replace(here, hours=tuple(_coming(here.hours, said, on)))
    if changed == here:
        return False
    _save(row, changed)
    return True


def _coming(hours: Iterable[entries.Hours], said: set[date], on: date) -> Iterable[entries.Hours]:
    for each in hours:
        yield replace(each, but_not_on=tuple(day for day in each.but_not_on if day >= on or day in said))


def _save(row: Offer, offer: entries.Offer) -> None:
    fill_offer(row, as_json(offer))
    row.version += 1
    row.changed_at, row.changed_by_id = timezone.now(), None
    row.save()
    make_searchable(Offer.objects.filter(id=row.id))
