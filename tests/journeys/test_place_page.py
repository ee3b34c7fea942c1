"""A contact point's own page, from the link in somebody's hands to the visit on the desk."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, SEND, register
from tests.journeys.test_every_page import look_at_it_every_way
from tests.journeys.visitor import EACH, Look, Visitor

pytestmark = pytest.mark.journey
COORDINATOR = "network-coordinator@demo.example"
PLACE = "Turnhalle Nord"


def link_to(petra: Visitor) -> str:
    """The path of a new link to the page of the place."""
    petra.open("/verzeichnis/")
    petra.press(f"main th a:has-text('{PLACE}')")
    petra.press("form[action$='/link/'] button >> nth=0")
    look_at_it_every_way(petra)
    return petra.find("#link").input_value().partition("/platz/")[2]


def announce(ilka: Visitor, called: str) -> str:
    """Somebody new, announced at the place. Returns the page of their places."""
    person = register(ilka, called)
    ilka.open(f"{person}orte/interessen/")
    ilka.find("input[name=loved]").fill("Fußball")
    ilka.find("input[name=languages][value=de]").check()
    ilka.find("input[name=born]").fill("2000")
    ilka.press(SEND)
    ilka.press(f".wn-offers li:has-text('{PLACE}') form[action$='/vormerken/'] button >> nth=0")
    for stage in ("discussed", "announced"):
        ilka.press("main li .wn-actions a[href*='/orte/']")
        assert not ilka.find("input[name=stage]:checked").count()
        assert not ilka.find("[name=reason]").is_visible()
        ilka.find(f"input[name=stage][value={stage}]").check()
        if stage == "announced":
            look_at_it_every_way(ilka)
            ilka.find("input[name=agreed]").check()
            ilka.find("input[name=called]").fill("Kito")
            ilka.find("input[name=comes_on]").fill("07.10.2021")
        ilka.press(SEND)
    return f"{person}orte/"


@pytest.mark.parametrize("language", ["de", "en"][EACH])
def test_whoever_runs_a_place_says_who_was_there(visit: Visit, language: str) -> None:
    petra, ilka = visit(Look(language), COORDINATOR), visit(Look(language), CASE_MANAGER)
    link = link_to(petra)
    places = announce(ilka, f"Kito {language}")
    uwe = visit(Look(language, 390))
    uwe.open(f"/platz/{link}")
    assert uwe.path == "/platz/"
    assert "Kito" not in uwe.text("main")
    look_at_it_every_way(uwe)
    uwe.press("main form button[type=submit]")
    assert uwe.text("main li h3 >> nth=0") == "Kito"
    look_at_it_every_way(uwe)
    uwe.press("button[name=said][value=came]")
    uwe.find("#wann details summary >> nth=0").click()
    look_at_it_every_way(uwe)
    uwe.press("#wann details[open] button[value=closed] >> nth=0")
    uwe.press("form[action*='/schliessen/'] button")
    ilka.open("/")
    ilka.press(f"main a[href='{places}']")
    ilka.press("form[action$='/ort-sagt/'] button")
    assert re.search(r"07\.10\.2021|7 Oct 2021", ilka.find("main ol.wn-small li").last.text_content() or "")
    petra.open("/verzeichnis/")
    petra.press(f"main th a:has-text('{PLACE}')")
    petra.press("form[action$='/link/beenden/'] button")
    uwe.open(f"/platz/{link}")
    assert uwe.status == 404
    look_at_it_every_way(uwe)
