"""Writing the journal: what is typed saves itself, comes back, and survives a lost connection and a lost session."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Route, expect

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, SEND, seek, sign_in
from tests.journeys.installation import Installation
from tests.journeys.test_kept_input import end_session, sign_in_here
from tests.journeys.visitor import LOOKS, Look, Visitor

pytestmark = pytest.mark.journey
TEXT = "Zwei Wochen Praktikum, „ab Montag“ & <b>bezahlt</b>"
SAVE = f"{SEND}.kern-btn--primary"
AREA, STATE = "textarea[name=text]", "[data-draft-state]"
DISCARD, UNDO = "main form[action$='/verwerfen/'] button", ".wn-messages form button"


def at_the_journal(visitor: Visitor, name: str) -> str:
    journal = f"{seek(visitor, name)}journal/"
    visitor.open(journal)
    return journal


def type_and_wait(visitor: Visitor, text: str) -> None:
    visitor.find(AREA).press_sequentially(text)
    expect(visitor.find(STATE)).not_to_be_empty()


def typed(visitor: Visitor) -> str:
    return visitor.find(AREA).input_value()


@LOOKS
def test_what_is_typed_saves_itself_comes_back_and_becomes_an_entry(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    journal = at_the_journal(ilka, "Besnik")
    entries = ilka.find(".wn-journal > li").count()
    type_and_wait(ilka, TEXT)
    ilka.open("/menschen/")
    ilka.open(journal)
    assert typed(ilka) == TEXT
    ilka.press(DISCARD)
    assert typed(ilka) == ""
    ilka.press(UNDO)
    assert typed(ilka) == TEXT
    ilka.press(SAVE)
    assert (ilka.path, typed(ilka)) == (journal, "")
    assert ilka.find(".wn-journal > li").count() == entries + 1
    assert ilka.text(".wn-journal > li:first-child .wn-pre") == TEXT


def test_two_windows_that_type_the_same_entry_see_both_texts(visit: Visit) -> None:
    one, other = (visit(Look(width=width), CASE_MANAGER) for width in (1280, 390))
    journal = at_the_journal(one, "Tesfay")
    other.open(journal)
    type_and_wait(one, "Am Rechner getippt")
    other.find(AREA).press_sequentially("Am Telefon getippt")
    expect(other.find(STATE)).to_contain_text("anderen Fenster")
    expect(other.find(STATE)).to_contain_text("noch nicht gespeichert")
    other.faults.clear()
    other.press("button[name=draft]")
    assert typed(other) == "Am Telefon getippt"
    assert other.texts("main table td") == ["Am Telefon getippt", "Am Rechner getippt"]
    other.find(AREA).fill("Beides getippt")
    other.page.wait_for_timeout(4000)
    one.open(journal)
    assert typed(one) == "Am Rechner getippt"
    other.press("button[name=draft]")
    one.open(journal)
    assert typed(one) == "Beides getippt"
    one.press(DISCARD)


def test_without_a_script_a_button_saves_the_draft(visit: Visit) -> None:
    ilka = visit(Look(script=False), CASE_MANAGER)
    journal = at_the_journal(ilka, "Sipan")
    ilka.find(AREA).fill(TEXT)
    ilka.press("button[name=draft]")
    ilka.open(journal)
    assert (typed(ilka), ilka.find(".wn-journal > li").count()) == (TEXT, 0)
    ilka.press(DISCARD)
    assert typed(ilka) == ""


def test_who_leaves_what_is_not_saved_yet_is_asked_first(visit: Visit) -> None:
    ilka = visit(Look(), CASE_MANAGER)
    at_the_journal(ilka, "Noor")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    ilka.page.on("dialog", answer)
    ilka.open("/menschen/")
    assert asked == []
    ilka.page.go_back()
    ilka.context.route("**/entwurf/**", lambda route: route.abort())
    ilka.find(AREA).press_sequentially(TEXT)
    ilka.page.goto(f"{ilka.address}/menschen/")
    assert asked == ["beforeunload"]
    ilka.faults.clear()


def test_a_lost_connection_is_said_and_the_draft_is_saved_when_it_is_back(visit: Visit) -> None:
    ilka = visit(Look(), CASE_MANAGER)
    journal = at_the_journal(ilka, "Mahsa")
    failed = ilka.find("form[data-draft]").get_attribute("data-draft-failed") or ""
    refusals: list[Route] = []

    def refuse_once(route: Route) -> None:
        refusals.append(route)
        if len(refusals) > 1:
            route.continue_()
        else:
            route.abort()

    ilka.context.route("**/entwurf/**", refuse_once)
    type_and_wait(ilka, TEXT)
    assert (failed != "", ilka.text(STATE)) == (True, failed)
    expect(ilka.find(STATE)).not_to_have_text(failed, timeout=20_000)
    ilka.faults.clear()
    ilka.open(journal)
    assert typed(ilka) == TEXT
    ilka.press(DISCARD)


def test_when_the_session_has_ended_the_page_says_so_and_the_text_survives_the_sign_in(
    visit: Visit, demo: Installation
) -> None:
    ilka = visit(Look())
    sign_in(ilka, CASE_MANAGER)
    at_the_journal(ilka, "Idris")
    end_session(demo, ilka)
    type_and_wait(ilka, TEXT)
    assert ilka.text(STATE) == ilka.find("form[data-draft]").get_attribute("data-draft-ended")
    ilka.press(SAVE)
    sign_in_here(ilka)
    assert typed(ilka) == TEXT
    ilka.press(SAVE)
    assert ilka.text(".wn-journal > li:first-child .wn-pre") == TEXT


def test_an_appointment_is_made_noted_and_written_about(visit: Visit) -> None:
    ilka = visit(Look("de", 390), CASE_MANAGER)
    person = seek(ilka, "Rahel")
    ilka.open(f"{person}termine/neu/")
    for name, value in (("day", "06.10.2021"), ("begins", "9"), ("ends", "9:40"), ("title", "Vertrag")):
        ilka.find(f"input[name={name}]").fill(value)
    ilka.press(SAVE)
    assert ilka.path == f"{person}termine/"
    ilka.press("button[name=state][value=kept]")
    shown = [ilka.find(f"input[name={name}]").input_value() for name in ("day", "clock", "minutes")]
    assert (ilka.path.startswith(f"{person}journal/schreiben/"), shown) == (True, ["06.10.2021", "9:00", "40"])
    ilka.find(AREA).fill(TEXT)
    ilka.press(SAVE)
    assert ilka.texts(".wn-journal h3 + .wn-pre") == [TEXT]


def test_a_document_is_handed_in_and_downloaded(visit: Visit) -> None:
    ilka = visit(Look(), CASE_MANAGER)
    person = seek(ilka, "Rahel")
    ilka.open(f"{person}dokumente/")
    picture = ilka.page.screenshot()
    ilka.find("input[name=file]").set_input_files({"name": "Zeugnis.png", "mimeType": "image/png", "buffer": picture})
    ilka.find("select[name=kind]").select_option("certificate")
    ilka.press(SAVE)
    with ilka.page.expect_download() as download:
        ilka.find("a[href$='/datei/']").first.click()
    assert download.value.suggested_filename == "Zeugnis.png"
