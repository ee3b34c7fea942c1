"""Find offers by words in any language, misspelt or not, and say why each was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload
from uuid import UUID

from django.db.models import QuerySet

from wegnetz.directory import entries
from wegnetz.directory.access import ContactPoint, Offer, offers_in_scope
from wegnetz.directory.entries.changes import from_json
from wegnetz.directory.models import OfferTag
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.points import (
    Search,
    StoredOffer,
    StoredPoint,
    find_offers,
    stored_offer,
    whole_directory,
)
from wegnetz.directory.selectors.texts import stored_texts
from wegnetz.engines.search.finding import find_texts
from wegnetz.engines.search.offers import Hit, Reason, combine


@dataclass(frozen=True, slots=True)
class Found:
    """An offer with its contact point, what is said of that, and why it was found: no reasons without a question."""

    offer: StoredOffer
    point: ContactPoint
    wording: entries.Wording
    reasons: tuple[Reason, ...] = ()


class Matches(Sequence[Found]):
    """The offers that were found, in order. They are opened where they are shown: a page at a time."""

    def __init__(self, rows: Sequence[Offer] | QuerySet[Offer], reasons: Mapping[UUID, tuple[Reason, ...]]) -> None:
        self._rows, self._reasons = rows, reasons

    def __len__(self) -> int:
        return self._rows.count() if isinstance(self._rows, QuerySet) else len(self._rows)

    @overload
    def __getitem__(self, part: int) -> Found: ...

    @overload
    def __getitem__(self, part: slice) -> list[Found]: ...

    def __getitem__(self, part: int | slice) -> Found | list[Found]:
        if isinstance(part, int):
            return self._open(self._rows[part])
        return [self._open(row) for row in self._rows[part]]

    def _open(self, row: Offer) -> Found:
        return _found(row, self._reasons.get(row.id, ()))

    @property
    def ids(self) -> frozenset[UUID]:
        if isinstance(self._rows, QuerySet):
            return frozenset(self._rows.values_list("id", flat=True))
        return frozenset(row.id for row in self._rows)


def search_offers(search: Search, *, query: str = "", language: str) -> Matches:
    """What fits `search`: by title, or by how well it answers `query`."""
    rows = find_offers(search)
    if not query.strip():
        return Matches(rows, {})
    hits = _hits(query, language)
    by_id = {str(row.id): row for row in rows.filter(id__in=[hit.offer for hit in hits])}
    found = [hit for hit in hits if hit.offer in by_id]
    return Matches([by_id[hit.offer] for hit in found], {by_id[hit.offer].id: hit.reasons for hit in found})


def found_points(
    search: Search, *, query: str = "", language: str
) -> Iterator[tuple[StoredPoint, tuple[StoredOffer, ...]]]:
    """The contact points of what `search_offers` finds, by name, each with those of its offers that fit."""
    wanted = search_offers(search, query=query, language=language).ids
    for point in whole_directory():
        if offers := tuple(offer for offer in point.offers if offer.id in wanted):
            yield point, offers


def _found(row: Offer, reasons: tuple[Reason, ...] = ()) -> Found:
    return Found(stored_offer(row), row.point, from_json(row.point.entry, entries.Point).wording, reasons)


def _hits(query: str, language: str) -> list[Hit]:
    lexicon = interests().lexicon
    meant = lexicon.find(query, language=language)
    wanted = {narrower for hit in meant for narrower in lexicon.and_narrower(hit.concept)}
    tagged: dict[str, list[str]] = {}
    for concept, offer in OfferTag.objects.filter(
        kind=OfferTag.CONCEPT, value__in=wanted, offer__in=offers_in_scope()
    ).values_list("value", "offer"):
        tagged.setdefault(concept, []).append(str(offer))
    return combine(find_texts(query, stored_texts()), meant, lexicon, tagged)
