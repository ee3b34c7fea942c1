"""Entries as JSON, what differs between two of them, and what becomes of one that was changed on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from wegnetz.directory.entries import Entry, Hours, Offer, Point

Json = dict[str, Any]
# Where something stands in an entry: ("wording", "translations", "de", "texts", "name").
Path = tuple[str, ...]

# What tells of the source itself, not of the contact point: new there in every file, and no change by itself.
_OF_THE_SOURCE = frozenset({"modified_at"})


def as_json(entry: Point | Offer) -> Json:
    """All that is said of an entry, by field. The offers of a contact point stand for themselves and are left out."""
    plain = replace(entry, offers=()) if isinstance(entry, Point) else entry
    found: Json = msgspec.json.decode(msgspec.json.encode(plain))
    return {name: value for name, value in found.items() if name != "offers"}


def from_json(stored: Json, kind: type[Entry]) -> Entry:
    """The entry of which `stored` is the JSON. Raises ValueError where it is none."""
    return msgspec.convert(stored, kind)


def hours_in(value: Any) -> tuple[Hours, ...]:
    """Of the "hours" in such JSON."""
    return msgspec.convert(value, tuple[Hours, ...])


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is said otherwise; None where it is not said at all."""

    path: Path
    before: Any
    after: Any


def changes(before: Json, after: Json) -> tuple[Change, ...]:
    """What differs, in the order of the fields. A list is one thing."""
    if before == after:
        return ()
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return tuple(
        Change(path, old.get(path), new.get(path))
        for path in dict.fromkeys((*old, *new))
        if path[0] not in _OF_THE_SOURCE and old.get(path) != new.get(path)
    )


def merged(kind: type[Entry], *, imported: Json, here: Json, new: Json) -> tuple[Json, tuple[Change, ...]]:
    """What becomes of an entry that was imported, perhaps changed here, and comes again.

    Whatever was changed here since stays; all else is as it comes now. Also returned is what would have changed and
    was kept instead. Where the two do not fit together, such as an age from here to one from there, all stays.
    """
    if imported == new:  # the source says what it said before
        return here, changes(here, new)
    if imported == here:
        return new, ()
    written_in = here["wording"]["language"]
    edited = {_whole(change.path, written_in) for change in changes(imported, here)}
    mine, theirs = dict(_leaves(here)), dict(_leaves(new))
    chosen = {path: value for path, value in theirs.items() if _whole(path, written_in) not in edited}
    result = _tree(chosen | {path: value for path, value in mine.items() if _whole(path, written_in) in edited})
    try:
        from_json(result, kind)
    except ValueError:
        return here, changes(here, new)
    return result, tuple(change for change in changes(here, new) if _whole(change.path, written_in) in edited)


def _whole(path: Path, written_in: str) -> Path:
    """What stays or follows as one: a translation, of which one cannot say otherwise who made it."""
    translated = path[:2] == ("wording", "translations") and path[2] != written_in
    return path[:3] if translated else path


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each thing that is said, with the way to it. An empty mapping says nothing."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    else:
        yield path, value


def _tree(leaves: Mapping[Path, Any]) -> Json:
    found: Json = {}
    for path, value in leaves.items():
        place = found
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = value
    return found
