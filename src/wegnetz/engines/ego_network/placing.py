"""Where somebody stands: a sector and a ring as an angle and a distance, and as a point of the drawing.

The drawing is SIDE units wide and high, with the person in its middle. Angles turn against the clock from the right, as
in easyNWK: family at the top right, friends at the top left, colleagues at the bottom left, professionals at the bottom
right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from math import cos, hypot, radians, sin
from typing import Final

from wegnetz.engines.ego_network.model import HORIZONS, OUTER, Alter, Horizon, Sector

SIDE: Final = 360
MIDDLE: Final = SIDE / 2
SCALE: Final = 1.6  # units for one of distance
# Distances within a ring, the best first.
WITHIN: Final[Mapping[Horizon, tuple[float, ...]]] = {
    Horizon.INNER: (23.0, 31.0), Horizon.MIDDLE: (51.0, 60.0, 41.0), Horizon.OUTER: (84.0, 94.0, 73.0),
}  # fmt: skip
CLOSEST: Final = 18.0  # nearer one would stand upon the person
BEGINS: Final[Mapping[Sector, float]] = {
    Sector.FAMILY: 0, Sector.FRIENDS: 90, Sector.COLLEAGUES: -180, Sector.PROFESSIONALS: -90,
}  # fmt: skip
_TRIED: Final = (45, 25, 65, 12, 78, 35, 55, 18, 72)  # degrees within a sector, the best first
_ROOM: Final = 21.0  # of distance; closer, two of them touch


def point(angle: float, distance: float) -> tuple[float, float]:
    """Across and down, in units of the drawing, rounded to tenths."""
    across, up = cos(radians(angle)) * distance * SCALE, sin(radians(angle)) * distance * SCALE
    return round(MIDDLE + across, 1), round(MIDDLE - up, 1)


def radius(horizon: Horizon) -> float:
    """Of the outer line of a ring, in units of the drawing."""
    inner, middle = HORIZONS
    return round({Horizon.INNER: inner, Horizon.MIDDLE: middle, Horizon.OUTER: OUTER}[horizon] * SCALE, 1)


def free_place(sector: Sector, horizon: Horizon, others: Iterable[Alter]) -> tuple[float, float]:
    """Angle and distance of a place in a sector and a ring: the first with room around it, else the one with most."""
    taken = [_flat(other.angle, other.distance) for other in others]
    best, room = (0.0, 0.0), -1.0
    for distance, step in product(WITHIN[horizon], _TRIED):
        across, up = _flat(BEGINS[sector] + step, distance)
        nearest = min((hypot(across - x, up - y) for x, y in taken), default=OUTER)
        if nearest > room:
            best, room = (BEGINS[sector] + step, distance), nearest
        if room >= _ROOM:
            break
    return best


def stands(alter: Alter, sector: Sector, horizon: Horizon, others: Iterable[Alter]) -> Alter:
    """The same person in a sector and a ring. Who stands there already is not moved."""
    if (alter.sector, alter.horizon) == (sector, horizon) and alter.distance > 0:
        return alter
    angle, distance = free_place(sector, horizon, others)
    return replace(alter, angle=angle, distance=distance)


def put(alter: Alter, angle: float, distance: float) -> Alter:
    """The same person where they were drawn, within the outer ring and not upon the person in the middle."""
    turned = (angle + 180) % 360 - 180
    return replace(alter, angle=round(turned, 1), distance=round(min(max(distance, CLOSEST), OUTER), 1))


def _flat(angle: float, distance: float) -> tuple[float, float]:
    return cos(radians(angle)) * distance, sin(radians(angle)) * distance
