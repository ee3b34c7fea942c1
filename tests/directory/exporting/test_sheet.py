"""Tables: what a spreadsheet program makes of them, in which order they are read, and that no text runs."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.directory.exporting.invented import ARABIC, EDITION, GROUP, HOUSE, POINTS
from wegnetz.directory.entries import Address, Point, Translation, Wording
from wegnetz.directory.exporting import sheet
from wegnetz.directory.exporting.edition import Edition
from wegnetz.directory.exporting.sheet import COLUMNS, LONGEST, TooManyRowsError, as_csv, as_xlsx

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ENGLISH = replace(EDITION, language="en")
Row = dict[str, object]


def from_csv(*points: Point, edition: Edition = ENGLISH) -> list[Row]:
    text = as_csv(points, edition).decode("utf-8-sig")
    return [dict(row) for row in csv.DictReader(StringIO(text, newline=""), delimiter=";")]


def from_xlsx(*points: Point, edition: Edition = ENGLISH) -> list[Row]:
    book = CalamineWorkbook.from_filelike(BytesIO(as_xlsx(points, edition)))
    head, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def parts(points: tuple[Point, ...] = POINTS, edition: Edition = EDITION) -> ET.Element:
    """The sheet as it lies in the file."""
    with ZipFile(BytesIO(as_xlsx(points, edition))) as archive:
        return ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))


def named(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in ("", None)}


# --- what stands in it -------------------------------------------------------------------------------


RULE = "2026-03-02 18:00-20:00 FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231 not 2026-04-07 Europe/Berlin"
SINGING: Row = {
    "ID": "haus", "Name": "Erfundenes Haus", "Offer": "Singen am Dienstag",
    "Description of the offer": "Wir singen, was Spaß macht.",
    "Times": "Tue 18:00-20:00 (from 2026-03-02, until 2026-12-31, not on 2026-04-07)", "Languages": "de, ar",
    "Interpreter": "yes", "Age from": 16.0, "Age to": 27.0, "Women only": "no", "Price": 2.5,
    "Joining": "Einfach kommen.", "Seats": 12.0, "Interests in words": "Singen, taken-out",
    "Interests": "singing, taken-out", "Operator": "Träger e. V. (erfunden)", "Street": "Nirgendweg 7",
    "Postcode": "40999", "Town": "Düsseldorf", "District": "Nirgendwo", "Country": "DE", "Latitude": 51.21,
    "Longitude": 6.79, "Accessible": "no", "Directions": "Bus 700 bis Nirgendwo",
    "Opening hours": "Mon, Tue, Wed, Thu, Fri 10:00-18:00",
    "Opening hours as a rule": "2026-01-05 10:00-18:00 FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR Europe/Berlin",
    "Contact": "Frau Erfunden", "E-mail": "singen@haus.example", "Phone": "+49 211 0000000",
    "Website": "https://haus.example/singen", "Closed": "no", "Confirmed on": date(2026, 2, 14),
    "Offer ID": "singen", "Times as a rule": RULE, "Language of the texts": "de",
    "Address of this page": "https://wegnetz.example/orte/haus#singen", "Source": "Erfundene Stadt",
    "Licence": "https://www.govdata.de/dl-de/zero-2-0",
}  # fmt: skip


def test_a_row_for_each_offer_and_one_for_a_contact_point_without_any() -> None:
    singing, party, group = from_xlsx(*POINTS)
    assert named(singing) == SINGING
    assert (party["ID"], party["Women only"], party["Price"]) == ("haus", "yes", 0.0)
    assert named(group) == {
        "ID": "gruppe", "Name": "=1+1", "Country": "DE", "Description": "Trifft sich im Park.",
        "Closed": "no", "Language of the texts": "de",
        "Address of this page": "https://wegnetz.example/orte/gruppe",
    }  # fmt: skip


def test_a_csv_file_says_the_same() -> None:
    singing = named(from_csv(*POINTS)[0])
    written = {
        name: value.isoformat() if isinstance(value, date) else f"{value:g}" if isinstance(value, float) else value
        for name, value in SINGING.items()
    }
    assert singing == {**written, "Phone": "'+49 211 0000000"}
    text = as_csv(POINTS, EDITION)
    assert text.startswith(b'\xef\xbb\xbf"Kennung";"Name";"Angebot"')


def test_the_header_is_german_or_english_and_names_no_column_twice() -> None:
    german, english, arabic = (sheet.header(edition) for edition in (EDITION, ENGLISH, ARABIC))
    assert (german[:2], english[:2], arabic) == (["Kennung", "Name"], ["ID", "Name"], english)
    assert len(set(german)) == len(set(english)) == len(COLUMNS)


def test_texts_are_in_the_language_that_was_asked_for_or_say_which() -> None:
    singing, party, _ = from_xlsx(*POINTS, edition=ARABIC)
    assert (singing["Offer"], singing["Language of the texts"]) == ("الغناء يوم الثلاثاء", "ar")
    assert (singing["Name"], singing["Interests in words"]) == ("بيت مخترع", "الغناء, taken-out")
    assert party["Language of the texts"] == "de"


# --- how it looks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "expected"), [("ar", "1"), ("fa", "1"), ("de", None), ("ti", None)])
def test_a_sheet_is_read_from_the_right_where_its_language_is(language: str, expected: str | None) -> None:
    (view,) = parts(edition=replace(EDITION, language=language)).iter(f"{NAMESPACE}sheetView")
    assert view.get("rightToLeft") == expected


def test_the_head_stays_in_sight_and_columns_are_as_wide_as_what_they_hold() -> None:
    found = parts()
    (pane,) = found.iter(f"{NAMESPACE}pane")
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("3", "1", "frozen")
    wide = {width.get("min"): float(width.get("width", 0)) for width in found.iter(f"{NAMESPACE}col")}
    assert (round(wide["1"]), round(wide["2"])) == (15, 31)


# --- nothing runs ------------------------------------------------------------------------------------


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    found = parts()
    assert list(found.iter(f"{NAMESPACE}f")) == []
    assert list(found.iter(f"{NAMESPACE}hyperlink")) == []
    party = from_xlsx(*POINTS)[1]
    assert (party["Offer ID"], party["Contact"], party["Phone"]) == ("=HYPERLINK(1)", "-1+1", "@0")


def test_a_text_that_would_be_a_formula_begins_with_an_apostrophe() -> None:
    _, party, group = from_csv(*POINTS)
    assert (party["Offer ID"], party["Contact"], party["Phone"]) == ("'=HYPERLINK(1)", "'-1+1", "'@0")
    assert group["Name"] == "'=1+1"


def test_a_number_below_zero_stays_one() -> None:
    south = replace(GROUP, address=Address(lat=-33.5, lon=-70.6))
    assert [row["Latitude"] for row in from_csv(south)] == ["-33.5"]
    assert [row["Longitude"] for row in from_xlsx(south)] == [-70.6]


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@settings(max_examples=50)
@given(texts | st.sampled_from(["=1", "+1", "-1", "@x", "_x0041_", "&lt;", "a\nb", " a ", "https://x.example"]))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    group = replace(GROUP, wording=Wording("de", {"de": Translation({"name": text})}))
    assert from_xlsx(group)[0]["Name"] == text
    (row,) = from_csv(group)
    assert str(row["Name"]).removeprefix("'" if text[0] in "=+-@" else "") == text


def test_what_no_cell_can_hold_is_cut_and_what_no_sheet_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    group = replace(GROUP, wording=Wording("de", {"de": Translation({"name": "a" * 40_000})}))
    assert len(str(from_xlsx(group)[0]["Name"])) == LONGEST
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    with pytest.raises(TooManyRowsError) as refusal:
        as_xlsx(POINTS, EDITION)
    assert refusal.value.args == (3,)


def test_the_same_directory_gives_the_same_file() -> None:
    assert as_xlsx(POINTS, EDITION) == as_xlsx(POINTS, EDITION)
    with ZipFile(BytesIO(as_xlsx((HOUSE,), replace(EDITION, made_at=datetime(2025, 1, 2, tzinfo=UTC))))) as archive:
        assert b"2025-01-02T00:00:00Z" in archive.read("docProps/core.xml")
