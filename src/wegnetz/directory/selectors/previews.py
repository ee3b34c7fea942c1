"""What somebody sees of an import before they say yes, small enough to be kept beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from wegnetz.directory.entries.changes import Change, changes
from wegnetz.directory.importing.outcome import Effect, Fault, Kind, Reading
from wegnetz.directory.selectors.plans import Plan, Planned, What

MOST_SHOWN = 200
MOST_CHANGES = 12
OF_NO_INTEREST = frozenset({"key", "language", "machine", "made_from", "country"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry: what becomes of it, and what stays as it was changed here, with what the file says instead."""

    what: What
    title: str
    is_offer: bool
    changes: tuple[Change, ...]
    kept: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file says and what taking it over would do.

    `digest` stands for all of it. Of `total` entries that are touched and of `number` faults, the first are there.
    `changing` of the entries will not be what they are; in `kept` of them something stays as it was changed here.
    `points` counts what the file has. `columns` and `mapping` are those of tables.
    """

    digest: str
    kind: Kind
    points: int
    complete: bool
    counts: Mapping[What, int]
    changing: int
    kept: int
    total: int
    shown: tuple[Shown, ...]
    number: int
    faults: tuple[Fault, ...]
    columns: tuple[str, ...]
    mapping: Mapping[str, str]


def preview_of(reading: Reading, plan: Plan) -> Preview:
    touched = plan.touched
    return Preview(
        digest=plan.digest, kind=reading.kind, points=len(reading.points), complete=is_complete(reading),
        counts={what: plan.count(what) for what in What}, changing=plan.changing, kept=plan.kept,
        total=len(touched), shown=tuple(map(_shown, touched[:MOST_SHOWN])), number=len(reading.faults),
        faults=reading.faults[:MOST_SHOWN], columns=reading.columns, mapping=dict(reading.mapping),
    )  # fmt: skip


def _shown(each: Planned) -> Shown:
    told = _all_of(each) if each.what is What.NEW else each.changes
    return Shown(each.what, each.title, bool(each.offer), told[:MOST_CHANGES], each.kept[:MOST_CHANGES])


def _all_of(each: Planned) -> tuple[Change, ...]:
    """What a new entry says, besides its title and what is the same of nearly all."""
    said = changes({}, each.entry)
    return tuple(
        change
        for change in said
        if change.after not in (None, "", [], each.title)
        and change.after is not False
        and change.path[-1] not in OF_NO_INTEREST
    )


def is_complete(reading: Reading) -> bool:
    """Whether every entry of the file could be read."""
    return bool(reading.points) and not any(fault.effect is Effect.REFUSED for fault in reading.faults)


def to_keep(preview: Preview) -> dict[str, Any]:
    """As JSON."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(preview))
    return found


def kept(stored: Mapping[str, Any]) -> Preview:
    return msgspec.convert(stored, Preview)
