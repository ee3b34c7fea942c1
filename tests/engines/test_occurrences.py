"""Rules of repetition: the days of a general reader of RFC 5545, the clock of the place, and no end of patience."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from wegnetz.engines.occurrences import (
    MOST,
    Frequency,
    NthDay,
    Pattern,
    Recurring,
    RuleError,
    begins_on,
    checked_rule,
    describe_rule,
    occurrences,
)

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 3, 3)
EVER = date(1, 1, 1), date(9999, 12, 31)
THESE_YEARS = date(2024, 1, 1), date(2028, 12, 31)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurring(
    rule: str = "", first: date = TUESDAY, opens: time | None = time(18), closes: time | None = time(20), *not_on: date
) -> Recurring:
    return Recurring(first, BERLIN, opens, closes, checked_rule(rule) if rule else None, frozenset(not_on))


def days(rule: str, first: date = TUESDAY, most: int = 5) -> list[str]:
    return [found.start.date().isoformat() for found in occurrences(recurring(rule, first), *EVER, most=most)]


# --- which days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=2", ["2026-03-03", "2026-03-04"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260401", ["2026-03-03", "2026-03-17", "2026-03-31"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3", ["2026-03-05", "2026-03-09", "2026-03-12"]),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=3", ["2026-03-10", "2026-04-14", "2026-05-12"]),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1;COUNT=2", ["2026-03-31", "2026-04-28"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", ["2026-03-31", "2026-05-31", "2026-07-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,1TU;COUNT=3", ["2026-03-03", "2026-03-09", "2026-03-16"]),  # a set, not both at once
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", ["2028-02-29", "2032-02-29"]),
        ("FREQ=YEARLY;BYDAY=-1SU;COUNT=1", ["2026-12-27"]),
        ("FREQ=WEEKLY;UNTIL=20260310T165959Z", ["2026-03-03"]),  # a second before it begins in Berlin
        ("FREQ=WEEKLY;UNTIL=20260310T170000Z", ["2026-03-03", "2026-03-10"]),
        ("FREQ=WEEKLY;UNTIL=20260310T180000", ["2026-03-03", "2026-03-10"]),
    ],
)
def test_the_days_of_a_rule(rule: str, expected: list[str]) -> None:
    assert days(rule) == expected


def test_without_a_rule_it_takes_place_once() -> None:
    assert occurrences(recurring(), *EVER) == (
        (datetime(2026, 3, 3, 18, tzinfo=BERLIN), datetime(2026, 3, 3, 20, tzinfo=BERLIN)),
    )
    assert occurrences(recurring(), date(2026, 3, 4), EVER[1]) == ()
    assert occurrences(recurring(), EVER[0], date(2026, 3, 2)) == ()


def test_a_day_that_is_left_out_counts_and_does_not_take_place() -> None:
    left_out = recurring("FREQ=WEEKLY;COUNT=3", TUESDAY, time(18), time(20), date(2026, 3, 10))
    assert [found.start.day for found in occurrences(left_out, *EVER)] == [3, 17]


def test_the_count_begins_on_the_first_day_and_not_in_the_window() -> None:
    assert occurrences(recurring("FREQ=DAILY;COUNT=10"), date(2026, 3, 12), EVER[1])[0].start.day == 12
    assert len(occurrences(recurring("FREQ=DAILY;COUNT=10"), date(2026, 3, 12), EVER[1])) == 1


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules on which dateutil and RFC 5545 agree: it takes "MO,1TU" as both at once, and cuts the first week."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    plain = st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True)
    nth = st.lists(st.sampled_from([f"{n}{day}" for n in (1, 2, 4, 5, -1, -2) for day in DAYS]), min_size=1, max_size=3)
    large = frequency in ("MONTHLY", "YEARLY")
    if by_day := draw(st.none() | (plain | nth if large else plain)):
        parts.append(f"BYDAY={','.join(by_day)}")
    if frequency != "WEEKLY" and (at := draw(st.lists(st.sampled_from([1, 2, 13, 29, 31, -1, -30]), max_size=3))):
        parts.append(f"BYMONTHDAY={','.join(map(str, at))}")
    if months := draw(st.lists(st.integers(1, 12), max_size=4)):
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    if large and len(parts) > 2 and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(['1', '-1', '2,3', '-2']))}")
    parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    parts.append(draw(st.sampled_from(["COUNT=7", "UNTIL=20280229", "UNTIL=20271231"])))
    return ";".join(parts)


@settings(max_examples=60)
@given(rules(), st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 800))
def test_the_same_days_as_a_general_reader(rule: str, first: date, later: int) -> None:
    start = first + timedelta(days=later)
    end = min(start + timedelta(days=400), date(2028, 12, 31))
    # Its own end would be the year 9999 for a rule that never comes true.
    general = rrulestr(rule.replace("COUNT=7", "UNTIL=20290101"), dtstart=datetime.combine(first, time()), cache=False)
    expected = [moment.date() for moment in islice(general, 7 if "COUNT" in rule else None)]
    found = occurrences(recurring(rule, first, None, None), start, end)
    assert [each.start.date() for each in found] == [day for day in expected if start <= day <= end]


@given(rules(), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_beginning_on_its_first_day_a_rule_means_the_same_days(rule: str, first: date) -> None:
    """A calendar file has to begin on a day of the rule; a stored one may begin before."""
    begins = begins_on(recurring(rule, first))
    moved = begins and occurrences(recurring(rule, begins), *THESE_YEARS)
    assert (moved or ()) == occurrences(recurring(rule, first), *THESE_YEARS)


# --- the clock of the place --------------------------------------------------------------------------


def test_it_stays_at_the_same_hour_when_the_clocks_change() -> None:
    spring = occurrences(recurring("FREQ=WEEKLY;COUNT=2", date(2026, 3, 24)), *EVER)
    assert [found.start.isoformat() for found in spring] == ["2026-03-24T18:00:00+01:00", "2026-03-31T18:00:00+02:00"]
    autumn = occurrences(recurring("FREQ=WEEKLY;COUNT=2", date(2026, 10, 20)), *EVER)
    assert [found.start.isoformat() for found in autumn] == ["2026-10-20T18:00:00+02:00", "2026-10-27T18:00:00+01:00"]


@pytest.mark.parametrize(
    ("day", "opens", "closes", "start", "end"),
    [
        (date(2026, 3, 29), time(2, 30), time(4), "2026-03-29T03:30:00+02:00", "2026-03-29T04:00:00+02:00"),
        (date(2026, 3, 29), time(2, 30), time(3, 15), "2026-03-29T03:30:00+02:00", "2026-03-29T03:30:00+02:00"),
        (date(2026, 10, 25), time(2, 30), time(4), "2026-10-25T02:30:00+02:00", "2026-10-25T04:00:00+01:00"),
        (date(2026, 10, 24), time(22), time(2), "2026-10-24T22:00:00+02:00", "2026-10-25T02:00:00+02:00"),
    ],
)
def test_in_the_nights_in_which_the_clocks_change(day: date, opens: time, closes: time, start: str, end: str) -> None:
    (found,) = occurrences(recurring("", day, opens, closes), *EVER)
    assert (found.start.isoformat(), found.end and found.end.isoformat()) == (start, end)


def test_a_whole_day_ends_as_the_next_begins_and_an_end_may_be_unsaid() -> None:
    (whole,) = occurrences(recurring("", date(2026, 3, 29), None, None), *EVER)
    assert whole.end
    assert whole.end.astimezone(UTC) - whole.start.astimezone(UTC) == timedelta(hours=23)
    assert occurrences(recurring("", TUESDAY, time(18), None), *EVER)[0].end is None


@given(rules(), st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.times(), st.times())
def test_in_order_and_no_end_before_its_start(rule: str, first: date, opens: time, closes: time) -> None:
    found = occurrences(recurring(rule, first, opens, closes), *THESE_YEARS)
    starts = [each.start.astimezone(UTC) for each in found]
    assert starts == sorted(set(starts))
    assert all(each.end and each.end.astimezone(UTC) >= each.start.astimezone(UTC) for each in found)


# --- what is not taken, and what is bounded ----------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "part", "value"),
    [
        ("FREQ=SECONDLY", "FREQ", "SECONDLY"),
        ("FREQ=HOURLY", "FREQ", "HOURLY"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "BYHOUR", "1,2,3"),
        ("FREQ=DAILY;COUNT=1000000000", "COUNT", "1000000000"),
        ("FREQ=DAILY;COUNT=5001", "COUNT", "5001"),
        ("FREQ=DAILY;COUNT=0", "COUNT", "0"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL", "0"),
        ("FREQ=DAILY;INTERVAL=١", "INTERVAL", "١"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260101", "COUNT", "3 beside UNTIL"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ", "WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=2TU", "BYDAY", "2TU"),
        ("FREQ=WEEKLY;BYMONTHDAY=2", "BYMONTHDAY", "2"),
        ("FREQ=MONTHLY;BYDAY=0TU", "BYDAY", "0"),
        ("FREQ=MONTHLY;BYDAY=DI", "BYDAY", "DI"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY", "32"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS", "1"),
        ("FREQ=YEARLY;BYEASTER=1", "BYEASTER", "1"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO", "20"),
        ("FREQ=DAILY;UNTIL=20260230", "UNTIL", "20260230"),
        ("FREQ=DAILY;UNTIL=18991231", "UNTIL", "18991231"),
        ("FREQ=DAILY;COUNT=3;UNTIL=99991231", "COUNT", "3 beside UNTIL"),
        ("FREQ=DAILY;WKST=1MO", "WKST", "1MO"),
        ("FREQ=WEEKLY\nBEGIN:VALARM", "FREQ", "WEEKLY\nBEGIN:VALARM"),
        ("", "rule", ""),
        ("every Tuesday", "EVERY TUESDAY", ""),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 300), "rule", ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 30))[:80]),
    ],
)
def test_a_rule_that_is_not_taken_says_which_part(rule: str, part: str, value: str) -> None:
    with pytest.raises(RuleError) as refusal:
        checked_rule(rule)
    assert (refusal.value.part, refusal.value.value) == (part, value)


@given(st.text(max_size=60) | st.text("FREQ=DAILYWKMONTHSUINB;,-+0123456789", max_size=60))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = checked_rule(text)
    except RuleError:
        return
    assert rule.interval >= 1


def test_there_are_never_more_than_the_most() -> None:
    assert len(occurrences(recurring("FREQ=DAILY"), *EVER)) == MOST
    assert len(occurrences(recurring("FREQ=DAILY"), *EVER, most=3)) == 3


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=-30;COUNT=5",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
    ],
)
def test_a_rule_that_never_comes_true_ends(rule: str) -> None:
    assert begins_on(recurring(rule)) is None
    assert occurrences(recurring(rule, date(1901, 1, 1)), *EVER) == ()


def test_nothing_takes_place_in_a_time_that_nobody_will_see() -> None:
    assert days("FREQ=DAILY", date(2999, 12, 30)) == ["2999-12-30", "2999-12-31"]
    assert begins_on(recurring("FREQ=YEARLY;INTERVAL=1000;BYMONTH=1", date(2999, 12, 31))) is None
    assert checked_rule("FREQ=DAILY;UNTIL=99991231T235959Z") == checked_rule("FREQ=DAILY")
    for first in (date(1899, 12, 31), date(3000, 1, 1)):
        with pytest.raises(ValueError, match=str(first)):
            recurring("FREQ=DAILY", first)


# --- in parts that can be put into words --------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=3", Pattern(Frequency.DAILY, 3)),
        ("FREQ=WEEKLY", Pattern(Frequency.WEEKLY, weekdays=(1,))),
        ("FREQ=DAILY;BYDAY=FR,MO", Pattern(Frequency.WEEKLY, weekdays=(0, 4))),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", Pattern(Frequency.DAILY)),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20260630T220000Z",  # midnight in Berlin
            Pattern(Frequency.WEEKLY, 2, weekdays=(3,), until=date(2026, 7, 1)),
        ),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=6", Pattern(Frequency.MONTHLY, weekdays=(1,), nth=(2,), times=6)),
        ("FREQ=MONTHLY;BYDAY=-1TU,1TU", Pattern(Frequency.MONTHLY, weekdays=(1,), nth=(1, -1))),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", Pattern(Frequency.MONTHLY, weekdays=(1,), nth=(2,))),
        ("FREQ=MONTHLY", Pattern(Frequency.MONTHLY, month_days=(3,))),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15", Pattern(Frequency.MONTHLY, month_days=(15, -1))),
        ("FREQ=YEARLY", Pattern(Frequency.YEARLY, month_days=(3,), month=3)),
        ("FREQ=MONTHLY;BYDAY=1MO,2TU", None),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", None),
        ("FREQ=WEEKLY;BYMONTH=5", None),
        ("FREQ=YEARLY;BYDAY=20MO", None),
    ],
)
def test_the_common_forms_come_in_parts(rule: str, expected: Pattern | None) -> None:
    assert describe_rule(checked_rule(rule), TUESDAY, BERLIN) == expected


def test_the_parts_of_a_rule() -> None:
    rule = checked_rule(" freq=monthly;byday=+2tu,-1MO;wkst=SU; ")
    assert (rule.by_day, rule.week_start) == ((NthDay(1, 2), NthDay(0, -1)), 6)
