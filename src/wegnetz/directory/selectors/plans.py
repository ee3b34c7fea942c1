"""What reading a source again would do, entry by entry, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

from wegnetz.core.errors import DomainError
from wegnetz.directory import entries
from wegnetz.directory.entries.changes import Change, Json, as_json, changes, merged
from wegnetz.directory.models import ContactPoint, Offer, Source


class What(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"  # its source no longer has it
    BACK = "back"  # was gone, and comes again
    REFUSED = "refused"  # was deleted here, and stays so


@dataclass(frozen=True, slots=True)
class Planned:
    """One entry: what it will be (`entry`), what changes by that, and what stays because it was changed here.

    `point` is the key of the contact point; `offer` that of the offer, empty for the contact point itself. `row` is
    the stored one, None for a new one; `incoming` the entry as the source has it, None when it has it no longer.
    """

    what: What
    point: str
    offer: str
    title: str
    entry: Json
    incoming: Json | None
    changes: tuple[Change, ...] = ()
    kept: tuple[Change, ...] = ()
    row: ContactPoint | Offer | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What reading a source will do, contact points before their offers."""

    planned: tuple[Planned, ...]

    def count(self, what: What) -> int:
        return sum(each.what is what for each in self.planned)

    @property
    def changing(self) -> int:
        """How many entries will not be what they are."""
        return sum(each.what not in {What.SAME, What.REFUSED} for each in self.planned)

    @property
    def kept(self) -> int:
        """How many entries keep something that was changed here."""
        return sum(bool(each.kept) for each in self.planned)

    @property
    def digest(self) -> str:
        """Changes with anything that would be done, or that is shown before: what somebody says yes to."""
        told = [(each.what, each.point, each.offer, each.title, each.entry, each.changes, each.kept)
                for each in self.planned]  # fmt: skip
        return sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()

    @property
    def touched(self) -> tuple[Planned, ...]:
        """Without the entries to which nothing at all is done; what is taken away comes first."""
        found = (each for each in self.planned if each.what is not What.SAME or each.kept)
        return tuple(sorted(found, key=lambda each: each.what is not What.GONE))


class TwiceError(DomainError):
    """A source has two entries of the same key. The argument is the key."""


def plan_import(source: Source | None, points: Iterable[entries.Point], *, complete: bool = True) -> Plan:
    """Compare what a source has now with what it had and what was changed here since. Raises TwiceError.

    What a file lacks that is not `complete` is not gone: it may be one of the entries that could not be read.
    """
    stored: dict[str, ContactPoint] = {}
    if source is not None:
        rows = ContactPoint.objects.filter(source=source).prefetch_related("offers").order_by("title", "id")
        stored = {row.key: row for row in rows}
    incoming = _by_key(points)
    planned = [each for key, point in incoming.items() for each in _of_point(point, stored.get(key))]
    for key, row in stored.items():
        # What a partner keeps, or somebody brought back, is theirs to take out of the directory.
        if key not in incoming and row.gone_on is None and row.owner_id is None and not row.kept_here:
            planned += [_gone(row, key, ""), *(_gone(offer, key, offer.key) for offer in _standing(row))]
    return Plan(tuple(each for each in planned if complete or each.what is not What.GONE))


def _by_key(found: Iterable[Any]) -> dict[str, Any]:
    by_key: dict[str, Any] = {}
    for each in found:
        if each.key in by_key:
            raise TwiceError(each.key)
        by_key[each.key] = each
    return by_key


def _of_point(point: entries.Point, row: ContactPoint | None) -> Iterator[Planned]:
    title = point.wording.source.texts.get(entries.NAME, point.key)
    yield _planned(entries.Point, (point.key, "", title), as_json(point), row)
    stored: Mapping[str, Offer] = {offer.key: offer for offer in row.offers.all()} if row else {}
    incoming = _by_key(point.offers)
    for key, offer in incoming.items():
        title = offer.wording.source.texts.get(entries.TITLE, key)
        yield _planned(entries.Offer, (point.key, key, title), as_json(offer), stored.get(key))
    for key, gone in stored.items():
        # Without `imported` somebody here added it, and the source never had it.
        if key not in incoming and gone.gone_on is None and gone.imported is not None and not gone.kept_here:
            yield _gone(gone, point.key, key)


def _planned(
    kind: type[entries.Entry],
    named: tuple[str, str, str],
    incoming: Json,
    row: ContactPoint | Offer | None,
) -> Planned:
    if row is None:
        return Planned(What.NEW, *named, entry=incoming, incoming=incoming)
    entry, kept = merged(kind, imported=row.imported or row.entry, here=row.entry, new=incoming)
    differs = changes(row.entry, entry)
    what = What.CHANGED if differs else What.SAME
    if row.gone_on is not None:
        what = What.REFUSED if row.deleted_here else What.BACK
    return Planned(what, *named, entry=entry, incoming=incoming, changes=differs, kept=kept, row=row)


def _gone(row: ContactPoint | Offer, point: str, offer: str) -> Planned:
    return Planned(What.GONE, point, offer, row.title, entry=row.entry, incoming=None, row=row)


def _standing(row: ContactPoint) -> list[Offer]:
    """What its source said it offers. What was added here goes and comes back with the contact point itself."""
    return [
        offer
        for offer in row.offers.all()
        if offer.gone_on is None and offer.imported is not None and not offer.kept_here
    ]
