"""Integreat CMS, API v3: locations as contact points, events as offers, each in all the languages that are given.

In every language an entry has an id of its own; it names those of the others. The first language that is given in which
an entry is there at all is its source language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from wegnetz.directory.entries import (
    DESCRIPTION,
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
from wegnetz.directory.importing.addresses import country, postcode
from wegnetz.directory.importing.cells import LONGEST_TEXT, degrees, email, moment, phone, prose, website, yes_or_no
from wegnetz.directory.importing.documents import Part, filled, paragraphs
from wegnetz.directory.importing.integreat_times import by_appointment, event_hours, opening_hours
from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Say, Told, nobody
from wegnetz.directory.importing.readable import plain_text
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.workbook import MAX_ROWS

# Kind, language (or none, for what is translated) and number.
Name = tuple[str, str, str]
Found = TypeVar("Found", Point, Offer)
LONGEST_PAGE = 100_000  # letters of HTML


def is_integreat(data: Any) -> bool:
    return isinstance(data, list) and any(
        isinstance(entry, dict) and "available_languages" in entry and _kind(entry) for entry in data
    )


def read_integreat(answers: Sequence[tuple[str, Any]], faults: list[Fault], told: Told = nobody) -> tuple[Point, ...]:
    """`answers` are (language, what the service answered), the source language first. Points in the order of keys.

    Raises ReadRefusedError where there are too many.
    """
    if sum(len(data) for _, data in answers if isinstance(data, list)) > MAX_ROWS:
        raise ReadRefusedError(Reason.TOO_MANY)
    points: dict[str, Point] = {}
    offers: dict[str, dict[str, Offer]] = defaultdict(dict)
    groups = _joined([entry for language, data in answers for entry in _entries(language, data, faults)])
    for number, group in enumerate(groups, 1):
        told(number, len(groups))
        if group.first.kind == "location" and (point := _point(group)):
            _once(points, point.key, point, group)
    for group in groups:
        if group.first.kind == "event" and (offer := _offer(group)):
            place = _place_of(group, offer)
            points.setdefault(place.key, place)
            _once(offers[place.key], offer.key, offer, group)
    return tuple(
        replace(points[key], offers=tuple(offers[key][each] for each in sorted(offers[key]))) for key in sorted(points)
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A location or an event in one language."""

    language: str
    kind: str
    part: Part

    @property
    def name(self) -> Name:
        return self.kind, self.language, self.part.id()

    def others(self) -> Iterator[Name]:
        """By what else it is known: its names in other languages, and the number of what is translated."""
        if number := self.part.part(self.kind).id():
            yield self.kind, "", number
        listed = self.part.data.get("available_languages")
        for language, named in listed.items() if isinstance(listed, dict) else ():
            if isinstance(named, dict) and (found := Part(named, self.part.say).id()):
                yield self.kind, language, found


def _entries(language: str, data: Any, faults: list[Fault]) -> Iterator[_Entry]:
    for number, entry in enumerate(data if isinstance(data, list) else [data], 1):
        say = Say(faults, number, language)
        if isinstance(entry, dict) and (kind := _kind(entry)) and Part(entry, say).id():
            yield _Entry(language, kind, Part(entry, say))
        else:
            say(entry, Expected.ENTRY, Effect.REFUSED)


def _kind(entry: Mapping[str, Any]) -> str:
    if isinstance(entry.get("event"), dict):
        return "event"
    return "location" if isinstance(entry.get("location"), dict) else ""


@dataclass(frozen=True, slots=True)
class _Group:
    """The same in its languages: one entry of each, and what came `again` in one of them."""

    entries: list[_Entry] = field(default_factory=list)
    again: list[_Entry] = field(default_factory=list)

    @property
    def first(self) -> _Entry:
        return self.entries[0]

    def add(self, entry: _Entry) -> None:
        known = any(there.language == entry.language for there in self.entries)
        (self.again if known else self.entries).append(entry)


def _joined(entries: Sequence[_Entry]) -> list[_Group]:
    """Languages in the order in which they are given."""
    leader: dict[Name, Name] = {}

    def lead(name: Name) -> Name:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for entry in entries:
        for other in entry.others():
            leader[lead(other)] = lead(entry.name)
    groups: dict[Name, _Group] = defaultdict(_Group)
    for entry in entries:
        groups[lead(entry.name)].add(entry)
    return list(groups.values())


def _once(known: dict[str, Found], key: str, found: Found, group: _Group) -> None:
    if known.setdefault(key, found) is not found:
        group.first.part.say.within("id")(key, Expected.ID_ONCE, Effect.REFUSED)


def _point(group: _Group) -> Point | None:
    """All but the words is taken from the source language."""
    first = group.first.part
    wording = _wording(group, NAME)
    if wording is None:
        return None
    closed = first.parsed("temporarily_closed", yes_or_no)
    for entry in group.again:
        entry.part.say.within("id")(entry.part.id(), Expected.ID_ONCE, Effect.REFUSED)
    return Point(
        key=f"location:{first.part('location').id() or first.id()}",
        wording=wording,
        operator=first.part("organization").text("name"),
        address=_address(first.part("location")),
        contact=_contact(first),
        accessible=first.parsed("barrier_free", yes_or_no),
        hours=opening_hours(first),
        closed=bool(closed),
        modified_at=first.parsed("last_updated", moment) or first.parsed("modified_gmt", moment),
    )


def _offer(group: _Group) -> Offer | None:
    first = group.first.part
    wording = _wording(group, TITLE)
    if wording is None:
        return None
    return Offer(
        key=f"event:{first.part('event').id() or first.id()}",
        wording=wording,
        hours=tuple(dict.fromkeys((*event_hours(first), *_again(group)))),
        contact=_contact(first),
    )


def _again(group: _Group) -> Iterator[Hours]:
    """A service that is not asked to combine recurring events gives each day an entry, and each the whole rule."""
    first = group.first
    titles = {entry.language: entry.part.data.get("title") for entry in group.entries}
    for entry in group.again:
        if entry.part.data.get("title") != titles[entry.language]:
            entry.part.say.within("id")(entry.part.id(), Expected.ID_ONCE, Effect.REFUSED)
        elif entry.language == first.language and not first.part.data.get("recurrence_rule"):
            yield from event_hours(entry.part)


def _place_of(group: _Group, offer: Offer) -> Point:
    """Where an event takes place, as the event says it; else its organisation; else the event stands alone."""
    first = group.first.part
    location, organisation = first.part("location"), first.part("organization")
    name, key = location.text("name"), location.id()
    if not key or not name:
        name, key = organisation.text("name"), organisation.id()
        address, kind = Address(), "organization"
    else:
        address, kind = _address(location), "location"
    if not key or not name:
        name, key, address, kind = offer.wording.source.texts[TITLE], offer.key.partition(":")[2], Address(), "event"
    source = group.first.language
    return Point(
        key=f"{kind}:{key}",
        wording=Wording(source, {source: Translation({NAME: name})}),
        operator=organisation.text("name"),
        address=address,
    )


def _wording(group: _Group, name: str) -> Wording | None:
    """None, and said, where the source language has no title."""
    found = {}
    for entry in group.entries:
        title = entry.part.text("title")
        if title:
            said = paragraphs(_page(entry.part), by_appointment(entry.part, entry.language))
            found[entry.language] = Translation(filled({name: title, DESCRIPTION: said}))
        elif entry is group.first:
            entry.part.say.within("title")("", Expected.NAME, Effect.REFUSED)
            return None
    return Wording(group.first.language, found)


def _page(part: Part) -> str:
    """The page, or where it is empty the short text that stands for it in lists."""
    html, say = part.raw("content"), part.say.within("content")
    if len(html) > LONGEST_PAGE:
        say(html, Expected.SHORTER, Effect.CHANGED)
    return prose(plain_text(html[:LONGEST_PAGE]), say, LONGEST_TEXT) or part.prose("excerpt")


def _address(location: Part) -> Address:
    lat = location.parsed("latitude", lambda text, say: degrees(text, say, 90))
    lon = location.parsed("longitude", lambda text, say: degrees(text, say, 180))
    known = lat is not None and lon is not None and (lat, lon) != (0, 0)
    return Address(
        street=location.text("address"),
        postcode=location.parsed("postcode", postcode) or "",
        town=location.text("town"),
        country=location.parsed("country", country) or "DE",
        lat=lat if known else None,
        lon=lon if known else None,
    )


def _contact(part: Part) -> Contact:
    """The first contact, then what older versions say of the location itself, then its organisation's page."""
    people = [*part.parts("contacts"), part]
    first = people[0] if len(people) > 1 else Part({}, part.say)
    name = " – ".join(filter(None, (first.text("name"), first.text("area_of_responsibility"))))
    numbers = (person.parsed(key, phone) for person in people for key in ("phone_number", "mobile_number"))
    pages = [person.parsed("website", website) for person in people] + [part.parsed("meeting_url", website)]
    return Contact(
        name=name,
        email=next(filter(None, (person.parsed("email", email) for person in people)), ""),
        phone=next(filter(None, numbers), ""),
        website=next(filter(None, (*pages, part.parsed("appointment_url", website))), "")
        or part.part("organization").parsed("website", website)
        or "",
    )
