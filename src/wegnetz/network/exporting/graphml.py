"""A network map as the GraphML that Network Canvas writes, with the names of its own space; each version is a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from uuid import uuid5

from wegnetz.engines.ego_network import NetworkMap
from wegnetz.engines.ego_network.flat import SWITCHES
from wegnetz.network.exporting.markup import written
from wegnetz.network.exporting.network_canvas import (
    EDGE,
    NODE,
    OF_EGO,
    PROTOCOL,
    SPACE,
    Session,
    sessions,
    values,
    variables,
)
from wegnetz.network.exporting.tables import Cell

HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
  xmlns:nc="http://schema.networkcanvas.com/xmlns">"""
OF_NC: Final[Mapping[str, str]] = {
    "label": "all", "networkCanvasType": "all", "networkCanvasUUID": "all", "networkCanvasSourceUUID": "edge",
    "networkCanvasTargetUUID": "edge",
}  # fmt: skip
NUMBERS: Final = ("angle", "distance", "map_x", "map_y")


def as_graphml(drawn: NetworkMap) -> bytes:
    return "\n".join((HEAD, *_keys(), *_graphs(drawn), "</graphml>", "")).encode()


def _keys() -> Iterator[str]:
    for name, whose in OF_NC.items():
        yield _key(name, name, "string", whose)
    for name in OF_EGO:
        yield _key(_id(name), name, "int" if name == "version_number" else "string", "graph")
    for name in variables():
        yield _key(_id(name), _drawn(name), _type(name), "node")


def _key(key: str, name: str, kind: str, whose: str) -> str:
    return f'<key id="{key}" attr.name="{name}" attr.type="{kind}" for="{whose}"/>'


def _id(name: str) -> str:
    """As there: an identifier that follows from the name, for names may hold what identifiers may not."""
    return str(uuid5(SPACE, f"variable {name}"))


def _drawn(name: str) -> str:
    """Network Canvas writes the two halves of a place with small letters in tables and with large ones here."""
    return {"map_x": "map_X", "map_y": "map_Y"}.get(name, name)


def _type(name: str) -> str:
    if name in NUMBERS:
        return "double"
    if name.startswith("support_"):
        return "int"
    return "boolean" if name in SWITCHES or name.startswith(("sector_", "horizon_", "tie_")) else "string"


def _graphs(drawn: NetworkMap) -> Iterator[str]:
    for session in sessions(drawn):
        start = f' nc:sessionStartTime="{written(session.start)}"' if session.start else ""
        yield (
            f'<graph edgedefault="undirected" nc:caseId="{session.case}" nc:sessionUUID="{session.id}"'
            f' nc:protocolName="{PROTOCOL}"{start}>'
        )  # fmt: skip
        yield _data("networkCanvasUUID", str(session.ego))
        yield from (_data(_id(name), value) for name, value in session.about().items())
        yield from _nodes(session)
        yield from _edges(session)
        yield "</graph>"


def _nodes(session: Session) -> Iterator[str]:
    for at, alter in enumerate(session.version.alters, 1):
        yield f'<node id="{at}">'
        yield from _about(("networkCanvasUUID", str(session.uuid_of(alter.id))), ("networkCanvasType", NODE))
        yield _data("label", alter.name or alter.emoji)
        yield from (_data(_id(name), value) for name, value in values(alter).items())
        yield "</node>"


def _edges(session: Session) -> Iterator[str]:
    for at, (one, other, source, target) in enumerate(session.edges(), 1):
        yield f'<edge id="{at}" source="{one}" target="{other}">'
        yield from _about(
            ("networkCanvasUUID", str(uuid5(session.ego, f"edge {one} {other}"))), ("networkCanvasType", EDGE),
            ("networkCanvasSourceUUID", str(session.uuid_of(source))),
            ("networkCanvasTargetUUID", str(session.uuid_of(target))),
        )  # fmt: skip
        yield "</edge>"


def _about(*said: tuple[str, str]) -> Iterable[str]:
    return (_data(key, text) for key, text in said)


def _data(key: str, value: Cell) -> str:
    text = str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else repr(value)
    return f'<data key="{key}">{written(text)}</data>'
