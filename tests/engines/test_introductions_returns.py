"""How often introductions led to a second visit: what little is known of one offer leans on those alike."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.introductions import Code, Offer, Person, Went, fit, seldom, with_neighbours
from wegnetz.engines.introductions.returns import CAME_BACK, share, so_far

LIKES = Person("p", {"chess": 3})
went = st.integers(0, 60).flatmap(lambda agreed: st.tuples(st.just(agreed), st.integers(0, agreed)))
groups = st.tuples(
    st.frozensets(st.sampled_from(("chess", "singing", "sport")), max_size=2), st.sampled_from(("", "Bilk", "Eller"))
)


def an_offer(number: int, known: tuple[int, int], group: tuple[frozenset[str], str]) -> Offer:
    return Offer(f"o{number}", group[0], district=group[1], agreed=known[0], returned=known[1])


cities = st.lists(st.tuples(went, groups), min_size=1, max_size=6).map(
    lambda known: [an_offer(number, *each) for number, each in enumerate(known)]
)


def chess(name: str, agreed: int = 0, returned: int = 0, **more: object) -> Offer:
    return Offer(name, frozenset({"chess"}), agreed=agreed, returned=returned, **more)  # type: ignore[arg-type]


def reckoned(*offers: Offer) -> Offer:
    return with_neighbours(offers, smallest=5)[0]


@given(cities, st.integers(1, 10))
def test_a_share_stays_between_none_and_all(city: list[Offer], smallest: int) -> None:
    for offer in with_neighbours(city, smallest=smallest):
        assert 0 <= share(offer) <= 1
        points = sum(reason.points for reason in so_far(offer))
        assert (points, 0 <= points <= CAME_BACK) == (int(CAME_BACK * share(offer)), True)
        assert all(reason.points >= 0 for reason in so_far(offer))


@given(cities, st.data())
def test_more_who_came_back_never_lower_any_score(city: list[Offer], data: st.DataObject) -> None:
    """Neither that of the offer itself nor of one alike."""
    number = data.draw(st.integers(0, len(city) - 1))
    more = data.draw(st.integers(city[number].returned, city[number].agreed))
    better = [replace(each, returned=more) if place == number else each for place, each in enumerate(city)]
    before, after = (with_neighbours(each, smallest=5) for each in (city, better))
    for one, other in zip(before, after, strict=True):
        assert share(one) <= share(other)
        assert fit(LIKES, one).score <= fit(LIKES, other).score


def test_an_offer_of_which_nothing_is_known_takes_the_share_of_its_neighbours() -> None:
    found = reckoned(chess("new"), chess("old", 20, 15))
    assert (share(found), [each.code for each in so_far(found)]) == (Fraction(3, 4), [Code.ALIKE_OFTEN])


def test_the_more_is_known_of_an_offer_itself_the_less_its_neighbours_count() -> None:
    shares = [share(reckoned(chess("own", 5 * times, 0), chess("old", 20, 20))) for times in (1, 3, 19)]
    assert shares == [Fraction(1, 2), Fraction(1, 4), Fraction(1, 20)]


def test_without_neighbours_what_nobody_knows_speaks_for_no_offer() -> None:
    assert (share(reckoned(chess("own"))), so_far(reckoned(chess("own")))) == (Fraction(0), ())
    alone = reckoned(chess("own", 5, 5), Offer("other", frozenset({"singing"}), agreed=9, returned=9))
    assert (share(alone), [each.code for each in so_far(alone)]) == (Fraction(1, 2), [Code.CAME_OFTEN])


@pytest.mark.parametrize(("agreed", "told"), [(4, Went()), (5, Went(5, 5))])
def test_of_fewer_than_five_nobody_is_told_how_it_went(agreed: int, told: Went) -> None:
    own, other = with_neighbours((chess("own", agreed, agreed), chess("new")), smallest=5)
    assert (own.went, other.alike) == (told, told)


def test_who_shares_an_interest_and_the_district_counts_twice() -> None:
    found = reckoned(chess("new", district="Bilk"), chess("near", 5, 5, district="Bilk"), chess("far", 5, 0))
    assert found.alike == Went(15, 10)


@pytest.mark.parametrize(
    ("returned", "word"),
    [(14, Code.ALIKE_OFTEN), (13, Code.ALIKE_SOMETIMES), (7, Code.ALIKE_SOMETIMES), (6, Code.ALIKE_SELDOM)],
)  # fmt: skip
def test_neighbours_are_told_of_in_words(returned: int, word: Code) -> None:
    assert [each.code for each in so_far(reckoned(chess("new"), chess("old", 20, returned)))] == [word]


def test_more_second_visits_than_introductions_are_refused() -> None:
    with pytest.raises(ValueError, match="second visits"):
        chess("o", 1, 2)


FEW_CAME = (chess("a", 10, 2, district="Bilk"), chess("b", 10, 2, district="Eller"))


@pytest.mark.parametrize(
    ("offers", "told"),
    [
        (FEW_CAME, [("concept", "chess")]),
        ((chess("a", 10, 2), chess("b", 9, 2)), []),  # fewer than twenty
        ((chess("a", 10, 3), chess("b", 10, 2)), []),  # one in four
        (tuple(chess(f"o{number}", 4, 0) for number in range(9)), []),  # perhaps four people who went to nine places
        ((chess("a", 20, 0, district="Bilk"),), [("concept", "chess"), ("district", "Bilk")]),
    ],
)
def test_what_seldom_leads_to_a_second_visit_is_told_without_a_number(
    offers: tuple[Offer, ...], told: list[tuple[str, str]]
) -> None:
    assert seldom(offers) == told
