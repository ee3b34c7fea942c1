"""Outlines of the districts: what the map gets of them, and those of Düsseldorf."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from tests.programme.broken_districts import FILE, SQUARE, district, with_districts
from tests.programme.minimal import DUESSELDORF, keep, minimal
from wegnetz.programme.pack.districts import area_of, as_geojson
from wegnetz.programme.pack.files import pack_up
from wegnetz.programme.pack.reader import build, read_pack, restore_pack


def test_a_pack_needs_no_outlines(tmp_path: Path) -> None:
    assert read_pack(keep(tmp_path, minimal())).districts is None


def test_the_map_gets_names_and_shapes_and_nothing_else(tmp_path: Path) -> None:
    found = read_pack(keep(tmp_path, with_districts(district()))).districts
    assert found is not None
    ring = tuple(map(tuple, SQUARE))
    assert as_geojson(found) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature", "properties": {"name": "Mitte"},
                "geometry": {"type": "MultiPolygon", "coordinates": (((ring),),)},
            }
        ],
    }  # fmt: skip
    assert (found.source, found.licence) == ("S1", "CC0-1.0")


def test_a_pack_with_outlines_is_restored_the_same() -> None:
    files = with_districts(district(), district("Süd"))
    assert restore_pack(pack_up(files)) == build(files)
    assert build(files).digest != build(minimal()).digest


def test_the_fifty_districts_of_duesseldorf_cover_the_city() -> None:
    """Its statistics say 217.4 square kilometres; the outlines are thinned."""
    found = read_pack(DUESSELDORF).districts
    assert found is not None
    assert (len(found.outlines), found.licence) == (50, "dl-de/zero-2-0")
    assert round(sum(area(ring) for outline in found.outlines for part in outline.parts for ring in part)) == 217
    assert (DUESSELDORF / FILE).stat().st_size < 40_000


def test_they_lie_in_a_box() -> None:
    found = read_pack(DUESSELDORF).districts
    assert found is not None
    assert [round(degrees, 2) for degrees in area_of(found)] == [51.12, 6.69, 51.35, 6.94]


def area(ring: tuple[tuple[float, float], ...]) -> float:
    """Square kilometres, on a plane that touches the earth in Düsseldorf."""
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(doubled) / 2 * 111.2 * 69.7
