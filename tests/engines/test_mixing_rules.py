"""The rules of the mixing: each holds or is named, as little as possible gives way, and what is a wish is seen to."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.test_mixing import Counting, evenings, every_seating, group_of, mixed, named, pairs
from wegnetz.engines.mixing import Evenings, Person, Rule, Session, mix
from wegnetz.engines.mixing.bounds import alone
from wegnetz.engines.mixing.problem import as_problem
from wegnetz.engines.mixing.standing import unkept


def test_a_contradiction_is_named_and_protection_wins() -> None:
    found = mixed(evenings(8, range(8), apart=pairs((0, 1)), together=pairs((0, 1), (2, 3))))
    assert [(each.rule, each.people) for each in found.broken] == [(Rule.TOGETHER, named(0, 1))]
    assert "1" not in group_of(found, 0, 0)
    assert "3" in group_of(found, 0, 2)


def test_more_people_together_than_a_group_has_seats_is_named() -> None:
    found = mixed(evenings(8, range(8), together=pairs((0, 1), (1, 2), (2, 3), (3, 4))))
    assert [(each.rule, each.people) for each in found.broken] == [(Rule.TOGETHER, named(3, 4))]
    assert set(named(0, 1, 2, 3)) == set(group_of(found, 0, 0))


def test_of_those_who_belong_together_only_the_pair_that_cannot_is_parted() -> None:
    torn = mixed(evenings(8, range(8), apart=pairs((0, 2)), together=pairs((0, 1), (1, 2))))
    assert [(each.rule, each.people) for each in torn.broken] == [(Rule.TOGETHER, named(1, 2))]
    assert "1" in group_of(torn, 0, 0)
    full = mixed(evenings(8, range(8), together=pairs((0, 1), (1, 2), (3, 4), (4, 5), (6, 7))))
    assert [(each.rule, each.people) for each in full.broken] == [(Rule.TOGETHER, named(6, 7))]
    assert {"1", "2"} <= set(group_of(full, 0, 0))
    assert {"4", "5"} <= set(group_of(full, 0, 3))


def test_where_groups_are_added_whoever_belongs_together_still_sits_so() -> None:
    apart, together = pairs(*combinations(range(4), 2)), pairs((4, 5), (0, 6))
    found = mixed(evenings(12, range(12), apart=apart, together=together))
    assert [each.rule for each in found.broken] == [Rule.GROUP_COUNT]
    assert "5" in group_of(found, 0, 4)
    assert "6" in group_of(found, 0, 0)


def test_where_three_keep_apart_there_are_three_groups_and_it_is_said() -> None:
    found = mixed(evenings(8, range(8), apart=pairs((0, 1), (1, 2), (0, 2))))
    assert [(each.rule, each.people) for each in found.broken] == [(Rule.GROUP_COUNT, ())]
    assert sorted(len(group) for group in found.sessions[0].groups) == [2, 3, 3]


def test_an_interpreter_sits_with_the_same_person_every_week_and_both_meet_others() -> None:
    found = mixed(evenings(16, range(16), range(16), together=pairs((0, 1))), 400_000)
    assert all("1" in group_of(found, at, 0) for at in range(2))
    assert (found.per_person["0"].new, found.upper_bound) == (1 + 2 * 2, 24 + 24 - 1)
    # A group of the first evening of which nobody sits with the two has four people for three groups.
    assert found.new_pairs == 46


def test_nobody_is_alone_with_a_language_when_the_evening_allows_it() -> None:
    languages = {0: "so", 1: "so", 2: "ti", 3: "ti", 4: "ti", 5: "ti"}
    people = tuple(Person(str(one), frozenset({languages.get(one, "ar")})) for one in range(12))
    asked = replace(evenings(12, range(12), range(12)), people=people)
    found = mixed(asked, 100_000)
    assert found.broken == ()
    for at in range(2):
        assert "1" in group_of(found, at, 0)
    alone = replace(asked, sessions=(Session("short", named(0, 2, 3, 6, 7, 8)),))
    assert mixed(alone, 50_000).broken == ()


def test_every_group_has_a_host_as_long_as_there_are_enough() -> None:
    people = tuple(Person(str(one), host=one < 3) for one in range(12))
    asked = replace(evenings(12, range(12)), people=people)
    assert all(any(int(who) < 3 for who in group) for group in mixed(asked).sessions[0].groups)
    fewer = replace(asked, sessions=(Session("two hosts", named(*range(1, 12))),))
    found = mixed(fewer)
    assert [each.rule for each in found.broken] == [Rule.HOST]


def test_a_search_ends_where_nothing_but_groups_without_a_host_is_left() -> None:
    people = tuple(Person(str(one), host=one < 3) for one in range(40))
    asked = replace(evenings(40, range(40), together=pairs((0, 1))), people=people)
    chance = Counting(1)
    found = mix(asked, chance, steps=1_000_000)
    assert (found.gap, [each.rule for each in found.broken]) == (0, [Rule.HOST] * 8)
    assert chance.draws < 100_000


def test_nobody_is_alone_with_a_language_because_of_whom_they_keep_apart_from() -> None:
    languages = {0: "so", 1: "so"}
    people = tuple(Person(str(one), frozenset({languages.get(one, "ar")})) for one in range(8))
    assert mixed(replace(evenings(8, range(8), apart=pairs((0, 1))), people=people)).broken == ()


def spoken(languages: list[set[str]]) -> tuple[Person, ...]:
    return tuple(Person(str(one), frozenset(codes)) for one, codes in enumerate(languages))


def fewest_alone(asked: Evenings) -> int:
    """By trying every seating of the only evening."""
    problem = as_problem(asked)
    (evening,) = problem.evenings
    return min(
        sum(len(unkept(problem, evening.present, group)[0]) for group in way)
        for way in every_seating(evening.people, evening.sizes)
    )


CODES = some.sampled_from(["ar", "fa", "so"])


@settings(deadline=None, max_examples=60)
@given(some.lists(CODES, min_size=1, max_size=7), some.integers(2, 4))
def test_where_each_speaks_one_language_the_bound_of_those_alone_is_what_can_be(codes: list[str], size: int) -> None:
    asked = replace(evenings(len(codes), range(len(codes)), size=size), people=spoken([{code} for code in codes]))
    assert alone(as_problem(asked)) == fewest_alone(asked)


@settings(deadline=None, max_examples=60)
@given(some.lists(some.sets(CODES, max_size=2), min_size=1, max_size=7), some.integers(2, 4))
def test_no_seating_leaves_fewer_alone_than_the_bound_says(languages: list[set[str]], size: int) -> None:
    asked = replace(evenings(len(languages), range(len(languages)), size=size), people=spoken(languages))
    assert alone(as_problem(asked)) <= fewest_alone(asked)


def test_two_of_one_language_alone_can_be_better_than_one_of_each() -> None:
    """Three languages of three people each in fours and a five: two threes meet in no group of four."""
    languages = [{code} for code in ("ar", "fa", "so") for _ in range(3)]
    asked = replace(evenings(9, range(9), size=4), people=spoken(languages))
    assert (as_problem(asked).evenings[0].sizes, alone(as_problem(asked))) == ((5, 4), fewest_alone(asked))


def test_a_search_ends_where_nobody_is_alone_who_need_not_be() -> None:
    asked = replace(evenings(8, range(8)), people=spoken([{"ar"}] * 3 + [{"fa"}] * 5))
    chance = Counting(1)
    found = mix(asked, chance, steps=1_000_000)
    assert (found.gap, [each.rule for each in found.broken]) == (0, [Rule.ALONE_WITH_LANGUAGE])
    assert chance.draws < 200_000


def test_over_many_evenings_nobody_is_alone_who_need_not_be() -> None:
    draw = Random(5)
    people = spoken([{draw.choice(("ar", "fa", "so", "ti"))} for _ in range(40)])
    there = [[one for one in range(40) if draw.random() < 0.6] for _ in range(8)]
    asked = replace(evenings(40, *there), people=people)
    assert (len(mixed(asked, 150_000).broken), alone(as_problem(asked))) == (3, 3)


def test_who_met_of_late_has_met() -> None:
    recent = pairs((0, 1), (2, 3), (4, 5), (6, 7))
    found = mixed(evenings(8, range(8), recent=recent))
    assert (found.upper_bound, found.per_person["0"].ceiling) == (12, 3)
    assert mixed(evenings(2, range(2), recent=pairs((0, 1)))).new_pairs == 0


def test_when_all_have_met_a_part_of_the_time_is_for_those_of_late() -> None:
    draw = Random(3)
    everybody = list(combinations(range(15), 2))
    recent = pairs(*draw.sample(everybody, 50))
    met = dict.fromkeys(pairs(*everybody), 1)
    asked = evenings(15, range(15), range(14), range(1, 15), met=met, recent=recent)
    found = mixed(asked, 200_000)
    again = [two for seated in found.sessions for group in seated.groups for two in combinations(group, 2)]
    assert sum(frozenset(two) in recent for two in again) == 1
    chance = Counting(1)
    mix(asked, chance, steps=400_000)
    assert chance.draws < 200_000


def test_where_all_have_met_those_of_last_week_come_last() -> None:
    everybody = pairs(*combinations(range(8), 2))
    recent = pairs((0, 1), (2, 3), (4, 5), (6, 7))
    found = mixed(evenings(8, range(8), met=dict.fromkeys(everybody, 1), recent=recent), 50_000)
    assert not any(frozenset(two) in recent for group in found.sessions[0].groups for two in combinations(group, 2))


def mostly_apart(number: int, size: int, part: float, seed: int) -> frozenset[frozenset[str]]:
    """Pairs kept apart, drawn so that one seating keeps them all."""
    draw = Random(seed)
    order = draw.sample(range(number), number)
    return pairs(
        *(pair for pair in combinations(range(number), 2)
        if order[pair[0]] // size != order[pair[1]] // size and draw.random() < part)
    )  # fmt: skip


@pytest.mark.parametrize(("seed", "part"), [(1, 0.45), (2, 0.45), (0, 0.65)])
def test_nobody_is_lost_where_a_seating_is_hard_to_find(seed: int, part: float) -> None:
    asked = evenings(40, *[range(40)] * 3, apart=mostly_apart(40, 4, part, seed))
    for chance in range(3):
        for seated in mixed(asked, 5_000, chance).sessions:
            assert sorted(int(who) for group in seated.groups for who in group) == list(range(40))


@pytest.mark.parametrize(("one", "other", "groups"), [(5, 11, 6), (10, 14, 7), (11, 13, 7), (22, 18, 11), (10, 30, 11)])
def test_two_circles_that_keep_apart_take_no_more_groups_than_they_need(one: int, other: int, groups: int) -> None:
    everybody = range(one + other)
    apart = pairs(*product(everybody[:one], everybody[one:]))
    found = mixed(evenings(len(everybody), everybody, everybody, apart=apart), 5_000)
    assert [len(seated.groups) for seated in found.sessions] == [groups, groups]


def test_eighty_people_who_all_keep_apart_have_eighty_groups() -> None:
    asked = evenings(80, range(80), apart=pairs(*combinations(range(80), 2)))
    assert len(mixed(asked, 0).sessions[0].groups) == 80
