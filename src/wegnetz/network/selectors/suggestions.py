"""Which offers suit a person, best first, and why or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from wegnetz.rules.facts import Year
from wegnetz.rules.periods import age_on

Born = date | Year | None

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


def suggestions(
    liked: Liked, known: Known, *, on: date, born: Born = None, without: frozenset[UUID] = frozenset()
) -> list[Suggestion]:
    """The possible offers, the best first. `without` are those the person was introduced to already.

    Here and below, `born` is what else is known of it besides what was written down with the interests.
    """
    by_id, offers = everything()
    wanted = [offer for offer in offers if UUID(offer.id) not in without]
    fits = engine.ranked(as_person(liked, on, born=born), wanted, known.parents)
    return [Suggestion(*by_id[each.offer], each) for each in fits[:MOST]]


def why(liked: Liked, known: Known, offer: UUID, *, on: date, born: Born = None) -> Suggestion:
    """How one offer suits the person, also when it does not. Raises PersonNotFoundError for one that is not there."""
    by_id, offers = everything()
    found = next((each for each in offers if each.id == str(offer)), None)
    if found is None:
        raise PersonNotFoundError
    fit = engine.fit(as_person(liked, on, born=born), found, known.parents)
    return Suggestion(*by_id[found.id], fit if liked.interests else _unasked(fit))


def _unasked(fit: engine.Fit) -> engine.Fit:
    """Where nobody has asked what somebody likes, it is not they who do not like it."""
    unasked = engine.Reason(engine.Code.NO_INTERESTS)
    against = (unasked if each.code is engine.Code.NO_INTEREST else each for each in fit.against)
    return replace(fit, against=tuple(against))


def closing(liked: Liked | None, offer: UUID, *, on: date, born: Born = None) -> tuple[engine.Reason, ...]:
    """Why an offer is closed to somebody of whom this is known. Raises PersonNotFoundError where there is none."""
    found = next((each for each in everything()[1] if each.id == str(offer)), None)
    if found is None:
        raise PersonNotFoundError
    return engine.closed_by(as_person(liked or Liked(), on, born=born), found)


def unserved(liked: Liked, known: Known) -> list[str]:
    """What the person likes and nobody offers."""
    offered = known.offered()
    return [concept for concept in liked.interests if not known.with_narrower(concept) & offered]


def seldom_returned() -> list[engine.Group]:
    """Interests and districts that seldom led to a second visit. Nobody is named, and no number told."""
    return engine.seldom(_offers(state(), _outcomes())[1])


Outcomes = tuple[tuple[UUID, int, int], ...]
ById = Mapping[str, tuple[StoredOffer, StoredPoint]]


def everything() -> tuple[ById, tuple[engine.Offer, ...]]:
    """Everything that takes place, by its id and as the engine reckons with it."""
    return _told(state(), _outcomes())


def _outcomes() -> Outcomes:
    rows = Outcome.objects.filter(agreed__gt=0).order_by("offer")
    return tuple(rows.values_list("offer", "agreed", "returned"))


@lru_cache(maxsize=2)
def _told(now: State, outcomes: Outcomes) -> tuple[ById, tuple[engine.Offer, ...]]:
    by_id, offers = _offers(now, outcomes)
    return by_id, engine.with_neighbours(offers, smallest=SMALLEST)


@lru_cache(maxsize=2)
def _offers(_state: State, outcomes: Outcomes) -> tuple[ById, tuple[engine.Offer, ...]]:
    """With how each of them did, as it is counted."""
    went = {offer: (agreed, min(returned, agreed)) for offer, agreed, returned in outcomes}
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


def as_person(
    liked: Liked, on: date, *, born: Born = None, named: str = "", begun: Iterable[UUID] = ()
) -> engine.Person:
    """Of whom only the year of birth is known, the younger age counts: nobody is sent where they may be too young."""
    if born is None and liked.born:
        born = Year(liked.born)
    age = max(age_on(born.last if isinstance(born, Year) else born, on), 0) if born else None
    return engine.Person(
        named, dict(liked.interests), frozenset(liked.languages), age, None, liked.district, frozenset(liked.needs),
        liked.woman, begun=frozenset(map(str, begun)),
    )  # fmt: skip
