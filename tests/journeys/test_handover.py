"""A person says Yes to a coach elsewhere, who declines, then accepts, and sees nothing once the Yes is taken back."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, FITTING, record, register
from tests.journeys.test_roles import same
from tests.journeys.visitor import LOOKS, Look, Visitor
from tests.journeys.words import Words, words_in

pytestmark = pytest.mark.journey
COACH, DIAKONIE = "coach@demo.example", "Diakonie (Vorführung)"
CALLED, SPOKEN = "Tarik", "ar"
LETTER = "Tarik sucht ein Praktikum, am liebsten „mit Holz“."
TOLD, WHY = "Was nur Ilka weiß", "Ab Dezember haben wir wieder Plätze."
SUBMIT, STATE = "main form button[type=submit]", ".wn-person .wn-state"
WITHOUT_ISOLATES = dict.fromkeys(map(ord, "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"))
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CONSENTS = ".wn-consent:has-text('{}') .wn-state"
# An answer that a coach may see, and one that only the case management sees.
FOR_BOTH, FOR_ILKA = "work_ban", "lives_in_state_facility"


def question(words: Words) -> str:
    """The title of the text that is read to the person."""
    return words.pack("consents", "purposes", "coaching", "1", "title").format(organisation=DIAKONIE)


def ask_for_coaching(ilka: Visitor, person: str) -> None:
    """Read the text together, in the person's language and in German, and note the Yes."""
    ilka.open(f"{person}einwilligungen/")
    ilka.press("main a[href$='/fragen/']")
    purpose = ilka.words.pack("consents", "purposes", "coaching", "name")
    ilka.find("select[name=what]").select_option(label=f"{purpose}: {DIAKONIE}")
    ilka.find("select[name=language]").select_option(SPOKEN)
    ilka.press(f"{SUBMIT} >> nth=0")
    titles = [title.translate(WITHOUT_ISOLATES) for title in ilka.texts(".wn-read h3")]
    assert titles == [question(words_in(SPOKEN)), question(words_in("de"))]
    ilka.find("select[name=channel]").select_option("in-person")
    ilka.press("button[name=answer][value=given]")
    assert ilka.texts(CONSENTS.format(DIAKONIE)) == [ilka.words("gilt")]


def refer(ilka: Visitor, person: str) -> tuple[str, str]:
    """Write, see what goes along, and send. Returns the addresses of the letter for its sender and its recipient."""
    ilka.open(f"{person}ueberweisen/")
    ilka.find("input[name=consent]").check()
    ilka.find("textarea[name=message]").fill(LETTER)
    ilka.press(SUBMIT)
    goes_along(ilka)
    ilka.press("button[name=send]")
    sent = ilka.find(".wn-letter a").first.get_attribute("href") or ""
    return sent, sent.replace("/ausgang/", "/")


def goes_along(visitor: Visitor) -> None:
    """Name, contact, answers and goals, as the consent says: no more of it, and no answer that is not for coaches."""
    words, shown = visitor.words, visitor.texts(".wn-parts h3")
    assert shown == [words("Name"), words("Erreichbarkeit"), words("Angaben"), words("Offene Ziele und Schritte")]
    text = visitor.text("main")
    assert (LETTER in text, words.pack("facts", FOR_BOTH, "label") in text) == (True, True)
    assert (TOLD in text, words.pack("facts", FOR_ILKA, "label") in text) == (False, False)


def read(jonas: Visitor, letter: str) -> None:
    """From the start page, and from the list, which says how long each letter waits."""
    jonas.open("/")
    assert jonas.find(f".wn-todo a[href='{letter}']").count() == 1
    jonas.open("/ueberweisungen/")
    assert "3" in jonas.text(".wn-letter:has-text('Ibrahim') .wn-state")
    assert jonas.text(f".wn-letter:has(a[href='{letter}']) .wn-state") == jonas.words("heute gekommen")
    jonas.press(f".wn-letter a[href='{letter}']")
    goes_along(jonas)


def decline(jonas: Visitor, letter: str) -> None:
    jonas.press("main a[href$='/ablehnen/']")
    jonas.find("input[name=reason][value=full]").check()
    jonas.find("textarea[name=note]").fill(WHY)
    jonas.press(SUBMIT)
    assert letter not in jonas.page.content()


def finds_nothing(jonas: Visitor, person: str, letter: str) -> None:
    """The open page leads nowhere; every address is as one that never was, and no list leads there."""
    jonas.press(".wn-tabs a[href$='/termine/']")
    assert jonas.status == 404
    for path in (f"{person}termine/", person, letter):
        jonas.page.goto(jonas.address + path)
        gone, page = jonas.status, same(jonas.page.content())
        jonas.page.goto(jonas.address + IDENTIFIER.sub(str(uuid4()), path))
        assert (gone, page) == (404, same(jonas.page.content()))
    for path in ("/", "/menschen/", "/ueberweisungen/"):
        jonas.open(path)
        assert (person in jonas.page.content(), letter in jonas.page.content()) == (False, False)


@LOOKS
def test_somebody_is_referred_declined_accepted_and_takes_the_consent_back(visit: Visit, look: Look) -> None:
    ilka, jonas = visit(look, CASE_MANAGER), visit(look, COACH)
    person = register(ilka, CALLED)
    record(ilka, person, FOR_BOTH, FITTING[FOR_BOTH])
    record(ilka, person, FOR_ILKA, FITTING[FOR_ILKA])
    ilka.open(f"{person}journal/")
    ilka.find("textarea[name=text]").fill(TOLD)
    ilka.press("main form button.kern-btn--primary")
    ask_for_coaching(ilka, person)

    declined, letter = refer(ilka, person)
    read(jonas, letter)
    decline(jonas, letter)
    ilka.open("/")
    ilka.press(f".wn-todo a[href='{declined}']")
    assert ilka.text(STATE) == ilka.words("abgelehnt")
    said = ilka.text("main")
    assert [text in said for text in (LETTER, WHY, ilka.words.pack("care", "decline-reasons", "full"))] == [True] * 3

    accepted, letter = refer(ilka, person)
    read(jonas, letter)
    jonas.press("main form[action$='/annehmen/'] button")
    assert (jonas.path, jonas.text("h1")) == (person, CALLED)
    jonas.open(f"{person}journal/")
    assert (jonas.status, TOLD in jonas.text("main")) == (200, False)
    ilka.open("/ueberweisungen/ausgang/")
    ilka.press(f".wn-letter a[href='{accepted}']")
    assert ilka.text(STATE) == ilka.words("angenommen")

    ilka.open(f"{person}einwilligungen/")
    ilka.press(f".wn-consent:has-text('{DIAKONIE}') .wn-consent__end button")
    assert ilka.texts(CONSENTS.format(DIAKONIE)) == [ilka.words("beendet")]
    for sent, state in ((declined, "abgelehnt"), (accepted, "Einwilligung beendet")):
        ilka.open(sent)
        assert (ilka.text(STATE), LETTER in ilka.text("main")) == (ilka.words(state), True)
    finds_nothing(jonas, person, letter)
