"""The three tables of the R package egor, as its `threefiles_to_egor` reads them: egos, alters, ties among alters.

https://cran.r-project.org/package=egor. Each ego is a version of the map; of foreign files the one ego is the person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from wegnetz.engines.ego_network import Alter, NetworkMap, Version
from wegnetz.network.importing.errors import MapFileError
from wegnetz.network.importing.fields import MOST_VERSIONS, among, different, few
from wegnetz.network.importing.people import others, ours
from wegnetz.network.importing.tables import Row, rows_of

EGO: Final = "egoID"
ALTER: Final = "alterID"
ENDS: Final = ("Source", "Target")
OURS: Final = "version_number"

Read = tuple[NetworkMap, tuple[str, ...]]


def is_egor(parts: Mapping[str, bytes]) -> bool:
    return any(b"alterID" in raw.split(b"\n", 1)[0] for raw in parts.values())


def from_tables(parts: Mapping[str, bytes]) -> Read:
    """The map and remarks. Raises MapFileError, also for the networks of several people."""
    egos: list[Row] = []
    alters: list[Row] = []
    ties: list[Row] = []
    for name, raw in parts.items():
        if not name.lower().endswith(".csv"):
            continue
        header, rows = rows_of(raw, name)
        if EGO not in header:
            raise MapFileError(f"The table {name} has no column {EGO}.")
        kind = alters if ALTER in header else ties if set(ENDS) <= set(header) else egos
        if kind:
            raise MapFileError("There are more than the three tables of egor in the packed file.")
        kind += rows
    _check(egos, alters, ties)
    mine, known = _by_ego(alters), _by_ego(ties)
    read = [_version(ego, at, mine[ego[EGO]], known[ego[EGO]]) for at, ego in enumerate(egos, 1)]
    remarks = dict.fromkeys(sentence for _, each in read for sentence in each)
    ego_name = next((ego["ego_name"] for ego in egos if "ego_name" in ego), "")
    return NetworkMap(tuple(version for version, _ in read), ego_name), tuple(remarks)


def _by_ego(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[EGO]].append(row)
    return found


def _check(egos: list[Row], alters: list[Row], ties: list[Row]) -> None:
    few(egos, MOST_VERSIONS, f"more than {MOST_VERSIONS} versions")
    known = {ego.get(EGO, "") for ego in egos}
    if "" in known or len(known) < len(egos):
        raise MapFileError("In the table of egos one has no egoID, or two have the same.")
    if len(egos) > 1 and not all(OURS in ego for ego in egos):
        raise MapFileError(f"The file holds the networks of {len(egos)} people. Export those of one person alone.")
    for row in (*alters, *ties):
        if row.get(EGO, "") not in known:
            raise MapFileError("A row of the tables has an egoID that is not in the table of egos.")
    if any(ALTER not in alter for alter in alters):
        raise MapFileError("In the table of alters somebody has no alterID.")


def _version(ego: Row, at: int, alters: list[Row], ties: list[Row]) -> tuple[Version, tuple[str, ...]]:
    people, remarks = _people([(row[ALTER], row) for row in alters], at, is_ours=OURS in ego)
    there = different(people, f"version {at}")
    drawn = (frozenset(row.get(end, "") for end in ENDS) for row in ties)
    key = ego.get("version_id", "" if OURS in ego else ego[EGO])
    return Version(
        key, ego.get("version_title", ""), ego.get("version_date", ""), people, among(drawn, there)
    ), remarks  # fmt: skip


def _people(mine: list[tuple[str, Row]], at: int, *, is_ours: bool) -> tuple[tuple[Alter, ...], tuple[str, ...]]:
    if not is_ours:
        return others(mine)
    rows = enumerate(mine, 1)
    return tuple(ours(key, row, f"version {at}, person {number}") for number, (key, row) in rows), ()
