"""Files that want to do harm, or are broken: refused with one sentence, in little time and memory."""

from __future__ import annotations

import struct
import tracemalloc
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.network.test_map_forms import GRAPHML, TWO
from wegnetz.network.exporting import FORMATS
from wegnetz.network.importing import MapFileError, read_map
from wegnetz.network.importing.tables import rows_of

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><graphml><graph><data key="x">&c;</data></graph></graphml>'
)
REACHES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><graphml>&f;</graphml>'


def packed(*parts: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def lines(pattern: bytes, count: int) -> bytes:
    return b"".join(b"\n" + pattern % at for at in range(count))


def locked(raw: bytes) -> bytes:
    """As if with a password: the bit that says so, in the list of parts at the end."""
    at = raw.index(b"PK\x01\x02") + 8
    return raw[:at] + struct.pack("<H", 1) + raw[at + 2 :]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (LAUGHS.encode(), "declares a document type"),
        (LAUGHS.encode("utf-16"), "declares a document type"),
        (REACHES.encode(), "declares a document type"),
        (b"<a>" * 1_000_000, "holds more than any network map"),
        (b"<graphml><graph>" + b"<node/>" * 600_000, "holds more than any network map"),
        (GRAPHML[:-20].encode(), r"no whole XML file \(line 15\)"),
        (GRAPHML.replace("UTF-8", "none-such").encode(), "no whole XML file"),
        (GRAPHML.replace("Rosa", "\x01").encode(), "no whole XML file"),
        (b"<html></html>", "XML, but no GraphML"),
        (GRAPHML.replace("u-2", "u-1").encode(), "two people have the id u-1"),
        (b"<graphml><graph><node/></graph></graphml>", "somebody has no id"),
        (b"PK\x03\x04", "broken"),
        (packed(), "neither an export of Network Canvas nor"),
        (packed(("egos.csv", b"\0" * 2_000_000)), "far too large"),
        (packed(*((f"{at}.csv", b"a") for at in range(2_001))), "far too large"),
        (packed(*((f"{at}.csv", bytes(range(256)) * 3_900) for at in range(41))), "far too large"),
        (packed(("../egos.csv", b"egoID")), "lead out of its folder"),
        (packed(("a/../../egos.csv", b"egoID")), "lead out of its folder"),
        (packed(("/egos.csv", b"egoID")), "lead out of its folder"),
        (packed(("c:/egos.csv", b"egoID")), "lead out of its folder"),
        (packed(("a/egos.csv", b"egoID"), ("b/egos.csv", b"egoID")), "holds egos.csv twice"),
        (locked(packed(("egos.csv", b"egoID"))), "locked with a password"),
        (packed(("egos.csv", b"egoID"))[:-30], "broken"),
        (b"\x89PNG\r\n\x1a\n", "neither JSON nor"),
        (b"\xff\xfe{", "neither JSON nor"),
        (b'{"alteri": [' + b"{}," * 1_000 + b"{}]}", "the map: more than 1000 people"),
        (b'{"alteri": [], "connections": [' + b"7," * 100_000 + b"7]}", "the map: more than 100000 ties"),
        (b'{"versions": [' + b"{}," * 500 + b"{}]}", "more than 500 versions"),
        (b"\n".join(b"N;%d;x\nP;1;%d;0;0;1" % (at, at) for at in range(1_001)), "the map: more than 1000 people"),
        (
            b"<graphml><graph>" + lines(b'<node id="%d"/>', 1_001) + b"</graph></graphml>",
            "more than 1000 people",
        ),
        (b'<graphml caseId="c">' + b"<graph/>" * 501 + b"</graphml>", "more than 500 versions"),
        (
            packed(("egos.csv", b"egoID\n1"), ("a.csv", b"egoID,alterID" + lines(b"1,%d", 1_001))),
            "version 1: more than 1000 people",
        ),
        (
            packed(("egos.csv", b"egoID,version_number" + lines(b"%d,1", 501)), ("a", b"alterID")),
            "more than 500 versions",
        ),
        (
            b'<graphml><key id="k" attr.name="version_number"/>'
             b'<graph><data key="k">' + b"9" * 5_000 + b"</data></graph><graph/></graphml>",
            "does not say that they are of one person",
        ),
        (b'{"format": "wegnetz-netzwerkkarte"}', "of which version its form is"),
        (b'{"format": "wegnetz-netzwerkkarte", "version": true}', "of which version its form is"),
        (b'{"format": "wegnetz-netzwerkkarte", "version": 2}', "written by a newer Wegnetz"),
        (b'{"format": "wegnetz-netzwerkkarte", "version": 1}', "the file, versions: expected a list"),
    ],
)  # fmt: skip
def test_a_hostile_or_broken_file_gets_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(MapFileError, match=sentence) as told:
        read_map(content)
    assert (str(told.value).isprintable(), len(str(told.value)) < 200) == (True, True)


def test_a_table_full_of_cells_is_not_kept_whole_in_memory() -> None:
    """Each takes some hundred bytes there: forty megabytes of them took most of one gigabyte."""
    table = b",".join(b"c%d" % at for at in range(2_000)) + (b"\n" + b"1," * 1_999 + b"1") * 501
    with pytest.raises(MapFileError, match="has more than 1000000 cells"):
        rows_of(table, "ego.csv")


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("{}", "person 1: there is no id"),
        ('{"id": ""}', "person 1: there is no id"),
        ('{"id": 1}, {"id": "1"}', "two people have the id 1"),
        ('{"id": 1, "angle": "north"}', "person 1, angle: north is no number"),
        ('{"id": 1, "angle": NaN}', "neither JSON nor"),
        ('{"id": 1, "distance": 1e400}', "person 1, distance: inf is no number"),
        ('{"id": 1, "tie": 2}', "person 1, tie: 2 is none of none, simple, multiplex"),
        ('{"id": 1, "staff": 1}', "person 1, staff: 1 is neither true nor false"),
        ('{"id": 1, "support": {"love": 3}}', "person 1, support: love is none of"),
        ('{"id": 1, "support": {"social": 4}}', "support, social: 4 is no level"),
        ('{"id": 1, "support": []}', "support: expected an object"),
        ("7", "person 1: expected an object"),
    ],
)
def test_what_cannot_stand_in_our_own_form_is_told_with_its_place(person: str, sentence: str) -> None:
    whole = f'{{"format": "wegnetz-netzwerkkarte", "version": 1, "versions": [{{"people": [{person}], "ties": []}}]}}'
    with pytest.raises(MapFileError, match=sentence):
        read_map(whole.encode())


@pytest.mark.parametrize("tie", ["7", '["1"]', '["1", "2", "3"]'])
def test_a_tie_of_our_own_form_is_of_two(tie: str) -> None:
    whole = f'{{"format": "wegnetz-netzwerkkarte", "version": 1, "versions": [{{"people": [], "ties": [{tie}]}}]}}'
    with pytest.raises(MapFileError, match="version 1, tie 1: expected"):
        read_map(whole.encode())


def test_a_part_that_lies_about_its_size_is_not_unpacked_any_further() -> None:
    """The list of parts says ten bytes; what is packed would become a hundred million."""
    raw = packed(("egos.csv", b"\0" * 100_000_000))
    at = raw.index(b"PK\x01\x02") + 24
    lying = raw[:at] + struct.pack("<L", 10) + raw[at + 4 :]
    tracemalloc.start()
    with pytest.raises(MapFileError, match="broken"):
        read_map(lying)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_halves_of_characters_become_question_marks_and_can_be_written() -> None:
    drawn = read_map(b'{"ego": {"name": "\\ud83d"}, "alteri": [{"id": 1, "name": "\\udfff"}]}')
    assert (drawn.ego, drawn.versions[0].alters[0].name) == ("?", "?")
    assert b'"?"' in FORMATS["wegnetz"].write(drawn)


@settings(deadline=None)
@given(some.sampled_from([name for name in FORMATS if name not in ("png", "pdf")]), some.data())
def test_a_file_that_is_damaged_anywhere_is_read_or_gets_a_sentence(name: str, data: some.DataObject) -> None:
    raw = bytearray(FORMATS[name].write(TWO))
    for _ in range(data.draw(some.integers(1, 5))):
        at = data.draw(some.integers(0, len(raw) - 1))
        raw[at] = data.draw(some.integers(0, 255))
    cut = bytes(raw[: data.draw(some.integers(0, len(raw)))] if data.draw(some.booleans()) else raw)
    with suppress(MapFileError):
        read_map(cut)
