"""Services, locations, organisations and their meeting, as HSDS 3.1 has them.

A contact point is a location, an offer a service, who runs it an organisation. In lists they are short ("summary"), by
themselves whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wegnetz.directory.entries import COST, DESCRIPTION, DIRECTIONS, JOINING, NAME, TITLE, Address, Offer, Point
from wegnetz.directory.exporting.edition import Edition, given, mail_address, text_of, web_address
from wegnetz.directory.exporting.hsds.parts import (
    Json,
    capacities,
    contacts,
    cost_options,
    facts,
    interests,
    schedules,
    spoken,
    translations,
)
from wegnetz.directory.exporting.identifiers import identifier, offer_id, operator_id, point_id
from wegnetz.directory.exporting.words import word, yes_or_no

# --- services ----------------------------------------------------------------------------------------


def service_summary(point: Point, offer: Offer, edition: Edition) -> Json:
    said = {field: text_of(edition.said(offer.wording, field)) for field in (TITLE, DESCRIPTION, JOINING, COST)}
    confirmed = offer.confirmed_on or point.confirmed_on
    return given({
        "id": offer_id(point, offer),
        "organization_id": operator_id(point),
        "name": said[TITLE] or offer.key,
        "description": said[DESCRIPTION],
        "url": web_address(offer.contact),
        "email": mail_address(offer.contact),
        "status": "temporarily closed" if offer.closed or point.closed else "active",
        "interpretation_services": yes_or_no(offer.interpreter, "interpreter", "no", edition.language),
        "application_process": said[JOINING],
        "fees_description": said[COST],
        "eligibility_description": word("women only", edition.language) if offer.women_only else "",
        "minimum_age": offer.age_from,
        "maximum_age": offer.age_to,
        "assured_date": confirmed.isoformat() if confirmed else None,
        "last_modified": point.modified_at.isoformat() if point.modified_at else None,
        "organization": organization_summary(point, edition),
    })  # fmt: skip


def service_document(point: Point, offer: Offer, edition: Edition) -> Json:
    owner = offer_id(point, offer)
    asked = contacts(owner, offer.contact)
    meeting = {"id": meeting_id(point, offer), "service_id": owner, "location_id": point_id(point)}
    return given({
        **service_summary(point, offer, edition),
        "additional_urls": [{"id": identifier("page", owner), "label": "page", "url": edition.page(point, offer)}],
        "contacts": asked["contacts"],
        "phones": asked["phones"],
        "schedules": schedules(owner, offer.hours),
        "languages": spoken(owner, offer, edition),
        "cost_options": cost_options(owner, offer),
        "capacities": capacities(owner, point, offer, edition),
        "service_at_locations": [{**meeting, "location": location_document(point, edition)}],
        "attributes": [*_service_attributes(owner, point, offer, edition), *asked["attributes"]],
    })  # fmt: skip


def _service_attributes(owner: str, point: Point, offer: Offer, edition: Edition) -> list[Json]:
    credit = edition.credit(point)
    said = facts(
        owner, key=offer.key, women_only="yes" if offer.women_only else "", closed="yes" if offer.closed else "",
        interpreter=_yes_no(offer.interpreter), source_language=offer.wording.language,
        confirmed_on=offer.confirmed_on.isoformat() if offer.confirmed_on else "",
        license=credit.licence, attribution=credit.attribution, text_language=edition.language,
    )  # fmt: skip
    return [*interests(owner, offer, edition), *translations(owner, offer.wording, edition), *said]


# --- places ------------------------------------------------------------------------------------------


def location_summary(point: Point, edition: Edition) -> Json:
    """A group without a place is "virtual", which is the nearest that HSDS has."""
    address = point.address
    somewhere = _is_written(address) or address.lat is not None
    return given({
        "id": point_id(point),
        "location_type": "physical" if somewhere else "virtual",
        "organization_id": operator_id(point),
        "url": web_address(point.contact),
        "name": text_of(edition.said(point.wording, NAME)) or point.key,
        "description": text_of(edition.said(point.wording, DESCRIPTION)),
        "transportation": text_of(edition.said(point.wording, DIRECTIONS)),
        "latitude": address.lat,
        "longitude": address.lon,
        "external_identifier": point.key,
        "external_identifier_type": "key at the source",
    })  # fmt: skip


def location_document(point: Point, edition: Edition) -> Json:
    owner = point_id(point)
    asked = contacts(owner, point.contact)
    said = facts(
        owner, source_language=point.wording.language, closed="yes" if point.closed else "", page=edition.page(point),
        confirmed_on=point.confirmed_on.isoformat() if point.confirmed_on else "", operator=point.operator,
        country="" if _is_written(point.address) else point.address.country,
        modified_at=point.modified_at.isoformat() if point.modified_at else "",
    )  # fmt: skip
    return given({
        **location_summary(point, edition),
        "addresses": _addresses(owner, point.address),
        "contacts": asked["contacts"],
        "phones": asked["phones"],
        "accessibility": _accessibility(owner, point, edition),
        "schedules": schedules(owner, point.hours),
        "attributes": [*translations(owner, point.wording, edition), *said, *asked["attributes"]],
    })  # fmt: skip


def _addresses(owner: str, address: Address) -> list[Json]:
    """HSDS requires every line of an address: those that nobody told us are empty."""
    if not _is_written(address):
        return []
    known: Json = {
        "id": identifier("address", owner), "address_1": address.street, "city": address.town, "state_province": "",
        "postal_code": address.postcode, "country": address.country, "address_type": "physical",
    }  # fmt: skip
    return [{**known, "region": address.district} if address.district else known]


def _is_written(address: Address) -> bool:
    return bool(address.street or address.postcode or address.town or address.district)


def _accessibility(owner: str, point: Point, edition: Edition) -> list[Json]:
    if point.accessible is None:
        return []
    return [{
        "id": identifier("accessibility", owner),
        "description": yes_or_no(point.accessible, "accessible", "not accessible", edition.language),
        "details": f"wheelchair={_yes_no(point.accessible)}",  # the tag of OpenStreetMap, for programs
    }]  # fmt: skip


def _yes_no(known: bool | None) -> str:  # noqa: FBT001  what is told apart is the value
    return "" if known is None else "yes" if known else "no"


# --- organisations -----------------------------------------------------------------------------------


def organization_summary(point: Point, edition: Edition) -> Json:
    """HSDS requires a description; that of an operator, of which we know the name only, is empty."""
    own = not point.operator
    return {
        "id": operator_id(point),
        "name": (text_of(edition.said(point.wording, NAME)) or point.key) if own else point.operator,
        "description": text_of(edition.said(point.wording, DESCRIPTION)) if own else "",
    }


def organization_document(points: Sequence[Point], edition: Edition) -> Json:
    """One organisation with all its places and services. `points` are all of the same operator, at least one."""
    services = [
        _without_organization(service_document(point, offer, edition)) for point in points for offer in point.offers
    ]
    return {
        **organization_summary(points[0], edition),
        **given({"locations": [location_document(point, edition) for point in points], "services": services}),
    }


def organization_entry(points: Sequence[Point], edition: Edition) -> Json:
    """The same for a file with all of them: each location stands in it once, and services name it."""
    whole = organization_document(points, edition)
    for service in whole.get("services", ()):
        service["service_at_locations"] = [
            {name: value for name, value in link.items() if name != "location"}
            for link in service["service_at_locations"]
        ]
    return whole


def _without_organization(service: Json) -> Json:
    return {name: value for name, value in service.items() if name != "organization"}


def by_operator(points: Iterable[Point]) -> dict[str, list[Point]]:
    """Identifier of the organisation -> its contact points, in the order in which they come."""
    found: dict[str, list[Point]] = {}
    for point in points:
        found.setdefault(operator_id(point), []).append(point)
    return found


# --- a service at its location -----------------------------------------------------------------------


def meeting_id(point: Point, offer: Offer) -> str:
    return identifier("service_at_location", point_id(point), offer_id(point, offer))


def meeting_summary(point: Point, offer: Offer, edition: Edition) -> Json:
    return {
        "id": meeting_id(point, offer), "service_id": offer_id(point, offer), "location_id": point_id(point),
        "location": location_summary(point, edition), "service": service_summary(point, offer, edition),
    }  # fmt: skip


def meeting_document(point: Point, offer: Offer, edition: Edition) -> Json:
    """The service stands in it whole, but for the location, which stands beside it."""
    service = service_document(point, offer, edition)
    return {
        **meeting_summary(point, offer, edition),
        "location": location_document(point, edition),
        "service": {name: value for name, value in service.items() if name != "service_at_locations"},
        **given({name: service.get(name) for name in ("contacts", "phones", "schedules")}),
    }
