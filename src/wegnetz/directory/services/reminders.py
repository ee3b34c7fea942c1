"""Ask who keeps contact points to confirm them: one mail for all of them together, once a week at the most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import staff_at_work
from wegnetz.directory.access import KEEPS_THE_DIRECTORY
from wegnetz.directory.models import ConfirmationMail, ContactPoint
from wegnetz.directory.selectors.points import CONFIRM_EVERY, to_confirm

PAUSE: Final = timedelta(days=7)  # between two mails, whatever waits
AGAIN: Final = timedelta(days=28)  # while nothing new waits, and what waited still does

# Sends a mail to an address about a number of contact points. Says whether it went out.
Send = Callable[[str, int], bool]


def ask_to_confirm(*, on: date, quiet: Collection[UUID], send: Send) -> int:
    """Ask everybody but the `quiet` accounts who keeps contact points that wait on a day. For the system.

    That one is asked is noted before the mail goes out, and by one worker alone: nobody gets it twice. A mail that did
    not go out is tried again the next day; one of which nobody knows, because the worker was stopped, after a week.
    Returns how many mails went out.
    """
    keepers: dict[UUID, tuple[str, list[Viewer]]] = {}
    for viewer, address in staff_at_work(KEEPS_THE_DIRECTORY):
        if viewer.user not in quiet:
            keepers.setdefault(viewer.user, (address, []))[1].append(viewer)
    asked = ConfirmationMail.objects.in_bulk(keepers)
    return sum(
        _ask(asked.get(user), user, address, _waiting(viewers, on), on, send)
        for user, (address, viewers) in keepers.items()
    )


def _waiting(viewers: Iterable[Viewer], on: date) -> QuerySet[ContactPoint]:
    """What waits for somebody in any of their roles; each contact point once."""
    return reduce(or_, (to_confirm(viewer, on=on).order_by() for viewer in viewers))


def _ask(
    last: ConfirmationMail | None, user: UUID, address: str, waiting: QuerySet[ContactPoint], on: date, send: Send
) -> bool:
    if last and on - last.sent_on < PAUSE:
        return False
    number = waiting.count()
    if not (number and (last is None or _is_time(last, waiting, number, on)) and _note(last, user, on)):
        return False
    went_out = send(address, number)
    row = ConfirmationMail.objects.filter(user=user)
    if went_out:
        row.update(places=number)
    elif last:
        row.update(sent_on=last.sent_on, places=last.places)
    else:
        row.delete()
    return went_out


def _is_time(last: ConfirmationMail, waiting: QuerySet[ContactPoint], number: int, on: date) -> bool:
    """Whether something came to wait since the last mail, or it has been long enough."""
    became_due = waiting.filter(confirmed_on__gt=last.sent_on - CONFIRM_EVERY)
    return on - last.sent_on >= AGAIN or number > last.places or became_due.exists()


def _note(last: ConfirmationMail | None, user: UUID, on: date) -> bool:
    """Note that somebody is asked today. False where another worker has noted it since `last` was read."""
    if last is None:
        return ConfirmationMail.objects.get_or_create(user_id=user, defaults={"sent_on": on})[1]
    unchanged = ConfirmationMail.objects.filter(user=user, sent_on=last.sent_on)
    return bool(unchanged.update(sent_on=on, places=0))
