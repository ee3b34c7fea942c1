"""Times of the day as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wegnetz.core.forms import ClockField

MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(MINUTES)
def test_what_the_field_shows_it_reads_back(at: time) -> None:
    field = ClockField()
    assert field.clean(field.prepare_value(at)) == at


@pytest.mark.parametrize(
    ("typed", "read"),
    [("9", time(9)), ("9:05", time(9, 5)), ("09.30", time(9, 30)), ("930", time(9, 30)), (" 14:00 Uhr ", time(14))],
)
def test_times_are_read_as_people_write_them(typed: str, read: time) -> None:
    assert ClockField().clean(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "9:60", "9:5", "neun", "9:30:00", "-1"])
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ClockField().clean(typed)
    assert refused.value.messages == ["Bitte schreiben Sie die Uhrzeit so: 9:30."]


def test_an_optional_time_may_be_left_empty() -> None:
    assert ClockField(required=False).clean("") is None
