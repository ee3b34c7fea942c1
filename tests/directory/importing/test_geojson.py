"""GeoJSON: features as rows, points as places, and areas by a point inside them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.importing.written import heard, said, told
from wegnetz.directory.entries import Address
from wegnetz.directory.importing.geojson import place_of
from wegnetz.directory.importing.outcome import Effect, Expected, Kind

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]
# A U: its middle lies outside of it.
HORSESHOE = [[0, 0], [6, 0], [6, 6], [5, 6], [5, 1], [1, 1], [1, 6], [0, 6], [0, 0]]


def feature(properties: dict[str, Any] | None, *place: float, **more: Any) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": list(place)} if place else None
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_a_feature_is_a_place() -> None:
    reading = said(collection(feature({"title": "Haus", "Telefon": 21112345.0, "rollstuhl": True}, 6.78, 51.22, id=7)))
    assert (reading.kind, reading.faults) == (Kind.GEOJSON, ())
    (point,) = reading.points
    assert (point.key, point.address) == ("7", Address(lat=51.22, lon=6.78))
    assert (point.contact.phone, point.accessible) == ("21112345", True)


def test_a_description_that_is_an_address_is_read_as_one() -> None:
    reading = said(
        collection(feature({"title": "Haus", "description": " Weg 4, 40233 Düsseldorf ", "Typ": "Garten"}, 6.8, 51.2))
    )
    (point,) = reading.points
    assert point.address == Address("Weg 4", "40233", "Düsseldorf", lat=51.2, lon=6.8)
    assert point.wording.source.texts == {"name": "Haus", "description": "Garten"}


def test_places_of_one_name_are_told_apart_by_where_they_lie() -> None:
    reading = said(collection(*(feature({"name": "Bücherschrank"}, 6.8, lat) for lat in (51.2, 51.3, 51.2))))
    assert (sorted(point.address.lat or 0 for point in reading.points), reading.faults) == ([51.2, 51.3], ())


@pytest.mark.parametrize(
    ("of_the_place", "language", "name"),
    [
        ({}, "de", "Ort ohne Namen"), ({"Stadtteil": "Bilk"}, "de", "Ort ohne Namen (Bilk)"),
        ({"Stadtteil": "Bilk", "Straße": "Weg 4"}, "de", "Weg 4"), ({"PLZ": "40233"}, "en", "Place without a name"),
        ({}, "ar", "Place without a name"),
    ],
)  # fmt: skip
def test_a_place_without_a_name_is_called_by_its_street_and_said(
    of_the_place: dict[str, str], language: str, name: str
) -> None:
    features = collection(feature({"name": "Haus"}, 6.8, 51.2), feature(of_the_place, 6.5, 51.25))
    reading = said(features, language=language)
    assert {point.wording.source.texts["name"] for point in reading.points} == {"Haus", name}
    assert told(reading) == [(2, "name", "", Expected.NAME, Effect.CHANGED)]


def test_places_without_a_name_are_told_apart_by_where_they_lie() -> None:
    nameless = [feature({"Straße": "Weg"}, 6.8, lat) for lat in (51.2, 51.3, 51.2)]
    reading = said(collection(*nameless, feature({"name": "Haus"})))
    assert sorted(point.address.lat or 0 for point in reading.points) == [0, 51.2, 51.3]


def test_what_is_no_place_is_said_and_hides_no_other() -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    reading = said(collection(
        feature({"name": "Linie"}) | {"geometry": line}, "Unsinn",
        feature({"name": "Haus", "mehr": {"a": 1}}, 6.8, 51.2),
        feature(None), feature({"name": "Mond"}, 6.8, 91),
    ))  # fmt: skip
    assert sorted(point.wording.source.texts["name"] for point in reading.points) == ["Haus", "Linie", "Mond"]
    assert told(reading) == [
        (1, "geometry", "LineString", Expected.GEOMETRY, Effect.LEFT_OUT),
        (2, "", "Unsinn", Expected.ENTRY, Effect.REFUSED),
        (3, "mehr", "{…}", Expected.TEXT, Effect.LEFT_OUT),
        (4, "geometry", "null", Expected.GEOMETRY, Effect.LEFT_OUT),
        (5, "geometry", "Point", Expected.GEOMETRY, Effect.LEFT_OUT),
    ]


def inside(place: tuple[float, float], ring: list[list[float]]) -> bool:
    """By counting how often a ray to the east meets the outline."""
    lat, lon = place
    crossed = 0
    for (x, y), (next_x, next_y) in pairwise(ring):
        if (y > lat) != (next_y > lat) and x + (lat - y) / (next_y - y) * (next_x - x) > lon:
            crossed += 1
    return crossed % 2 == 1


@pytest.mark.parametrize("rings", [[SQUARE], [SQUARE, HOLE], [HORSESHOE]], ids=["square", "hole", "horseshoe"])
def test_an_area_is_where_a_point_inside_it_is(rings: list[list[list[float]]]) -> None:
    faults, say = heard()
    place = place_of({"type": "Polygon", "coordinates": rings}, say)
    assert place is not None
    assert (inside(place, rings[0]), [inside(place, hole) for hole in rings[1:]]) == (True, [False] * (len(rings) - 1))
    assert faults == []


def test_a_place_without_end_is_none() -> None:
    reading = said(
        '{"type": "Feature", "properties": {"name": "Haus"}, "geometry": {"type": "Point", "coordinates": [1e999, 1]}}'
    )
    assert told(reading) == [(1, "geometry", "Point", Expected.GEOMETRY, Effect.LEFT_OUT)]


Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(["Point", "Polygon", "MultiPolygon"]), Json)
def test_no_coordinates_break(kind: str, coordinates: Any) -> None:
    faults, say = heard()
    place = place_of({"type": kind, "coordinates": coordinates}, say)
    assert (place is None) == bool(faults)


@pytest.mark.parametrize(
    "rings",
    [
        [],
        [[]],
        [[[1, 0], [1, 1], [1, 2], [1, 0]]],
        [SQUARE[:3]],
        [[[0, 0]] * 5],
        "x",
        [[[0, 0], [1, "a"], [1, 1], [0, 0]]],
    ],
)
def test_an_area_that_is_none_is_said(rings: Any) -> None:
    faults, say = heard()
    assert place_of({"type": "Polygon", "coordinates": rings}, say) is None
    assert [fault.expected for fault in faults] == [Expected.GEOMETRY]
