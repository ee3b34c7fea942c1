"""Public pages of places: found in any language, honest about what is not there, and nothing of a person in them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.desk.stands import Stand, stands
from tests.directory.places import CHOIR, DANCE, GARDEN, HOUSE, a_point, an_offer
from tests.people import DAY, DB, Cast, sign_in
from tests.statements import watched
from wegnetz.accounts.access import Role, Viewer
from wegnetz.core.days import working_day
from wegnetz.directory.entries import Address, Contact, Offer, Translation, Wording
from wegnetz.directory.selectors import open_point
from wegnetz.directory.selectors.words import day_of
from wegnetz.directory.services import ensure_source, save_offer, save_point, take_over
from wegnetz.portal.languages import PUBLIC_LANGUAGES

pytestmark = DB
FOOTBALL = Offer(
    "ball",
    Wording("de", {
        "de": Translation({"title": "Kicken im Park", "description": "Zweimal in der Woche, ohne Anmeldung."}),
        "ar": Translation({"title": "كرة في الحديقة"}, machine=True),
    }),
    concepts=("football",), languages=("ar", "de"), cost_cents=250, age_from=18,
)  # fmt: skip


@pytest.fixture
def steering(cast: Cast) -> Viewer:
    return next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)


@pytest.fixture
def directory(steering: Viewer) -> None:
    source = ensure_source(name="Liste", kind="csv", attribution="Stadt der Erfindung", licence="CC0", by=steering)
    points = [HOUSE, replace(GARDEN, offers=(FOOTBALL,))]
    take_over(source, points, by=steering, on=DAY)


def titles(client: Client, address: str) -> list[str]:
    return [line["title"].text for line in client.get(address).context["offers"]]


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("ar", "كرة القدم", "كرة في الحديقة"),  # its interest by its name
        ("ar", "كره القدن", "كرة في الحديقة"),  # with a typo
        ("uk", "футбол", "Kicken im Park"),
        ("de", "Kiken", "Kicken im Park"),
        ("en", "singing", "Offener Chor"),
    ],
)
def test_a_hobby_is_found_in_any_language(client: Client, language: str, query: str, found: str) -> None:
    page = client.get(f"/{language}/orte/", {"q": query})
    first = page.context["offers"][0]
    assert (first["title"].text, bool(first["why"])) == (found, True)


@pytest.mark.usefixtures("directory")
def test_what_was_changed_is_found_as_it_stands_now(client: Client, steering: Viewer) -> None:
    line = client.get("/de/orte/?q=kicken").context["offers"][0]
    point = open_point(line["point_id"])
    stored = point.offers[0]
    wording = Wording("de", {"de": Translation({"title": "Bolzen am Abend"})})
    save_offer(point.id, stored.id, replace(stored.offer, wording=wording), version=stored.version, by=steering)
    assert titles(client, "/de/orte/?q=bolzen") == ["Bolzen am Abend"]
    assert "Kicken im Park" not in titles(client, "/de/orte/?q=kicken")
    save_point(point.id, replace(point.point, operator="Turnverein Zitronenfalter"), version=point.version, by=steering)
    assert titles(client, "/de/orte/?q=zitronenfalter") == ["Bolzen am Abend"]


def bare(client: Client, address: str) -> list[str]:
    return [line["name"].text for line in client.get(address).context["bare"]]


def test_a_place_of_which_nobody_knows_what_it_offers_is_found_by_name_and_district(
    client: Client, steering: Viewer
) -> None:
    yard = a_point("hof", "Hof am Bach", accessible=True, address=Address(district="Bilk"))
    source = ensure_source(name="Liste", kind="csv", attribution="Stadt der Erfindung", licence="CC0", by=steering)
    take_over(source, [HOUSE, GARDEN, yard, replace(yard, key="zu", closed=True)], by=steering, on=DAY)
    both = ["Garten der Erfindung", "Hof am Bach"]
    assert (titles(client, "/de/orte/"), bare(client, "/de/orte/")) == (["Offener Chor", "Tanzen"], both)
    for query, found in (
        ("?q=BÄCH+hof", both[1:]), ("?q=hof+garten", []), ("?q=!", []),
        ("?stadtteil=Eller", both[:1]), ("?rollstuhl=ja", both[1:]),
        ("?was=sport", []), ("?sprache=de", []), ("?frei=ja", []), ("?frauen=ja", []), ("?page=2", both),
    ):  # fmt: skip
        assert (query, bare(client, f"/de/orte/{query}")) == (query, found)
    assert "Dazu gibt es noch nichts." not in client.get("/de/orte/?q=hof").content.decode()
    many = [replace(yard, key=f"hof{number}") for number in range(40)]
    take_over(source, [HOUSE, GARDEN, *many], by=steering, on=DAY)
    pages = [client.get(f"/de/orte/?page={number}").context for number in (1, 2, 3)]
    assert [(len(page["offers"]), len(page["bare"])) for page in pages] == [(2, 18), (0, 20), (0, 3)]


@pytest.mark.usefixtures("directory")
def test_filters_leave_what_fits(client: Client) -> None:
    everything = ["Kicken im Park", "Offener Chor", "Tanzen"]
    assert titles(client, "/de/orte/") == everything
    wanted = {
        "frei=ja": ["Offener Chor"], "frauen=ja": ["Tanzen"], "sprache=ar": ["Kicken im Park", "Tanzen"],
        "stadtteil=Eller": ["Kicken im Park"], "rollstuhl=ja": ["Offener Chor", "Tanzen"],
        "was=music": ["Offener Chor"],
        "was=unsinn": everything, "sprache=unsinn": everything, "page=unsinn": everything, "q=": everything,
    }  # fmt: skip
    assert {query: titles(client, f"/de/orte/?{query}") for query in wanted} == wanted


def test_in_short_a_line_says_what_is_known_and_nothing_else(client: Client, steering: Viewer) -> None:
    source = ensure_source(name="Liste", kind="csv", attribution="Stadt der Erfindung", licence="CC0", by=steering)
    offers = (CHOIR, replace(DANCE, languages=()), an_offer("chess", "Schach"))
    take_over(source, [replace(HOUSE, offers=offers)], by=steering, on=DAY)
    page = client.get("/de/orte/")
    assert [line["short"] for line in page.context["offers"]] == [
        "kostenlos · 16 bis 27 Jahre · Deutsch · Englisch", "", "nur für Frauen"
    ]  # fmt: skip
    assert re.findall(r"·\s*</", page.content.decode()) == []


@pytest.mark.usefixtures("directory")
def test_a_text_that_is_not_there_is_shown_in_another_language_and_says_so(client: Client) -> None:
    point = next(line["point_id"] for line in client.get("/ar/orte/").context["offers"])
    text = client.get(f"/ar/orte/{point}/").content.decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert re.search(r'<div lang="de" dir="auto"><p class="wn-pre">Zweimal in der Woche', text)
    german = client.get(f"/de/orte/{point}/").content.decode()
    assert 'lang="de" dir="auto"' not in german


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("language", PUBLIC_LANGUAGES)
def test_every_page_speaks_its_language_alone(client: Client, language: str) -> None:
    """Every word of the frame is in the catalogue: none of the German ones is left."""
    page = client.get(f"/{language}/orte/")
    text = page.content.decode()
    assert (page.status_code, page.headers["Content-Language"]) == (200, language)
    assert f'<html lang="{language}"' in text
    german = ("Was machst du gern?", "Genauer suchen", "Zum Inhalt")
    assert [word in text for word in german] == [language == "de"] * 3


def test_a_language_without_pages_is_no_address(client: Client) -> None:
    assert client.get("/xx/orte/").status_code == 404


@pytest.mark.parametrize(
    ("header", "language"),
    [("ar-SY,de;q=0.5", "ar"), ("ku", "kmr"), ("fa-AF", "prs"), ("ja,tr;q=0.3", "tr"), ("", "de"), ("x" * 999, "de")],
)
def test_the_entrance_leads_to_the_language_of_the_browser(client: Client, header: str, language: str) -> None:
    answer = client.get("/orte/", headers={"Accept-Language": header})
    assert answer.headers["Location"] == f"/{language}/orte/"
    asking = client.get("/orte/?q=Rad+%26+Tat&frei=ja", headers={"Accept-Language": header})
    assert asking.headers["Location"] == f"/{language}/orte/?q=Rad+%26+Tat&frei=ja"


@pytest.mark.usefixtures("directory")
def test_a_place_is_there_for_machines_and_calendars_too(client: Client) -> None:
    line = next(each for each in client.get("/de/orte/").context["offers"] if each["title"].text == "Offener Chor")
    page = client.get(f"/de/orte/{line['point_id']}/")
    script = re.search(r'<script type="application/ld\+json">(.+?)</script>', page.content.decode())
    assert script is not None
    graph = json.loads(script[1])["@graph"]
    assert {part["@type"] for part in graph} >= {"WebPage", "Place", "Event"}
    file = client.get(reverse("portal:calendar", args=["de", line["point_id"], line["id"]]))
    event = next(iter(Calendar.from_ical(file.content).walk("VEVENT")))
    assert (file.headers["Content-Type"], str(event["SUMMARY"])) == ("text/calendar; charset=utf-8", "Offener Chor")
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=TH"


@pytest.mark.parametrize(
    ("days", "sentences"),
    [(181, (True, False, False)), (182, (True, True, False)), (None, (False, False, True))],
)
def test_a_place_says_since_when_nobody_has_checked_it(
    client: Client, steering: Viewer, days: int | None, sentences: tuple[bool, ...]
) -> None:
    checked = working_day() - timedelta(days=days) if days else None
    place = replace(HOUSE, confirmed_on=checked)
    take_over(
        ensure_source(name="L", kind="csv", attribution="", licence="", by=steering), [place], by=steering, on=DAY
    )
    point = client.get("/de/orte/").context["offers"][0]["point_id"]
    text = client.get(f"/de/orte/{point}/").content.decode()
    said = ("Zuletzt geprüft", "Vielleicht hat sich seitdem etwas geändert", "Noch hat niemand geprüft")
    assert tuple(text.count(sentence) == 1 for sentence in said) == sentences
    if checked:
        assert text.count(day_of(checked)) == 1
    foreign = client.get(f"/ar/orte/{point}/").content.decode()
    assert [sentence in foreign for sentence in said] == [False] * 3


def test_of_a_place_that_is_closed_nobody_need_ask(client: Client, steering: Viewer) -> None:
    closed = save_point(None, replace(HOUSE, closed=True, offers=()), by=steering)
    assert "Noch hat niemand geprüft" not in client.get(f"/de/orte/{closed}/").content.decode()


def test_what_somebody_typed_does_not_end_the_script(client: Client, steering: Viewer) -> None:
    source = ensure_source(name="Böse", kind="csv", attribution="", licence="", by=steering)
    evil = "</script><script>alert(1)</script>"
    take_over(source, [replace(HOUSE, operator=evil, offers=(replace(CHOIR, languages=(evil,)),))], by=steering, on=DAY)
    point = client.get("/de/orte/").context["offers"][0]["point_id"]
    text = client.get(f"/de/orte/{point}/").content.decode()
    assert "<script>alert" not in text
    assert text.count("</script>") == 3  # the linked data, and two files of the map


def test_what_is_gone_or_closed_is_not_found(client: Client, cast: Cast) -> None:
    house: Stand = stands(cast)["of A"]
    offer = open_point(house.id).offers[0].id
    for address in (f"/de/orte/{house.offer}/", f"/de/orte/{house.id}/{house.id}.ics"):
        assert client.get(address).status_code == 404
    assert client.get(f"/de/orte/{house.id}/{offer}.ics").status_code == 200


@pytest.mark.usefixtures("directory", "cast")
@pytest.mark.parametrize("address", ["/de/orte/", "/ar/orte/?q=chor", "/de/orte/orte.csv", "/api/hsds/services"])
def test_a_public_page_writes_nothing_and_asks_for_no_person(client: Client, address: str) -> None:
    with watched() as statements:
        assert client.get(address).status_code == 200
    asked = [statement.sql for statement in statements]
    assert [sql for sql in asked if not sql.startswith(("SELECT", "SET", "SAVEPOINT", "RELEASE"))] == []
    assert [sql for sql in asked if re.search(r"participants_|casework_|vault_|accounts_user\b", sql)] == []


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_public_page_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/de/orte/").status_code == 405


@pytest.mark.parametrize("zone", ["Europe", "Nowhere/Land", "../etc"])
def test_a_zone_that_is_none_does_not_take_the_pages_of_all_others_down(
    client: Client, steering: Viewer, zone: str
) -> None:
    """A folder of zones has the name of one and is none."""
    source = ensure_source(name="Liste", kind="csv", attribution="", licence="", by=steering)
    odd = replace(CHOIR, hours=(replace(CHOIR.hours[0], zone=zone),))
    take_over(source, [replace(HOUSE, offers=(odd,))], by=steering, on=DAY)
    line = client.get("/de/orte/").context["offers"][0]
    assert client.get(f"/de/orte/{line['point_id']}/").status_code == 200


@pytest.mark.usefixtures("directory")
def test_what_no_database_takes_is_not_asked_of_it(client: Client) -> None:
    """PostgreSQL knows no character 0."""
    with watched() as statements:
        assert client.get("/de/orte/?stadtteil=El%00ler").status_code == 200
    assert [statement.sql for statement in statements if "\0" in statement.sql] == []
    assert titles(client, "/de/orte/?stadtteil=El%00ler") == ["Kicken im Park"]


def test_an_address_for_mail_adds_nobody_to_the_letter(client: Client, steering: Viewer) -> None:
    """ "?" may stand before the @, and in a link it would begin further fields."""
    source = ensure_source(name="Liste", kind="csv", attribution="", licence="", by=steering)
    contact = Contact(email="haus?bcc=fremd@example.org")
    take_over(source, [replace(HOUSE, contact=contact)], by=steering, on=DAY)
    point = client.get("/de/orte/").context["offers"][0]["point_id"]
    assert 'href="mailto:haus%3Fbcc%3Dfremd@example.org"' in client.get(f"/de/orte/{point}/").content.decode()


@pytest.mark.usefixtures("directory")
def test_who_is_signed_in_reads_a_public_page_as_anybody(client: Client, cast: Cast) -> None:
    """No session, no account, nothing kept for them alone: the page is the same."""
    desk = sign_in(cast.colleagues[0])
    with watched() as statements:
        page = desk.get("/de/orte/")
    assert [each.sql for each in statements if re.search(r"accounts_|session", each.sql)] == []
    assert (page.content, "Cookie" in page.headers.get("Vary", "")) == (client.get("/de/orte/").content, False)


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(("language", "spoken"), [("de", "Deutsch · Englisch"), ("en", "German · English")])
def test_a_language_is_called_what_people_call_it(client: Client, language: str, spoken: str) -> None:
    choir = next(
        each for each in client.get(f"/{language}/orte/").context["offers"] if each["title"].text == "Offener Chor"
    )
    assert " · ".join(choir["spoken"]) == spoken
