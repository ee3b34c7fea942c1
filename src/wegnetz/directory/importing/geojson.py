"""GeoJSON (RFC 7946) as rows: a feature is a row whose cells are its properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wegnetz.directory.importing.cleaning import one_line
from wegnetz.directory.importing.outcome import Effect, Expected, Say
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.rows import Row
from wegnetz.directory.importing.table import MAX_COLUMNS
from wegnetz.directory.importing.workbook import MAX_ROWS

MAX_CORNERS = 20_000
Corner = tuple[float, float]  # longitude, latitude: the order of GeoJSON


def is_geojson(data: Any) -> bool:
    return isinstance(data, dict) and data.get("type") in ("FeatureCollection", "Feature")


def read_geojson(data: Mapping[str, Any], say: Say) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows. Raises ReadRefusedError."""
    features = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    if not isinstance(features, list):
        raise ReadRefusedError(Reason.BROKEN_JSON)
    if len(features) > MAX_ROWS:
        raise ReadRefusedError(Reason.TOO_MANY)
    rows = [row for number, each in enumerate(features, 1) if (row := _row(number, each, say.at(number)))]
    columns = dict.fromkeys(column for row in rows for column in row.cells)
    if len(columns) > MAX_COLUMNS:
        raise ReadRefusedError(Reason.TOO_MANY)
    return tuple(columns), rows


def _row(number: int, feature: Any, say: Say) -> Row | None:
    if not isinstance(feature, dict) or not is_geojson(feature):
        say(feature, Expected.ENTRY, Effect.REFUSED)
        return None
    place = place_of(feature.get("geometry"), say.of("geometry"))
    properties = feature.get("properties")
    cells = {}
    for name, value in properties.items() if isinstance(properties, dict) else ():
        column = one_line(name)[:100]
        if isinstance(value, dict | list):
            say.of(column)(value, Expected.TEXT)
        elif column:
            cells[column] = _text(value)
    given = feature.get("id")
    return Row(number, cells, place, one_line(str(given))[:200] if isinstance(given, str | int) else "")


def place_of(geometry: Any, say: Say) -> tuple[float, float] | None:
    """Latitude and longitude of a point, or of one inside an area. None, and said, for anything else."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    found: Corner | None = None
    if kind == "Point":
        found = _corner(coordinates)
    elif kind == "Polygon":
        found = _inside(coordinates)
    if found is None:
        say(kind if isinstance(kind, str) else geometry, Expected.GEOMETRY)
        return None
    return found[1], found[0]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return "" if value is None else str(value)


def _corner(given: Any) -> Corner | None:
    if not isinstance(given, list) or len(given) < 2:
        return None
    lon, lat = given[:2]
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in (lon, lat)):
        return None
    return (float(lon), float(lat)) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _inside(rings: Any) -> Corner | None:
    """In the middle of the widest stretch of a line through the area that lies within it: so never in a hole."""
    if not isinstance(rings, list) or sum(len(ring) for ring in rings if isinstance(ring, list)) > MAX_CORNERS:
        return None
    outlines = [[_corner(each) for each in ring] if isinstance(ring, list) else [] for ring in rings]
    if not outlines or any(len(ring) < 4 or None in ring for ring in outlines):
        return None
    sound = [[corner for corner in ring if corner] for ring in outlines]
    heights = [lat for _, lat in sound[0]]
    low, high = min(heights), max(heights)
    best: tuple[float, Corner] | None = None
    for share in (0.5, 0.25, 0.75, 0.381966):
        lat = low + (high - low) * share
        crossed = sorted(lon for ring in sound for lon in _crossings(ring, lat))
        for west, east in zip(crossed[::2], crossed[1::2], strict=False):
            if east - west > (best[0] if best else 0):
                best = east - west, ((west + east) / 2, lat)
    return best[1] if best else None


def _crossings(ring: list[Corner], lat: float) -> Iterator[float]:
    for (lon, one), (other_lon, other) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (one > lat) != (other > lat):
            yield lon + (lat - one) / (other - one) * (other_lon - lon)
