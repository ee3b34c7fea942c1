"""Somebody on the map as one row of a table: how programs for research keep people. Nothing is lost on the way back.

A row holds text, numbers and yes or no. Beside the angle and the distance stand what they mean, sector and horizon, and
`map_x`, `map_y`: the place in a square of one unit whose origin is at the top left, as Network Canvas draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, isfinite, radians, sin
from typing import Final

from wegnetz.engines.ego_network.model import OUTER, Alter, Horizon, Sector, Support, Tie

Cell = str | float | int | bool
CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = {
    "sector": tuple(Sector),
    "horizon": tuple(Horizon),
    "tie": tuple(tie.name.lower() for tie in Tie),
}
SWITCHES: Final = ("human", "deceased", "conflict", "from_programme", "staff")
TEXTS: Final = ("name", "emoji")
ANGLES: Final[Mapping[str, float]] = {
    Sector.FAMILY: 45.0, Sector.FRIENDS: 135.0, Sector.COLLEAGUES: -135.0, Sector.PROFESSIONALS: -45.0,
}  # fmt: skip
DISTANCES: Final[Mapping[str, float]] = {Horizon.INNER: 16.67, Horizon.MIDDLE: 50.0, Horizon.OUTER: 83.33}
FARTHEST: Final = 1_000_000


def as_row(alter: Alter) -> dict[str, Cell]:
    """All there is of somebody but the id, always in the same order. Support nobody spoke of is not there."""
    x = 0.5 + alter.distance / (2 * OUTER) * cos(radians(alter.angle))
    y = 0.5 - alter.distance / (2 * OUTER) * sin(radians(alter.angle))
    return {
        "name": alter.name, "emoji": alter.emoji, "sector": str(alter.sector), "horizon": str(alter.horizon),
        "tie": alter.tie.name.lower(), "angle": alter.angle, "distance": alter.distance,
        "map_x": round(x, 6), "map_y": round(y, 6),
        **{name: bool(getattr(alter, name)) for name in SWITCHES},
        **{f"support_{kind}": level for kind, level in sorted(alter.support.items())},
    }  # fmt: skip


COLUMNS: Final = (*as_row(Alter("")), *(f"support_{kind}" for kind in Support))


def from_row(key: str, row: Mapping[str, str]) -> Alter:
    """The somebody with the id `key` of a row that `as_row` made; what is not there is as `Alter` has it.

    Raises ValueError, which says which column holds what cannot stand there.
    """
    plain = Alter(key)
    tie = row.get("tie", "")
    if tie and tie not in CATEGORIES["tie"]:
        raise ValueError(f"tie: {tie[:20]!r} is none of {', '.join(CATEGORIES['tie'])}")
    return Alter(
        key, row.get("name", ""), row.get("emoji", ""),
        angle=_number(row, "angle", _meant(ANGLES, row.get("sector"), plain.angle)),
        distance=_number(row, "distance", _meant(DISTANCES, row.get("horizon"), plain.distance)),
        tie=Tie[tie.upper()] if tie else plain.tie,
        support={kind: _level(row, f"support_{kind}") for kind in Support if row.get(f"support_{kind}")},
        **{name: _switch(row, name, default=getattr(plain, name)) for name in SWITCHES},
    )  # fmt: skip


def _meant(middles: Mapping[str, float], word: str | None, default: float) -> float:
    return middles.get(word or "", default)


def _number(row: Mapping[str, str], name: str, default: float) -> float:
    written = row.get(name, "")
    if not written:
        return default
    try:
        found = float(written)
    except ValueError:
        found = float("nan")
    if not (isfinite(found) and abs(found) < FARTHEST):
        raise ValueError(f"{name}: {written[:20]!r} is no number that can stand here")
    return found


def _level(row: Mapping[str, str], name: str) -> int:
    found = _number(row, name, 0)
    if not (0 <= found <= 3 and found.is_integer()):
        raise ValueError(f"{name}: {row[name][:20]!r} is no level of support, expected 0, 1, 2 or 3")
    return int(found)


def _switch(row: Mapping[str, str], name: str, *, default: bool) -> bool:
    written = row.get(name, "").lower()
    if written not in ("", "true", "false", "1", "0"):
        raise ValueError(f"{name}: {written[:20]!r} is neither true nor false")
    return written in ("true", "1") if written else default
