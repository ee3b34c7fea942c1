"""Put an entry into its row, with the columns that repeat what lists look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from wegnetz.directory import entries
from wegnetz.directory.entries.changes import Json, from_json
from wegnetz.directory.models import ContactPoint, Offer, OfferTag

Row = TypeVar("Row")
LONGEST_TITLE = 300
ROWS_AT_ONCE = 500


def fill_point(row: ContactPoint, entry: Json) -> None:
    point = from_json(entry, entries.Point)
    row.entry, row.title = entry, _title(point.wording, entries.NAME)
    row.district, row.closed, row.confirmed_on = point.address.district[:100], point.closed, point.confirmed_on


def fill_offer(row: Offer, entry: Json) -> None:
    offer = from_json(entry, entries.Offer)
    row.entry, row.title = entry, _title(offer.wording, entries.TITLE)
    row.age_from, row.age_to, row.cost_cents = offer.age_from, offer.age_to, offer.cost_cents
    row.women_only, row.closed, row.confirmed_on = offer.women_only, offer.closed, offer.confirmed_on


def tags_of(row: Offer) -> list[OfferTag]:
    """The tags a row should have, from its entry."""
    offer = from_json(row.entry, entries.Offer)
    kinds = ((OfferTag.CONCEPT, offer.concepts), (OfferTag.LANGUAGE, offer.languages))
    return [OfferTag(offer=row, kind=kind, value=value) for kind, values in kinds for value in dict.fromkeys(values)]


def tag(row: Offer) -> None:
    """Bring the stored tags of an offer to what its entry says."""
    tag_all([row])


def tag_all(rows: Sequence[Offer]) -> None:
    """The same for many, a few hundred at a time."""
    for some in batched(rows, ROWS_AT_ONCE):
        OfferTag.objects.filter(offer__in=[row.id for row in some]).delete()
        OfferTag.objects.bulk_create([found for row in some for found in tags_of(row)])


def batched(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    return (rows[begin : begin + size] for begin in range(0, len(rows), size))


def _title(wording: entries.Wording, field: str) -> str:
    return wording.source.texts.get(field, "")[:LONGEST_TITLE]
