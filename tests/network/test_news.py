"""Who is told what of a workshop outside of the house: once, where they gave an address, and nothing about anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar
from pytest_django import Settings

from tests.evenings import Evenings, evenings, invited
from tests.network.answering import TODAY, happen, inside
from tests.people import CANARY_A, DB, Cast
from wegnetz.audit.models import Event
from wegnetz.core.languages import OWN_NAMES
from wegnetz.core.mails import Sending
from wegnetz.core.messages import as_fits, length
from wegnetz.core.secret_links import new_secret
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.services.answers import answer
from wegnetz.network.services.feedback import give_feedback
from wegnetz.network.services.invitations import take_invitation_back
from wegnetz.network.services.news import Letter, send_news
from wegnetz.network.services.workshops import cancel_date, move_date
from wegnetz.participants.boxes import Contact
from wegnetz.participants.models import Consent, Involvement, Person
from wegnetz.participants.openings import seal_contact
from wegnetz.portal.tasks import tell_of_workshops
from wegnetz.portal.workshop_news import SUBJECTS, send_workshop_news
from wegnetz.rules.news import News
from wegnetz.vault.models import SubjectKey
from wegnetz.vault.selectors import key_of

pytestmark = DB
HIDDEN = (CANARY_A, "Yonas", "Tesfay", "Ilka", "Teilhabe", "Durchstarten", "Wegnetz")
FOLDER = "wegnetz.core.messages.Folder"


class Broken:
    """A channel that is out of order."""

    def send(self, number: str, text: str) -> None:
        raise RuntimeError(f"{number} {text}")


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "https://netz.example"


@pytest.fixture
def made(cast: Cast) -> Evenings:
    """Yonas is invited to a time in a week. He has an e-mail address, and reads Tigrinya."""
    found = evenings(cast.ilka.viewer)
    invited(cast.yonas.id, found.later, by=cast.ilka.viewer)
    return found


def reaches(person: UUID, contact: Contact) -> None:
    row = Person.objects.get(id=person)
    row.contact_box = seal_contact(key_of(person), row, contact)
    row.save()


def at(hour: int = 12, *, days: int = 0) -> datetime:
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)


def run(hour: int = 12, *, days: int = 0) -> list[News]:
    """What is told in one run, in which nothing is written."""
    told: list[News] = []

    def tell(letter: Letter) -> Sending:
        told.append(letter.news)
        return Sending.SENT

    assert send_news(tell, now=at(hour, days=days)) == len(told)
    return told


def secret(made: Evenings) -> str:
    return inside(Invitation.objects.get(date=made.later).id).secret


# --- what is told, and once --------------------------------------------------------------------------


def test_an_invitation_its_change_and_a_reminder_are_told_once_each(made: Evenings, cast: Cast) -> None:
    assert (run(8), run(), run()) == ([], [News.INVITED], [])
    answer(secret(made), comes=True, on=TODAY)
    date = WorkshopDate.objects.get(id=made.later)
    move_date(made.later, date.starts_at + timedelta(hours=1), date.ends_at + timedelta(hours=1), by=cast.ilka.viewer)
    assert (run(22), run(22)) == ([News.CHANGED], [])
    assert (run(days=6), run(days=7), run(days=7)) == ([], [News.REMINDED], [])
    cancel_date(made.later, takes_place=False, by=cast.ilka.viewer)
    assert (run(3), run(3)) == ([News.CANCELLED], [])


def test_who_moved_up_is_told_and_reminded_of_what_is_tomorrow_with_it(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer, capacity=1)
    secrets = [inside(invited(each.id, made.later, by=by)).secret for each in (cast.lina, cast.yonas)]
    for each in secrets:
        answer(each, comes=True, on=TODAY)
    assert run(days=7) == []
    answer(secrets[0], comes=False, on=TODAY)
    assert (run(23, days=6), run(days=7)) == ([News.MOVED_UP], [News.REMINDED])
    answer(secrets[1], comes=False, on=TODAY)
    answer(secrets[0], comes=True, on=TODAY)
    answer(secrets[1], comes=True, on=TODAY)
    answer(secrets[0], comes=False, on=TODAY)
    assert (run(days=7), run(days=7)) == ([News.MOVED_UP], [])


def test_a_seat_whose_holder_is_not_accompanied_any_more_goes_to_who_waits(cast: Cast) -> None:
    by, made = cast.ilka.viewer, evenings(cast.ilka.viewer, capacity=1)
    for each in (cast.lina, cast.yonas):
        answer(inside(invited(each.id, made.later, by=by)).secret, comes=True, on=TODAY)
    Involvement.objects.filter(person=cast.lina.id).update(ended_at=timezone.now())
    assert (run(), Invitation.objects.get(date=made.later, person=cast.yonas.id).answer) == ([News.MOVED_UP], "coming")


def test_only_who_was_there_is_asked_how_it_was_and_only_once(made: Evenings) -> None:
    happen(made.later, ended=timedelta(minutes=1))
    assert run(days=1) == []
    Invitation.objects.filter(date=made.later).update(attended=True)
    assert (run(days=1), run(days=1)) == ([News.FEEDBACK], [])


def test_who_said_already_how_it_was_is_not_asked(made: Evenings) -> None:
    happen(made.later, ended=timedelta(minutes=1))
    Invitation.objects.filter(date=made.later).update(attended=True)
    give_feedback(secret(made), {"how": 3, "welcome": 3, "again": 3}, on=TODAY)
    assert run(days=1) == []


@pytest.mark.parametrize("way", ["no address", "taken back", "ended", "erased", "may not know", "no channel"])
def test_nobody_is_told_who_cannot_or_must_not_be(way: str, made: Evenings, cast: Cast, settings: Settings) -> None:
    match way:
        case "no address":
            reaches(cast.yonas.id, Contact(phone="0211 1", language="ti"))
        case "taken back":
            take_invitation_back(cast.yonas.id, Invitation.objects.get(date=made.later).id, by=cast.ilka.viewer)
        case "ended":
            Involvement.objects.filter(person=cast.yonas.id).update(ended_at=timezone.now())
        case "erased":
            SubjectKey.objects.filter(owner=cast.yonas.id).update(destroyed_at=timezone.now(), wrapped=b"")
        case "may not know":
            agreed = Consent.objects.get(involvements__person=cast.yonas.id)
            agreed.id, agreed.purpose = uuid4(), "a purpose that permits nothing"
            agreed.save(force_insert=True)
            Involvement.objects.filter(person=cast.yonas.id).update(consent=agreed)
        case "no channel":
            settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert run() == []


# --- what goes wrong ---------------------------------------------------------------------------------


def test_what_was_refused_is_tried_again_after_an_hour(made: Evenings) -> None:
    now = at()
    assert send_news(lambda _letter: Sending.FAILED, now=now) == 0
    assert send_news(lambda _letter: Sending.SENT, now=now + timedelta(minutes=59)) == 0
    assert send_news(lambda _letter: Sending.SENT, now=now + timedelta(minutes=60)) == 1
    assert run() == []


def test_a_worker_that_is_stopped_leaves_nothing_that_is_told_twice(made: Evenings) -> None:
    def stopped(_letter: Letter) -> Sending:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_news(stopped, now=at())
    assert (run(), inside(Invitation.objects.get(date=made.later).id).told) == ([], ("invited:0",))


def test_whoever_is_at_the_desk_is_not_told_that_something_changed(made: Evenings) -> None:
    before = Invitation.objects.get(date=made.later)
    assert run() == [News.INVITED]
    after = Invitation.objects.get(date=made.later)
    assert (after.version, after.changed_at, bytes(after.box) == bytes(before.box)) == (1, None, False)
    event = Event.objects.filter(action="tell").get()
    assert (event.actor, event.actor_role, event.category) == (None, "system", "contact, workshops")


def test_a_damaged_row_silences_nobody_else(made: Evenings, cast: Cast) -> None:
    Invitation.objects.filter(date=made.later).update(box=b"x" * 1200)
    invited(cast.yonas.id, made.date, by=cast.ilka.viewer)
    assert run(days=-2) == [News.INVITED]


# --- how it is told ----------------------------------------------------------------------------------


def test_the_mail_is_in_the_persons_language_and_names_nobody(made: Evenings, cast: Cast) -> None:
    assert send_workshop_news(now=at()) == 1
    (letter,) = mail.outbox
    link = f"https://netz.example/termin/{secret(made)}/?sprache=ti"
    assert (letter.to, link in letter.body, letter.attachments) == ([f"yonas@{CANARY_A.lower()}.example"], True, [])
    whole = f"{letter.subject}\n{letter.body}"
    assert [word for word in (*HIDDEN, str(cast.yonas.id), cast.yonas.pseudonym) if word in whole] == []
    assert ("Singen" in letter.subject, "Singen" in letter.body, "Halle" in letter.body) == (False, True, True)


def test_who_comes_gets_the_date_for_the_calendar_also_when_it_is_called_off(made: Evenings, cast: Cast) -> None:
    answer(secret(made), comes=True, on=TODAY)
    send_workshop_news(now=at(days=7))
    cancel_date(made.later, takes_place=False, by=cast.ilka.viewer)
    send_workshop_news(now=at(days=7))
    events = []
    for letter in mail.outbox:
        ((name, content, kind),) = [(each[0], each[1], each[2]) for each in letter.attachments]
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        events.append((name, kind, str(event["STATUS"]), str(event["SEQUENCE"]), str(event["UID"])))
    uid = events[0][4]
    assert events == [
        ("termin.ics", "text/calendar", "CONFIRMED", "0", uid), ("termin.ics", "text/calendar", "CANCELLED", "1", uid),
    ]  # fmt: skip


def test_who_has_not_answered_is_reminded_without_a_file(made: Evenings) -> None:
    assert (send_workshop_news(now=at()), send_workshop_news(now=at(days=7))) == (1, 1)
    assert [letter.attachments for letter in mail.outbox] == [[], []]
    assert mail.outbox[1].extra_headers == {"Auto-Submitted": "auto-generated"}


def test_the_job_tells_and_says_how_many(made: Evenings, cast: Cast, settings: Settings) -> None:
    cancel_date(made.later, takes_place=False, by=cast.ilka.viewer)
    assert (tell_of_workshops.call(), mail.outbox) == (0, [])  # who never heard of it
    settings.ADDRESS = ""
    cancel_date(made.later, takes_place=True, by=cast.ilka.viewer)
    assert (send_workshop_news(now=at()), mail.outbox) == (0, [])
    settings.ADDRESS = "https://netz.example"
    assert send_workshop_news(now=at()) == 1


def test_people_of_another_organisation_are_told_by_it_alone(made: Evenings, cast: Cast) -> None:
    invited(cast.omar.id, evenings(cast.bea.viewer, "drüben").later, by=cast.bea.viewer)
    assert send_workshop_news(now=at()) == 2
    by_address = {letter.to[0].partition("@")[0]: letter.body for letter in mail.outbox}
    assert ("drüben" in by_address["omar"], "drüben" in by_address["yonas"]) == (True, False)
    organisations = Event.objects.filter(action="tell").values_list("organisation", flat=True)
    assert set(organisations) == {cast.ilka.viewer.organisation, cast.bea.viewer.organisation}


# --- short messages ----------------------------------------------------------------------------------


def files(settings: Settings, folder: Path) -> list[str]:
    settings.SMS, settings.SMS_FOLDER = FOLDER, folder / "sms"
    send_workshop_news(now=at())
    return [each.read_text() for each in sorted((folder / "sms").glob("*"))] if (folder / "sms").exists() else []


def test_who_gave_a_number_alone_gets_a_short_message(
    made: Evenings, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    reaches(cast.yonas.id, Contact(phone="0211 / 770-0123", language="de"))
    date = timezone.localtime(WorkshopDate.objects.get(id=made.later).starts_at)
    (message,) = files(settings, tmp_path)
    link = f"https://netz.example/termin/{secret(made)}/"
    assert message == f"02117700123\nEine Einladung für dich {date.day}.{date.month}. 12:00 {link}\n"
    assert (mail.outbox, files(settings, tmp_path)) == ([], [message])


@pytest.mark.parametrize(
    "contact",
    [Contact("0211 1", "a@b.example", "de"), Contact("0211 1", "", "de", "nur über die Schwester"), Contact()],
)
def test_no_short_message_where_there_is_a_mail_or_the_telephone_may_be_somebody_elses(
    contact: Contact, made: Evenings, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    reaches(cast.yonas.id, contact)
    assert (files(settings, tmp_path), len(mail.outbox)) == ([], 1 if contact.email else 0)


def test_a_channel_that_is_out_of_order_is_tried_again_and_its_words_are_not_logged(
    made: Evenings, cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    reaches(cast.yonas.id, Contact(phone="0211 7700123", language="de"))
    settings.SMS = f"{__name__}.Broken"
    assert send_workshop_news(now=at()) == 0
    assert [each.getMessage() for each in caplog.records] == ["News of a workshop could not be sent: RuntimeError"]
    assert inside(Invitation.objects.get(date=made.later).id).told == ()


@pytest.mark.parametrize(
    ("text", "sent", "most"),
    [
        ("Eine Einladung für dich", "Eine Einladung für dich", 160),
        ("Ftesë për ty, Şimdi yerin var", "Ftese per ty, Simdi yerin var", 160),
        ("Dema te hat guherîn, ısı", "Dema te hat guherin, isi", 160),
        ("دعوة لك", "دعوة لك", 70),
        ("Приглашение", "Приглашение", 70),
    ],
)
def test_where_the_letters_allow_it_a_message_is_written_so_that_it_fits(text: str, sent: str, most: int) -> None:
    assert (as_fits(text), length(as_fits(text))) == (sent, (len(sent), most))


@pytest.mark.parametrize("language", OWN_NAMES)
def test_every_short_message_fits_where_the_script_allows(language: str) -> None:
    """With an address of thirty letters, on the longest of days."""
    with override(language):
        subjects = [str(subject) for subject in SUBJECTS.values()]
    link = f"https://{'x' * 22}/termin/{new_secret(uuid4())}/?sprache={language}"
    found = [length(as_fits(f"{subject} 28.12. 18:00 {link}")) for subject in subjects]
    assert [each for each in found if each[1] == 160 and each[0] > 160] == []
    assert length("a€")[0] == 3


def test_no_subject_says_what_it_is_about() -> None:
    subjects = " ".join(map(str, SUBJECTS.values())).lower()
    assert ([word for word in ("workshop", "programm", "flucht", "singen") if word in subjects], len(SUBJECTS)) == (
        [], len(News),
    )  # fmt: skip
