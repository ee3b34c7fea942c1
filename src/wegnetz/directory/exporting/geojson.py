"""Contact points on a map, as GeoJSON (RFC 7946).

Only what has degrees is a feature; how many contact points have none stands beside them in "without_place". The
properties "name" and "description" are in the language of the edition where a text has it ("text_language" says which
one it is); everything else that the directory knows of a contact point is there by its own names, with every
translation, so that `importing.geojson_own` reads all of it again. Lost: degrees beyond the seventh place (one
centimetre), and all of a contact point that has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wegnetz.directory.entries import DESCRIPTION, NAME, Contact, Hours, Offer, Point, Wording
from wegnetz.directory.exporting.edition import Edition, Said, given, text_of
from wegnetz.directory.exporting.identifiers import point_id
from wegnetz.directory.exporting.times import clock_of

Json = dict[str, Any]
PLACES = 7


def feature_collection(points: Sequence[Point], edition: Edition) -> Json:
    """A FeatureCollection with the foreign members "without_place", "language", "license" and "attribution"."""
    features = [_feature(point, edition) for point in points if point.address.lat is not None]
    return {
        "type": "FeatureCollection", "language": edition.language, "license": edition.licence,
        "attribution": edition.attribution, "without_place": len(points) - len(features), "features": features,
    }  # fmt: skip


def _feature(point: Point, edition: Edition) -> Json:
    address = point.address
    lat, lon = round(address.lat or 0.0, PLACES), round(address.lon or 0.0, PLACES)
    return {
        "type": "Feature", "id": point_id(point), "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": _properties(point, edition),
    }  # fmt: skip


def _properties(point: Point, edition: Edition) -> Json:
    name, description = edition.said(point.wording, NAME), edition.said(point.wording, DESCRIPTION)
    address, credit = point.address, edition.credit(point)
    return given({
        "key": point.key, "name": text_of(name) or point.key, "description": text_of(description),
        "text_language": _language(name), "page": edition.page(point), "operator": point.operator,
        "street": address.street, "postcode": address.postcode, "town": address.town, "district": address.district,
        "country": address.country, "accessible": point.accessible, "closed": point.closed,
        "confirmed_on": point.confirmed_on.isoformat() if point.confirmed_on else None,
        "modified_at": point.modified_at.isoformat() if point.modified_at else None,
        "attribution": credit.attribution, "license": credit.licence,
        **_contact(point.contact), "hours": _hours(point.hours),
        "interests": list(dict.fromkeys(concept for offer in point.offers for concept in offer.concepts)),
        "wording": _wording(point.wording), "offers": [_offer(point, offer, edition) for offer in point.offers],
    })  # fmt: skip


def _offer(point: Point, offer: Offer, edition: Edition) -> Json:
    return given({
        "key": offer.key, "page": edition.page(point, offer), "interests": list(offer.concepts),
        "interest_labels": [edition.label(concept).text for concept in offer.concepts],
        "hours": _hours(offer.hours), "languages": list(offer.languages), "interpreter": offer.interpreter,
        "age_from": offer.age_from, "age_to": offer.age_to, "cost_cents": offer.cost_cents,
        "women_only": offer.women_only, "capacity": offer.capacity, **_contact(offer.contact),
        "confirmed_on": offer.confirmed_on.isoformat() if offer.confirmed_on else None, "closed": offer.closed,
        "wording": _wording(offer.wording),
    })  # fmt: skip


def _language(said: Said | None) -> str:
    return said.language if said else ""


def _contact(contact: Contact) -> Json:
    return {
        "contact": contact.name, "email": contact.email, "phone": contact.phone, "website": contact.website,
    }  # fmt: skip


def _hours(entries: Iterable[Hours]) -> list[Json]:
    return [
        given({
            "first_day": hours.first_day.isoformat(), "opens": clock_of(hours.opens),
            "closes": clock_of(hours.closes), "rule": hours.rule, "zone": hours.zone,
            "but_not_on": [day.isoformat() for day in hours.but_not_on],
        })
        for hours in entries
    ]  # fmt: skip


def _wording(wording: Wording) -> Json:
    """`{"source": "de", "texts": {"de": {"name": …}}, "made_by_machine": ["ar"], "made_from": {"ar": fingerprint}}`."""
    translations = wording.translations
    return given({
        "source": wording.language,
        "texts": {language: dict(translation.texts) for language, translation in translations.items()},
        "made_by_machine": [language for language, translation in translations.items() if translation.machine],
        "made_from": {
            language: translation.made_from for language, translation in translations.items() if translation.made_from
        },
    })  # fmt: skip
