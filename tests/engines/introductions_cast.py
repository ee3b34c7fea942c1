"""People and offers for the tests of introductions, drawn at random or made for one rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from hypothesis import strategies as st

from wegnetz.engines.introductions import Fit, Introductions, Offer, Person, Place, fit

CONCEPTS = ("chess", "football", "singing", "sport", "swimming")
PARENTS = {"football": frozenset({"sport"}), "swimming": frozenset({"sport"})}
RATHAUS = Place(51.2257, 6.7715)
BILK = Place(51.2006, 6.7790)  # 2.8 km from the town hall
ESSEN = Place(51.4566, 7.0116)

languages = st.frozensets(st.sampled_from(("ar", "de")), max_size=2)
places = st.sampled_from((None, RATHAUS, BILK, ESSEN))
known = st.sampled_from((None, True, False))


def people(most: int) -> st.SearchStrategy[list[Person]]:
    return st.lists(_person, min_size=1, max_size=most, unique_by=lambda each: each.id)


def offers(most: int) -> st.SearchStrategy[list[Offer]]:
    return st.lists(_offer, min_size=1, max_size=most, unique_by=lambda each: each.id)


_person = st.builds(
    Person,
    id=st.sampled_from([f"p{number}" for number in range(9)]),
    interests=st.dictionaries(st.sampled_from(CONCEPTS), st.integers(1, 5), max_size=3),
    languages=languages,
    age=st.sampled_from((None, 17, 20, 30)),
    place=places,
    district=st.sampled_from(("", "Bilk")),
    needs=st.frozensets(st.sampled_from(("women-only", "accessible", "interpreter", "free")), max_size=1),
    woman=known,
    reach_km=st.sampled_from((None, None, 5.0)),
    keep_away=st.frozensets(st.sampled_from(("o0", "o1")), max_size=1),
)
_offer = st.builds(
    Offer,
    id=st.sampled_from([f"o{number}" for number in range(9)]),
    concepts=st.frozensets(st.sampled_from(CONCEPTS), max_size=2),
    capacity=st.sampled_from((None, 0, 1, 1, 2, 3)),
    held_back=st.sampled_from((0, 0, 1)),
    languages=languages,
    interpreter=known,
    age_from=st.sampled_from((None, 18)),
    age_to=st.sampled_from((None, 27)),
    place=places,
    district=st.sampled_from(("", "Bilk")),
    women_only=st.sampled_from((False, False, True)),
    accessible=known,
    cost_cents=st.sampled_from((None, 0, 500)),
)

# Many people who want the few same things: where the goals pull in different directions.
rivals = st.lists(
    st.builds(
        Person,
        id=st.sampled_from("abcd"),
        interests=st.dictionaries(st.sampled_from(CONCEPTS), st.integers(1, 5), min_size=1, max_size=3),
    ),
    min_size=2,
    max_size=4,
    unique_by=lambda each: each.id,
)
scarce = st.lists(
    st.builds(
        Offer,
        id=st.sampled_from("wxyz"),
        concepts=st.frozensets(st.sampled_from(CONCEPTS), min_size=1, max_size=2),
        capacity=st.sampled_from((1, 1, 2)),
        cost_cents=st.sampled_from((None, 0)),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: each.id,
)

Goals = tuple[int, int, int]


def goals(people: Sequence[Person], found: Introductions) -> Goals:
    """(people served, best score of the worst-off, sum), in the order in which they matter."""
    return len(people) - len(found.unassigned), found.worst_off or 0, found.objective


def best_by_trying(people: Sequence[Person], offers: Sequence[Offer], per_person: int) -> Goals:
    """The best that any assignment reaches, found by trying every one of them."""
    possible = [[each for each in (fit(person, offer) for offer in offers) if each.possible] for person in people]
    sets = [[some for size in range(per_person + 1) for some in combinations(own, size)] for own in possible]
    return max(_goals_of(tried) for tried in product(*sets) if _within(offers, tried))


def _goals_of(tried: Sequence[Sequence[Fit]]) -> Goals:
    bests = [max(each.score for each in own) for own in tried if own]
    return len(bests), min(bests, default=0), sum(each.score for own in tried for each in own)


def _within(offers: Sequence[Offer], tried: Sequence[Sequence[Fit]]) -> bool:
    taken = [each.offer for own in tried for each in own]
    return all(offer.seats is None or taken.count(offer.id) <= offer.seats for offer in offers)
