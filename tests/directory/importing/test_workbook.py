"""XLSX: cells as they were written, no formulas, and nothing that swells or is no spreadsheet."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import pytest

from tests.directory.importing.written import Cell, said, told, xlsx
from wegnetz.core.apart import RefusedApartError
from wegnetz.directory.entries import Address
from wegnetz.directory.importing.outcome import Effect, Expected, Kind
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.workbook import read_workbook

HEADER: list[Cell] = [
    "Name",
    "PLZ",
    "Telefon",
    "Alter von",
    "Barrierefrei",
    "Bestätigt am",
    "Breitengrad",
    "Längengrad",
]


def test_cells_say_what_was_written() -> None:
    reading = said(xlsx([HEADER, ["Haus", 40233, 21112345, 14, True, ("d", 46298), 51.25, 6.8]]))
    assert (reading.kind, reading.faults) == (Kind.XLSX, ())
    (point,) = reading.points
    assert point.address == Address(postcode="40233", lat=51.25, lon=6.8)
    assert (point.contact.phone, point.accessible) == ("21112345", True)
    assert point.offers[0].age_from == 14
    assert str(point.confirmed_on) == "2026-10-03"


def test_a_postcode_that_was_written_as_text_keeps_its_zero() -> None:
    (point,) = said(xlsx([["Name", "PLZ"], ["Haus", "01067"]])).points
    assert point.address.postcode == "01067"


def test_formulas_are_no_values_wherever_the_table_begins() -> None:
    reading = said(xlsx([[None], [None, "Name", "Telefon"], [None, "Haus", ("f", "1+1", "21112345")]]))
    assert [point.contact.phone for point in reading.points] == [""]
    assert told(reading) == [(3, "Telefon", "=21112345", Expected.VALUE, Effect.LEFT_OUT)]


def test_hidden_sheets_are_not_read_and_further_ones_are_said() -> None:
    rows: list[list[Cell]] = [["Name"], ["Haus"]]
    reading = said(xlsx([["Name"], ["Geheim"]], rows, [["Name"], ["Mehr"]], [], hidden=[0]))
    assert [point.wording.source.texts["name"] for point in reading.points] == ["Haus"]
    assert told(reading) == [(0, "", "Blatt 2", Expected.SHEET, Effect.LEFT_OUT)]


def test_rows_count_as_in_the_spreadsheet() -> None:
    reading = said(xlsx([["Name", "Alter"], ["Haus"], [], ["Hof", "alt"]]))
    assert [fault.where for fault in reading.faults] == [4]


SOUND = xlsx([["Name"], ["Haus"]])
DENSE = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1'
    b'</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
GROWING = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1">'
    b'<c r="A1"/></row></sheetData>&b;</worksheet>'
)
REFUSED: dict[str, tuple[Callable[[], bytes], set[Reason]]] = {
    "half a spreadsheet": (lambda: SOUND[: len(SOUND) // 2], {Reason.BROKEN_TABLE}),
    "only the first bytes": (lambda: b"PK\x03\x04", {Reason.BROKEN_TABLE}),
    "no sheet with anything": (lambda: xlsx([]), {Reason.EMPTY}),
    "a part that swells": (lambda: xlsx([["Name"]], more={"xl/media/x": bytes(100_000_000)}), {Reason.SWELLS}),
    "parts that swell together": (
        lambda: xlsx([["Name"]], more={f"xl/media/{number}": bytes(900_000) for number in range(240)}), {Reason.SWELLS}
    ),
    "too many parts": (
        lambda: xlsx([["Name"]], more={f"xl/media/{number}": b"" for number in range(2_100)}), {Reason.SWELLS}
    ),
    "a sheet that is no XML": (
        lambda: xlsx([["Name"]], more={"xl/worksheets/b0.xml": b"<worksheet"}), {Reason.BROKEN_TABLE, Reason.EMPTY}
    ),
    "entities that grow": (
        lambda: xlsx([["Name"]], more={"xl/worksheets/b0.xml": GROWING}), {Reason.BROKEN_TABLE, Reason.EMPTY}
    ),
    "a last cell without end": (
        lambda: xlsx([["Name"]], more={"xl/worksheets/b0.xml": DENSE}), {Reason.BROKEN_TABLE, Reason.TOO_MANY}
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_hostile_or_broken_is_refused(what: str) -> None:
    content, reasons = REFUSED[what]
    with pytest.raises(ReadRefusedError) as caught:
        said(content())
    assert caught.value.reason in reasons


def test_a_document_of_another_office_program_is_refused() -> None:
    with pytest.raises(RefusedApartError, match=Reason.OFFICE):
        read_workbook(xlsx().replace(b"xl/workbook.xml", b"ab/document.xml"))


def test_a_reader_that_does_not_start_is_a_fault_and_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(RuntimeError, match="does not start"):
        said(SOUND)
