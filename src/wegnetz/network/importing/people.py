"""People from tables of other programs: ours come back as they were, others get a place on the map, and it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from wegnetz.core.strict_json import one_line
from wegnetz.engines.ego_network import Alter
from wegnetz.engines.ego_network.flat import CATEGORIES, from_row
from wegnetz.network.importing.errors import MapFileError

UNPLACED: Final = (
    "People without a place on the map: {0}. They stand among friends and acquaintances, in the middle ring."
)


def ours(key: str, row: Mapping[str, str], where: str) -> Alter:
    """Of a row that we wrote. Raises MapFileError."""
    try:
        return from_row(key, row)
    except ValueError as error:
        raise MapFileError(f"{where}, {one_line(str(error))}") from error


def others(people: Sequence[tuple[str, Mapping[str, str]]]) -> tuple[tuple[Alter, ...], tuple[str, ...]]:
    """Of rows (id, cells) of another program, with remarks. Name, sector, horizon and tie are taken if they are ours.

    Whoever has no sector stands in that of friends and acquaintances, one beside the other.
    """
    known = [(key, _known(row)) for key, row in people]
    unplaced = [key for key, row in known if "sector" not in row]
    angles = {key: 90 + 90 * at / (len(unplaced) + 1) for at, key in enumerate(unplaced, 1)}
    alters = (from_row(key, row) for key, row in known)
    placed = (replace(alter, angle=angles.get(alter.id, alter.angle)) for alter in alters)
    return tuple(placed), (UNPLACED.format(len(unplaced)),) if unplaced else ()


def _known(row: Mapping[str, str]) -> dict[str, str]:
    said = {name: one_of(row, name).lower() for name in CATEGORIES}
    return {
        "name": row.get("name") or row.get("label") or "",
        **{name: word for name, word in said.items() if word in CATEGORIES[name]},
    }


def one_of(row: Mapping[str, str], category: str) -> str:
    """What a row says of a category: in a column of its name, or as the one of its columns that is true."""
    columns = (word for word in CATEGORIES[category] if row.get(f"{category}_{word}", "").lower() == "true")
    return row.get(category) or next(columns, "")
