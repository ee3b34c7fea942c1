"""Contact points are confirmed every half year: who keeps them is asked by mail, and ticks what still holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import Settings

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.desk.mates import also, colleague
from tests.desk.stands import Stand, stands
from tests.directory.places import a_point
from tests.people import CANARY_A, CANARY_B, DB, Account, Cast, Desk, account, sign_in
from tests.statements import asked, watched
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Membership, Organisation
from wegnetz.casework.selectors import want_no_reminders
from wegnetz.core.days import working_day
from wegnetz.desk.confirmation_mail import send_confirmation_mails
from wegnetz.directory.models import ContactPoint
from wegnetz.directory.selectors import open_point
from wegnetz.directory.services import ask_to_confirm, confirm, delete_point, save_point

pytestmark = DB
DAY = timedelta(days=1)
HALF_A_YEAR = timedelta(days=182)
KEEPERS = ("lead@a.example", "network-coordinator@a.example", "steering@a.example", "workshop-host@a.example")


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "https://wegnetz.example"


@pytest.fixture
def places(cast: Cast) -> dict[str, Stand]:
    return stands(cast)


@pytest.fixture
def host(cast: Cast) -> Account:
    return colleague(cast, Role.WORKSHOP_HOST)


def sent(on: date) -> dict[str, str]:
    """The subject by address."""
    mail.outbox.clear()
    number = send_confirmation_mails(on=on)
    assert number == len(mail.outbox)
    return {each.to[0]: str(each.subject) for each in mail.outbox}


def confirmed(places: dict[str, Stand], cast: Cast, on: date) -> None:
    """A's own and nobody's, by who coordinates."""
    for name in ("of A", "nobody's"):
        confirm(places[name].id, by=colleague(cast, Role.NETWORK_COORDINATOR).viewer, on=on)


def url(name: str) -> str:
    return reverse(f"desk:{name}")


# --- the mail ----------------------------------------------------------------------------------------


def test_everybody_is_asked_about_what_they_keep_and_of_what_nobody_keeps_those_who_keep_the_rest(
    places: dict[str, Stand], cast: Cast
) -> None:
    assert len(places) == 4
    two, one = "2 Orte im Verzeichnis warten auf Ihre Bestätigung", "Ein Ort im Verzeichnis wartet auf Ihre Bestätigung"
    assert sent(working_day()) == dict(zip(KEEPERS, (one, two, two, one), strict=True))
    words = (CANARY_A, CANARY_B, "Haus am", "Kollegin", "Teilhabe")
    assert [word for each in mail.outbox for word in words if word in str(each.message())] == []
    body = (
        f"{one}. Seit einem halben Jahr hat niemand gesagt, dass dort noch alles stimmt.\n\n"
        "In Wegnetz steht es unter „Orte“, „Zu bestätigen“: Haken Sie dort an, was noch stimmt.\n\n"
        "https://wegnetz.example/verzeichnis/bestaetigen/\n\n"
        "Diese Erinnerungen schalten Sie unten auf derselben Seite ab.\n\n"
    )
    assert {each.body for each in mail.outbox} == {body, body.replace(one, two)}
    assert cast.ilka.email not in str([each.to for each in mail.outbox])


def test_what_is_confirmed_closed_or_gone_asks_nobody(places: dict[str, Stand], cast: Cast) -> None:
    coordinator = colleague(cast, Role.NETWORK_COORDINATOR).viewer
    confirm(places["of A"].id, by=coordinator, on=working_day() - HALF_A_YEAR + DAY)
    delete_point(places["nobody's"].id, by=coordinator, on=working_day())
    save_point(None, a_point(closed=True), by=coordinator)
    assert sent(working_day()) == {}
    assert sorted(sent(working_day() + DAY)) == list(KEEPERS)


def test_whoever_has_several_roles_gets_one_mail_that_counts_each_place_once(
    places: dict[str, Stand], cast: Cast, host: Account
) -> None:
    also(host, Role.LEAD)
    also(host, Role.WORKSHOP_HOST, Organisation.objects.get(key="b").id)
    assert len(places) == 4
    assert Counter(each for each in sent(working_day()) if each == host.email) == {host.email: 1}
    assert [each.subject for each in mail.outbox if each.to == [host.email]] == [
        "2 Orte im Verzeichnis warten auf Ihre Bestätigung"
    ]


@pytest.mark.usefixtures("places")
def test_who_stays_silent_is_asked_again_after_four_weeks(cast: Cast) -> None:
    first = working_day()
    assert cast
    found = [len(sent(first + number * DAY)) for number in range(60)]
    assert [day for day, number in enumerate(found) if number] == [0, 28, 56]
    assert set(found) == {0, 4}


def test_what_came_to_wait_is_told_a_week_after_the_last_mail_at_the_earliest(
    places: dict[str, Stand], cast: Cast, host: Account
) -> None:
    first = working_day()
    confirmed(places, cast, first - HALF_A_YEAR)
    point = save_point(None, a_point(), by=host.viewer)
    confirm(point, by=host.viewer, on=first - HALF_A_YEAR + 3 * DAY)
    days = [day for day in range(30) if host.email in sent(first + day * DAY)]
    assert days == [0, 7]  # and the next 28 days after that


def test_what_came_to_wait_in_place_of_what_was_confirmed_is_told_too(
    places: dict[str, Stand], cast: Cast, host: Account
) -> None:
    first = working_day()
    point = save_point(None, a_point(), by=host.viewer)
    confirm(point, by=host.viewer, on=first - HALF_A_YEAR + 3 * DAY)
    assert host.email in sent(first)
    confirmed(places, cast, first)
    assert [day for day in range(1, 30) if host.email in sent(first + day * DAY)] == [7]


def test_who_wants_no_mails_or_cannot_sign_in_gets_none(places: dict[str, Stand], cast: Cast, host: Account) -> None:
    desk = sign_in(host)
    assert places
    page = desk.get(url("check-points"))
    assert (page.context["reminders"], page.context["mails"]) == (True, True)
    desk.post(url("directory-reminders"), {"wanted": "no"})
    Membership.objects.filter(user=colleague(cast, Role.LEAD).user).update(paused_on=working_day())
    assert sorted(sent(working_day())) == list(KEEPERS[1:3])
    assert desk.get(url("check-points")).context["reminders"] is False
    desk.post(url("directory-reminders"), {"wanted": "yes"})
    assert list(sent(working_day())) == [host.email]


@pytest.mark.parametrize("role", [Role.LEAD, Role.STEERING, Role.WORKSHOP_HOST, Role.NETWORK_COORDINATOR])
def test_everybody_who_is_asked_can_stop_it(role: Role, cast: Cast) -> None:
    keeper = colleague(cast, role)
    sign_in(keeper).post(url("directory-reminders"), {"wanted": "no"})
    assert want_no_reminders() == {keeper.user}


def test_an_installation_without_mail_asks_nobody(places: dict[str, Stand], settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert places
    assert send_confirmation_mails(on=working_day()) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sorted(sent(working_day())) == list(KEEPERS)


def test_a_mail_that_did_not_go_out_is_tried_again_the_next_day(
    places: dict[str, Stand], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    first = working_day()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert places
    for day in (first, first + 28 * DAY):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        assert send_confirmation_mails(on=day) == 0
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert sorted(sent(day)) == list(KEEPERS)
    assert set(caplog.messages) == {"A reminder could not be sent: ConnectionRefusedError"}


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("before", [0, 1])
def test_of_two_workers_one_alone_sends_each_mail(before: int) -> None:
    """The second begins while the first is at its first mail, and has read the same as the first."""
    post: list[str] = []
    day = working_day()
    for number in range(before):
        ask_to_confirm(on=day + number * DAY, quiet=(), send=lambda *_mail: True)
    day += 28 * before * DAY

    def second(address: str, _number: int) -> bool:
        post.append(address)
        return True

    def first(address: str, _number: int) -> bool:
        ask_to_confirm(on=day, quiet=(), send=second)
        post.append(address)
        return True

    ask_to_confirm(on=day, quiet=(), send=first)
    assert sorted(post) == list(KEEPERS)


@pytest.mark.usefixtures("places")
def test_when_a_worker_is_stopped_at_a_mail_that_one_waits_a_week_and_the_others_a_day() -> None:
    """Whether it went out nobody knows, and nobody is to get it twice."""
    day = working_day()

    def stopped(address: str, _number: int) -> bool:
        raise SystemExit(address)

    with pytest.raises(SystemExit) as stop:
        ask_to_confirm(on=day, quiet=(), send=stopped)
    others = sorted(set(KEEPERS) - {str(stop.value)})
    assert sorted(sent(day + DAY)) == others
    assert [len(sent(day + number * DAY)) for number in range(2, 7)] == [0] * 5
    assert list(sent(day + 7 * DAY)) == [str(stop.value)]


# --- the page ----------------------------------------------------------------------------------------


def three(host: Account) -> list[UUID]:
    return [save_point(None, a_point(name=f"Haus {number}"), by=host.viewer) for number in range(3)]


def test_what_is_ticked_is_confirmed_and_the_rest_waits_on(host: Account) -> None:
    first, second, third = three(host)
    desk = sign_in(host)
    before = last_place(host.viewer.organisation)
    page = desk.post(url("check-points"), {"point": [str(first), str(third), "none", str(UUID(int=1))]}, follow=True)
    assert [each["found"].id for each in page.context["points"]] == [second]
    assert "2 Orte sind bestätigt" in page.content.decode()
    assert [open_point(each).point.confirmed_on for each in (first, second, third)] == [
        working_day(), None, working_day(),
    ]  # fmt: skip
    assert recorded_since(host.viewer.organisation, before) == [
        Recorded("confirm", "directory", "", frozenset({first, third}))
    ]


def test_the_offers_of_a_place_are_confirmed_with_it(places: dict[str, Stand], host: Account) -> None:
    before = open_point(places["of A"].id)
    sign_in(host).post(url("check-points"), {"point": str(places["of A"].id)})
    after = open_point(places["of A"].id)
    assert [each.offer.confirmed_on for each in after.offers] == [working_day()]
    assert (after.version, after.offers[0].version) == (before.version + 1, before.offers[0].version + 1)
    assert replace(after.point, confirmed_on=None) == before.point


def test_nobody_confirms_what_others_keep_or_what_is_gone(places: dict[str, Stand], cast: Cast, host: Account) -> None:
    delete_point(places["of A"].id, by=host.viewer, on=working_day())
    page = sign_in(host).post(url("check-points"), {"point": [str(each.id) for each in places.values()]}, follow=True)
    assert "Bestätigt wurde nichts" in page.content.decode()
    assert set(ContactPoint.objects.values_list("confirmed_on", flat=True)) == {None}
    sign_in(colleague(cast, Role.STEERING)).post(
        url("check-points"), {"point": [str(each.id) for each in places.values()]}
    )
    found = ContactPoint.objects.filter(confirmed_on__isnull=False)
    assert list(found.values_list("id", flat=True)) == [places["nobody's"].id]


@pytest.mark.parametrize("sent", [{}, {"point": ""}, {"point": "\0"}])
def test_who_ticks_nothing_is_told_what_to_do(sent: dict[str, str], host: Account) -> None:
    three(host)
    page = sign_in(host).post(url("check-points"), sent, follow=True)
    assert ("Haken Sie zuerst an" in page.content.decode(), len(page.context["points"])) == (True, 3)


def test_all_of_a_page_are_ticked_with_one_press_and_none_before(host: Account) -> None:
    for number in range(25):
        save_point(None, a_point(name=f"Haus {number:02}"), by=host.viewer)
    desk = sign_in(host)
    ticked = [
        desk.get(url("check-points") + query).content.decode().count(" checked")
        for query in ("", "?alle=1", "?alle=1&page=2", "?alle=2&page=2")
    ]
    assert ticked == [0, 20, 0, 5]


def test_the_page_says_what_is_to_be_checked(places: dict[str, Stand], cast: Cast) -> None:
    text = sign_in(colleague(cast, Role.STEERING)).get(url("check-points")).content.decode()
    assert places
    assert [text.count(word) for word in ("Haus am Anfang", "Offener Chor", "Haus am Bach", "Noch nie bestätigt")] == [
        2, 2, 0, 2,
    ]  # fmt: skip


def statements(desk: Desk) -> tuple[int, int]:
    desk.get(url("check-points"))
    with watched() as seen:
        page = desk.get(url("check-points"))
    return len(page.context["points"]), asked(seen)


def test_the_page_asks_as_much_for_three_places_as_for_one(places: dict[str, Stand], host: Account) -> None:
    desk = sign_in(host)
    assert places
    one = statements(desk)
    for number in range(2):
        save_point(None, a_point(name=f"Haus {number}"), by=host.viewer)
    assert (one, statements(desk)) == ((1, 6), (3, 6))


def test_confirming_asks_as_much_for_three_places_as_for_one_but_for_storing_each(host: Account) -> None:
    points = three(host)
    counted = []
    for chosen in (points[:1], points):
        with watched() as seen:
            sign_in(host).post(url("check-points"), {"point": [str(each) for each in chosen]})
        counted.append(sum('UPDATE "directory_contactpoint"' not in each.sql for each in seen))
    assert counted[0] == counted[1]


def test_of_another_organisation_a_host_sees_nothing(places: dict[str, Stand]) -> None:
    other = account("host", "Gast", Organisation.objects.get(key="b"), Role.WORKSHOP_HOST)
    page = sign_in(other).get(url("check-points"))
    assert [each["found"].id for each in page.context["points"]] == [places["of B"].id]
