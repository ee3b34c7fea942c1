"""The mail that reminds members of staff: a number and a link, and no word about anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from tests.people import CANARY_A, CANARY_B, DB, Account, Cast
from wegnetz.casework.selectors import things_due
from wegnetz.casework.services import (
    ItemContent,
    MeetingContent,
    add_item,
    choose_reminders,
    make_appointment,
    note_appointment,
    send_reminders,
)
from wegnetz.core.days import working_day, working_moment

pytestmark = DB
WORDS = (CANARY_A, CANARY_B, "Yonas", "Yono", "Vertrag", "Teilhabe", "Ilka")


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "https://wegnetz.example"


def task(cast: Cast, days: int, by: Account | None = None) -> None:
    by = by or cast.ilka
    person = cast.omar.id if by is cast.bea else cast.yonas.id
    content = ItemContent(
        f"Vertrag {CANARY_A}", due_on=working_day() + timedelta(days=days), doer="staff", assignee=by.user
    )
    add_item(person, "task", content, by=by.viewer)


def meeting(cast: Cast, *, state: str = "planned") -> None:
    start = working_moment().replace(hour=12)
    content = MeetingContent(start, start + timedelta(hours=1), "conversation", cast.ilka.user, f"Vertrag {CANARY_A}")
    appointment = make_appointment(cast.yonas.id, content, by=cast.ilka.viewer)
    note_appointment(cast.yonas.id, appointment, state=state, by=cast.ilka.viewer)


def test_the_mail_says_how_many_things_wait_and_nothing_else(cast: Cast) -> None:
    task(cast, 0)
    task(cast, -3)
    meeting(cast)
    assert send_reminders(on=working_day()) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.cc, sent.bcc) == (
        ["ilka@a.example"], "Heute warten 3 Dinge auf Sie", [], [],
    )  # fmt: skip
    assert "https://wegnetz.example" in sent.body
    assert [word for word in WORDS if word in str(sent.message()).replace("ilka@a.example", "")] == []


def test_one_thing_is_one_thing(cast: Cast) -> None:
    task(cast, 0)
    send_reminders(on=working_day())
    assert [sent.subject for sent in mail.outbox] == ["Heute wartet eine Sache auf Sie"]


def test_what_is_not_due_today_reminds_nobody(cast: Cast) -> None:
    task(cast, 1)
    meeting(cast, state="cancelled")
    assert (send_reminders(on=working_day()), mail.outbox) == (0, [])


def test_everybody_is_reminded_of_their_own(cast: Cast) -> None:
    task(cast, 0)
    task(cast, 0, cast.bea)
    task(cast, 0, cast.bea)
    send_reminders(on=working_day())
    assert sorted((sent.to[0], sent.subject) for sent in mail.outbox) == [
        ("bea@b.example", "Heute warten 2 Dinge auf Sie"), ("ilka@a.example", "Heute wartet eine Sache auf Sie"),
    ]  # fmt: skip


def test_who_wants_no_mails_gets_none(cast: Cast) -> None:
    task(cast, 0)
    choose_reminders(wanted=False, by=cast.ilka.viewer)
    assert (send_reminders(on=working_day()), mail.outbox) == (0, [])
    choose_reminders(wanted=True, by=cast.ilka.viewer)
    assert send_reminders(on=working_day()) == 1


def test_an_installation_without_mail_sends_nothing(cast: Cast, settings: Settings) -> None:
    task(cast, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert (send_reminders(on=working_day()), mail.outbox) == (0, [])


def test_a_mail_that_does_not_go_out_stops_no_other_and_names_nobody(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    task(cast, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_reminders(on=working_day()) == 0
    assert caplog.messages == ["A reminder could not be sent: ConnectionRefusedError"]


def test_counting_opens_nothing_and_counts_for_the_viewer_alone(cast: Cast) -> None:
    task(cast, 0)
    assert [things_due(each.viewer, day=working_day()) for each in (cast.ilka, cast.bea)] == [1, 0]
