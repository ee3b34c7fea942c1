"""Human Services Data Specification 3.1 and 3.0 (Open Referral): services, organisations, services at locations.

A point is an organisation at a location; a service at several locations is an offer at each. A service without a
location is offered by its organisation, which then is a point without an address. What Wegnetz itself gave away comes
back as it was (`hsds_own`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from wegnetz.directory.entries import (
    DESCRIPTION,
    DIRECTIONS,
    NAME,
    Address,
    Contact,
    Offer,
    Point,
    Translation,
    Wording,
)
from wegnetz.directory.importing.addresses import country, postcode
from wegnetz.directory.importing.cells import Interests, degrees, moment
from wegnetz.directory.importing.documents import Part, filled, paragraphs
from wegnetz.directory.importing.hsds_own import own_offer, own_point
from wegnetz.directory.importing.hsds_services import at_location, completed, contact_of, offer_of, schedules_of
from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Say, Told, nobody
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.workbook import MAX_ROWS

PAGES = ("contents", "content", "items", "results", "data")
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


def read_hsds(
    data: Any, language: str, interests: Interests, faults: list[Fault], told: Told = nobody
) -> tuple[Point, ...]:
    """In the order of their keys. Raises ReadRefusedError where there are too many."""
    entries = entries_of(data) or []
    if len(entries) > MAX_ROWS:
        raise ReadRefusedError(Reason.TOO_MANY)
    places: dict[str, _Place] = {}
    reader = _Reader(language, interests)
    for number, entry in enumerate(entries, 1):
        told(number, len(entries))
        say = Say(faults, number)
        shape = _shape(entry) if isinstance(entry, dict) else ""
        if not shape:
            say(entry, Expected.ENTRY, Effect.REFUSED)
            continue
        for found in SHAPES[shape](Part(entry, say), reader):
            place = places.setdefault(found.key, _Place(found))
            if found.offered and found.offered.offer:
                place.add(found.offered, found.offer_here(interests))
    points = [point for place in places.values() if (point := place.point(language))]
    return tuple(sorted(points, key=lambda point: point.key))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads organisations and services, each once, however many locations they have."""

    language: str
    interests: Interests
    owners: dict[str, _Owner] = field(default_factory=dict)

    def owner(self, part: Part, service: Part) -> _Owner:
        """Each of its services says all of it again: what is wrong in it is told of the first."""
        key = part.id() or service.id("organization_id") or f"service:{service.id() or service.text('name')}"
        known = self.owners.get(key)
        if known and known.name and known.data == part.data:
            return known
        name = part.text("name")
        named, description, contact = name or service.text("name"), part.prose("description"), contact_of(part)
        self.owners[key] = _Owner(key, name, named, description, contact, part.say, part.data)
        return self.owners[key]

    def offered(self, service: Part) -> _Offered:
        key = service.id() or service.text("name")
        changed = service.parsed("last_modified", moment)
        offer = offer_of(service, key, self.language, self.interests)
        own = own_offer(service, offer, self.interests) if offer else None
        return _Offered(own or offer, changed, service.say, is_own=own is not None)


@dataclass(frozen=True, slots=True)
class _Owner:
    """An organisation. `name_of_point` is what a point of it is called that has no other name."""

    key: str
    name: str
    name_of_point: str
    description: str
    contact: Contact
    say: Say
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Offered:
    """A service, wherever it is offered."""

    offer: Offer | None
    modified_at: datetime | None
    say: Say
    is_own: bool = False  # what Wegnetz itself gave away keeps its key and its words


@dataclass(frozen=True, slots=True)
class _Found:
    """What one entry says of one service at one location; location and link may be empty."""

    owner: _Owner
    location: Part
    link: Part
    offered: _Offered | None = None

    @property
    def location_id(self) -> str:
        return self.location.id() or self.link.id("location_id")

    def offer_here(self, interests: Interests) -> Offer:
        if self.offered is None or self.offered.offer is None:
            raise ValueError("no service")
        offer = self.offered.offer
        return offer if self.offered.is_own else at_location(offer, self.link, self.location_id, interests)

    @property
    def key(self) -> str:
        return f"{self.owner.key}@{self.location_id}" if self.location_id else self.owner.key


@dataclass(slots=True)
class _Place:
    """A point that grows with the entries that name it; the first of them says what it is."""

    first: _Found
    offers: dict[str, Offer] = field(default_factory=dict)
    modified_at: datetime | None = None

    def add(self, offered: _Offered, offer: Offer) -> None:
        if self.offers.setdefault(offer.key, offer) != offer:
            offered.say.within("id")(offer.key, Expected.ID_ONCE, Effect.REFUSED)
            return
        self.modified_at = max(filter(None, (self.modified_at, offered.modified_at)), default=None)

    def point(self, language: str) -> Point | None:
        owner, location = self.first.owner, self.first.location
        name = location.text("name") or owner.name_of_point
        if not name:
            owner.say.within("name")("", Expected.NAME, Effect.REFUSED)
            return None
        access = [each.prose("description") for each in location.parts("accessibility")]
        texts = {
            NAME: name,
            DESCRIPTION: location.prose("description") or owner.description,
            DIRECTIONS: paragraphs(location.prose("transportation"), *access),
        }
        found = Point(
            key=self.first.key,
            wording=Wording(language, {language: Translation(filled(texts))}),
            operator=owner.name,
            address=_address(location),
            contact=completed(contact_of(location), owner.contact),
            hours=schedules_of(location),
            offers=tuple(self.offers[key] for key in sorted(self.offers)),
            modified_at=self.modified_at,
        )
        return own_point(location, found) or found


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
    said, missing = (lat, "longitude") if lon is None else (lon, "latitude")
    if said is not None and not location.raw(missing):  # of one that cannot be read, that was told already
        location.say.within("latitude, longitude")(said, Expected.PLACE)
    return address


def _shape(entry: Mapping[str, Any]) -> str:
    if isinstance(entry.get("service"), dict) or {"service_id", "location_id"} <= entry.keys():
        return "service_at_location"
    if not isinstance(entry.get("name"), str):
        return ""
    if OF_A_SERVICE & entry.keys() or isinstance(entry.get("organization"), dict) or "organization_id" in entry:
        return "service"
    return "organization" if OF_AN_ORGANISATION & entry.keys() else ""


def _of_service(entry: Part, reader: _Reader, owner: _Owner | None = None) -> Iterator[_Found]:
    owner = owner or reader.owner(entry.part("organization"), entry)
    offered, nothing = reader.offered(entry), Part({}, entry.say)
    links = list(entry.parts("service_at_locations"))
    for link in links:
        yield _Found(owner, link.part("location"), link, offered)
    if not links:
        yield _Found(owner, nothing, nothing, offered)


def _of_organisation(entry: Part, reader: _Reader) -> Iterator[_Found]:
    nothing = Part({}, entry.say)
    owner = reader.owner(entry, nothing)
    services, locations = list(entry.parts("services")), list(entry.parts("locations"))
    for location in locations:
        yield _Found(owner, location, nothing)
    for service in services:
        yield from _of_service(service, reader, owner)
    if not services and not locations:
        yield _Found(owner, nothing, nothing)


def _of_link(entry: Part, reader: _Reader) -> Iterator[_Found]:
    service = entry.part("service")
    owner = reader.owner(service.part("organization"), service)
    yield _Found(owner, entry.part("location"), entry, reader.offered(service))


SHAPES: Mapping[str, Callable[[Part, _Reader], Iterator[_Found]]] = {
    "service": _of_service,
    "organization": _of_organisation,
    "service_at_location": _of_link,
}
