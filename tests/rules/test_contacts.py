"""Who has met nobody new for six weeks, and what would help."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wegnetz.rules.contacts import Contacts, Help, quiet_since, what_helps

TODAY = date(2021, 10, 7)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_after_six_weeks_without_a_new_face_somebody_is_asked() -> None:
    found = [quiet_since(Contacts(ago(300), newest=ago(days)), on=TODAY) for days in (41, 42, 100)]
    assert found == [None, ago(42), ago(100)]


def test_who_met_nobody_yet_is_counted_from_the_beginning() -> None:
    assert [quiet_since(Contacts(ago(days)), on=TODAY) for days in (41, 42)] == [None, ago(42)]


def test_what_helps_is_what_nobody_has_tried() -> None:
    assert what_helps(Contacts(ago(60)), on=TODAY) == (Help.ASK_INTERESTS, Help.INVITE)
    known = Contacts(ago(60), has_interests=True, invited=True, unanswered=True, introduced=True, talked_about=ago(14))
    assert what_helps(known, on=TODAY) == (Help.GO_ALONG, Help.CALL)
    refused = Contacts(ago(60), has_interests=True, invited=True, turned_down=2)
    assert what_helps(refused, on=TODAY) == (Help.ASK_WHAT_HINDERS, Help.INTRODUCE)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_newer_contact_never_makes_somebody_quiet(since: int, newest: int) -> None:
    with_contact = quiet_since(Contacts(ago(since), newest=ago(min(since, newest))), on=TODAY)
    assert with_contact is None or quiet_since(Contacts(ago(since)), on=TODAY) is not None
