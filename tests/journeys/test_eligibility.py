"""From the first sign-in to decisions that can be computed again."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import (
    CASE_MANAGER,
    DEMO_DAY,
    FITTING,
    PASSWORD,
    SEND,
    Answer,
    answer_asked,
    asked,
    choose_day,
    fill_answer,
    fill_registration,
    open_blocks,
    record_decision,
    seek,
    settle,
    sign_in,
    states,
    today,
)
from tests.journeys.visitor import LOOKS, Look

pytestmark = pytest.mark.journey
YES = {"de": "ja", "en": "yes"}
# Two of the demo who fit the programme and have answered everything: what a journey changes, no other reads.
HAS_ANSWERED = {Look(): "Tesfay", Look("en", 390, dark=True): "Sahra"}
WHO = "Ilka Brandt"


@LOOKS
def test_signing_in_by_one_press_or_by_typing_leads_to_the_start_page(visit: Visit, look: Look) -> None:
    presses, types = visit(look), visit(look)
    presses.open("/")
    assert presses.path == "/konto/login/?next=/"
    presses.find(f"a[data-email='{CASE_MANAGER}']").click()
    assert presses.find("input[name=login]").input_value() == CASE_MANAGER
    assert presses.find("input[name=password]").input_value() == PASSWORD
    presses.key("Enter")
    sign_in(types, CASE_MANAGER)
    assert (presses.path, types.path) == ("/", "/")
    assert presses.text(".wn-foot").startswith(f"{WHO}, ")
    assert types.text(".wn-lead") == presses.text(".wn-lead")


@LOOKS
def test_a_wrong_password_is_refused_and_the_address_stays(visit: Visit, look: Look) -> None:
    person = visit(look)
    sign_in(person, CASE_MANAGER, "not the password")
    assert person.path == "/konto/login/"
    assert person.find(".wn-errors").is_visible()
    assert person.find("input[name=login]").input_value() == CASE_MANAGER
    assert person.find("input[name=password]").input_value() == ""


@LOOKS
def test_a_call_name_and_one_question_after_the_other_settle_every_block(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/")
    ilka.press(".wn-lead a[href='/menschen/aufnehmen/']")
    fill_registration(ilka, "Selam")
    assert ilka.text("h1") == "Selam"
    assert asked(ilka) == "birth_date"
    answer_asked(ilka, Answer("1993"))
    assert ilka.text(".wn-ask h2") == ilka.words.pack("facts", "birth_date", "question")
    assert sorted(settle(ilka, FITTING)) == sorted(FITTING)
    assert states(ilka) == [ilka.words("offen")] * 6


@LOOKS
def test_a_work_ban_closes_block_2_alone_and_the_page_says_why(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open(seek(ilka, HAS_ANSWERED[look]))
    ilka.press("a[href$='/angaben/work_ban/']")
    fill_answer(ilka, Answer("true", "document-seen"))
    open_blocks(ilka)
    closed, open_ = ilka.words("geschlossen"), ilka.words("offen")
    assert states(ilka) == [open_, closed, open_, open_, open_, open_]
    block = ilka.find(".wn-blocks > li").nth(1)
    assert ilka.text(block.locator("h3")) == f"2 {ilka.words.pack('blocks', 'qualification', 'name')}"
    rule = block.locator("details[open] tbody tr").first
    assert ilka.words.pack("criteria", "no-work-ban", "title") in ilka.text(rule.locator("th"))
    assert ilka.text(rule.locator("bdi")) == (
        f"{YES[look.language]}, {ilka.words('Dokument gesehen')}, {ilka.words.day(today())}"
    )


@LOOKS
def test_the_answer_belongs_to_the_day_that_is_chosen(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open(seek(ilka, "Samuel"))
    open_blocks(ilka)
    choose_day(ilka, DEMO_DAY)
    then = states(ilka)
    choose_day(ilka, today().isoformat())
    now = states(ilka)
    assert (then, now) == ([ilka.words("offen")] * 6, [ilka.words("geschlossen")] * 6)


@LOOKS
def test_a_recorded_decision_says_who_and_when_and_computes_the_same_again(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    person = seek(ilka, "Dilan")
    ilka.open(person)
    open_blocks(ilka)
    before = states(ilka)
    decision = record_decision(ilka)
    assert states(ilka) == before
    lead = ilka.text(".wn-lead")
    said = [WHO, ilka.words.day(date(2021, 10, 7)), ilka.words.short_day(today())]
    assert [part for part in said if part not in lead] == []
    assert ilka.text("main > p .wn-state") == ilka.words("nachgerechnet: stimmt überein")
    ilka.open(person)
    stored = ilka.find(f".wn-path li:has(a[href='{decision}']) p")
    assert WHO in ilka.text(stored)


@LOOKS
def test_a_single_case_needs_a_reason_and_keeps_what_was_typed_until_it_has_one(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open(seek(ilka, "Mariam"))
    open_blocks(ilka)
    record_decision(ilka)
    single = ilka.words("Einzelfall")
    assert states(ilka)[1] == single
    ilka.press("a[href$='/qualification/']")
    ilka.find("input[name=outcome][value=admitted]").check()
    ilka.find("textarea[name=justification]").fill("zu kurz")
    ilka.press(SEND)
    assert ilka.status == 422
    assert ilka.words("Bitte in ein bis zwei ganzen Sätzen begründen.") in ilka.text(".wn-errors")
    assert ilka.find("textarea[name=justification]").input_value() == "zu kurz"
    assert ilka.find("input[name=outcome][value=admitted]").is_checked()
    reason = "Der Kurs beginnt in acht Wochen, und eine andere Beratung gibt es dafür nicht."
    ilka.find("textarea[name=justification]").fill(reason)
    ilka.press(SEND)
    stored = ilka.find(".wn-blocks > li").nth(1).locator(".wn-note p")
    assert ilka.texts(stored) == [
        f"{ilka.words('Im Einzelfall aufgenommen')}, {WHO}, {ilka.words.short_day(today())}", reason
    ]  # fmt: skip
