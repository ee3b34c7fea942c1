"""A network map as easyNWK opens it. Its fields for gender, age and notes stay empty: we do not ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import cos, radians, sin
from typing import Any

from wegnetz.engines.ego_network import NetworkMap, Support, Version


def as_record(drawn: NetworkMap) -> dict[str, Any]:
    """The JSON that easyNWK 2.7 opens. It holds one version at least."""
    versions = drawn.versions or (Version("1"),)
    numbers = _numbers(drawn)
    return {
        "versions": [
            {"id": number, "title": version.title, "date": version.date, "nwk": _nwk(version, drawn.ego, numbers)}
            for number, version in enumerate(versions, 1)
        ],
        "currentVersion": len(versions),
    }


def as_lines(drawn: NetworkMap) -> str:
    """The lines of easyNWK 1.5: the last version, with names, places, ties, and who died. There is no room for more.

    Somebody without a name gets their emoji or a question mark: without one that program drops them.
    """
    version = drawn.versions[-1] if drawn.versions else Version("1")
    return "\r\n".join((*_lines(version, drawn.ego, _numbers(drawn)), ""))


def _lines(version: Version, ego: str, numbers: Mapping[str, int]) -> Iterator[str]:
    yield f"E;{_plain(ego)};;"
    yield f"F;1;{_day(version.date)}"
    placed = [alter for alter in version.alters if alter.distance > 0]
    for alter in placed:
        name = _plain(alter.name).lstrip("+ ") or _plain(alter.emoji) or "?"
        yield f"N;{numbers[alter.id]};{'+' * alter.deceased}{name};;;"
    for alter in placed:
        x = 0.5 + alter.distance / 200 * cos(radians(alter.angle))
        y = 0.5 - alter.distance / 200 * sin(radians(alter.angle))
        yield f"P;1;{numbers[alter.id]};{x:.12f};{y:.12f};{int(alter.tie)}"
    for one, other in _pairs(replace(version, alters=tuple(placed)), numbers):
        yield f"L;1;{one};{other}"


def _pairs(version: Version, numbers: Mapping[str, int]) -> list[list[int]]:
    there = {alter.id for alter in version.alters}
    return sorted(sorted(map(numbers.__getitem__, tie)) for tie in version.ties if tie <= there)


def _plain(text: str) -> str:
    """Without what divides fields and lines there."""
    return re.sub(r"[;\s\x00-\x1f\x7f-\x9f]+", " ", text).strip()


def _day(written: str) -> str:
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return ""
    return f"{day.day}.{day.month}.{day.year:04}"


def _numbers(drawn: NetworkMap) -> dict[str, int]:
    """Who is in several versions has one number in all of them: by it what became of a tie is seen."""
    ids = dict.fromkeys(alter.id for version in drawn.versions for alter in version.alters)
    return {one: number for number, one in enumerate(ids, 1)}


def _nwk(version: Version, ego: str, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "ego": {"name": ego, "age": "", "currentGender": "nicht festgelegt", "note": "", "emoji": ""},
        "alteri": [
            {
                "id": numbers[alter.id], "name": alter.name, "role": "", "human": alter.human,
                "currentGender": "nicht festgelegt", "age": "", "note": "", "deceased": alter.deceased,
                "edgeType": int(alter.tie), "edgeTypeByUser": int(alter.tie), "angle": alter.angle,
                "distance": alter.distance, "emoji": alter.emoji, "conflict": alter.conflict,
                "support": {kind.title(): alter.support.get(kind, 0) for kind in Support},
            }
            for alter in version.alters
        ],
        "connections": [
            {"id1": one, "id2": other}
            for one, other in _pairs(version, numbers)
        ],
    }  # fmt: skip
