"""Without a mouse."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, asked
from tests.journeys.visitor import LOOKS, Look, Visitor

pytestmark = pytest.mark.journey
# The element with the focus, and what keeps one from seeing it. The browser scrolls to it within some frames.
FOCUS = """async () => {
  const e = document.activeElement, style = getComputedStyle(e);
  if (e === document.body) return ["", ""];
  if (!e.matches(":focus")) return [e.outerHTML.slice(0, 120), ""];  // a part of the browser's own date field
  const outside = () => {
    const box = e.getBoundingClientRect();
    return !(box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
  };
  for (let frame = 0; frame < 600 && outside(); frame++) await new Promise(requestAnimationFrame);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [e.outerHTML.slice(0, 120), outside() ? "outside of the window" : outlined ? "" : `outline ${style.outline}`];
}"""


def focused(visitor: Visitor) -> str:
    """The element that has the focus, nothing when none has. AssertionError when one cannot see that it has it."""
    element, hidden = visitor.page.evaluate(FOCUS)
    assert hidden == "", element
    return str(element)


def tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until the focus is there. AssertionError when it never comes or cannot be seen on its way."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        focused(visitor)
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


@LOOKS
def test_the_first_tab_leads_past_the_menu_to_the_content(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/")
    ilka.page.keyboard.press("Tab")
    assert ilka.page.evaluate("document.activeElement.matches('a.wn-skip')")
    focused(ilka)
    ilka.page.keyboard.press("Enter")
    assert ilka.page.evaluate("document.activeElement.id") == "main"
    ilka.page.keyboard.press("Tab")
    assert ilka.page.evaluate("document.activeElement.matches('main *')")


@LOOKS
def test_a_stroke_leads_into_the_search(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/programm/")
    ilka.page.keyboard.press("/")
    focused(ilka)
    ilka.page.keyboard.type("aster/")
    assert ilka.find(".wn-search input[type=search]").input_value() == "aster/"
    ilka.page.keyboard.press("Backspace")
    ilka.key("Enter")
    assert ilka.texts(".wn-rows tbody th a") == ["Aster K."]


@LOOKS
def test_somebody_signs_in_registers_and_answers_with_the_keyboard_alone(visit: Visit, look: Look) -> None:
    ilka = visit(look)
    ilka.open("/")
    tab_to(ilka, "input[name=login]")
    ilka.page.keyboard.type(CASE_MANAGER)
    tab_to(ilka, "input[name=password]")
    ilka.page.keyboard.type("wegnetz-demo-2021")
    ilka.key("Enter")
    tab_to(ilka, "main a[href$='/aufnehmen/']")
    ilka.key("Enter")
    tab_to(ilka, "input[name=called]")
    ilka.page.keyboard.type("Tarik")
    tab_to(ilka, "input[name=ground]")
    ilka.page.keyboard.press("Space")
    tab_to(ilka, "select[name=channel]")
    ilka.page.keyboard.press("ArrowDown")
    tab_to(ilka, "main form button[type=submit]")
    ilka.key("Enter")
    assert ilka.text("h1") == "Tarik"
    tab_to(ilka, ".wn-ask a")
    ilka.key("Enter")
    tab_to(ilka, "input[name=value]")
    ilka.page.keyboard.type("2001")
    tab_to(ilka, "input[name=provenance]")
    ilka.page.keyboard.press("ArrowDown")
    assert ilka.find("input[name=provenance][value=document-seen]").is_checked()
    ilka.key("Enter")
    assert asked(ilka) == "residence_status"


@LOOKS
def test_the_menu_opens_and_closes_by_key_and_gives_the_focus_back(visit: Visit, look: Look) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/hinweise/protokoll/")
    tab_to(ilka, "details.wn-user summary")
    ilka.page.keyboard.press("Enter")
    tab_to(ilka, "details.wn-user button[name=theme]")
    ilka.page.keyboard.press("Escape")
    assert not ilka.find(".wn-user__menu").is_visible()
    assert ilka.page.evaluate("document.activeElement.matches('details.wn-user summary')")


@LOOKS
@pytest.mark.parametrize("path", ["/", "/programm/", "/konto/2fa/"])
def test_everything_the_tab_key_reaches_shows_that_it_has_the_focus(visit: Visit, look: Look, path: str) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open(path)
    reached: list[str] = []
    for _ in range(120):
        ilka.page.keyboard.press("Tab")
        element = focused(ilka)
        if not element or element in reached[:1]:
            break
        reached.append(element)
    assert len(reached) > 5
