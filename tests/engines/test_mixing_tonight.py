"""Mixing an evening anew: whoever came late has a seat, as few as possible change, and all rules hold as before."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.test_mixing import any_evenings, evenings, mixed, named, pairs
from tests.engines.test_mixing_rules import mostly_apart
from wegnetz.engines.mixing import Evenings, MixedAnew, Person, Session, mix_anew
from wegnetz.engines.mixing.tonight import fewest_moves


def anew(asked: Evenings, seated: list[list[int]], seed: int = 1) -> MixedAnew:
    return mix_anew(asked, [named(*group) for group in seated], Random(seed))


@settings(deadline=None, max_examples=120)
@given(any_evenings(), some.integers(0, 2**14 - 1), some.integers(0, 3))
def test_everybody_has_one_seat_and_nobody_is_beside_whom_they_are_kept_from(
    asked: Evenings, there: int, seed: int
) -> None:
    if not asked.sessions:
        return
    first = replace(asked, sessions=asked.sessions[:1])
    before = mixed(first, 300).sessions[0].groups
    now = tuple(person.id for person in asked.people if there >> int(person.id) & 1)
    later = replace(first, sessions=(replace(first.sessions[0], present=now),))
    found = mix_anew(later, before, Random(seed))
    groups = found.mixed.sessions[0].groups
    assert sorted(who for group in groups for who in group) == sorted(now)
    assert not any(frozenset(two) in asked.apart for group in groups for two in combinations(group, 2))
    assert set(found.moved) <= {who for group in before for who in group} & set(now)
    rules = asked.apart or asked.together or any(person.languages or person.host for person in asked.people)
    assert len(found.moved) == found.fewest_moves or rules
    assert len(found.moved) >= found.fewest_moves or found.mixed.broken


def test_who_comes_late_sits_down_where_a_seat_is_and_nobody_moves() -> None:
    found = anew(evenings(12, range(12)), [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10]])
    assert (found.moved, found.fewest_moves) == ((), 0)
    assert named(8, 9, 10, 11) in found.mixed.sessions[0].groups


def test_when_a_group_is_too_small_its_people_go_to_the_others() -> None:
    found = anew(evenings(12, range(8)), [[0, 1, 2], [3, 4, 5], [6, 7]])
    assert (set(found.moved), found.fewest_moves) == (set(named(6, 7)), 2)
    assert sorted(map(len, found.mixed.sessions[0].groups)) == [4, 4]


def test_of_the_seats_that_are_free_each_takes_one_beside_people_they_do_not_know() -> None:
    met = dict.fromkeys(pairs((9, 0), (9, 1), (9, 2), (10, 3), (10, 4), (10, 5)), 1)
    found = anew(evenings(12, [0, 1, 2, 3, 4, 5, 9, 10], met=met), [[0, 1, 2], [3, 4, 5]])
    assert set(found.mixed.sessions[0].groups) == {named(0, 1, 2, 10), named(3, 4, 5, 9)}
    assert found.moved == ()


def test_protection_comes_before_staying() -> None:
    found = anew(evenings(8, range(8), apart=pairs((0, 1))), [[0, 1, 2, 3], [4, 5, 6, 7]])
    assert len(found.moved) == 2
    assert len(set(found.moved) & set(named(0, 1))) == 1


def test_somebody_alone_with_their_language_is_joined_by_one_who_speaks_it() -> None:
    languages = {0: "so", 4: "so"}
    people = tuple(Person(str(one), frozenset({languages.get(one, "ar")})) for one in range(8))
    found = anew(replace(evenings(8, range(8)), people=people), [[0, 1, 2, 3], [4, 5, 6, 7]])
    assert len(found.moved) == 2
    assert any({"0", "4"} <= set(group) for group in found.mixed.sessions[0].groups)


def test_nobody_is_lost_where_a_seating_is_hard_to_find() -> None:
    asked = evenings(40, range(40), apart=mostly_apart(40, 4, 0.45, 1))
    for seed in range(6):
        found = anew(asked, [list(range(at, at + 4)) for at in range(0, 40, 4)], seed)
        assert sorted(int(who) for group in found.mixed.sessions[0].groups for who in group) == list(range(40))


def test_the_fullest_groups_are_kept() -> None:
    assert fewest_moves([0b1111, 0b110000, 0b111000000], [3, 3]) == 1 + 2
    assert fewest_moves([], [4, 4]) == 0


def test_only_one_evening_is_mixed_anew() -> None:
    with pytest.raises(ValueError, match="found 2, expected the evening"):
        anew(evenings(4, range(4), range(4)), [])
    nobody = anew(replace(evenings(4), sessions=(Session("empty", ()),)), [[0, 1]])
    assert (nobody.mixed.sessions[0].groups, nobody.moved) == ((), ())
