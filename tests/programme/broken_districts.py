"""A pack with outlines of districts, and broken ones, each with the fault it leads to."""

from __future__ import annotations

import json
from typing import Any

from tests.programme.breaking import Case
from tests.programme.minimal import minimal
from wegnetz.programme.pack.errors import Fault

FILE = "districts.geojson"
SQUARE = [[6.7, 51.2], [6.8, 51.2], [6.8, 51.3], [6.7, 51.2]]
RINGS = "closed rings of four positions or more, each [longitude, latitude]"
ONCE = "a name, each once"


def district(name: str = "Mitte", ring: list[list[float]] | None = None) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": [SQUARE if ring is None else ring]}
    return {"type": "Feature", "properties": {"name": name, "number": "01"}, "geometry": shape}


def with_districts(*features: dict[str, Any], **more: Any) -> dict[str, str]:
    head = {"type": "FeatureCollection", "source": "S1", "licence": "CC0-1.0", "features": features}
    return minimal() | {FILE: json.dumps(head | more)}


def one(name: str, files: dict[str, str], place: str, found: str, expected: str) -> Case:
    return name, files, (Fault(FILE, place, found, expected),)


BROKEN_DISTRICTS: list[Case] = [
    one("no JSON", minimal() | {FILE: "{"}, "",
        "'Expecting property name enclosed in double quotes: line 1 …", "valid JSON"),
    one("a key twice", minimal() | {FILE: '{"type": 1, "type": 2}'}, "", "'type'", "valid JSON"),
    one("another kind of GeoJSON", with_districts(type="Feature"), "type", "'Feature'",
        "one of the words the format allows here"),
    one("no licence", with_districts(district(), licence=" "), "licence", "nothing",
        "the licence under which they may be passed on"),
    one("a source nobody knows", with_districts(district(), source="S9"), "source", "'S9'", "an id of sources.toml"),
    one("nothing drawn", with_districts(), "features", "nothing", "at least one district"),
    one("no name", with_districts(district(" ")), "features[0].properties.name", "' '", ONCE),
    one("a name twice", with_districts(district(), district()), "features[1].properties.name", "'Mitte'", ONCE),
    one("a line that does not end where it began", with_districts(district(ring=[*SQUARE[:3], [6.9, 51.2]])),
        "features[0].geometry", "'Mitte'", RINGS),
    one("a line with too few corners", with_districts(district(ring=SQUARE[:2] + SQUARE[:1])), "features[0].geometry",
        "'Mitte'", RINGS),
    one("latitude before longitude", with_districts(district(ring=[[51.2, 106.7]] * 4)), "features[0].geometry",
        "'Mitte'", RINGS),
    one("too much for a phone", with_districts(district(), description="x" * 149_727), "", "150001 bytes",
        "at most 150000"),
]  # fmt: skip
