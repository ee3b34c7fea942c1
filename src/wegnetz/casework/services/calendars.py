"""The secret link under which a calendar program fetches one's own appointments, and who wants reminders."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of, membership_of
from wegnetz.accounts.services import ShutOut
from wegnetz.audit.services import record_act
from wegnetz.casework.models import CalendarFeed, NoReminders


@transaction.atomic
def make_feed(*, by: Viewer) -> str:
    """Make a new link for the viewer in this role; an earlier one opens nothing any more. Returns its token, once."""
    _revoke(by)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(membership_id=membership_of(by), token=hash_of(token), made_at=timezone.now())
    record_act(by.actor, "make", subjects=[by.user], category="calendar link")
    return token


@transaction.atomic
def revoke_feed(*, by: Viewer) -> None:
    """Close the link of the viewer in this role."""
    if _revoke(by):
        record_act(by.actor, "revoke", subjects=[by.user], category="calendar link")


def forget_feeds(event: ShutOut) -> None:
    """Close the links of somebody who was shut out: they stay closed when the account opens again."""
    _close(Q(membership__user=event.user, membership__organisation=event.organisation))


def _revoke(by: Viewer) -> int:
    return _close(Q(membership=membership_of(by)))


def _close(whose: Q) -> int:
    return CalendarFeed.objects.filter(whose, revoked_at__isnull=True).update(revoked_at=timezone.now())


@transaction.atomic
def choose_reminders(*, wanted: bool, by: Viewer) -> None:
    """Whether the viewer gets a mail on days on which something is due."""
    if wanted:
        NoReminders.objects.filter(user=by.user).delete()
    else:
        NoReminders.objects.get_or_create(user_id=by.user, defaults={"since": timezone.now()})
