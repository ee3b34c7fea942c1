"""What Wegnetz gives away and reads again is the same, as far as a format carries it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.directory.any_points import any_points
from tests.directory.exporting.invented import GROUP, HOUSE, SINGING
from tests.directory.places import CHOIR, a_point
from tests.people import DAY, DB, Cast
from wegnetz.accounts.access import Viewer
from wegnetz.directory.entries import Contact, Hours, Point, State, Translation, Wording
from wegnetz.directory.exporting import hsds
from wegnetz.directory.exporting.edition import Credit, Edition
from wegnetz.directory.exporting.geojson import feature_collection
from wegnetz.directory.exporting.sheet import as_csv, as_xlsx
from wegnetz.directory.importing.outcome import Effect, Expected, Reading
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.interests.shipped import taxonomy
from wegnetz.directory.models import ContactPoint, Offer
from wegnetz.directory.selectors import What, plan_import
from wegnetz.directory.selectors.points import given_away
from wegnetz.directory.services import ensure_source, save_offer, save_point, take_over

MADE = datetime(2026, 11, 30, 12, tzinfo=UTC)
FEW = settings(max_examples=25, deadline=None)


def edition(language: str = "de") -> Edition:
    return Edition(
        language, "https://wegnetz.example/orte", "Stadt", "CC0", MADE, taxonomy(), {HOUSE.key: Credit("Stadt", "CC0")}
    )


def again(content: Any) -> Reading:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read(File(BytesIO(data)))


# --- HSDS --------------------------------------------------------------------------------------------


@FEW
@given(any_points(), st.sampled_from(["de", "en", "ar"]))
def test_what_hsds_gives_away_comes_back_as_it_was(points: list[Point], language: str) -> None:
    reading = again(hsds.whole(points, edition(language)))
    assert (list(reading.points), reading.faults) == (points, ())


@FEW
@given(any_points())
def test_so_does_what_is_asked_for_by_organisation_and_by_service(points: list[Point]) -> None:
    """A service alone brings its own place, and what its place offers besides stands in the other answers."""
    organisations = hsds.organizations(points, edition(), size=10)["contents"]
    whole = [hsds.organization(points, edition(), each["id"]) for each in organisations]
    assert list(again(whole).points) == points
    services = [hsds.service(points, edition(), each["id"]) for each in hsds.services(points, edition())["contents"]]
    offering = [point for point in points if point.offers]
    if services:
        assert list(again(services).points) == offering


def test_a_translation_keeps_how_far_it_can_be_relied_on() -> None:
    source = Translation({"title": "Chor"})
    wording = Wording("de", {
        "de": source, "en": Translation({"title": "Choir"}, made_from=source.fingerprint),
        "ar": Translation({"title": "جوقة"}, machine=True, made_from=source.fingerprint),
        "uk": Translation({"title": "Хор"}, made_from="0" * 16),
    })  # fmt: skip
    (point,) = again(hsds.whole([a_point(offers=(replace(CHOIR, wording=wording),))], edition("en"))).points
    found = point.offers[0].wording
    assert {code: each.state(found.source) for code, each in found.translations.items()} == {
        "de": State.SOURCE, "en": State.HUMAN, "ar": State.MACHINE, "uk": State.OUTDATED,
    }  # fmt: skip


def test_what_claims_to_be_ours_is_read_as_carefully_as_all_else() -> None:
    """A rule, a zone, a day, a language and an address that are none, and mark-up."""
    hostile = replace(
        SINGING, contact=Contact(website="javascript:alert(1)"),
        hours=(Hours(DAY, rule="FREQ=SECONDLY", zone="../etc"),), languages=("xqzt",),
        wording=Wording("de", {"de": Translation({"title": "<script>x</script>Singen", "secret": "x"})}),
    )  # fmt: skip
    reading = again(hsds.whole([replace(HOUSE, offers=(hostile,))], edition()))
    (offer,) = reading.points[0].offers
    assert offer.contact.website == ""
    assert (offer.hours, offer.languages) == ((Hours(DAY),), ())
    assert offer.wording.source.texts == {"title": "Singen"}
    assert {each.expected for each in reading.faults} == {
        Expected.RULE, Expected.ZONE, Expected.WEBSITE, Expected.PLAIN_TEXT, Expected.LANGUAGE, Expected.INTEREST,
    }  # fmt: skip


# --- GeoJSON -----------------------------------------------------------------------------------------


@FEW
@given(any_points())
def test_what_geojson_gives_away_comes_back_but_for_places_without_a_point_on_the_map(points: list[Point]) -> None:
    located = [point for point in points if point.address.lat is not None]
    reading = again(feature_collection(points, edition()))
    assert list(reading.points) == located
    if located:
        missing = len(points) - len(located)
        told = [(each.found, each.expected, each.effect) for each in reading.faults]
        assert told == [(str(missing), Expected.WITHOUT_PLACE, Effect.REFUSED)][: bool(missing)]


# --- tables ------------------------------------------------------------------------------------------


def as_a_table_has_it(point: Point) -> Point:
    """One language, whom to ask once for the place, and of a place with offers no day and no closing of its own."""

    def alone(wording: Wording) -> Wording:
        return Wording("de", {"de": Translation(wording.source.texts)})

    offers = tuple(
        replace(
            offer, wording=alone(offer.wording), contact=Contact(), closed=offer.closed, confirmed_on=DAY,
            hours=tuple(sorted(offer.hours, key=lambda each: (each.first_day, repr(each)))),
        )
        for offer in point.offers
    )  # fmt: skip
    return replace(
        point, wording=alone(point.wording), offers=offers, confirmed_on=DAY, modified_at=None,
        closed=point.closed and not offers,
    )  # fmt: skip


@FEW
@given(any_points().map(lambda points: [as_a_table_has_it(each) for each in points]), st.booleans())
def test_what_a_table_carries_comes_back(points: list[Point], packed: bool) -> None:
    content = as_csv(points, edition()) if not packed else as_xlsx(points, edition())
    reading = again(content)
    assert (list(reading.points), reading.faults) == (points, ())


# --- from one Wegnetz to another ---------------------------------------------------------------------


@pytest.fixture
def steering(cast: Cast) -> Viewer:
    return next(colleague.viewer for colleague in cast.colleagues if colleague.viewer.role == "steering")


@DB
@pytest.mark.parametrize("name", ["orte-hsds.json", "orte.geojson", "orte.csv", "orte.xlsx"])
def test_a_second_wegnetz_reads_the_file_of_the_first_and_nothing_new_the_second_time(
    name: str, steering: Viewer, client: Client
) -> None:
    for each in (HOUSE, GROUP):
        made = save_point(None, each, by=steering)
        for offer in each.offers:
            hours = tuple(hours for hours in offer.hours if "SECONDLY" not in hours.rule and hours.zone != "?")
            clean = offer if offer is SINGING else replace(offer, wording=CHOIR.wording)
            save_offer(made, None, replace(clean, contact=Contact(), concepts=("music",), hours=hours), by=steering)
    before = given_away()
    content = client.get(f"/de/orte/{name}").content
    ContactPoint.objects.all().delete()
    source = ensure_source(name="Nachbarstadt", kind="", attribution="", licence="", by=steering)
    points = read(File(BytesIO(content))).points
    take_over(source, points, by=steering, on=DAY)
    rows = sorted(ContactPoint.objects.values_list("key", flat=True))
    located = [point for point in before if name != "orte.geojson" or point.address.lat is not None]
    assert rows == sorted(point.key for point in located)
    assert Offer.objects.count() == sum(len(point.offers) for point in located)
    if name == "orte-hsds.json":
        stored = {point.key: point for point in points}
        assert stored == {point.key: replace(point, offers=tuple(sorted(point.offers, key=lambda each: each.key)))
                          for point in before}  # fmt: skip
    second = plan_import(source, read(File(BytesIO(content))).points)
    assert {each.what for each in second.planned} == {What.SAME}
