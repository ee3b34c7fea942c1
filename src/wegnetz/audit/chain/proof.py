"""Whether chains are what was once written: every row is checked, and every head that was witnessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from nacl.signing import VerifyKey

from wegnetz.audit.chain import forgetting
from wegnetz.audit.chain.links import START, Row, leaf, link, payload

# The links that were witnessed, by organisation and place in its chain.
Heads = Mapping[UUID, Mapping[int, bytes]]


class Fault(StrEnum):
    """What can be wrong, in the words of `wegnetz verify-audit`."""

    GAP = "an event is missing here, or stands here twice"
    LINK = "does not follow on the event before it"
    LEAF = "is not what it was when it was written"
    REMAINS = "was forgotten, but not whole"
    EMPTIED = "was emptied without a signed act of forgetting"
    NOT_EMPTIED = "an act says it was forgotten, but it is there"
    ACT = "is an act of forgetting that this installation did not sign"
    HEAD = "is not the event that was witnessed here"
    SHORT = "the chain ends before an event that was witnessed"
    UNREADABLE = "cannot be read"
    SIGNATURE = "was not signed by this installation"
    PREVIOUS = "does not carry the hash of the entry before it"
    ORDER = "an entry is missing before this one, or it stands in another's place"
    RECORD = "is not the entry that the database knows under this number"
    LOST = "is known to the database, but not in the file"
    BACK = "names an event before one that the entries before it name"
    OTHER = "names another event at a place than an entry before it"


class Finding(NamedTuple):
    """Something that is wrong: in the chain of an organisation, or in a file of heads, which is named.

    `place` is the sequence of the event, the number of the entry, or the line when it cannot be read.
    """

    where: UUID | str
    place: int
    fault: Fault


def check_chains(rows: Iterable[Row], heads: Heads, public: VerifyKey) -> Iterator[Finding]:
    """Check whole chains, their rows in order of organisation and sequence, against every witnessed head."""
    gone = set(heads)
    for organisation, chain in groupby(rows, key=lambda row: row.content.organisation):
        gone.discard(organisation)
        for place, fault in _check_chain(chain, heads.get(organisation, {}), public):
            yield Finding(organisation, place, fault)
    for organisation in sorted(gone):
        yield Finding(organisation, 1, Fault.SHORT)


def _check_chain(chain: Iterable[Row], heads: Mapping[int, bytes], public: VerifyKey) -> Iterator[tuple[int, Fault]]:
    """One chain. After a fault it goes on from what it found, so that one change does not hide another."""
    previous, place, forgotten = START, 0, _Forgotten(public)
    for row in chain:
        sequence = row.content.sequence
        for fault in (
            _fault_of_place(row, previous, place + 1),
            Fault.HEAD if heads.get(sequence, row.link) != row.link else None,
            _fault_of_content(row),
            forgotten.fault_of(row),
        ):
            if fault:
                yield sequence, fault
        previous, place = row.link, sequence
    yield from forgotten.at_the_end()
    if place < max(heads, default=0):
        yield place + 1, Fault.SHORT


def _fault_of_place(row: Row, previous: bytes, expected: int) -> Fault | None:
    if row.content.sequence != expected:
        return Fault.GAP
    return Fault.LINK if row.link != link(previous, row.leaf) else None


def _fault_of_content(row: Row) -> Fault | None:
    if row.salt is None:
        return None if row.content.is_blank else Fault.REMAINS
    return Fault.LEAF if row.leaf != leaf(row.salt, payload(row.content)) else None


@dataclass(slots=True)
class _Forgotten:
    """Through which place a chain is empty, and through which its signed acts say so: both must be the same."""

    public: VerifyKey
    empty: int = 0
    declared: int = 0

    def fault_of(self, row: Row) -> Fault | None:
        sequence = row.content.sequence
        if row.salt is None:
            if sequence != self.empty + 1:
                return Fault.EMPTIED
            self.empty = sequence
        elif row.content.action == forgetting.ACTION:
            through = forgetting.forgotten_through(row.content, self.public)
            if through is None:
                return Fault.ACT
            self.declared = max(self.declared, through)
        return None

    def at_the_end(self) -> Iterator[tuple[int, Fault]]:
        if self.empty > self.declared:
            yield self.declared + 1, Fault.EMPTIED
        elif self.empty < self.declared:
            yield self.empty + 1, Fault.NOT_EMPTIED
