"""How often introductions led to a second visit: of an offer itself, and of those alike, where little is known of it.

An offer's neighbours are those with an interest of its own, and those in its district; what is both counts twice. The
share that is reckoned with is

    (returned + WEIGHT * share of the neighbours) / (agreed + WEIGHT)

as if WEIGHT earlier introductions to the offer had gone as those to its neighbours went. So an offer of which nothing
is known takes its neighbours' share, and the more is known of itself, the less they count. Where nothing is known of
the neighbours either, their share is taken as nothing: what nobody knows speaks for no offer. This is the mean of a
beta distribution with the neighbours' share as its prior mean and WEIGHT as its prior size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from wegnetz.engines.introductions.model import Offer, Reason, Went
from wegnetz.engines.introductions.words import Code

WEIGHT: Final = 5
CAME_BACK: Final = 20  # points where all who were introduced came a second time
OFTEN, SELDOM = Fraction(2, 3), Fraction(1, 3)

# For whoever must not learn how it went with anybody: so many introductions, so many of them to one single offer, which
# are as many different people, and a share below this.
TOLD_FROM: Final = 20
PEOPLE_FROM: Final = 5
TOLD_BELOW: Final = Fraction(1, 4)

OWN: Final = (Code.CAME_OFTEN, Code.CAME_SOMETIMES, Code.CAME_SELDOM)
ALIKE: Final = (Code.ALIKE_OFTEN, Code.ALIKE_SOMETIMES, Code.ALIKE_SELDOM)
NOTHING: Final = Went()
Group = tuple[str, str]  # ("concept", its id) or ("district", its name)


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known of a group of offers together; `largest` is the most introductions to one of them."""

    went: Went = NOTHING
    largest: int = 0


def tallies(offers: Iterable[Offer]) -> dict[Group, Tally]:
    """What is known of the offers of each interest and of each district."""
    found: dict[Group, Tally] = {}
    for offer in offers:
        for group in groups_of(offer):
            before = found.get(group, Tally())
            found[group] = Tally(before.went + offer.went, max(before.largest, offer.agreed))
    return found


def groups_of(offer: Offer) -> Iterator[Group]:
    yield from (("concept", concept) for concept in sorted(offer.concepts))
    if offer.district:
        yield "district", offer.district


def with_neighbours(offers: Sequence[Offer], *, smallest: int) -> tuple[Offer, ...]:
    """The offers, each with what is known of its neighbours.

    Of fewer than `smallest` introductions nobody is told how they went, neither of an offer nor of its neighbours.
    """
    known = tallies(offers)
    return tuple(_told(offer, _neighbours(offer, known), smallest) for offer in offers)


def _neighbours(offer: Offer, known: Mapping[Group, Tally]) -> Went:
    """All of its groups together, without the offer itself."""
    return sum((known[group].went - offer.went for group in groups_of(offer)), NOTHING)


def _told(offer: Offer, alike: Went, smallest: int) -> Offer:
    own = offer.went if offer.agreed >= smallest else NOTHING
    return replace(
        offer, agreed=own.agreed, returned=own.returned, alike=alike if alike.agreed >= smallest else NOTHING
    )


def share(offer: Offer) -> Fraction:
    """The share that is reckoned with, 0 to 1."""
    return _own_part(offer) + _part_of_neighbours(offer)


def so_far(offer: Offer) -> tuple[Reason, ...]:
    """What speaks for an offer because people came back, in whole points; a lower share never has more of them."""
    points = int(CAME_BACK * share(offer))
    own = int(CAME_BACK * _own_part(offer))
    found = []
    if offer.returned:
        found.append(Reason(_word(offer.went.share, OWN), own))
    if offer.alike.agreed:
        found.append(Reason(_word(offer.alike.share, ALIKE), points - own))
    return tuple(found)


def seldom(offers: Iterable[Offer]) -> list[Group]:
    """The interests and districts that seldom led to a second visit, as far as it can be told without a number.

    One bit for each: how many it were is not to be seen from it, nor that it were none.
    """
    return sorted(
        group
        for group, known in tallies(offers).items()
        if known.went.agreed >= TOLD_FROM and known.largest >= PEOPLE_FROM and known.went.share < TOLD_BELOW
    )


def _own_part(offer: Offer) -> Fraction:
    return Fraction(offer.returned, offer.agreed + WEIGHT)


def _part_of_neighbours(offer: Offer) -> Fraction:
    return WEIGHT * offer.alike.share / (offer.agreed + WEIGHT)


def _word(known: Fraction, words: tuple[Code, Code, Code]) -> Code:
    """In a word: from a number one could reckon how it went with the one whom one does not know."""
    often, sometimes, seldom_ = words
    if known >= OFTEN:
        return often
    return seldom_ if known < SELDOM else sometimes
