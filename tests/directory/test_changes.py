"""What differs between two entries, and what becomes of one that was changed on both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.places import CHOIR, HOUSE, said
from wegnetz.directory.entries import Address, Hours, Offer, Point, State, Translation, Wording, whole
from wegnetz.directory.entries.changes import Change, as_json, changes, from_json, merged

TEXTS = st.dictionaries(st.sampled_from(["name", "description", "directions"]), st.text(max_size=4), max_size=3)
TRANSLATIONS = st.builds(Translation, TEXTS, st.booleans(), st.sampled_from(["", "abc"]))
WORDINGS = st.builds(
    lambda source, others: Wording("de", {**others, "de": source}),
    TRANSLATIONS,
    st.dictionaries(st.sampled_from(["en", "ar"]), TRANSLATIONS, max_size=2),
)
POINTS = st.builds(
    Point,
    key=st.just("k"),
    wording=WORDINGS,
    operator=st.sampled_from(["", "A", "B"]),
    address=st.sampled_from([Address(), Address("Weg 1"), Address(lat=51.0, lon=6.0), Address(lat=51.0, lon=7.0)]),
    accessible=st.sampled_from([None, True, False]),
    hours=st.sampled_from([(), (Hours(date(2021, 1, 1)),)]),
    closed=st.booleans(),
)
AGES = st.sampled_from([None, 14, 18, 27, 40])


def in_order(ages: tuple[int | None, int | None]) -> bool:
    least, most = ages
    return least is None or most is None or least <= most


OFFERS = st.tuples(AGES, AGES).filter(in_order).map(lambda ages: replace(CHOIR, age_from=ages[0], age_to=ages[1]))


@given(POINTS)
def test_an_entry_comes_back_from_json_as_it_was(point: Point) -> None:
    assert from_json(as_json(point), Point) == point
    assert changes(as_json(point), as_json(point)) == ()


def test_the_offers_stand_for_themselves() -> None:
    assert whole(from_json(as_json(HOUSE), Point), (from_json(as_json(CHOIR), Offer), HOUSE.offers[1])) == HOUSE


@given(POINTS, POINTS)
def test_what_nobody_changed_here_becomes_what_comes(imported: Point, new: Point) -> None:
    old = as_json(imported)
    result, kept = merged(Point, imported=old, here=old, new=as_json(new))
    assert (from_json(result, Point), kept) == (new, ())


@given(POINTS, POINTS)
def test_what_comes_unchanged_leaves_all_that_was_changed_here(imported: Point, here: Point) -> None:
    result, _kept = merged(Point, imported=as_json(imported), here=as_json(here), new=as_json(imported))
    assert from_json(result, Point) == here


@given(POINTS, POINTS, POINTS)
def test_whatever_meets_the_result_is_an_entry_and_nothing_changed_here_is_lost(
    imported: Point, here: Point, new: Point
) -> None:
    old, mine, theirs = as_json(imported), as_json(here), as_json(new)
    result, kept = merged(Point, imported=old, here=mine, new=theirs)
    from_json(result, Point)
    edited = {change.path for change in changes(old, mine)}
    assert {change.path for change in changes(result, mine)} & edited == set()
    assert {change.path for change in kept} <= edited | {change.path for change in changes(mine, theirs)}


@given(OFFERS, OFFERS, OFFERS)
def test_ages_from_two_sides_that_do_not_fit_are_not_mixed(imported: Offer, here: Offer, new: Offer) -> None:
    result, _kept = merged(Offer, imported=as_json(imported), here=as_json(here), new=as_json(new))
    from_json(result, Offer)


def test_a_translation_made_here_is_not_mixed_with_one_of_a_machine() -> None:
    source = Translation({"name": "Haus"})
    imported = replace(HOUSE, wording=Wording("de", {"de": source}))
    here = replace(imported, wording=Wording("de", {"de": source, "en": Translation({"name": "House"})}))
    machine = Translation({"name": "Hous", "description": "A house."}, machine=True)
    new = replace(imported, wording=Wording("de", {"de": Translation({"name": "Haus am Weg"}), "en": machine}))
    result, _kept = merged(Point, imported=as_json(imported), here=as_json(here), new=as_json(new))
    found = from_json(result, Point).wording
    assert (found.source.texts["name"], found.translations["en"]) == ("Haus am Weg", here.wording.translations["en"])


def test_a_change_says_where_it_stands() -> None:
    moved = replace(HOUSE, address=replace(HOUSE.address, street="Musterweg 2"), modified_at=datetime.now(UTC))
    assert changes(as_json(HOUSE), as_json(moved)) == (Change(("address", "street"), "Musterweg 1", "Musterweg 2"),)


def test_a_translation_is_outdated_once_its_source_was_changed() -> None:
    source = Translation({"title": "Chor"})
    human, machine = Translation({"title": "Choir"}, made_from=source.fingerprint), Translation({"title": "x"}, True)
    changed = Translation({"title": "Offener Chor"})
    assert [each.state(source) for each in (source, human, machine)] == [State.SOURCE, State.HUMAN, State.MACHINE]
    assert human.state(changed) is State.OUTDATED


def test_a_wording_needs_the_language_it_was_written_in() -> None:
    assert said(name="x").source.texts == {"name": "x"}
    with pytest.raises(ValueError, match="en"):
        Wording("en", {"de": Translation()})
