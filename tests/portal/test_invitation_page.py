"""The page of an invitation: one tap answers, fetching it answers nothing, and it says what holds."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.audit.reading_back import last_place, recorded_since
from tests.company import Company
from tests.desk.asking import rows_of_every_table
from tests.desk.conftest import log
from tests.desk.test_audit_unavailable import full_disk
from tests.evenings import invited
from tests.network.answering import happen, inside
from tests.people import CANARY_A, DB, Cast, Desk
from tests.portal.invited import PARTS, Invited, buttons, text, told
from wegnetz.accounts.selectors import hash_of
from wegnetz.audit.models import Event
from wegnetz.core.languages import OWN_NAMES
from wegnetz.core.secret_links import new_secret
from wegnetz.network.models import Feedback, Invitation, Workshop, WorkshopDate
from wegnetz.network.services.invitations import take_invitation_back
from wegnetz.network.services.workshops import cancel_date, move_date
from wegnetz.participants.models import Involvement
from wegnetz.portal.invitation_guard import ASKED_AT_MOST
from wegnetz.portal.invitation_visits import OPEN_FOR
from wegnetz.portal.invitation_words import day_in_words
from wegnetz.vault.models import SubjectKey

__all__ = ["full_disk", "log"]
pytestmark = DB


@pytest.fixture
def yonas(cast: Cast) -> Invited:
    return Invited(cast)


def row(yonas: Invited) -> Invitation:
    return Invitation.objects.get(token=hash_of(yonas.secret))


# --- the secret --------------------------------------------------------------------------------------


def test_the_secret_leaves_the_address_at_once_and_the_cookie_holds_it_sealed(cast: Cast) -> None:
    yonas = Invited(cast, follows=False)
    answer = yonas.follow()
    assert (answer.status_code, answer.headers["Location"], answer.content) == (302, yonas.page, b"")
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    cookie = answer.cookies[yonas.cookie]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"], cookie["max-age"]) == (
        yonas.page, True, "Lax", OPEN_FOR,
    )  # fmt: skip
    seen = yonas.get()
    kept = [
        part for part in (yonas.secret, str(row(yonas).id), str(cast.yonas.id)) if part in text(seen) + cookie.value
    ]
    assert (kept, seen.headers["X-Robots-Tag"], seen.headers["Cache-Control"]) == ([], "noindex, nofollow", "no-store")
    assert seen.headers["Referrer-Policy"] == "same-origin"


def test_two_invitations_in_one_browser_are_two_pages(yonas: Invited, cast: Cast) -> None:
    """Whoever has both open answers the one they look at."""
    later = WorkshopDate.objects.filter(workshop=yonas.workshop).order_by("starts_at").last()
    assert later is not None
    other = inside(invited(cast.yonas.id, later.id, by=cast.ilka.viewer)).secret
    assert yonas.client.get(f"/termin/{other}/").status_code == 302
    assert told(yonas.says("yes")) == ["Du hast einen Platz."]
    assert list(Invitation.objects.filter(date=later).values_list("answer", flat=True)) == ["invited"]


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "é", "a" * 396])
def test_a_cookie_that_is_none_of_ours_opens_nothing(yonas: Invited, cookie: str) -> None:
    yonas.client.cookies[yonas.cookie] = cookie
    assert yonas.get().status_code == 404


def test_the_cookie_of_one_invitation_opens_no_other(yonas: Invited, cast: Cast) -> None:
    lina = Invited(cast, person=cast.lina.id)
    lina.client.cookies[lina.cookie] = yonas.client.cookies[yonas.cookie].value
    assert (lina.get().status_code, lina.client.get(yonas.page).status_code) == (404, 404)


def test_the_cookie_ends_by_itself(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wegnetz.portal.invitation_visits.OPEN_FOR", -1)
    late = Invited(cast)
    late.client.cookies[late.cookie]["max-age"] = ""
    assert late.get().status_code == 404


WAYS = ["never", "another organisation", "taken back", "ended", "erased", "short"]


def broken(way: str, cast: Cast) -> Invited:
    found = Invited(cast, person=cast.yonas.id)
    match way:
        case "never":
            found.link = f"/termin/{new_secret(uuid4())}/"
        case "another organisation":
            found.link = f"/termin/{new_secret(cast.bea.viewer.organisation)}/"
        case "taken back":
            take_invitation_back(cast.yonas.id, row(found).id, by=cast.ilka.viewer)
        case "ended":
            Involvement.objects.filter(person=cast.yonas.id).update(ended_at=timezone.now())
        case "erased":
            SubjectKey.objects.filter(owner=cast.yonas.id).update(destroyed_at=timezone.now(), wrapped=b"")
        case "short":
            found.link = "/termin/hier/"
    return found


@pytest.mark.parametrize("way", WAYS)
def test_links_that_open_nothing_are_all_answered_alike_and_no_secret_is_logged(
    way: str, cast: Cast, log: StringIO
) -> None:
    found = broken(way, cast)
    before = rows_of_every_table()
    answer, nowhere = found.follow(), Desk(headers={"Accept-Language": "de"}).get(f"/termin/{'x' * 64}/")
    same = text(nowhere).replace(f"/termin/{'x' * 64}/", found.link)
    assert (answer.status_code, text(answer) == same) == (404, True)
    assert sorted(answer.headers.items()) == sorted(nowhere.headers.items())
    assert ("Dieser Link öffnet nichts" in text(answer), found.secret in log.getvalue()) == (True, False)
    if way in {"taken back", "ended", "erased"}:
        page = found.get()
        assert (page.status_code, text(page).replace(found.page, "") == same) == (404, True)
        assert [found.post(part, comes="yes").status_code for part in ("antwort/", "brauche/", "wie-war-es/")] == [
            404
        ] * 3
    assert rows_of_every_table() == before


def test_every_address_opens_with_the_cookie_and_without_it_none(yonas: Invited, cast: Cast) -> None:
    fetched, posted = ("", "termin.ics"), ("antwort/", "brauche/", "wie-war-es/")
    assert sorted((*fetched, *posted)) == sorted(PARTS.values())
    without = Desk()
    before = rows_of_every_table()
    assert [without.get(yonas.page + part).status_code for part in fetched] == [404] * 2
    assert [without.post(yonas.page + part, {"comes": "yes"}).status_code for part in posted] == [404] * 3
    assert rows_of_every_table() == before
    assert [yonas.get(part).status_code for part in fetched] == [200] * 2
    assert [yonas.get(part).status_code for part in posted] == [405] * 3
    assert [yonas.post(part).status_code for part in fetched] == [405] * 2
    assert yonas.client.get("/menschen/").status_code == 302


def test_whoever_comes_too_late_keeps_what_they_wrote_and_can_read_why_in_their_language(yonas: Invited) -> None:
    late = Desk(headers={"Accept-Language": "de"}).post(f"{yonas.page}brauche/", {"note": "Wir kommen <b>zu zweit"})
    assert (late.status_code, "Wir kommen &lt;b&gt;zu zweit" in text(late)) == (404, True)
    assert f'href="{yonas.page}?sprache=ti"' in text(late)


def test_a_signed_in_colleague_without_the_link_sees_nothing(yonas: Invited, ilka: Desk) -> None:
    assert ilka.get(yonas.page).status_code == 404


def test_a_form_without_its_token_is_refused(yonas: Invited) -> None:
    client = Desk(enforce_csrf_checks=True, headers={"Accept-Language": "de"})
    client.get(yonas.link)
    assert client.post(f"{yonas.page}antwort/", {"comes": "yes"}).status_code == 403
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text(client.get(yonas.page)))
    assert found is not None
    sent = {"csrfmiddlewaretoken": found[1], "comes": "yes"}
    assert client.post(f"{yonas.page}antwort/", sent).status_code == 302


def test_who_asks_too_often_is_told_to_wait(yonas: Invited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wegnetz.portal.invitation_guard.ASKED_AT_MOST", 3)
    answers = [yonas.get() for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert (answers[-1].headers["Retry-After"], ASKED_AT_MOST) == ("3600", 300)


# --- what fetching does ------------------------------------------------------------------------------


def test_a_program_that_fetches_everything_answers_nothing(cast: Cast) -> None:
    """Programs that look through mails follow links, and what they lead to."""
    yonas = Invited(cast, follows=False)
    before = rows_of_every_table()
    client = Desk()
    assert client.get(yonas.link, follow=True).status_code == 200
    assert client.head(yonas.link).status_code == 302
    for address in re.findall(r'href="([^"]+)"', text(client.get(yonas.page))):
        client.get(address.replace("&amp;", "&") if address.startswith("/termin") else yonas.page)
    after = rows_of_every_table()
    changed = [table for table in before if before[table] != after[table]]
    assert [table for table in changed if table not in {"core_cache", "audit_event", "audit_eventsubject"}] == []
    fetched = yonas.client.get(yonas.link, headers={"Sec-Purpose": "prefetch"})
    assert (fetched.status_code, yonas.cookie in fetched.cookies, row(yonas).answer) == (204, False, "invited")


def test_following_the_link_records_nothing_and_seeing_the_page_is_recorded_first(
    cast: Cast, company: Company, request: pytest.FixtureRequest
) -> None:
    yonas = Invited(cast)
    place = last_place(cast.ilka.viewer.organisation)
    yonas.follow()
    assert recorded_since(cast.ilka.viewer.organisation, place) == []
    yonas.get()
    (event,) = recorded_since(cast.ilka.viewer.organisation, place)
    assert (event.action, event.category, event.purpose, event.subjects) == (
        "view", "workshops", "own invitation", frozenset({cast.yonas.id}),
    )  # fmt: skip
    request.getfixturevalue("full_disk")
    yonas.client.raise_request_exception = False
    page = yonas.get()
    assert (page.status_code, "Singen" in text(page), page.headers["Retry-After"]) == (503, False, "60")
    assert yonas.post("antwort/", comes="yes").status_code == 500
    assert row(yonas).answer == "invited"


# --- answering ---------------------------------------------------------------------------------------


def test_one_tap_answers_and_the_page_says_what_holds(yonas: Invited) -> None:
    first = yonas.get()
    assert (told(first), buttons(first)) == ([], ["yes", "no"])
    coming = yonas.says("yes")
    assert (told(coming), buttons(coming)) == (["Du hast einen Platz."], ["no"])
    declined = yonas.says("no")
    assert (told(declined), buttons(declined)) == (["Schade, dass du nicht kommen kannst."], ["yes"])
    assert told(yonas.says("yes")) == ["Du hast einen Platz."]
    assert yonas.post("antwort/", comes="maybe").status_code == 422


def test_who_waits_sees_their_place_and_who_moved_up_that_a_seat_became_free(cast: Cast) -> None:
    yonas = Invited(cast, capacity=1)
    lina = Invited(cast, person=cast.lina.id, follows=False)
    lina.secret = inside(invited(cast.lina.id, yonas.date, by=cast.ilka.viewer)).secret
    client = Desk(headers={"Accept-Language": "de"})
    yonas.says("yes")
    page = client.get(f"/termin/{lina.secret}/", follow=True)
    handle = page.redirect_chain[-1][0]
    client.post(f"{handle}antwort/", {"comes": "yes"})
    waiting = client.get(handle)
    assert (told(waiting), buttons(waiting)) == (["Du stehst auf der Warteliste, Platz 1."], ["no"])
    yonas.says("no")
    assert told(client.get(handle)) == ["Ein Platz ist frei geworden. Du hast jetzt einen Platz."]
    assert told(yonas.says("yes")) == ["Du stehst auf der Warteliste, Platz 1."]


def test_what_somebody_needs_is_kept_and_what_is_too_long_comes_back_as_typed(yonas: Invited) -> None:
    assert "brauche/" not in text(yonas.get())
    yonas.says("yes")
    saved = yonas.post("brauche/", childcare="1", note="Wir sind zu zweit\r\n<b>")
    assert saved.status_code == 302
    page = text(yonas.client.get(saved.headers["Location"]))
    assert ("Gespeichert." in page, 'name="childcare" value="1" checked' in page) == (True, True)
    assert ('name="ticket" value="1" checked' in page, "Wir sind zu zweit\n&lt;b&gt;" in page) == (False, True)
    long = yonas.post("brauche/", ticket="1", note="ä" * 201)
    assert (long.status_code, "ä" * 201 in text(long)) == (422, True)
    assert "Der Text ist zu lang." in text(long)
    assert inside(row(yonas).id).note == "Wir sind zu zweit\n<b>"
    assert yonas.post("brauche/", note="ä\r\n" * 100).status_code == 302


def test_called_off_begun_and_over_are_said_plainly_and_nothing_can_be_tapped(yonas: Invited, cast: Cast) -> None:
    yonas.says("yes")
    dates = WorkshopDate.objects.filter(id=yonas.date)
    dates.update(starts_at=timezone.now() - timedelta(minutes=5))
    begun = yonas.post("antwort/", comes="no")
    assert (begun.status_code, "Es hat schon angefangen." in text(begun), buttons(begun)) == (409, True, [])
    kept = yonas.post("brauche/", note="komme später")
    assert (kept.status_code, "komme später" in text(kept)) == (409, True)
    happen(yonas.date)
    assert (told(yonas.get()), buttons(yonas.get())) == (["Dieser Termin ist vorbei."], [])
    dates.update(starts_at=timezone.now() + timedelta(days=1), ends_at=timezone.now() + timedelta(days=2))
    cancel_date(yonas.date, takes_place=False, by=cast.ilka.viewer)
    off = yonas.get()
    assert (told(off), buttons(off), yonas.post("antwort/", comes="no").status_code) == (
        ["Dieser Termin fällt aus."], [], 409,
    )  # fmt: skip
    cancel_date(yonas.date, takes_place=True, by=cast.ilka.viewer)
    assert buttons(yonas.get()) == ["yes", "no"]  # it changed since the answer: both can be tapped


def test_who_answered_before_it_was_moved_is_told_and_answers_anew(yonas: Invited, cast: Cast) -> None:
    changed = "Es hat sich etwas geändert"
    yonas.says("yes")
    date = WorkshopDate.objects.get(id=yonas.date)
    move_date(yonas.date, date.starts_at + timedelta(days=1), date.ends_at + timedelta(days=1), by=cast.ilka.viewer)
    page = yonas.get()
    assert (changed in text(page), told(page), buttons(page)) == (True, ["Du hast einen Platz."], ["yes", "no"])
    again = yonas.says("yes")
    assert (changed in text(again), buttons(again)) == (False, ["no"])


# --- what it shows -----------------------------------------------------------------------------------


def test_the_page_says_all_that_matters_and_names_nobody_but_the_host(yonas: Invited, cast: Cast) -> None:
    Workshop.objects.filter(id=yonas.workshop).update(women_only=True, directions="Bahn 706 bis Pinienstraße")
    seen = text(yonas.get())
    starts = timezone.localtime(WorkshopDate.objects.get(id=yonas.date).starts_at)
    for word in (
        day_in_words(starts.date(), "de"), "12:00 bis 14:00", "Singen", "Lieder von überall", "Halle", "Rike",
        "Bahn 706 bis Pinienstraße", "nur für Frauen", "Dein Kind kann mitkommen.",
        "Du kannst eine Fahrkarte bekommen.",
    ):  # fmt: skip
        assert (word, word in seen) == (word, True)
    assert "<title>Einladung · Wegnetz</title>" in seen
    hidden = (CANARY_A, "Yonas", "Tesfay", "Ilka", "Teilhabe", "Durchstarten", cast.yonas.pseudonym)
    assert [word for word in hidden if word in seen] == []


@pytest.mark.parametrize("language", OWN_NAMES)
def test_the_page_is_in_every_language_with_its_own_day(language: str, yonas: Invited) -> None:
    page = yonas.get(query=f"?sprache={language}")
    direction = "rtl" if language in {"ar", "fa", "prs", "ps", "ckb"} else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in text(page)
    starts = timezone.localtime(WorkshopDate.objects.get(id=yonas.date).starts_at)
    assert (day_in_words(starts.date(), language) in text(page), page.headers["Content-Language"]) == (True, language)


def test_the_language_stays_from_the_link_on_and_no_other_is_taken(cast: Cast) -> None:
    yonas = Invited(cast, follows=False)
    assert yonas.follow("?sprache=ti").headers["Location"] == f"{yonas.page}?sprache=ti"
    page = text(yonas.get(query="?sprache=ti"))
    assert f'action="{yonas.page}antwort/?sprache=ti"' in page
    assert yonas.post("antwort/", "?sprache=ti", comes="yes").headers["Location"] == f"{yonas.page}?sprache=ti"
    assert yonas.follow('?sprache="><b>').headers["Location"] == f"{yonas.page}?sprache=de"


def test_words_are_in_the_language_of_the_page_or_say_in_which_they_are(yonas: Invited) -> None:
    missing = "Diesen Text gibt es noch nicht in deiner Sprache."
    assert missing not in text(yonas.get(query="?sprache=de"))
    english = text(yonas.get(query="?sprache=en"))
    assert ("<bdi>German</bdi>" in english, '<h1 lang="de"><bdi>Singen</bdi>' in english) == (True, True)
    said = {"de": {"title": "Singen", "text": "Lieder"}, "en": {"title": "Singing", "text": "Songs"}}
    Workshop.objects.filter(id=yonas.workshop).update(wording={"language": "de", "said": said})
    english = text(yonas.get(query="?sprache=en"))
    assert ("<bdi>German</bdi>" in english, '<h1 lang="en"><bdi>Singing</bdi>' in english) == (False, True)


def test_the_calendar_file_is_the_same_event_through_all_its_changes(yonas: Invited, cast: Cast) -> None:
    def event() -> dict[str, str]:
        page = yonas.get("termin.ics")
        assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
        (found,) = Calendar.from_ical(page.content).walk("VEVENT")
        names = ("UID", "SUMMARY", "LOCATION", "SEQUENCE", "STATUS", "CLASS")
        return {name: str(found[name]) for name in names} | {"at": found.decoded("DTSTART").isoformat()}

    first = event()
    assert (first["SUMMARY"], first["LOCATION"], first["SEQUENCE"], first["STATUS"], first["CLASS"]) == (
        "Singen", "Halle", "0", "CONFIRMED", "PRIVATE",
    )  # fmt: skip
    assert [each for each in (row(yonas).id, cast.yonas.id, yonas.date) if str(each) == first["UID"]] == []
    date = WorkshopDate.objects.get(id=yonas.date)
    move_date(yonas.date, date.starts_at + timedelta(hours=1), date.ends_at + timedelta(hours=1), by=cast.ilka.viewer)
    moved = event()
    assert (moved["UID"], moved["SEQUENCE"], moved["at"] > first["at"]) == (first["UID"], "1", True)
    cancel_date(yonas.date, takes_place=False, by=cast.ilka.viewer)
    off = event()
    assert (off["UID"], off["SEQUENCE"], off["STATUS"]) == (first["UID"], "2", "CANCELLED")


# --- how it was --------------------------------------------------------------------------------------


def test_three_taps_say_how_it_was_and_then_it_says_thank_you(yonas: Invited) -> None:
    happen(yonas.date)
    Invitation.objects.filter(date=yonas.date).update(attended=True)
    before = Event.objects.count()
    assert "Wie war es?" in text(yonas.get())
    second = yonas.post("wie-war-es/", how="3")
    assert (second.status_code, "Warst du willkommen?" in text(second)) == (200, True)
    third = yonas.post("wie-war-es/", how="3", welcome="1")
    assert ("Möchtest du wieder kommen?" in text(third), Feedback.objects.count()) == (True, 0)
    assert yonas.post("wie-war-es/", how="3", welcome="1", again="2").status_code == 302
    assert told(yonas.get()) == ["Danke! Das hilft uns."]
    again = yonas.post("wie-war-es/", how="1", welcome="1", again="1")
    assert (again.status_code, told(again)) == (409, ["Danke! Das hilft uns."])
    counted = {(each.question, each.answer): each.number for each in Feedback.objects.filter(date=yonas.date)}
    assert counted == {("how", 3): 1, ("welcome", 1): 1, ("again", 2): 1}
    assert set(Event.objects.order_by("at").values_list("action", flat=True)[before:]) == {"view"}


def test_a_face_that_is_none_is_asked_for_again(yonas: Invited) -> None:
    happen(yonas.date)
    Invitation.objects.filter(date=yonas.date).update(attended=True)
    for sent in ({"how": "4"}, {"how": "-1"}, {"how": "x"}, {}):
        page = text(yonas.post("wie-war-es/", **sent))
        assert ("Wie war es?" in page, 'type="hidden" name="how"' in page) == (True, False)


def test_who_was_not_there_is_not_asked(yonas: Invited) -> None:
    happen(yonas.date)
    sent = {"how": "3", "welcome": "3", "again": "3"}
    assert ("Wie war es?" in text(yonas.get()), yonas.post("wie-war-es/", **sent).status_code) == (False, 409)
    assert Feedback.objects.filter(date=yonas.date).count() == 0
