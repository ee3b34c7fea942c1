"""Change contact points and offers by hand. One transaction each; the act is in the audit or undone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.models import Organisation
from wegnetz.audit.services import record_act
from wegnetz.core.errors import DomainError
from wegnetz.core.events import emit
from wegnetz.core.scope import Scope, acting_as
from wegnetz.directory import entries
from wegnetz.directory.access import KEEPS_ALL, points_to_keep
from wegnetz.directory.entries.changes import as_json
from wegnetz.directory.models import ContactPoint, Offer
from wegnetz.directory.selectors import PointNotFoundError
from wegnetz.directory.services.rows import fill_offer, fill_point, tag
from wegnetz.directory.services.search import make_searchable

Row = TypeVar("Row", ContactPoint, Offer)


class EditConflictError(DomainError):
    """Somebody else changed the entry since it was read."""


@transaction.atomic
def save_point(point_id: UUID | None, point: entries.Point, *, version: int = 0, by: Viewer) -> UUID:
    """Store what is now said of a contact point, without its offers; None makes a new one. Returns its id.

    A new one belongs to the organisation of a partner, and to nobody where `by` keeps the whole directory.
    Raises PointNotFoundError, EditConflictError.
    """
    if point_id is None:
        owner = None if by.role in KEEPS_ALL else by.organisation
        row = ContactPoint(owner_id=owner, key=str(uuid4()))
    else:
        row = _point(point_id, version, by)
    fill_point(row, as_json(point))
    _save(row, by, "change" if point_id else "write")
    return row.id


@transaction.atomic
def save_offer(point_id: UUID, offer_id: UUID | None, offer: entries.Offer, *, version: int = 0, by: Viewer) -> UUID:
    """Store what is now said of an offer; None makes a new one. Returns its id.

    Raises PointNotFoundError, EditConflictError.
    """
    if offer_id is None:
        row = Offer(point=_point(point_id, None, by), key=str(uuid4()))
    else:
        row = _offer(point_id, offer_id, version, by)
    fill_offer(row, as_json(offer))
    _save(row, by, "change" if offer_id else "write")
    tag(row)
    return row.id


@transaction.atomic
def confirm(point_id: UUID, *, by: Viewer, on: date) -> None:
    """Everything that is said of a contact point and its offers still holds today. Raises PointNotFoundError."""
    _confirm([_point(point_id, None, by)], by, on)


@transaction.atomic
def confirm_all(point_ids: Collection[UUID], *, by: Viewer, on: date) -> int:
    """The same of many. What is not there any more, or not `by`'s to keep, is left out. Returns how many they were."""
    there = points_to_keep(by).filter(id__in=point_ids, gone_on__isnull=True)
    rows = list(there.select_for_update().order_by("id"))
    if rows:
        _confirm(rows, by, on)
    return len(rows)


def _confirm(rows: Collection[ContactPoint], by: Viewer, on: date) -> None:
    day = on.isoformat()
    for row in rows:
        fill_point(row, row.entry | {"confirmed_on": day})
        _store(row, by)
    offers = Offer.objects.filter(point__in=rows, gone_on__isnull=True)
    for offer in offers.select_for_update().order_by("id"):
        fill_offer(offer, offer.entry | {"confirmed_on": day})
        offer.version += 1
        offer.save()
    _record([row.id for row in rows], by, "confirm")
    make_searchable(Offer.objects.filter(point__in=rows))


@transaction.atomic
def delete_point(point_id: UUID, *, by: Viewer, on: date) -> None:
    """Take a contact point out of the directory, with what it offers. Raises PointNotFoundError."""
    row = _point(point_id, None, by)
    row.gone_on, row.deleted_here, row.kept_here = on, True, False
    _save(row, by, "delete")


@transaction.atomic
def restore_point(point_id: UUID, *, by: Viewer) -> None:
    row = _point(point_id, None, by)
    row.gone_on, row.deleted_here, row.kept_here = None, False, True
    _save(row, by, "restore")


@transaction.atomic
def delete_offer(point_id: UUID, offer_id: UUID, *, by: Viewer, on: date) -> None:
    """Raises PointNotFoundError."""
    row = _offer(point_id, offer_id, None, by)
    row.gone_on, row.deleted_here, row.kept_here = on, True, False
    _save(row, by, "delete")


@transaction.atomic
def restore_offer(point_id: UUID, offer_id: UUID, *, by: Viewer) -> None:
    row = _offer(point_id, offer_id, None, by)
    row.gone_on, row.deleted_here, row.kept_here = None, False, True
    _save(row, by, "restore")


@dataclass(frozen=True, slots=True)
class HandedOn:
    """News: from now on, somebody else keeps a contact point."""

    point: UUID


@transaction.atomic
def give_to(point_id: UUID, organisation_id: UUID | None, *, by: Viewer) -> None:
    """Say which organisation keeps a contact point up to date from now on; None: nobody in particular.

    Only who keeps the whole directory gives, and only what is theirs to keep. Raises PointNotFoundError.
    """
    if by.role not in KEEPS_ALL:
        raise PointNotFoundError
    row = _point(point_id, None, by)
    if organisation_id is not None and not Organisation.objects.filter(id=organisation_id).exists():
        raise PointNotFoundError
    passes = row.owner_id != organisation_id
    row.owner_id = organisation_id
    _save(row, by, "hand on")
    if passes:
        emit(HandedOn(row.id))


def _point(point_id: UUID, version: int | None, by: Viewer) -> ContactPoint:
    return _locked(points_to_keep(by).filter(id=point_id), version)


def _offer(point_id: UUID, offer_id: UUID, version: int | None, by: Viewer) -> Offer:
    """Its contact point is locked before it, as everywhere: what is searched is made of both."""
    return _locked(Offer.objects.filter(id=offer_id, point=_point(point_id, None, by)), version)


def _locked(rows: QuerySet[Row], version: int | None) -> Row:
    row = rows.select_for_update().first()
    if row is None:
        raise PointNotFoundError
    if version is not None and row.version != version:
        raise EditConflictError
    return row


def _save(row: ContactPoint | Offer, by: Viewer, act: str) -> None:
    _store(row, by)
    _record([row.id], by, act)
    make_searchable(Offer.objects.filter(point=row if isinstance(row, ContactPoint) else row.point))


def _store(row: ContactPoint | Offer, by: Viewer) -> None:
    if not row._state.adding:
        row.version += 1
    row.changed_at, row.changed_by_id = timezone.now(), by.user
    row.save()


def _record(rows: Collection[UUID], by: Viewer, act: str) -> None:
    # Who keeps the directory need not have to do with people: the event is all that the database is asked for them.
    with acting_as(Scope(organisation=by.organisation)):
        record_act(by.actor, act, subjects=rows, category="directory")
