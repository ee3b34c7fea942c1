"""HSDS 3.1: the shapes of Open Referral, one language to be seen and none lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.exporting.invented import ARABIC, EDITION, GROUP, HOUSE, POINTS, SINGING
from wegnetz.directory.entries import Hours, Offer, Point, Translation, Wording
from wegnetz.directory.exporting import hsds

ROOT = Path(__file__).parents[3]
SAMPLES = Path(os.environ.get("WEGNETZ_SAMPLES", ROOT.parent / "shared" / "data")) / "hsds"
Json = dict[str, Any]


def ids(page: Json) -> list[str]:
    return [entry["id"] for entry in page["contents"]]


def singing(**changes: Any) -> Json:
    house = replace(HOUSE, offers=(replace(SINGING, **changes),))
    return hsds.service([house], EDITION, ids(hsds.services([house], EDITION))[0])


def schedule(hours: Hours) -> Json:
    return dict(singing(hours=(hours,))["schedules"][0])


def attributes(thing: Json, kind: str) -> list[tuple[str, str]]:
    return [(each["label"], each["value"]) for each in thing["attributes"] if each["link_type"] == kind]


# --- shapes ------------------------------------------------------------------------------------------


def test_a_service_has_what_hsds_calls_by_other_names() -> None:
    found = singing()
    assert {name: found[name] for name in found if not isinstance(found[name], list)} == {
        "id": "3ec9fe10-f332-5189-875d-9837e7d8c7b2",
        "organization_id": "994a9ce1-ab6e-500a-8b77-8ebdaa543c4c",
        "name": "Singen am Dienstag",
        "description": "Wir singen, was Spaß macht.",
        "url": "https://haus.example/singen",
        "email": "singen@haus.example",
        "status": "active",
        "interpretation_services": "Es wird gedolmetscht.",
        "application_process": "Einfach kommen.",
        "minimum_age": 16,
        "maximum_age": 27,
        "assured_date": "2026-02-14",
        "last_modified": "2026-02-20T09:30:00+00:00",
        "organization": {
            "id": "994a9ce1-ab6e-500a-8b77-8ebdaa543c4c", "name": "Träger e. V. (erfunden)", "description": "",
        },
    }  # fmt: skip


def test_what_hangs_on_a_service() -> None:
    found = singing()
    assert [(each["code"], each["name"]) for each in found["languages"]] == [("de", "Deutsch"), ("ar", "Arabisch")]
    assert [(each["amount"], each["currency"]) for each in found["cost_options"]] == [(2.5, "EUR")]
    (capacity,) = found["capacities"]
    assert (capacity["available"], capacity["maximum"], capacity["unit"]["name"]) == (12, 12, "seat")
    assert capacity["updated"] == "2026-02-14T00:00:00.000+00:00"
    (contact,) = found["contacts"]
    assert (contact["name"], contact["phones"][0]["number"]) == ("Frau Erfunden", "+49 211 0000000")
    assert found["additional_urls"][0]["url"] == "https://wegnetz.example/orte/haus#singen"
    assert attributes(found, "interest") == [("Singen", "singing"), ("taken-out", "taken-out")]
    term = found["attributes"][0]["taxonomy_term"]
    assert (term["code"], term["name"], term["description"], term["language"]) == (
        "singing", "Singen", "Singen, Chor", "de",
    )  # fmt: skip


def test_the_place_of_a_service() -> None:
    (meeting,) = singing()["service_at_locations"]
    place = meeting["location"]
    assert (place["latitude"], place["longitude"], place["location_type"]) == (51.21, 6.79, "physical")
    assert place["transportation"] == "Bus 700 bis Nirgendwo"
    assert [(each["description"], each["details"]) for each in place["accessibility"]] == [
        ("Nicht barrierefrei für Rollstühle.", "wheelchair=no")
    ]
    (address,) = place["addresses"]
    assert {name: value for name, value in address.items() if name != "id"} == {
        "address_1": "Nirgendweg 7", "city": "Düsseldorf", "state_province": "", "postal_code": "40999",
        "country": "DE", "address_type": "physical", "region": "Nirgendwo",
    }  # fmt: skip
    assert {name: place["schedules"][0][name] for name in ("freq", "byday", "opens_at", "closes_at")} == {
        "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "10:00+01:00", "closes_at": "18:00+01:00",
    }  # fmt: skip


def test_what_no_field_would_take_is_a_fact_beside_it() -> None:
    service = hsds.service(POINTS, EDITION, ids(hsds.services(POINTS, EDITION))[1])
    assert "email" not in service
    assert "url" not in service
    facts = attributes(service, "fact")
    assert ("email", "no address") in facts
    assert ("website", "javascript:alert(1)") in facts
    assert ("women_only", "yes") in facts
    assert service["eligibility_description"] == "Nur für Frauen und Mädchen."
    assert service["cost_options"][0]["amount"] == 0


def test_a_group_without_a_place_is_virtual_and_stands_for_itself() -> None:
    whole = hsds.organization(POINTS, EDITION, ids(hsds.organizations(POINTS, EDITION))[1])
    assert (whole["name"], whole["description"]) == ("=1+1", "Trifft sich im Park.")
    (place,) = whole["locations"]
    assert (place["location_type"], "addresses" in place, "services" in whole) == ("virtual", False, False)


def test_an_organisation_has_all_its_places_and_services() -> None:
    second = replace(GROUP, operator=HOUSE.operator)
    points = (HOUSE, second)
    (only,) = ids(hsds.organizations(points, EDITION))
    whole = hsds.organization(points, EDITION, only)
    assert [place["external_identifier"] for place in whole["locations"]] == ["haus", "gruppe"]
    assert [service["additional_urls"][0]["url"] for service in whole["services"]] == [
        "https://wegnetz.example/orte/haus#singen", "https://wegnetz.example/orte/haus#%3DHYPERLINK%281%29",
    ]  # fmt: skip


def test_whether_there_is_an_interpreter() -> None:
    said = [singing(interpreter=known).get("interpretation_services") for known in (True, False, None)]
    assert said == ["Es wird gedolmetscht.", "nein", None]
    assert ("interpreter", "no") in attributes(singing(interpreter=False), "fact")


@pytest.mark.parametrize(("offer", "point"), [(True, False), (False, True)])
def test_what_does_not_take_place_is_closed_for_now(offer: bool, point: bool) -> None:
    house = replace(HOUSE, closed=point, offers=(replace(SINGING, closed=offer),))
    assert hsds.services([house], EDITION)["contents"][0]["status"] == "temporarily closed"


# --- when --------------------------------------------------------------------------------------------


def test_a_weekly_schedule_with_what_hsds_cannot_say_beside_it() -> None:
    found = singing()["schedules"][0]
    assert {name: value for name, value in found.items() if name not in ("id", "attributes")} == {
        "dtstart": "2026-03-02", "valid_from": "2026-03-02", "timezone": 1.0, "freq": "WEEKLY", "interval": 1,
        "byday": "TU", "until": "2026-12-31", "opens_at": "18:00+01:00", "closes_at": "20:00+01:00",
    }  # fmt: skip
    assert attributes(found, "fact") == [
        ("tzid", "Europe/Berlin"), ("rrule", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231"), ("exdate", "2026-04-07"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY", {"freq": "WEEKLY", "interval": 1, "byday": "MO,TU,WE,TH,FR,SA,SU"}),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", {"freq": "MONTHLY", "interval": 1, "byday": "2TU"}),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", {"freq": "MONTHLY", "interval": 1, "bymonthday": "-1", "count": 3}),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", {"freq": "WEEKLY", "interval": 2, "byday": "MO", "wkst": "SU"}),
        ("FREQ=DAILY;INTERVAL=3", {}),
        ("FREQ=YEARLY", {}),
        ("FREQ=WEEKLY;BYMONTH=5", {}),
    ],
)
def test_what_repeats_by_weeks_and_months_and_nothing_that_would_be_wrong(rule: str, expected: Json) -> None:
    found = schedule(Hours(date(2026, 3, 2), rule=rule))
    repeats = ("freq", "interval", "byday", "bymonthday", "until", "count", "wkst", "valid_to")
    assert {name: found[name] for name in repeats if name in found} == expected
    assert ("rrule", rule) in attributes(found, "fact")


def test_once_is_valid_on_one_day_by_the_offset_of_that_day() -> None:
    found = schedule(Hours(date(2026, 7, 4), time(18)))
    assert (found["valid_from"], found["valid_to"], found["opens_at"]) == ("2026-07-04", "2026-07-04", "18:00+02:00")
    assert found["timezone"] == 2.0


def test_a_rule_that_is_refused_is_said_and_not_followed() -> None:
    found = schedule(Hours(date(2026, 7, 5), time(9), rule="FREQ=SECONDLY"))
    assert {name: value for name, value in found.items() if name not in ("id", "attributes")} == {
        "dtstart": "2026-07-05", "description": "FREQ=SECONDLY",
    }  # fmt: skip
    assert ("opens", "09:00") in attributes(found, "fact")


# --- languages ---------------------------------------------------------------------------------------


def test_one_language_is_seen_and_none_is_lost() -> None:
    german, arabic = singing(), hsds.service(POINTS, ARABIC, ids(hsds.services(POINTS, ARABIC))[0])
    assert arabic["name"] == "الغناء يوم الثلاثاء"
    assert arabic["description"] == german["description"]  # nobody said it in Arabic
    said = [
        (each["taxonomy_term"]["code"], each["label"], each["value"])
        for each in german["attributes"]
        if each["link_type"] == "translation"
    ]
    assert said == [
        ("de", "title", "Singen am Dienstag"),
        ("de", "description", "Wir singen, was Spaß macht."),
        ("de", "joining", "Einfach kommen."),
        ("de", "state", "source"),
        ("ar", "title", "الغناء يوم الثلاثاء"),
        ("ar", "state", "machine"),
        ("ar", "machine", "yes"),
        ("ar", "made_from", SINGING.wording.source.fingerprint),
        ("fr", "title", "Chanter le lundi"),
        ("fr", "state", "outdated"),
        ("fr", "made_from", "0123456789abcdef"),
    ]


words = st.text(min_size=1, max_size=20)
wordings = st.dictionaries(
    st.sampled_from(["de", "ar", "fr", "ti"]),
    st.builds(
        Translation, st.dictionaries(st.sampled_from(["title", "description", "cost"]), words, min_size=1),
        st.booleans(), st.sampled_from(["", "0123456789abcdef"]),
    ),
    min_size=1,
).map(lambda translations: Wording(next(iter(translations)), translations))  # fmt: skip


def read_back(service: Json) -> Wording:
    texts: dict[str, Json] = {}
    for each in service["attributes"]:
        if each["link_type"] == "translation":
            texts.setdefault(each["taxonomy_term"]["code"], {})[each["label"]] = each["value"]
    (source,) = [value for label, value in attributes(service, "fact") if label == "source_language"]
    meta = ("state", "machine", "made_from")
    return Wording(
        source,
        {
            language: Translation(
                {label: text for label, text in said.items() if label not in meta},
                said.get("machine") == "yes", said.get("made_from", ""),
            )
            for language, said in texts.items()
        },
    )  # fmt: skip


@given(wordings)
def test_every_wording_can_be_read_back(wording: Wording) -> None:
    assert read_back(json.loads(json.dumps(singing(wording=wording)))) == wording


# --- lists and single things --------------------------------------------------------------------------


def test_a_list_comes_by_pages() -> None:
    whole = hsds.services(POINTS, EDITION)
    first, second, behind = (hsds.services(POINTS, EDITION, page=page, size=1) for page in (1, 2, 3))
    assert {name: value for name, value in first.items() if name != "contents"} == {
        "total_items": 2, "total_pages": 2, "page_number": 1, "size": 1, "first_page": True, "last_page": False,
        "empty": False, "language": "de", "license": EDITION.licence, "attribution": "Erfundene Stadt",
    }  # fmt: skip
    assert ids(first) + ids(second) == ids(whole)
    assert (second["last_page"], behind["empty"], behind["contents"], behind["size"]) == (True, True, [], 0)
    empty = hsds.services([], EDITION)
    assert (empty["total_items"], empty["total_pages"], empty["first_page"], empty["last_page"]) == (0, 1, True, True)
    for page, size in ((0, 1), (1, 0)):
        with pytest.raises(ValueError, match=f"page {page} of {size}"):
            hsds.services(POINTS, EDITION, page=page, size=size)


def test_interests_are_one_taxonomy() -> None:
    (taxonomy,) = hsds.taxonomies(EDITION)["contents"]
    terms = hsds.taxonomy_terms(ARABIC)["contents"]
    assert (taxonomy["name"], taxonomy["uri"]) == ("wegnetz-interests", "https://wegnetz.example/orte")
    assert [(term["code"], term["name"], term["language"], term["taxonomy_id"]) for term in terms] == [
        ("music", "Musik", "de", taxonomy["id"]), ("singing", "الغناء", "ar", taxonomy["id"]),
    ]  # fmt: skip
    assert (terms[1]["parent_id"], "parent_id" in terms[0]) == (terms[0]["id"], False)
    assert hsds.taxonomy_term(ARABIC, terms[1]["id"]) == terms[1]


@pytest.mark.parametrize("find", [hsds.service, hsds.organization, hsds.service_at_location])
def test_what_is_not_given_away_is_not_found(find: Callable[..., Json]) -> None:
    with pytest.raises(hsds.NotGivenError) as refusal:
        find(POINTS, EDITION, "00000000-0000-0000-0000-000000000000")
    assert refusal.value.args == ("00000000-0000-0000-0000-000000000000",)


def test_identifiers_stay_and_those_that_are_given_are_kept() -> None:
    own = "1b671a64-40d5-491e-99b0-da01ff1f3341"
    house = replace(HOUSE, key=own, offers=(replace(SINGING, key=own.replace("1b", "2b")),))
    found = hsds.service_at_locations([house], EDITION)["contents"][0]
    assert (found["location_id"], found["service_id"]) == (own, own.replace("1b", "2b"))
    assert ids(hsds.services(POINTS, EDITION)) == ids(hsds.services(tuple(reversed(POINTS)), ARABIC))


@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), unique=True, max_size=6))
def test_no_two_offers_share_an_identifier(keys: list[tuple[str, str]]) -> None:
    wording = Wording("de", {"de": Translation({"title": "x", "name": "x"})})
    points = [Point(point, wording, offers=(Offer(offer, wording),)) for point, offer in keys]
    assert len(set(ids(hsds.services(points, EDITION)))) == len(keys)


# --- against the schemas of Open Referral ---------------------------------------------------------------


def documents() -> Iterator[tuple[str, Json]]:
    """The name of a schema and what has to fit it."""
    for edition in (EDITION, ARABIC):
        lists = {
            "service": (hsds.services, hsds.service),
            "organization": (hsds.organizations, hsds.organization),
            "service_at_location": (hsds.service_at_locations, hsds.service_at_location),
        }
        for name, (listed, single) in lists.items():
            page = listed(POINTS, edition)
            yield from ((f"{name}_list", entry) for entry in page["contents"])
            yield from ((name, single(POINTS, edition, wanted)) for wanted in ids(page))


def is_uri(value: object) -> bool:
    return not isinstance(value, str) or (value.isascii() and bool(urlsplit(value).scheme and urlsplit(value).netloc))


def is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


CHECKS = jsonschema.FormatChecker()
CHECKS.checks("uri", raises=ValueError)(is_uri)
CHECKS.checks("date-time", raises=ValueError)(is_moment)


if SCHEMAS := sorted(SAMPLES.glob("[!e]*.json")):  # where the compiled schemas of HSDS 3.1 lie beside the project

    @pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
    def test_everything_fits_its_schema(schema: Path) -> None:
        checked = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")), format_checker=CHECKS)
        found = [document for name, document in documents() if name == schema.stem]
        assert found
        assert [
            error.message for document in found for error in checked.iter_errors(json.loads(json.dumps(document)))
        ] == []


def identifiers(thing: object) -> Iterator[str]:
    if isinstance(thing, dict):
        yield from (value for name, value in thing.items() if name == "id" or name.endswith("_id"))
        yield from (each for value in thing.values() for each in identifiers(value))
    if isinstance(thing, list):
        yield from (each for value in thing for each in identifiers(value))


def test_every_identifier_is_a_uuid_as_it_is_usually_written() -> None:
    found = {each for _, document in documents() for each in identifiers(document)}
    assert len(found) > 50
    assert sorted(each for each in found if str(UUID(each)) != each) == []
