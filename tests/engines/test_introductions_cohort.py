"""Introductions for a cohort: allowed, best, proven, and the same for the same input."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.introductions_cast import PARENTS, best_by_trying, goals, offers, people, rivals, scarce
from wegnetz.engines.introductions import Code, Introductions, Offer, Person, cohort, fit, highs, introduce
from wegnetz.engines.introductions.problem import Problem, bound, check

per_persons = st.integers(1, 3)
solvers = st.booleans()  # the own one alone, or HiGHS, whose answer must be so good that the own one is not asked
# A budget of few pairs makes the solver stop anywhere on its way.
budgets = st.sampled_from((0, 5, 20, 10**9))


@given(people(6), offers(6), per_persons, budgets, solvers)
def test_what_comes_out_is_allowed(
    everyone: list[Person], all_: list[Offer], most: int, budget: int, pure_python: bool
) -> None:
    found = introduce(everyone, all_, per_person=most, parents=PARENTS, budget=budget, pure_python=pure_python)
    pairs = Counter((each.person, each.offer) for each in found.assignments)
    taken = Counter(each.offer for each in found.assignments)
    assert all(number == 1 for number in pairs.values())
    assert all(number <= most for number in Counter(each.person for each in found.assignments).values())
    assert all(offer.capacity is None or taken[offer.id] <= max(offer.capacity - offer.held_back, 0) for offer in all_)
    by_id = {each.id: each for each in everyone}, {each.id: each for each in all_}
    for each in found.assignments:
        assert each.possible
        assert each == fit(by_id[0][each.person], by_id[1][each.offer], PARENTS)


@given(people(6), offers(6), per_persons, budgets, solvers)
def test_the_sums_and_who_got_nothing_agree(
    everyone: list[Person], all_: list[Offer], most: int, budget: int, pure_python: bool
) -> None:
    found = introduce(everyone, all_, per_person=most, parents=PARENTS, budget=budget, pure_python=pure_python)
    assert found.objective == sum(each.score for each in found.assignments)
    assert found.gap >= 0
    served = {each.person for each in found.assignments}
    assert {each.person for each in found.unassigned} == {each.id for each in everyone} - served


@settings(max_examples=150)
@given(rivals, scarce, per_persons, solvers)
def test_the_optimum_is_that_of_trying_everything(
    everyone: list[Person], all_: list[Offer], most: int, pure_python: bool
) -> None:
    found = introduce(everyone, all_, per_person=most, pure_python=pure_python)
    assert (goals(everyone, found), found.gap) == (best_by_trying(everyone, all_, most), 0)
    assert (found.solver == cohort.OWN) is pure_python


@settings(max_examples=50)
@given(people(4), offers(4), per_persons, solvers)
def test_the_optimum_holds_with_every_rule_at_play(
    everyone: list[Person], all_: list[Offer], most: int, pure_python: bool
) -> None:
    found = introduce(everyone, all_, per_person=most, pure_python=pure_python)
    assert (goals(everyone, found), found.gap) == (best_by_trying(everyone, all_, most), 0)
    assert (found.solver == cohort.OWN) is pure_python


@given(rivals, scarce, per_persons, budgets)
def test_stopped_early_it_still_keeps_the_first_two_goals_and_the_bound(
    everyone: list[Person], all_: list[Offer], most: int, budget: int
) -> None:
    stopped = introduce(everyone, all_, per_person=most, budget=budget, pure_python=True)
    best = best_by_trying(everyone, all_, most)
    assert goals(everyone, stopped)[:2] == best[:2]
    assert stopped.objective <= best[2] <= stopped.bound
    nothing_left_lying(everyone, all_, most, stopped)


def test_stopped_early_a_seat_is_not_counted_twice() -> None:
    everyone = [Person("a", {"chess": 5}), Person("b", {"sport": 5, "chess": 1})]
    all_ = [Offer("x", frozenset({"chess"}), capacity=2), Offer("y", frozenset({"sport"}), capacity=1)]
    found = introduce(everyone, all_, per_person=2, budget=0, pure_python=True)
    assert pairs_of(found) == {("a", "x"), ("b", "y"), ("b", "x")}


def nothing_left_lying(everyone: list[Person], all_: list[Offer], most: int, found: Introductions) -> None:
    """Whoever got something, but less than they may, finds all their other offers full."""
    had, taken = pairs_of(found), Counter(each.offer for each in found.assignments)
    for someone in everyone:
        if 0 < sum(person == someone.id for person, _ in had) < most:
            for offer in all_:
                if (someone.id, offer.id) not in had and fit(someone, offer).possible:
                    assert taken[offer.id] == offer.seats


@given(people(6), offers(6), per_persons, st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(
    everyone: list[Person], all_: list[Offer], most: int, chance: random.Random
) -> None:
    first = introduce(everyone, all_, per_person=most)
    assert introduce(everyone, all_, per_person=most) == first
    mixed = chance.sample(everyone, len(everyone)), chance.sample(all_, len(all_))
    assert introduce(*mixed, per_person=most) == first


@given(people(5), offers(5))
def test_only_offers_that_meet_an_interest_are_looked_at_and_none_is_missed(
    everyone: list[Person], all_: list[Offer]
) -> None:
    everyone, all_ = sorted(everyone, key=lambda each: each.id), sorted(all_, key=lambda each: each.id)
    for someone, met in zip(everyone, cohort.meeting_an_interest(everyone, all_, PARENTS), strict=True):
        against = [{why.code for why in fit(someone, offer, PARENTS).against} for offer in all_]
        assert met == [number for number, codes in enumerate(against) if Code.NO_INTEREST not in codes]


def cohort_of(interests: dict[str, dict[str, int]], seats: dict[str, int], per_person: int = 1) -> Introductions:
    """People by their interests, and one offer for each concept."""
    everyone = [Person(name, liked) for name, liked in interests.items()]
    all_ = [Offer(concept, frozenset({concept}), capacity=number) for concept, number in seats.items()]
    return introduce(everyone, all_, per_person=per_person)


def pairs_of(found: Introductions) -> set[tuple[str, str]]:
    return {(each.person, each.offer) for each in found.assignments}


def test_nobody_is_left_with_nothing_for_a_better_sum() -> None:
    found = cohort_of({"a": {"chess": 5, "singing": 1}, "b": {"chess": 1}}, {"chess": 1, "singing": 1})
    assert pairs_of(found) == {("a", "singing"), ("b", "chess")}


def test_the_worst_off_comes_before_the_sum() -> None:
    found = cohort_of({"a": {"chess": 5, "singing": 3}, "b": {"chess": 3, "singing": 1}}, {"chess": 1, "singing": 1})
    even = cohort_of({"a": {"chess": 5, "singing": 2}, "b": {"chess": 2, "singing": 1}}, {"chess": 1, "singing": 1})
    assert pairs_of(found) == pairs_of(even) == {("a", "singing"), ("b", "chess")}
    assert (even.worst_off, even.objective) == (195, 390)


def test_the_worst_off_is_measured_by_the_best_offer() -> None:
    found = cohort_of({"a": {"chess": 5, "sport": 1}}, {"chess": 1, "sport": 1}, per_person=2)
    assert (found.worst_off, found.objective, len(found.assignments)) == (495, 590, 2)


def test_seats_held_back_are_not_handed_out() -> None:
    everyone = [Person(name, {"chess": 3}) for name in "abc"]
    found = introduce(everyone, [Offer("x", frozenset({"chess"}), capacity=3, held_back=2)])
    assert (len(found.assignments), [each.why for each in found.unassigned]) == (1, [Code.ALL_TAKEN] * 2)


def test_it_is_said_why_somebody_got_nothing() -> None:
    everyone = [Person("a"), Person("b", {"singing": 2}), Person("c", {"chess": 2}, age=17)]
    found = introduce(everyone, [Offer("x", frozenset({"chess"}), age_from=18), Offer("y", frozenset({"sport"}))])
    assert [(each.person, each.why, each.closed_by) for each in found.unassigned] == [
        ("a", Code.NO_INTERESTS, {}),
        ("b", Code.NOBODY_OFFERS, {}),
        ("c", Code.ALL_CLOSED, {Code.TOO_YOUNG: 1}),
    ]
    assert (found.worst_off, found.objective, found.bound) == (None, 0, 0)


@pytest.mark.parametrize(
    ("taken", "begun", "age", "why"),
    [
        (2, "", 20, Code.ALL_FULL),
        (0, "x", 20, Code.ALL_BEGUN),
        (2, "x", 20, Code.ALL_BEGUN),
        (2, "", 17, Code.ALL_CLOSED),
        (0, "x", 17, Code.ALL_CLOSED),
    ],
)
def test_a_seat_that_is_missing_and_what_was_begun_are_not_called_closed(
    taken: int, begun: str, age: int, why: Code
) -> None:
    someone = Person("a", {"chess": 3}, age=age, begun=frozenset(begun))
    found = introduce([someone], [Offer("x", frozenset({"chess"}), capacity=2, taken=taken, age_from=18)])
    assert [each.why for each in found.unassigned] == [why]


def test_nobody_and_nothing_are_answered() -> None:
    assert introduce([], []) == Introductions((), 0, 0, None, (), introduce([], []).solver)
    assert introduce([Person("a", {"chess": 1})], [], per_person=3).assignments == ()
    assert introduce([], [Offer("x")]).bound == 0


def test_an_id_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="person a: found twice"):
        introduce([Person("a"), Person("a")], [])
    with pytest.raises(ValueError, match="offer x: found twice"):
        introduce([], [Offer("x"), Offer("x")])
    with pytest.raises(ValueError, match="per_person: found 0"):
        introduce([], [], per_person=0)


@given(rivals, scarce, st.lists(st.integers(0, 600), min_size=4, max_size=4))
def test_any_prices_give_a_valid_bound(everyone: list[Person], all_: list[Offer], prices: list[int]) -> None:
    best = best_by_trying(everyone, all_, 2)
    edges = tuple(
        {number: each.score for number, each in enumerate(fit(someone, offer) for offer in all_) if each.possible}
        for someone in everyone
    )
    seats = tuple(offer.seats or 0 for offer in all_)
    assert bound(Problem(edges, seats, 2, best[0], best[1]), prices[: len(all_)]) >= best[2]


PROBLEM = Problem(({0: 5, 1: 9}, {0: 7}), (2, 1), 1, served=2, floor=7)


@pytest.mark.parametrize("wrong", [({0}, {0}), ({1}, {1}), ({0, 1}, {0}), ({0}, set()), ({1}, set())])
def test_a_choice_that_is_not_allowed_does_not_pass(wrong: tuple[set[int], set[int]]) -> None:
    check(PROBLEM, (frozenset({1}), frozenset({0})))
    with pytest.raises(AssertionError):
        check(PROBLEM, (frozenset(wrong[0]), frozenset(wrong[1])))


def test_more_seats_than_there_are_do_not_pass() -> None:
    with pytest.raises(AssertionError):
        check(replace(PROBLEM, seats=(0, 1)), (frozenset({1}), frozenset({0})))


@pytest.mark.parametrize("answer", [None, (({0},), [0]), (({1},), [0])])
def test_a_solver_that_errs_is_not_believed(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    """One that gives up, hands out what is full, or names an offer that nobody knows."""
    version = SimpleNamespace(HIGHS_VERSION_MAJOR=1, HIGHS_VERSION_MINOR=0, HIGHS_VERSION_PATCH=0)
    monkeypatch.setattr(highs, "module", lambda: version)
    monkeypatch.setattr(highs, "solve", lambda problem, highspy: answer)
    found = introduce([Person("a", {"chess": 1})], [Offer("x", frozenset({"chess"}), capacity=0)])
    assert (found.assignments, found.solver) == ((), cohort.OWN)


def test_what_a_solver_leaves_unproven_is_asked_of_the_own_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its prices are too high to prove anything, and its choice is not the best."""
    version = SimpleNamespace(HIGHS_VERSION_MAJOR=1, HIGHS_VERSION_MINOR=0, HIGHS_VERSION_PATCH=0)
    monkeypatch.setattr(highs, "module", lambda: version)
    everyone = [Person("a", {"chess": 5}), Person("b", {"singing": 1})]
    chess, singing = frozenset({"chess"}), frozenset({"singing"})
    all_ = [Offer("x", chess, capacity=1), Offer("y", chess, capacity=1, cost_cents=0), Offer("z", singing)]
    for choice, solver in ((frozenset({0}), cohort.OWN), (frozenset({1}), "HiGHS 1.0.0")):
        monkeypatch.setattr(
            highs, "solve", lambda problem, highspy, choice=choice: ((choice, frozenset({2})), [900] * 3)
        )
        found = introduce(everyone, all_)
        assert (found.objective, found.gap, found.solver) == (605, 0, solver)


def test_without_highs_the_own_solver_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highs, "module", lambda: None)
    assert cohort_of({"a": {"chess": 1}}, {"chess": 1}).solver == cohort.OWN


@pytest.mark.parametrize("seed", range(3))
def test_both_solvers_reach_the_same_sum(seed: int) -> None:
    chance = random.Random(seed)
    concepts = [f"c{number}" for number in range(20)]
    everyone = [Person(f"p{n}", {each: chance.randint(1, 5) for each in chance.sample(concepts, 4)}) for n in range(40)]
    all_ = [
        Offer(f"o{n}", frozenset(chance.sample(concepts, 2)), capacity=chance.randint(1, 2), cost_cents=n % 2)
        for n in range(30)
    ]
    own = introduce(everyone, all_, per_person=2, pure_python=True)
    other = introduce(everyone, all_, per_person=2)
    assert (goals(everyone, own), own.gap, other.gap) == (goals(everyone, other), 0, 0)
    assert (own.solver == cohort.OWN, other.solver.startswith("HiGHS ")) == (True, True)
