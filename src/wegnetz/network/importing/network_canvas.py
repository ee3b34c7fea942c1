"""Exports of Network Canvas: packed tables of sessions, or GraphML. Each session is a version of the map.

https://github.com/complexdatacollective/network-canvas-monorepo, packages/network-exporters. A table is known by its
columns, whatever its file is called; matrices say nothing that the lists of edges do not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from wegnetz.core.strict_json import one_line
from wegnetz.engines.ego_network import Alter, NetworkMap, Version
from wegnetz.network.importing.errors import MapFileError
from wegnetz.network.importing.fields import MOST_PEOPLE, MOST_VERSIONS, among, different, few
from wegnetz.network.importing.markup import tree_of
from wegnetz.network.importing.people import one_of, others, ours
from wegnetz.network.importing.tables import Row, rows_of

EGO: Final = "networkCanvasEgoUUID"
PERSON: Final = "networkCanvasUUID"
CASE: Final = "networkCanvasCaseID"
SESSION: Final = "networkCanvasSessionID"
ENDS: Final = ("networkCanvasSourceUUID", "networkCanvasTargetUUID")
OUR_ID: Final = "map_id"
LONGEST_NUMBER: Final = 9  # digits; Python refuses to read one of some thousand
PEOPLE: Final = frozenset(
    {"person", "persons", "people", "alter", "alters", "alteri", "friend", "contact", "mensch", "menschen"}
)
NOT_PEOPLE: Final = "Of kinds that are no people: {0}. They are on the map and do not count."

Read = tuple[NetworkMap, tuple[str, ...]]


@dataclass(slots=True)
class Session:
    """`people` by their UUID: what kind of node it is, and what is said of it."""

    ego: Row
    people: dict[str, tuple[str, Row]] = field(default_factory=dict)
    ties: list[frozenset[str]] = field(default_factory=list)


def is_export(parts: Mapping[str, bytes]) -> bool:
    return any(name.lower().endswith("ego.csv") for name in parts)


def from_tables(parts: Mapping[str, bytes]) -> Read:
    """The map and remarks. Raises MapFileError, also for the networks of several people."""
    tables = [(name, *rows_of(raw, name)) for name, raw in parts.items() if name.lower().endswith(".csv")]
    sessions = {
        row[EGO]: Session(row) for _, header, rows in tables if CASE in header for row in rows if EGO in row
    }  # fmt: skip
    for name, header, rows in tables:
        kind = name.partition("attributeList_")[2].removesuffix(".csv")
        for at, row in enumerate(rows, 2):
            where = f"{one_line(name, 120)}, line {at}"
            if "nodeID" in header:
                _add(_of(sessions, row, where), _value(row, PERSON, where), kind, row, where)
            elif "edgeID" in header:
                _of(sessions, row, where).ties.append(frozenset(_value(row, end, where) for end in ENDS))
    return _as_map(sessions.values())


def from_graphml(files: Mapping[str, bytes]) -> Read:
    """As `from_tables`, of the drawings in one file or several."""
    return _as_map([session for name, raw in files.items() for session in _sessions(tree_of(raw, name), name)])


def _add(session: Session, uuid: str, kind: str, row: Row, where: str) -> None:
    if uuid in session.people:
        raise MapFileError(f"{where}: two people have the id {one_line(uuid, 40)}")
    session.people[uuid] = kind, row
    few(session.people, MOST_PEOPLE, f"{where}: more than {MOST_PEOPLE} people")


def _of(sessions: Mapping[str, Session], row: Row, where: str) -> Session:
    if row.get(EGO, "") not in sessions:
        raise MapFileError(f"{where}: there is no session of this person in the file")
    return sessions[row[EGO]]


def _value(row: Row, column: str, where: str) -> str:
    if column not in row:
        raise MapFileError(f"{where}: there is nothing in the column {column}")
    return row[column]


def _sessions(root: Element, name: str) -> Iterator[Session]:
    keys = {key.get("id", ""): key.get("attr.name", "") for key in root.iter("key")}
    graphs = list(root.iter("graph"))
    if root.tag != "graphml" or not graphs:
        raise MapFileError(f"{name} is XML, but no GraphML with a graph in it.")
    for at, graph in enumerate(graphs, 1):
        about, said = {**root.attrib, **graph.attrib}, _said(graph, keys)  # its first versions wrote it at the root
        session = Session({
            CASE: about.get("caseId") or about.get("caseID", ""), SESSION: about.get("sessionUUID", str(at)),
            "sessionStart": about.get("sessionStartTime", ""), **said, EGO: said.get(PERSON, str(at)),
        })  # fmt: skip
        known: dict[str, str] = {}
        for node in graph.iter("node"):
            row = _said(node, keys)
            key = node.get("id", "")
            known[key] = uuid = row.get(PERSON) or key
            if not uuid:
                raise MapFileError(f"{name}: somebody has no id")
            _add(session, uuid, row.get("networkCanvasType", ""), row, name)
        for edge in graph.iter("edge"):
            ends = (edge.get("source", ""), edge.get("target", ""))
            session.ties.append(frozenset(known.get(end, "") for end in ends))
        yield session


def _said(element: Element, keys: Mapping[str, str]) -> Row:
    """What the data directly below an element say, by the names of their keys."""
    pairs = ((data.get("key", ""), data.text or "") for data in element.findall("data"))
    return {keys.get(key) or key: text for key, text in pairs if text}


def _as_map(sessions: Iterable[Session]) -> Read:
    found = sorted(sessions, key=_order)
    if not found:
        raise MapFileError("The file holds no session of Network Canvas.")
    few(found, MOST_VERSIONS, f"more than {MOST_VERSIONS} versions")
    cases = {session.ego.get(CASE, "") for session in found}
    if len(cases) > 1:
        raise MapFileError(f"The file holds the networks of {len(cases)} people. Export those of one person alone.")
    if len(found) > 1 and not all(cases):
        raise MapFileError("The file holds several networks and does not say that they are of one person.")
    kinds = {kind.lower() for session in found for kind, _ in session.people.values()}
    strange = kinds - PEOPLE if kinds & PEOPLE else frozenset[str]()
    versions, remarks = zip(*(_version(session, at, strange) for at, session in enumerate(found, 1)), strict=True)
    told = dict.fromkeys(sentence for each in remarks for sentence in each)
    ego = next((session.ego["ego_name"] for session in found if "ego_name" in session.ego), "")
    return NetworkMap(versions, ego), tuple(told)


def _order(session: Session) -> tuple[int, str]:
    number = session.ego.get("version_number", "")
    is_one = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return int(number) if is_one else 0, session.ego.get("sessionStart", "")


def _version(session: Session, at: int, strange: Set[str]) -> tuple[Version, tuple[str, ...]]:
    ego, where = session.ego, f"version {at}"
    rows = [row for _, row in session.people.values()]
    is_ours = all(OUR_ID in row for row in rows)
    alters, remarks = _ours(rows, where) if is_ours else _others(session, strange)
    there = different(alters, where)
    keys = dict(zip(session.people, (alter.id for alter in alters), strict=True))
    ties = (frozenset(keys.get(end, "") for end in tie) for tie in session.ties)
    mine = "version_number" in ego
    return Version(
        ego.get("version_id", "" if mine else ego.get(SESSION, str(at))),
        ego.get("version_title", ""),
        ego.get("version_date", "" if mine else ego.get("sessionStart", "")[:10]),
        alters, among(ties, there),
    ), remarks  # fmt: skip


def _ours(rows: Iterable[Row], where: str) -> tuple[tuple[Alter, ...], tuple[str, ...]]:
    people = enumerate(rows, 1)
    return tuple(
        ours(row[OUR_ID], {**row, "tie": one_of(row, "tie")}, f"{where}, person {at}") for at, row in people
    ), ()  # fmt: skip


def _others(session: Session, strange: Set[str]) -> tuple[tuple[Alter, ...], tuple[str, ...]]:
    alters, remarks = others([(uuid, row) for uuid, (_, row) in session.people.items()])
    things = {uuid for uuid, (kind, _) in session.people.items() if kind.lower() in strange}
    if things:
        remarks = (*remarks, NOT_PEOPLE.format(one_line(", ".join(sorted(strange)), 120)))
    return tuple(replace(alter, human=alter.id not in things) for alter in alters), remarks
