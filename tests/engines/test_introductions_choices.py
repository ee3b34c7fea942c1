"""An assignment changed by hand: seats are kept to, and the next offer is another one that is possible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.engines.introductions_cast import PARENTS, offers, people
from wegnetz.engines.introductions import (
    Chosen,
    Code,
    Offer,
    Person,
    fit,
    free_seats,
    introduce,
    next_possible,
    ranked,
    within_seats,
)

LIKES = Person("p", {"chess": 3})


def chess(name: str, capacity: int | None = None, cost: int | None = None) -> Offer:
    return Offer(name, frozenset({"chess"}), capacity=capacity, cost_cents=cost)


CITY = (chess("a", cost=0), chess("b", 1), chess("c"), Offer("d", frozenset({"singing"})))


def test_what_comes_next_goes_down_the_list_and_begins_again() -> None:
    seen, now = [], "a"
    for _each in range(4):
        found = next_possible(LIKES, CITY, [Chosen("p", now)], 0)
        assert found is not None
        now = found.offer
        seen.append(now)
    assert seen == ["b", "c", "a", "b"]


def test_what_is_full_or_the_persons_already_does_not_come_next() -> None:
    full = [Chosen("p", "a"), Chosen("q", "b")]
    assert getattr(next_possible(LIKES, CITY, full, 0), "offer", "") == "c"
    both = [Chosen("p", "a"), Chosen("q", "b"), Chosen("p", "c", taken=False)]
    assert next_possible(LIKES, CITY, both, 0) is None


def test_what_is_not_ticked_takes_no_seat() -> None:
    assert getattr(next_possible(LIKES, CITY, [Chosen("p", "a"), Chosen("q", "b", taken=False)], 0), "offer", "") == "b"


def test_an_offer_that_was_begun_is_closed_and_says_so() -> None:
    again = Person("p", {"chess": 3}, begun=frozenset({"a"}))
    assert [reason.code for reason in fit(again, CITY[0]).against] == [Code.BEGUN]
    assert [each.offer for each in ranked(again, CITY)] == ["b", "c"]


@given(people(5), offers(5), st.integers(1, 3))
def test_the_best_assignment_keeps_to_its_seats_and_one_more_is_too_late(
    everyone: list[Person], everything: list[Offer], per_person: int
) -> None:
    found = introduce(everyone, everything, per_person=per_person, parents=PARENTS)
    chosen = [Chosen(each.person, each.offer) for each in found.assignments]
    free = free_seats(everything, chosen)
    assert all(left is None or left >= 0 for left in free.values())
    assert within_seats(everything, chosen) == (chosen, [])
    for offer, left in free.items():
        more = [*chosen, *(Chosen("new", offer) for _seat in range((left or 0) + 1))]
        assert len(within_seats(everything, more)[1]) == (0 if left is None else 1)


@given(people(4), offers(5), st.data())
def test_what_comes_next_is_always_possible_and_has_a_seat(
    everyone: list[Person], everything: list[Offer], data: st.DataObject
) -> None:
    found = introduce(everyone, everything, per_person=2, parents=PARENTS)
    chosen = [Chosen(each.person, each.offer) for each in found.assignments]
    if not chosen:
        return
    number = data.draw(st.integers(0, len(chosen) - 1))
    person = next(each for each in everyone if each.id == chosen[number].person)
    after = next_possible(person, everything, chosen, number, PARENTS)
    if after is None:
        return
    changed = [each if place != number else Chosen(after.person, after.offer) for place, each in enumerate(chosen)]
    assert (after.possible, within_seats(everything, changed)[1], len(set(changed))) == (True, [], len(chosen))
