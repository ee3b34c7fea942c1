"""The directory for programs of others."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

from tests.directory.places import GARDEN, HOUSE, a_point, an_offer
from tests.people import DAY, DB, Cast
from wegnetz.accounts.access import Role
from wegnetz.directory.exporting.identifiers import identifier
from wegnetz.directory.importing.outcome import Kind
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.selectors.points import whole_directory
from wegnetz.directory.services import delete_offer, ensure_source, save_offer, save_point, take_over

pytestmark = DB


@pytest.fixture(autouse=True)
def _directory(cast: Cast) -> None:
    by = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    source = ensure_source(name="Liste", kind="csv", attribution="Stadt der Erfindung", licence="CC0", by=by)
    take_over(source, [HOUSE, GARDEN], by=by, on=DAY)


def now() -> str:
    return timezone.now().astimezone(UTC).isoformat()


def names(client: Client, query: str = "") -> list[str]:
    return [each["name"] for each in client.get(f"/api/hsds/services?{query}").json()["contents"]]


def test_services_are_found_as_the_standard_asks(client: Client) -> None:
    assert names(client) == ["Offener Chor", "Tanzen"]
    assert names(client, "search=chor") == ["Offener Chor"]
    assert names(client, f"taxonomy_term_id={identifier('term', 'music')}") == ["Offener Chor"]
    assert names(client, "taxonomy_term_id=unsinn") == []
    runs = client.get("/api/hsds/services").json()["contents"][0]["organization_id"]
    assert names(client, f"organization_id={runs}") == ["Offener Chor", "Tanzen"]
    assert names(client, "organization_id=unsinn") == []
    assert (names(client, "modified_after=2001-01-01"), names(client, "modified_after=2199-01-01T10:00:00Z")) == (
        ["Offener Chor", "Tanzen"], [],
    )  # fmt: skip
    second = client.get("/api/hsds/services?page=2&per_page=1").json()
    assert (second["total_items"], [each["name"] for each in second["contents"]]) == (2, ["Tanzen"])


def test_who_asks_for_news_gets_what_was_changed_here_whenever_its_source_changed_it(
    client: Client, cast: Cast
) -> None:
    by = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    source = ensure_source(name="Alte Liste", kind="csv", attribution="", licence="", by=by)
    old = a_point("alt", "Altes Haus", modified_at=datetime(2001, 1, 1, tzinfo=UTC), offers=(an_offer("k", "Kegeln"),))
    before = now()
    take_over(source, [old], by=by, on=DAY)
    assert names(client, urlencode({"modified_after": before})) == ["Kegeln"]  # nobody had it from us before
    (point,) = (each for each in whole_directory() if each.offers and each.offers[0].offer.key == "k")
    stored, read = point.offers[0], now()
    assert names(client, urlencode({"modified_after": read})) == []
    save_offer(point.id, stored.id, replace(stored.offer, cost_cents=100), version=stored.version, by=by)
    (changed,) = client.get("/api/hsds/services", {"modified_after": read}).json()["contents"]
    assert (changed["name"], changed["last_modified"] > read) == ("Kegeln", True)
    save_offer(point.id, None, an_offer("n", "Neues"), by=by)
    again = now()
    delete_offer(point.id, stored.id, by=by, on=DAY)
    assert names(client, urlencode({"modified_after": again})) == ["Neues"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=201", "per_page=٣", "modified_after=gestern", "modified_after=2026-13-01"]
)
def test_what_is_not_understood_is_said_in_one_sentence(client: Client, query: str) -> None:
    answer = client.get(f"/api/hsds/services?{query}")
    assert (answer.status_code, answer.json()) == (
        400, {"error": f"The parameter {query.split('=', maxsplit=1)[0]} cannot be read."},
    )  # fmt: skip


@pytest.mark.parametrize("what", ["services", "service_at_locations", "organizations", "taxonomy_terms"])
def test_each_thing_of_a_list_has_an_address_of_its_own(client: Client, what: str) -> None:
    for each in client.get(f"/api/hsds/{what}?per_page=3").json()["contents"]:
        whole = client.get(f"/api/hsds/{what}/{each['id']}")
        assert (whole.status_code, whole.json()["id"]) == (200, each["id"])
    assert client.get(f"/api/hsds/{what}/{identifier('x', 'y')}").status_code == 404
    assert client.get("/api/hsds/services?lang=xx").status_code == 404


def test_the_files_come_back_as_what_they_were(client: Client) -> None:
    for address, kind in (("geojson", Kind.GEOJSON), ("csv", Kind.CSV), ("xlsx", Kind.XLSX)):
        content = client.get(f"/de/orte/orte.{address}").content
        found = read(File(BytesIO(content)))
        assert found.kind is kind
        names = {point.wording.source.texts["name"] for point in found.points}
        assert names == {"Haus der Erfindung"} | (set() if kind is Kind.GEOJSON else {"Garten der Erfindung"})
    rows = load_workbook(BytesIO(client.get("/ar/orte/orte.xlsx").content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 4


def test_each_row_names_its_own_source_and_what_was_written_here_none(client: Client, cast: Cast) -> None:
    by = next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)
    other = ensure_source(name="Andere", kind="csv", attribution="Nachbarstadt", licence="CC BY 4.0", by=by)
    take_over(other, [a_point("halle", "Halle", address=HOUSE.address)], by=by, on=DAY)
    save_point(None, a_point("", "Von Hand", address=HOUSE.address), by=by)
    expected = {
        "Haus der Erfindung": ("Stadt der Erfindung", "CC0"), "Garten der Erfindung": ("Stadt der Erfindung", "CC0"),
        "Halle": ("Nachbarstadt", "CC BY 4.0"), "Von Hand": ("", ""),
    }  # fmt: skip
    text = client.get("/de/orte/orte.csv").content.decode("utf-8-sig")
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=";")
    assert {row["Name"]: (row["Herkunft"], row["Lizenz"]) for row in rows} == expected
    collection = client.get("/de/orte/orte.geojson").json()
    drawn = {each["properties"]["name"]: each["properties"] for each in collection["features"]}
    assert {name: (said.get("attribution", ""), said.get("license", "")) for name, said in drawn.items()} == {
        name: credit for name, credit in expected.items() if name != "Garten der Erfindung"
    }
    assert collection["attribution"] == "Stadt der Erfindung (CC0); Nachbarstadt (CC BY 4.0)"
    facts = client.get("/api/hsds/services?search=chor").json()["contents"][0]["id"]
    said = {each["label"]: each["value"] for each in client.get(f"/api/hsds/services/{facts}").json()["attributes"]}
    assert (said["attribution"], said["license"]) == ("Stadt der Erfindung", "CC0")


def test_everything_is_for_any_page_of_the_web(client: Client) -> None:
    answer = client.get("/api/hsds/")
    assert (answer.json()["version"], answer.headers["Access-Control-Allow-Origin"]) == ("3.1", "*")
    assert client.post("/api/hsds/services").status_code == 405
    service = client.get("/api/hsds/services").json()["contents"][0]
    assert replace(HOUSE, offers=()).operator == client.get(
        f"/api/hsds/organizations/{service['organization_id']}"
    ).json()["name"]  # fmt: skip
