"""Why an offer is closed to a person, and what must be asked before it is open.

What is not recorded neither closes nor opens anything in silence. Two sentences decide:

* Something a place has to provide or to protect (accessibility for those who need it, an interpreter where no
  language is shared, a space for women only, a visit without cost for those who have no money) counts only once it is
  recorded: a person who stands before a staircase, or a man in a room promised to women, is a harm that a question
  afterwards does not undo. The offer is closed and the reason says that it is not recorded.
* A limit that can be asked about in one sentence (an age, a language, how far it is) leaves the offer open with a
  reason that says what to ask first. Closing it would shut out those of whom least is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

from wegnetz.engines.introductions.model import (
    ACCESSIBLE,
    FREE,
    INTERPRETER,
    WOMEN_ONLY,
    Offer,
    Person,
    Place,
    Reason,
)
from wegnetz.engines.introductions.words import Code

EARTH_RADIUS_KM = 6371.0088  # mean radius R1, IUGG


def barriers(person: Person, offer: Offer, away: float | None) -> tuple[Reason, ...]:
    """Everything that closes the offer to the person, `away` km from it; interests are not looked at."""
    return (
        *_age(person, offer),
        *_language(person, offer),
        *_provided(person, offer),
        *_women_only(person, offer),
        *_room(person, offer, away),
    )


def questions(person: Person, offer: Offer, away: float | None) -> tuple[Reason, ...]:
    """What must be asked before the person is introduced, as nobody has recorded it."""
    found = []
    if person.age is None and (offer.age_from is not None or offer.age_to is not None):
        found.append(Reason(Code.ASK_AGE, about=ages(offer)))
    if not (person.languages and offer.languages) and not offer.interpreter:
        found.append(Reason(Code.ASK_LANGUAGE))
    if person.reach_km is not None and away is None:
        found.append(Reason(Code.ASK_DISTANCE))
    return tuple(found)


def distance_km(one: Place | None, other: Place | None) -> float | None:
    """Kilometres as the crow flies (haversine formula on a sphere); None where a place is not known."""
    if one is None or other is None:
        return None
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((other_lat - lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(half, 1.0)))


def ages(offer: Offer) -> str:
    """The ages an offer is meant for, such as "18-27", "18+" or "0-27"."""
    return f"{offer.age_from}+" if offer.age_to is None else f"{offer.age_from or 0}-{offer.age_to}"


def _age(person: Person, offer: Offer) -> Iterator[Reason]:
    if person.age is None:
        return
    if offer.age_from is not None and person.age < offer.age_from:
        yield Reason(Code.TOO_YOUNG, about=str(offer.age_from))
    if offer.age_to is not None and person.age > offer.age_to:
        yield Reason(Code.TOO_OLD, about=str(offer.age_to))


def _language(person: Person, offer: Offer) -> Iterator[Reason]:
    """A person who needs an interpreter, and shares no language for certain, needs one that is recorded."""
    if offer.interpreter or person.languages & offer.languages:
        return
    if (person.languages and offer.languages) or INTERPRETER in person.needs:
        yield Reason(Code.NO_LANGUAGE, about=", ".join(sorted(offer.languages)))


def _provided(person: Person, offer: Offer) -> Iterator[Reason]:
    if ACCESSIBLE in person.needs and not offer.accessible:
        yield Reason(Code.ACCESS_UNKNOWN if offer.accessible is None else Code.NOT_ACCESSIBLE)
    if FREE in person.needs and offer.cost_cents != 0:
        yield Reason(Code.COST_UNKNOWN if offer.cost_cents is None else Code.NOT_FREE)


def _women_only(person: Person, offer: Offer) -> Iterator[Reason]:
    """Whoever asks for places for women only has said that they are open to her."""
    asked = WOMEN_ONLY in person.needs
    if asked and not offer.women_only:
        yield Reason(Code.NOT_WOMEN_ONLY)
    if offer.women_only and (person.woman is False or not (person.woman or asked)):
        yield Reason(Code.WOMEN_ONLY if person.woman is False else Code.WOMEN_ONLY_UNKNOWN)


def _room(person: Person, offer: Offer, away: float | None) -> Iterator[Reason]:
    if offer.seats == 0:
        yield Reason(Code.FULL, about=str(offer.kept))
    if person.reach_km is not None and away is not None and away > person.reach_km:
        yield Reason(Code.TOO_FAR, about=f"{away:.1f}")
    if offer.id in person.keep_away:
        yield Reason(Code.KEEP_AWAY)
    if offer.id in person.begun:
        yield Reason(Code.BEGUN)
