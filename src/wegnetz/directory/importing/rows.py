"""Rows of a table, or features of a map, as contact points: a row is an offer at a place, or a place alone.

Rows that name the same place are one point. Nothing depends on the order of the rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from wegnetz.directory.entries import (
    COST,
    DESCRIPTION,
    DIRECTIONS,
    JOINING,
    NAME,
    TITLE,
    Address,
    Contact,
    Hours,
    Offer,
    Point,
    Translation,
    Wording,
)
from wegnetz.directory.importing.cells import LONGEST_TEXT, Interests
from wegnetz.directory.importing.mapping import DAY, EXACTLY, FIELDS, HOURS, INTERESTS, Parse, target
from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Say, Told, nobody
from wegnetz.engines.folding import fold

POINT_TEXTS = {NAME: "name", DESCRIPTION: "description", DIRECTIONS: "directions"}
OFFER_TEXTS = {TITLE: "offer", DESCRIPTION: "offer_description", JOINING: "joining", COST: "cost_note"}
# Column, reference of its field, and what reads it.
Parsers = list[tuple[str, str, Parse]]
# What says the same in another way.
AS_ONE = {DAY: HOURS} | {rule: name for name, rule in EXACTLY.items()}
SEPARATOR = "\x1f"
WITHOUT_NAME = {"de": "Ort ohne Namen", "en": "Place without a name"}
NOTHING: tuple[object, ...] = (None, "", (), (None, None), {})
# What rows of one place say of it. Where they differ, most rows are right.
OF_THE_PLACE = ("operator", "accessible", "opening_hours", "where", "coordinates")


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as a spreadsheet counts, or of the feature. `place` is (latitude, longitude), `key` the source's own."""

    number: int
    cells: Mapping[str, str]
    place: tuple[float, float] | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """How rows are read: column -> field, in which language they are written, and which interests there are."""

    mapping: Mapping[str, str]
    language: str
    interests: Interests
    faults: list[Fault]

    def points(self, rows: Sequence[Row], told: Told = nobody) -> tuple[Point, ...]:
        """In the order of their keys."""
        places: dict[str, list[_Said]] = defaultdict(list)
        parsers = self._parsers()
        for number, row in enumerate(rows, 1):
            if (said := self._read(row, parsers)) is not None:
                places[said.key].append(said)
            told(number, len(rows))
        return tuple(self._point(key, places[key]) for key in sorted(places))

    def _read(self, row: Row, parsers: Parsers) -> _Said | None:
        """None for a row that says nothing or cannot stand."""
        if not any(text.strip() for text in row.cells.values()) and row.place is None:
            return None
        values, say = self._values(row, parsers), Say(self.faults, row.number)
        if row.place:
            values["coordinates"] = row.place
        elif place := _coordinates(values, say):
            values["coordinates"] = place
        if not values.get("name"):
            if "coordinates" not in values:
                say.of(self._column("name"))("", Expected.NAME, Effect.REFUSED)
                return None
            say.of(self._column("name"))("", Expected.NAME, Effect.CHANGED)
        values["where"] = _where(values)
        key = _key(row.key or values.get("id", ""), values)
        return _Said(row.number, key, {"name": _called(values["where"], self.language), **values})

    def _parsers(self) -> Parsers:
        found = ((column, reference, target(reference)) for column, reference in self.mapping.items())
        return [
            (column, reference, self.interests if meant[0].id == INTERESTS else meant[0].parse)
            for column, reference, meant in found
            if meant
        ]

    def _values(self, row: Row, parsers: Parsers) -> dict[str, Any]:
        """Reference of the field -> what it says; what says nothing is not there."""
        values = {}
        cells = self._with_days(row.cells)
        exact = {name for name, rule in EXACTLY.items() if cells.get(self._column(rule), "").strip()}
        for column, reference, parse in parsers:
            text = cells.get(column, "")[: LONGEST_TEXT + 1]
            if text.strip() and reference not in exact:
                value = parse(text, Say(self.faults, row.number, column))
                if value not in NOTHING:
                    values[AS_ONE.get(reference, reference)] = value
        return values

    def _with_days(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        """The day before the time of day where they stand in two columns: neither says anything without the other."""
        day, hours = self._column(DAY), self._column(HOURS)
        if not (cells.get(day, "").strip() and cells.get(hours, "").strip()):
            return cells
        return {**cells, day: "", hours: f"{cells[day].strip()} {cells[hours].strip()}"}

    def _point(self, key: str, rows: list[_Said]) -> Point:
        agreed = {name: self._agreed(name, rows) for name in OF_THE_PLACE}
        lat, lon = agreed["coordinates"] or (None, None)
        bare = [row for row in rows if not row.is_offer]
        contact = self._contact(rows, bare)
        return Point(
            key=key,
            wording=self._wording(POINT_TEXTS, rows),
            operator=agreed["operator"] or "",
            address=replace(agreed["where"], lat=lat, lon=lon),
            contact=contact,
            accessible=agreed["accessible"],
            hours=agreed["opening_hours"] or (),
            offers=self._offers([row for row in rows if row.is_offer], contact),
            confirmed_on=_latest(rows),
            closed=any(row.values.get("closed") for row in bare),
        )

    def _offers(self, rows: list[_Said], of_the_place: Contact) -> tuple[Offer, ...]:
        """Rows that differ in their times only are one offer."""
        titled: dict[str, dict[str, Offer]] = defaultdict(dict)
        times: dict[str, set[Hours]] = defaultdict(set)
        for row in rows:
            offer = self._offer(row, of_the_place)
            content = repr(replace(offer, hours=()))
            titled[offer.key][content] = offer
            times[content] |= set(offer.hours)
        for same_key in titled.values():
            for content, offer in same_key.items():
                same_key[content] = replace(offer, hours=tuple(sorted(times[content], key=_in_time)))
        self._say_doubles(rows, titled)
        return tuple(offer for key in sorted(titled) for offer in _told_apart(titled[key]))

    def _offer(self, row: _Said, of_the_place: Contact) -> Offer:
        said = row.values
        youngest, oldest = self._ages(row)
        title = said.get("offer") or said["name"]
        contact = _contact_in(said)
        return Offer(
            key=said.get("offer_id") or _short("offer", fold(title)),
            wording=self._wording(OFFER_TEXTS, [replace(row, values={**said, "offer": title})]),
            concepts=said.get("interests", ()),
            hours=said.get("hours", ()),
            languages=said.get("languages", ()),
            interpreter=said.get("interpreter"),
            age_from=youngest,
            age_to=oldest,
            cost_cents=said.get("price"),
            women_only=bool(said.get("women_only")),
            capacity=said.get("capacity"),
            contact=Contact() if contact == of_the_place else contact,
            confirmed_on=said.get("confirmed_on"),
            closed=bool(said.get("closed")),
        )

    def _ages(self, row: _Said) -> tuple[int | None, int | None]:
        youngest, oldest = row.values.get("ages") or (None, None)
        youngest, oldest = row.values.get("age_from", youngest), row.values.get("age_to", oldest)
        if youngest is not None and oldest is not None and oldest < youngest:
            Say(self.faults, row.number, self._column("age_to"))(f"{youngest}-{oldest}", Expected.AGES)
            return None, None
        return youngest, oldest

    def _wording(self, texts: Mapping[str, str], rows: list[_Said]) -> Wording:
        """The source, and what stands in columns of other languages."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for reference in sorted({reference for row in rows for reference in row.values}):
            name, _, language = reference.partition("@")
            for text, column in texts.items():
                if name == column and (agreed := self._agreed(reference, rows)):
                    found[language or self.language][text] = agreed
        return Wording(self.language, {language: Translation(found[language]) for language in sorted(found)})

    def _agreed(self, name: str, rows: list[_Said]) -> Any:
        """What most rows say, and of equals the first by its letters. The others are told that they are overruled."""
        said = [(row, row.values[name]) for row in rows if row.values.get(name) not in (*NOTHING, Address())]
        if not said:
            return Address() if name == "where" else None
        counted = Counter(repr(value) for _, value in said)
        chosen = min(counted, key=lambda value: (-counted[value], value))
        for row, value in said:
            if repr(value) != chosen:
                Say(self.faults, row.number, self._column(name))(str(value), Expected.SAME_PLACE)
        return next(value for _, value in said if repr(value) == chosen)

    def _contact(self, rows: list[_Said], bare: list[_Said]) -> Contact:
        """The place's own, from rows without an offer; or what all rows say alike."""
        found = sorted({_contact_in(row.values) for row in bare or rows}, key=repr, reverse=True)
        return found[0] if bare or len(found) == 1 else Contact()

    def _say_doubles(self, rows: list[_Said], titled: Mapping[str, Mapping[str, Offer]]) -> None:
        for row in rows:
            if len(titled.get(row.values.get("offer_id", ""), ())) > 1:
                Say(self.faults, row.number, self._column("offer_id"))(
                    row.values["offer_id"], Expected.ID_ONCE, Effect.CHANGED
                )

    def _column(self, name: str) -> str:
        """The header of a field, or the field where no column is it."""
        return next((column for column, reference in self.mapping.items() if reference == name), name)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one row says: reference of the field -> value. `key` is that of its point."""

    number: int
    key: str
    values: Mapping[str, Any]

    @property
    def is_offer(self) -> bool:
        return any(FIELDS[name].offers for reference in self.values if (name := reference.partition("@")[0]) in FIELDS)


def _in_time(hours: Hours) -> tuple[date, str]:
    return hours.first_day, repr(hours)


def _told_apart(same_key: Mapping[str, Offer]) -> Iterator[Offer]:
    """Offers of one name that are not the same get keys of their own."""
    for content in sorted(same_key):
        offer = same_key[content]
        yield offer if len(same_key) == 1 else replace(offer, key=f"{offer.key}-{_short('', content)[1:9]}")


def _coordinates(values: Mapping[str, Any], say: Say) -> tuple[float, float] | None:
    lat, lon = values.get("lat"), values.get("lon")
    if lat is not None and lon is not None:
        return lat, lon
    if lat is not None or lon is not None:
        say.of("lat, lon")(lat if lon is None else lon, Expected.PLACE)
    return None


def _where(values: Mapping[str, Any]) -> Address:
    parts = dict(values.get("address") or {})
    parts |= {name: values[name] for name in ("street", "postcode", "town", "district", "country") if values.get(name)}
    if number := values.get("housenumber"):
        parts["street"] = f"{parts.get('street', '')} {number}".strip()
    return Address(**parts)


def _contact_in(values: Mapping[str, Any]) -> Contact:
    return Contact(*(values.get(name, "") for name in ("contact", "email", "phone", "website")))


def _latest(rows: list[_Said]) -> date | None:
    return max((found for row in rows if (found := row.values.get("confirmed_on"))), default=None)


def _key(given: str, values: Mapping[str, Any]) -> str:
    """Places without a name, and those of one name without an address, are told apart by where they lie."""
    where: Address = values["where"]
    address: tuple[str, ...] = (where.street, where.postcode, where.town)
    at = tuple(f"{degrees:.5f}" for degrees in values.get("coordinates", ()))
    if not any(address) and at:
        address = at
    return given or _short("place", *map(fold, (values.get("name") or ", ".join(at), *address)))


def _called(where: Address, language: str) -> str:
    """What a place is called that nobody gave a name."""
    name = WITHOUT_NAME.get(language.partition("-")[0], WITHOUT_NAME["en"])
    return where.street or (f"{name} ({where.district})" if where.district else name)


def _short(kind: str, *parts: str) -> str:
    return f"{kind}:{sha256(SEPARATOR.join(parts).encode()).hexdigest()[:16]}"
