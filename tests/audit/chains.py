"""Chains and files of heads made in memory, as the services make them in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from nacl.signing import SigningKey

from wegnetz.audit.chain import forgetting
from wegnetz.audit.chain.links import START, Content, Row, leaf, link, payload
from wegnetz.audit.chain.witness import Entry, Head, digest, signed_line

KEY = SigningKey(b"signs only in these tests, truly")
BEGIN = datetime(2021, 10, 7, tzinfo=UTC)
A, B, C = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)


def content_at(organisation: UUID, place: int) -> Content:
    """The event that `chain` has at this place, unless it is an act of forgetting."""
    return Content(
        uuid5(organisation, str(place)), organisation, place, BEGIN + timedelta(minutes=place),
        UUID(int=place % 3) if place % 4 else None, "case-manager", "view", "name", "person page",
        tuple(UUID(int=1000 + number) for number in range(place % 3)),
    )  # fmt: skip


def follow(previous: bytes, content: Content) -> Row:
    salt = content.id.bytes
    own = leaf(salt, payload(content))
    return Row(content, salt, own, link(previous, own))


def emptied(row: Row) -> Row:
    content = row.content
    return row._replace(salt=None, content=Content(*content[:3], None, None, "", "", "", "", ()))


def chain(organisation: UUID, length: int, acts: Mapping[int, int] | None = None) -> list[Row]:
    """`acts`: at which places events were forgotten, and through which place each time."""
    rows: list[Row] = []
    for place in range(1, length + 1):
        content = content_at(organisation, place)
        through = (acts or {}).get(place)
        if through is not None:
            purpose = forgetting.purpose_of(organisation, through, KEY)
            content = content._replace(action=forgetting.ACTION, purpose=purpose, subjects=())
            rows[:through] = map(emptied, rows[:through])
        rows.append(follow(rows[-1].link if rows else START, content))
    return rows


def head(row: Row) -> Head:
    return Head(row.content.organisation, row.content.sequence, row.link, BEGIN)


def lines_of(rounds: Iterable[Sequence[Row]], key: SigningKey = KEY) -> list[bytes]:
    """A file of heads: each round gives the row at which every chain stands."""
    lines: list[bytes] = []
    previous = START
    for number, rows in enumerate(rounds, 1):
        entry = Entry(number, BEGIN + timedelta(hours=number), previous, tuple(map(head, rows)))
        lines.append(signed_line(entry, key))
        previous = digest(lines[-1])
    return lines


def recorded(lines: Iterable[bytes]) -> dict[int, bytes]:
    """What the database knows of a file of heads."""
    return {number: digest(line) for number, line in enumerate(lines, 1)}
