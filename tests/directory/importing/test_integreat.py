"""Integreat: locations and events in several languages, joined by the ids they name."""

from __future__ import annotations

import json
from datetime import date, time
from io import BytesIO
from typing import Any

import pytest

from tests.directory.importing.written import said, told
from wegnetz.directory.entries import Address, Contact, Hours
from wegnetz.directory.importing.outcome import Effect, Expected, Kind, Reading
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason


def day(*slots: tuple[str, str], **more: bool) -> dict[str, Any]:
    return {"allDay": False, "closed": not slots, "appointmentOnly": False,
            "timeSlots": [{"start": start, "end": end} for start, end in slots], **more}  # fmt: skip


WEEK = [day(("10:00", "13:00"), ("15:00", "18:00")), day(("10:00", "13:00")), day(),
        day(closed=False, appointmentOnly=True),
        day(closed=False, allDay=True), day(), day()]  # fmt: skip


def place(id_: int, title: str, others: dict[str, int | None] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": id_, "title": title, "content": f"<p>{title}: <b>alles</b></p>", "excerpt": "kurz", "path": "/x/",
        "available_languages": {language: {"id": number} for language, number in (others or {}).items()},
        "opening_hours": None, "temporarily_closed": False, "barrier_free": True, "contacts": [],
        "last_updated": "2026-05-02T10:00:00+02:00", "organization": {"id": 3, "name": "Verein", "website": "https://v.example"},
        "location": {"id": 44, "name": "Haus", "address": "Weg 4", "town": "Augsburg", "postcode": "86150",
                     "country": "Deutschland", "latitude": 48.4, "longitude": 10.9},
        **more,
    }  # fmt: skip


def event(id_: int, title: str, others: dict[str, int | None] | None = None, **more: Any) -> dict[str, Any]:
    times = {"id": 9, "start": "2030-07-02T18:00:00+02:00", "end": "2030-07-02T20:00:00+02:00", "all_day": False,
             "timezone": "Europe/Berlin", **more.pop("event", {})}  # fmt: skip
    return place(id_, title, others, **{"event": times, "recurrence_rule": None, **more})


def answers(*given: tuple[str, Any]) -> Reading:
    return read(*(File(BytesIO(json.dumps(data).encode()), language) for language, data in given))


def test_a_location_is_a_point_in_all_its_languages() -> None:
    reading = answers(("de", [place(2, "Ort", {"en": 3})]), ("en", [place(3, "Place", {"de": 2}, barrier_free=False)]))
    assert (reading.kind, reading.faults) == (Kind.INTEGREAT, ())
    (point,) = reading.points
    assert {language: dict(each.texts) for language, each in point.wording.translations.items()} == {
        "de": {"name": "Ort", "description": "Ort: alles"}, "en": {"name": "Place", "description": "Place: alles"}
    }  # fmt: skip
    assert (point.key, point.wording.language, point.operator) == ("location:44", "de", "Verein")
    assert point.address == Address("Weg 4", "86150", "Augsburg", lat=48.4, lon=10.9)
    # All but the words comes from the source language.
    assert (point.accessible, point.contact) == (True, Contact(website="https://v.example"))


def test_one_side_that_names_the_other_is_enough() -> None:
    one = answers(("de", [place(2, "Ort", {"en": 3})]), ("en", [place(3, "Place")]))
    other = answers(("de", [place(2, "Ort")]), ("en", [place(3, "Place", {"de": 2})]))
    assert one.points == other.points
    assert len(one.points) == 1


def test_what_is_there_in_another_language_only_has_that_as_its_source() -> None:
    reading = answers(("de", [place(2, "Ort")]), ("ar", [place(9, "مكان", location={"id": 45, "name": "x"})]))
    assert [(point.key, point.wording.language) for point in reading.points] == [
        ("location:44", "de"),
        ("location:45", "ar"),
    ]


def test_days_by_appointment_are_not_open_and_that_is_written_down() -> None:
    reading = answers(
        ("de", [place(2, "Ort", {"ar": 3}, opening_hours=WEEK)]), ("ar", [place(3, "مكان", opening_hours=WEEK)])
    )
    (point,) = reading.points
    assert point.hours == (
        Hours(date(2024, 1, 1), time(10), time(13), "FREQ=WEEKLY;BYDAY=MO,TU"),
        Hours(date(2024, 1, 1), time(15), time(18), "FREQ=WEEKLY;BYDAY=MO"),
        Hours(date(2024, 1, 5), rule="FREQ=WEEKLY;BYDAY=FR"),
    )
    assert point.wording.source.texts["description"] == "Ort: alles\n\nNur nach Terminvereinbarung: Do."
    assert point.wording.translations["ar"].texts["description"] == "مكان: alles"
    assert told(reading) == [(1, "de.opening_hours", "appointmentOnly (Thu)", Expected.APPOINTMENT, Effect.LEFT_OUT)]


def test_a_day_that_ends_before_it_begins_has_no_end() -> None:
    reading = said([place(2, "Ort", opening_hours=[day(("16:00", "15:00")), day(("22:00", "02:00")), *[day()] * 5])])
    assert reading.points[0].hours == (
        Hours(date(2024, 1, 1), time(16), None, "FREQ=WEEKLY;BYDAY=MO"),
        Hours(date(2024, 1, 2), time(22), time(2), "FREQ=WEEKLY;BYDAY=TU"),
    )
    assert [(fault.found, fault.expected) for fault in reading.faults] == [("16:00-15:00", Expected.LATER_END)]


def test_whom_to_ask_is_the_first_who_says_it() -> None:
    people = [
        {"name": "Amal", "area_of_responsibility": "Leitung", "email": "kaputt", "phone_number": None},
        {"name": "Ben", "email": "ben@x.example", "phone_number": "0821 1234", "website": "javascript:x"},
    ]
    reading = said([place(2, "Ort", contacts=people)])
    assert reading.points[0].contact == Contact("Amal – Leitung", "ben@x.example", "0821 1234", "https://v.example")
    assert {(fault.column, fault.expected) for fault in reading.faults} == {
        ("de.contacts.email", Expected.EMAIL), ("de.contacts.website", Expected.WEBSITE)
    }  # fmt: skip


def test_an_event_is_an_offer_at_its_location() -> None:
    rule = "DTSTART:20300702T160000\nRRULE:FREQ=WEEKLY;UNTIL=20311231T235959;BYDAY=TU\nEXDATE:20300709T160000"
    reading = answers(
        ("de", [place(2, "Ort"), event(5, "Tanz", {"en": 6}, recurrence_rule=rule)]), ("en", [event(6, "Dance")])
    )
    assert reading.faults == ()
    (point,) = reading.points
    (offer,) = point.offers
    assert (point.wording.source.texts["name"], offer.key) == ("Ort", "event:9")
    assert {language: each.texts["title"] for language, each in offer.wording.translations.items()} == {
        "de": "Tanz",
        "en": "Dance",
    }
    assert offer.hours == (
        Hours(date(2030, 7, 2), time(18), time(20), "FREQ=WEEKLY;UNTIL=20311231T235959;BYDAY=TU", (date(2030, 7, 9),)),
    )


@pytest.mark.parametrize(
    ("more", "key", "address"),
    [
        ({}, "location:44", Address("Weg 4", "86150", "Augsburg", lat=48.4, lon=10.9)),
        ({"location": {"id": None, "name": None}}, "organization:3", Address()),
        ({"location": {"id": None}, "organization": None}, "event:9", Address()),
    ],
)
def test_an_event_without_a_location_that_was_read_has_a_point_all_the_same(
    more: dict[str, Any], key: str, address: Address
) -> None:
    (point,) = said([event(5, "Tanz", **more)]).points
    assert (point.key, point.address, len(point.offers)) == (key, address, 1)


def test_a_recurring_event_that_comes_day_by_day_is_one_offer_in_all_its_languages() -> None:
    def days(id_: int, title: str) -> list[dict[str, Any]]:
        """As the service gives them when it is not asked to combine: one id, and no ids of other languages."""
        starts = (f"2030-07-{day:02}T18:00:00+02:00" for day in (2, 9, 16))
        return [event(id_, title, {"en": None}, recurrence_rule="RRULE:FREQ=WEEKLY;BYDAY=TU",
                      event={"start": start, "end": None}) for start in starts]  # fmt: skip

    reading = answers(("de", days(5, "Tanz")), ("en", days(6, "Dance")))
    assert reading.faults == ()
    ((offer,),) = (point.offers for point in reading.points)
    assert sorted(offer.wording.translations) == ["de", "en"]
    assert offer.hours == (Hours(date(2030, 7, 2), time(18), rule="FREQ=WEEKLY;BYDAY=TU"),)


def test_days_of_one_event_that_come_one_by_one_are_one_offer() -> None:
    reading = said([event(5, "Tanz"), event(6, "Tanz", event={"start": "2030-07-09T18:00:00+02:00", "end": None})])
    ((offer,),) = (point.offers for point in reading.points)
    assert [hours.first_day for hours in offer.hours] == [date(2030, 7, 2), date(2030, 7, 9)]


@pytest.mark.parametrize(
    ("times", "hours"),
    [
        ({"timezone": "UTC"}, Hours(date(2030, 7, 2), time(16), time(18), zone="UTC")),
        (
            {"start": "2030-07-02T20:00:00+02:00", "end": "2030-07-03T01:00:00+02:00"},
            Hours(date(2030, 7, 2), time(20), time(1)),
        ),
        (
            {"end": "2030-07-12T20:00:00+02:00", "only_weekdays": True},
            Hours(date(2030, 7, 2), time(18), time(20), "FREQ=WEEKLY;UNTIL=20300712;BYDAY=MO,TU,WE,TH,FR"),
        ),
        ({"all_day": True, "end": "2030-07-04T23:59:59+02:00"}, Hours(date(2030, 7, 2), rule="FREQ=DAILY;COUNT=3")),
        (
            {"start": None, "start_date": "2030-07-02", "start_time": "18:00:00"},
            Hours(date(2030, 7, 2), time(18), time(20)),
        ),
    ],
)
def test_times_of_events_are_those_of_the_place(times: dict[str, Any], hours: Hours) -> None:
    reading = said([event(5, "Tanz", event=times)])
    assert ([point.offers[0].hours for point in reading.points], reading.faults) == ([(hours,)], ())


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"event": {"timezone": "../../etc/passwd"}}, Expected.ZONE),
        ({"event": {"timezone": "Mars/Olympus"}}, Expected.ZONE),
        ({"event": {"end": "2030-07-05T20:00:00+02:00"}}, Expected.TIME),
        ({"event": {"start": "bald"}}, Expected.DATE),
        ({"recurrence_rule": "RRULE:FREQ=SECONDLY"}, Expected.RULE),
        ({"recurrence_rule": "RRULE:FREQ=DAILY\nEXDATE:morgen"}, Expected.DATE),
        ({"opening_hours": "immer"}, None),
    ],
)
def test_what_cannot_be_read_of_an_event_is_said_and_the_event_is_there(
    more: dict[str, Any], expected: Expected | None
) -> None:
    reading = said([event(5, "Tanz", **more)])
    assert [offer.wording.source.texts["title"] for point in reading.points for offer in point.offers] == ["Tanz"]
    assert {fault.expected for fault in reading.faults} == ({expected} if expected else {Expected.ENTRY})


def test_a_broken_entry_hides_no_other() -> None:
    reading = said(
        [place(2, "Ort"), "Unsinn", {"id": 3}, place(4, "", location={"id": 46}), place(5, "Ort", location={"id": 44})]
    )
    assert [point.key for point in reading.points] == ["location:44"]
    assert [(fault.where, fault.expected, fault.effect) for fault in reading.faults] == [
        (2, Expected.ENTRY, Effect.REFUSED), (3, Expected.ENTRY, Effect.REFUSED), (4, Expected.NAME, Effect.REFUSED),
        (5, Expected.ID_ONCE, Effect.REFUSED),
    ]  # fmt: skip


def test_a_place_in_the_gulf_of_guinea_is_one_that_nobody_looked_up() -> None:
    (point,) = said([place(2, "Ort", location={"id": 4, "name": "x", "latitude": 0.0, "longitude": 0.0})]).points
    assert point.address.lat is None


def test_a_fault_that_is_met_twice_is_said_once() -> None:
    reading = said([place(2, "Ort", opening_hours=WEEK[:3])])
    assert told(reading) == [(1, "de.opening_hours", "3", Expected.HOURS, Effect.LEFT_OUT)]


def test_no_html_comes_through() -> None:
    reading = said([place(2, "<b>Ort</b>", content="<p>Hallo</p><script>alert(1)</script>&lt;img src=x&gt;")])
    assert reading.points[0].wording.source.texts["description"] == "Hallo\n\n‹img src=x>"


def test_files_of_other_formats_do_not_come_in_several() -> None:
    with pytest.raises(ReadRefusedError) as caught:
        read(File(BytesIO(b"Name;Stadt\na;b")), File(BytesIO(b"Name;Stadt\nc;d")))
    assert caught.value.reason is Reason.ONE_FILE
