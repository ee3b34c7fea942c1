"""Contact points and their offers as plain data: what files and services bring, what is stored, what is given away.

Every importer makes these and every exporter reads them, so that formats know nothing of tables or of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from wegnetz.engines.folding import fold

DESCRIPTION, DIRECTIONS = "description", "directions"
NAME = "name"
TITLE, JOINING, COST = "title", "joining", "cost"
# What is said of each in words, and so in several languages; the first of them never lacks in the source language.
POINT_TEXTS = (NAME, DESCRIPTION, DIRECTIONS)
OFFER_TEXTS = (TITLE, DESCRIPTION, JOINING, COST)
# Times of one place or offer: more fit into no form. Single days of four years are about as many.
MOST_HOURS = 200
# Until then something that began the evening before may go on.
NIGHT_ENDS = time(6)


class State(StrEnum):
    """How far a translation can be relied on."""

    SOURCE = "source"
    HUMAN = "human"
    MACHINE = "machine"
    OUTDATED = "outdated"  # the source was changed since


@dataclass(frozen=True, slots=True)
class Translation:
    """What is said in one language: field -> plain text, without what is not said.

    `made_from` is the fingerprint of the source it was made from. The source itself has none.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    machine: bool = False
    made_from: str = ""

    def state(self, source: Translation) -> State:
        if self is source:
            return State.SOURCE
        if self.made_from and self.made_from != source.fingerprint:
            return State.OUTDATED
        return State.MACHINE if self.machine else State.HUMAN

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change with any of the texts."""
        said = "\x1e".join(f"{name}\x1f{text}" for name, text in sorted(self.texts.items()) if text)
        return sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said in every language. `language` (BCP 47) is the one in which it was written first."""

    language: str
    translations: Mapping[str, Translation]

    def __post_init__(self) -> None:
        if self.language not in self.translations:
            raise ValueError(f"written in {self.language}, but nothing is said in it")

    @property
    def source(self) -> Translation:
        return self.translations[self.language]


@dataclass(frozen=True, slots=True)
class Hours:
    """When something takes place or is open: once, or again by a rule of RFC 5545 without its name ("FREQ=WEEKLY").

    Times are those of the place (`zone`, an IANA name). Without `opens` it is the whole day; without `closes` the end
    is not said. `but_not_on` are the days that are left out.
    """

    first_day: date
    opens: time | None = None
    closes: time | None = None
    rule: str = ""
    but_not_on: tuple[date, ...] = ()
    zone: str = "Europe/Berlin"


def ends_too_early(opens: time | None, closes: time | None) -> bool:
    """Whether an end does not lie behind its beginning. Until six in the morning it is that of the night."""
    return opens is not None and closes is not None and NIGHT_ENDS < closes <= opens


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask, as published. Empty where nothing is said."""

    name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Street with number; the town's name; the country as ISO 3166-1 alpha-2. Degrees are WGS 84."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    district: str = ""
    country: str = "DE"
    lat: float | None = None
    lon: float | None = None

    def __post_init__(self) -> None:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("a latitude without a longitude, or the other way round")
        if self.lat is not None and self.lon is not None and not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"no place on earth: {self.lat}, {self.lon}")

    @property
    def postal(self) -> str:
        """ "Musterweg 1, 40000 Düsseldorf"; empty where nothing is said."""
        return ", ".join(filter(None, (self.street, f"{self.postcode} {self.town}".strip())))

    @property
    def line(self) -> str:
        """The same with the district: "Musterweg 1, 40000 Düsseldorf (Bilk)"."""
        return f"{self.postal} ({self.district})" if self.postal and self.district else self.postal or self.district

    def may_be(self, other: Address) -> bool:
        """Whether the two could be the same: nothing written in both differs."""
        said = ((self.street, other.street), (self.postcode, other.postcode), (self.town, other.town))
        return all(not (mine and theirs) or fold(mine) == fold(theirs) for mine, theirs in said)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that takes place at a contact point. None, and an empty tuple, mean that it is not said.

    `key` is what the source calls it, unique within the contact point. `concepts` are ids of interests. `languages`
    (BCP 47) are those it is held in; `interpreter` whether one can be had. Ages are completed years, both included.
    `cost_cents` is for one visit, 0 for free. `capacity` counts seats. `confirmed_on` is the last day on which somebody
    said that all this holds. `closed` offers do not take place at present.
    """

    key: str
    wording: Wording
    concepts: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: bool | None = None
    age_from: int | None = None
    age_to: int | None = None
    cost_cents: int | None = None
    women_only: bool = False
    capacity: int | None = None
    contact: Contact = Contact()
    confirmed_on: date | None = None
    closed: bool = False

    def __post_init__(self) -> None:
        if any(
            value is not None and value < 0 for value in (self.age_from, self.age_to, self.cost_cents, self.capacity)
        ):
            raise ValueError("an age, a price or a number of seats below 0")
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValueError(f"the ages {self.age_from} to {self.age_to} are the wrong way round")


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point: a place, or a group without one, where somebody can come to know people.

    `key` is what the source calls it, unique within the source. `operator` is the organisation that runs it. `hours`
    are those of the place itself; offers have their own. `accessible` is for wheelchairs; None is not said.
    `modified_at` is when the source changed it last, aware.
    """

    key: str
    wording: Wording
    operator: str = ""
    address: Address = Address()
    contact: Contact = Contact()
    accessible: bool | None = None
    hours: tuple[Hours, ...] = ()
    offers: tuple[Offer, ...] = ()
    confirmed_on: date | None = None
    closed: bool = False
    modified_at: datetime | None = None


def whole(point: Point, offers: Iterable[Offer]) -> Point:
    """A contact point together with what it offers."""
    return replace(point, offers=tuple(offers))


Entry = TypeVar("Entry", Point, Offer)


def reworded(entry: Entry, wording: Wording) -> Entry:
    """The same, said in these words."""
    return replace(entry, wording=wording)
