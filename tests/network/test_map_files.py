"""Network maps as other programs write them: read whole, old or incomplete, and refused with a sentence when broken."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from tests.engines.test_ego_network import any_version
from wegnetz.engines.ego_network import NetworkMap, Sector, Support, Tie, Version, measures
from wegnetz.network.exporting.easynwk import as_record
from wegnetz.network.importing import MapFileError, read_map

PERSON = {
    "id": 1, "name": "M", "role": "Mutter", "human": True, "currentGender": "weiblich", "age": "", "note": "",
    "deceased": False, "edgeType": 2, "edgeTypeByUser": 2, "angle": 45.5, "distance": 20.25, "emoji": "",
    "conflict": True,
    "support": {"Emotional": 3, "Instrumental": 0, "Informational": 1, "Social": 0, "Linking": 2},
}  # fmt: skip
FRIEND = {"id": 2, "name": "A", "angle": 120, "distance": 50, "edgeType": 1}


def a_map(*people: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"ego": {"name": "Ich"}, "alteri": list(people), "connections": [], **more}


def record(*maps: dict[str, Any]) -> dict[str, Any]:
    versions = [
        {"id": at, "title": f"Karte {at}", "date": f"2021-0{at}-01", "nwk": nwk} for at, nwk in enumerate(maps, 1)
    ]
    return {"versions": versions, "currentVersion": 1}


def read(content: object) -> NetworkMap:
    return read_map(json.dumps(content).encode())


def test_several_versions_are_read_with_all_that_counts() -> None:
    tie = {"connections": [{"id1": 1, "id2": 2}]}
    found = read(record(a_map(PERSON), a_map(PERSON, FRIEND, **tie)))
    assert (found.ego, [(each.title, each.date) for each in found.versions]) == (
        "Ich", [("Karte 1", "2021-01-01"), ("Karte 2", "2021-02-01")],
    )  # fmt: skip
    mother, friend = found.versions[1].alters
    assert (mother.tie, mother.conflict, mother.sector) == (Tie.MULTIPLEX, True, Sector.FAMILY)
    assert (mother.support[Support.EMOTIONAL], friend.tie) == (3, Tie.SIMPLE)
    assert found.versions[1].ties == {frozenset({"1", "2"})}


def test_a_map_of_a_first_version_with_other_keys_is_read() -> None:
    """No connections but relations, ids that are words, no kind of tie: there is one then."""
    found = read({
        "ego": {"name": "Rosa"},
        "alteri": [{"id": "x-1", "name": "S", "edgeWeight": 0, "angle": -131.1, "distance": 42.3, "isSelected": False}],
        "relations": [],
    })  # fmt: skip
    (version,) = found.versions
    assert (measures(version).tied, version.alters[0].sector, found.ego) == (1, Sector.COLLEAGUES, "Rosa")


def test_a_mark_at_the_beginning_of_the_file_is_no_fault() -> None:
    raw = json.dumps(record(a_map(FRIEND))).encode("utf-8-sig")
    assert len(read_map(raw).versions) == 1


LINES = "\r\n".join((
    "E;Ich;20;", "F;3;5.9.2021", "N;1;Müller;w;FR", "N;2;+Oma;w", "N;3;weg;m", "P;3;1;0,75;0.25;2", "P;3;2;0.6;0.5;1",
    "L;3;1;2", "",
))  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_lines_of_easynwk_1_5_are_read(encoding: str) -> None:
    found = read_map(LINES.encode(encoding))
    (version,) = found.versions
    friend, dead = version.alters
    assert (found.ego, version.date, friend.name, dead.name) == ("Ich", "2021-09-05", "Müller", "Oma")
    assert (friend.angle, friend.distance) == pytest.approx((45, 70.7107))
    assert friend.tie is Tie.MULTIPLEX
    assert (dead.deceased, dead.counts, set(version.ties)) == (True, False, {frozenset({"1", "2"})})


@given(any_version())
def test_what_is_written_for_easynwk_comes_back(version: Version) -> None:
    back = read(as_record(NetworkMap((version,), "Ich")))
    unpaid = replace(version, alters=tuple(replace(alter, staff=False) for alter in version.alters))
    assert measures(back.versions[0]) == measures(unpaid)
    assert len(back.versions[0].alters) == len(version.alters)
    assert len(back.versions[0].ties) == len(version.ties)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf  ", "The file is empty"),
        (b"{", "neither JSON nor"),
        (b"[" * 100_000, "neither JSON nor"),
        (b'{"a": 1, "a": 2}', "neither JSON nor"),
        (b"[1]", "no network map"),
        (b'{"versions": 3}', "the file, versions: expected a list"),
        (b'{"versions": [7]}', "version 1: expected an object"),
        (b'{"versions": [{"nwk": []}]}', "version 1, nwk: expected an object"),
        (json.dumps(a_map({})).encode(), "person 1: there is no id"),
        (json.dumps(a_map(FRIEND, FRIEND)).encode(), "two people have the id 2"),
        (json.dumps(a_map(FRIEND | {"angle": "north"})).encode(), "north is no number"),
        (json.dumps(a_map(FRIEND)).replace("120", "9" * 401).encode(), "is no number that can stand here"),
        (json.dumps(a_map(FRIEND | {"distance": True})).encode(), "True is no number"),
        (json.dumps(a_map(FRIEND | {"edgeType": 7})).encode(), "7 is no kind of tie"),
        (json.dumps(a_map(FRIEND | {"support": {"Social": 9}})).encode(), "9 is no level of support"),
        (json.dumps(a_map(FRIEND, connections=[{"id1": 2}])).encode(), "connection 1: expected id1 and id2"),
        (json.dumps(a_map(FRIEND, connections=7)).encode(), "expected a list"),
        (b"N;1;Anna\nP;1;1;far;0;1\n", "line 2: expected where somebody stands"),
        (b"N;1;Anna\nP;1;1;nan;0;1\n", "line 2: expected where somebody stands"),
        (b"N;1;Anna\nP;1;1;0;0;5\n", "line 2: expected where somebody stands"),
        (b" " * 5_000_001, "more than 5 MB"),
    ],
)  # fmt: skip
def test_a_broken_file_gets_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(MapFileError, match=sentence):
        read_map(content)


def test_a_fault_is_told_in_one_line_whatever_stands_in_the_file() -> None:
    hostile = FRIEND | {"id": "a\n\x1b[2J" + "x" * 1_000}
    with pytest.raises(MapFileError) as told:
        read(a_map(hostile, hostile))
    assert (str(told.value).isprintable(), len(str(told.value)) < 200) == (True, True)


def test_connections_of_people_who_are_gone_are_left_out() -> None:
    ties = [{"id1": 2, "id2": 2}, {"id1": 2, "id2": 9}]
    (version,) = read(a_map(FRIEND, connections=ties)).versions
    assert version.ties == frozenset()
    lines = LINES + "L;3;1;3\r\n"
    (drawn,) = read_map(lines.encode()).versions
    assert len(as_record(NetworkMap((drawn,)))["versions"][0]["nwk"]["connections"]) == 1


def test_what_is_null_is_as_if_it_were_not_there() -> None:
    (version,) = read(a_map(FRIEND | {"edgeType": None, "support": None, "name": None})).versions
    assert (version.alters[0].tie, version.alters[0].name) == (Tie.SIMPLE, "")


def test_an_emoji_goes_there_and_back_and_an_empty_map_opens() -> None:
    (version,) = read(as_record(read(a_map(FRIEND | {"emoji": "🌻"})))).versions
    assert version.alters[0].emoji == "🌻"
    assert as_record(NetworkMap())["currentVersion"] == 1
