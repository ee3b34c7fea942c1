"""How an offer suits a person: reasons, questions, and why not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.engines.introductions_cast import BILK, ESSEN, PARENTS, RATHAUS, offers, people
from wegnetz.engines.introductions import Code, Offer, Person, Place, fit, ranked
from wegnetz.engines.introductions.barriers import distance_km


def person(**known: Any) -> Person:
    return Person(**{"id": "p", "interests": {"chess": 3}, "languages": frozenset({"ar"}), **known})


def offer(**known: Any) -> Offer:
    return Offer(**{"id": "o", "concepts": frozenset({"chess"}), "languages": frozenset({"ar"}), **known})


NEEDS = {name: frozenset({name}) for name in ("women-only", "accessible", "interpreter", "free")}
GERMAN = frozenset({"de"})

CLOSED: list[tuple[dict[str, Any], dict[str, Any], Code]] = [
    ({"age": 17}, {"age_from": 18}, Code.TOO_YOUNG),
    ({"age": 28}, {"age_to": 27}, Code.TOO_OLD),
    ({}, {"languages": GERMAN}, Code.NO_LANGUAGE),
    ({}, {"languages": GERMAN, "interpreter": False}, Code.NO_LANGUAGE),
    ({"languages": frozenset(), "needs": NEEDS["interpreter"]}, {}, Code.NO_LANGUAGE),
    ({"needs": NEEDS["interpreter"]}, {"languages": frozenset()}, Code.NO_LANGUAGE),
    ({"needs": NEEDS["accessible"]}, {"accessible": False}, Code.NOT_ACCESSIBLE),
    ({"needs": NEEDS["accessible"]}, {}, Code.ACCESS_UNKNOWN),
    ({"needs": NEEDS["free"]}, {"cost_cents": 1}, Code.NOT_FREE),
    ({"needs": NEEDS["free"]}, {}, Code.COST_UNKNOWN),
    ({"needs": NEEDS["women-only"]}, {}, Code.NOT_WOMEN_ONLY),
    ({"woman": False}, {"women_only": True}, Code.WOMEN_ONLY),
    ({}, {"women_only": True}, Code.WOMEN_ONLY_UNKNOWN),
    ({}, {"capacity": 0}, Code.FULL),
    ({}, {"capacity": 2, "held_back": 2}, Code.FULL),
    ({}, {"capacity": 2, "held_back": 3}, Code.FULL),
    ({"reach_km": 5.0, "place": RATHAUS}, {"place": ESSEN}, Code.TOO_FAR),
    ({"keep_away": frozenset({"o"})}, {}, Code.KEEP_AWAY),
    ({"interests": {"sport": 5}}, {}, Code.NO_INTEREST),
    ({"interests": {}}, {}, Code.NO_INTEREST),
    ({}, {"concepts": frozenset()}, Code.NO_INTEREST),
]


@pytest.mark.parametrize(("of_person", "of_offer", "code"), CLOSED)
def test_what_closes_an_offer_is_said(of_person: dict[str, Any], of_offer: dict[str, Any], code: Code) -> None:
    found = fit(person(**of_person), offer(**of_offer))
    assert ([reason.code for reason in found.against], found.possible, found.score) == ([code], False, 0)


OPEN: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"age": 18}, {"age_from": 18, "age_to": 18}),
    ({}, {"languages": GERMAN, "interpreter": True}),
    ({"languages": frozenset(), "needs": NEEDS["interpreter"]}, {"interpreter": True}),
    ({"needs": NEEDS["interpreter"]}, {}),
    ({"needs": NEEDS["accessible"]}, {"accessible": True}),
    ({}, {"accessible": False, "cost_cents": 500}),
    ({"needs": NEEDS["free"]}, {"cost_cents": 0}),
    ({"needs": NEEDS["women-only"]}, {"women_only": True}),
    ({"woman": True}, {"women_only": True}),
    ({"woman": False}, {}),
    ({}, {"capacity": 2, "held_back": 1}),
    ({"reach_km": 5.0, "place": RATHAUS}, {"place": BILK}),
    ({"place": RATHAUS}, {"place": ESSEN}),
    ({"keep_away": frozenset({"other"})}, {}),
]


@pytest.mark.parametrize(("of_person", "of_offer"), OPEN)
def test_what_closes_nothing_needs_no_question(of_person: dict[str, Any], of_offer: dict[str, Any]) -> None:
    found = fit(person(**of_person), offer(**of_offer))
    assert (found.against, found.ask, found.possible) == ((), (), True)


ASKED: list[tuple[dict[str, Any], dict[str, Any], Code, str]] = [
    ({}, {"age_from": 18, "age_to": 27}, Code.ASK_AGE, "18-27"),
    ({}, {"age_to": 27}, Code.ASK_AGE, "0-27"),
    ({"languages": frozenset()}, {}, Code.ASK_LANGUAGE, ""),
    ({}, {"languages": frozenset()}, Code.ASK_LANGUAGE, ""),
    ({"reach_km": 5.0}, {"place": BILK}, Code.ASK_DISTANCE, ""),
    ({"reach_km": 5.0, "place": BILK}, {}, Code.ASK_DISTANCE, ""),
]


@pytest.mark.parametrize(("of_person", "of_offer", "code", "about"), ASKED)
def test_a_limit_that_is_not_recorded_is_asked_about_first(
    of_person: dict[str, Any], of_offer: dict[str, Any], code: Code, about: str
) -> None:
    found = fit(person(**of_person), offer(**of_offer))
    assert ([(reason.code, reason.about) for reason in found.ask], found.possible) == ([(code, about)], True)


def test_every_reason_against_is_named_not_only_the_first() -> None:
    found = fit(person(age=17, interests={}), offer(age_from=18, capacity=0))
    assert [reason.code for reason in found.against] == [Code.NO_INTEREST, Code.TOO_YOUNG, Code.FULL]


def points(found: tuple[Any, ...]) -> dict[Code, int]:
    return {reason.code: reason.points for reason in found}


def test_the_score_is_the_sum_of_its_reasons() -> None:
    found = fit(
        person(place=RATHAUS, needs=NEEDS["accessible"], interests={"chess": 3, "sport": 2}),
        offer(place=BILK, accessible=True, cost_cents=0, age_from=18, concepts=frozenset({"chess", "football"})),
        PARENTS,
    )
    assert points(found.reasons) == {
        Code.INTEREST: 300,
        Code.NARROWER: 32,
        Code.LANGUAGE: 40,
        Code.NEAR: 20,
        Code.FREE: 15,
        Code.ACCESSIBLE: 10,
        Code.ASK_AGE: -5,
    }
    assert found.score == 412


def test_age_and_seats_are_named_and_worth_nothing() -> None:
    found = fit(person(age=20), offer(age_from=18, capacity=5, held_back=2))
    told = {reason.code: (reason.points, reason.about) for reason in found.reasons}
    assert (told[Code.AGE], told[Code.SEATS]) == ((0, "18+"), (0, "5"))
    assert found.score == fit(person(), offer()).score


@pytest.mark.parametrize(
    ("interest", "offered", "expected"),
    [
        ("sport", "sport", {Code.INTEREST: 500}),
        ("sport", "football", {Code.NARROWER: 400}),
        ("football", "sport", {Code.BROADER: 250}),
    ],
)
def test_a_broader_and_a_narrower_interest_count_less(interest: str, offered: str, expected: dict[Code, int]) -> None:
    bare = Person("p", {interest: 5}), Offer("o", frozenset({offered}), interpreter=True)
    assert points(fit(*bare, PARENTS).reasons) == {**expected, Code.INTERPRETER: 10}


def test_a_grandparent_says_too_little() -> None:
    parents = {"football": frozenset({"sport"}), "sport": frozenset({"leisure"}), "leisure": frozenset({"football"})}
    assert not fit(
        Person("p", {"football": 5}), Offer("o", frozenset({"leisure"})), {**parents, "leisure": frozenset()}
    ).possible


def test_the_district_counts_where_a_place_is_not_known() -> None:
    bilk = person(district="Bilk")
    assert points(fit(bilk, offer(district="Bilk")).reasons)[Code.DISTRICT] == 20
    assert Code.DISTRICT not in points(fit(bilk, offer(district="")).reasons)
    assert Code.DISTRICT not in points(fit(person(), offer()).reasons)


def test_a_need_that_nobody_knows_is_refused_with_those_that_are_known() -> None:
    known = "accessible, free, interpreter, women-only"
    with pytest.raises(ValueError, match=f"^p: the need childcare is unknown, known are {known}$"):
        person(needs=frozenset({"free", "childcare"}))


def test_the_distance_is_that_of_the_map() -> None:
    assert distance_km(RATHAUS, BILK) == pytest.approx(2.84, abs=0.02)
    assert distance_km(Place(0, 0), Place(0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert (distance_km(None, BILK), distance_km(RATHAUS, RATHAUS)) == (None, 0)


@given(people(1), offers(6))
def test_ranked_are_the_possible_offers_best_first(someone: list[Person], everything: list[Offer]) -> None:
    found = ranked(someone[0], everything, PARENTS)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    possible = {each.id for each in everything if fit(someone[0], each, PARENTS).possible}
    assert {each.offer for each in found} == possible


@given(people(1), offers(1))
def test_a_pair_is_possible_or_there_is_a_reason_why_not(someone: list[Person], something: list[Offer]) -> None:
    found = fit(someone[0], something[0], PARENTS)
    assert (found.score > 0) == bool(found.reasons) == found.possible == (not found.against)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Place(91, 0),
        lambda: Place(float("nan"), 0),
        lambda: Place(0, float("inf")),
        lambda: Person("p", {"chess": 0}),
        lambda: Person("p", {"chess": 6}),
        lambda: Person("p", age=-1),
        lambda: Person("p", reach_km=float("nan")),
        lambda: Offer("o", capacity=-1),
        lambda: Offer("o", held_back=-1),
        lambda: Offer("o", age_from=27, age_to=18),
    ],
)
def test_what_cannot_be_is_refused(build: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  each has its own sentence
        build()
