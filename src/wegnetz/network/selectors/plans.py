"""A plan for a cohort: what the engine found best, and what somebody made of it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wegnetz.engines import introductions as engine
from wegnetz.network.selectors.cohort import Cohort

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """One introduction of a plan. `fit` says why it suits, or why it is not possible any more."""

    chosen: engine.Chosen
    fit: engine.Fit


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of an offer that the plan uses: all there are, taken before, used now, held back, and left.

    All but `taken` and `used` are None where there is no limit.
    """

    offer: str
    capacity: int | None
    taken: int
    used: int
    held_back: int | None
    left: int | None

    @property
    def over(self) -> int:
        """How many seats are missing."""
        return max(-(self.left or 0), 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Introductions for a cohort. `best` is what the engine found, `rows` what is planned, the same or changed by hand.

    `late` are rows for which no seat is left.
    """

    cohort: Cohort
    best: engine.Introductions
    rows: tuple[Planned, ...]

    @property
    def changed(self) -> bool:
        best = {(each.person, each.offer) for each in self.best.assignments}
        return best != {(each.chosen.person, each.chosen.offer) for each in self.taken}

    @property
    def taken(self) -> tuple[Planned, ...]:
        return tuple(each for each in self.rows if each.chosen.taken)

    @property
    def late(self) -> frozenset[engine.Chosen]:
        return frozenset(engine.within_seats(self.cohort.offers, [each.chosen for each in self.taken])[1])

    @property
    def seats(self) -> tuple[Seats, ...]:
        """Of each offer in the plan, those with the fewest seats left first."""
        free = engine.free_seats(self.cohort.offers, [each.chosen for each in self.rows])
        named = {each.chosen.offer for each in self.rows}
        found = [self._seats(offer, free[offer.id]) for offer in self.cohort.offers if offer.id in named]
        return tuple(sorted(found, key=lambda each: (each.left is None, each.left or 0, each.offer)))

    def _seats(self, offer: engine.Offer, left: int | None) -> Seats:
        used = sum(each.chosen.offer == offer.id for each in self.taken)
        return Seats(offer.id, offer.capacity, offer.taken, used, offer.kept, left)


def best_plan(cohort: Cohort, *, per_person: int) -> Plan:
    """As many as possible with something, then the worst-off, then the sum."""
    best = engine.introduce(cohort.people.values(), cohort.offers, per_person=per_person, parents=cohort.parents)
    return Plan(cohort, best, tuple(Planned(engine.Chosen(each.person, each.offer), each) for each in best.assignments))


def changed_plan(plan: Plan, chosen: Sequence[engine.Chosen], *, per_person: int) -> Plan:
    """The plan as somebody left it: each person no offer twice, and none more than they get; others are dropped."""
    offers = {offer.id: offer for offer in plan.cohort.offers}
    rows: list[Planned] = []
    own: dict[str, set[str]] = {person: set() for person in plan.cohort.people}
    for each in chosen:
        had = own.get(each.person)
        if had is None or each.offer not in offers or each.offer in had or len(had) >= per_person:
            continue
        had.add(each.offer)
        found = engine.fit(plan.cohort.people[each.person], offers[each.offer], plan.cohort.parents)
        rows.append(Planned(each, found))
    return Plan(plan.cohort, plan.best, tuple(rows))


def exchanged(plan: Plan, number: int) -> Plan:
    """The plan with the next possible offer in this row; as it was where there is none."""
    if number not in range(len(plan.rows)):
        return plan
    chosen = [each.chosen for each in plan.rows]
    cohort, now = plan.cohort, chosen[number]
    found = engine.next_possible(cohort.people[now.person], cohort.offers, chosen, number, cohort.parents)
    if found is None:
        return plan
    rows = list(plan.rows)
    rows[number] = Planned(engine.Chosen(found.person, found.offer), found)
    return Plan(cohort, plan.best, tuple(rows))


def nearest_closed(plan: Plan, person: str) -> list[engine.Fit]:
    """A few of the offers that meet an interest of the person and are closed to them, with the fewest reasons first."""
    known = plan.cohort
    fits = (engine.fit(known.people[person], offer, known.parents) for offer in known.offers)
    closed = [each for each in fits if each.against and each.against[0].code not in engine.Code.not_liked()]
    return sorted(closed, key=lambda each: (len(each.against), each.offer))[:NEAREST]
