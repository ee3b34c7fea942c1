"""An offer for the calendar of a telephone: on the clock of the place, and without anybody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.directory.exporting.invented import ARABIC, EDITION, GROUP, HOUSE, PARTY, REVISION, SINGING
from wegnetz.directory.entries import Hours, Offer, Point, Translation, Wording
from wegnetz.directory.exporting.calendar import offer_calendar
from wegnetz.directory.exporting.edition import Edition
from wegnetz.directory.exporting.times import recurring_of
from wegnetz.engines.occurrences import occurrences

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def read(offer: Offer = SINGING, point: Point = HOUSE, edition: Edition = EDITION) -> Calendar:
    found = Calendar.from_ical(offer_calendar(point, offer, edition, REVISION))
    assert isinstance(found, Calendar)
    return found


def events(offer: Offer = SINGING, point: Point = HOUSE, edition: Edition = EDITION) -> list[Any]:
    return list(read(offer, point, edition).events)


def event(offer: Offer = SINGING, point: Point = HOUSE, edition: Edition = EDITION) -> Any:
    (found,) = events(offer, point, edition)
    return found


def at(*hours: Hours) -> Offer:
    return replace(SINGING, hours=hours)


def test_what_stands_in_it() -> None:
    found = event()
    assert {name: str(found[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "UID")} == {
        "SUMMARY": "Singen am Dienstag",
        "DESCRIPTION": "Wir singen, was Spaß macht.\nEinfach kommen.",
        "LOCATION": "Erfundenes Haus, Nirgendweg 7, 40999 Düsseldorf",
        "URL": "https://wegnetz.example/orte/haus#singen",
        "STATUS": "CONFIRMED",
        "UID": "797816e3-89e9-50f6-9654-8c8c01d11ab0",
    }
    assert (found["GEO"].latitude, found["GEO"].longitude) == (51.21, 6.79)
    assert (found["SEQUENCE"], found["LAST-MODIFIED"].dt) == (3, datetime(2026, 2, 20, 9, 30, tzinfo=UTC))
    assert found["DTSTAMP"].dt == EDITION.made_at
    head = read()
    assert (head["PRODID"], head["VERSION"], head["METHOD"]) == ("-//Wegnetz//Directory//EN", "2.0", "PUBLISH")
    assert "Erfundene Stadt" in str(head["X-WR-CALDESC"])


def test_it_begins_on_the_first_day_of_its_rule() -> None:
    found = event()
    assert found["DTSTART"].dt == datetime(2026, 3, 3, 18, tzinfo=BERLIN)
    assert found["DTEND"].dt == datetime(2026, 3, 3, 20, tzinfo=BERLIN)
    assert found["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert found["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261231T170000Z;BYDAY=TU"
    assert [each.dt for each in found["EXDATE"].dts] == [datetime(2026, 4, 7, 18, tzinfo=BERLIN)]
    assert [zone["TZID"] for zone in read().timezones] == ["Europe/Berlin"]


@pytest.mark.parametrize(
    ("hours", "start", "end"),
    [
        (Hours(date(2026, 7, 4)), date(2026, 7, 4), None),
        (Hours(date(2026, 7, 4), time(18)), datetime(2026, 7, 4, 18, tzinfo=BERLIN), None),
        (
            Hours(date(2026, 7, 4), time(22), time(2)),
            datetime(2026, 7, 4, 22, tzinfo=BERLIN),
            datetime(2026, 7, 5, 2, tzinfo=BERLIN),
        ),
    ],
)
def test_once_whole_days_and_nights(hours: Hours, start: date, end: date | None) -> None:
    found = event(at(hours))
    assert (found["DTSTART"].dt, found["DTEND"].dt if "DTEND" in found else None) == (start, end)
    assert "RRULE" not in found


def test_whole_days_have_days_where_others_have_moments() -> None:
    hours = Hours(date(2026, 3, 3), rule="FREQ=DAILY;UNTIL=20260310T120000Z", but_not_on=(date(2026, 3, 5),))
    text = offer_calendar(HOUSE, at(hours), EDITION, REVISION)
    for line in (b"DTSTART;VALUE=DATE:20260303", b"EXDATE;VALUE=DATE:20260305", b"RRULE:FREQ=DAILY;UNTIL=20260310"):
        assert line + b"\r\n" in text
    assert b"VTIMEZONE" not in text


RULES = (
    "FREQ=DAILY;INTERVAL=3;COUNT=9",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;UNTIL=20260630",
    "FREQ=MONTHLY;BYDAY=2TU,-1TH;COUNT=9",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20261130T093000Z",
    "FREQ=MONTHLY;BYMONTHDAY=31,-1;COUNT=9",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;COUNT=6",
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("first", [date(2026, 3, 3), date(2026, 10, 31)])
def test_another_reader_finds_the_same_moments(rule: str, first: date) -> None:
    hours = Hours(first, time(10, 30), time(12), rule)
    recurring = recurring_of(hours)
    assert recurring
    ours = [found.start.astimezone(UTC) for found in occurrences(recurring, first, date(2030, 1, 1))]
    theirs: list[datetime] = []
    for found in events(at(hours)):
        again = rrulestr(found["RRULE"].to_ical().decode(), dtstart=found["DTSTART"].dt)
        theirs += [moment.astimezone(UTC) for moment in again]
    assert theirs == ours


def test_what_is_no_rule_is_left_out_and_the_rest_stays() -> None:
    assert [found["DTSTART"].dt for found in events(PARTY)] == [date(2026, 7, 4)]
    assert events(at(Hours(date(2026, 3, 3), rule="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"))) == []
    assert events(at()) == []


def test_nobody_stands_in_it() -> None:
    text = offer_calendar(HOUSE, SINGING, EDITION, REVISION).decode()
    contacts = ("Frau Erfunden", "singen@", "0000000", "haus@haus")
    assert [word for word in contacts if word in text.replace("\r\n ", "")] == []
    assert sorted(event()) == [
        "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "EXDATE", "GEO", "LAST-MODIFIED", "LOCATION", "RRULE",
        "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL",
    ]  # fmt: skip


def test_a_hostile_title_makes_no_property() -> None:
    found = event(PARTY)
    assert str(found["SUMMARY"]).replace("\r\n", "\n") == "</script><b>Fest & mehr</b>\u2028;\nBEGIN:VALARM"
    assert found.subcomponents == []
    assert str(event(PARTY, GROUP)["LOCATION"]) == "=1+1"


@settings(max_examples=50)
@given(st.text(max_size=200) | st.text("\r\n\\;,:ab\u2028\x0b\x85", max_size=90))
def test_any_title_is_one_title(title: str) -> None:
    found = event(replace(PARTY, wording=Wording("de", {"de": Translation({"title": title})})))
    assert sorted(found) == [
        "DTSTAMP",
        "DTSTART",
        "GEO",
        "LAST-MODIFIED",
        "LOCATION",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "UID",
        "URL",
    ]
    kept = [sign for sign in str(found["SUMMARY"]) if sign.isalnum()]
    assert kept == [sign for sign in title or PARTY.key if sign.isalnum()]


def test_texts_say_their_language() -> None:
    found = event(edition=ARABIC)
    assert (str(found["SUMMARY"]), found["SUMMARY"].params["LANGUAGE"]) == ("الغناء يوم الثلاثاء", "ar")
    assert found["DESCRIPTION"].params["LANGUAGE"] == "de"
    assert found["LOCATION"].params["LANGUAGE"] == "ar"


def test_uids_differ_between_hours_and_stay_the_same() -> None:
    two = at(Hours(date(2026, 7, 4)), Hours(date(2026, 7, 5)))
    uids = [str(found["UID"]) for found in events(two)]
    later = replace(EDITION, made_at=EDITION.made_at + HOUR, language="ar")
    moved = at(Hours(date(2026, 8, 4)), Hours(date(2026, 8, 5)))
    assert len(set(uids)) == 2
    assert [str(found["UID"]) for found in events(moved, edition=later)] == uids


@pytest.mark.parametrize(("offer", "point"), [(True, False), (False, True)])
def test_what_does_not_take_place_is_cancelled(offer: bool, point: bool) -> None:
    assert event(replace(SINGING, closed=offer), replace(HOUSE, closed=point))["STATUS"] == "CANCELLED"
