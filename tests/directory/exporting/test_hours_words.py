"""Hours as people write them, and as a line that loses nothing."""

from __future__ import annotations

from datetime import date, time

import pytest

from wegnetz.directory.entries import Hours
from wegnetz.directory.exporting.hours_words import in_words
from wegnetz.directory.exporting.times import written

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("rule", "german", "english"),
    [
        ("", "02.03.2026 18:00-20:00", "2026-03-02 18:00-20:00"),
        ("FREQ=DAILY", "täglich 18:00-20:00", "daily 18:00-20:00"),
        ("FREQ=WEEKLY;BYDAY=TU,SU", "Di, So 18:00-20:00", "Tue, Sun 18:00-20:00"),
        (
            "FREQ=WEEKLY;INTERVAL=2", "alle 2 Wochen Mo 18:00-20:00 (ab 02.03.2026)",
            "every 2 weeks Mon 18:00-20:00 (from 2026-03-02)",
        ),
        (
            "FREQ=DAILY;INTERVAL=3;COUNT=4", "alle 3 Tage 18:00-20:00 (ab 02.03.2026, 4 Mal)",
            "every 3 days 18:00-20:00 (from 2026-03-02, 4 times)",
        ),
        (
            "FREQ=MONTHLY;BYDAY=1MO,-1MO", "ersten und letzten Mo im Monat 18:00-20:00",
            "first and last Mon of the month 18:00-20:00",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=15", *["2026-03-02 18:00-20:00 FREQ=MONTHLY;BYMONTHDAY=15 Europe/Berlin"] * 2),
        ("FREQ=MONTHLY;BYDAY=-4MO", *["2026-03-02 18:00-20:00 FREQ=MONTHLY;BYDAY=-4MO Europe/Berlin"] * 2),
        ("FREQ=SECONDLY", *["2026-03-02 18:00-20:00 FREQ=SECONDLY Europe/Berlin"] * 2),
    ],
)  # fmt: skip
def test_in_german_and_english(rule: str, german: str, english: str) -> None:
    hours = Hours(MONDAY, time(18), time(20), rule)
    assert [in_words(hours, language) for language in ("de", "de-AT", "en", "ar")] == [german] * 2 + [english] * 2


def test_limits_and_what_is_not_said() -> None:
    closed = (date(2026, 4, 6), date(2026, 5, 25))
    assert in_words(Hours(MONDAY, time(9), None, "FREQ=WEEKLY;UNTIL=20260630", closed), "de") == (
        "Mo 09:00 (ab 02.03.2026, bis 30.06.2026, nicht am 06.04.2026, 25.05.2026)"
    )
    assert in_words(Hours(MONDAY, rule="FREQ=WEEKLY"), "de") == "Mo"
    assert written(Hours(MONDAY, time(9), None, "FREQ=WEEKLY", closed, "Asia/Kabul")) == (
        "2026-03-02 09:00 FREQ=WEEKLY not 2026-04-06,2026-05-25 Asia/Kabul"
    )
    assert written(Hours(MONDAY)) == "2026-03-02 Europe/Berlin"
