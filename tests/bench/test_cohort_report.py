"""What is said of many cohorts: paired differences, intervals, and what would turn a finding round."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from statistics import fmean

import pytest
from bench.cohort.outcomes import of_groups, of_ties
from bench.cohort.parameters import ASSUMPTION, FRAME, Parameters
from bench.cohort.report import COMPARED, compared, difference, interval, sensitivity, verdict
from bench.cohort.run import ARMS, Figures, every, lived, planned
from bench.cohort.ties import Alive
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from bench import cohort

GIVEN = Parameters()
SHORT = GIVEN.changed(programme=2, year=28)
ONE, OTHER = COMPARED["engine beside random mixing"]


def figures(outcome: str, one: float, other: float) -> Figures:
    return {arm: {outcome: one if arm == ONE else other} for arm in ARMS}


@settings(max_examples=25, deadline=None)
@drawn(st.lists(st.floats(-100, 100), min_size=2, max_size=30))
def test_an_interval_holds_the_mean_and_lies_within_what_was_found(values: list[float]) -> None:
    low, high = interval(values)
    assert min(values) <= low + 1e-9
    assert low - 1e-9 <= fmean(values) <= high + 1e-9
    assert high - 1e-9 <= max(values)


def test_an_interval_is_as_wide_as_the_formula_says_where_one_is_known() -> None:
    """Of a mean of four hundred zeros and ones, half of each: 1.96 standard errors to both sides."""
    assert interval([0.0, 1.0] * 200) == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.005)
    assert interval([0.0, 1.0] * 200) == interval([0.0, 1.0] * 200)


@pytest.mark.parametrize(
    ("low", "high", "fewer", "said"),
    [
        (0.1, 0.2, False, "better"),
        (-0.2, -0.1, False, "worse"),
        (0.1, 0.2, True, "worse"),
        (-0.2, -0.1, True, "better"),
        (-0.1, 0.1, False, "no clear difference"),
        (0.0, 0.1, False, "no clear difference"),
    ],
)
def test_only_an_interval_beside_nothing_says_anything(low: float, high: float, fewer: bool, said: str) -> None:
    assert verdict(low, high, fewer=fewer) == said


def test_a_difference_is_one_within_each_cohort() -> None:
    cohorts = [figures("ties_end", base + 1, base) for base in (0.0, 5.0, 50.0)]
    assert difference(cohorts, ONE, OTHER, "ties_end") == {
        "mean": 1.0,
        "interval": [1.0, 1.0],
        "better": 1.0,
        "worse": 0.0,
        "verdict": "better",
    }


def test_fewer_people_with_nobody_is_better() -> None:
    cohorts = [figures("nobody_end", 0.1, 0.3), figures("nobody_end", 0.2, 0.2)]
    found = difference(cohorts, ONE, OTHER, "nobody_end")
    assert (found["mean"], found["better"], found["worse"]) == (-0.1, 0.5, 0.0)


def test_what_turns_a_finding_round_and_what_blurs_it_is_named() -> None:
    def all_of(one: float, other: float) -> Figures:
        outcomes = ("ties_end", "ties_6_months", "loneliest_6_months", "lonelier_6_months", "close_6_months")
        return {arm: dict.fromkeys(outcomes, one if arm == ONE else other) for arm in ARMS}

    cohorts = [{("", 1.0): all_of(2, 1), ("forms", 0.5): all_of(1, 2), ("meets", 2.0): all_of(1, 1)}] * 2
    found = sensitivity(cohorts)["engine beside random mixing: ties_end"]
    assert (found["turns"], found["blurs"], found["becomes_clear"]) == (["forms x0.5"], ["meets x2"], {})
    level = sensitivity([{("", 1.0): all_of(1, 1), ("forms", 0.5): all_of(1, 2), ("meets", 2.0): all_of(1, 1)}] * 2)
    assert level["engine beside random mixing: ties_end"]["becomes_clear"] == {"forms x0.5": "worse"}


def test_of_ties_everybody_counts_and_the_loneliest_are_those_with_the_fewest() -> None:
    alive = Alive({(0, 1): 2.5, (1, 2): 0.6}, {(0, 3): 2.0, (39, 0): 1.0})
    found = of_ties([alive] * 3, GIVEN)
    assert {name: value for name, value in found.items() if name.endswith("_end")} == {
        "ties_end": 6 / 40,
        "among_end": 4 / 40,
        "beyond_end": 2 / 40,
        "loneliest_end": 0.0,
        "lonelier_end": 0.0,
        "nobody_end": 36 / 40,
        "close_end": 3 / 40,
    }


def test_of_groups_a_seat_beside_nobody_who_shares_a_language_is_counted() -> None:
    drawn_world = planned(1, SHORT, [("kept", "ours")]).world
    speakers = [number for number, each in enumerate(drawn_world.people) if "de" in each.languages][:2]
    silent = [number for number, each in enumerate(drawn_world.people) if len(each.languages) == 1]
    one = silent[0]
    other = next(each for each in silent if drawn_world.people[each].tongue != drawn_world.people[one].tongue)
    found = of_groups(drawn_world, [[speakers, [one, other]]], SHORT)
    assert (found["met"], found["met_fewest"], found["unspoken"]) == (4 / 40, 0.0, 0.5)


def test_every_parameter_says_where_it_comes_from() -> None:
    told = GIVEN.told()
    assert [name for name, each in told.items() if not each["note"] or not each["unit"] or not each["source"]] == []
    assumed = {name for name, each in told.items() if each["source"] == ASSUMPTION}
    varied = {name for name, _, _ in GIVEN.varied()}
    framed = {name for name, each in told.items() if each["source"] == FRAME}
    assert assumed - varied == set()
    assert varied & framed == set()


def test_one_parameter_changes_at_a_time_and_no_chance_exceeds_one() -> None:
    for name, factor, other in GIVEN.varied():
        changed = [which for which, each in other.named() if each != getattr(GIVEN, which)]
        assert changed == [name]
        value, before = getattr(other, name), getattr(GIVEN, name).value
        assert value.value == min(before * factor, value.most)


def test_what_no_parameter_of_an_evening_changes_is_not_planned_anew() -> None:
    base = planned(1, SHORT, [("random", "ours")])
    assert planned(1, SHORT.changed(forms=0.5, seats=2.4), [("random", "ours")], base).seated is base.seated
    assert planned(1, SHORT.changed(invited=12), [("random", "ours")], base).seated != base.seated


def test_the_same_seed_gives_the_same_figures_alone_and_among_others() -> None:
    alone, again = (every([2], SHORT) for _ in range(2))
    assert alone == again
    assert every([1, 2], SHORT)[1:] == alone


def test_with_the_same_groups_two_arms_live_the_same_year() -> None:
    """No arm has luck of its own."""
    arms = [("kept", "ours"), ("random", "ours")]
    both = planned(1, SHORT, arms)
    both.seated["random"] = both.seated["kept"]
    found = lived(both, SHORT, arms)
    assert found["kept", "ours"] == found["random", "ours"]


def test_a_quick_run_tells_all_of_it() -> None:
    parser = ArgumentParser()
    cohort.add_arguments(parser)
    told = json.loads(json.dumps(cohort.run(parser.parse_args(["--quick"]))))
    assert told["cohorts"] == cohort.QUICK
    assert len(told["arms"]) == len(ARMS)
    assert list(told["compared"]) == list(COMPARED)
    for outcomes in told["arms"].values():
        for each in outcomes.values():
            assert each["interval"][0] <= each["mean"] <= each["interval"][1]
    engine, by_chance = (told["arms"][f"{name} mixing, ours introductions"]["unspoken"] for name in (ONE[0], OTHER[0]))
    assert engine["mean"] < by_chance["mean"]


def test_comparing_takes_every_outcome_of_every_pair_of_arms() -> None:
    cohorts = every([1, 2], SHORT)
    assert {name: list(each) for name, each in compared(cohorts).items()} == {
        name: list(cohorts[0][ONE]) for name in COMPARED
    }
