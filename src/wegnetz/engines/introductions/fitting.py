"""How well an offer suits a person, in whole points with a reason for each; and the best offers for one person.

Points are whole numbers, so that sums are exact and two equal assignments are equal. The weights below are an
agreement, not a measurement: what a person loves most outweighs everything else, being understood outweighs the
way, and the way outweighs what is merely pleasant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wegnetz.engines.introductions.barriers import ages, barriers, distance_km, questions
from wegnetz.engines.introductions.model import ACCESSIBLE, Fit, Offer, Person, Reason
from wegnetz.engines.introductions.returns import so_far
from wegnetz.engines.introductions.words import Code

Parents = Mapping[str, frozenset[str]]  # concept -> the next broader concepts

# For each step of an interest's strength (1 to 5).
SAME = 100  # football, and football is offered
NARROWER = 80  # sport, and football is offered
BROADER = 50  # football, and sport is offered
FURTHER_SHARE = 5  # a second shared interest counts a fifth of what it would count alone

LANGUAGE = 40
INTERPRETER = 10
NEAR = ((1.0, 30), (3.0, 20), (5.0, 10))  # (up to km, points)
SAME_DISTRICT = 20  # only where a place is not known
FREE = 15
CONFIRMED_ACCESS = 10  # for those who need it
# Each: of two equal offers, the one where nothing is open comes first. All that can be asked is less than one interest.
OPEN_QUESTION = -5


def fit(person: Person, offer: Offer, parents: Parents | None = None) -> Fit:
    """How the offer suits the person. Any pair may be asked about; `against` answers "why not?"."""
    liked = shared_interests(person, offer, parents or {})
    away = distance_km(person.place, offer.place)
    against = closed_by(person, offer)
    if not liked:
        against = (Reason(Code.NO_INTEREST), *against)
    if against:
        return Fit(person.id, offer.id, 0, (), against)
    asked = tuple(Reason(each.code, OPEN_QUESTION, each.about) for each in questions(person, offer, away))
    reasons = (*liked, *_around(person, offer, away), *asked)
    return Fit(person.id, offer.id, sum(reason.points for reason in reasons), reasons, ())


def closed_by(person: Person, offer: Offer) -> tuple[Reason, ...]:
    """Everything that closes the offer to the person, whatever they like to do."""
    return barriers(person, offer, distance_km(person.place, offer.place))


def ranked(person: Person, offers: Iterable[Offer], parents: Parents | None = None) -> tuple[Fit, ...]:
    """The possible offers, best first; equal scores in the order of their ids."""
    fits = (fit(person, offer, parents) for offer in offers)
    return tuple(sorted((each for each in fits if each.possible), key=lambda each: (-each.score, each.offer)))


def shared_interests(person: Person, offer: Offer, parents: Parents) -> tuple[Reason, ...]:
    """The interests this offer meets, the strongest first. Broader and narrower reach one step, not further:

    a grandparent such as "leisure" would make everything suit everybody.
    """
    found = []
    offered_as_narrower = {broader for offered in offer.concepts for broader in parents.get(offered, ())}
    for concept, strength in person.interests.items():
        if concept in offer.concepts:
            found.append((SAME * strength, Code.INTEREST, concept))
        elif concept in offered_as_narrower:
            found.append((NARROWER * strength, Code.NARROWER, concept))
        elif concept in parents and parents[concept] & offer.concepts:
            found.append((BROADER * strength, Code.BROADER, concept))
    found.sort(key=lambda each: (-each[0], each[2]))
    if not found:
        return ()
    return tuple(
        Reason(code, points if place == 0 else points // FURTHER_SHARE, concept)
        for place, (points, code, concept) in enumerate(found)
    )


def _around(person: Person, offer: Offer, away: float | None) -> tuple[Reason, ...]:
    """What speaks for the offer beside the interest."""
    found = []
    if spoken := person.languages & offer.languages:
        found.append(Reason(Code.LANGUAGE, LANGUAGE, ", ".join(sorted(spoken))))
    elif offer.interpreter:
        found.append(Reason(Code.INTERPRETER, INTERPRETER))
    if away is None:
        if person.district and person.district == offer.district:
            found.append(Reason(Code.DISTRICT, SAME_DISTRICT, offer.district))
    elif points := next((points for limit, points in NEAR if away <= limit), 0):
        found.append(Reason(Code.NEAR, points, f"{away:.1f}"))
    if offer.cost_cents == 0:
        found.append(Reason(Code.FREE, FREE))
    if offer.accessible and ACCESSIBLE in person.needs:
        found.append(Reason(Code.ACCESSIBLE, CONFIRMED_ACCESS))
    # Good to know, and worth no points: a rule decided these already.
    if person.age is not None and (offer.age_from is not None or offer.age_to is not None):
        found.append(Reason(Code.AGE, about=ages(offer)))
    if offer.capacity is not None:
        found.append(Reason(Code.SEATS, about=str(offer.capacity)))
    return (*found, *so_far(offer))
