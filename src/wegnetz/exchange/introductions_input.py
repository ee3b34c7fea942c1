"""Reads what `wegnetz introduce` is given: JSON with people and offers, checked in full before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec

from wegnetz.core.strict_json import one_line
from wegnetz.directory.importing.cells import language
from wegnetz.engines.introductions import Offer, Person, Place
from wegnetz.exchange.json_input import Id, InputError, Words, each_once, read_json

MAX_BYTES = 32_000_000  # 10,000 people and 10,000 offers with room to spare
MAX_EACH = 10_000
MAX_PER_PERSON = 100
SHAPE = "an object with people and offers"

Count = Annotated[int, msgspec.Meta(ge=0)]


class PersonGiven(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: Id
    interests: dict[str, Annotated[int, msgspec.Meta(ge=1, le=5)]] | None = None
    languages: Words | None = None
    age: Annotated[int, msgspec.Meta(ge=0, le=130)] | None = None
    district: str | None = None
    lat: float | None = None
    lon: float | None = None
    needs: Words | None = None
    woman: bool | None = None
    reach_km: Annotated[float, msgspec.Meta(ge=0)] | None = None
    keep_away: list[Id] | None = None


class OfferGiven(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: Id
    concepts: Words | None = None
    capacity: Count | None = None
    held_back: Count | None = None
    languages: Words | None = None
    interpreter: bool | None = None
    age: tuple[Count | None, Count | None] | None = None
    lat: float | None = None
    lon: float | None = None
    district: str | None = None
    women_only: bool | None = None
    accessible: bool | None = None
    cost_cents: Count | None = None


class Given(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    people: Annotated[list[PersonGiven], msgspec.Meta(max_length=MAX_EACH)]
    offers: Annotated[list[OfferGiven], msgspec.Meta(max_length=MAX_EACH)]
    per_person: Annotated[int, msgspec.Meta(ge=1, le=MAX_PER_PERSON)] = 1
    parents: dict[str, str | Words] | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """What was asked, typed. `ids` {id as text: id as given}, of people and of offers: a number stays a number."""

    people: tuple[Person, ...]
    offers: tuple[Offer, ...]
    per_person: int
    parents: Mapping[str, frozenset[str]]
    person_ids: Mapping[str, str | int]
    offer_ids: Mapping[str, str | int]


def read_cohort(name: str) -> Cohort:
    """The cohort in a file, or from standard input for "-". Raises InputError with one sentence."""
    try:
        given = msgspec.convert(
            read_json(name, most=MAX_BYTES, expected="the people and offers of one programme", shape=SHAPE), Given
        )  # fmt: skip
    except msgspec.ValidationError as error:
        raise InputError(f"{name}: {one_line(str(error))}") from error
    try:
        offer_ids = each_once("offer", (each.id for each in given.offers))
        return Cohort(
            tuple(_person(each, offer_ids) for each in given.people),
            tuple(_offer(each) for each in given.offers),
            given.per_person,
            {concept: _broader(broader) for concept, broader in (given.parents or {}).items()},
            each_once("person", (each.id for each in given.people)),
            offer_ids,
        )
    except ValueError as error:
        raise InputError(f"{name}: {one_line(str(error))}") from error


def _person(given: PersonGiven, offer_ids: Mapping[str, str | int]) -> Person:
    """Whoever must be kept away from an offer that is not there may have been kept away from another by mistake."""
    keep_away = frozenset(map(str, given.keep_away or ()))
    if unknown := sorted(keep_away - offer_ids.keys()):
        raise ValueError(f"person {given.id}: keep_away names {unknown[0]}, and there is no such offer")
    return Person(
        id=str(given.id),
        interests=given.interests or {},
        languages=_languages("person", given.id, given.languages),
        age=given.age,
        place=_place("person", given.id, given.lat, given.lon),
        district=given.district or "",
        # Offers say women_only, so needs are read with either line.
        needs=frozenset(need.strip().lower().replace("_", "-") for need in given.needs or ()),
        woman=given.woman,
        reach_km=given.reach_km,
        keep_away=keep_away,
    )


def _offer(given: OfferGiven) -> Offer:
    age_from, age_to = given.age or (None, None)
    return Offer(
        id=str(given.id),
        concepts=frozenset(given.concepts or ()),
        capacity=given.capacity,
        held_back=given.held_back or 0,
        languages=_languages("offer", given.id, given.languages),
        interpreter=given.interpreter,
        age_from=age_from,
        age_to=age_to,
        place=_place("offer", given.id, given.lat, given.lon),
        district=given.district or "",
        women_only=bool(given.women_only),
        accessible=given.accessible,
        cost_cents=given.cost_cents,
    )


def _languages(what: str, given: str | int, names: list[str] | None) -> frozenset[str]:
    """Codes, from codes or names as the directory reads them."""
    codes = {name: language(name.strip()) for name in names or ()}
    if unknown := [name for name, code in codes.items() if not code]:
        raise ValueError(
            f"{what} {given}: the language {unknown[0]} is unknown, "
            "expected a code (BCP 47, such as ar) or a name in German or English"
        )
    return frozenset(codes.values())


def _place(what: str, given: str | int, lat: float | None, lon: float | None) -> Place | None:
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        raise ValueError(f"{what} {given}: found {'lat' if lon is None else 'lon'} alone, expected lat and lon")
    try:
        return Place(lat, lon)
    except ValueError as error:
        raise ValueError(f"{what} {given}: {error}") from error


def _broader(given: str | list[str]) -> frozenset[str]:
    return frozenset((given,) if isinstance(given, str) else given)
