"""Who sits with whom: schedules without a repeat, evenings to which people come and go, and an evening mixed anew.

Random and weekly greedy mixing stand beside it in the same run. People, evenings, rules and history are drawn from the
seed. `share` is the part of their own ceiling that the worst-off person reaches, `share_bound` what the seats allow.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random
from time import perf_counter
from typing import Any, Final

from bench.machine import machine
from wegnetz.engines.mixing import Evenings, Person, Session, mix, mix_anew, steps_for
from wegnetz.engines.mixing.bounds import alone, ceilings, hostless
from wegnetz.engines.mixing.problem import Groups, Problem, as_problem
from wegnetz.engines.mixing.rules import settle
from wegnetz.engines.mixing.seating import seat
from wegnetz.engines.mixing.series import greedy
from wegnetz.engines.mixing.standing import standing

GOLFERS: Final = (
    (4, 4, 5), (5, 3, 7), (5, 5, 6), (7, 3, 10), (7, 7, 8), (8, 4, 7), (8, 4, 10), (8, 5, 6), (8, 8, 9), (9, 3, 13),
    (10, 4, 9), (10, 4, 13),
)  # fmt: skip
PEOPLE, WEEKS, COMES = 40, 12, 0.6
ANEW: Final = (25, 60, 120)
LANGUAGES: Final = ("ar", "fa", "so", "ti")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seeds", type=int, nargs="+", default=list(range(11, 21)))
    parser.add_argument("--seconds", type=float, default=30, help="for each series of evenings")


def run(options: argparse.Namespace) -> dict[str, Any]:
    series = [_series(come_and_go(seed), seed, options.seconds) for seed in options.seeds]
    return {
        "benchmark": "mixing",
        "golfers": [_golfers(*each) for each in GOLFERS],
        "come_and_go": series,
        "both_bounds_reached": sum(each["both_bounds"] for each in series),
        "with_rules_and_history": [_series(with_rules(seed), seed, options.seconds) for seed in options.seeds],
        "mixed_anew": [_anew(people, seed) for people in ANEW for seed in options.seeds],
        "machine": machine(),
    }


def _named(people: Iterable[int]) -> tuple[str, ...]:
    return tuple(map(str, people))


def _golfers(groups: int, size: int, weeks: int) -> dict[str, Any]:
    everybody = _named(range(groups * size))
    asked = Evenings(tuple(map(Person, everybody)), tuple(Session(str(week), everybody, size) for week in range(weeks)))
    start = perf_counter()
    found = mix(asked, Random(1), steps=steps_for(asked, 60))
    return {
        "instance": f"{groups}-{size}-{weeks}", "repeats": found.repeats, "seconds": round(perf_counter() - start, 3),
    }  # fmt: skip


def come_and_go(seed: int) -> Evenings:
    draw = Random(seed)
    there = [[one for one in range(PEOPLE) if draw.random() < COMES] for _ in range(WEEKS)]
    return Evenings(
        tuple(Person(str(one)) for one in range(PEOPLE)),
        tuple(Session(str(week), _named(present)) for week, present in enumerate(there)),
    )


def with_rules(seed: int) -> Evenings:
    """The same evenings: four pairs kept apart, an interpreter, four languages, a tenth of all pairs met before."""
    draw = Random(1000 + seed)
    pairs = [frozenset(_named(pair)) for pair in combinations(range(PEOPLE), 2)]
    draw.shuffle(pairs)
    people = tuple(Person(str(one), frozenset({draw.choice(LANGUAGES)})) for one in range(PEOPLE))
    return replace(
        come_and_go(seed), people=people, apart=frozenset(pairs[:4]), together=frozenset(pairs[4:5]),
        met=dict.fromkeys(pairs[5 : 5 + len(pairs) // 10], 1),
    )  # fmt: skip


def _series(asked: Evenings, seed: int, seconds: float) -> dict[str, Any]:
    start = perf_counter()
    found = mix(asked, Random(1), steps=steps_for(asked, seconds))
    took = perf_counter() - start
    problem, given_way = settle(asked, as_problem(asked), Random(1))
    chance = Random(1)
    by_chance = [seat(evening, problem.apart, chance) for evening in problem.evenings]
    return {
        "seed": seed, "seconds": round(took, 2), "new_pairs": found.new_pairs, "bound": found.upper_bound,
        "gap": found.gap, "share": round(found.worst_share, 4), "share_bound": round(found.best_share, 4),
        "both_bounds": found.gap == 0 and found.worst_share == found.best_share,
        "fewest_new": found.fewest_new, "broken_rules": len(found.broken),
        "broken_rules_bound": len(given_way) + hostless(problem) + alone(problem),
        "random": _beside(problem, by_chance), "greedy": _beside(problem, greedy(problem, Random(1))),
    }  # fmt: skip


def _beside(problem: Problem, plan: Sequence[Groups]) -> dict[str, Any]:
    broken, worst, new, _rest = standing(problem, list(plan), ceilings(problem))
    return {"new_pairs": new, "share": round(float(Fraction(worst)), 4), "broken_rules": -broken}


def _anew(people: int, seed: int) -> dict[str, Any]:
    """A tenth did not come, as many others did; who sat together at the two evenings before counts."""
    draw = Random(seed)
    everybody = range(people + people // 10)
    first = Evenings(
        tuple(Person(str(one), frozenset({draw.choice(LANGUAGES)})) for one in everybody),
        tuple(Session(str(week), _named(sorted(draw.sample(everybody, people)))) for week in range(3)),
    )
    planned = mix(first, Random(1), steps=steps_for(first, 1))
    met = {
        frozenset(pair): 1
        for evening in planned.sessions[:2] for group in evening.groups for pair in combinations(group, 2)
    }  # fmt: skip
    expected = set(first.sessions[2].present)
    came = set(draw.sample(sorted(expected), people - people // 10)) | set(_named(everybody)) - expected
    tonight = replace(first, met=met, sessions=(Session("tonight", tuple(sorted(came, key=int))),))
    start = perf_counter()
    found = mix_anew(tonight, planned.sessions[2].groups, Random(1))
    return {
        "people": people, "seed": seed, "seconds": round(perf_counter() - start, 3), "moved": len(found.moved),
        "fewest_moves": found.fewest_moves, "new_pairs": found.mixed.new_pairs, "bound": found.mixed.upper_bound,
        "broken_rules": len(found.mixed.broken),
    }  # fmt: skip
