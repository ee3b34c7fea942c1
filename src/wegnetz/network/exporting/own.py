"""A network map in our own form, which loses nothing. `importing.own` reads it, docs/network-map.md describes it."""

from __future__ import annotations

from typing import Any

from wegnetz.engines.ego_network import Alter, NetworkMap, Version


def as_own(drawn: NetworkMap) -> dict[str, Any]:
    """JSON, `version` 1 of the form."""
    return {
        "format": "wegnetz-netzwerkkarte",
        "version": 1,
        "ego": drawn.ego,
        "versions": [_version(version) for version in drawn.versions],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.id, "title": version.title, "date": version.date,
        "people": [_alter(alter) for alter in version.alters],
        "ties": sorted(sorted(tie) for tie in version.ties),
    }  # fmt: skip


def _alter(alter: Alter) -> dict[str, Any]:
    return {
        "id": alter.id, "name": alter.name, "emoji": alter.emoji, "angle": alter.angle, "distance": alter.distance,
        "tie": alter.tie.name.lower(), "human": alter.human, "deceased": alter.deceased, "conflict": alter.conflict,
        "support": {str(kind): level for kind, level in sorted(alter.support.items())},
        "from_programme": alter.from_programme, "staff": alter.staff,
    }  # fmt: skip
