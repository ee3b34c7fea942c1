"""HSDS: services, organisations and services at locations, alone, in lists and in pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests.directory.importing.written import said, told
from wegnetz.directory.entries import Address, Contact, Hours
from wegnetz.directory.importing.outcome import Effect, Expected, Kind

ORGANISATION = {
    "id": "o1",
    "name": "Nachbarschaftshaus e. V.",
    "email": "haus@example.org",
    "website": "https://haus.example",
}
NORTH = {
    "id": "n", "name": "Haus Nord", "description": "Zwei Säle.", "transportation": "Bus 7", "latitude": 51.22,
    "longitude": 6.78, "accessibility": [{"id": "a", "description": "Aufzug vorhanden."}],
    "addresses": [{"id": "p", "address_1": "Postfach 1", "city": "Anderswo", "address_type": "postal"},
                  {"id": "q", "address_1": "Weg 4", "address_2": "Hinterhof", "postal_code": "40233",
                   "city": "Düsseldorf",
                   "country": "DE", "address_type": "physical"}],
}  # fmt: skip
SOUTH = {"id": "s", "name": "Haus Süd"}
SERVICE: dict[str, Any] = {
    "id": "t", "name": "Tanzgruppe", "status": "active", "description": "Für alle.", "url": "https://tanz.example",
    "interpretation_services": "Arabisch auf Anfrage", "application_process": "Einfach kommen.", "minimum_age": 14,
    "maximum_age": 27.0, "assured_date": "2026-05-01", "last_modified": "2026-05-02T10:00:00Z",
    "languages": [{"id": "l", "code": "deu"}, {"id": "m", "name": "Arabic"}, {"id": "x", "name": "Klingel"}],
    "cost_options": [{"id": "c", "amount": 2.5, "currency": "eur", "option": "Eintritt"}],
    "schedules": [{"id": "z", "freq": "WEEKLY", "byday": "TU,TH", "opens_at": "16:00", "closes_at": "18:00Z",
                   "valid_to": "2026-12-31"}],
    "phones": [{"id": "f", "number": "0211 1", "type": "fax"}, {"id": "g", "number": "0211 12345", "extension": 7}],
    "capacities": [{"id": "k", "unit": {"id": "u", "name": "Places"}, "available": 3, "maximum": 12, "updated": "x"}],
    "attributes": [
        {"id": "1", "taxonomy_term": {"id": "1", "code": "dance", "taxonomy": "wegnetz-interests"}},
        {"id": "2", "taxonomy_term": {"id": "2", "code": "chess", "taxonomy": "another"}},
        {"id": "3", "taxonomy_term": {"id": "3", "code": "nothing", "taxonomy_detail": {"name": "wegnetz-interests"}}},
    ],
    "organization": ORGANISATION,
}  # fmt: skip


def at(*locations: dict[str, Any], **changed: Any) -> dict[str, Any]:
    links = [{"id": f"link-{each['id']}", "location": each} for each in locations]
    return {**SERVICE, "service_at_locations": links, **changed}


def test_a_service_is_an_offer_at_each_of_its_locations() -> None:
    reading = said(at(NORTH, SOUTH))
    assert reading.kind is Kind.HSDS
    assert [(point.key, [offer.key for offer in point.offers]) for point in reading.points] == [
        ("o1@n", ["t@n"]), ("o1@s", ["t@s"])
    ]  # fmt: skip
    north, south = reading.points
    assert north.wording.source.texts == {
        "name": "Haus Nord", "description": "Zwei Säle.", "directions": "Bus 7\n\nAufzug vorhanden."
    }  # fmt: skip
    assert north.address == Address("Weg 4, Hinterhof", "40233", "Düsseldorf", lat=51.22, lon=6.78)
    assert north.operator == "Nachbarschaftshaus e. V."
    assert north.contact == Contact(email="haus@example.org", website="https://haus.example")
    assert north.modified_at == datetime(2026, 5, 2, 10, tzinfo=UTC)
    assert south.address == Address()


def test_all_that_is_said_of_a_service_is_read() -> None:
    (point,) = said(at(NORTH)).points
    (offer,) = point.offers
    assert offer.wording.source.texts == {
        "title": "Tanzgruppe", "description": "Für alle.", "joining": "Einfach kommen.\n\nArabisch auf Anfrage",
        "cost": "Eintritt 2.5 EUR",
    }  # fmt: skip
    assert (offer.age_from, offer.age_to, offer.cost_cents, offer.capacity) == (14, 27, 250, 12)
    assert (offer.languages, offer.interpreter, offer.concepts) == (("de", "ar"), True, ("dance",))
    assert offer.hours == (
        Hours(date(2024, 1, 2), time(16), time(18), "FREQ=WEEKLY;UNTIL=20261231;BYDAY=TU,TH"),
    )  # fmt: skip
    assert offer.contact == Contact(phone="0211 12345 ext. 7", website="https://tanz.example")
    assert (offer.confirmed_on, offer.closed) == (date(2026, 5, 1), False)


def test_only_terms_of_our_taxonomy_are_interests_and_what_is_unknown_is_said() -> None:
    assert told(said(at(NORTH))) == [
        (1, "attributes.taxonomy_term.code", "nothing", Expected.INTEREST, Effect.LEFT_OUT),
        (1, "languages", "Klingel", Expected.LANGUAGE, Effect.LEFT_OUT),
    ]


def test_without_a_location_the_organisation_is_the_point() -> None:
    (point,) = said(SERVICE).points
    assert (point.key, point.address, [offer.key for offer in point.offers]) == ("o1", Address(), ["t"])
    assert point.wording.source.texts["name"] == "Nachbarschaftshaus e. V."


def test_an_organisation_brings_its_services_and_its_empty_locations() -> None:
    entry = {**ORGANISATION, "services": [at(NORTH, organization=None)], "locations": [NORTH, SOUTH]}
    reading = said(entry)
    assert [(point.key, len(point.offers)) for point in reading.points] == [("o1@n", 1), ("o1@s", 0)]


def test_a_service_at_a_location_is_read_from_its_own_side() -> None:
    link = {
        "id": "x",
        "service": SERVICE,
        "location": NORTH,
        "schedules": [{"id": "y", "dtstart": "2026-10-03", "opens_at": "15:00"}],
    }
    (point,) = said(link).points
    assert (point.key, point.offers[0].key) == ("o1@n", "t@n")
    assert point.offers[0].hours == (Hours(date(2026, 10, 3), time(15)),)


@pytest.mark.parametrize("key", ["contents", "items"])
def test_pages_and_lists_are_read_entry_by_entry(key: str) -> None:
    entries = [at(NORTH), at(SOUTH, id="u", name="Chor"), "Unsinn", {"id": "v", "status": "active"}]
    for data in (entries, {"total_items": 4, key: entries}):
        reading = said(data)
        assert [point.key for point in reading.points] == ["o1@n", "o1@s"]
        assert [fault for fault in told(reading) if fault[-1] is Effect.REFUSED] == [
            (3, "", "Unsinn", Expected.ENTRY, Effect.REFUSED), (4, "", "{…}", Expected.ENTRY, Effect.REFUSED)
        ]  # fmt: skip


def test_an_entry_that_is_there_twice_is_there_once_and_a_second_of_the_same_name_is_said() -> None:
    reading = said([at(NORTH), at(NORTH), at(NORTH, name="Anders")])
    assert [offer.wording.source.texts["title"] for point in reading.points for offer in point.offers] == ["Tanzgruppe"]
    assert [fault[0] for fault in told(reading) if fault[3] is Expected.ID_ONCE] == [3]


@pytest.mark.parametrize(
    ("changed", "field", "value", "expected"),
    [
        ({"minimum_age": 30}, "age_from", None, Expected.AGES),
        ({"minimum_age": "jung"}, "age_from", None, Expected.AGE),
        ({"minimum_age": {"a": 1}}, "age_from", None, Expected.TEXT),
        ({"status": "sleeping"}, "closed", False, Expected.STATUS),
        ({"assured_date": "heute"}, "confirmed_on", None, Expected.DATE),
        ({"cost_options": [{"amount": 5, "currency": "GBP"}]}, "cost_cents", None, Expected.PRICE),
        ({"cost_options": [{"amount": 5}, {"amount": 3}]}, "cost_cents", None, Expected.ONE_PRICE),
        ({"capacities": [{"unit": {"name": "Kilogram"}, "available": 3}]}, "capacity", None, Expected.SEATS),
        ({"schedules": [{"freq": "WEEKLY", "opens_at": "9"}]}, "hours", (), Expected.TIME),
        ({"schedules": [{"freq": "HOURLY", "byday": "MO"}]}, "hours", (), Expected.RULE),
        ({"schedules": [{"freq": "WEEKLY", "byday": "TH,XX", "dtstart": "2026-10-01"}]}, "hours", (), Expected.RULE),
        (
            {"schedules": [{"dtstart": "2026-10-03", "opens_at": "16:00", "closes_at": "15:00"}]},
            "hours",
            (Hours(date(2026, 10, 3), time(16)),),
            Expected.LATER_END,
        ),
        ({"languages": "Deutsch"}, "languages", (), Expected.ENTRY),
        ({"url": "javascript:alert(1)", "phones": []}, "contact", Contact(), Expected.WEBSITE),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_is_there(
    changed: dict[str, Any], field: str, value: Any, expected: Expected
) -> None:
    reading = said(at(NORTH, **changed))
    ((offer,),) = (point.offers for point in reading.points)
    assert getattr(offer, field) == value
    assert expected in {fault.expected for fault in reading.faults}
    assert offer.wording.source.texts["title"] == "Tanzgruppe"


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_what_does_not_take_place_is_closed(status: str) -> None:
    (point,) = said(at(NORTH, status=status)).points
    assert point.offers[0].closed


def test_a_place_that_is_not_on_earth_is_said() -> None:
    reading = said(at({**NORTH, "latitude": 100}))
    assert reading.points[0].address.lat is None
    place = "service_at_locations.location.latitude"
    assert [(fault.column, fault.found) for fault in reading.faults if fault.column.startswith(place)] == [
        (place, "100")
    ]
    alone = said(at({**SOUTH, "longitude": 6.78}))
    assert [(fault.found, fault.expected) for fault in alone.faults if fault.column.startswith(place)] == [
        ("6.78", Expected.PLACE)
    ]


def test_what_is_wrong_in_an_organisation_is_said_of_the_first_of_its_services_only() -> None:
    """In lists of services each one repeats all of its organisation."""
    marked_up, otherwise = {**ORGANISATION, "description": "<b>Für alle</b>"}, {**ORGANISATION, "email": "an uns"}
    entries = [{**at(NORTH), "id": str(number), "organization": marked_up} for number in range(3)]
    reading = said([*entries, {**at(NORTH), "id": "3", "organization": otherwise}])
    assert [fault[:2] for fault in told(reading) if fault[1].startswith("organization")] == [
        (1, "organization.description"), (4, "organization.email")
    ]  # fmt: skip
    assert [point.operator for point in reading.points] == ["Nachbarschaftshaus e. V."]
    assert len(reading.points[0].offers) == 4


def test_of_a_rule_what_makes_no_sense_together_is_left_out_and_said() -> None:
    schedule = {
        "dtstart": "2026-10-05",
        "freq": "WEEKLY",
        "byday": "MO",
        "bymonthday": "2,3",
        "until": "2026-12-31",
        "count": 3,
    }
    reading = said(at(NORTH, schedules=[schedule], attributes=[], languages=[]))
    assert reading.points[0].offers[0].hours == (Hours(date(2026, 10, 5), rule="FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO"),)
    assert sorted(fault.column for fault in reading.faults) == ["schedules.bymonthday", "schedules.count"]


def test_the_language_of_the_file_is_that_of_its_texts() -> None:
    (point,) = said(at(NORTH), language="en").points
    assert (point.wording.language, point.offers[0].wording.language) == ("en", "en")
