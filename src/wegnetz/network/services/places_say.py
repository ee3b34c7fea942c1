"""What a contact point says on its own page, and how staff take it over. By itself it changes no introduction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wegnetz.audit.selectors.words import CONTACT_POINT
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import Scope, acting_as
from wegnetz.network.access import shown_to_places
from wegnetz.network.boxes import open_inner
from wegnetz.network.models import Announcement, PlaceLink
from wegnetz.network.openings import Said, open_said, seal_said
from wegnetz.network.selectors.links import OpenLink
from wegnetz.network.selectors.place_pages import lying_there
from wegnetz.network.services.announcements import SHOWN_FOR, keep_longer
from wegnetz.vault.selectors import KeyGoneError, key_of

MOST_SAID: Final = 20
# How long a link that opens nothing any more is remembered, for whoever asks who had it.
LINK_REMEMBERED: Final = timedelta(days=365)

Change = Callable[[tuple[Said, ...]], tuple[Said, ...] | None]


class NotExpectedError(DomainError):
    """Nobody of that identifier is announced at this place, or not any more."""


class DayError(DomainError):
    """A visit lies between a month ago and today."""


def say(link: OpenLink, announcement: UUID, *, came: bool, on: date, today: date) -> None:
    """Note that somebody was there on a day, or was not. Said of the same day again, the later word holds.

    Raises NotExpectedError, DayError.
    """
    if not today - SHOWN_FOR <= on <= today:
        raise DayError

    def added(said: tuple[Said, ...]) -> tuple[Said, ...] | None:
        others = tuple(each for each in said if each.taken or each.on != on)
        if len(others) >= MOST_SAID or Said(came, on, taken=True) in others:
            return None
        return tuple(sorted((*others, Said(came, on)), key=lambda each: each.on))

    _change(link, announcement, added, "confirm", today)
    if came:
        keep_longer(announcement, came_on=on)


def unsay(link: OpenLink, announcement: UUID, *, today: date) -> None:
    """Take back what was said last, unless it was taken over. Raises NotExpectedError."""

    def without_the_last(said: tuple[Said, ...]) -> tuple[Said, ...] | None:
        news = [each for each in said if not each.taken]
        return tuple(each for each in said if each is not news[-1]) if news else None

    _change(link, announcement, without_the_last, "retract", today)


def _change(link: OpenLink, announcement: UUID, change: Change, act: str, today: date) -> None:
    """Put what is said into the introduction, in the name of the place, with its event."""
    whom = lying_there(link, on=today).get(announcement)
    if whom is None:
        raise NotExpectedError
    with acting_as(Scope(organisation=whom.organisation)), transaction.atomic():
        shown = shown_to_places(whom.organisation, today).select_for_update(of=("self",))
        row = shown.filter(id=whom.introduction, person=whom.person).first()
        if row is None:
            raise NotExpectedError
        try:
            key = key_of(whom.person)
            open_inner(key, announcement, whom)  # was laid down by who had the person's key
        except (KeyGoneError, CannotOpenError) as error:
            raise NotExpectedError from error
        said = change(open_said(key, row))
        if said is None:
            return
        row.said_box, row.said_waits = seal_said(key, row, said), any(not each.taken for each in said)
        row.save(update_fields=["said_box", "said_waits"])
        actor = Actor(None, CONTACT_POINT, whom.organisation)
        record_act(actor, act, subjects=[whom.person], category="introductions", purpose="announced at a place")


def all_taken(said: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(replace(each, taken=True) for each in said)


@transaction.atomic
def forget_announcements(*, on: date) -> int:
    """Delete what places need no more, and links that have opened nothing for a year. For the system."""
    PlaceLink.objects.filter(Q(revoked_at__date__lt=on - LINK_REMEMBERED) | Q(until__lt=on - LINK_REMEMBERED)).delete()
    number, _by_table = Announcement.objects.filter(until__lt=on).delete()
    return number
