"""What a calendar outside learns: when, in the right time zone, and nothing else. The link is its owner's alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings

from tests.people import CANARY_A, DB, Cast, Desk, Page
from wegnetz.accounts.models import Membership, Organisation, User
from wegnetz.accounts.selectors import viewer_in
from wegnetz.audit.models import Event
from wegnetz.casework.models import Appointment, CalendarFeed
from wegnetz.casework.selectors.calendar import SUBSCRIPTION
from wegnetz.casework.services import MeetingContent, delete_appointment, make_appointment, note_appointment
from wegnetz.core.days import working_moment
from wegnetz.desk.calendars import ASKED_AT_MOST

pytestmark = DB
BERLIN = ZoneInfo("Europe/Berlin")
WORDS = (CANARY_A, "Yonas", "Weg", "Raum", "Haile", "Teilhabe", "Wegnetz A")


@pytest.fixture(autouse=True)
def nobody_has_asked(cast: Cast) -> None:
    cache.clear()


def made(
    cast: Cast, start: datetime | None = None, whom: UUID | None = None, held_by: UUID | None = None
) -> UUID:  # fmt: skip
    start = start or working_moment() + timedelta(days=2)
    content = MeetingContent(
        start, start + timedelta(hours=1), "conversation", held_by or cast.ilka.user, f"Weg {CANARY_A}",
        f"Raum {CANARY_A}", f"Frau Haile {CANARY_A}",
    )  # fmt: skip
    return make_appointment(whom or cast.yonas.id, content, by=cast.ilka.viewer)


def link(client: Desk) -> str:
    page = client.post(reverse("desk:make-calendar-link"))
    return str(page.context["link"]).removeprefix("http://testserver")


def read(page: Page) -> Calendar:
    found = Calendar.from_ical(page.content)
    assert isinstance(found, Calendar)
    return found


def recorded() -> int:
    return Event.objects.filter(purpose=SUBSCRIPTION).count()


# --- what stands in it -------------------------------------------------------------------------------


def test_no_calendar_holds_a_word_about_anybody(ilka: Desk, cast: Cast) -> None:
    appointment = made(cast)
    one = reverse("desk:appointment-file", args=[cast.yonas.id, appointment])
    pages = [ilka.get(one), ilka.get(reverse("desk:calendar-file")), Desk().get(link(ilka))]
    for page in pages:
        text = page.content.decode()
        assert [word for word in WORDS if word in text] == []
        ids = (appointment, cast.yonas.id, cast.ilka.user, cast.ilka.viewer.organisation)
        assert [str(each) for each in ids if str(each) in text or each.hex in text] == []
        (event,) = read(page).events
        assert sorted(event) == ["CLASS", "DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "UID"]
        assert (str(event["SUMMARY"]), page.headers["Content-Type"]) == ("Termin", "text/calendar; charset=utf-8")


def test_times_are_those_of_berlin_in_summer_and_winter(ilka: Desk, cast: Cast) -> None:
    """On both sides of the day on which the clocks change, with the zone's own rules in the file."""
    here = timezone.localtime()
    year = here.year if here.month < 10 else here.year + 1
    summer, winter = datetime(year, 7, 5, 9, 30, tzinfo=BERLIN), datetime(year, 1, 5, 9, 30, tzinfo=BERLIN)
    for start in (summer, winter):
        file = ilka.get(reverse("desk:appointment-file", args=[cast.yonas.id, made(cast, start)]))
        (event,) = read(file).events
        assert f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}" in file.content.decode()
        assert event.decoded("DTSTART") == start
        assert [str(zone["TZID"]) for zone in read(file).timezones] == ["Europe/Berlin"]


def test_moved_and_called_off_it_stays_the_same_appointment(ilka: Desk, cast: Cast) -> None:
    appointment = made(cast)
    address = link(ilka)
    before = read(Desk().get(address)).events[0]
    note_appointment(cast.yonas.id, appointment, state="cancelled", by=cast.ilka.viewer)
    after = read(Desk().get(address)).events[0]
    assert (before["UID"], str(before["STATUS"])) == (after["UID"], "CONFIRMED")
    assert str(after["STATUS"]) == "CANCELLED"
    delete_appointment(cast.yonas.id, appointment, by=cast.ilka.viewer)
    assert read(Desk().get(address)).events == []


def test_only_ones_own_appointments_of_one_year_around_today_are_in_it(ilka: Desk, bea: Desk, cast: Cast) -> None:
    made(cast)
    made(cast, working_moment() + timedelta(days=400))
    made(cast, working_moment() - timedelta(days=100))
    made(cast, held_by=cast.unprotected.user)
    assert (len(read(Desk().get(link(ilka))).events), len(read(Desk().get(link(bea))).events)) == (1, 0)


# --- the link ----------------------------------------------------------------------------------------


def test_the_link_is_shown_once_and_nowhere_stored(ilka: Desk, cast: Cast) -> None:
    token = link(ilka).removeprefix("/kalender/").removesuffix(".ics")
    page = ilka.get(reverse("desk:calendar"))
    feed = CalendarFeed.objects.get()
    assert (len(token), token in page.content.decode(), feed.token == token, len(feed.token)) == (43, False, False, 64)


def test_the_link_leads_to_the_address_the_operator_named(ilka: Desk, cast: Cast, settings: Settings) -> None:
    settings.ADDRESS = "https://wegnetz.example"
    page = ilka.post(reverse("desk:make-calendar-link"))
    assert str(page.context["link"]).startswith("https://wegnetz.example/kalender/")


def test_a_new_link_ends_the_old_one_and_revoking_ends_both(ilka: Desk, cast: Cast) -> None:
    old = link(ilka)
    new = link(ilka)
    assert (Desk().get(old).status_code, Desk().get(new).status_code) == (404, 200)
    assert ilka.post(reverse("desk:revoke-calendar-link")).status_code == 302
    assert Desk().get(new).status_code == 404


def test_a_link_that_is_over_answers_like_one_that_never_was_and_its_secret_is_not_logged(
    ilka: Desk, cast: Cast, log: StringIO
) -> None:
    over = link(ilka)
    ilka.post(reverse("desk:revoke-calendar-link"))
    never = f"/kalender/{'x' * 43}.ics"
    answers = [Desk().get(address) for address in (over, never)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(404, b"")] * 2
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert [line.partition(": ")[2] for line in log.getvalue().splitlines()] == ["Not Found: /kalender/***.ics"] * 2


@pytest.mark.parametrize("end", ["deactivated", "paused", "ended"])
def test_the_link_ends_at_once_with_the_role(end: str, ilka: Desk, cast: Cast) -> None:
    made(cast)
    address = link(ilka)
    today = timezone.localdate()
    if end == "deactivated":
        User.objects.filter(id=cast.ilka.user).update(is_active=False)
    else:
        change = {"paused_on": today} if end == "paused" else {"ended_on": today}
        Membership.objects.filter(user=cast.ilka.user).update(**change)
    assert Desk().get(address).status_code == 404


def test_a_link_stays_closed_when_the_account_opens_again(lead: Desk, ilka: Desk, cast: Cast) -> None:
    """Also that of a role that ended before and is taken up again afterwards."""
    row = Membership.objects.get(user=cast.ilka.user)
    also = Membership.objects.create(
        user=row.user, organisation=row.organisation, role="coach", began_on=row.began_on
    )  # fmt: skip
    addresses = [link(ilka)]
    ilka.post(reverse("desk:act-as"), {"membership": str(also.id)})
    addresses.append(link(ilka))
    lead.post(reverse("desk:end-role", args=[also.id]))
    for button in ("deactivate", "reactivate"):
        lead.post(reverse(f"desk:{button}", args=[cast.ilka.user]))
    lead.post(reverse("desk:resume-role", args=[also.id]))
    assert [viewer_in(each.id) is not None for each in (row, also)] == [True, True]
    assert [Desk().get(address).status_code for address in addresses] == [404, 404]


def test_being_shut_out_of_one_organisation_leaves_the_link_of_another(lead: Desk, ilka: Desk, cast: Cast) -> None:
    elsewhere = Organisation.objects.get(key="b")
    also = Membership.objects.create(
        user_id=cast.ilka.user, organisation=elsewhere, role="coach", began_on=timezone.localdate()
    )  # fmt: skip
    ilka.post(reverse("desk:act-as"), {"membership": str(also.id)})
    address = link(ilka)
    lead.post(reverse("desk:deactivate", args=[cast.ilka.user]))
    assert Desk().get(address).status_code == 200


def test_the_link_opens_nothing_but_the_calendar(ilka: Desk, cast: Cast) -> None:
    client = Desk()
    client.get(link(ilka))
    assert (client.get(reverse("desk:week")).status_code, len(client.cookies)) == (302, 0)


def test_each_person_is_recorded_once_an_hour(ilka: Desk, cast: Cast) -> None:
    made(cast)
    address = link(ilka)
    for _ in range(3):
        Desk().get(address)
    assert recorded() == 1
    made(cast, whom=cast.lina.id)
    Desk().get(address)
    subjects = [
        {subject.subject for subject in event.subjects.all()}
        for event in Event.objects.filter(purpose=SUBSCRIPTION).order_by("sequence")
    ]
    assert subjects == [{cast.yonas.id}, {cast.lina.id}]


def test_who_asks_too_often_is_told_to_wait_and_the_secret_is_not_logged(ilka: Desk, cast: Cast, log: StringIO) -> None:
    made(cast)
    address = link(ilka)
    answers = [Desk().get(address) for _ in range(ASKED_AT_MOST + 1)]
    assert [answer.status_code for answer in answers] == [200] * ASKED_AT_MOST + [429]
    assert (answers[-1].headers["Retry-After"], recorded()) == ("3600", 1)
    assert log.getvalue().endswith("Too Many Requests: /kalender/***.ics\n")


def test_a_feed_has_an_upper_limit(ilka: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wegnetz.casework.selectors.calendar.MOST", 2)
    for _ in range(3):
        made(cast)
    assert (Appointment.objects.count(), len(read(Desk().get(link(ilka))).events)) == (3, 2)


def test_what_a_link_shows_is_what_its_owner_may_see_in_that_role(cast: Cast, ilka: Desk) -> None:
    """A second role of the same person has a calendar of its own."""
    made(cast)
    first = link(ilka)
    row = Membership.objects.get(user=cast.ilka.user)
    second = Membership.objects.create(
        user=row.user, organisation=row.organisation, role="coach", began_on=row.began_on
    )  # fmt: skip
    ilka.post(reverse("desk:act-as"), {"membership": str(second.id)})
    assert (len(read(Desk().get(link(ilka))).events), len(read(Desk().get(first)).events)) == (0, 1)


def test_reminders_can_be_switched_off_and_on(ilka: Desk, cast: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    states = []
    for wanted in ("no", "no", "yes"):
        page = ilka.post(reverse("desk:reminders"), {"wanted": wanted}, follow=True)
        states.append(page.context["reminders"])
    assert states == [False, False, True]
