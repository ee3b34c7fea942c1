"""Find people in the list, turn it around, take it along."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, search
from tests.journeys.visitor import LOOKS, Look, Visitor

pytestmark = pytest.mark.journey
MERHAWI_WAS_NOT_ASKED = ("lives_in_state_facility", "security_exclusion")
NAMES, PSEUDONYMS = ".wn-rows tbody th a", ".wn-rows tbody td:nth-last-of-type(2)"


@LOOKS
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Yonas T.", ["Yonas T."]),
        ("iam", ["Mariam C."]),
        ("Şirin", ["Şirin A."]),
        ("SIRIN a", ["Şirin A."]),
    ],
)
def test_somebody_is_found_by_name_by_part_and_with_or_without_accent(
    visit: Visit, look: Look, typed: str, found: list[str]
) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/menschen/")
    search(ilka, typed)
    assert ilka.texts(NAMES) == found
    assert ilka.path == "/menschen/"  # a name never stands in an address
    assert ilka.find("#list-q").input_value() == typed


@LOOKS
def test_the_search_of_every_page_finds_people_too(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/programm/")
    ilka.find(".wn-search input[type=search]").fill("rahel")
    ilka.key("Enter")
    assert ilka.texts(NAMES) == ["Rahel M."]
    ilka.press(NAMES)
    assert ilka.text("h1") == "Rahel M."


@LOOKS
def test_a_search_without_a_hit_says_what_to_try_and_how_to_go_on(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/menschen/")
    search(ilka, "Xaverine")
    assert ilka.find(NAMES).count() == 0
    assert ilka.find(".wn-empty h2").is_visible()
    ilka.press(".wn-listlinks a")
    assert ilka.find(NAMES).count() == 25


def _pages(ilka: Visitor, sort: str) -> list[str]:
    ilka.find("#list-sort").select_option(sort)
    ilka.press(".wn-find:has(#list-sort) button")
    found = [text.strip() for text in ilka.find(PSEUDONYMS).all_text_contents()]
    while ilka.find(".wn-pager a[rel=next]").count():
        ilka.press(".wn-pager a[rel=next]")
        found += [text.strip() for text in ilka.find(PSEUDONYMS).all_text_contents()]
    return found


@LOOKS
def test_the_list_turns_around_over_all_its_pages(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/menschen/")
    forwards = _pages(ilka, "pseudonym")
    assert len(forwards) == len(set(forwards)) > 25
    assert _pages(ilka, "-pseudonym") == forwards[::-1]


@LOOKS
def test_the_file_holds_the_whole_list_in_its_order(visit: Visit, look: Look, tmp_path: Path) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/menschen/")
    listed = _pages(ilka, "-pseudonym")
    with ilka.page.expect_download() as started:
        ilka.find(".wn-listlinks form[action$='.csv'] button").click()
    assert started.value.suggested_filename == "menschen-2021-10-07.csv"
    file = tmp_path / "list.csv"
    started.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream, delimiter=";")
    columns = ("Deckname", "Name")
    assert head[:2] == [ilka.words(column) for column in columns]
    assert [row[0] for row in rows] == listed
    missing = ", ".join(ilka.words.pack("facts", fact, "label") for fact in MERHAWI_WAS_NOT_ASKED)
    known = {row[1]: row[2:5] for row in rows}
    assert known["Merhawi B."] == ["2021-09-27", "0", missing]
    assert known["Yonas T."] == ["2021-02-11", "5", ""]
