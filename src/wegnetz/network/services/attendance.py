"""Write down who is there, as whoever leads the workshop ticks it off, also what comes later or twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from wegnetz.audit.services import record_act
from wegnetz.core.days import working_moment
from wegnetz.core.errors import DomainError
from wegnetz.core.scope import acting_as
from wegnetz.network.models import EveningLink, Guest, Invitation, WorkshopDate
from wegnetz.network.openings import invited_content, open_invitation, seal_guest
from wegnetz.network.selectors.evenings import GUESTS, OpenEvening, invited_to
from wegnetz.network.selectors.links import LinkGoneError
from wegnetz.network.services.workshops import SettledError
from wegnetz.participants.boxes import seal_record
from wegnetz.participants.models import Record
from wegnetz.rules.workshops import Proof
from wegnetz.vault.selectors import KeyGoneError, installation_key, key_of

MOST_GUESTS: Final = 60  # at one time
LONGEST_NAME: Final = 40  # characters of a guest's first name
LONGEST_SIGNATURE: Final = 4096  # bytes
# What a finger draws: from somewhere (M), along straight lines (L), in whole units of a field of 300 by 100.
_PATH: Final = re.compile(r"(?:M[0-9]{1,3} [0-9]{1,3}(?:L[0-9]{1,3} [0-9]{1,3})+)+")


class NotOnTheListError(DomainError):
    """Nobody of that invitation is on the list, or is not there."""


class SignatureError(DomainError):
    """What was drawn is no signature, or a longer one than is kept."""


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody is there, or is not, and when that was said. `id` is the phone's own, to tell it what arrived."""

    id: str
    invitation: UUID
    present: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class NewGuest:
    """Somebody who is not on the list. `id` is made on the phone: what is sent twice is there once."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What arrived, by the phone's own ids; and what is for nobody on the list any more, or one guest too many."""

    done: tuple[str, ...]
    gone: tuple[str, ...]


def mark(evening: OpenEvening, marks: Iterable[Mark], guests: Iterable[NewGuest] = ()) -> Taken:
    """Take in what a phone sends. Of each person the latest moment holds, in whichever order things arrive.

    A moment that lies ahead counts as now. Raises SettledError, LinkGoneError.
    """
    with acting_as(evening.scope), transaction.atomic():
        locked_time(evening)
        rows = {row.id: row for row in invited_to(evening).select_for_update(of=("self",))}
        marks = sorted(marks, key=lambda each: each.at)
        known = [each for each in marks if each.invitation in rows]
        before = {row.id: row.attended for row in rows.values()}
        now = working_moment()
        for each in known:
            _put(rows[each.invitation], present=each.present, at=min(each.at, now))
        changed = [row for row in rows.values() if row.attended != before[row.id]]
        for marked in {each.invitation for each in known}:
            rows[marked].save(update_fields=["attended", "marked_at"])
        _record(evening, "present", [row for row in changed if row.attended])
        _record(evening, "absent", [row for row in changed if not row.attended])
        noted, refused = _note_guests(evening, guests, now)
    gone = [each.id for each in marks if each.invitation not in rows]
    return Taken((*(each.id for each in known), *noted), (*gone, *refused))


def locked_time(evening: OpenEvening) -> WorkshopDate:
    """The time itself with its workshop, locked, always first; its link may have been ended while we waited.

    Raises SettledError, LinkGoneError.
    """
    dates = WorkshopDate.objects.select_for_update(of=("self",)).select_related("workshop")
    row = dates.filter(id=evening.date, organisation=evening.organisation).first()
    if row is None or not (evening.by or _stands(evening)):
        raise LinkGoneError
    if row.settled_at:
        raise SettledError
    return row


def _stands(evening: OpenEvening) -> bool:
    return EveningLink.objects.filter(id=evening.link, revoked_at__isnull=True).exists()


def _put(row: Invitation, *, present: bool, at: datetime) -> None:
    if row.marked_at is None or at > row.marked_at:
        row.attended, row.marked_at = present, at


def _record(evening: OpenEvening, act: str, rows: Sequence[Invitation]) -> None:
    if rows:
        people = [row.person_id for row in rows]
        record_act(evening.actor, act, subjects=people, category="workshops", purpose="attendance")


def _note_guests(evening: OpenEvening, guests: Iterable[NewGuest], now: datetime) -> tuple[list[str], list[str]]:
    """Which are there now, and which could not be taken in."""
    there = set(Guest.objects.filter(date=evening.date).values_list("id", flat=True))
    key = installation_key(GUESTS)
    noted: list[str] = []
    refused: list[str] = []
    for each in guests:
        name = _whole(" ".join(each.name.split())[:LONGEST_NAME])
        if each.id not in there and name and len(there) < MOST_GUESTS:
            row = Guest(id=each.id, date_id=evening.date, organisation_id=evening.organisation, noted_at=now)
            row.box = seal_guest(key, row, name)
            if _is_new(row):
                record_act(evening.actor, "write", subjects=[evening.date], category="workshop plan")
                there.add(each.id)
        (noted if each.id in there else refused).append(str(each.id))
    return noted, refused


def _whole(name: str) -> str:
    """A phone that cuts a name can cut an emoji in two: half a character, which can be neither sealed nor shown."""
    return name.encode("utf-8", "replace").decode()


def _is_new(row: Guest) -> bool:
    """Save it, unless an evening has that identifier of which nobody here may know."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def sign(evening: OpenEvening, invitation: UUID, proof: Proof, signature: str = "") -> None:
    """Say how it is proved that somebody is there; `signature` is what they drew on the screen. The last word holds.

    Raises NotOnTheListError, SignatureError, SettledError, LinkGoneError.
    """
    if (proof is Proof.SCREEN) != bool(signature) or not _is_signature(signature):
        raise SignatureError
    with acting_as(evening.scope), transaction.atomic():
        locked_time(evening)
        row = invited_to(evening).select_for_update(of=("self",)).filter(id=invitation, attended=True).first()
        if row is None:
            raise NotOnTheListError
        try:
            key = key_of(row.person_id)
        except KeyGoneError as error:
            raise NotOnTheListError from error
        invited = replace(open_invitation(key, row), proof=proof.value, signature=signature)
        _seal_anew(row, key, invited_content(invited))
        _record(evening, "confirm", [row])


def _is_signature(path: str) -> bool:
    return not path or (len(path) <= LONGEST_SIGNATURE and _PATH.fullmatch(path) is not None)


def _seal_anew(row: Record, key: bytes, content: dict[str, object]) -> None:
    """By nobody with an account: who holds the link has none."""
    row.version += 1
    row.changed_at, row.changed_by_id = working_moment(), None
    row.box = seal_record(row, key, content)
    row.save(update_fields=["version", "changed_at", "changed_by", "box"])
