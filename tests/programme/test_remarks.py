"""A remark speaks on its days only."""

from __future__ import annotations

from datetime import date

import pytest

from tests.programme.faults import faults_of
from tests.programme.minimal import DUESSELDORF, changed
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.reader import build, read_pack
from wegnetz.rules.periods import Period

BLOCKS = "blocks.toml"
REMARK = 'id = "evidence"\n'
PACK = read_pack(DUESSELDORF)
AMENDMENT = date(2020, 4, 16)


def valid(days: str) -> Period:
    pack = build(changed((BLOCKS, REMARK, REMARK + days)))
    return pack.cards["coaching"].remarks[0].valid


def test_a_remark_without_days_speaks_always() -> None:
    assert valid("") == Period()


@pytest.mark.parametrize(
    ("days", "period"),
    [
        ("from = 2020-04-16\n", Period(AMENDMENT, None)),
        ("to = 2020-04-15\n", Period(None, date(2020, 4, 15))),
        ("from = 2020-04-16\nto = 2020-04-16\n", Period(AMENDMENT, AMENDMENT)),
    ],
)
def test_a_remark_speaks_from_its_first_to_its_last_day(days: str, period: Period) -> None:
    assert valid(days) == period


def test_a_remark_that_ends_before_it_begins_is_refused() -> None:
    expected = "2020-04-16, the first day of the remark, or a later day"
    files = changed((BLOCKS, REMARK, REMARK + "from = 2020-04-16\nto = 2020-04-15\n"))
    assert faults_of(files) == (Fault(BLOCKS, "coaching.remarks[0].to", "2020-04-15", expected),)


def test_a_time_of_day_is_no_day_of_a_remark() -> None:
    files = changed((BLOCKS, REMARK, REMARK + "from = 2020-04-16T12:00:00\n"))
    found = "datetime.datetime(2020, 4, 16, 12, 0)"
    assert faults_of(files) == (Fault(BLOCKS, "coaching.remarks[0].from", found, "`date | null`"),)


def spoken(block: str, day: date) -> set[str]:
    return {remark.id for remark in PACK.cards[block].remarks if day in remark.valid}


@pytest.mark.parametrize("block", ["school-certificate", "courses"])
def test_the_amendment_of_april_2020_changed_who_may_hold_courses(block: str) -> None:
    remarks = {"providers-before", "providers"}
    days = [date(2019, 12, 18), date(2020, 4, 15), AMENDMENT, date(2023, 6, 30)]
    said = [spoken(block, day) & remarks for day in days]
    assert said == [{"providers-before"}, {"providers-before"}, {"providers"}, {"providers"}]


def test_what_follows_participation_management_is_said_from_the_day_after_it() -> None:
    days = [date(2022, 6, 30), date(2022, 7, 1)]
    assert ["afterwards" in spoken("participation-management", day) for day in days] == [False, True]
