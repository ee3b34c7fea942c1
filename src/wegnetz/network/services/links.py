"""Hand out the link to a contact point's own page, and take it back."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.accounts.services import RoleEnded, ShutOut
from wegnetz.audit.services import record_act
from wegnetz.core.crypto import new_pair
from wegnetz.core.days import working_moment
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import Scope, acting_as
from wegnetz.directory import entries
from wegnetz.directory.access import KEEPS_ALL
from wegnetz.directory.entries.changes import from_json
from wegnetz.directory.models import ContactPoint
from wegnetz.directory.selectors import PointNotFoundError
from wegnetz.directory.services import HandedOn
from wegnetz.network.access import LINKS_PLACES, points_to_link
from wegnetz.network.boxes import seal_private
from wegnetz.network.models import PlaceLink

# Who looks after a place changes about once a year; a link that nobody renewed then belongs to nobody.
GOOD_FOR: Final = timedelta(days=365)


class AddressChangedError(DomainError):
    """The place is not to be reached any more under the address to which its link was about to be mailed."""


@transaction.atomic
def make_link(point: UUID, *, by: Viewer, on: date, address: str = "") -> tuple[str, date]:
    """Make a new link to the page of a place; an earlier one opens nothing any more. Returns its secret and last day.

    The secret is stored nowhere. `address` is where it is about to be mailed: it must be the one under which the place
    is to be reached now. Raises PointNotFoundError, AddressChangedError.
    """
    held = _held(point, by)
    if address and address != from_json(held.entry, entries.Point).contact.email:
        raise AddressChangedError
    _close_of(point)
    token, made = secrets.token_urlsafe(32), PlaceLink(point_id=point, organisation_id=by.organisation, address=address)
    public, private = new_pair()
    made.token, made.public, made.private = hash_of(token), public, seal_private(token, private, made.id)
    made.made_at, made.made_by_id, made.until = working_moment(), by.user, on + GOOD_FOR
    made.save(force_insert=True)
    _record(by, "make", point)
    return token, made.until


@transaction.atomic
def revoke_link(point: UUID, *, by: Viewer) -> None:
    """The link opens nothing any more, from now on. Raises PointNotFoundError."""
    _held(point, by)
    if _close_of(point):
        _record(by, "revoke", point)


def _held(point: UUID, by: Viewer) -> ContactPoint:
    """The place, locked: of two links made at the same time one revokes the other."""
    row = points_to_link(by).select_for_update(of=("self",)).filter(id=point).first()
    if row is None:
        raise PointNotFoundError
    return row


def close_links(event: ShutOut) -> None:
    """Close the links that somebody made who was shut out: they may have kept a secret."""
    _close(_made_by(event))


def close_links_out_of_hand(event: RoleEnded) -> None:
    """Close the links that somebody made and could not make any more in the roles that are left to them."""
    left = event.left & LINKS_PLACES
    if not left:
        _close(_made_by(event))
    elif not left & KEEPS_ALL:
        _close(_made_by(event) & Q(point__owner__isnull=True))


def _made_by(event: ShutOut | RoleEnded) -> Q:
    return Q(made_by=event.user, organisation=event.organisation)


def close_link_of_place(event: HandedOn) -> None:
    """Close the link that was handed out by those who kept the place until now, also for when it comes back to them."""
    _close_of(event.point)


def _close_of(point: UUID) -> int:
    return _close(Q(point=point))


def _close(which: Q) -> int:
    """Without its private key, not even somebody who has kept the secret opens what lies there."""
    return PlaceLink.objects.filter(which, revoked_at__isnull=True).update(revoked_at=working_moment(), private=b"")


def _record(by: Viewer, act: str, point: UUID) -> None:
    # Who keeps the directory need not have to do with people: the event is all that the database is asked for them.
    with acting_as(Scope(organisation=by.organisation)):
        record_act(by.actor, act, subjects=[point], category="place link")
