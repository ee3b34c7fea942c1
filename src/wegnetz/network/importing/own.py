"""Our own form: JSON that loses nothing, with its name and version at the top. `exporting.own` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wegnetz.core.strict_json import one_line
from wegnetz.engines.ego_network import Alter, NetworkMap, Support, Tie, Version
from wegnetz.network.importing.errors import MapFileError
from wegnetz.network.importing.fields import (
    a_list,
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

FORM: Final = "wegnetz-netzwerkkarte"
NEWEST: Final = 1
TIES: Final = {tie.name.lower(): tie for tie in Tie}
SUPPORT: Final = {str(kind): kind for kind in Support}


def is_own(content: object) -> bool:
    return isinstance(content, dict) and content.get("format") == FORM


def from_own(content: Mapping[str, Any]) -> NetworkMap:
    """The map as it was. What is not there is as the model has it. Raises MapFileError, also for a newer version."""
    form = content.get("version")
    if isinstance(form, bool) or not isinstance(form, int) or form < 1:
        raise MapFileError("The file does not say of which version its form is.")
    if form > NEWEST:
        raise MapFileError(f"The file was written by a newer Wegnetz (version {form:.0f}, known here: {NEWEST}).")
    versions = enumerate(versions_at(content), 1)
    return NetworkMap(tuple(_version(each, f"version {at}") for at, each in versions), text(content.get("ego")))


def _version(content: object, where: str) -> Version:
    given = a_map(content, where)
    people = enumerate(people_at(given, "people", where), 1)
    alters = tuple(_alter(each, f"{where}, person {at}") for at, each in people)
    there = different(alters, where)
    ties = [_tie(each, f"{where}, tie {at}") for at, each in enumerate(ties_of(given.get("ties", []), where), 1)]
    return Version(
        text(given.get("id")), text(given.get("title")), text(given.get("date")), alters, among(ties, there)
    )  # fmt: skip


def _alter(content: object, where: str) -> Alter:
    given = a_map(content, where)
    if given.get("id") in (None, ""):
        raise MapFileError(f"{where}: there is no id")
    plain = Alter(text(given["id"]))
    return Alter(
        plain.id, text(given.get("name")), text(given.get("emoji")),
        angle=number(given.get("angle", plain.angle), f"{where}, angle"),
        distance=number(given.get("distance", plain.distance), f"{where}, distance"),
        tie=_kind(given.get("tie", plain.tie.name.lower()), f"{where}, tie"),
        support=_support(given.get("support", {}), f"{where}, support"),
        **{
            name: _switch(given.get(name, getattr(plain, name)), f"{where}, {name}")
            for name in ("human", "deceased", "conflict", "from_programme", "staff")
        },
    )  # fmt: skip


def _kind(value: object, where: str) -> Tie:
    if not isinstance(value, str) or value not in TIES:
        raise MapFileError(f"{where}: {one_line(str(value), 20)} is none of {', '.join(TIES)}")
    return TIES[value]


def _support(content: object, where: str) -> dict[Support, int]:
    given = a_map(content, where)
    for key in given:
        if key not in SUPPORT:
            raise MapFileError(f"{where}: {one_line(key, 20)} is none of {', '.join(SUPPORT)}")
    return {SUPPORT[key]: level(value, f"{where}, {key}") for key, value in given.items()}


def _switch(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise MapFileError(f"{where}: {one_line(str(value), 20)} is neither true nor false")
    return value


def _tie(content: object, where: str) -> frozenset[str]:
    ends = a_list(content, where)
    if len(ends) != 2:
        raise MapFileError(f"{where}: expected the ids of two people")
    return frozenset(map(text, ends))
