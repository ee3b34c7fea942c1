"""The map of the directory: beside the list, by keyboard and by touch, and nothing is asked of anybody else."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import SEND
from tests.journeys.test_every_page import look_at_it_every_way
from tests.journeys.test_places import COORDINATOR
from tests.journeys.visitor import EACH, Look, Visitor

pytestmark = pytest.mark.journey
DOT = ".wn-spot button"
BOTH = pytest.mark.parametrize("look", [Look(), Look("ar", 390)][EACH], ids=str)


def on_the_map(visit: Visit, look: Look, query: str = "") -> Visitor:
    anyone = visit(look)
    anyone.page.emulate_media(reduced_motion="reduce")
    anyone.open(f"/{look.language}/orte/{query}")
    anyone.press("main .wn-head a[href$='#karte']")
    anyone.find(DOT).first.wait_for()
    return anyone


def held(visitor: Visitor) -> str:
    """The name of what has the focus."""
    return str(visitor.page.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.textContent"))


@BOTH
def test_every_place_of_the_list_is_on_the_map_and_opens_by_keyboard(visit: Visit, look: Look) -> None:
    anyone = on_the_map(visit, look)
    listed = set(anyone.texts("main li[data-point] p:first-of-type bdi:first-child"))
    named = [dot.get_attribute("aria-label") for dot in anyone.find(DOT).all()]
    assert (len(named) > 3, set(named)) == (True, listed)
    look_at_it_every_way(anyone)
    anyone.find(".wn-city").focus()
    anyone.page.keyboard.press("Tab")
    name = held(anyone)
    assert name == named[0]
    lit = {text.split(" · ")[0] for text in anyone.texts("main li.is-on p:first-of-type")}
    assert lit == {name}
    anyone.page.keyboard.press("Enter")
    anyone.find(".wn-city__popup a").first.wait_for()
    assert held(anyone) == name
    anyone.inspect()
    anyone.page.keyboard.press("Escape")
    assert (anyone.find(".wn-city__popup").count(), held(anyone)) == (0, name)
    anyone.page.keyboard.press("Space")
    anyone.find(".wn-city__popup a").first.wait_for()
    anyone.key("Enter")
    assert anyone.text("h1") == name
    anyone.find(".wn-city .wn-spot").wait_for()
    assert re.fullmatch(r"geo:51\.\d{5},6\.\d{5}", anyone.find("main a[href^='geo:']").get_attribute("href") or "")
    look_at_it_every_way(anyone)


def test_the_map_follows_the_search_and_the_list_lights_its_dot(visit: Visit) -> None:
    anyone = on_the_map(visit, Look(), "?q=chor")
    for _ in range(2):
        points = {line.get_attribute("data-point") for line in anyone.find("main li[data-point]").all()}
        assert anyone.find(DOT).count() == len(points)
        first = anyone.find("main li[data-point]").first
        first.locator("h3 a").focus()
        lit = anyone.find(f"{DOT}.is-on")
        assert [lit.get_attribute("aria-label")] == [" ".join(first.locator("p bdi").first.inner_text().split())]
        anyone.find("input[name=q]").fill("tanzen")
        anyone.press("main form[role=search] button[type=submit]")
        anyone.find(DOT).first.wait_for()
    anyone.press("main .wn-head__more a >> nth=1")
    assert (anyone.path, anyone.find(".wn-city").count()) == ("/de/orte/?q=tanzen&was=&stadtteil=&sprache=", 0)


def test_places_close_together_are_one_dot_that_opens_into_them(visit: Visit) -> None:
    anyone = on_the_map(visit, Look())
    number = anyone.find(DOT).count()
    many = anyone.find(f"{DOT}:not(:empty)")
    while many.count() == 0:
        anyone.find(".leaflet-control-zoom-out").click()
    anyone.inspect()
    name, count = many.first.get_attribute("aria-label"), anyone.find(DOT).count()
    assert (name, count < number) == (f"Orte: {many.first.inner_text()}", True)
    many.first.press("Enter")
    assert anyone.find(DOT).count() != count
    assert anyone.page.evaluate(f"() => document.activeElement.matches('{DOT}')") is True


def test_a_finger_that_strokes_over_the_map_scrolls_the_page(visit: Visit) -> None:
    anyone = visit(Look("de", 390))
    session = anyone.context.new_cdp_session(anyone.page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    session.send("Emulation.setDeviceMetricsOverride", phone)
    anyone.open("/de/orte/?karte=ja")
    anyone.find(DOT).first.wait_for()
    box = anyone.find(".wn-city").bounding_box()
    assert box is not None
    assert anyone.page.evaluate("() => matchMedia('(pointer: coarse)').matches") is True
    finger = {"x": box["x"] + 150, "y": box["y"] + 150}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    for moved in range(20, 180, 20):
        stroke = [finger | {"y": finger["y"] - moved}]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": stroke})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    anyone.page.wait_for_function("() => scrollY > 100")


def test_without_javascript_a_sentence_and_the_list_are_there(visit: Visit) -> None:
    anyone = visit(Look(script=False))
    anyone.open("/de/orte/?karte=ja")
    assert anyone.text(".wn-city") == "Die Karte braucht JavaScript und Internet. Alles steht auch in der Liste."
    anyone.press("main li h3 a >> nth=0")
    assert (anyone.find(".wn-city").is_visible(), anyone.find("main a[href^='geo:']").is_visible()) == (False, True)


def test_whoever_keeps_a_place_sets_its_point_with_a_click(visit: Visit) -> None:
    petra = visit(Look(), COORDINATOR)
    petra.open("/verzeichnis/neu/")
    degrees, dot = petra.find("input[name=degrees]"), petra.find(".wn-city .wn-spot")
    petra.find(".wn-city .wn-district").first.wait_for(state="attached")
    petra.find(".wn-city").click(position={"x": 300, "y": 120})
    assert re.fullmatch(r"51\.\d{5}, 6\.\d{5}", degrees.input_value())
    assert dot.count() == 1
    degrees.fill("")
    assert dot.count() == 0
    degrees.fill("51.2000, 6.8000")
    assert dot.count() == 1
    petra.inspect()
    petra.find("input[name=name]").fill("Ort mit Punkt")
    petra.press(SEND)
    petra.press("main a[href$='/aendern/']")
    assert degrees.input_value() == "51.2, 6.8"
