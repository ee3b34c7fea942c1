"""The assignment as plain numbers, the bound that proves a solution best, and the check that it is allowed at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

Choice = tuple[frozenset[int], ...]  # for each person the offers they get


@dataclass(frozen=True, slots=True)
class Problem:
    """People and offers by number.

    `edges` for each person {offer: score}, scores 1 or more, possible offers only; `seats` for each offer;
    `per_person` the most offers one person gets. Of the people exactly `served` get something, each of them at
    least one offer of score `floor` or more.
    """

    edges: tuple[dict[int, int], ...]
    seats: tuple[int, ...]
    per_person: int
    served: int = 0
    floor: int = 0


def total(problem: Problem, choice: Choice) -> int:
    return sum(problem.edges[person][offer] for person, offers in enumerate(choice) for offer in offers)


def bound(problem: Problem, prices: Sequence[int]) -> int:
    """The most any allowed choice can reach, worked out in whole numbers.

    `prices` for each offer, 0 or more, are what a seat costs. Any prices give a valid bound (Lagrangian duality):
    no choice is worth more than all seats at their price plus, for the `served` people who gain most, the best they
    could buy. With the right prices it equals the best sum, as this is a network flow with whole numbers. So the
    proof rests on this function alone, whoever found the prices.
    """
    gains = [_best_gain(problem, edges, prices) for edges in problem.edges]
    sold = sum(seats * price for seats, price in zip(problem.seats, prices, strict=True))
    return sold + sum(nlargest(problem.served, (gain for gain in gains if gain is not None)))


def _best_gain(problem: Problem, edges: dict[int, int], prices: Sequence[int]) -> int | None:
    """The most one person gains at these prices with at least one offer that reaches the floor; None if none does."""
    first = max(
        ((score - prices[offer], offer) for offer, score in edges.items() if score >= problem.floor), default=None
    )
    if first is None:
        return None
    more = (score - prices[offer] for offer, score in edges.items() if offer != first[1] and score > prices[offer])
    return first[0] + sum(nlargest(problem.per_person - 1, more))


def check(problem: Problem, choice: Choice) -> None:
    """Raises AssertionError where a choice is not allowed; a solver that errs must not pass for right."""
    taken = [0] * len(problem.seats)
    served = 0
    for edges, offers in zip(problem.edges, choice, strict=True):
        if not (offers <= edges.keys() and len(offers) <= problem.per_person):
            raise AssertionError("a pair that is not possible, or more offers than one person gets")
        if offers and max(edges[offer] for offer in offers) < problem.floor:
            raise AssertionError("someone is worse off than need be")
        served += bool(offers)
        for offer in offers:
            taken[offer] += 1
    if served != problem.served or any(used > seats for used, seats in zip(taken, problem.seats, strict=True)):
        raise AssertionError("fewer people served than possible, or more seats than there are")


def is_allowed(problem: Problem, choice: Choice) -> bool:
    try:
        check(problem, choice)
    except AssertionError:
        return False
    return True
