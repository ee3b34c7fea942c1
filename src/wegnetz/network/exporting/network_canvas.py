"""A network map as Network Canvas exports interviews: each version a session, as packed tables and as GraphML.

https://github.com/complexdatacollective/network-canvas-monorepo, packages/network-exporters. A category is one column
of true and false for each of its options. What has no place there are variables of their own, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from wegnetz.engines.ego_network import Alter, NetworkMap, Version
from wegnetz.engines.ego_network.flat import CATEGORIES, COLUMNS, as_row
from wegnetz.network.exporting.own import as_own
from wegnetz.network.exporting.tables import Cell, Row, as_csv, packed

SPACE: Final = UUID("3f0f3f6e-6a0f-5b0e-9d5c-6d1a5f0c2b77")
PROTOCOL: Final = "Netzwerkkarte"  # a file lies around: it names no programme
NODE: Final = "person"
EDGE: Final = "knows"
OF_EGO: Final = ("version_number", "version_id", "version_title", "version_date", "ego_name")
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
ABOUT_SESSION: Final = (
    "networkCanvasEgoUUID", "networkCanvasCaseID", "networkCanvasSessionID", "networkCanvasProtocolName",
    "sessionStart", "sessionFinish", "sessionExported",
)  # fmt: skip
ABOUT_NODE: Final = ("nodeID", "networkCanvasEgoUUID", "networkCanvasUUID")
ABOUT_EDGE: Final = (
    "edgeID", "from", "to", "networkCanvasEgoUUID", "networkCanvasUUID", "networkCanvasSourceUUID",
    "networkCanvasTargetUUID",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Session:
    """A version with the identifiers it has there. They follow from the map: the same map has the same ones."""

    case: str
    ego: UUID
    number: int
    version: Version
    ego_name: str

    @property
    def id(self) -> UUID:
        return uuid5(self.ego, "session")

    @property
    def start(self) -> str:
        """A moment, as there; empty unless the date of the version is one."""
        return f"{self.version.date}T00:00:00.000Z" if DAY.fullmatch(self.version.date) else ""

    def uuid_of(self, alter: str) -> UUID:
        return uuid5(self.ego, f"person {alter}")

    def about(self) -> dict[str, Cell]:
        return dict(zip(
            OF_EGO, (self.number, self.version.id, self.version.title, self.version.date, self.ego_name), strict=True
        ))  # fmt: skip

    def edges(self) -> list[tuple[int, int, str, str]]:
        """For each tie the numbers of its two people, and their ids."""
        numbers = {alter.id: at for at, alter in enumerate(self.version.alters, 1)}
        return sorted(
            (numbers[one], numbers[other], one, other)
            for one, other in (sorted(tie, key=lambda end: numbers[end]) for tie in self.version.ties)
        )


def sessions(drawn: NetworkMap) -> Iterator[Session]:
    whole = json.dumps(as_own(drawn), sort_keys=True)
    case = f"map-{uuid5(SPACE, whole).hex[:8]}"
    for at, version in enumerate(drawn.versions, 1):
        alone = json.dumps([at, as_own(NetworkMap((version,), drawn.ego))], sort_keys=True)
        yield Session(case, uuid5(SPACE, alone), at, version, drawn.ego)


def as_export(drawn: NetworkMap) -> bytes:
    """The packed tables."""
    files: dict[str, bytes] = {}
    for session in sessions(drawn):
        name = f"{session.case}_{session.id}"
        files[f"{name}_attributeList_{NODE}.csv"] = as_csv((*ABOUT_NODE, *variables()), _nodes(session))
        files[f"{name}_edgeList_{EDGE}.csv"] = as_csv(ABOUT_EDGE, _edges(session))
        files[f"{name}_adjacencyMatrix_{EDGE}.csv"] = _matrix(session)
        files[f"{name}_ego.csv"] = as_csv((*ABOUT_SESSION, *OF_EGO), [_ego(session)])
    return packed(files)


def variables() -> list[str]:
    """The names of what is said of a person, in their order."""
    names: list[str] = ["map_id"]
    for column in COLUMNS:
        names += [f"{column}_{word}" for word in CATEGORIES[column]] if column in CATEGORIES else [column]
    return names


def values(alter: Alter) -> dict[str, Cell]:
    """What is said of a person; of a category, for each of its options whether it is that."""
    found: dict[str, Cell] = {"map_id": alter.id}
    for column, value in as_row(alter).items():
        if column in CATEGORIES:
            found |= {f"{column}_{word}": word == value for word in CATEGORIES[column]}
        else:
            found[column] = value
    return found


def _ego(session: Session) -> Row:
    about = (str(session.ego), session.case, str(session.id), PROTOCOL, session.start, "", "")
    return {**dict(zip(ABOUT_SESSION, about, strict=True)), **session.about()}


def _nodes(session: Session) -> Iterable[Row]:
    for at, alter in enumerate(session.version.alters, 1):
        ids = (at, str(session.ego), str(session.uuid_of(alter.id)))
        yield {**dict(zip(ABOUT_NODE, ids, strict=True)), **values(alter)}


def _edges(session: Session) -> Iterable[Row]:
    for at, (one, other, source, target) in enumerate(session.edges(), 1):
        ends = (str(session.uuid_of(source)), str(session.uuid_of(target)))
        row = (at, one, other, str(session.ego), str(uuid5(session.ego, f"edge {one} {other}")), *ends)
        yield dict(zip(ABOUT_EDGE, row, strict=True))


def _matrix(session: Session) -> bytes:
    ids: Sequence[str] = [str(session.uuid_of(alter.id)) for alter in session.version.alters]
    known = {frozenset((one, other)) for one, other, _, _ in session.edges()}
    rows: Iterable[Row] = (
        {"": key, **{other: int(frozenset((at, to)) in known) for to, other in enumerate(ids, 1)}}
        for at, key in enumerate(ids, 1)
    )
    return as_csv(("", *ids), rows)
