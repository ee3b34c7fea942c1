"""Rates whose value is a list: words that the pack explains, or days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.programme.faults import faults_of
from tests.programme.minimal import DUESSELDORF, changed
from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.reader import build, read_pack
from wegnetz.programme.pack.wording import Wording

RATES, DE, EN = "rates.toml", "texts/de/rates.toml", "texts/en/rates.toml"
NAME, AMOUNT = 'name = "Course hour"\n', '"37.50"'
GERMAN = '[course-hour.values]\nschool = "Schulträger"\ncollege = "Volkshochschulen"\n'
ENGLISH = '[course-hour.values]\nschool = "school bodies"\ncollege = "adult education centres"\n'
PROVIDERS = (
    (RATES, AMOUNT, '["college", "school"]'),
    (DE, NAME, NAME + GERMAN),
    (EN, NAME, NAME + ENGLISH),
)


def in_words(language: str, *changes: tuple[str, str, str]) -> str:
    pack = build(changed(*changes))
    return Wording(pack, language).value(pack.rates[0].versions[0].value, rate="course-hour")


def test_words_of_a_rate_are_said_in_each_language() -> None:
    assert in_words("de", *PROVIDERS) == "Volkshochschulen und Schulträger"
    assert in_words("en", *PROVIDERS) == "adult education centres and school bodies"


def test_days_of_a_rate_are_said_in_each_language() -> None:
    days = (RATES, AMOUNT, "[2020-03-31, 2020-09-30, 2021-03-31]")
    assert in_words("de", days) == "31. März 2020, 30. September 2020 und 31. März 2021"
    assert in_words("en", days) == "31 March 2020, 30 September 2020 and 31 March 2021"


def test_a_word_without_its_text_is_refused_in_each_language() -> None:
    assert faults_of(changed((RATES, AMOUNT, '["college"]'))) == (
        Fault(DE, "course-hour.values.college", "nothing", "a text"),
        Fault(EN, "course-hour.values.college", "nothing", "a text"),
    )


def test_a_word_that_two_versions_use_needs_one_text() -> None:
    later = (RATES, 'status = "unconfirmed"', 'value = ["school", "college"]\nstatus = "unconfirmed"')
    assert faults_of(changed(*PROVIDERS, later)) == ()


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("[]", "[]"),
        ('["  "]', "['  ']"),
        ("[8]", "[8]"),
        ('["college", 8]', "['college', 8]"),
        ('["college", 2020-03-31]', "['college', datetime.date(2020, 3, 31)]"),
        ("[2020-03-31T00:00:00]", "[datetime.datetime(2020, 3, 31, 0, 0)]"),
        ("[[2020-03-31]]", "[[datetime.date(2020, 3, 31)]]"),
    ],
)
def test_a_list_of_anything_else_is_refused(value: str, found: str) -> None:
    expected = "a list of words or a list of days"
    fault = Fault(RATES, "course-hour.versions[0].value", found, expected)
    assert faults_of(changed((RATES, AMOUNT, value))) == (fault,)


def test_concepts_for_the_innovation_fund_had_a_closing_day_and_later_ones_nobody_knows() -> None:
    deadlines = next(rate for rate in read_pack(DUESSELDORF).rates if rate.id == "concept-deadlines")
    found = [deadlines.on(day) for day in (date(2020, 3, 31), date(2020, 4, 1))]
    assert [version and version.value for version in found] == [(date(2020, 3, 31),), None]
