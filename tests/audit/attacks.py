"""Ways to falsify an audit, by somebody whom neither triggers nor constraints stop. Each changes something for sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import connection
from django.db.models import F, Max
from nacl.signing import SigningKey

from tests.audit.chains import follow
from tests.audit.reading_back import rows_of
from wegnetz.audit.chain.links import START, Content, Row, link
from wegnetz.audit.chain.witness import Entry, digest, read_line, signed_line
from wegnetz.audit.models import Event, EventSubject, WitnessedEntry

ASIDE = 1_000_000  # a place in the chain that is free
EMPTY = {"salt": None, "at": None, "actor": None, "actor_role": "", "action": "", "category": "", "purpose": ""}


@dataclass(frozen=True, slots=True)
class Target:
    """The audit to falsify. In every chain, all events up to the newest were witnessed."""

    organisations: Sequence[UUID]
    heads_file: Path
    chance: Random

    def uuid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def event(self, **which: object) -> Event:
        found = Event.objects.filter(organisation__in=self.organisations, **which).order_by("organisation", "sequence")
        return self.chance.choice(list(found))

    def subject(self) -> EventSubject:
        return self.chance.choice(
            list(EventSubject.objects.filter(organisation__in=self.organisations).order_by("subject"))
        )

    def lines(self) -> list[bytes]:
        return self.heads_file.read_bytes().splitlines(keepends=True)

    def keep(self, lines: Sequence[bytes]) -> None:
        self.heads_file.write_bytes(b"".join(lines))


def stop_protection() -> None:
    """Switch triggers and constraints off, as the owner of the database can; `restore_protection` once rolled back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("ALTER TABLE audit_event DROP CONSTRAINT an_event_is_there_or_forgotten_whole")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA ignore_check_constraints = ON")


def restore_protection() -> None:
    """SQLite keeps what it was told about constraints beyond the transaction; the rest came back with it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def flipped(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def change(event: Event, **values: object) -> None:
    Event.objects.filter(pk=event.pk).update(**values)


def relink(organisation: UUID, since: int) -> None:
    """Compute leaves and links anew from a place on, as somebody does who knows how it works."""
    rows = rows_of(organisation)
    for place in range(since, len(rows) + 1):
        row = rows[place - 1]
        previous = rows[place - 2].link if place > 1 else START
        new = follow(previous, row.content) if row.salt else row._replace(link=link(previous, row.leaf))
        rows[place - 1] = new
        Event.objects.filter(pk=row.content.id).update(salt=new.salt, leaf=new.leaf, link=new.link)


def append(organisation: UUID, content: Content) -> None:
    """Add a row that follows on the last one, without any service."""
    last = rows_of(organisation)[-1]
    keep(follow(last.link, content._replace(organisation=organisation, sequence=last.content.sequence + 1)))


def keep(row: Row) -> None:
    content = row.content
    Event.objects.create(
        id=content.id, organisation=content.organisation, sequence=content.sequence, at=content.at,
        actor=content.actor, actor_role=content.role, action=content.action, category=content.category,
        purpose=content.purpose, salt=row.salt, leaf=row.leaf, link=row.link,
    )  # fmt: skip
    EventSubject.objects.bulk_create(
        EventSubject(event_id=content.id, organisation=content.organisation, subject=subject)
        for subject in content.subjects
    )


def remove(**which: object) -> None:
    EventSubject.objects.filter(**{f"event__{name}": value for name, value in which.items()}).delete()
    Event.objects.filter(**which).delete()


# --- single values ---------------------------------------------------------------------------------------


def edit_column(target: Target) -> None:
    event = target.event(salt__isnull=False)
    later = timedelta(microseconds=target.chance.randint(1, 10**12))
    values: dict[str, object] = {
        "organisation": target.uuid(), "sequence": ASIDE, "at": event.at and event.at + later, "actor": target.uuid(),
        "actor_role": f"{event.actor_role}x", "action": f"{event.action}x", "category": f"{event.category}x",
        "purpose": f"{event.purpose}x",
    }  # fmt: skip
    column = target.chance.choice(list(values))
    change(event, **{column: values[column]})


def edit_id(target: Target) -> None:
    """The subjects go along."""
    event, new = target.event(salt__isnull=False), target.uuid()
    EventSubject.objects.filter(event=event).update(event_id=new)
    change(event, id=new)


def edit_hash(target: Target) -> None:
    event = target.event(salt__isnull=False)
    column = target.chance.choice(["salt", "leaf", "link"])
    change(event, **{column: flipped(bytes(getattr(event, column)), target.chance)})


def edit_and_hide(target: Target) -> None:
    """The whole rest of the chain is computed anew."""
    event = target.event(salt__isnull=False)
    change(event, actor=target.uuid())
    relink(event.organisation, event.sequence)


def edit_subject(target: Target) -> None:
    entry = target.subject()
    column = target.chance.choice(["subject", "organisation"])
    EventSubject.objects.filter(pk=entry.pk).update(**{column: target.uuid()})


def move_subject(target: Target) -> None:
    entry = target.subject()
    other = target.event(salt__isnull=False)
    while other.subjects.filter(subject=entry.subject).exists():
        other = target.event(salt__isnull=False)
    EventSubject.objects.filter(pk=entry.pk).update(event=other, organisation=other.organisation)


def remove_subject(target: Target) -> None:
    EventSubject.objects.filter(pk=target.subject().pk).delete()


def add_subject(target: Target) -> None:
    event = target.event()
    EventSubject.objects.create(event=event, organisation=event.organisation, subject=target.uuid())


# --- rows ------------------------------------------------------------------------------------------------


def remove_event(target: Target) -> None:
    remove(id=target.event().pk)


def remove_and_close_up(target: Target) -> None:
    event = target.event()
    remove(id=event.pk)
    close_up(event.organisation, event.sequence)


def close_up(organisation: UUID, gap: int) -> None:
    for later in Event.objects.filter(organisation=organisation, sequence__gt=gap).order_by("sequence"):
        change(later, sequence=later.sequence - 1)
    relink(organisation, gap)


def cut_off_the_end(target: Target) -> None:
    event = target.event()
    remove(organisation=event.organisation, sequence__gte=event.sequence)


def cut_off_the_beginning(target: Target) -> None:
    event = target.event()
    remove(organisation=event.organisation, sequence__lte=event.sequence)


def remove_chain(target: Target) -> None:
    remove(organisation=target.chance.choice(target.organisations))


def insert_event(target: Target) -> None:
    """Between two others, everything after it computed anew."""
    event = target.event(salt__isnull=False)
    for later in Event.objects.filter(
        organisation=event.organisation, sequence__gte=event.sequence
    ).order_by("-sequence"):  # fmt: skip
        change(later, sequence=later.sequence + 1)
    content = rows_of(event.organisation)[event.sequence - 1].content._replace(id=target.uuid())
    keep(follow(START, content._replace(sequence=event.sequence)))
    relink(event.organisation, event.sequence)


def append_without_link(target: Target) -> None:
    row = rows_of(target.event(salt__isnull=False).organisation)[-1]
    content = row.content._replace(id=target.uuid(), sequence=row.content.sequence + 1)
    keep(row._replace(content=content))


def swap(target: Target) -> None:
    one = target.event()
    other = target.event(organisation=one.organisation)
    while other.pk == one.pk:
        other = target.event(organisation=one.organisation)
    change(one, sequence=ASIDE)
    change(other, sequence=one.sequence)
    change(one, sequence=other.sequence)
    if target.chance.random() < 0.5:
        relink(one.organisation, min(one.sequence, other.sequence))


def old_copy(target: Target) -> None:
    """The database of an earlier round, in which work may have gone on."""
    entry = read_line(target.chance.choice(target.lines()[2:-1]).rstrip())
    assert entry is not None
    for head in entry.heads:
        remove(organisation=head.organisation, sequence__gt=head.sequence)
    remove(organisation__in=set(target.organisations) - {head.organisation for head in entry.heads})
    WitnessedEntry.objects.filter(number__gt=entry.number).delete()
    for _ in range(target.chance.randrange(20)):
        head = target.chance.choice(entry.heads)
        last = rows_of(head.organisation)[-1].content
        append(head.organisation, last._replace(id=target.uuid(), action="view", purpose="later"))


# --- forgetting ------------------------------------------------------------------------------------------


def empty(event: Event) -> None:
    EventSubject.objects.filter(event=event).delete()
    change(event, **EMPTY)


def forget_without_act(target: Target) -> None:
    event = target.event(salt__isnull=False)
    for other in Event.objects.filter(organisation=event.organisation, sequence__lte=event.sequence):
        empty(other)


def empty_one(target: Target) -> None:
    empty(target.event(salt__isnull=False))


def empty_half(target: Target) -> None:
    event = target.event(salt__isnull=False)
    gone = target.chance.sample(sorted(EMPTY), target.chance.randint(1, len(EMPTY) - 1))
    before = Event.objects.get(pk=event.pk)
    change(event, **{name: EMPTY[name] for name in gone})
    if all(getattr(before, name) == EMPTY[name] for name in gone):
        change(event, salt=None)


def forget_with_an_act_of_ones_own(target: Target) -> None:
    """Signed with another key, taken from another chain, or not signed at all."""
    event = target.event(salt__isnull=False)
    signed = Event.objects.filter(action="forget").exclude(organisation=event.organisation).first()
    purposes = [f"{event.sequence} AAAA", str(event.sequence), signed.purpose if signed else ""]
    act = rows_of(event.organisation)[-1].content
    purpose = target.chance.choice(purposes)
    append(event.organisation, act._replace(id=target.uuid(), action="forget", purpose=purpose, subjects=()))
    for other in Event.objects.filter(organisation=event.organisation, sequence__lte=event.sequence):
        empty(other)


def fill_again(target: Target) -> None:
    """A forgotten event is given a content, under the leaf it had or under one of its own."""
    event = target.event(salt=None)
    told = target.event(salt__isnull=False)
    change(
        event, salt=told.salt, at=told.at, actor=told.actor, actor_role=told.actor_role, action=told.action,
        category=told.category, purpose=told.purpose,
    )  # fmt: skip
    if target.chance.random() < 0.5:
        relink(event.organisation, event.sequence)


def edit_forgotten(target: Target) -> None:
    event = target.event(salt=None)
    column = target.chance.choice(["leaf", "link", "sequence", "organisation", "purpose", "at"])
    values: dict[str, object] = {
        "leaf": flipped(bytes(event.leaf), target.chance), "link": flipped(bytes(event.link), target.chance),
        "sequence": ASIDE, "organisation": target.uuid(), "purpose": "x",
        "at": Event.objects.aggregate(newest=Max("at"))["newest"],
    }  # fmt: skip
    change(event, **{column: values[column]})


# --- the file of heads, and what the database knows of it ---------------------------------------------------


def edit_line(target: Target) -> None:
    lines = target.lines()
    at = target.chance.randrange(len(lines))
    lines[at] = flipped(lines[at], target.chance)
    target.keep(lines)


def remove_lines(target: Target) -> None:
    lines = target.lines()
    at = target.chance.randrange(len(lines))
    del lines[at : at + target.chance.randint(1, len(lines))]
    target.keep(lines)


def cut_line(target: Target) -> None:
    lines = target.lines()
    at = target.chance.randrange(len(lines))
    target.keep([*lines[:at], lines[at][: target.chance.randrange(len(lines[at]))]])


def swap_lines(target: Target) -> None:
    lines = target.lines()
    one, other = target.chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    target.keep(lines)


def double_line(target: Target) -> None:
    lines = target.lines()
    lines.insert(target.chance.randint(0, len(lines)), target.chance.choice(lines))
    target.keep(lines)


def remove_file(target: Target) -> None:
    target.heads_file.unlink()


def sign_anew(target: Target) -> None:
    """Another key signs the same entries, from one on to the last, and the database is told."""
    lines = [line.rstrip() for line in target.lines()]
    at = target.chance.randrange(len(lines))
    key = SigningKey.generate()
    for number in range(at, len(lines)):
        entry = read_line(lines[number])
        assert entry is not None
        previous = digest(lines[number - 1]) if number else START
        lines[number] = signed_line(Entry(entry.number, entry.at, previous, entry.heads), key)
        WitnessedEntry.objects.filter(number=number + 1).update(digest=digest(lines[number]))
    target.keep([line + b"\n" for line in lines])


def edit_known(target: Target) -> None:
    entry = target.chance.choice(list(WitnessedEntry.objects.order_by("number")))
    WitnessedEntry.objects.filter(pk=entry.pk).update(digest=flipped(bytes(entry.digest), target.chance))


def remove_known(target: Target) -> None:
    """All but the last: a crash can leave a database that does not know that one yet."""
    known = list(WitnessedEntry.objects.order_by("number"))[:-1]
    WitnessedEntry.objects.filter(pk=target.chance.choice(known).pk).delete()


def add_known(target: Target) -> None:
    number = WitnessedEntry.objects.aggregate(newest=Max("number"))["newest"]
    WitnessedEntry.objects.create(number=number + target.chance.randint(1, 5), digest=bytes(32))


def renumber_known(target: Target) -> None:
    WitnessedEntry.objects.update(number=F("number") + ASIDE)


ATTACKS: tuple[Callable[[Target], None], ...] = (
    edit_column, edit_id, edit_hash, edit_and_hide, edit_subject, move_subject, remove_subject, add_subject,
    remove_event, remove_and_close_up, cut_off_the_end, cut_off_the_beginning, remove_chain, insert_event,
    append_without_link, swap, old_copy, forget_without_act, empty_one, empty_half, forget_with_an_act_of_ones_own,
    fill_again, edit_forgotten, edit_line, remove_lines, cut_line, swap_lines, double_line, remove_file, sign_anew,
    edit_known, remove_known, add_known, renumber_known,
)  # fmt: skip
