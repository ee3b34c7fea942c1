"""The best introductions beside first come, first served and the stable matching of hospitals and residents.

Invented people and places over 204 interests in 17 groups. Each size comes with ample seats, as drawn, and with
scarce ones, 1.2 for each introduction in all, where many want what few can have. Ranks count from 1 for the best
possible offer in a person's own list; equal scores share one.
"""

from __future__ import annotations

import argparse
import importlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from heapq import heappop, heappush
from random import Random
from time import perf_counter
from typing import Any

from bench.machine import machine, peak_memory
from wegnetz.engines.introductions import Fit, Offer, Person, Place, introduce, ranked
from wegnetz.engines.introductions.cohort import meeting_an_interest

CONCEPTS = tuple(f"concept-{number}" for number in range(204))
PARENTS = {concept: frozenset({f"group-{number % 17}"}) for number, concept in enumerate(CONCEPTS)}
LANGUAGES = ("ar", "fa", "so", "ti", "en", "fr", "tr")
DISTRICTS = ("Altstadt", "Bilk", "Eller", "Flingern", "Garath", "Oberbilk", "Rath", "Wersten")
SIZES = ((40, 114), (120, 114), (600, 600), (5000, 2000))
SCARCE = 1.2  # seats for each introduction


def size(text: str) -> tuple[int, int]:
    people, _, offers = text.partition("x")
    return int(people), int(offers)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", type=size, nargs="+", default=SIZES, metavar="PEOPLExOFFERS")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--per-person", type=int, default=1)
    parser.add_argument("--seats", nargs="+", choices=("ample", "scarce"), default=["ample", "scarce"])
    parser.add_argument("--pure-python", action="store_true", help="leave HiGHS out even where it is installed")


def run(options: argparse.Namespace) -> dict[str, Any]:
    runs = [
        {"seats": seats, **measure(people, offers, seed, seats == "scarce", options)}
        for people, offers in options.sizes
        for seats in options.seats
        for seed in options.seeds
    ]
    return {
        "benchmark": "introductions",
        "per_person": options.per_person,
        "runs": runs,
        "all_proven_best": all(each["best"]["gap"] == 0 for each in runs),
        "peak_memory_mb": round(peak_memory(), 1),
        "machine": machine(),
    }


def measure(people: int, offers: int, seed: int, scarce: bool, options: argparse.Namespace) -> dict[str, Any]:  # noqa: FBT001
    everyone, everything = cohort(people, offers, seed)
    if scarce:
        everything = with_seats(everything, round(SCARCE * people * options.per_person), seed)
    per_person, pure = options.per_person, options.pure_python
    start = perf_counter()
    best = introduce(everyone, everything, per_person=per_person, parents=PARENTS, pure_python=pure)
    seconds = perf_counter() - start
    possible = possible_pairs(everyone, everything)
    common = {
        "people": people,
        "offers": offers,
        "seed": seed,
        "pairs": sum(map(len, possible)),
        "seats_in_all": sum(offer.seats or 0 for offer in everything),
    }
    found = {
        "seconds": round(seconds, 3),
        "solver": best.solver,
        "bound": best.bound,
        "gap": best.gap,
        **figures(everything, possible, best.assignments),
    }
    start = perf_counter()
    queued = first_come(everything, possible, per_person)
    first = {"seconds": round(perf_counter() - start, 3), **figures(everything, possible, queued)}
    return {**common, "best": found, "first_come": first, "hospital_resident": stable(everything, possible, per_person)}


def cohort(people: int, offers: int, seed: int) -> tuple[list[Person], list[Offer]]:
    """Invented people with 5 interests each and offers with 1 to 3 kinds, all within 12 km of one another."""
    chance = Random(seed)
    popular = [1 / (1 + rank % 40) for rank in range(len(CONCEPTS))]
    return [_person(chance, number, popular) for number in range(people)], [
        _offer(chance, number, popular) for number in range(offers)
    ]


def with_seats(offers: Sequence[Offer], seats: int, seed: int) -> list[Offer]:
    """The same offers with so many seats in all, thrown upon them at random."""
    thrown = Counter(Random(seed).choices(range(len(offers)), k=seats))
    return [replace(offer, capacity=thrown[number], held_back=0) for number, offer in enumerate(offers)]


def _person(chance: Random, number: int, popular: Sequence[float]) -> Person:
    liked = chance.choices(CONCEPTS, popular, k=5)
    return Person(
        id=f"p{number:05}",
        interests={concept: chance.randint(1, 5) for concept in liked},
        languages=frozenset(chance.sample(LANGUAGES, 2))
        | (frozenset({"de"}) if chance.random() < 0.6 else frozenset()),
        age=chance.choice((None, *range(18, 28))),
        place=_place(chance),
        district=chance.choice(DISTRICTS),
        needs=frozenset({"accessible"}) if chance.random() < 0.05 else frozenset(),
        woman=chance.random() < 0.3,
        reach_km=chance.choice((None, 5.0, 8.0)),
    )


def _offer(chance: Random, number: int, popular: Sequence[float]) -> Offer:
    capacity = chance.choice((1, 2, 3, 5, 10, 20))
    group = [f"group-{chance.randrange(17)}"] if chance.random() < 0.2 else []
    return Offer(
        id=f"o{number:05}",
        concepts=frozenset([*chance.choices(CONCEPTS, popular, k=chance.randint(1, 3)), *group]),
        capacity=capacity,
        held_back=1 if capacity >= 5 else 0,
        languages=frozenset({"de", *chance.sample(LANGUAGES, chance.randint(0, 2))}),
        interpreter=chance.choice((None, False, True)),
        age_from=chance.choice((None, 16, 18, 21)),
        age_to=chance.choice((None, 25, 27)),
        place=_place(chance),
        district=chance.choice(DISTRICTS),
        women_only=chance.random() < 0.1,
        accessible=chance.choice((None, False, True)),
        cost_cents=chance.choice((None, 0, 0, 500)),
    )


def _place(chance: Random) -> Place | None:
    return Place(51.18 + chance.random() * 0.09, 6.73 + chance.random() * 0.12) if chance.random() < 0.9 else None


def possible_pairs(people: Sequence[Person], offers: Sequence[Offer]) -> list[list[Fit]]:
    """For each person the possible offers, best first; without their reasons, which would fill the memory."""
    return [
        [replace(each, reasons=()) for each in ranked(person, [offers[number] for number in met], PARENTS)]
        for person, met in zip(people, meeting_an_interest(people, offers, PARENTS), strict=True)
    ]


def first_come(offers: Sequence[Offer], possible: Sequence[Sequence[Fit]], per_person: int) -> list[Fit]:
    """Everybody in turn takes the best that is left, one each before anybody takes a second."""
    left = {offer.id: offer.seats for offer in offers}
    taken: list[Fit] = []
    had: set[tuple[str, str]] = set()
    for _ in range(per_person):
        for fits in possible:
            fit = next((each for each in fits if left[each.offer] and (each.person, each.offer) not in had), None)
            if fit is not None:
                left[fit.offer] = (left[fit.offer] or 0) - 1
                had.add((fit.person, fit.offer))
                taken.append(fit)
    return taken


def stable(offers: Sequence[Offer], possible: Sequence[Sequence[Fit]], per_person: int) -> dict[str, Any] | str:
    """The best stable matching for the people, with offers ranking people by the same scores."""
    if per_person != 1:
        return "not asked: it gives one offer to each person"
    start = perf_counter()
    found = deferred_acceptance(offers, possible)
    seconds = perf_counter() - start
    return {
        "seconds": round(seconds, 3),
        **figures(offers, possible, found),
        "package_matching": with_package(offers, possible, found),
    }


def deferred_acceptance(offers: Sequence[Offer], possible: Sequence[Sequence[Fit]]) -> list[Fit]:
    """People ask in the order of their lists, offers keep the best who asked (Gale and Shapley, 1962)."""
    seats = {offer.id: offer.seats or 0 for offer in offers}
    kept: dict[str, list[tuple[int, int]]] = {offer: [] for offer in seats}  # (score, number of the person below 0)
    asked = [0] * len(possible)
    free = list(range(len(possible)))
    while free:
        person = free.pop()
        if asked[person] == len(possible[person]):
            continue
        wanted = possible[person][asked[person]]
        asked[person] += 1
        heappush(kept[wanted.offer], (wanted.score, -person))
        if len(kept[wanted.offer]) > seats[wanted.offer]:
            free.append(-heappop(kept[wanted.offer])[1])
    at = {(-number, offer) for offer, guests in kept.items() for _, number in guests}
    return [each for person, fits in enumerate(possible) for each in fits if (person, each.offer) in at]


def with_package(
    offers: Sequence[Offer], possible: Sequence[Sequence[Fit]], ours: Sequence[Fit]
) -> dict[str, Any] | str:
    """What the package `matching` says to the same question: its time, and whether it agrees with the above."""
    try:
        game = importlib.import_module("matching.games").HospitalResident
    except ImportError:
        return "not installed"
    by_offer: dict[str, list[Fit]] = {}
    for fits in possible:
        for each in fits:
            by_offer.setdefault(each.offer, []).append(each)
    residents = {fits[0].person: [each.offer for each in fits] for fits in possible if fits}
    hospitals = {
        offer: [each.person for each in sorted(fits, key=lambda each: (-each.score, each.person))]
        for offer, fits in by_offer.items()
    }
    seats = {offer.id: offer.seats for offer in offers if offer.id in by_offer}
    start = perf_counter()
    try:
        solution = game.create_from_dictionaries(residents, hospitals, seats).solve()
    except RecursionError:
        return "fails: it copies all players one inside the other (RecursionError)"
    seconds = perf_counter() - start
    pairs = {(resident.name, hospital.name) for hospital, matched in solution.items() for resident in matched}
    return {"seconds": round(seconds, 3), "agrees": pairs == {(each.person, each.offer) for each in ours}}


def figures(offers: Sequence[Offer], possible: Sequence[Sequence[Fit]], found: Sequence[Fit]) -> dict[str, Any]:
    """What became of the people. `with_nothing` counts only those for whom some offer was possible."""
    got: dict[str, int] = {}
    for each in found:
        got[each.person] = max(got.get(each.person, 0), each.score)
    ranks = [
        1 + len({each.score for each in fits if each.score > got[fits[0].person]})
        for fits in possible
        if fits and fits[0].person in got
    ]
    counted = Counter(ranks)
    return {
        "objective": sum(each.score for each in found),
        "with_nothing": sum(1 for fits in possible if fits) - len(got),
        "worst_off": min(got.values(), default=None),
        "worst_off_rank": max(ranks, default=None),
        "ranks": {str(rank): counted[rank] for rank in (1, 2, 3)} | {"later": sum(1 for rank in ranks if rank > 3)},
        "unfilled_seats": sum(offer.seats or 0 for offer in offers) - len(found),
    }
