"""Places far from where a programme works, which would be near it the other way round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.engines.areas import Area, are_swapped, area_around

CITY = Area(51.12, 6.69, 51.35, 6.94)


def test_a_box_holds_all_corners() -> None:
    assert area_around([(6.7, 51.3), (6.9, 51.2), (6.8, 51.1)]) == Area(51.1, 6.7, 51.3, 6.9)


@pytest.mark.parametrize(
    ("lat", "lon", "swapped"),
    [
        (51.2, 6.8, False), (6.8, 51.2, True),
        (50.94, 6.96, False), (6.96, 50.94, True),  # the next city
        (52.52, 13.4, False), (13.4, 52.52, False),  # too far away to be sure
        (52.24, 6.8, False), (6.8, 52.24, True), (6.8, 52.26, False),  # 99 and 101 kilometres to the north
        (51.2, 8.36, False), (8.36, 51.2, True), (8.4, 51.2, False),  # and to the east
    ],
)  # fmt: skip
def test_only_what_would_be_near_the_other_way_round_is_swapped(lat: float, lon: float, swapped: bool) -> None:
    assert are_swapped(CITY, lat, lon) is swapped


@given(st.floats(-60, 60), st.floats(-60, 60), st.floats(-60, 60), st.floats(-60, 60))
def test_nothing_is_swapped_both_ways(south: float, west: float, lat: float, lon: float) -> None:
    area = Area(south, west, south + 0.2, west + 0.2)
    assert not (are_swapped(area, lat, lon) and are_swapped(area, lon, lat))
