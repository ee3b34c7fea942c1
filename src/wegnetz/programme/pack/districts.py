"""Outlines of the districts, which the map of the directory draws with their names: GeoJSON (RFC 7946).

Beside what the standard asks for, the file says which entry of sources.toml it comes from and under which licence it
may be passed on. A pack need not have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from wegnetz.core.strict_json import parse_strictly
from wegnetz.engines.areas import Area, area_around
from wegnetz.programme.pack.errors import Fault, PackError, shown
from wegnetz.programme.pack.files import Files, convert
from wegnetz.programme.pack.model import Districts, Outline, Pack, Ring

FILE = "districts.geojson"
MAX_BYTES = 150_000
SHORTEST_RING = 4

Position = tuple[float, float]


class _Polygon(msgspec.Struct, frozen=True, tag_field="type", tag="Polygon"):
    coordinates: tuple[tuple[Position, ...], ...]


class _MultiPolygon(msgspec.Struct, frozen=True, tag_field="type", tag="MultiPolygon"):
    coordinates: tuple[tuple[tuple[Position, ...], ...], ...]


class _Properties(msgspec.Struct, frozen=True):
    name: str


class _Feature(msgspec.Struct, frozen=True, tag_field="type", tag="Feature"):
    properties: _Properties
    geometry: _Polygon | _MultiPolygon


class _Collection(msgspec.Struct, frozen=True, tag_field="type", tag="FeatureCollection"):
    source: str
    licence: str
    features: tuple[_Feature, ...]


def read_districts(files: Files) -> Districts | None:
    """The outlines of a pack; None where it has none. Raises PackError."""
    if FILE not in files:
        return None
    try:
        parsed = parse_strictly(files[FILE])
    except (ValueError, RecursionError) as error:
        raise PackError((Fault(FILE, "", shown(str(error)), "valid JSON"),)) from error
    found = convert(parsed, _Collection, FILE)
    return Districts(found.source, found.licence, tuple(map(_outline, found.features)))


def _outline(feature: _Feature) -> Outline:
    shape = feature.geometry
    parts = shape.coordinates if isinstance(shape, _MultiPolygon) else (shape.coordinates,)
    return Outline(feature.properties.name, parts)


def size_faults(files: Files) -> Iterator[Fault]:
    """A phone loads the outlines with the map."""
    size = len(files.get(FILE, "").encode())
    if size > MAX_BYTES:
        yield Fault(FILE, "", f"{size} bytes", f"at most {MAX_BYTES}")


def check_districts(pack: Pack) -> Iterator[Fault]:
    """Named once, drawn with closed rings somewhere on earth, from a source that is known, under a licence."""
    if pack.districts is None:
        return
    if pack.districts.source not in pack.sources:
        yield Fault(FILE, "source", shown(pack.districts.source), "an id of sources.toml")
    if not pack.districts.licence.strip():
        yield Fault(FILE, "licence", "nothing", "the licence under which they may be passed on")
    if not pack.districts.outlines:
        yield Fault(FILE, "features", "nothing", "at least one district")
    names = [outline.name for outline in pack.districts.outlines]
    for i, outline in enumerate(pack.districts.outlines):
        if not outline.name.strip() or outline.name in names[:i]:
            yield Fault(FILE, f"features[{i}].properties.name", shown(outline.name), "a name, each once")
        rings = [ring for part in outline.parts for ring in part]
        if not rings or not all(_is_sound(ring) for ring in rings):
            expected = "closed rings of four positions or more, each [longitude, latitude]"
            yield Fault(FILE, f"features[{i}].geometry", shown(outline.name), expected)


def _is_sound(ring: Ring) -> bool:
    on_earth = all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
    return len(ring) >= SHORTEST_RING and ring[0] == ring[-1] and on_earth


def area_of(districts: Districts) -> Area:
    """The box around all of them."""
    rings = (ring for outline in districts.outlines for part in outline.parts for ring in part)
    return area_around(corner for ring in rings for corner in ring)


def as_geojson(districts: Districts) -> dict[str, Any]:
    """What the map needs: names and shapes."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature", "properties": {"name": outline.name},
                "geometry": {"type": "MultiPolygon", "coordinates": outline.parts},
            }
            for outline in districts.outlines
        ],
    }  # fmt: skip
