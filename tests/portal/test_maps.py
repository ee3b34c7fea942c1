"""The map shows what the list shows: the same places, in the same language, for anybody, and asks nobody else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.directory.places import GARDEN, HOUSE, a_point, an_offer
from tests.people import DAY, DB, Cast
from tests.programme.broken_districts import FILE
from tests.programme.minimal import DUESSELDORF, keep
from tests.statements import watched
from wegnetz.accounts.access import Role, Viewer
from wegnetz.directory.entries import Address, Point, Translation, Wording
from wegnetz.directory.selectors import open_point
from wegnetz.directory.services import delete_point, ensure_source, save_point, take_over
from wegnetz.portal.languages import PUBLIC_LANGUAGES
from wegnetz.programme.pack.files import read_folder
from wegnetz.programme.selectors import active_pack
from wegnetz.programme.services import put_in_force, read_candidate

pytestmark = DB
MILL = a_point(
    "muehle", "Mühle der Erfindung", address=Address(district="Eller", lat=51.19, lon=6.85),
    offers=(
        an_offer("ball", wording=Wording("de", {
            "de": Translation({"title": "Kicken"}), "ar": Translation({"title": "كرة"}, machine=True),
        }), concepts=("football",)),
        an_offer("tanz", "Tanz am Bach", concepts=("dance",), cost_cents=0),
    ),
)  # fmt: skip
HALL = a_point("halle", "Halle ohne Angebot", accessible=True, address=Address(district="Eller", lat=51.19, lon=6.84))
YARD = a_point("hof", "Hof ohne Angebot", address=Address("Hofweg 1", district="Bilk"))
NOWHERE = replace(GARDEN, offers=(an_offer("garten", "Gärtnern", concepts=("gardening",)),))


@pytest.fixture
def steering(cast: Cast) -> Viewer:
    return next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)


def read_in(points: Iterable[Point], by: Viewer) -> None:
    source = ensure_source(name="Liste", kind="csv", attribution="Stadt der Erfindung", licence="CC0", by=by)
    take_over(source, list(points), by=by, on=DAY)


@pytest.fixture
def directory(steering: Viewer) -> None:
    read_in([HOUSE, MILL, NOWHERE, HALL, YARD], steering)


def shown(client: Client, query: str = "", language: str = "de") -> dict[str, Any]:
    answer = client.get(f"/{language}/orte/karte.geojson{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/geo+json")
    return dict(json.loads(answer.content))


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    "query",
    [
        "", "?q=kicken", "?q=kiken", "?q=xqztv", "?frei=ja", "?frauen=ja", "?sprache=ar", "?stadtteil=Eller",
        "?rollstuhl=ja", "?was=music", "?was=unsinn", "?q=tanzen&frei=ja", "?q=hof", "?q=angebot+halle",
    ],
)  # fmt: skip
def test_the_map_shows_exactly_what_the_list_shows(client: Client, query: str) -> None:
    page = client.get(f"/de/orte/{query}").context
    listed = page["offers"] + page["bare"]
    places = [open_point(line["point_id"]) for line in listed]
    mapped = {str(place.id) for place in places if place.point.address.lat is not None}
    without = [line for line in listed if str(line["point_id"]) not in mapped]
    found = shown(client, query)
    assert {feature["id"] for feature in found["features"]} == mapped
    assert found["without_place"] == len(without)
    told = sum(1 + feature["properties"].get("more", 0) for feature in found["features"])
    assert told + found["without_place"] == len(listed)


@pytest.mark.usefixtures("directory")
def test_a_place_is_told_in_the_language_of_the_page_or_says_in_which(client: Client) -> None:
    hall, house, mill = shown(client)["features"]
    assert hall["properties"] == {"name": "Halle ohne Angebot", "district": "Eller"}
    assert (house["geometry"], house["properties"]) == (
        {"type": "Point", "coordinates": [6.78, 51.2]},
        {
            "name": "Haus der Erfindung", "title": "Offener Chor", "when": "jede Woche: Donnerstag, 18:00 bis 20:00",
            "more": 1, "district": "Bilk",
        },
    )  # fmt: skip
    arabic = shown(client, "?q=kicken", "ar")["features"]
    assert [feature["properties"] for feature in arabic] == [
        {"name": "Mühle der Erfindung", "name_language": "de", "title": "كرة", "district": "Eller"}
    ]
    assert mill["properties"]["name"] == "Mühle der Erfindung"


def test_one_place_and_three_ask_the_database_as_often(client: Client, steering: Viewer) -> None:
    more = [replace(HOUSE, key=f"haus{number}") for number in range(3)]
    for points in ([HOUSE], more):
        read_in(points, steering)
        client.get("/de/orte/karte.geojson")
        with watched() as statements:
            found = shown(client)
        assert len(found["features"]) == len(points)
        assert len([each for each in statements if each.sql.startswith("SELECT")]) == 6


@pytest.mark.usefixtures("directory")
def test_a_map_that_was_kept_is_sent_again_only_when_it_changed(client: Client, steering: Viewer) -> None:
    first = client.get("/de/orte/karte.geojson")
    assert first.headers["Cache-Control"] == "public, no-cache"
    kept = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/de/orte/karte.geojson", headers=kept)
    assert (again.status_code, again.content) == (304, b"")
    house = open_point(shown(client, "?q=chor")["features"][0]["id"])
    moved = replace(house.point, address=replace(house.point.address, lat=51.3))
    save_point(house.id, moved, version=house.version, by=steering)
    changed = client.get("/de/orte/karte.geojson", headers=kept)
    assert (changed.status_code, shown(client, "?q=chor")["features"][0]["geometry"]["coordinates"]) == (
        200,
        [6.78, 51.3],
    )


@pytest.mark.usefixtures("directory")
def test_what_is_closed_or_gone_is_on_no_map(client: Client, steering: Viewer) -> None:
    hall, house, mill = (open_point(feature["id"]) for feature in shown(client)["features"])
    save_point(hall.id, replace(hall.point, closed=True), version=hall.version, by=steering)
    save_point(house.id, replace(house.point, closed=True), version=house.version, by=steering)
    delete_point(mill.id, by=steering, on=DAY)
    assert shown(client) == {"type": "FeatureCollection", "without_place": 2, "features": []}


@pytest.mark.usefixtures("directory", "cast")
@pytest.mark.parametrize(
    "address", ["/de/orte/karte.geojson", "/ar/orte/karte.geojson?q=chor", "/orte/stadtteile.geojson"]
)
def test_a_map_writes_nothing_and_asks_for_no_person(client: Client, address: str) -> None:
    with watched() as statements:
        assert client.get(address).status_code == 200
    asked = [statement.sql for statement in statements]
    assert [sql for sql in asked if not sql.startswith(("SELECT", "SET", "SAVEPOINT", "RELEASE"))] == []
    assert [sql for sql in asked if re.search(r"participants_|casework_|vault_|accounts_user\b|session", sql)] == []
    assert {getattr(client, method)(address).status_code for method in ("post", "put", "delete")} == {405}


@pytest.mark.usefixtures("cast")
def test_a_map_in_a_language_without_pages_is_no_address(client: Client) -> None:
    assert client.get("/xx/orte/karte.geojson").status_code == 404


@pytest.mark.usefixtures("cast")
def test_the_districts_are_those_of_the_programme(client: Client) -> None:
    answer = client.get("/orte/stadtteile.geojson")
    outlines = active_pack().districts
    assert outlines is not None
    names = [feature["properties"]["name"] for feature in json.loads(answer.content)["features"]]
    assert names == [outline.name for outline in outlines.outlines]
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get("/orte/stadtteile.geojson", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.usefixtures("directory")
def test_a_programme_without_outlines_names_nobody_who_drew_them(client: Client, tmp_path: Any) -> None:
    files = {name: text for name, text in read_folder(DUESSELDORF).items() if name != FILE}
    version = active_pack().version
    files["programme.toml"] = files["programme.toml"].replace(f'"{version}"', f'"{version}.1"')
    credit = "Stadtteilgrenzen Düsseldorf 2025 (dl-de/zero-2-0)"
    assert credit in client.get("/de/orte/?karte=ja").content.decode()
    put_in_force(read_candidate(keep(tmp_path, files)))
    assert json.loads(client.get("/orte/stadtteile.geojson").content)["features"] == []
    assert credit not in client.get("/de/orte/?karte=ja").content.decode()


@pytest.mark.usefixtures("directory")
def test_the_list_stands_alone_until_somebody_wants_the_map(client: Client) -> None:
    alone = client.get("/de/orte/?q=tanzen").content.decode()
    assert ("leaflet" in alone, "?q=tanzen&amp;karte=ja#karte" in alone) == (False, True)
    both = client.get("/de/orte/?q=tanzen&karte=ja&page=1").content.decode()
    assert 'data-points="/de/orte/karte.geojson?q=tanzen"' in both
    assert re.search(r"<p dir=\"auto\">Die Karte braucht JavaScript", both)
    nothing = client.get("/de/orte/?q=xqztv&karte=ja").content.decode()
    assert "data-points" not in nothing


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("language", PUBLIC_LANGUAGES)
def test_the_map_speaks_the_language_of_its_page(client: Client, language: str) -> None:
    place = shown(client)["features"][0]["id"]
    text = "".join(client.get(f"/{language}/orte/{page}").content.decode() for page in ("?karte=ja", f"{place}/", ""))
    german = (
        "Auf der Karte zeigen", "Karte ausblenden", "Zur Liste", "Die Karte braucht", "Näher heran", "Weiter weg",
        "Schließen", "Tippe auf die Karte", "Ohne Punkt", "In meiner Karten-App", "Dann verlässt du",
        "Quelle der Karte",
    )  # fmt: skip
    assert [word for word in german if (word in text) != (language == "de")] == []


def test_the_page_of_a_place_says_where_it_is(client: Client, steering: Viewer) -> None:
    read_in([HOUSE, NOWHERE], steering)
    house, garden = (
        client.get(f"/ar/orte/{open_point(line['point_id']).id}/").content.decode()
        for line in sorted(client.get("/ar/orte/").context["offers"][:2], key=lambda line: line["district"])
    )
    assert 'href="geo:51.20000,6.78000"' in house
    assert 'data-lat="51.20000" data-lon="6.78000"' in house
    assert ("geo:" in garden, "leaflet" in garden, "<bdi>Eller</bdi>" in garden) == (False, False, True)


@pytest.mark.usefixtures("directory")
def test_a_map_is_drawn_on_pictures_of_this_server_alone(client: Client, settings: Any) -> None:
    settings.TILES, settings.TILES_SOURCE = "/kacheln/{z}/{x}/{y}.png", "© Wer sie gezeichnet hat"
    text = client.get("/de/orte/?karte=ja").content.decode()
    assert 'data-tiles="/kacheln/{z}/{x}/{y}.png"' in text
    assert "© Wer sie gezeichnet hat" in text
