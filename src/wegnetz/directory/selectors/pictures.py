"""Interests to pick from: each as a picture with its word, in the one group where people look for it first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wegnetz.directory.interests.taxonomy import Label
from wegnetz.directory.selectors.interests import Interests
from wegnetz.engines.folding import fold

MOST_NEAR = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """An interest or a group: its picture and its word. `also` is the word in a second language, if that differs."""

    id: str
    picture: str
    label: Label
    also: Label | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A group, what stands in it, and the groups below it."""

    group: Tile
    tiles: tuple[Tile, ...]
    below: tuple[Shelf, ...] = ()


def tile(known: Interests, concept: str, language: str, *, speaks: str = "") -> Tile:
    """`speaks` is a second language; only a word that is really in it stands beside the first."""
    own, theirs = known.label(concept, language), known.label(concept, speaks or language)
    also = theirs if theirs.language == speaks and theirs.text != own.text else None
    return Tile(concept, known.taxonomy.picture(concept), own, also)


def shelves(known: Interests, language: str, *, speaks: str = "", first: frozenset[str] = frozenset()) -> list[Shelf]:
    """The groups at the top with all below them, each interest once: those of `first` before the others, by name."""
    stands: dict[str, list[Tile]] = {}
    for each in known.taxonomy.interests:
        stands.setdefault(known.taxonomy.shelf(each.id), []).append(tile(known, each.id, language, speaks=speaks))

    def shelf(group: str) -> Shelf:
        tiles = sorted(stands.get(group, ()), key=lambda one: (one.id not in first, fold(one.label.text)))
        below = [each.id for each in known.taxonomy.children(group) if each.group]
        return Shelf(tile(known, group, language, speaks=speaks), tuple(tiles), tuple(map(shelf, below)))

    return [shelf(group.id) for group in known.taxonomy.groups if not group.parents]


def near(known: Interests, words: str, language: str) -> list[str]:
    """The interests that somebody may mean, however it is spelt: the surest first, and what is narrower behind them."""
    meant = [hit.concept for hit in known.meant(words, language)] if words else []
    narrower = (each.id for concept in meant for each in known.taxonomy.children(concept))
    return list(dict.fromkeys([*meant, *narrower]))[:MOST_NEAR]


def without(found: list[Shelf], taken: frozenset[str]) -> Iterator[Shelf]:
    """The shelves without what already stands elsewhere on the page, and without those that are empty then."""
    for each in found:
        tiles = tuple(one for one in each.tiles if one.id not in taken)
        below = tuple(without(list(each.below), taken))
        if tiles or below:
            yield Shelf(each.group, tiles, below)
