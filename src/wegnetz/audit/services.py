"""Write events, forget them on time, and witness how far the chains have come.

A reading is recorded and committed before anything of it is shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from wegnetz.audit.chain import forgetting
from wegnetz.audit.chain.heads_file import append_line, last_line
from wegnetz.audit.chain.links import START, Content, leaf, link, payload
from wegnetz.audit.chain.witness import Entry, digest, is_signed, read_line, signed_line
from wegnetz.audit.models import Event, EventSubject, WitnessedEntry
from wegnetz.audit.selectors.heads import heads_path, newest_heads, signing_key
from wegnetz.core.errors import DomainError
from wegnetz.core.reading import recording

TRIES = 20
FORGOTTEN_AT_ONCE: Final = 2_000


class AuditUnavailableError(DomainError):
    """The event could not be written, so nothing may be shown."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff in a role of an organisation, or the system (`user` is None)."""

    user: UUID | None
    role: str
    organisation: UUID


# --- events ----------------------------------------------------------------------------------------


def record_reading(actor: Actor, action: str, *, subjects: Iterable[UUID], category: str, purpose: str) -> None:
    """Write and commit the event of a reading. Raises AuditUnavailableError: then show nothing."""
    try:
        with recording():
            _append(actor, action, tuple(subjects), category, purpose, durable=True)
    except DatabaseError as error:
        raise AuditUnavailableError from error


def record_act(actor: Actor, action: str, *, subjects: Iterable[UUID], category: str, purpose: str = "") -> None:
    """Write the event of an act, in the transaction of the act itself."""
    _append(actor, action, tuple(subjects), category, purpose, durable=False)


def event_after(previous: bytes, content: Content) -> Event:
    """The event with this content that follows on the link `previous`, ready to be saved."""
    salt = secrets.token_bytes(16)
    own = leaf(salt, payload(content))
    return Event(
        id=content.id, organisation=content.organisation, sequence=content.sequence, at=content.at,
        actor=content.actor, actor_role=content.role, action=content.action, category=content.category,
        purpose=content.purpose, salt=salt, leaf=own, link=link(previous, own),
    )  # fmt: skip


def _append(
    actor: Actor, action: str, subjects: tuple[UUID, ...], category: str, purpose: str, *, durable: bool
) -> None:
    each_once = tuple(dict.fromkeys(subjects))
    for attempt in range(TRIES):
        try:
            with transaction.atomic(durable=durable):
                _append_once(actor, action, each_once, category, purpose)
        except IntegrityError:
            # Another event took the same place in the chain; the next try sees it.
            if attempt == TRIES - 1:
                raise
        else:
            return


def _append_once(actor: Actor, action: str, subjects: tuple[UUID, ...], category: str, purpose: str) -> None:
    _one_at_a_time(str(actor.organisation))
    chain = Event.objects.filter(organisation=actor.organisation).order_by("-sequence")
    sequence, previous = chain.values_list("sequence", "link").first() or (0, START)
    content = Content(
        uuid4(), actor.organisation, sequence + 1, timezone.now(), actor.user, actor.role, action, category, purpose,
        subjects,
    )  # fmt: skip
    event = event_after(bytes(previous), content)
    event.save(force_insert=True)
    EventSubject.objects.bulk_create(
        EventSubject(event=event, organisation=actor.organisation, subject=subject) for subject in subjects
    )


def _one_at_a_time(what: str) -> None:
    """One transaction at a time appends to a chain. SQLite has one writer anyway.

    Locking the last event would not do: who waited for it gets that event, although another has followed it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit|{what}"])


# --- forgetting ------------------------------------------------------------------------------------


@transaction.atomic
def forget_events(*, before: datetime, by: Actor) -> int:
    """Empty the oldest events of the organisation of `by`, up to the first that is not older than `before`.

    Only their places in the chain are left; the act says through which. Returns how many were emptied, never more
    than `FORGOTTEN_AT_ONCE`, so that nobody waits long for the chain: call it until there are none.
    """
    chain = Event.objects.filter(organisation=by.organisation)
    kept = chain.filter(salt__isnull=False).order_by("sequence")
    first = kept.first()
    if first is None:
        return 0
    young = kept.filter(at__gte=before).first()
    after = young.sequence if young else kept.reverse()[0].sequence + 1
    through = min(after, first.sequence + FORGOTTEN_AT_ONCE) - 1
    if through < first.sequence:
        return 0
    purpose = forgetting.purpose_of(by.organisation, through, signing_key())
    record_act(by, forgetting.ACTION, subjects=(), category="audit", purpose=purpose)
    gone = chain.filter(sequence__range=(first.sequence, through))
    number = gone.update(salt=None, at=None, actor=None, actor_role="", action="", category="", purpose="")
    EventSubject.objects.filter(event__in=gone).delete()
    return number


# --- witnessing ------------------------------------------------------------------------------------


@transaction.atomic
def witness_heads(*, now: datetime) -> int | None:
    """Write the heads of all chains into the file, signed. Returns the number of the entry.

    None when no chain has moved since the last one. The entry is on the disk before the database knows it; what a
    crash left between the two is mended here. Raises OSError when the file cannot be written.
    """
    _one_at_a_time("witness")
    path, key = heads_path(), signing_key()
    number, known = _newest_entry()
    line = last_line(path) or b""
    last = read_line(line)
    if last and (last.number, last.previous) == (number + 1, known) and is_signed(last, key.verify_key):
        number, known = _note_entry(last, line)
    is_as_left = digest(line) == known if number else not line
    heads = newest_heads()
    if heads == (last.heads if last and is_as_left else ()):
        return None
    entry = Entry(number + 1, now, known, heads)
    line = signed_line(entry, key)
    append_line(path, line, drop_half_line=is_as_left)
    _note_entry(entry, line)
    return entry.number


def _newest_entry() -> tuple[int, bytes]:
    row = WitnessedEntry.objects.order_by("-number").first()
    return (row.number, bytes(row.digest)) if row else (0, START)


def _note_entry(entry: Entry, line: bytes) -> tuple[int, bytes]:
    WitnessedEntry.objects.create(number=entry.number, digest=digest(line))
    return entry.number, digest(line)
