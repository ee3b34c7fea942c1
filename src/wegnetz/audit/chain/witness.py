"""Signed entries that say how far each chain had come, kept outside the database.

An entry is one line of JSON with its keys in the order below and no spaces; bytes are base64. It is signed without
its last key, and carries the SHA-256 of the line before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from wegnetz.audit.chain.links import START
from wegnetz.audit.chain.proof import Fault, Finding

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
COMMENT: Final = b"#"


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest event of an organisation's chain."""

    organisation: UUID
    sequence: int
    link: bytes
    at: Moment


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The heads of all chains at one time. `previous` is the digest of the entry before; the first has `START`."""

    number: int
    at: Moment
    previous: bytes
    heads: tuple[Head, ...]
    signature: bytes = b""


def signed_line(entry: Entry, key: SigningKey) -> bytes:
    signature = key.sign(msgspec.json.encode(entry)).signature
    return msgspec.json.encode(msgspec.structs.replace(entry, signature=signature))


def read_line(line: bytes) -> Entry | None:
    """The entry of a line. None when it is none, or not written exactly as entries are."""
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return entry if msgspec.json.encode(entry) == line else None


def is_signed(entry: Entry, public: VerifyKey) -> bool:
    try:
        public.verify(msgspec.json.encode(msgspec.structs.replace(entry, signature=b"")), entry.signature)
    except (CryptoError, ValueError):
        return False
    return True


def digest(line: bytes) -> bytes:
    return hashlib.sha256(line).digest()


@dataclass(slots=True)
class Witness:
    """What files of entries vouch for (`heads`), gathered while they are read and checked.

    `recorded` holds the digests of the entries that the database knows, by number. It may lag behind by one, because
    an entry is written to the file first.
    """

    public: VerifyKey
    recorded: Mapping[int, bytes]
    heads: dict[UUID, dict[int, bytes]] = field(default_factory=dict)

    def read(self, lines: Iterable[bytes], where: str, *, whole: bool) -> Iterator[Finding]:
        """Check entries one by one. `whole`: every one from the first; otherwise some of them, in their order."""
        newest = max(self.recorded, default=0)
        before, latest = (0, START), dict[UUID, int]()
        for at, line in enumerate(lines, 1):
            if not whole and line.startswith(COMMENT):
                continue
            entry = read_line(line)
            if entry is None:
                yield Finding(where, at, Fault.UNREADABLE)
                continue
            own = digest(line)
            if fault := _fault_of_place(entry, before, whole=whole):
                yield Finding(where, entry.number, fault)
            if entry.number != newest + 1 and self.recorded.get(entry.number) != own:
                yield Finding(where, entry.number, Fault.RECORD)
            if fault := self._fault_of_content(entry, latest):
                yield Finding(where, entry.number, fault)
            before = entry.number, own
        if whole and before[0] < newest:
            yield Finding(where, before[0] + 1, Fault.LOST)

    def _fault_of_content(self, entry: Entry, latest: dict[UUID, int]) -> Fault | None:
        """Keep the heads of a signed entry; `latest` is how far the chains had come in the entries before it."""
        if not is_signed(entry, self.public):
            return Fault.SIGNATURE
        fault = None
        for head in entry.heads:
            if self.heads.setdefault(head.organisation, {}).setdefault(head.sequence, head.link) != head.link:
                fault = Fault.OTHER
            elif head.sequence < latest.get(head.organisation, 0):
                fault = Fault.BACK
            latest[head.organisation] = head.sequence
        return fault


def _fault_of_place(entry: Entry, before: tuple[int, bytes], *, whole: bool) -> Fault | None:
    number, previous = before
    if entry.number <= number or (whole and entry.number != number + 1):
        return Fault.ORDER
    return Fault.PREVIOUS if entry.number == number + 1 and entry.previous != previous else None
