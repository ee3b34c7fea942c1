"""Where on earth a programme works, and places whose latitude and longitude stand the wrong way round."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians
from typing import Final, NamedTuple

NEAR: Final = 100.0  # kilometres around the districts: people go to the next city, too
DEGREE: Final = 111.2  # kilometres from one parallel to the next


class Area(NamedTuple):
    """A box along parallels and meridians, in degrees (WGS 84)."""

    south: float
    west: float
    north: float
    east: float


def area_around(corners: Iterable[tuple[float, float]]) -> Area:
    """The smallest that holds all of these longitudes and latitudes. Raises ValueError for none."""
    lons, lats = zip(*corners, strict=True)
    return Area(min(lats), min(lons), max(lats), max(lons))


def are_swapped(area: Area, lat: float, lon: float) -> bool:
    """Whether a place is far from the area, and would be near it the other way round."""
    return not _is_near(area, lat, lon) and _is_near(area, lon, lat)


def _is_near(area: Area, lat: float, lon: float) -> bool:
    high = NEAR / DEGREE
    wide = high / cos(radians((area.south + area.north) / 2))
    return area.south - high <= lat <= area.north + high and area.west - wide <= lon <= area.east + wide
