"""GeoJSON as Wegnetz itself gives it away: a feature is a contact point with its offers and every translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wegnetz.directory.entries import OFFER_TEXTS, POINT_TEXTS, Address, Contact, Hours, Offer, Point, Wording
from wegnetz.directory.importing.addresses import country, postcode
from wegnetz.directory.importing.cells import (
    Interests,
    age,
    day,
    email,
    language,
    moment,
    phone,
    seats,
    website,
    yes_or_no,
)
from wegnetz.directory.importing.cleaning import one_line
from wegnetz.directory.importing.documents import Part
from wegnetz.directory.importing.geojson import place_of
from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Say, Told, nobody
from wegnetz.directory.importing.own import LONGEST_KEY, Words, exact_hours
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.workbook import MAX_ROWS

MOST_CENTS = 10_000_00


def is_own_geojson(data: Any) -> bool:
    """Every feature says in which language it was written."""
    features = data.get("features") if isinstance(data, dict) else None
    return isinstance(features, list) and bool(features) and all(map(_is_own, features))


def _is_own(feature: Any) -> bool:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    wording = properties.get("wording") if isinstance(properties, dict) else None
    return isinstance(wording, dict) and isinstance(wording.get("source"), str)


def read_own_geojson(
    data: Mapping[str, Any], interests: Interests, faults: list[Fault], told: Told = nobody
) -> tuple[Point, ...]:
    """In the order of their keys. Raises ReadRefusedError where there are too many."""
    features = data["features"]
    if len(features) > MAX_ROWS:
        raise ReadRefusedError(Reason.TOO_MANY)
    missing = data.get("without_place")
    if isinstance(missing, int) and missing > 0:
        Say(faults)(missing, Expected.WITHOUT_PLACE, Effect.REFUSED)
    found: dict[str, Point] = {}
    for number, feature in enumerate(features, 1):
        told(number, len(features))
        say = Say(faults, number)
        point = _point(Part(feature["properties"], say), feature.get("geometry"), interests)
        if point and found.setdefault(point.key, point) is not point:
            say.of("key")(point.key, Expected.ID_ONCE, Effect.REFUSED)
    return tuple(found[key] for key in sorted(found))


def _point(said: Part, geometry: Any, interests: Interests) -> Point | None:
    key, wording = _named(said, POINT_TEXTS)
    if not key or wording is None:
        return None
    place = place_of(geometry, said.say.of("geometry"))
    lat, lon = place or (None, None)
    return Point(
        key=key,
        wording=wording,
        operator=said.text("operator"),
        address=Address(
            said.text("street"), said.parsed("postcode", postcode) or "", said.text("town"), said.text("district"),
            said.parsed("country", country) or "DE", lat, lon,
        ),
        contact=_contact(said),
        accessible=said.parsed("accessible", yes_or_no),
        hours=tuple(_hours(said)),
        offers=tuple(_offers(said, interests)),
        confirmed_on=said.parsed("confirmed_on", day),
        closed=bool(said.parsed("closed", yes_or_no)),
        modified_at=said.parsed("modified_at", moment),
    )  # fmt: skip


def _offers(of: Part, interests: Interests) -> Iterator[Offer]:
    keys: set[str] = set()
    for said in of.parts("offers"):
        offer = _offer(said, interests)
        if offer and offer.key in keys:
            said.say.within("key")(offer.key, Expected.ID_ONCE, Effect.REFUSED)
        elif offer:
            keys.add(offer.key)
            yield offer


def _offer(said: Part, interests: Interests) -> Offer | None:
    key, wording = _named(said, OFFER_TEXTS)
    if not key or wording is None:
        return None
    youngest, oldest = said.parsed("age_from", age), said.parsed("age_to", age)
    if youngest is not None and oldest is not None and oldest < youngest:
        said.say.within("age_to")(f"{youngest}-{oldest}", Expected.AGES)
        youngest = oldest = None
    return Offer(
        key=key,
        wording=wording,
        concepts=interests(", ".join(_texts(said, "interests")), said.say.within("interests")),
        hours=tuple(_hours(said)),
        languages=tuple(dict.fromkeys(filter(None, map(language, _texts(said, "languages"))))),
        interpreter=said.parsed("interpreter", yes_or_no),
        age_from=youngest,
        age_to=oldest,
        cost_cents=said.parsed("cost_cents", _whole_cents),
        women_only=bool(said.parsed("women_only", yes_or_no)),
        capacity=said.parsed("capacity", seats),
        contact=_contact(said),
        confirmed_on=said.parsed("confirmed_on", day),
        closed=bool(said.parsed("closed", yes_or_no)),
    )


def _named(said: Part, fields: tuple[str, ...]) -> tuple[str, Wording | None]:
    """Its key and its words. Without one of them it is left out, and that is said."""
    key, wording = one_line(said.raw("key"))[:LONGEST_KEY], _wording(said.part("wording"), fields)
    if not key or wording is None:
        said.say.within("wording" if key else "key")("", Expected.NAME if key else Expected.TEXT, Effect.REFUSED)
    return key, wording


def _wording(said: Part, fields: tuple[str, ...]) -> Wording | None:
    words = Words(fields)
    for code in said.part("texts").data:
        of_language = said.part("texts").part(code)
        for name in of_language.data:
            words.add(code, name, of_language.raw(name), of_language.say.within(name))
    for code in _texts(said, "made_by_machine"):
        words.add(code, "machine", "yes", said.say)
    for code in said.part("made_from").data:
        words.add(code, "made_from", said.part("made_from").raw(code), said.say)
    return words.wording(said.raw("source"))


def _contact(said: Part) -> Contact:
    return Contact(
        said.text("contact"), said.parsed("email", email) or "", said.parsed("phone", phone) or "",
        said.parsed("website", website) or "",
    )  # fmt: skip


def _hours(of: Part) -> Iterator[Hours]:
    for said in of.parts("hours"):
        parts = {name: said.raw(name) for name in ("first_day", "opens", "closes", "rule", "zone")}
        if hours := exact_hours(parts, _texts(said, "but_not_on"), said.say):
            yield hours


def _texts(said: Part, key: str) -> list[str]:
    value = said.data.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _whole_cents(text: str, say: Say) -> int | None:
    if text.isdecimal() and len(text) <= 7 and int(text) <= MOST_CENTS:
        return int(text)
    say(text, Expected.PRICE)
    return None
