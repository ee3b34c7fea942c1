"""A network map as easyNWK opens it. Its fields for gender, age and notes stay empty: we do not ask for them."""

from __future__ import annotations

from typing import Any

from wegnetz.engines.ego_network import NetworkMap, Support, Version


def as_record(drawn: NetworkMap) -> dict[str, Any]:
    """The JSON that easyNWK 2.7 opens. It holds one version at least."""
    versions = drawn.versions or (Version("1"),)
    return {
        "versions": [
            {"id": number, "title": version.title, "date": version.date, "nwk": _nwk(version, drawn.ego)}
            for number, version in enumerate(versions, 1)
        ],
        "currentVersion": len(versions),
    }


def _nwk(version: Version, ego: str) -> dict[str, Any]:
    numbers = {alter.id: number for number, alter in enumerate(version.alters, 1)}
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
            for one, other in sorted(sorted(map(numbers.__getitem__, tie)) for tie in version.ties)
        ],
    }  # fmt: skip
