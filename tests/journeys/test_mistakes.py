"""What goes wrong in a day's work, and that nothing is lost by it."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import (
    CASE_MANAGER,
    FITTING,
    SEND,
    Answer,
    answer_asked,
    asked,
    fill_answer,
    record,
    register,
    settle,
)
from tests.journeys.visitor import LOOKS, Look

pytestmark = pytest.mark.journey
UNDO = ".wn-messages form button"


@LOOKS
def test_a_day_that_does_not_exist_is_explained_and_the_rest_stays(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    person = register(ilka, "Selam")
    record(ilka, person, "birth_date", Answer("31.02.2001", "copied"))
    month = {"de": "Februar", "en": "February"}[look.language]
    sentence = ilka.words(
        "Den %(day)d. %(month)s gibt es nicht. Meinten Sie den %(last)s?", day=31, month=month, last="28.02.2001"
    )
    assert ilka.status == 422
    assert ilka.texts(".wn-field .wn-err") == [sentence]
    assert ilka.page.evaluate("document.activeElement.className") == "wn-errors"
    assert ilka.find("input[name=value]").input_value() == "31.02.2001"
    assert ilka.find("input[name=provenance][value=copied]").is_checked()
    ilka.find(".wn-errors a").click()
    assert ilka.page.evaluate("document.activeElement.name") == "value"
    fill_answer(ilka, Answer("28.02.2001", "copied"))
    assert ilka.path == person


@LOOKS
def test_an_empty_form_says_what_to_do_at_each_field(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    person = register(ilka, "Selam")
    ilka.open(f"{person}angaben/residence_status/")
    ilka.press(SEND)
    assert ilka.texts(".wn-field .wn-err") == [ilka.words("Bitte auswählen.")] * 2


@LOOKS
def test_an_answer_given_by_one_press_is_undone_and_brought_back_by_one_press(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    person = register(ilka, "Selam")
    settle(ilka, FITTING, until="sgb_access")
    order = []
    for _ in range(2):
        answer_asked(ilka, FITTING["sgb_access"])
        order.append(asked(ilka))
        ilka.press(UNDO)
        assert ilka.path == person
        ilka.open(f"{person}bausteine/")
        order.append(asked(ilka))
    assert order == ["integration_course_access", "sgb_access"] * 2
    answer_asked(ilka, FITTING["sgb_access"])
    ilka.press(UNDO)
    ilka.press(UNDO)
    ilka.open(f"{person}bausteine/")
    assert asked(ilka) == "integration_course_access"


@LOOKS
def test_an_answer_taken_back_stays_in_the_history_and_can_return(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    person = register(ilka, "Selam")
    record(ilka, person, "support_need", Answer("true"))
    form = f"{person}angaben/support_need/"
    ilka.open(form)
    ilka.press(".wn-path form[action$='/zuruecknehmen/'] button")
    assert ilka.path == person
    ilka.open(form)
    assert ilka.find(".wn-path s").count() == 1
    ilka.press(".wn-path form[action$='/wiederherstellen/'] button")
    ilka.open(form)
    assert ilka.find(".wn-path s").count() == 0
    assert ilka.find(".wn-path > li.now").count() == 1


@LOOKS
def test_two_people_who_change_the_same_contact_lose_nothing(visit: Visit, look: Look) -> None:
    first, second = visit(look, CASE_MANAGER), visit(look, CASE_MANAGER)
    person = register(first, "Selam")
    first.open(f"{person}kontakt/")
    second.open(f"{person}kontakt/")
    first.find("input[name=phone]").fill("0211 555 01 01")
    first.press(SEND)
    second.find("input[name=phone]").fill("0211 555 02 02")
    second.find("input[name=note]").fill("lieber abends")
    second.press(SEND)
    assert second.status == 409
    rows = [second.texts(row.locator("td")) for row in second.find("main table tbody tr").all()]
    assert rows == [["0211 555 02 02", "0211 555 01 01"], ["lieber abends", "–"]]
    assert second.find("input[name=phone]").input_value() == "0211 555 02 02"
    second.find("input[name=phone]").fill("0211 555 01 01")
    second.press(SEND)
    assert second.path == person
    contact = second.text(".wn-facts")
    assert [text for text in ("0211 555 01 01", "lieber abends") if text not in contact] == []


@LOOKS
def test_what_was_deleted_is_found_again_when_its_message_is_gone(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    journal = f"{register(ilka, 'Selam')}journal/"
    ilka.open(journal)
    ilka.find("textarea[name=text]").fill("Der Kurs beginnt im Februar.")
    ilka.press(f"{SEND}.kern-btn--primary")
    ilka.press(".wn-journal > li a")
    ilka.press("form[action$='/loeschen/'] button")
    ilka.open("/menschen/")
    ilka.open(journal)
    assert ilka.find(".wn-journal > li").count() == 0
    ilka.press("main a[href$='/geloeschtes/']")
    assert ilka.texts("main .wn-todo strong") == ["Der Kurs beginnt im Februar."]
    ilka.press("main .wn-todo form button")
    assert (ilka.path, ilka.texts(".wn-journal .wn-pre")) == (journal, ["Der Kurs beginnt im Februar."])
