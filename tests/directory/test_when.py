"""When something takes place, as somebody reads it who wants to go there."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils.translation import override

from wegnetz.directory.entries import Hours
from wegnetz.directory.selectors.words import NEXT, when

TODAY = date(2026, 11, 30)
WEEKLY = Hours(date(2021, 9, 2), time(18), time(20), "FREQ=WEEKLY;BYDAY=TH")
# The last working day of every month: nobody says that in two words.
ODD = Hours(date(2026, 1, 30), time(18), None, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")


def once(day: date, opens: time | None = time(18)) -> Hours:
    return Hours(day, opens)


def until(day: str) -> Hours:
    return Hours(date(2026, 11, 18), time(10), None, f"FREQ=WEEKLY;BYDAY=WE;UNTIL={day}")


def times(number: int) -> Hours:
    return Hours(date(2026, 11, 18), time(10), None, f"FREQ=WEEKLY;BYDAY=WE;COUNT={number}")


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ([WEEKLY], ["jede Woche: Donnerstag, 18:00 bis 20:00"]),
        ([once(date(2026, 12, 3)), once(date(2026, 11, 30), None), once(date(2026, 11, 29))],
         ["30. November 2026", "3. Dezember 2026, 18:00"]),
        ([once(date(2026, 11, 29))], ["Zurzeit ist kein neuer Termin bekannt."]),
        ([WEEKLY, once(date(2026, 11, 29))], ["jede Woche: Donnerstag, 18:00 bis 20:00"]),
        ([once(date(2026, 12, 24)), WEEKLY], ["jede Woche: Donnerstag, 18:00 bis 20:00", "24. Dezember 2026, 18:00"]),
        ([ODD], ["30. November 2026, 18:00", "31. Dezember 2026, 18:00", "29. Januar 2027, 18:00",
                 "26. Februar 2027, 18:00", "31. März 2027, 18:00", "und weitere Termine"]),
        ([Hours(date(2021, 9, 3), time(22), time(2), "FREQ=WEEKLY;BYDAY=FR"), Hours(TODAY, time(18), time(0))],
         ["jede Woche: Freitag, 22:00 bis 02:00 am nächsten Tag", "30. November 2026, 18:00 bis 00:00"]),
        ([until("20261202")], ["jede Woche: Mittwoch, bis 2. Dezember 2026, 10:00"]),
        ([until("20261201"), times(2)], ["Zurzeit ist kein neuer Termin bekannt."]),
        ([times(3), until("20261201")], ["jede Woche: Mittwoch, 3 Mal, 10:00"]),
        ([Hours(TODAY, rule="FREQ=SECONDLY")], ["30. November 2026"]),
        ([], []),
    ],
)  # fmt: skip
def test_of_irregular_times_the_next_days_are_told(hours: list[Hours], told: list[str]) -> None:
    with override("de"):
        assert when(hours, on=TODAY) == told


@pytest.mark.parametrize(("number", "lines"), [(1, 1), (NEXT, NEXT), (NEXT + 1, NEXT + 1), (60, NEXT + 1)])
def test_no_more_than_a_few_are_told_however_many_there_are(number: int, lines: int) -> None:
    assert len(when([once(TODAY + timedelta(days=each)) for each in range(number)], on=TODAY)) == lines


def test_who_keeps_the_directory_sees_every_time() -> None:
    with override("de"):
        assert when([ODD, once(date(2020, 1, 1))]) == ["zu verschiedenen Zeiten, 18:00", "1. Januar 2020, 18:00"]
