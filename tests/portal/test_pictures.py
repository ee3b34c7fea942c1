"""Picking what one likes from pictures: in every language, without a script, and nothing of it is kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.directory.places import CHOIR, GARDEN, HOUSE
from tests.people import DAY, DB, Cast
from tests.statements import watched
from wegnetz.accounts.access import Role
from wegnetz.directory.services import ensure_source, take_over
from wegnetz.portal.languages import PUBLIC_LANGUAGES

pytestmark = DB
TICKED = re.compile(r'name="was" value="([^"]+)" checked')


@pytest.fixture(autouse=True)
def _directory(cast: Cast) -> None:
    by = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    take_over(
        ensure_source(name="Liste", kind="csv", attribution="", licence="", by=by), [HOUSE, GARDEN], by=by, on=DAY
    )


def pictures(client: Client, query: str = "", language: str = "de") -> str:
    answer = client.get(f"/{language}/orte/bilder/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def values(text: str) -> list[str]:
    return re.findall(r'name="was" value="([^"]+)"', text)


def titles(client: Client, address: str) -> list[str]:
    return [line["title"].text for line in client.get(address).context["offers"]]


def test_two_pictures_lead_to_the_places_for_either_and_nothing_else_stands_in_the_address(client: Client) -> None:
    answer = client.get("/de/orte/bilder/?was=singing&was=dance&wort=irgendwas&zeigen=ja")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/de/orte/?was=singing&was=dance")
    assert titles(client, "/de/orte/?was=singing&was=dance") == ["Offener Chor", "Tanzen"]
    assert titles(client, "/de/orte/?was=singing") == ["Offener Chor"]


def test_a_place_says_which_of_the_pictures_it_fits(client: Client) -> None:
    page = client.get("/de/orte/?was=singing&was=dance")
    assert [line["why"] for line in page.context["offers"]] == [["Passt zu: Singen"], ["Passt zu: Tanz"]]
    assert [line["why"] for line in client.get("/de/orte/").context["offers"]] == [[], []]


def test_what_was_picked_stays_while_one_searches_on(client: Client) -> None:
    text = client.get("/de/orte/?was=singing&was=dance").content.decode()
    assert re.findall(r'type="hidden" name="was" value="(\w+)"', text) == ["singing", "dance"]
    assert 'href="/de/orte/bilder/?was=singing&amp;was=dance"' in text
    assert 'id="was"' not in text
    assert sorted(TICKED.findall(pictures(client, "?was=singing&was=dance&was=unsinn"))) == ["dance", "singing"]


@pytest.mark.parametrize("address", ["/de/orte/", "/de/orte/?was=music"])
def test_a_single_group_is_what_the_list_itself_asks_for(client: Client, address: str) -> None:
    text = client.get(address).content.decode()
    assert ('id="was"' in text, 'type="hidden" name="was"' in text) == (True, False)


@pytest.mark.parametrize("query", ["", "?wort=singen", "?was=singing", "?wort=Musik&was=singing"])
def test_every_picture_stands_once_on_the_page(client: Client, query: str) -> None:
    found = values(pictures(client, query))
    assert len(found) == len(set(found)) > 200


@pytest.mark.parametrize(
    ("language", "word", "first"),
    [("ar", "كره القدن", "football"), ("tr", "şarki söylemk", "singing"), ("de", "tantzen", "dancing")],
)
def test_a_word_with_a_typo_brings_its_picture_to_the_front(
    client: Client, language: str, word: str, first: str
) -> None:
    assert values(pictures(client, f"?wort={word}", language))[0] == first


def test_for_what_there_is_no_picture_the_page_says_what_happens_next(client: Client) -> None:
    text = pictures(client, "?wort=Xqztv&was=singing")
    assert "Dafür haben wir noch kein Bild." in text
    assert "Diese Seite speichert nichts." in text
    assert 'href="/de/orte/?q=Xqztv"' in text
    assert TICKED.findall(text) == ["singing"]


def test_without_a_picture_nobody_is_led_on(client: Client) -> None:
    assert "Tipp zuerst auf ein Bild." in pictures(client, "?zeigen=ja&was=unsinn")
    assert "Tipp zuerst auf ein Bild." not in pictures(client)


def test_what_is_offered_here_stands_first_in_its_group(client: Client) -> None:
    found = values(pictures(client))
    music = found.index("music")
    assert found[music + 1] == CHOIR.concepts[0] == "singing"


@pytest.mark.parametrize("language", PUBLIC_LANGUAGES)
def test_the_page_speaks_its_language_and_every_picture_has_a_word(client: Client, language: str) -> None:
    text = pictures(client, "?wort=xqztv&zeigen=ja", language)
    german = ("Tipp auf die Bilder.", "Orte zeigen", "Dafür haben wir noch kein Bild.", "Bilder suchen")
    assert [word in text for word in german] == [language == "de"] * 4
    drawn = re.findall(r'<svg class="wn-pic" aria-hidden="true".*?</svg><span[^>]*>([^<]*)', text)
    assert len(drawn) == text.count('class="wn-pic"')
    assert [word for word in drawn if not word.strip()] == []
    assert 'hreflang="fr"' in text
    assert 'href="/fr/orte/bilder/?wort=xqztv&amp;zeigen=ja"' in text


def test_picking_writes_nothing_and_asks_for_no_person(client: Client) -> None:
    pictures(client)
    with watched() as statements:
        pictures(client, "?wort=singen&was=dance")
    asked = [statement.sql for statement in statements if not statement.sql.startswith(("SET", "SAVEPOINT", "RELEASE"))]
    assert [sql for sql in asked if not sql.startswith("SELECT")] == []
    assert [sql for sql in asked if re.search(r"participants_|casework_|vault_|accounts_|session", sql)] == []
    assert len(asked) == 2  # which programme is in force, and for what something takes place


@pytest.mark.parametrize("word", ["%00", "x" * 500, "<script>alert(1)</script>", "كرة‎"])
def test_odd_words_do_no_harm(client: Client, word: str) -> None:
    assert "<script>alert" not in pictures(client, f"?wort={word}&was=%00&was=<b>")
