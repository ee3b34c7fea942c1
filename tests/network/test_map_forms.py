"""Each form of file: what we write comes back, and what other programs write is read as they mean it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import networkx as nx
import pytest
from hypothesis import assume, given, settings

from tests.network.maps import WRITABLE, any_map
from wegnetz.engines.ego_network import Alter, Horizon, NetworkMap, Sector, Support, Tie, Version, measures
from wegnetz.network.exporting import FORMATS
from wegnetz.network.importing import MapFileError, read_map, read_with_remarks

LOSSLESS = ("wegnetz", "network-canvas", "graphml", "egor")
TWO = NetworkMap(
    (
        Version("a", "Am Anfang", "2021-02-11", (Alter("m", "M", angle=45, distance=20, tie=Tie.MULTIPLEX),)),
        Version(
            "b", "Heute", "2021-10-07",
            (
                Alter("m", "M", "🌻", 45, 20, Tie.MULTIPLEX, support={Support.EMOTIONAL: 3, Support.LINKING: 0}),
                Alter("s", "=S", angle=135, distance=50, from_programme=True, conflict=True),
                Alter("i", "I", angle=-45, distance=90, tie=Tie.NONE, staff=True),
            ),
            frozenset({frozenset({"m", "s"}), frozenset({"s", "i"})}),
        ),
    ),
    "Ich",
)  # fmt: skip


def parts(raw: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(raw)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def pack(**files: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"networkCanvasExport/{name}.csv", text)
    return out.getvalue()


@given(any_map())
def test_our_own_form_loses_nothing(drawn: NetworkMap) -> None:
    assert read_map(FORMATS["wegnetz"].write(drawn)) == drawn


@settings(deadline=None)
@given(any_map(WRITABLE))
def test_tables_and_graphml_lose_nothing_either(drawn: NetworkMap) -> None:
    for name in LOSSLESS:
        assert (name, read_map(FORMATS[name].write(drawn))) == (name, drawn)


@settings(deadline=None)
@given(any_map())
def test_every_form_can_be_written_whatever_is_on_the_map_and_read_again(drawn: NetworkMap) -> None:
    """Of 1.5, which has room for one version only, the last one comes back."""
    for name in ("easynwk", "egor", "network-canvas"):
        assert (name, len(read_map(FORMATS[name].write(drawn)).versions)) == (name, len(drawn.versions))
    last = drawn.versions[-1].alters
    assume(not any(0 < alter.distance < 0.001 for alter in last))  # of a place, twelve decimals are written
    (version,) = read_map(FORMATS["nwk"].write(drawn)).versions
    assert len(version.alters) == sum(alter.distance > 0 for alter in last)


def test_the_same_map_gives_the_same_bytes() -> None:
    for name in LOSSLESS:
        assert FORMATS[name].write(TWO) == FORMATS[name].write(replace(TWO))


def test_who_is_in_two_versions_has_one_number_in_easynwk() -> None:
    moved = replace(TWO, versions=(TWO.versions[0], replace(TWO.versions[1], alters=TWO.versions[1].alters[::-1])))
    first, last = json.loads(FORMATS["easynwk"].write(moved))["versions"]
    numbers = [{each["name"]: each["id"] for each in version["nwk"]["alteri"]} for version in (first, last)]
    assert numbers == [{"M": 1}, {"I": 2, "=S": 3, "M": 1}]


def test_the_lines_of_easynwk_1_5_hold_names_places_ties_and_who_died() -> None:
    version = Version("", "", "2021-10-07", (
        Alter("x", "Mü;ller", angle=45, distance=50, tie=Tie.MULTIPLEX),
        Alter("y", "Oma", angle=90, distance=10, deceased=True),
        Alter("z", "", "🌻", angle=-120, distance=70), Alter("w", "outside", distance=0),
    ), frozenset({frozenset("xy"), frozenset("xw")}))  # fmt: skip
    raw = FORMATS["nwk"].write(NetworkMap((Version("0"), version), "Ich"))
    assert raw.decode().splitlines() == [
        "E;Ich;;", "F;1;7.10.2021", "N;1;Mü ller;;;", "N;2;+Oma;;;", "N;3;🌻;;;",
        "P;1;1;0.676776695297;0.323223304703;2", "P;1;2;0.500000000000;0.450000000000;1",
        "P;1;3;0.325000000000;0.803108891325;1", "L;1;1;2",
    ]  # fmt: skip
    back = read_map(raw)
    assert (back.ego, back.versions[0].date) == ("Ich", "2021-10-07")
    assert [(one.angle, one.distance) for one in back.versions[0].alters] == [
        pytest.approx((alter.angle, alter.distance)) for alter in version.alters[:3]
    ]


# --- Network Canvas -------------------------------------------------------------------------------------


def test_an_export_for_network_canvas_has_its_files_and_columns() -> None:
    files = parts(FORMATS["network-canvas"].write(TWO))
    kinds = sorted({name.split("_", 2)[2] for name in files})
    assert kinds == ["adjacencyMatrix_knows.csv", "attributeList_person.csv", "edgeList_knows.csv", "ego.csv"]
    assert len(files) == 8
    last = {name.split("_", 2)[2]: text for name, text in list(files.items())[4:]}
    (ego,), people, edges = (table(last[f"{kind}.csv"]) for kind in ("ego", "attributeList_person", "edgeList_knows"))
    assert list(ego)[:7] == [
        "networkCanvasEgoUUID", "networkCanvasCaseID", "networkCanvasSessionID", "networkCanvasProtocolName",
        "sessionStart", "sessionFinish", "sessionExported",
    ]  # fmt: skip
    assert (ego["sessionStart"], ego["version_title"]) == ("2021-10-07T00:00:00.000Z", "Heute")
    mother, friend, helper = people
    assert list(mother)[:3] == ["nodeID", "networkCanvasEgoUUID", "networkCanvasUUID"]
    assert {row["networkCanvasEgoUUID"] for row in (*people, *edges)} == {ego["networkCanvasEgoUUID"]}
    assert [mother[f"sector_{sector}"] for sector in Sector] == ["true", "false", "false", "false"]
    assert (friend["name"], friend["tie_simple"], helper["staff"]) == ("'=S", "true", "true")
    assert (mother["support_emotional"], mother["support_linking"], mother["support_social"]) == ("3", "0", "")
    assert [(edge["from"], edge["to"]) for edge in edges] == [("1", "2"), ("2", "3")]
    assert edges[0]["networkCanvasSourceUUID"] == mother["networkCanvasUUID"]
    matrix = list(csv.reader(StringIO(last["adjacencyMatrix_knows.csv"])))
    assert [row[1:] for row in matrix[1:]] == [["0", "1", "0"], ["1", "0", "1"], ["0", "1", "0"]]


def test_the_maps_of_two_people_share_no_identifier() -> None:
    other = replace(TWO, ego="Du")
    ids = [
        {row[name] for text in parts(FORMATS["network-canvas"].write(drawn)).values() for row in table(text)
         for name in row if name.endswith("UUID") or name == "networkCanvasCaseID"}
        for drawn in (TWO, other)
    ]  # fmt: skip
    assert ids[0] & ids[1] == set()


def test_networkx_opens_our_graphml() -> None:
    one = replace(TWO, versions=TWO.versions[1:])
    graph = nx.parse_graphml(FORMATS["graphml"].write(one).decode())
    assert sorted(graph.edges()) == [("1", "2"), ("2", "3")]
    said = graph.nodes["2"]
    assert (said["label"], said["angle"], said["from_programme"], said["sector_friends"]) == ("=S", 135.0, True, True)
    assert graph.graph["version_title"] == "Heute"


EGO = (
    "networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID,networkCanvasProtocolName,sessionStart,"
    "sessionFinish,sessionExported,Drugs\n"
    "e-{0},{1},s-{0},Study,2023-07-1{0}T15:36:41.844Z,,2023-07-17T19:33:59.470Z,false\n"
)
PERSONS = (
    "nodeID,networkCanvasEgoUUID,networkCanvasUUID,Close,Cords_x,Cords_y,Gender_Female,name,distance\n"
    '1,e-1,u-1,true,0.18,0.66,true,"\'=R",far\n2,e-1,u-2,false,0.11,0.57,false,Chris,near\n'
)
EDGES = (
    '"edgeID","from","to","networkCanvasEgoUUID","networkCanvasUUID","networkCanvasSourceUUID",'
    '"networkCanvasTargetUUID","Strong"\n1,1,2,"e-1","x-1","u-1","u-2","true"\n'
)


def test_a_foreign_export_is_read_and_what_it_lacks_is_said() -> None:
    found = read_with_remarks(pack(
        c_s_2_ego=EGO.format(2, "c"), c_s_1_attributeList_Person=PERSONS, c_s_1_edgeList_Close=EDGES,
        c_s_1_ego=EGO.format(1, "c"),
    ))  # fmt: skip
    first, second = found.drawn.versions
    assert [(each.id, each.date) for each in (first, second)] == [("s-1", "2023-07-11"), ("s-2", "2023-07-12")]
    assert [(one.id, one.name, one.sector, one.horizon, one.tie) for one in first.alters] == [
        ("u-1", "=R", Sector.FRIENDS, Horizon.MIDDLE, Tie.SIMPLE),
        ("u-2", "Chris", Sector.FRIENDS, Horizon.MIDDLE, Tie.SIMPLE),
    ]
    assert len({one.angle for one in first.alters}) == 2
    assert (first.ties, len(second.alters)) == (frozenset({frozenset({"u-1", "u-2"})}), 0)
    assert found.remarks == (
        "People without a place on the map: 2. They stand among friends and acquaintances, in the middle ring.",
    )


def test_sector_ring_and_tie_of_a_foreign_export_are_taken_where_they_are_ours() -> None:
    persons = (
        "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,sector_family,sector_friends,horizon,tie\n"
        "1,e-1,u-1,A,true,false,inner,multiplex\n2,e-1,u-2,B,false,true,,no idea\n"
    )
    found = read_with_remarks(pack(s_attributeList_Person=persons, s_ego=EGO.format(1, "c")))
    assert [(one.sector, one.horizon, one.tie) for one in found.drawn.versions[0].alters] == [
        (Sector.FAMILY, Horizon.INNER, Tie.MULTIPLEX), (Sector.FRIENDS, Horizon.MIDDLE, Tie.SIMPLE),
    ]  # fmt: skip
    assert found.remarks == ()


def test_places_beside_people_are_on_the_map_and_do_not_count() -> None:
    venues = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name\n3,e-1,u-3,zakk\n"
    found = read_with_remarks(pack(
        s_attributeList_Person=PERSONS, s_attributeList_Venue=venues, s_ego=EGO.format(1, "c")
    ))  # fmt: skip
    assert (len(found.drawn.versions[0].alters), measures(found.drawn.versions[0]).size) == (3, 2)
    assert found.remarks[1] == "Of kinds that are no people: venue. They are on the map and do not count."
    alone = read_with_remarks(pack(s_attributeList_Venue=venues, s_ego=EGO.format(1, "c")))
    assert measures(alone.drawn.versions[0]).size == 1


GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:nc="http://schema.networkcanvas.com/xmlns">
<key id="label" attr.name="label" attr.type="string" for="all"/>
<key id="networkCanvasType" attr.name="networkCanvasType" attr.type="string" for="all"/>
<key id="networkCanvasUUID" attr.name="networkCanvasUUID" attr.type="string" for="all"/>
<key id="b1eb909a" attr.name="name" attr.type="string" for="node"/>
<graph edgedefault="undirected" nc:caseId="c" nc:sessionUUID="s-1" nc:sessionStartTime="2023-07-17T15:36:41.844Z">
<data key="networkCanvasUUID">e-1</data>
<node id="1">
	<data key="networkCanvasUUID">u-1</data>
	<data key="networkCanvasType">Person</data>
	<data key="b1eb909a">Rosa</data>
</node>
<node id="2"><data key="networkCanvasUUID">u-2</data><data key="label">C &amp; D</data></node>
<edge id="1" source="1" target="2"><data key="networkCanvasUUID">x-1</data></edge>
</graph></graphml>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_graphml_of_network_canvas_is_read(encoding: str) -> None:
    drawn = read_map(GRAPHML.replace("UTF-8", encoding.partition("-sig")[0]).encode(encoding))
    (version,) = drawn.versions
    assert (version.id, version.date, version.ties) == ("s-1", "2023-07-17", frozenset({frozenset({"u-1", "u-2"})}))
    assert [(one.id, one.name) for one in version.alters] == [("u-1", "Rosa"), ("u-2", "C & D")]


def test_the_first_versions_of_network_canvas_said_whose_it_is_at_the_root() -> None:
    said = ' nc:caseID="c" nc:sessionUUID="s-9" nc:sessionStartTime="2020-05-26T10:00:00Z"'
    old = GRAPHML.replace(' nc:caseId="c" nc:sessionUUID="s-1" nc:sessionStartTime="2023-07-17T15:36:41.844Z"', "")
    (version,) = read_map(old.replace('xmlns"', f'xmlns"{said}', 1).encode()).versions
    assert (version.id, version.date) == ("s-9", "2020-05-26")


@pytest.mark.parametrize("case", [' nc:caseId="d"', ""])
def test_the_graphs_of_several_people_are_refused(case: str) -> None:
    two = GRAPHML.replace("</graphml>", f"<graph{case}/></graphml>")
    with pytest.raises(MapFileError, match="the networks of 2 people"):
        read_map(two.encode())


def test_graphs_of_which_nobody_says_whose_they_are_are_refused() -> None:
    nobody = GRAPHML.replace(' nc:caseId="c"', "").replace("</graphml>", "<graph/></graphml>")
    with pytest.raises(MapFileError, match="does not say that they are of one person"):
        read_map(nobody.encode())


def test_a_date_that_is_none_is_no_moment() -> None:
    files = parts(FORMATS["network-canvas"].write(NetworkMap((Version("1", "", "bald"),))))
    (ego,) = table(next(text for name, text in files.items() if name.endswith("_ego.csv")))
    assert (ego["sessionStart"], ego["version_date"]) == ("", "bald")


def test_a_packed_file_with_nothing_but_graphml_is_read() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("__MACOSX/._c_s.graphml", b"\0")
        packed.writestr("c_s.graphml", GRAPHML)
    assert len(read_map(out.getvalue()).versions) == 1


# --- egor -----------------------------------------------------------------------------------------------


def test_the_three_tables_have_the_ids_egor_expects() -> None:
    files = parts(FORMATS["egor"].write(TWO))
    egos, alters, ties = (table(files[name]) for name in ("egos.csv", "alters.csv", "alter_ties.csv"))
    assert [(ego["egoID"], ego["version_date"]) for ego in egos] == [("1", "2021-02-11"), ("2", "2021-10-07")]
    assert [(one["egoID"], one["alterID"], one["name"], one["sector"]) for one in alters] == [
        ("1", "m", "M", "family"), ("2", "m", "M", "family"), ("2", "s", "'=S", "friends"),
        ("2", "i", "I", "professionals"),
    ]  # fmt: skip
    assert [list(tie.values()) for tie in ties] == [["2", "i", "s", "1"], ["2", "m", "s", "1"]]


def test_tables_as_egor_brings_them_are_read() -> None:
    found = read_with_remarks(pack(
        alters_8='"egoID";"alterID";"alter.sex"\n"1";1;"w"\n"1";2;"m"\n"1";3;"m"\n',
        edges_8='"egoID";"Source";"Target";"weight"\n1;1;2;0.33\n1;2;9;1\n',
        egos_8='"egoID";"sex"\n1;"w"\n',
    ))  # fmt: skip
    (version,) = found.drawn.versions
    assert ([one.id for one in version.alters], version.ties) == (["1", "2", "3"], frozenset({frozenset({"1", "2"})}))
    assert len(found.remarks) == 1


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"ego": EGO.format(1, "c"), "b_ego": EGO.format(2, "d")}, "the networks of 2 people"),
        ({"ego": EGO.format(1, "c"), "a": PERSONS.replace("e-1", "e-9")}, "a.csv, line 2: there is no session"),
        ({"ego": EGO.format(1, "c"), "a": PERSONS.replace("u-2", "u-1")}, "a.csv, line 3: two people have the id u-1"),
        ({"ego": EGO.format(1, "c"), "a": PERSONS.replace("u-2", "")}, "line 3: there is nothing in the column"),
        ({"ego": "networkCanvasCaseID\n"}, "no session of Network Canvas"),
        ({"ego": "a,a\n"}, "the column a is there twice"),
        ({"ego": "a\n1,2\n"}, "line 2: there are more cells than columns"),
        ({"ego": 'a\n"' + "x" * 200_000}, "is no table"),
        ({"alters": "egoID,alterID\n1,1\n1,1\n", "egos": "egoID\n1\n"}, "two people have the id 1"),
        ({"alters": "egoID,alterID\n2,1\n", "egos": "egoID\n1\n"}, "not in the table of egos"),
        ({"alters": "egoID,alterID\n1,\n", "egos": "egoID\n1\n"}, "somebody has no alterID"),
        ({"alters": "egoID,alterID\n", "egos": "egoID\n1\n2\n"}, "the networks of 2 people"),
        ({"alters": "egoID,alterID\n", "egos": "egoID\n1\n1\n"}, "two have the same"),
        ({"alters": "egoID,alterID\n", "egos": "ego\n1\n"}, "has no column egoID"),
        (
            {"alters": "egoID,alterID\n1,1\n", "more": "egoID,alterID\n1,2\n", "egos": "egoID\n1\n"},
            "more than the three tables",
        ),
        (
            {"alters": "egoID,alterID,tie\n1,1,x\n", "egos": "egoID,version_number\n1,1\n"},
            "version 1, person 1, tie: 'x' is none of none, simple, multiplex",
        ),
        ({"alters": "egoID,alterID,angle\n1,1,nan\n", "egos": "egoID,version_number\n1,1\n"}, "'nan' is no number"),
        ({"alters": "egoID,alterID,staff\n1,1,ja\n", "egos": "egoID,version_number\n1,1\n"}, "neither true nor false"),
        ({"alters": "egoID,alterID,support_social\n1,1,9\n", "egos": "egoID,version_number\n1,1\n"}, "no level of"),
        ({"letter": "a,b\n"}, "neither an export of Network Canvas nor"),
    ],
)  # fmt: skip
def test_tables_that_are_no_map_get_a_sentence(files: dict[str, str], sentence: str) -> None:
    with pytest.raises(MapFileError, match=sentence):
        read_map(pack(**files))
