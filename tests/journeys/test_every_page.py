"""Every page once in each language, light and dark, on the phone and at the desk: axe-core, no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, DEMO_DAY, SEND, confirm, register, search, seek, sign_in
from tests.journeys.inspection import WIDTHS, sideways_problems
from tests.journeys.visitor import EACH, EXAMINES, Look, Visitor

pytestmark = pytest.mark.journey
OF_ANYONE = (
    "/konto/login/", "/konto/login/?email=coach@demo.example", "/konto/inaktiv/", "/konto/passwort/neu/1-2-3/",
    "/konto/passwort/gesetzt/", "/hinweise/barrierefreiheit/", "/gibt-es-nicht/",
)  # fmt: skip
OF_STAFF = (
    "/", "/programm/", "/programm/?on=2020-01-15", "/programm/?on=2021-02-30", "/hinweise/protokoll/",
    "/hinweise/barrierefreiheit/", "/gibt-es-nicht/", "/menschen/", "/menschen/?page=2", "/menschen/aufnehmen/",
    "/termine/", "/termine/?tag=2021-10-14", "/termine/kalender/",
)  # fmt: skip
OF_ONES_ACCOUNT = (
    "/konto/2fa/", "/konto/2fa/totp/activate/", "/konto/2fa/webauthn/", "/konto/2fa/webauthn/add/", "/konto/passwort/",
    "/konto/logout/",
)  # fmt: skip
OF_A_PERSON = (
    "", "kontakt/", "bausteine/", "bausteine/?on=2020-01-15", "bausteine/?on=2030-01-15", "bausteine/?on=unsinn",
    "angaben/birth_date/", "angaben/residence_status/", "angaben/work_ban/",
    "journal/", "journal/schreiben/", "termine/", "termine/neu/", "dokumente/", "dokumente/neu/", "geloeschtes/",
    "abschluss/", "begleitung-beenden/",
)  # fmt: skip
# The pages that say what is missing, of somebody about whom little is known.
OF_SOMEBODY_NEW = (
    "",
    "orte/",
    "bausteine/",
    "plan/",
    "lebensbereiche/",
    "journal/",
    "termine/",
    "dokumente/",
    "ueberweisen/",
)
OF_WHOM_ONE_ACCOMPANIES = (
    "orte/", "orte/interessen/", "netzwerkkarte/",
    "plan/", "plan/beginnen/", "lebensbereiche/", "lebensbereiche/neu/", "einwilligungen/", "einwilligungen/fragen/",
    "schweigepflicht/", "ueberweisungen/", "ueberweisen/", "weitergeben/", "zugriffe/", "aufbewahrung/", "loeschen/",
)  # fmt: skip
COACH, LEAD = "coach@demo.example", "lead@demo.example"
SUBMIT = "main form button[type=submit]"
Way = tuple[int, Literal["light", "dark"]]
# The visitor sees each page in the light at the desk anyway.
IN_GERMAN: tuple[Way, ...] = ((390, "dark"), (1280, "dark"), (390, "light"))
OTHER_WAYS: dict[str, tuple[Way, ...]] = {"de": IN_GERMAN, "en": ((390, "dark"),), "ar": IN_GERMAN}
LANGUAGES = pytest.mark.parametrize("language", ["de", "en"][EACH])


def look_at_it_every_way(visitor: Visitor) -> None:
    """The page as it stands, in both schemes at both sizes, and in windows of every width."""
    if not EXAMINES:
        return
    page, found = visitor.page, list(sideways_problems(visitor.page, WIDTHS))
    for width, scheme in OTHER_WAYS[visitor.look.language]:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        look = replace(visitor.look, width=width, dark=scheme == "dark")
        found += [f"{look}: {problem}" for problem in visitor.examine(look)]
    page.set_viewport_size({"width": visitor.look.width, "height": 800})
    page.emulate_media(color_scheme="light")
    assert found == [], visitor.path


def pages_in_turn(visitor: Visitor, *paths: str) -> Iterator[None]:
    for path in paths:
        visitor.open(path)
        yield


def pages_of_a_person(ilka: Visitor, name: str, paths: tuple[str, ...]) -> Iterator[None]:
    person = seek(ilka, name)
    yield from pages_in_turn(ilka, *(person + path for path in paths))


def refused_forms(ilka: Visitor) -> Iterator[None]:
    """Each form once with something in it that cannot be taken."""
    ilka.open("/menschen/aufnehmen/")
    ilka.find("input[name=email]").fill("kein Postfach")
    ilka.find("select[name=shown_in]").select_option("ar")
    ilka.press("button[name=show]")
    assert ilka.find("#lesen [dir=rtl]").is_visible()
    yield
    ilka.press(f"{SEND}.kern-btn--primary")
    yield
    person = seek(ilka, "Yonas")
    for fact in ("birth_date", "residence_status"):
        ilka.open(f"{person}angaben/{fact}/")
        ilka.press(SEND)
        yield
    ilka.open("/menschen/")
    for text in ("a", "Xaverine"):
        search(ilka, text)
        yield


def pages_of_ones_account(ilka: Visitor) -> Iterator[None]:
    ilka.open("/konto/erneut/?next=/konto/2fa/")
    yield
    confirm(ilka)
    yield from pages_in_turn(ilka, *OF_ONES_ACCOUNT)
    ilka.open("/konto/passwort/")
    ilka.press(SUBMIT)
    yield


def a_decision(ilka: Visitor) -> Iterator[None]:
    ilka.open(seek(ilka, "Mariam"))
    ilka.press(".wn-path a >> nth=-1")
    yield
    for summary in ilka.find(".wn-more summary").all():
        summary.click()
    yield
    ilka.press(".wn-blocks p a >> nth=0")
    yield
    ilka.press(SEND)
    yield


def pages_of_whom_one_accompanies(ilka: Visitor) -> Iterator[None]:
    """Of somebody with consents, a refusal and letters; then a release, and letters declined and kept secret."""
    yonas = seek(ilka, "Yonas")
    yield from pages_in_turn(ilka, *(yonas + path for path in OF_WHOM_ONE_ACCOMPANIES))
    ilka.open(f"{yonas}einwilligungen/")
    ilka.press("main a[href$='/begleitung-beenden/']")
    yield
    # Whoever could get a letter about Yonas has accepted one; Samuel's was declined.
    for page in (f"{yonas}schweigepflicht/", f"{seek(ilka, 'Samuel')}ueberweisen/", f"{yonas}aufbewahrung/"):
        ilka.open(page)
        ilka.press(f"{SUBMIT} >> nth=-1")
        yield
    yield from pages_in_turn(
        ilka, f"{seek(ilka, 'Amadou')}einwilligungen/", "/aufbewahrung/", "/ueberweisungen/ausgang/"
    )
    for name in ("Samuel", "Mahsa"):
        ilka.open("/ueberweisungen/ausgang/")
        ilka.press(f".wn-letter a:has-text('{name}')")
        yield


def letters_that_arrived(jonas: Visitor) -> Iterator[None]:
    yield from pages_in_turn(jonas, "/", seek(jonas, "Yonas"), "/ueberweisungen/")
    for link in (".wn-letter a:has-text('Ibrahim')", "main a[href$='/ablehnen/']", SUBMIT):
        jonas.press(link)
        yield


def an_emergency(ilka: Visitor, marion: Visitor) -> Iterator[None]:
    """A lead asks, a second person agrees, the lead looks, and the person is told. Each stands on a page at a time."""
    person = register(ilka, "Selam")
    pseudonym = ilka.text(".wn-person .wn-muted bdi >> nth=0")
    marion.open("/notfall/")
    marion.press(SEND)
    ilka.open("/notfall/anfragen/")
    yield
    marion.find("select[name=person]").select_option(person.split("/")[2])
    marion.find("textarea[name=reason]").fill("Nicht erreichbar, und morgen steht ein Termin an.")
    marion.press(SEND)
    ilka.open("/notfall/anfragen/")
    ilka.press(f"main .wn-list a:has-text('{pseudonym}')")
    yield
    ilka.press("button[name=answer][value=yes]")
    marion.open("/notfall/")
    yield
    marion.press(f"main a[href='{person}']")
    ilka.press(f".wn-todo a[href^='{person}notfall/']")
    yield
    ilka.press(SUBMIT)
    marion.press(".wn-note form button")


@LANGUAGES
def test_every_page_before_the_sign_in_is_sound(visit: Visit, language: str) -> None:
    anyone = visit(Look(language))
    for _ in pages_in_turn(anyone, *OF_ANYONE):
        look_at_it_every_way(anyone)


@LANGUAGES
def test_every_page_of_the_desk_is_sound(visit: Visit, language: str) -> None:
    ilka = visit(Look(language), CASE_MANAGER)
    for _ in pages_in_turn(ilka, *OF_STAFF):
        look_at_it_every_way(ilka)


@LANGUAGES
@pytest.mark.parametrize(
    ("name", "paths"), [("Mariam", OF_A_PERSON), ("Merhawi", OF_SOMEBODY_NEW)], ids=["Mariam", "Merhawi"]
)
def test_every_page_of_a_person_is_sound(visit: Visit, language: str, name: str, paths: tuple[str, ...]) -> None:
    ilka = visit(Look(language), CASE_MANAGER)
    for _ in pages_of_a_person(ilka, name, paths):
        look_at_it_every_way(ilka)


@LANGUAGES
def test_every_page_of_one_s_account_is_sound(visit: Visit, language: str) -> None:
    ilka = visit(Look(language))
    sign_in(ilka, CASE_MANAGER)
    for _ in pages_of_ones_account(ilka):
        look_at_it_every_way(ilka)


@LANGUAGES
def test_every_refused_form_and_every_decision_is_sound(visit: Visit, language: str) -> None:
    ilka = visit(Look(language), CASE_MANAGER)
    for steps in (refused_forms(ilka), a_decision(ilka)):
        for _ in steps:
            look_at_it_every_way(ilka)


@LANGUAGES
def test_every_page_of_whom_one_accompanies_is_sound(visit: Visit, language: str) -> None:
    ilka, jonas = visit(Look(language), CASE_MANAGER), visit(Look(language), COACH)
    for _ in pages_of_whom_one_accompanies(ilka):
        look_at_it_every_way(ilka)
    for _ in letters_that_arrived(jonas):
        look_at_it_every_way(jonas)


@LANGUAGES
def test_every_page_of_an_emergency_is_sound(visit: Visit, language: str) -> None:
    ilka, marion = visit(Look(language), CASE_MANAGER), visit(Look(language), LEAD)
    for _ in an_emergency(ilka, marion):
        look_at_it_every_way(ilka)
        look_at_it_every_way(marion)


@LANGUAGES
def test_the_open_menu_of_the_phone_is_sound(visit: Visit, language: str) -> None:
    ilka = visit(Look(language, 390), CASE_MANAGER)
    ilka.open(f"/programm/?on={DEMO_DAY}")
    ilka.find("details.wn-user summary").click()
    look_at_it_every_way(ilka)
