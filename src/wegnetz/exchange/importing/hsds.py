"""Human Services Data Specification 3.1 and 3.0 (Open Referral): services, organisations, services at locations.

A point is an organisation at a location; a service at several locations is an offer at each. A service without a
location is offered by its organisation, which then is a point without an address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from wegnetz.directory.entries import DESCRIPTION, DIRECTIONS, NAME, Address, Offer, Point, Translation, Wording
from wegnetz.exchange.importing.addresses import country, postcode
from wegnetz.exchange.importing.cells import Interests, degrees, moment
from wegnetz.exchange.importing.documents import Part, filled, paragraphs
from wegnetz.exchange.importing.hsds_services import contact_of, offer_of, schedules_of
from wegnetz.exchange.importing.outcome import Effect, Expected, Fault, Say
from wegnetz.exchange.importing.refusals import ReadRefusedError, Reason
from wegnetz.exchange.importing.workbook import MAX_ROWS

PAGES = ("contents", "items", "results", "data")
OF_A_SERVICE = frozenset({"service_at_locations", "application_process", "interpretation_services", "status"})
OF_AN_ORGANISATION = frozenset({"services", "locations", "organization_identifiers", "website", "legal_status"})


def entries_of(data: Any) -> list[Any] | None:
    """The entries of a list, of a page of the API, or the one that is there. None for anything else."""
    if isinstance(data, dict):
        listed = next((data[key] for key in PAGES if isinstance(data.get(key), list)), None)
        return listed if listed is not None else [data] if _shape(data) else None
    return data if isinstance(data, list) else None


def is_hsds(data: Any) -> bool:
    return any(isinstance(entry, dict) and _shape(entry) for entry in entries_of(data) or ())


def read_hsds(data: Any, language: str, interests: Interests, faults: list[Fault]) -> tuple[Point, ...]:
    """In the order of their keys. Raises ReadRefusedError where there are too many."""
    entries = entries_of(data) or []
    if len(entries) > MAX_ROWS:
        raise ReadRefusedError(Reason.TOO_MANY)
    places: dict[str, _Place] = {}
    for number, entry in enumerate(entries, 1):
        say = Say(faults, number)
        shape = _shape(entry) if isinstance(entry, dict) else ""
        if not shape:
            say(entry, Expected.ENTRY, Effect.REFUSED)
            continue
        for found in SHAPES[shape](Part(entry, say)):
            place = places.setdefault(found.key, _Place(found))
            if found.service:
                place.add(found, offer_of(found.service, found.link, found.offer_key, language, interests))
    return tuple(point for key in sorted(places) if (point := places[key].point(language)))


@dataclass(frozen=True, slots=True)
class _Found:
    """What one entry says of one service at one location; any of them may be empty."""

    organisation: Part
    location: Part
    service: Part
    link: Part

    @property
    def key(self) -> str:
        organisation = (
            self.organisation.id() or self.service.id("organization_id") or self.location.id("organization_id")
        )
        owner = organisation or f"service:{self.service.id() or self.service.text('name')}"
        location = self.location.id() or self.link.id("location_id")
        return f"{owner}@{location}" if location else owner

    @property
    def offer_key(self) -> str:
        service = self.service.id() or self.service.text("name")
        location = self.location.id() or self.link.id("location_id")
        return f"{service}@{location}" if location else service


@dataclass(slots=True)
class _Place:
    """A point that grows with the entries that name it; the first of them says what it is."""

    first: _Found
    offers: dict[str, Offer] = field(default_factory=dict)
    modified_at: datetime | None = None

    def add(self, found: _Found, offer: Offer | None) -> None:
        if offer is None:
            return
        if self.offers.setdefault(offer.key, offer) != offer:
            found.service.say.within("id")(offer.key, Expected.ID_ONCE, Effect.REFUSED)
            return
        changed = found.service.parsed("last_modified", moment)
        self.modified_at = max(filter(None, (self.modified_at, changed)), default=None)

    def point(self, language: str) -> Point | None:
        organisation, location = self.first.organisation, self.first.location
        name = location.text("name") or organisation.text("name") or self.first.service.text("name")
        if not name:
            organisation.say.within("name")("", Expected.NAME, Effect.REFUSED)
            return None
        access = [each.prose("description") for each in location.parts("accessibility")]
        texts = {
            NAME: name,
            DESCRIPTION: location.prose("description") or organisation.prose("description"),
            DIRECTIONS: paragraphs(location.prose("transportation"), *access),
        }
        return Point(
            key=self.first.key,
            wording=Wording(language, {language: Translation(filled(texts))}),
            operator=organisation.text("name"),
            address=_address(location),
            contact=contact_of(location, organisation),
            hours=schedules_of(location),
            offers=tuple(self.offers[key] for key in sorted(self.offers)),
            modified_at=self.modified_at,
        )


def _address(location: Part) -> Address:
    listed = [*location.parts("addresses"), *location.parts("physical_addresses")]
    chosen = next((each for each in listed if each.text("address_type") == "physical"), None)
    found = chosen or (listed[0] if listed else Part({}, location.say))
    street = ", ".join(filter(None, (found.text("address_1"), found.text("address_2"))))
    address = Address(
        street=street,
        postcode=found.parsed("postal_code", postcode) or "",
        town=found.text("city"),
        country=found.parsed("country", country) or "DE",
    )
    lat = location.parsed("latitude", lambda text, say: degrees(text, say, 90))
    lon = location.parsed("longitude", lambda text, say: degrees(text, say, 180))
    if lat is not None and lon is not None:
        return replace(address, lat=lat, lon=lon)
    if lat is not None or lon is not None:
        location.say.within("latitude, longitude")(lat if lon is None else lon, Expected.PLACE)
    return address


def _shape(entry: Mapping[str, Any]) -> str:
    if isinstance(entry.get("service"), dict) or {"service_id", "location_id"} <= entry.keys():
        return "service_at_location"
    if not isinstance(entry.get("name"), str):
        return ""
    if OF_A_SERVICE & entry.keys() or isinstance(entry.get("organization"), dict) or "organization_id" in entry:
        return "service"
    return "organization" if OF_AN_ORGANISATION & entry.keys() else ""


def _of_service(entry: Part, organisation: Part | None = None) -> Iterator[_Found]:
    owner = organisation or entry.part("organization")
    nothing = Part({}, entry.say)
    links = list(entry.parts("service_at_locations"))
    for link in links:
        yield _Found(owner, link.part("location"), entry, link)
    if not links:
        yield _Found(owner, nothing, entry, nothing)


def _of_organisation(entry: Part) -> Iterator[_Found]:
    nothing = Part({}, entry.say)
    services, locations = list(entry.parts("services")), list(entry.parts("locations"))
    for location in locations:
        yield _Found(entry, location, nothing, nothing)
    for service in services:
        yield from _of_service(service, entry)
    if not services and not locations:
        yield _Found(entry, nothing, nothing, nothing)


def _of_link(entry: Part) -> Iterator[_Found]:
    service = entry.part("service")
    yield _Found(service.part("organization"), entry.part("location"), service, entry)


SHAPES = {"service": _of_service, "organization": _of_organisation, "service_at_location": _of_link}
