"""Days as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from wegnetz.core.forms import BirthField, DayField, EuroField, read_day
from wegnetz.rules.facts import Year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("07.10.2021", date(2021, 10, 7)),
        ("7.10.2021", date(2021, 10, 7)),
        ("7. 10. 2021", date(2021, 10, 7)),
        ("7 10 2021", date(2021, 10, 7)),
        ("07102021", date(2021, 10, 7)),
        ("2021-10-07", date(2021, 10, 7)),
        ("2021-1-7", date(2021, 1, 7)),
        ("29.02.2000", date(2000, 2, 29)),
        ("01.01.1900", date(1900, 1, 1)),
    ],
)
def test_a_day_is_read_as_it_is_written_here(text: str, day: date) -> None:
    assert DayField().clean(f" {text} ") == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "required"),
        ("   ", "invalid"),
        ("gestern", "invalid"),
        ("10/07/2021", "invalid"),
        ("7.10.21", "invalid"),
        ("2021", "invalid"),
        ("07.10.2021 08:00", "invalid"),
        ("07.10.20211", "invalid"),
        ("07.10.2021\0", "invalid"),
        ("<script>", "invalid"),
        ("🙂", "invalid"),
        ("1" * 10_000, "invalid"),
        ("31.02.2001", "no-such-day"),
        ("29.02.2001", "no-such-day"),
        ("12.13.2020", "no-such-day"),
        ("00.01.2020", "no-such-day"),
        ("32.01.2020", "no-such-day"),
        ("99.99.9999", "no-such-day"),
        ("01.01.0000", "no-such-day"),
        ("2001-02-31", "no-such-day"),
        ("31.12.1899", "too-early"),
        ("01.01.0001", "too-early"),
    ],
)
def test_what_is_no_day_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        DayField().clean(text)
    assert refusal.value.code == code


def test_digits_of_other_scripts_are_read_or_refused_but_never_fail() -> None:
    """Persian and Arabic keyboards type other digits for the same number."""
    for text in ("٠٧.١٠.٢٠٢١", "۰۷.۱۰.۲۰۲۱"):
        assert DayField().clean(text) == date(2021, 10, 7)


def test_a_day_that_does_not_exist_names_the_last_one_of_its_month() -> None:
    with pytest.raises(ValidationError) as refusal:
        read_day("31.02.2001")
    assert "28.02.2001" in refusal.value.messages[0]


def test_an_optional_day_may_stay_empty() -> None:
    assert DayField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("2001", Year(2001)), (" 1993 ", Year(1993)), ("31.12.2001", date(2001, 12, 31)), ("1900", Year(1900))],
)
def test_for_a_birth_the_year_is_enough(text: str, value: date | Year) -> None:
    assert BirthField().clean(text) == value


@pytest.mark.parametrize(("text", "code"), [("1899", "too-early"), ("0000", "too-early"), ("01", "invalid")])
def test_a_year_nobody_was_born_in_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        BirthField().clean(text)
    assert refusal.value.code == code


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("text", "euros"),
    [("3,50", "3.50"), ("3.50", "3.50"), ("3", "3"), (" 3,5 ", "3.5"), ("0", "0"), ("", None), ("1000,00", "1000")],
)
def test_a_price_has_a_comma_or_a_point(language: str, text: str, euros: str | None) -> None:
    with translation.override(language):
        assert EuroField(required=False).clean(text) == (None if euros is None else Decimal(euros))


@pytest.mark.parametrize("text", ["3,505", "1.000", "1.000,00", "drei", "3 Euro", "inf"])
def test_a_price_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        EuroField().clean(text)


def test_a_stored_price_is_shown_with_its_cents() -> None:
    with translation.override("de"):
        assert EuroField().prepare_value(Decimal(350) / 100) == "3,50"
        assert EuroField().prepare_value("3.5") == "3.5"
    with translation.override("en"):
        assert EuroField().prepare_value(Decimal(350) / 100) == "3.50"


def test_a_stored_day_is_shown_as_it_is_typed() -> None:
    assert DayField().prepare_value(date(2021, 10, 7)) == "07.10.2021"
    assert BirthField().prepare_value(Year(2001)) == "2001"
    assert DayField().prepare_value("31.02.2001") == "31.02.2001"
