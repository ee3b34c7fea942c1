"""Where people stand on a map, how they are called there, and what can be done with them."""

from __future__ import annotations

from math import hypot
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.ego_network import Alter, Horizon, Sector, Version
from wegnetz.engines.ego_network.editing import brought_back, known_by, with_alter, without_alter
from wegnetz.engines.ego_network.naming import initials_of, is_initials
from wegnetz.engines.ego_network.placing import CLOSEST, SIDE, free_place, point, put, radius, stands

SECTORS, HORIZONS = st.sampled_from(Sector), st.sampled_from(Horizon)
ALTERS = st.builds(
    Alter, st.sampled_from("abcdef"), angle=st.floats(-180, 180), distance=st.floats(1, 100)
)  # fmt: skip
VERSIONS = st.lists(ALTERS, unique_by=lambda alter: alter.id, min_size=1).flatmap(
    lambda alters: st.builds(
        lambda ties: Version("1", alters=tuple(alters), ties=frozenset(tie for tie in ties if len(tie) == 2)),
        st.lists(st.frozensets(st.sampled_from([alter.id for alter in alters]), max_size=2)),
    )
)


@given(SECTORS, HORIZONS, st.lists(ALTERS, max_size=12))
def test_a_place_is_in_the_sector_and_the_ring_that_were_asked_for(
    sector: Sector, horizon: Horizon, others: list[Alter]
) -> None:
    angle, distance = free_place(sector, horizon, others)
    stood = Alter("new", angle=angle, distance=distance)
    assert (stood.sector, stood.horizon, stood.counts) == (sector, horizon, True)


@given(SECTORS)
def test_the_first_six_of_a_sector_and_the_outer_ring_do_not_touch(sector: Sector) -> None:
    standing: list[Alter] = []
    for number in range(6):
        angle, distance = free_place(sector, Horizon.OUTER, standing)
        standing.append(Alter(str(number), angle=angle, distance=distance))
    points = [point(each.angle, each.distance) for each in standing]
    apart = [hypot(x - p, y - q) for at, (x, y) in enumerate(points) for p, q in points[:at]]
    assert [each for each in apart if each < 20] == []


@given(st.floats(-1000, 1000), st.floats(-10, 1000))
def test_whoever_is_drawn_somewhere_counts_and_is_seen(angle: float, distance: float) -> None:
    stood = put(Alter("a"), angle, distance)
    across, down = point(stood.angle, stood.distance)
    assert (-180 <= stood.angle <= 180, CLOSEST <= stood.distance <= 100, stood.counts) == (True, True, True)
    assert (0 <= across <= SIDE, 0 <= down <= SIDE) == (True, True)


def test_sectors_lie_as_easynwk_draws_them() -> None:
    half = SIDE / 2
    at = {sector: point(*free_place(sector, Horizon.OUTER, [])) for sector in Sector}
    sides = {each: ("right" if x > half else "left", "up" if y < half else "down") for each, (x, y) in at.items()}
    assert sides == {
        Sector.FAMILY: ("right", "up"), Sector.FRIENDS: ("left", "up"), Sector.COLLEAGUES: ("left", "down"),
        Sector.PROFESSIONALS: ("right", "down"),
    }  # fmt: skip
    assert [radius(horizon) for horizon in Horizon] == [53.3, 106.7, 160]


def test_who_stands_there_already_is_not_moved() -> None:
    alter = Alter("a", angle=33.3, distance=90)
    assert stands(alter, Sector.FAMILY, Horizon.OUTER, []) == alter
    assert stands(alter, Sector.FAMILY, Horizon.INNER, []) == Alter("a", angle=45, distance=23)


@given(VERSIONS)
def test_whoever_goes_and_comes_back_knows_the_same_people(version: Version) -> None:
    gone = version.alters[0].id
    left, removed = without_alter(version, gone)
    back = brought_back(left, removed)
    assert ({each.id for each in left.alters}, known_by(left, gone)) == ({each.id for each in version.alters[1:]}, ())
    assert {each.id: each for each in back.alters} == {each.id: each for each in version.alters}
    assert back.ties == version.ties
    assert brought_back(version, removed) == version


def test_nobody_knows_themselves_or_somebody_who_is_not_there() -> None:
    version = with_alter(Version("1", alters=(Alter("a"),)), Alter("b"), ["a", "b", "x"])
    assert version.ties == {frozenset("ab")}


@given(st.text(max_size=30))
def test_what_is_left_of_a_name_leads_to_nobody(name: str) -> None:
    left = initials_of(name)
    assert (is_initials(left), len(left) <= 12) == (True, True)


@given(st.text(ascii_letters, min_size=4, max_size=20))
def test_four_letters_are_no_initials(name: str) -> None:
    assert is_initials(name) is False


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Amina Ahmed Yusuf", "AY"),
        ("Ali", "A"),
        ("علي", "ع"),
        ("Me", "Me"),
        ("  ", "?"),
        ("🙂", "🙂"),
        ("0176 1234", "?"),
        ("ß ªß", "Sª"),
    ],
)
def test_names_are_shortened(name: str, left: str) -> None:
    assert initials_of(name) == left
