"""What somebody changes by hand in an assignment: which seats are left then, and what comes next for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wegnetz.engines.introductions.fitting import Parents, ranked
from wegnetz.engines.introductions.model import Fit, Offer, Person


@dataclass(frozen=True, slots=True)
class Chosen:
    """One introduction of an assignment. `taken` says whether it is to be; what is not takes no seat."""

    person: str
    offer: str
    taken: bool = True


def free_seats(offers: Iterable[Offer], chosen: Iterable[Chosen]) -> dict[str, int | None]:
    """Seats left at each offer; None where there is no limit, below 0 where more are chosen than there are."""
    used = Counter(each.offer for each in chosen if each.taken)
    return {offer.id: None if offer.seats is None else offer.seats - used[offer.id] for offer in offers}


def next_possible(
    person: Person, offers: Sequence[Offer], chosen: Sequence[Chosen], number: int, parents: Parents | None = None
) -> Fit | None:
    """What comes next for the person instead of `chosen[number]`: the best possible offer below it, or else the best.

    None where no other is possible that has a seat left and that the person has not yet.
    """
    now = chosen[number]
    others = [each for place, each in enumerate(chosen) if place != number]
    free = free_seats(offers, others)
    own = {each.offer for each in others if each.person == person.id} | {now.offer}
    fits = ranked(person, offers, parents)
    after = next((place for place, each in enumerate(fits, 1) if each.offer == now.offer), 0)
    return next((each for each in fits[after:] + fits[:after] if each.offer not in own and _has_seat(free, each)), None)


def within_seats(offers: Iterable[Offer], chosen: Iterable[Chosen]) -> tuple[list[Chosen], list[Chosen]]:
    """What of the chosen can be, one after the other, and what comes too late for a seat."""
    left = free_seats(offers, ())
    kept: list[Chosen] = []
    late: list[Chosen] = []
    for each in chosen:
        if not _has_seat(left, each):
            late.append(each)
            continue
        kept.append(each)
        seats = left[each.offer]
        left[each.offer] = None if seats is None else seats - 1
    return kept, late


def _has_seat(free: Mapping[str, int | None], each: Fit | Chosen) -> bool:
    left = free[each.offer]
    return left is None or left > 0
