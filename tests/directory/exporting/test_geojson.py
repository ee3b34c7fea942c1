"""A map: degrees in the order of RFC 7946, nothing made up for those that have none, and all the rest to read back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.directory.exporting.invented import ARABIC, EDITION, GROUP, HOUSE, POINTS, SINGING
from wegnetz.directory.entries import Address, Point
from wegnetz.directory.exporting.edition import Edition
from wegnetz.directory.exporting.geojson import feature_collection


def collection(*points: Point, edition: Edition = EDITION) -> dict[str, Any]:
    found = json.loads(json.dumps(feature_collection(points, edition), allow_nan=False))
    assert isinstance(found, dict)
    return found


def test_only_what_has_degrees_is_on_the_map_and_the_others_are_counted() -> None:
    found = collection(*POINTS)
    assert {name: value for name, value in found.items() if name != "features"} == {
        "type": "FeatureCollection", "language": "de", "license": "https://www.govdata.de/dl-de/zero-2-0",
        "attribution": "Erfundene Stadt", "without_place": 1,
    }  # fmt: skip
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [6.79, 51.21]}
    assert (feature["type"], len(feature["id"])) == ("Feature", 36)
    assert collection(GROUP)["features"] == []


def test_the_properties_of_a_contact_point() -> None:
    (feature,) = collection(*POINTS)["features"]
    nested = ("hours", "wording", "offers")
    assert {name: value for name, value in feature["properties"].items() if name not in nested} == {
        "key": "haus", "name": "Erfundenes Haus", "text_language": "de", "page": "https://wegnetz.example/orte/haus",
        "operator": "Träger e. V. (erfunden)", "street": "Nirgendweg 7", "postcode": "40999", "town": "Düsseldorf",
        "district": "Nirgendwo", "country": "DE", "accessible": False, "closed": False, "confirmed_on": "2026-01-15",
        "modified_at": "2026-02-20T09:30:00+00:00", "email": "haus@haus.example", "phone": "+49 211 0000001",
        "website": "https://haus.example", "interests": ["singing", "taken-out"], "attribution": "Erfundene Stadt",
        "license": "https://www.govdata.de/dl-de/zero-2-0",
    }  # fmt: skip
    assert feature["properties"]["wording"] == {
        "source": "de",
        "texts": {
            "de": {"name": "Erfundenes Haus", "directions": "Bus 700 bis Nirgendwo"}, "ar": {"name": "بيت مخترع"},
        },
    }  # fmt: skip


def test_an_offer_stands_in_its_contact_point() -> None:
    (feature,) = collection(*POINTS)["features"]
    singing = feature["properties"]["offers"][0]
    assert {name: value for name, value in singing.items() if name != "wording"} == {
        "key": "singen", "page": "https://wegnetz.example/orte/haus#singen", "interests": ["singing", "taken-out"],
        "interest_labels": ["Singen", "taken-out"], "languages": ["de", "ar"], "interpreter": True, "age_from": 16,
        "age_to": 27, "cost_cents": 250, "women_only": False, "capacity": 12, "contact": "Frau Erfunden",
        "email": "singen@haus.example", "phone": "+49 211 0000000", "website": "https://haus.example/singen",
        "confirmed_on": "2026-02-14", "closed": False,
        "hours": [{
            "first_day": "2026-03-02", "opens": "18:00", "closes": "20:00", "zone": "Europe/Berlin",
            "rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231", "but_not_on": ["2026-04-07"],
        }],
    }  # fmt: skip
    assert singing["wording"]["made_by_machine"] == ["ar"]
    assert singing["wording"]["made_from"] == {
        "ar": SINGING.wording.source.fingerprint, "fr": "0123456789abcdef",
    }  # fmt: skip


def test_a_name_is_in_the_language_that_was_asked_for_or_says_which_it_is_in() -> None:
    names = [
        (feature["properties"]["name"], feature["properties"]["text_language"])
        for edition in (ARABIC, replace(EDITION, language="fr"))
        for feature in collection(HOUSE, edition=edition)["features"]
    ]
    assert names == [("بيت مخترع", "ar"), ("Erfundenes Haus", "de")]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_degrees_lose_less_than_a_centimetre(lat: float, lon: float) -> None:
    (feature,) = collection(replace(HOUSE, address=Address(lat=lat, lon=lon)))["features"]
    found_lon, found_lat = feature["geometry"]["coordinates"]
    assert abs(found_lat - lat) <= 5.1e-8
    assert abs(found_lon - lon) <= 5.1e-8
