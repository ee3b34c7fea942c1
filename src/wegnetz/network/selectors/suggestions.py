"""Which offers suit a person, best first, and why or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.directory import entries
from wegnetz.directory.selectors.interests import Interests as Known
from wegnetz.directory.selectors.points import State, StoredOffer, StoredPoint, state, whole_directory
from wegnetz.engines import introductions as engine
from wegnetz.network.models import Interests, Outcome
from wegnetz.network.openings import Liked, open_interests
from wegnetz.participants.access import standing_records
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, key_for

MOST = 20
SMALLEST = 5  # people; of fewer, how it went with them is told to nobody


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer with its contact point, and how it suits the person."""

    offer: StoredOffer
    point: StoredPoint
    fit: engine.Fit


def interests_of(viewer: Viewer, person: OpenPerson) -> Liked | None:
    """None where nobody has asked yet. The page recorded "interests"."""
    key = key_for(person, "interests")
    row = standing_records(viewer, Interests).filter(person=person.id).first()
    return open_interests(key, row) if row else None


def suggestions(liked: Liked, known: Known, *, on: date, without: frozenset[UUID] = frozenset()) -> list[Suggestion]:
    """The possible offers, the best first. `without` are those the person was introduced to already."""
    by_id, offers = _offers(state(), _outcomes())
    wanted = [offer for offer in offers if UUID(offer.id) not in without]
    fits = engine.ranked(_person(liked, on), wanted, known.parents)
    return [Suggestion(*by_id[each.offer], each) for each in fits[:MOST]]


def why(liked: Liked, known: Known, offer: UUID, *, on: date) -> Suggestion:
    """How one offer suits the person, also when it does not. Raises PersonNotFoundError for one that is not there."""
    by_id, offers = _offers(state(), _outcomes())
    found = next((each for each in offers if each.id == str(offer)), None)
    if found is None:
        raise PersonNotFoundError
    return Suggestion(*by_id[found.id], engine.fit(_person(liked, on), found, known.parents))


Outcomes = tuple[tuple[UUID, int, int], ...]


def _outcomes() -> Outcomes:
    rows = Outcome.objects.filter(agreed__gte=SMALLEST).order_by("offer")
    return tuple(rows.values_list("offer", "agreed", "returned"))


@lru_cache(maxsize=2)
def _offers(
    _state: State, outcomes: Outcomes
) -> tuple[Mapping[str, tuple[StoredOffer, StoredPoint]], tuple[engine.Offer, ...]]:
    """Everything that takes place, as the engine reckons with it."""
    went = {offer: (agreed, returned) for offer, agreed, returned in outcomes}
    by_id = {
        str(offer.id): (offer, point) for point in whole_directory() for offer in point.offers if not offer.offer.closed
    }
    return by_id, tuple(_offer(offer, point.point, went.get(offer.id, (0, 0))) for offer, point in by_id.values())


def _offer(stored: StoredOffer, point: entries.Point, went: tuple[int, int]) -> engine.Offer:
    offer, at = stored.offer, point.address
    place = engine.Place(at.lat, at.lon) if at.lat is not None and at.lon is not None else None
    return engine.Offer(
        str(stored.id), frozenset(offer.concepts), offer.capacity, 0, frozenset(offer.languages), offer.interpreter,
        offer.age_from, offer.age_to, place, at.district, offer.women_only, point.accessible, offer.cost_cents,
        went[0], went[1],
    )  # fmt: skip


def _person(liked: Liked, on: date) -> engine.Person:
    """Of whom only the year of birth is known, the younger age counts: nobody is sent where they may be too young."""
    age = max(on.year - liked.born - 1, 0) if liked.born else None
    return engine.Person(
        "", dict(liked.interests), frozenset(liked.languages), age, None, liked.district, frozenset(liked.needs),
        liked.woman,
    )  # fmt: skip
