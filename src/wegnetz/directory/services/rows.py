"""Put an entry into its row, with the columns that repeat what lists look for."""

from __future__ import annotations

from wegnetz.directory import entries
from wegnetz.directory.entries.changes import Json, from_json
from wegnetz.directory.models import ContactPoint, Offer, OfferTag

LONGEST_TITLE = 300


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
    OfferTag.objects.filter(offer=row).delete()
    OfferTag.objects.bulk_create(tags_of(row))


def _title(wording: entries.Wording, field: str) -> str:
    return wording.source.texts.get(field, "")[:LONGEST_TITLE]
