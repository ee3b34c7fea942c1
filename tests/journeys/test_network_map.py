"""A person's own map: from the link in somebody's hands over a drawing by finger and by keys to a look at the desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, register
from tests.journeys.test_every_page import look_at_it_every_way
from tests.journeys.visitor import EACH, Look, Visitor

pytestmark = pytest.mark.journey
ENTER, ADD = "form[action*='/oeffnen/'] button", "#dazu button[type=submit]"
SAVED = re.compile(" · ")
SIDE, SCALE = 376, 1.6  # of the drawing, with its margin of 8


def link_for(ilka: Visitor, called: str) -> tuple[str, str]:
    """Where somebody's map is at the desk, and the path of a new link to it."""
    desk = f"{register(ilka, called)}netzwerkkarte/"
    ilka.open(desk)
    look_at_it_every_way(ilka)
    ilka.press("form[action$='/netzwerkkarte/link/'] button >> nth=0")
    look_at_it_every_way(ilka)
    return desk, "/karte/" + ilka.find("#link").input_value().partition("/karte/")[2]


def enter(person: Visitor, link: str) -> None:
    person.open(link)
    assert person.path == "/karte/"
    if person.look.script:
        look_at_it_every_way(person)
    person.press(ENTER)


def add(person: Visitor, called: str, sector: str, horizon: str) -> None:
    person.find("#new_called").fill(called)
    person.find("#new_sector").select_option(sector)
    person.find("#new_horizon").select_option(horizon)
    person.press(ADD)


def where(person: Visitor, called: str) -> tuple[str, str]:
    """Sector and ring as the list says them."""
    form = person.find(f"#liste li:has(.who:text-is('{called}')) form")
    return form.locator("[name=sector]").input_value(), form.locator("[name=horizon]").input_value()


def screen_point(person: Visitor, across: float, up: float) -> tuple[float, float]:
    """A point of the drawing, in distances from its middle, on the screen."""
    person.find(".wn-net").scroll_into_view_if_needed()
    box = person.find(".wn-net").bounding_box()
    assert box is not None
    unit = box["width"] / SIDE
    return box["x"] + (SIDE / 2 + across * SCALE) * unit, box["y"] + (SIDE / 2 - up * SCALE) * unit


def mark(person: Visitor, called: str) -> str:
    return f".wn-net .p:has(text:text-is('{called}'))"


def is_saved(person: Visitor) -> None:
    expect(person.find("#said")).to_have_text(SAVED)


def test_somebody_draws_by_finger_and_shows_it(visit: Visit) -> None:
    ilka, amir = visit(Look(), CASE_MANAGER), visit(Look("de", 390), touch=True)
    desk, link = link_for(ilka, "Amir Karte")
    enter(amir, link)
    add(amir, "M", "family", "inner")
    add(amir, "🦉", "friends", "outer")
    look_at_it_every_way(amir)
    amir.find(mark(amir, "M")).tap()
    expect(amir.find(mark(amir, "M"))).to_have_attribute("aria-pressed", "true")
    amir.page.touchscreen.tap(*screen_point(amir, -40, -40))
    is_saved(amir)
    assert where(amir, "M") == ("colleagues", "middle")
    amir.open("/karte/")
    assert where(amir, "M") == ("colleagues", "middle")
    amir.press("button[name=until][value=heute]")
    look_at_it_every_way(amir)
    ilka.open(desk)
    assert ilka.texts(".wn-alters .who") == ["M", "🦉"]
    look_at_it_every_way(ilka)
    amir.press("#zeigen form[action*='/beenden/'] button")
    ilka.open(desk)
    assert ilka.find(".wn-net").count() == 0


@pytest.mark.parametrize("language", ["de", "en"][EACH])
def test_somebody_draws_with_keys_alone(visit: Visit, language: str) -> None:
    ilka, kaveh = visit(Look(language), CASE_MANAGER), visit(Look(language))
    _desk, link = link_for(ilka, f"Kaveh {language}")
    enter(kaveh, link)
    add(kaveh, "A", "family", "outer")
    add(kaveh, "B", "friends", "middle")
    keyboard = kaveh.page.keyboard
    kaveh.find(mark(kaveh, "A")).focus()
    keyboard.press("ArrowRight")
    expect(kaveh.find(mark(kaveh, "B"))).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("ArrowUp")
    for _each in range(4):
        keyboard.press("ArrowLeft")
    is_saved(kaveh)
    assert where(kaveh, "B") == ("colleagues", "inner")
    keyboard.press("Escape")
    keyboard.press("Home")
    expect(kaveh.find(mark(kaveh, "A"))).to_be_focused()
    kaveh.open("/karte/")
    assert where(kaveh, "B") == ("colleagues", "inner")
    label = kaveh.find(mark(kaveh, "B")).get_attribute("aria-label") or ""
    assert label.startswith("B: ")


def test_the_picture_keeps_its_sides_where_words_run_from_the_right(visit: Visit) -> None:
    ilka, amal = visit(Look(), CASE_MANAGER), visit(Look("ar", 390), touch=True)
    _desk, link = link_for(ilka, "Amal Karte")
    enter(amal, link)
    add(amal, "س", "family", "middle")
    look_at_it_every_way(amal)
    assert amal.find("html").get_attribute("dir") == "rtl"
    amal.find("#liste a >> nth=0").click()
    amal.page.wait_for_selector("#mensch")
    look_at_it_every_way(amal)
    amal.find("[name=tie]").select_option("2")
    amal.find("[name=conflict]").check()
    amal.press("#mensch form >> nth=0 >> button[type=submit]")
    amal.find(mark(amal, "س")).tap()
    amal.page.touchscreen.tap(*screen_point(amal, 50, -50))
    is_saved(amal)
    assert where(amal, "س") == ("professionals", "outer")  # at the right, below
    amal.press("form[action*='/karte/fassung/'] button")
    look_at_it_every_way(amal)
    amal.press(".wn-days a >> nth=0")
    look_at_it_every_way(amal)
    amal.open("/karte/")
    amal.press("#link button")
    look_at_it_every_way(amal)
    amal.open("/karte/orte/")
    look_at_it_every_way(amal)
    amal.press(".wn-quick")
    assert amal.path == "/ar/orte/"


def test_without_a_script_the_list_does_it_all(visit: Visit) -> None:
    ilka, noor = visit(Look(), CASE_MANAGER), visit(Look("de", 390, script=False))
    _desk, link = link_for(ilka, "Noor Karte")
    enter(noor, link)
    add(noor, "Mohammed", "family", "inner")
    assert noor.find("#new_called").input_value() == "Mohammed"
    add(noor, "Mo", "family", "inner")
    noor.find("#liste [name=horizon]").select_option("outer")
    noor.press("#liste button[type=submit]")
    assert where(noor, "Mo") == ("family", "outer")
    noor.press("#liste a >> nth=0")
    noor.press("form[action*='/herunter/'] button")
    assert noor.find("#liste").count() == 0
    noor.press("form[action*='/zurueck/'] button")
    assert where(noor, "Mo") == ("family", "outer")
    noor.press("form[action*='/karte/schliessen/'] button >> nth=-1")
    noor.open("/karte/")
    assert noor.status == 404
