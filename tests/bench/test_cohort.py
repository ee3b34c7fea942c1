"""The world and the ties of a simulated cohort: what must hold whatever its parameters are."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import inf

import pytest
from bench.cohort.arms import MIXING, first_come, ours
from bench.cohort.model import TONGUES, Participant, World, pair, world
from bench.cohort.parameters import Parameters
from bench.cohort.ties import Ties, live, speaking
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

GIVEN = Parameters()
WEEKS = [26, 39, 52]
CHEAP = ("kept", "random", "greedy")


@pytest.fixture(scope="module")
def forty() -> World:
    return world(1, GIVEN)


def sets(groups: list[list[int]]) -> list[set[int]]:
    return [set(group) for group in groups]


def test_the_same_seed_draws_the_same_world(forty: World) -> None:
    assert world(1, GIVEN) == forty
    assert world(2, GIVEN) != forty


def test_another_chance_to_begin_a_tie_leaves_people_evenings_and_luck_as_they_are(forty: World) -> None:
    assert world(1, GIVEN.changed(forms=0.5, half_life=2, goes=0.1)) == forty


def test_more_who_speak_german_leaves_all_else_of_everybody_as_it_is(forty: World) -> None:
    all_speak = world(1, GIVEN.changed(german=1.0))
    assert [replace(each, languages=frozenset()) for each in all_speak.people] == [
        replace(each, languages=frozenset()) for each in forty.people
    ]
    assert all_speak.there == forty.there
    assert [each.languages for each in all_speak.people] == [each.languages | {"de"} for each in forty.people]


def test_more_interests_are_added_to_those_that_somebody_has(forty: World) -> None:
    more = world(1, GIVEN.changed(interests=5))
    assert [list(each.interests.items())[:3] for each in more.people] == [
        list(each.interests.items()) for each in forty.people
    ]


def test_whoever_dropped_out_does_not_come_again(forty: World) -> None:
    came = {(person, week) for week, there in enumerate(forty.there) for person in there}
    assert [(person, week) for person, week in came if week >= forty.people[person].left] == []


def test_no_more_come_than_were_invited() -> None:
    few = world(1, GIVEN.changed(invited=6, comes=1.0, comes_apart=0.0, drops_out=0.0))
    assert [len(there) for there in few.there] == [6] * 26
    assert {person for there in few.there[:7] for person in there} == set(range(40))


@pytest.mark.parametrize("name", CHEAP)
def test_everybody_who_came_has_one_seat(name: str, forty: World) -> None:
    seated = MIXING[name](forty, 1, GIVEN)
    assert [sorted(person for group in groups for person in group) for groups in seated] == [
        list(there) for there in forty.there
    ]


def test_groups_kept_together_meet_fewer_and_weekly_greedy_more_than_at_random(forty: World) -> None:
    met = {
        name: len({frozenset(two) for groups in MIXING[name](forty, 1, GIVEN) for group in groups
                   for two in combinations(group, 2)})
        for name in CHEAP
    }  # fmt: skip
    assert met["kept"] < met["random"] < met["greedy"]


def test_random_mixing_and_the_engine_seat_people_differently() -> None:
    given = GIVEN.changed(programme=3)
    three = world(1, given)
    by_chance, engine = MIXING["random"](three, 1, given), MIXING["engine"](three, 1, given)
    assert [len(groups) for groups in by_chance] == [len(groups) for groups in engine]
    assert [sets(groups) for groups in by_chance] != [sets(groups) for groups in engine]
    assert MIXING["engine"](three, 1, given) == engine


def test_introductions_take_no_more_seats_than_there_are_and_only_people_who_are_still_there(forty: World) -> None:
    for introduced in (ours(forty, GIVEN), first_come(forty, GIVEN)):
        taken = list(introduced.values())
        assert [place for place in set(taken) if taken.count(place) > forty.places[place].seats] == []
        assert [person for person in introduced if forty.people[person].left <= GIVEN.introduced.value] == []


@settings(max_examples=10, deadline=None)
@drawn(st.integers(1, 10_000))
def test_our_introductions_leave_no_more_people_with_nothing_than_first_come(seed: int) -> None:
    any_world = world(seed, GIVEN.changed(programme=1, year=1))
    assert len(ours(any_world, GIVEN)) >= len(first_come(any_world, GIVEN))


def test_without_fading_no_tie_is_lost_and_with_it_some_are(forty: World) -> None:
    seated = MIXING["greedy"](forty, 1, GIVEN)
    for half_life, lost in ((inf, False), (13.0, True)):
        end, _, later = live(forty, seated, ours(forty, GIVEN), GIVEN.changed(half_life=half_life), WEEKS)
        assert bool(set(end.among) - set(later.among)) is lost
        assert bool(set(end.beyond) - set(later.beyond)) is lost


def test_whoever_never_comes_and_is_introduced_nowhere_has_no_tie(forty: World) -> None:
    absent = replace(forty, there=tuple(tuple(each for each in there if each != 7) for there in forty.there))
    introduced = {person: place for person, place in ours(forty, GIVEN).items() if person != 7}
    likely = GIVEN.changed(forms=1.0)
    found = live(absent, MIXING["random"](absent, 1, likely), introduced, likely, WEEKS)
    assert [two for alive in found for two in alive.among if 7 in two] == []
    assert [one for alive in found for one in alive.beyond if one[0] == 7] == []
    assert min(sum(person in two for two in found[0].among) for person in forty.there[-1] if person != 7) > 0


def test_where_no_tie_can_begin_there_is_none(forty: World) -> None:
    found = live(forty, MIXING["random"](forty, 1, GIVEN), ours(forty, GIVEN), GIVEN.changed(forms=0.0), WEEKS)
    assert [(dict(alive.among), dict(alive.beyond)) for alive in found] == [({}, {})] * 3


@settings(max_examples=20, deadline=None)
@drawn(st.floats(0, 1), st.floats(0, 1))
def test_a_greater_chance_to_begin_ties_loses_no_pair_before_anything_fades(one: float, other: float) -> None:
    given = GIVEN.changed(programme=4, year=4, half_life=inf, meets=0.0)
    four = world(3, given)
    seated = MIXING["random"](four, 3, given)
    low, high = (
        live(four, seated, {}, given.changed(forms=forms), [4])[0].among for forms in sorted((one, other))
    )  # fmt: skip
    assert set(low) <= set(high)


def test_arms_share_their_luck_where_they_seat_the_same_two_in_the_same_week(forty: World) -> None:
    here = forty.there[0]
    apart = [[here[0], here[1]], [here[2], here[3]]]
    crossed = [[here[0], here[1]], [here[2]], [here[3]]]
    given = GIVEN.changed(forms=0.5)
    both = [set(live(forty, [groups], {}, given, [1])[0].among) for groups in (apart, crossed)]
    two = (min(here[:2]), max(here[:2]))
    assert len({two in found for found in both}) == 1


def test_a_tie_begins_where_luck_languages_and_interests_say_so(forty: World) -> None:
    given, everybody = GIVEN.changed(forms=0.5), list(combinations(range(40), 2))
    people, luck = forty.people, forty.luck.sitting[0]
    expected = {
        (one, other)
        for one, other in everybody
        if luck[pair(one, other, 40)]
        < 0.5
        * (1 + 0.3 * len(set(people[one].interests) & set(people[other].interests)))
        * speaking(people[one], people[other], given)
    }
    assert set(live(forty, [[range(40)]], {}, given, [1])[0].among) == expected


def test_a_tie_begins_at_one_grows_with_meetings_and_fades_without() -> None:
    ties = Ties(GIVEN)
    ties.meet(1, suits=1.0, luck=0.079)
    ties.fade()
    assert ties.strength == {1: 1.0}
    ties.meet(1, suits=1.0, luck=0.99)
    assert ties.strength == {1: 1.0 + 0.4 * 0.75}
    ties.fade()
    for _ in range(26):
        ties.fade()
    assert ties.strength == pytest.approx({1: 0.65})
    for _ in range(26):
        ties.fade()
    assert ties.strength == {}


def test_the_chance_to_begin_a_tie_falls_with_each_meeting() -> None:
    ties = Ties(GIVEN)
    for luck in (0.08, 0.08 * 0.85, 0.08 * 0.85**2):
        ties.meet(1, suits=1.0, luck=luck)
    assert ties.strength == {}
    ties.meet(1, suits=1.0, luck=0.08 * 0.85**3 - 1e-9)
    assert ties.strength == {1: 1.0}


def test_a_shared_tongue_counts_most_then_a_bridge_then_nothing_in_common() -> None:
    def speaker(tongue: str, *also: str) -> Participant:
        return Participant(tongue, frozenset({tongue, *also}), {}, 20, 0, 52)

    one = speaker(TONGUES[0], "de")
    others = (speaker(TONGUES[0]), speaker(TONGUES[1], "de"), speaker(TONGUES[1], "en"))
    assert [speaking(one, other, GIVEN) for other in others] == [1.0, 0.7, 0.2]
