"""Light or dark, German or English: chosen once, kept, and one stays where one was."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER
from tests.journeys.visitor import LOOKS, Look, Visitor
from tests.journeys.words import words_in

pytestmark = pytest.mark.journey
DARK, LIGHT = "rgb(17, 23, 26)", "rgb(252, 251, 248)"
OTHER = {"de": "en", "en": "de"}


def ground(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("getComputedStyle(document.body).backgroundColor"))


def choose(visitor: Visitor, name: str, value: str) -> None:
    """Press one of the choices of the menu, or of the foot of the sign-in page."""
    menu = visitor.find("details.wn-user summary")
    if menu.count():
        menu.click()
    visitor.press(f"button[name={name}][value={value}]")


@LOOKS
@pytest.mark.parametrize("email", [CASE_MANAGER, ""], ids=["signed in", "not signed in"])
def test_the_chosen_theme_stays_and_so_does_the_page(visit: Visit, look: Look, email: str) -> None:
    person = visit(look, email)
    path = "/programm/?on=2020-01-15" if email else "/hinweise/barrierefreiheit/"
    person.open(path)
    found = [ground(person)]
    for theme in ("light", "dark"):
        choose(person, "theme", theme)
        assert person.path == path
        person.open("/hinweise/barrierefreiheit/")
        found.append(ground(person))
        person.open(path)
    choose(person, "theme", "auto")
    found.append(ground(person))
    device = DARK if look.dark else LIGHT
    assert found == [device, LIGHT, DARK, device]


@LOOKS
@pytest.mark.parametrize("email", [CASE_MANAGER, ""], ids=["signed in", "not signed in"])
def test_the_chosen_language_stays_and_so_does_the_page(visit: Visit, look: Look, email: str) -> None:
    person = visit(look, email)
    path = "/programm/?on=2020-01-15" if email else "/hinweise/barrierefreiheit/"
    person.open(path)
    other = OTHER[look.language]
    person.read_in(other)
    choose(person, "language", other)
    assert person.path == path
    person.open("/hinweise/barrierefreiheit/")
    assert person.text("h1") == words_in(other)("Barrierefreiheit")
    person.open(path)
    person.read_in(look.language)
    choose(person, "language", look.language)
    assert person.path == path
