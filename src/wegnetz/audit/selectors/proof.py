"""Whether the audit is what was once written: all of it, event by event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Aggregate, OuterRef, Subquery, TextField
from nacl.signing import VerifyKey

from wegnetz.audit.chain.heads_file import last_line, whole_lines
from wegnetz.audit.chain.links import Content, Row
from wegnetz.audit.chain.proof import Fault, Finding, Heads, check_chains
from wegnetz.audit.chain.witness import Entry, Witness, read_line
from wegnetz.audit.models import Event, EventSubject, WitnessedEntry
from wegnetz.audit.selectors.heads import heads_path, signing_key

MOST_FINDINGS: Final = 1000
AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and the first `MOST_FINDINGS` that are wrong. `last` is the newest entry of the file."""

    findings: tuple[Finding, ...]
    chains: int
    events: int
    last: Entry | None


def verify_audit(copies: Iterable[tuple[str, Iterable[bytes]]] = ()) -> Verification:
    """Check every chain and every signed entry, also those of copies kept elsewhere, each a name and its lines.

    What the database knows of the file is read before the file, and the file before the chains. Each may have grown
    when its turn comes, which is no fault. Raises OSError when the file is there and cannot be read.
    """
    public, path = signing_key().verify_key, heads_path()
    recorded = {number: bytes(known) for number, known in WitnessedEntry.objects.values_list("number", "digest")}
    last = read_line(last_line(path) or b"")
    witness, events = Witness(public, recorded), _Events()
    findings = chain(
        witness.read(whole_lines(path), path.name, whole=True),
        *(witness.read(lines, name, whole=False) for name, lines in copies),
        events.check(witness.heads, public),
    )
    found = tuple(islice(findings, MOST_FINDINGS))
    return Verification(found, events.chains, events.number, last)


class _Joined(Aggregate):
    """The values of a group in one text."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **context)


class _Events:
    """All events, chain by chain. It remembers how far it came."""

    def __init__(self) -> None:
        self.chains = self.number = 0
        self.last: tuple[UUID | str, int] = ("", 0)

    def check(self, heads: Heads, public: VerifyKey) -> Iterator[Finding]:
        try:
            with _one_state():
                yield from check_chains(self, heads, public)
        except (AttributeError, OverflowError, TypeError, ValueError):
            # SQLite keeps whatever is written into a column, and reading it fails in as many ways.
            organisation, sequence = self.last
            yield Finding(organisation, sequence + 1, Fault.UNREADABLE)

    def __iter__(self) -> Iterator[Row]:
        """From a single statement, so that what is forgotten meanwhile is seen either whole or not at all."""
        of_the_event = EventSubject.objects.filter(event=OuterRef("pk"), organisation=OuterRef("organisation"))
        subjects = of_the_event.order_by().values("event").annotate(all=_Joined("subject")).values("all")
        rows = Event.objects.order_by("organisation", "sequence").values_list(
            "id", "organisation", "sequence", "at", "actor", "actor_role", "action", "category", "purpose",
            Subquery(subjects), "salt", "leaf", "link",
        )  # fmt: skip
        for *values, people, salt, leaf, link in rows.iterator(chunk_size=AT_ONCE):
            content = Content._make([*values, tuple(map(UUID, people.split(","))) if people else ()])
            self.chains += content.organisation != self.last[0]
            self.number += 1
            self.last = content.organisation, int(content.sequence)
            yield Row(content, None if salt is None else bytes(salt), bytes(leaf), bytes(link))


def _one_state() -> AbstractContextManager[Any]:
    """PostgreSQL sets the whole answer aside where there is no transaction; SQLite's would lock out who writes."""
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
