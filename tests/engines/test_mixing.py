"""The mixing of evenings: everybody sits once, rules hold or are named, and nothing exceeds its bound."""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from wegnetz.engines.mixing import Evenings, Mixed, Person, Rule, Session, annealing, mix, steps_for
from wegnetz.engines.mixing.annealing import Plan
from wegnetz.engines.mixing.bounds import Shares, ceilings, upper_bound
from wegnetz.engines.mixing.problem import Groups, as_problem
from wegnetz.engines.mixing.rules import settle
from wegnetz.engines.mixing.seating import keeps, seat
from wegnetz.engines.mixing.series import greedy
from wegnetz.engines.mixing.standing import standing, told

FEW = 20_000


def named(*ids: int) -> tuple[str, ...]:
    return tuple(map(str, ids))


def pairs(*some: tuple[int, int]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(named(*pair)) for pair in some)


def evenings(number: int, *present: Iterable[int], size: int = 4, **more: object) -> Evenings:
    people = tuple(Person(str(one)) for one in range(number))
    sessions = tuple(Session(f"evening {at}", named(*there), size) for at, there in enumerate(present))
    return replace(Evenings(people, sessions), **more)  # type: ignore[arg-type]


def mixed(asked: Evenings, steps: int = FEW, seed: int = 1) -> Mixed:
    return mix(asked, Random(seed), steps=steps)


def group_of(found: Mixed, session: int, who: int) -> tuple[str, ...]:
    return next(group for group in found.sessions[session].groups if str(who) in group)


@some.composite
def any_evenings(draw: some.DrawFn) -> Evenings:
    number = draw(some.integers(1, 14))
    everybody = range(number)
    two = some.tuples(some.sampled_from(everybody), some.sampled_from(everybody)).filter(
        lambda pair: pair[0] != pair[1]
    )
    rules = some.lists(two, max_size=4) if number > 1 else some.just([])
    people = tuple(
        Person(
            str(one),
            frozenset(draw(some.sets(some.sampled_from(["ar", "fa", "so"]), max_size=2))),
            draw(some.booleans()),
        )
        for one in everybody
    )
    sessions = tuple(
        Session(str(at), named(*sorted(draw(some.sets(some.sampled_from(everybody))))), draw(some.integers(1, 5)))
        for at in range(draw(some.integers(0, 4)))
    )
    met = {pair: draw(some.integers(0, 3)) for pair in pairs(*draw(rules))}
    return Evenings(people, sessions, met, pairs(*draw(rules)), pairs(*draw(rules)), pairs(*draw(rules)))


@settings(deadline=None, max_examples=150)
@given(any_evenings())
def test_everybody_sits_once_and_every_rule_holds_or_is_named(asked: Evenings) -> None:
    found = mixed(asked, 300)
    broken = {(each.rule, each.session) for each in found.broken}
    for session, seated in zip(asked.sessions, found.sessions, strict=True):
        assert sorted(who for group in seated.groups for who in group) == sorted(session.present)
        lengths = [len(group) for group in seated.groups]
        assert not lengths or max(lengths) - min(lengths) <= 1
        wanted = max(round(len(session.present) / session.group_size), 1) if session.present else 0
        assert len(lengths) == wanted or (Rule.GROUP_COUNT, session.id) in broken
        for group in seated.groups:
            assert not any(frozenset(pair) in asked.apart for pair in combinations(group, 2))
        for pair in asked.together:
            if pair <= set(session.present):
                side_by_side = any(pair <= set(group) for group in seated.groups)
                assert side_by_side or (Rule.TOGETHER, session.id) in broken
    assert found.new_pairs <= found.upper_bound
    assert found.worst_share <= found.best_share or (found.worst_share, found.best_share) == (1, 1)
    assert all(each.new <= each.ceiling for each in found.per_person.values())


@settings(deadline=None, max_examples=60)
@given(any_evenings(), some.integers(0, 5))
def test_the_same_input_and_seed_give_the_same_plan(asked: Evenings, seed: int) -> None:
    assert mixed(asked, 500, seed) == mixed(asked, 500, seed)


@settings(deadline=None, max_examples=60)
@given(any_evenings(), some.integers(0, 5))
def test_a_plan_is_never_below_evening_after_evening(asked: Evenings, seed: int) -> None:
    problem, _broken = settle(asked, as_problem(asked), Random(seed))
    best = ceilings(problem)
    chance = Random(seed)
    settle(asked, as_problem(asked), chance)
    found = mixed(asked, 500, seed)
    weekly = standing(problem, greedy(problem, chance), best)
    index = {person.id: at for at, person in enumerate(asked.people)}
    plan = [[[index[who] for who in group] for group in seated.groups] for seated in found.sessions]
    assert standing(problem, plan, best) >= weekly


@settings(deadline=None, max_examples=100)
@given(any_evenings(), some.randoms(use_true_random=False))
def test_the_price_of_an_exchange_is_what_the_plan_then_costs_more(asked: Evenings, chance: Random) -> None:
    problem, _broken = settle(asked, as_problem(asked), chance)
    start = [seat(evening, problem.apart, chance) for evening in problem.evenings]
    targets = Shares(problem).targets(Fraction(1, 2))
    plan = Plan(problem, start, targets)
    for _ in range(20):
        evening = chance.randrange(len(start)) if start else 0
        if not start or len(plan.sets[evening]) < 2:
            return
        one, other = chance.sample(range(len(plan.sets[evening])), 2)
        groups = plan.groups()[evening]
        outs, ins = chance.choice(groups[one]), chance.choice(groups[other])
        if outs in plan.units[evening] or ins in plan.units[evening]:
            continue
        price = plan.price(evening, one, 1 << outs, other, 1 << ins)
        if price is not None:
            plan.exchange(evening, one, 1 << outs, other, 1 << ins, price)
            assert plan.cost == Plan(problem, plan.groups(), targets).cost
            assert keeps(plan.groups()[evening], problem.evenings[evening], problem.apart)
    fresh = Plan(problem, plan.groups(), targets)
    assert (plan.once, plan.twice, plan.times, plan.beside) == (fresh.once, fresh.twice, fresh.times, fresh.beside)


def every_seating(people: list[int], sizes: tuple[int, ...]) -> list[Groups]:
    found = {}
    for order in permutations(people):
        groups, at = [], 0
        for size in sizes:
            groups.append(sorted(order[at : at + size]))
            at += size
        found[str(sorted(groups))] = sorted(groups)
    return list(found.values())


@pytest.mark.parametrize("seed", range(12))
def test_on_small_evenings_it_finds_the_best_of_all_plans(seed: int) -> None:
    draw = Random(seed)
    present = [sorted(draw.sample(range(6), draw.choice([4, 5, 6]))) for _ in range(3)]
    asked = evenings(
        6, *present, size=draw.choice([2, 3]),
        met=dict.fromkeys(pairs(*draw.sample(list(combinations(range(6), 2)), 2)), 1),
        apart=pairs(draw.choice(list(combinations(range(6), 2)))),
    )  # fmt: skip
    problem, _broken = settle(asked, as_problem(asked), draw)
    most = ceilings(problem)
    ways = [
        [way for way in every_seating(evening.people, evening.sizes) if keeps(way, evening, problem.apart)]
        for evening in problem.evenings
    ]
    best = max(standing(problem, list(plan), most) for plan in product(*ways))
    found = mixed(asked, 200_000)
    assert (found.worst_share, found.new_pairs) == (float(best[1]), best[2])
    assert best[1] <= Shares(problem).best()
    assert best[2] <= upper_bound(problem)


def test_forty_people_in_groups_of_four_meet_everybody_in_thirteen_weeks() -> None:
    found = mixed(evenings(40, *[range(40)] * 13))
    assert (found.repeats, found.new_pairs, found.upper_bound, found.fewest_new) == (0, 780, 780, 39)


def test_seats_that_stay_empty_take_nothing_from_a_known_schedule() -> None:
    found = mixed(evenings(38, *[range(38)] * 11))
    assert (found.repeats, found.gap) == (0, 0)
    assert {len(group) for evening in found.sessions for group in evening.groups} == {3, 4}


def test_whoever_is_kept_apart_is_so_in_a_known_schedule_too() -> None:
    apart = pairs((0, 1), (2, 3), (4, 5))
    found = mixed(evenings(40, *[range(40)] * 10, apart=apart))
    assert not any(
        frozenset(two) in apart for one in found.sessions for group in one.groups for two in combinations(group, 2)
    )
    assert found.repeats == 0


def test_a_known_schedule_is_found_for_many_who_are_kept_apart() -> None:
    apart = pairs(*Random(3).sample(list(combinations(range(40), 2)), 20))
    found = mixed(evenings(40, *[range(40)] * 10, apart=apart), 0)
    assert (found.repeats, len(found.broken)) == (0, 0)


def test_in_a_known_schedule_people_get_places_where_they_are_not_alone_and_meet_somebody_new() -> None:
    met = dict.fromkeys(pairs(*Random(2).sample(list(combinations(range(40), 2)), 15)), 1)
    assert mixed(evenings(40, *[range(40)] * 10, met=met), 0).gap == 0
    people = tuple(Person(str(one), frozenset({"ar" if one < 8 else "fa"})) for one in range(16))
    found = mixed(replace(evenings(16, *[range(16)] * 5), people=people), 0)
    assert (found.gap, found.broken) == (0, ())


def test_a_known_schedule_serves_for_more_evenings_than_it_has_weeks() -> None:
    found = mixed(evenings(40, *[range(40)] * 15), 0)
    assert (found.new_pairs, found.upper_bound, found.worst_share) == (780, 780, 1)


@pytest.mark.parametrize(("seed", "new", "share"), [(12, 437, 7 / 8), (15, 426, 6 / 7)])
def test_both_bounds_are_reached_when_people_come_and_go(seed: int, new: int, share: float) -> None:
    draw = Random(seed)
    present = [[one for one in range(40) if draw.random() < 0.6] for _ in range(12)]
    found = mixed(evenings(40, *present), 4_000_000)
    assert (found.new_pairs, found.worst_share) == (found.upper_bound, found.best_share) == (new, share)


class Counting(Random):
    """Chance that counts how often it is asked, and how often for an order of forty people: once for each try."""

    draws = orders = 0

    def random(self) -> float:
        self.draws += 1
        return super().random()

    def shuffle(self, x: MutableSequence[object]) -> None:
        self.orders += len(x) == 40
        super().shuffle(x)


def test_no_try_takes_more_than_a_tenth_of_the_time() -> None:
    draw = Random(15)
    asked = evenings(40, *[[one for one in range(40) if draw.random() < 0.6] for _ in range(12)])
    chance = Counting(1)
    mix(asked, chance, steps=60_000)
    assert chance.orders >= 10


def test_a_second_has_fewer_steps_among_many_people_and_where_languages_count() -> None:
    few, many = evenings(45, range(45)), evenings(135, range(45))
    speaking = replace(few, people=tuple(replace(person, languages=frozenset({"ar"})) for person in few.people))
    leading = replace(few, people=(Person("0", host=True), *few.people[1:]))
    given = (few, many, speaking, leading, replace(few, recent=pairs((0, 1))))
    assert [steps_for(each, 10) for each in given] == [4_000_000, 2_000_000, 1_600_000, 1_600_000, 1_600_000]


def test_of_what_groups_cost_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annealing, "KNOWN", 5)
    people = tuple(Person(str(one), frozenset({"ar"})) for one in range(24))
    asked = replace(evenings(24, range(24)), people=people)
    problem, _broken = settle(asked, as_problem(asked), Random(1))
    plan = Plan(problem, [seat(problem.evenings[0], problem.apart, Random(1))], [0] * 24)
    assert len(plan._known) == 1


def test_who_met_before_sits_with_others() -> None:
    before = pairs(*[(one, other) for one, other in combinations(range(16), 2) if one // 4 == other // 4])
    found = mixed(evenings(16, range(16), met=dict.fromkeys(before, 1)), 100_000)
    assert (found.new_pairs, found.upper_bound) == (24, 24)


def test_a_plan_that_leaves_somebody_out_is_not_told() -> None:
    asked = evenings(4, range(4), size=2)
    with pytest.raises(AssertionError, match="no seat"):
        told(asked, as_problem(asked), [[[0, 1], [2]]], [], Fraction(1))


def test_who_has_more_seats_beside_them_than_people_to_meet_lowers_the_bound() -> None:
    met = dict.fromkeys(pairs(*((0, other) for other in range(1, 8))), 1)
    found = mixed(evenings(8, range(8), met=met))
    assert (found.new_pairs, found.upper_bound) == (9, 9)


def test_an_evening_with_nobody_has_no_groups() -> None:
    found = mixed(evenings(3, [], [0], [0, 1]))
    assert [each.groups for each in found.sessions] == [(), (("0",),), (("0", "1"),)]
    assert (found.new_pairs, found.upper_bound, found.fewest_new) == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": (Person("0"), Person("0"))}, "people: found 0 twice"),
        ({"sessions": (Session("a", ("0", "9")),)}, "session a: 9 is nobody of the people"),
        ({"sessions": (Session("a", ("0", "0")),)}, "session a: found 0 twice"),
        ({"sessions": (Session("a", ()), Session("a", ()))}, "sessions: found a twice"),
        ({"sessions": (Session("a", ("0",), 0),)}, "session a: group_size is 0"),
        ({"apart": pairs((0, 0))}, "apart: 0 is there with nobody else"),
        ({"met": {frozenset({"0", "7"}): 1}}, "met: 7 is nobody of the people"),
    ],
)
def test_what_cannot_be_mixed_gets_a_sentence(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(evenings(2, range(2)), **change)  # type: ignore[arg-type]
