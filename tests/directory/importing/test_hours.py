"""Times as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.directory.importing.written import heard
from wegnetz.directory.entries import Hours, ends_too_early
from wegnetz.directory.importing.hours import hours_of
from wegnetz.directory.importing.outcome import Effect, Expected
from wegnetz.directory.importing.recurrence import FROM, first_of, parts_of, sound, weekdays_in
from wegnetz.engines.occurrences import WEEKDAYS


def week(days: str, opens: int | None, closes: int | None = None) -> Hours:
    numbers = tuple(WEEKDAYS.index(day) for day in days.split(","))
    begins, ends = (time(hour % 24) if hour is not None else None for hour in (opens, closes))
    return Hours(first_of(numbers), begins, ends, f"FREQ=WEEKLY;BYDAY={days}")


READ = {
    "Mo, Mi 15-18 Uhr": [week("MO,WE", 15, 18)],
    "Mo-Fr 9:00–17:00; Sa 10-14": [week("MO,TU,WE,TH,FR", 9, 17), week("SA", 10, 14)],
    "Sa-Mo 10-12": [week("MO,SA,SU", 10, 12)],
    "dienstags 16 bis 18 Uhr": [week("TU", 16, 18)],
    "jeden Dienstag von 08:00 Uhr bis 13:00 Uhr / jeden Freitag ab 10 Uhr": [week("TU", 8, 13), week("FR", 10)],
    "Mo 15-18, Mi ab 17": [week("MO", 15, 18), week("WE", 17)],
    "Mon & Wed 3-6pm": [week("MO,WE", 15, 18)],
    "every Friday from 10 am to 2 pm": [week("FR", 10, 14)],
    "täglich 10-18": [week("MO,TU,WE,TH,FR,SA,SU", 10, 18)],
    "Mo u. Do 9-12 und 14-17 Uhr": [week("MO,TH", 9, 12), week("MO,TH", 14, 17)],
    "Do. 18-24 Uhr": [week("TH", 18, 24)],
    "Di 10-12; So geschlossen": [week("TU", 10, 12)],
    "1. Montag im Monat 18 Uhr": [Hours(date(2024, 1, 1), time(18), rule="FREQ=MONTHLY;BYDAY=1MO")],
    "1. und 3. Mittwoch im Monat 18 Uhr": [Hours(date(2024, 1, 3), time(18), rule="FREQ=MONTHLY;BYDAY=1WE,3WE")],
    "letzten Fr 19:30": [Hours(date(2024, 1, 26), time(19, 30), rule="FREQ=MONTHLY;BYDAY=-1FR")],
    "03.10.26 15-18 Uhr": [Hours(date(2026, 10, 3), time(15), time(18))],
    "3.10.2026, 15-18 Uhr": [Hours(date(2026, 10, 3), time(15), time(18))],
    "Samstag 3.10.2026 15 Uhr": [Hours(date(2026, 10, 3), time(15))],
    "geschlossen": [],
}


@pytest.mark.parametrize("text", READ)
def test_times_are_read_as_they_are_meant(text: str) -> None:
    faults, say = heard()
    assert (list(hours_of(text, say)), faults) == (READ[text], [])


@pytest.mark.parametrize(
    ("text", "closes", "said"),
    [
        ("Fr 16-15 Uhr", None, ["16:00-15:00"]), ("Fr 22:00-06:01", None, ["22:00-06:01"]),
        ("Fr 22-6 Uhr", time(6), []), ("Fr 22-24 Uhr", time(0), []),
    ],
)  # fmt: skip
def test_an_end_before_the_beginning_is_that_of_a_night_or_none(
    text: str, closes: time | None, said: list[str]
) -> None:
    faults, say = heard()
    (found,) = hours_of(text, say)
    assert found.closes == closes
    assert [(each.found, each.expected, each.effect) for each in faults] == [
        (each, Expected.LATER_END, Effect.LEFT_OUT) for each in said
    ]


@pytest.mark.parametrize(
    "text",
    [
        "15-18 Uhr",
        "Mo Uhu",
        "Mo 25 Uhr",
        "Mo -",
        "- Mo",
        "Mo 15-15",
        "Mo 15-Di",
        "31.2.2026",
        "Sa 3.10 15 Uhr",
        "irgendwann",
        "Mo 13 pm",
    ],
)
def test_what_is_no_time_is_left_out_and_said(text: str) -> None:
    faults, say = heard()
    assert hours_of(text, say) == ()
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.HOURS, Effect.LEFT_OUT)]


def test_one_part_that_cannot_be_read_does_not_hide_the_others() -> None:
    faults, say = heard()
    assert hours_of("Mo 10-12; Di nach Gefühl; Mi 15-18", say) == (week("MO", 10, 12), week("WE", 15, 18))
    assert [fault.found for fault in faults] == ["Di nach Gefühl"]


@pytest.mark.parametrize("text", ["Mo nach Vereinbarung", "Di n. V.", "by appointment", "Termine auf Anfrage"])
def test_by_appointment_is_not_open(text: str) -> None:
    faults, say = heard()
    assert hours_of(text, say) == ()
    assert [fault.expected for fault in faults] == [Expected.APPOINTMENT]


@pytest.mark.parametrize("text", ["jeden 2. Dienstag 18 Uhr", "every second Tuesday 6 pm"])
def test_every_second_may_mean_two_things_and_that_is_said(text: str) -> None:
    faults, say = heard()
    assert [hours.rule for hours in hours_of(text, say)] == ["FREQ=MONTHLY;BYDAY=2TU"]
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.MONTHLY, Effect.NOTED)]


def test_a_day_without_a_time_is_kept_and_said() -> None:
    faults, say = heard()
    assert hours_of("Mo", say) == (week("MO", None),)
    assert [(fault.expected, fault.effect) for fault in faults] == [(Expected.TIME, Effect.NOTED)]


@given(st.sets(st.integers(0, 6), min_size=1), st.integers(0, 23), st.integers(0, 59), st.integers(1, 600))
def test_every_weekly_time_comes_back(days: set[int], hour: int, minute: int, length: int) -> None:
    begins = time(hour, minute)
    ends = time((hour * 60 + minute + length) // 60 % 24, (minute + length) % 60)
    assume(not ends_too_early(begins, ends))
    names = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
    faults, say = heard()
    text = f"{', '.join(names[day] for day in sorted(days))} {begins:%H:%M}-{ends:%H:%M} Uhr"
    (found,) = hours_of(text, say)
    assert (found.opens, found.closes, weekdays_in(found.rule), faults) == (begins, ends, tuple(sorted(days)), [])
    assert found.first_day >= FROM
    assert found.first_day.weekday() in days


@given(st.text("MoDiFr0123456789.:-,; bisUhrund/", max_size=40))
def test_nothing_that_looks_like_times_breaks(text: str) -> None:
    _, say = heard()
    for hours in hours_of(text, say):
        assert hours.rule == "" or sound(parts_of(hours.rule)) == (hours.rule, ())


# --- rules of strangers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_rule", "kept", "left"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", ()),
        ("byday=mo;freq=weekly", "FREQ=WEEKLY;BYDAY=MO", ()),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20310101T235959", "FREQ=WEEKLY;UNTIL=20310101T235959", ("COUNT",)),
        ("FREQ=WEEKLY;BYMONTHDAY=2", "FREQ=WEEKLY", ("BYMONTHDAY",)),
        ("FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY", ("BYDAY",)),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR", ()),
        ("FREQ=SECONDLY", "", ("FREQ",)),
        ("FREQ=DAILY;INTERVAL=0", "FREQ=DAILY", ("INTERVAL",)),
        ("FREQ=DAILY;UNTIL=20261399", "FREQ=DAILY", ("UNTIL",)),
        ("FREQ=DAILY;X-EVIL=\r\nATTACH", "FREQ=DAILY", ("X-EVIL",)),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=YEARLY;BYDAY=MO", ("BYWEEKNO",)),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 300) + ";BYDAY=MO", "FREQ=MONTHLY;BYDAY=MO", ("BYMONTHDAY",)),
        ("", "", ()),
    ],
)
def test_of_a_rule_only_what_is_sound_is_kept(given_rule: str, kept: str, left: tuple[str, ...]) -> None:
    assert sound(parts_of(given_rule)) == (kept, left)
