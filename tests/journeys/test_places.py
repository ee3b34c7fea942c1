"""Places: somebody types what they like and finds where to go; somebody else keeps the directory."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, SEND, register
from tests.journeys.test_every_page import LANGUAGES, look_at_it_every_way, pages_in_turn
from tests.journeys.visitor import LOOKS, Look, Visitor

pytestmark = pytest.mark.journey
SHOW = "form.wn-picker > .wn-picker__go button"
FINGER = 44  # pixels that a target on a phone has at least
COORDINATOR, HOST = "network-coordinator@demo.example", "workshop-host@demo.example"
LIST = "Name;Straße;PLZ;Stadt;Stadtteil;Angebot;Interessen;Zeiten;Alter von\n{}"
ROW = "Halle {0};Ostweg 1;40000;Düsseldorf;Ost;Klettern {0};Klettern;Di 18-20 Uhr;16\n"


def test_a_hobby_typed_in_arabic_with_a_typo_leads_to_a_place(visit: Visit) -> None:
    """On the phone, from the address on a poster to the door, without an account."""
    samir = visit(Look("ar", 390))
    samir.open("/orte/")
    assert samir.path == "/ar/orte/"
    samir.find("input[name=q]").fill("كرة القدن")
    samir.press("main form button[type=submit]")
    assert samir.text("main li h3 >> nth=0") == "كرة القدم للجميع"
    assert samir.find("main li .wn-why li").first.is_visible()
    samir.press("main li h3 a >> nth=0")
    offer = samir.find(f"[id='{samir.page.url.partition('#')[2]}']")
    assert offer.locator("h3").inner_text() == "كرة القدم للجميع"
    assert "18:00" in offer.inner_text()
    assert "Beispielallee 3" in samir.text(".wn-hero")
    with samir.page.expect_download() as download:
        offer.locator("a[href$='.ics']").click()
    assert "SUMMARY;LANGUAGE=ar:كرة القدم للجميع" in download.value.path().read_text()
    samir.find("details.wn-user summary").click()
    samir.read_in("de")
    samir.press("details.wn-user a[lang=de]")
    assert samir.text("h1") == "Turnhalle Nord"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_two_pictures_tapped_in_arabic_lead_to_a_place(visit: Visit, script: bool) -> None:
    """On the phone: one picture from its group, one by a word with a typo, and then to the door."""
    noor = visit(Look("ar", 390, script=script))
    noor.open("/ar/orte/")
    noor.press("main a[href='/ar/orte/bilder/']")
    noor.find("details.wn-shelf summary:has-text('ألعاب')").click()
    chess = noor.find(".wn-tile:has(input[value=chess])")
    chess.click()
    assert smallest_side(chess) >= FINGER
    assert smallest_side(noor.find("details.wn-shelf summary >> nth=0")) >= FINGER
    noor.find("input[name=wort]").fill("كرة القدن")
    noor.page.keyboard.press("Enter")
    noor.page.wait_for_url("**/orte/bilder/?*wort=*")
    noor.inspect()
    noor.find(".wn-tile:has(input[value=football])").click()
    assert noor.texts(".wn-tile:has(:checked)") == ["كرة قدم", "شطرنج"]
    noor.press(SHOW)
    assert noor.path == "/ar/orte/?was=football&was=chess"
    assert noor.texts("main .wn-chips li") == ["كرة قدم", "شطرنج"]
    assert sorted(noor.texts("main li h3")) == ["Schach am Nachmittag", "كرة القدم للجميع"]
    assert noor.find("main li .wn-why li").first.is_visible()
    noor.press("main li h3 a:has-text('Schach')")
    assert "15:00" in noor.text(f"[id='{noor.page.url.partition('#')[2]}']")


def test_a_picture_is_drawn_and_follows_the_colours_of_the_page(visit: Visit) -> None:
    """The browser may fetch the file with the pictures, and takes them from it."""
    noor = visit(Look("ar", 390, dark=True))
    noor.open("/ar/orte/bilder/")
    drawn = noor.find("details.wn-shelf summary .wn-pic").first
    assert drawn.evaluate("one => one.querySelector('use').getBBox().width > 0")
    assert drawn.evaluate("one => getComputedStyle(one).fill") == drawn.evaluate("one => getComputedStyle(one).color")
    noor.page.keyboard.press("Tab")
    noor.find("details.wn-shelf summary").first.focus()
    noor.page.keyboard.press("Enter")
    noor.page.keyboard.press("Tab")
    noor.page.keyboard.press("Space")
    assert noor.find(".wn-tile:has(:checked)").count() == 1


def test_for_a_wish_without_a_picture_the_page_says_what_happens_next(visit: Visit) -> None:
    noor = visit(Look("ar", 390))
    noor.open("/ar/orte/bilder/?wort=xqztv")
    assert noor.find(".wn-empty").is_visible()
    noor.press(SHOW)
    assert noor.find("[role=status]").is_visible()
    noor.press(".wn-empty a")
    assert noor.path == "/ar/orte/?q=xqztv"
    assert noor.find(".wn-empty").is_visible()


def smallest_side(what: Locator) -> float:
    box = what.bounding_box()
    assert box is not None
    return min(box["width"], box["height"])


@LOOKS
def test_a_list_becomes_places_and_what_was_changed_by_hand_stays(visit: Visit, look: Look) -> None:
    petra = visit(look, COORDINATOR)
    here = f"{look}".replace("-", " ")
    hand_in(petra, here, LIST.format(ROW.format(here)))
    assert petra.text("main li h3 >> nth=0").startswith(f"Halle {here}")
    petra.press("form[action$='/uebernehmen/'] button")
    petra.press(f"main th a:has-text('Halle {here}')")
    petra.press("main a[href$='/aendern/']")
    petra.find("input[name=operator]").fill("Verein von Hand")
    petra.press(SEND)
    hand_in(petra, "", LIST.format(ROW.format(here).replace(";16", ";18")), known=here)
    stays, changes = petra.texts("main dl.wn-facts dd")
    assert (stays.startswith("Verein von Hand ("), changes) == (True, "16 18")
    petra.press("form[action$='/uebernehmen/'] button")
    petra.press(f"main th a:has-text('Halle {here}')")
    page = petra.text("main")
    assert "Verein von Hand" in page
    assert "18" in page
    anyone = visit(Look(look.language, look.width))
    anyone.open(f"/{look.language}/orte/?q=klettern")
    assert f"Klettern {here}" in anyone.texts("main li h3")


def hand_in(petra: Visitor, name: str, content: str, *, known: str = "") -> None:
    petra.open("/verzeichnis/dateien/")
    if known:
        petra.find("select[name=known]").select_option(label=known)
    else:
        petra.find("input[name=name]").fill(name)
    petra.find("input[name=file]").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    petra.press("main form[enctype] button[type=submit]")


def test_a_file_that_is_none_is_refused_in_a_sentence_and_nothing_typed_is_lost(visit: Visit) -> None:
    petra = visit(Look(), COORDINATOR)
    hand_in(petra, "Kaputte Quelle", '{"type": "FeatureCollection", "features": [')
    assert petra.status == 422
    assert petra.find("input[name=name]").input_value() == "Kaputte Quelle"
    assert petra.find(".wn-errors").is_visible()


@LANGUAGES
def test_every_page_of_the_directory_is_sound(visit: Visit, language: str) -> None:
    petra = visit(Look(language), COORDINATOR)
    for _ in pages_in_turn(petra, "/verzeichnis/", "/verzeichnis/bestaetigen/", "/verzeichnis/?sicht=geloescht"):
        look_at_it_every_way(petra)
    petra.open("/verzeichnis/")
    petra.press("main th a:has-text('Garten')")
    point = petra.path
    offer = petra.find("main li h3 a").first.get_attribute("href") or ""
    pages = (
        point, f"{point}aendern/", f"{point}sprachen/ar/", f"{point}angebote/neu/", offer, f"{offer}sprachen/fa/",
        "/verzeichnis/neu/", "/verzeichnis/dateien/",
    )  # fmt: skip
    for _ in pages_in_turn(petra, *pages):
        look_at_it_every_way(petra)
    petra.open("/verzeichnis/neu/")
    petra.find("input[name=degrees]").fill("hier")
    petra.press(SEND)
    look_at_it_every_way(petra)
    hand_in(petra, f"Vorschau {language}", LIST.format("Halle;;;;;Klettern;Unsinn;irgendwann;alt\n"))
    look_at_it_every_way(petra)
    petra.press("form[action$='/verwerfen/'] button")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_public_page_is_sound(visit: Visit, language: str) -> None:
    anyone = visit(Look(language, 390))
    queries = (
        "", "?q=chor&frei=ja", "?q=xqztv", "?was=sport", "?karte=ja", "?was=chess&was=music",
        "bilder/?wort=xqztv&zeigen=ja",
    )  # fmt: skip
    for _ in pages_in_turn(anyone, *(f"/{language}/orte/{query}" for query in queries)):
        look_at_it_every_way(anyone)
    anyone.open(f"/{language}/orte/bilder/?wort=musik&was=chess")
    for summary in anyone.find("details.wn-shelf summary").all():
        summary.click()
    anyone.find(".wn-tile").first.click()
    look_at_it_every_way(anyone)
    anyone.open(f"/{language}/orte/")
    anyone.press("main li h3 a >> nth=2")
    assert re.fullmatch(rf"/{language}/orte/[-0-9a-f]+/", anyone.path)
    look_at_it_every_way(anyone)


@LOOKS
def test_somebody_is_asked_what_they_like_and_comes_to_belong(visit: Visit, look: Look) -> None:
    """From the first question to a second visit, with a refusal to announce somebody who did not agree."""
    ilka = visit(look, CASE_MANAGER)
    person = register(ilka, "Tarik")
    ilka.open(f"{person}orte/")
    ilka.press("main .wn-lead a")
    ilka.find("input[name=loved]").fill("Schach, كرة القدم, Drachen bauen, Tennisball")
    ilka.find("details.wn-shelf summary").first.click()
    ilka.find("details.wn-shelf[open] .wn-tile").first.click()
    look_at_it_every_way(ilka)
    ilka.press(SEND)
    look_at_it_every_way(ilka)
    ilka.find("input[name=loved]").press("End")
    ilka.key("Enter")
    assert "Tennisball" in ilka.find("input[name=loved]").input_value()
    ilka.press("button[name=loved-instead] >> nth=0")
    assert "Tennisball" not in ilka.text("main")
    first = ilka.text(".wn-offers h3 >> nth=0")
    assert "Drachen bauen" in ilka.text("main")
    assert ilka.find(".wn-offers > li >> nth=0").locator(".wn-why li").count() > 1
    ilka.find("#offer-q").fill("Kochen")
    ilka.press(".wn-find button")
    assert ilka.find(".wn-offers .but").count() > 0
    ilka.press(".wn-listlinks a")
    ilka.press(".wn-offers > li:first-child form button")
    assert first not in ilka.texts(".wn-offers h3")
    for stage in ("discussed", "announced", "visited", "returned"):
        ilka.press("main .wn-list .wn-actions a >> nth=0")
        ilka.find(f"input[name=stage][value={stage}]").check()
        if stage == "announced":
            ilka.press(SEND)
            assert ilka.status == 422
            ilka.find("input[name=agreed]").check()
            ilka.find("input[name=called]").fill("T.")
        ilka.press(SEND)
    ilka.find("main .wn-list details summary").first.click()
    assert ilka.find("main .wn-list details li").count() == 5
    assert "(T.)" in ilka.text("main .wn-list details li >> nth=2")
