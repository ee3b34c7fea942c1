"""Find offers by words in any language, misspelt or not, and say why each was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import overload
from uuid import UUID

from django.db.models import QuerySet

from wegnetz.directory import entries
from wegnetz.directory.access import ContactPoint, Offer
from wegnetz.directory.entries.changes import from_json
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.points import (
    Search,
    StoredOffer,
    StoredPoint,
    find_offers,
    points_without_offers,
    stored_offer,
    stored_point,
    whole_directory,
)
from wegnetz.directory.selectors.texts import stored_texts
from wegnetz.directory.selectors.texts.stored import tagged_offers
from wegnetz.engines.search.finding import find_texts
from wegnetz.engines.search.letters import fold_for_search
from wegnetz.engines.search.offers import Hit, Reason, combine
from wegnetz.engines.search.texts import asked_words


@dataclass(frozen=True, slots=True)
class Found:
    """An offer with its contact point, as a row and in words, and why it was found: no reasons without a question."""

    offer: StoredOffer
    point: ContactPoint
    place: entries.Point
    reasons: tuple[Reason, ...] = ()


class Matches(Sequence[Found]):
    """The offers that were found, in order. They are read and opened where they are shown: a page at a time."""

    def __init__(self, rows: QuerySet[Offer], reasons: Mapping[UUID, tuple[Reason, ...]] | None = None) -> None:
        """`rows` in their order; or, with `reasons`, those of `rows` that have some, in the order of these."""
        self._rows, self._reasons = rows, reasons

    def __len__(self) -> int:
        return self._rows.count() if self._reasons is None else len(self._reasons)

    @overload
    def __getitem__(self, part: int) -> Found: ...

    @overload
    def __getitem__(self, part: slice) -> list[Found]: ...

    def __getitem__(self, part: int | slice) -> Found | list[Found]:
        if isinstance(part, int):
            return self[part : part + 1 or None][0]
        if self._reasons is None:
            return [_found(row) for row in self._rows[part]]
        reasons = dict(islice(self._reasons.items(), *part.indices(len(self._reasons))))
        rows = {row.id: row for row in self._rows.filter(id__in=reasons)}
        return [_found(rows[offer], those) for offer, those in reasons.items() if offer in rows]

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(self._rows.values_list("id", flat=True) if self._reasons is None else self._reasons)


def search_offers(search: Search, *, query: str = "", language: str) -> Matches:
    """What fits `search`: by title, or by how well it answers `query`."""
    rows = find_offers(search)
    if not query.strip():
        return Matches(rows)
    reasons = {UUID(hit.offer): hit.reasons for hit in _hits(query, language)}
    fitting = set(rows.filter(id__in=reasons).values_list("id", flat=True))
    return Matches(rows, {offer: those for offer, those in reasons.items() if offer in fitting})


class Listed(Sequence[Found | StoredPoint]):
    """What fits, in order: first the offers, then the contact points of which nobody knows yet what they offer."""

    def __init__(self, offers: Matches, points: QuerySet[ContactPoint], named: Sequence[UUID] | None) -> None:
        """`named`: those of `points` that fit by their name, in order; None where all of them do."""
        self.offers, self._points, self._named = offers, points, named

    def __len__(self) -> int:
        return self.of_offers + self._of_points

    @cached_property
    def of_offers(self) -> int:
        """How many of them are offers."""
        return len(self.offers)

    @cached_property
    def _of_points(self) -> int:
        return self._points.count() if self._named is None else len(self._named)

    @overload
    def __getitem__(self, part: int) -> Found | StoredPoint: ...

    @overload
    def __getitem__(self, part: slice) -> list[Found | StoredPoint]: ...

    def __getitem__(self, part: int | slice) -> Found | StoredPoint | list[Found | StoredPoint]:
        if isinstance(part, int):
            return self[part : part + 1 or None][0]
        start, stop, _step = part.indices(len(self))
        bare = self._bare(max(start - self.of_offers, 0), max(stop - self.of_offers, 0))
        return [*self.offers[start:stop], *map(stored_point, bare)]

    def _bare(self, start: int, stop: int) -> list[ContactPoint]:
        if self._named is None:
            return list(self._points[start:stop])
        return list(self._points.filter(id__in=self._named[start:stop]))

    @property
    def bare(self) -> frozenset[UUID]:
        """The contact points without offers."""
        return frozenset(self._points.values_list("id", flat=True) if self._named is None else self._named)


def search_directory(search: Search, *, query: str = "", language: str) -> Listed:
    """What anybody finds: offers, and open contact points without any whose name has all the words of `query`."""
    points = points_without_offers(search)
    named = _named(query, points) if query.strip() else None
    return Listed(search_offers(search, query=query, language=language), points, named)


def found_points(
    search: Search, *, query: str = "", language: str
) -> Iterator[tuple[StoredPoint, tuple[StoredOffer, ...]]]:
    """The contact points of what `search_directory` finds, by name, each with those of its offers that fit."""
    found = search_directory(search, query=query, language=language)
    wanted, bare = found.offers.ids, found.bare
    for point in whole_directory():
        offers = tuple(offer for offer in point.offers if offer.id in wanted)
        if offers or point.id in bare:
            yield point, offers


def _named(query: str, points: QuerySet[ContactPoint]) -> list[UUID]:
    if not (asked := [word.key for word in asked_words(query)]):
        return []
    names = ((point, _folded(title)) for point, title in points.values_list("id", "title"))
    return [point for point, name in names if all(key in name for key in asked)]


# Folding is what takes long, and each search asks for the same names.
_folded = lru_cache(maxsize=20_000)(fold_for_search)


def _found(row: Offer, reasons: tuple[Reason, ...] = ()) -> Found:
    return Found(stored_offer(row), row.point, from_json(row.point.entry, entries.Point), reasons)


def _hits(query: str, language: str) -> list[Hit]:
    lexicon = interests().lexicon
    meant = lexicon.find(query, language=language)
    tagged = tagged_offers({narrower for hit in meant for narrower in lexicon.and_narrower(hit.concept)})
    return combine(find_texts(query, stored_texts()), meant, lexicon, tagged)
