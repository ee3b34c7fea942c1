"""The files of easyNWK: JSON of its versions 2, of which one map or several are in a file, and the lines of 1.5.

https://github.com/fhstp/easynwk-web (MIT). Old and missing keys are taken as that program takes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import atan2, degrees, hypot
from typing import Any, Final

from wegnetz.core.strict_json import one_line
from wegnetz.engines.ego_network import Alter, NetworkMap, Support, Tie, Version
from wegnetz.network.importing.errors import MapFileError
from wegnetz.network.importing.fields import (
    FARTHEST,
    a_map,
    among,
    different,
    level,
    number,
    people_at,
    text,
    ties_of,
    versions_at,
)

NEAR_SCALE: Final = 200  # 1.5 draws into a square of one unit


def is_record(content: object) -> bool:
    return isinstance(content, dict) and "versions" in content


def is_single(content: object) -> bool:
    return isinstance(content, dict) and "alteri" in content


def from_record(content: Mapping[str, Any]) -> NetworkMap:
    """Several versions."""
    versions = versions_at(content)
    drawn = tuple(_version(each, at) for at, each in enumerate(versions, 1))
    return NetworkMap(drawn, next((_ego(each["nwk"]) for each in versions), ""))


def from_single(content: Mapping[str, Any]) -> NetworkMap:
    """One map, as older versions wrote it."""
    return NetworkMap((_drawn(content, "1", "", "", "the map"),), _ego(content))


def _ego(nwk: Mapping[str, Any]) -> str:
    ego = nwk.get("ego")
    return text(ego.get("name")) if isinstance(ego, dict) else ""


def _version(content: Mapping[str, Any], at: int) -> Version:
    where = f"version {at}"
    a_map(content, where)
    nwk = a_map(content.get("nwk"), f"{where}, nwk")
    return _drawn(nwk, str(content.get("id", at)), text(content.get("title")), text(content.get("date")), where)


def _drawn(nwk: Mapping[str, Any], key: str, title: str, date: str, where: str) -> Version:
    alters = tuple(_alter(each, f"{where}, person {at}") for at, each in enumerate(people_at(nwk, "alteri", where), 1))
    there = different(alters, where)
    # "relations" is what the first versions called them.
    drawn = nwk.get("connections", nwk.get("relations")) or []
    ties = [_tie(each, f"{where}, connection {at}") for at, each in enumerate(ties_of(drawn, where), 1)]
    return Version(key, title, date, alters, among(ties, there))


def _alter(content: object, where: str) -> Alter:
    given = a_map(content, where)
    if "id" not in given:
        raise MapFileError(f"{where}: there is no id")
    human, deceased = bool(given.get("human", True)), bool(given.get("deceased", False))
    support = given.get("support")
    return Alter(
        id=text(given["id"]), name=text(given.get("name")), emoji=text(given.get("emoji")),
        angle=number(given.get("angle") or 0, f"{where}, angle"),
        distance=number(given.get("distance") or 0, f"{where}, distance"),
        tie=_strength(given, f"{where}, edgeType"), human=human, deceased=deceased,
        conflict=bool(given.get("conflict", False)),
        support={
            kind: level(support.get(kind.title(), 0), f"{where}, {kind.title()}") for kind in Support
        } if isinstance(support, dict) else {},
    )  # fmt: skip


def _strength(given: Mapping[str, Any], where: str) -> Tie:
    """Without a word about it there is a tie: that is what easyNWK draws."""
    value = given.get("edgeType")
    if value is None:
        return Tie.SIMPLE
    if isinstance(value, bool) or value not in tuple(Tie):
        raise MapFileError(f"{where}: {one_line(str(value), 20)} is no kind of tie, expected 0, 1 or 2")
    return Tie(value)


def _tie(content: object, where: str) -> frozenset[str]:
    given = a_map(content, where)
    ends = frozenset(text(given.get(end)) for end in ("id1", "id2"))
    if "" in ends:
        raise MapFileError(f"{where}: expected id1 and id2")
    return ends


# --- the lines of easyNWK 1.5 ---------------------------------------------------------------------------


def is_lines(content: str) -> bool:
    """E;name;… for the person, F for the version, N for others, P for where they stand, L for who knows whom."""
    first = next((line for line in content.splitlines() if line.strip()), "")
    return re.match(r"[EFNPL];", first) is not None


def from_lines(content: str) -> NetworkMap:
    """A map of easyNWK 1.5. Who stands nowhere was deleted there."""
    people: dict[str, tuple[str, bool]] = {}
    places: dict[str, tuple[float, float, Tie]] = {}
    ties: set[frozenset[str]] = set()
    ego, date = "", ""
    for at, line in enumerate(content.splitlines(), 1):
        parts = [*line.split(";"), *[""] * 6]
        match parts[0]:
            case "E":
                ego = parts[1]
            case "F":
                date = _day(parts[2])
            case "N" if parts[2]:
                people[parts[1]] = (parts[2].removeprefix("+"), parts[2].startswith("+"))
            case "P":
                places[parts[2]] = _place(parts, f"line {at}")
            case "L" if parts[2] and parts[3]:
                ties.add(frozenset((parts[2], parts[3])))
    alters = tuple(
        Alter(one, name, angle=places[one][0], distance=places[one][1], tie=places[one][2], deceased=deceased)
        for one, (name, deceased) in people.items()
        if one in places and places[one][1] > 0
    )
    return NetworkMap((Version("1", "", date, alters, among(ties, different(alters, "the map"))),), ego)


def _place(parts: Sequence[str], where: str) -> tuple[float, float, Tie]:
    try:
        x, y = float(parts[3].replace(",", ".")) - 0.5, 0.5 - float(parts[4].replace(",", "."))
        tie = Tie(int(parts[5] or 0))
    except ValueError as error:
        raise MapFileError(f"{where}: expected where somebody stands, as two numbers and a kind of tie") from error
    if not (abs(x) < FARTHEST and abs(y) < FARTHEST):
        raise MapFileError(f"{where}: expected where somebody stands, as two numbers and a kind of tie")
    return degrees(atan2(y, x)), hypot(x, y) * NEAR_SCALE, tie


def _day(written: str) -> str:
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", written.strip())
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else ""
