"""Hours that nobody can follow keep back nothing but themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from icalendar import Calendar

from tests.directory.exporting.invented import EDITION, HOUSE, REVISION, SINGING
from wegnetz.directory.entries import Hours
from wegnetz.directory.exporting import hsds
from wegnetz.directory.exporting.calendar import offer_calendar
from wegnetz.directory.exporting.jsonld import point_graph
from wegnetz.directory.exporting.sheet import as_csv
from wegnetz.directory.exporting.times import last_start, recurring_of

MONDAY = date(2026, 3, 2)
BAD = [
    Hours(MONDAY, rule="FREQ=MINUTELY"),
    Hours(MONDAY, rule="FREQ=DAILY;COUNT=1000000000"),
    *(Hours(MONDAY, time(23), zone=zone) for zone in ("Mars/Olympus", "", "../../etc/passwd", "Europe", "a\0b")),
    *(Hours(day, time(23, 59), time(0, 1), "FREQ=DAILY") for day in (date.min, date.max)),
]
ODD = [
    Hours(MONDAY, time(23, 59), None, "FREQ=DAILY;UNTIL=99991231T235959Z", zone="America/New_York"),
    Hours(MONDAY, None, time(1), "FREQ=YEARLY;UNTIL=99991231", (date.min, date.max), "Pacific/Kiritimati"),
    Hours(date(2999, 12, 31), time(23), time(1), "FREQ=WEEKLY", zone="Pacific/Kiritimati"),
    Hours(date(1900, 1, 1), time(0), time(0), "FREQ=WEEKLY;UNTIL=19000101T000000Z", zone="America/New_York"),
]


@pytest.mark.parametrize("hours", BAD, ids=str)
def test_what_cannot_be_followed(hours: Hours) -> None:
    assert recurring_of(hours) is None


@pytest.mark.parametrize("hours", [*BAD, *ODD], ids=str)
def test_every_format_still_tells_the_other_hours(hours: Hours) -> None:
    offer = replace(SINGING, hours=(hours, Hours(date(2026, 7, 4))))
    house = replace(HOUSE, hours=(hours,), offers=(offer,))
    (service,) = hsds.services([house], EDITION)["contents"]
    assert hsds.service([house], EDITION, service["id"])["schedules"][1]["valid_to"] == "2026-07-04"
    calendar: Any = Calendar.from_ical(offer_calendar(house, offer, EDITION, REVISION))
    assert date(2026, 7, 4) in [event["DTSTART"].dt for event in calendar.events]
    assert point_graph(house, EDITION)["@graph"][-1]["startDate"] <= "2026-07-04"
    assert b"2026-07-04 Europe/Berlin" in as_csv([house], EDITION)


@pytest.mark.parametrize(
    ("rule", "opens", "expected"),
    [
        ("FREQ=DAILY", time(18), None),
        ("FREQ=DAILY;UNTIL=20260701", time(18), datetime(2026, 7, 1, 16, tzinfo=UTC)),
        ("FREQ=DAILY;UNTIL=20260701T120000", time(18), datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("FREQ=DAILY;UNTIL=20260701T120000Z", time(18), datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("FREQ=DAILY;UNTIL=20260701", None, date(2026, 7, 1)),
        ("FREQ=DAILY;UNTIL=20260630T230000Z", None, date(2026, 7, 1)),
    ],
)
def test_the_last_start_is_of_the_kind_of_the_first(rule: str, opens: time | None, expected: date | None) -> None:
    recurring = recurring_of(Hours(MONDAY, opens, rule=rule))
    assert recurring
    assert last_start(recurring) == expected
