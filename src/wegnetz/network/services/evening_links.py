"""Hand out the link with which somebody ticks off on a phone who is there, for one time of a workshop."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.accounts.services import RoleEnded, ShutOut
from wegnetz.audit.services import record_act
from wegnetz.core.days import working_day, working_moment
from wegnetz.core.scope import Scope, acting_as
from wegnetz.core.secret_links import new_secret
from wegnetz.network.access import PLANS_WORKSHOPS, standing_invitations
from wegnetz.network.models import EveningLink, WorkshopDate
from wegnetz.network.services.invitations import OverError
from wegnetz.network.services.workshops import SettledError, locked_date
from wegnetz.rules.workshops import LINK_OPENS_FOR

CATEGORY = "evening link"


@transaction.atomic
def make_evening_link(date: UUID, *, by: Viewer) -> tuple[str, datetime]:
    """Make a link to the list of one time; an earlier one opens nothing any more. Returns its secret and its end.

    The secret is stored nowhere. Raises WorkshopNotFoundError, SettledError, and OverError for a time that was called
    off or is over for a day.
    """
    row = locked_date(date, by)
    until = row.ends_at + LINK_OPENS_FOR
    if row.settled_at:
        raise SettledError
    if row.state == WorkshopDate.CANCELLED or until <= working_moment():
        raise OverError
    _close(Q(date=row))
    secret = new_secret(by.organisation)
    EveningLink(
        date=row, organisation_id=by.organisation, token=hash_of(secret), made_at=working_moment(), made_by_id=by.user,
        until=until,
    ).save(force_insert=True)  # fmt: skip
    record_act(by.actor, "make", subjects=[row.workshop_id, *_on_the_list(row, by)], category=CATEGORY)
    return secret, until


def _on_the_list(row: WorkshopDate, by: Viewer) -> list[UUID]:
    """Whoever makes a link can open it, also where colleagues accompany the people: these find it in their log."""
    rows = standing_invitations(by.organisation, working_day()).filter(date=row)
    return sorted(set(rows.values_list("person", flat=True)))


@transaction.atomic
def revoke_evening_link(date: UUID, *, by: Viewer) -> None:
    """The link opens nothing any more, from now on. Raises WorkshopNotFoundError."""
    row = locked_date(date, by)
    if _close(Q(date=row)):
        record_act(by.actor, "revoke", subjects=[row.workshop_id], category=CATEGORY)


def close_evening_links(event: ShutOut) -> None:
    """Close the links that somebody made who was shut out: they may have kept a secret."""
    _close_made_by(event)


def close_evening_links_out_of_hand(event: RoleEnded) -> None:
    """Close the links that somebody made and could not make any more in the roles that are left to them."""
    if not event.left & PLANS_WORKSHOPS:
        _close_made_by(event)


def _close_made_by(event: ShutOut | RoleEnded) -> None:
    with acting_as(Scope(organisation=event.organisation)):
        _close(Q(made_by=event.user, organisation=event.organisation))


def _close(which: Q) -> int:
    return EveningLink.objects.filter(which, revoked_at__isnull=True).update(revoked_at=working_moment())
