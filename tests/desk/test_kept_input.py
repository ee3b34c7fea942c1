"""Nothing typed is lost when the session has ended: kept for its owner alone, shown again once, never saved unasked."""

from __future__ import annotations

import re
import time
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils.html import escape

from tests.company import Company
from tests.desk.addresses import ADMISSION, NOBODYS, REACH, SCREENS, STANDS, address
from tests.desk.asking import account_of, rows_of_every_table
from tests.desk.mates import also
from tests.desk.stands import stands
from tests.desk.too_late import (
    FORMS,
    SECRET,
    TYPED,
    end_sessions,
    kept_rows,
    send_too_late,
    shown_in,
    sign_in_again,
    tokens_of,
    way_back,
)
from tests.people import DB, Cast, Desk, agreed, sign_in
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Membership
from wegnetz.desk.kept import COOKIE, TOKEN, Owner, find, form_token, owner_of
from wegnetz.participants.services import record_consent

pytestmark = DB


@pytest.fixture(autouse=True)
def nothing_kept(cast: Cast) -> None:
    cache.clear()


# --- it is there again -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in FORMS if SCREENS[name].reach != NOBODYS])
def test_what_was_typed_into_any_form_is_there_after_the_next_sign_in(name: str, cast: Cast, company: Company) -> None:
    actor = next(actor for actor, admission in ADMISSION.items() if admission[SCREENS[name].policy] == "in")
    account = account_of(cast, actor)
    assert account is not None
    # A letter needs a consent that it can go with.
    screen = SCREENS[name]
    whose = (screen.reach or (STANDS if screen.about_a_place else REACH)).get(actor, ("yonas",))[0]
    whom = stands(cast)[whose] if screen.about_a_place else company.people[whose]
    if name == "refer":
        record_consent(company.people[whose].id, agreed(company.kim, "coaching"), by=account.viewer)
    client, url, typed = sign_in(account), address(name, whom), screen.body
    back = way_back(send_too_late(client, f"{url}?from=blocks", typed))
    sign_in_again(client, account)
    before = rows_of_every_table()
    page = client.get(back)
    text = page.content.decode()
    assert (urlsplit(back).path, "from=blocks" in back) == (url, True)
    assert (page.status_code, page.wsgi_request.POST.dict()) == (200, typed)
    assert [value for value in typed.values() if escape(value) not in text] == []
    assert (text.count("Ihre Eingaben sind noch da."), "Die Datei" in text) == (1, False)
    assert (rows_of_every_table(), kept_rows()) == (before, [])


def test_nothing_is_saved_without_a_new_click_and_then_everything(ilka: Desk, cast: Cast) -> None:
    url = address("contact", cast.yonas)
    back = way_back(send_too_late(ilka, url, TYPED))
    sign_in_again(ilka, cast.ilka)
    before = rows_of_every_table()
    page = ilka.get(back)
    assert rows_of_every_table() == before
    for text in ("„Später“ &amp; &lt;b&gt;morgen&lt;/b&gt;, يونس", f"Yonas {SECRET}"):
        assert (text, text in page.content.decode()) == (text, True)
    assert ilka.post(back, shown_in(page) | tokens_of(page)).status_code == 302
    assert ilka.get(url).context["form"].initial["called"] == f"Yonas {SECRET}"


def test_what_is_sent_now_counts_and_not_what_was_kept(ilka: Desk, cast: Cast) -> None:
    url = address("contact", cast.yonas)
    back = way_back(send_too_late(ilka, url, TYPED))
    sign_in_again(ilka, cast.ilka)
    assert ilka.post(back, TYPED | {"called": "Jonas"}).status_code == 302
    assert ilka.get(url).context["form"].initial["called"] == "Jonas"


def test_what_was_shown_once_is_gone(ilka: Desk, cast: Cast) -> None:
    back = way_back(send_too_late(ilka, address("contact", cast.yonas), TYPED))
    sign_in_again(ilka, cast.ilka)
    assert ilka.get(back).context["form"].is_bound
    assert not ilka.get(back).context["form"].is_bound


def test_a_session_that_lasted_a_working_day_ends_as_gently(ilka: Desk, cast: Cast) -> None:
    url = address("contact", cast.yonas)
    tokens = tokens_of(ilka.get(url))
    session = ilka.session
    session["began"] = int(time.time()) - settings.SESSION_LONGEST - 1
    session.save()
    back = way_back(ilka.post(url, TYPED | tokens))
    sign_in_again(ilka, cast.ilka)
    assert shown_in(ilka.get(back)) == TYPED


def test_two_windows_with_the_same_form_keep_both(ilka: Desk, cast: Cast) -> None:
    url = address("contact", cast.yonas)
    tokens = tokens_of(ilka.get(url))
    end_sessions()
    texts = [TYPED | {"called": called} for called in ("Erste", "Zweite", "Dritte")]
    ways = [way_back(ilka.post(url, text | tokens)) for text in texts]
    sign_in_again(ilka, cast.ilka)
    assert [shown_in(ilka.get(way)) for way in ways] == texts


def test_a_file_cannot_be_kept_and_the_page_says_so(ilka: Desk, cast: Cast) -> None:
    file = SimpleUploadedFile("a.pdf", SECRET.encode())
    back = way_back(send_too_late(ilka, address("contact", cast.yonas), TYPED, document=file))
    sign_in_again(ilka, cast.ilka)
    page = ilka.get(back)
    assert page.content.decode().count("Die Datei wählen Sie bitte noch einmal aus.") == 1
    assert shown_in(page) == TYPED


def test_the_sign_in_page_says_that_it_is_kept(ilka: Desk, cast: Cast) -> None:
    response = send_too_late(ilka, address("contact", cast.yonas), TYPED)
    assert b"30 Minuten" in ilka.get(response.headers["Location"]).content
    assert b"30 Minuten" not in ilka.get(reverse("account_login")).content


def test_a_person_who_is_gone_meanwhile_looks_like_nobody(ilka: Desk, cast: Cast) -> None:
    url = address("contact", cast.nobody)
    end_sessions()
    back = way_back(ilka.post(url, TYPED | {TOKEN: form_token(owner_of(cast.ilka.viewer), url)}))
    sign_in_again(ilka, cast.ilka)
    page = ilka.get(back)
    assert (page.status_code, "Ihre Eingaben" in page.content.decode(), len(kept_rows())) == (404, False, 1)


# --- a form that is older than the session ---------------------------------------------------------------


def strict(client: Desk) -> Desk:
    """The same browser, with the tokens of its forms checked."""
    checking = Desk(enforce_csrf_checks=True)
    checking.cookies = client.cookies
    return checking


def test_a_form_older_than_the_session_is_shown_again_and_not_saved(ilka: Desk, cast: Cast) -> None:
    url, browser = address("contact", cast.yonas), strict(ilka)
    tokens = tokens_of(browser.get(url))
    del browser.cookies[settings.CSRF_COOKIE_NAME]
    browser.get(url)  # a new sign-in in another window brings a new token
    before = rows_of_every_table()
    response = browser.post(url, TYPED | tokens)
    assert (response.status_code, urlsplit(response.headers["Location"]).path) == (302, url)
    page = browser.get(response.headers["Location"])
    assert (page.status_code, shown_in(page)) == (200, TYPED)
    assert rows_of_every_table() == before
    assert browser.post(url, shown_in(page) | tokens_of(page)).status_code == 302


def test_a_form_older_than_the_session_of_somebody_else_is_refused(ilka: Desk, cast: Cast) -> None:
    url, browser = reverse("desk:register"), strict(ilka)
    tokens = tokens_of(browser.get(url))
    sign_in_again(browser, cast.bea)
    del browser.cookies[settings.CSRF_COOKIE_NAME]
    browser.get(url)
    response = browser.post(url, TYPED | tokens)
    assert (response.status_code, SECRET in response.content.decode(), kept_rows()) == (403, False, [])


def test_a_form_from_another_site_is_refused_whatever_it_carries(ilka: Desk, cast: Cast) -> None:
    url, browser = address("contact", cast.yonas), strict(ilka)
    for token in ("", "x", form_token(owner_of(cast.bea.viewer), url), form_token(owner_of(cast.ilka.viewer), "/")):
        response = browser.post(url, TYPED | {TOKEN: token}, headers={"origin": "https://evil.example"})
        assert (token, response.status_code, kept_rows()) == (token, 403, [])


def test_signed_out_and_with_an_old_token_it_is_kept_as_well(ilka: Desk, cast: Cast) -> None:
    browser = strict(ilka)
    url = address("contact", cast.yonas)
    tokens = tokens_of(browser.get(url))
    end_sessions()
    del browser.cookies[settings.CSRF_COOKIE_NAME]
    back = way_back(browser.post(url, TYPED | tokens))
    sign_in_again(browser, cast.ilka)
    assert shown_in(browser.get(back)) == TYPED


# --- for its owner alone -----------------------------------------------------------------------------------


def test_another_account_in_the_same_browser_gets_nothing(ilka: Desk, cast: Cast) -> None:
    back = way_back(send_too_late(ilka, reverse("desk:register"), TYPED))
    sign_in_again(ilka, cast.bea)
    page = ilka.get(back)
    assert (page.status_code, SECRET in page.content.decode(), page.context["form"].is_bound) == (200, False, False)
    sign_in_again(ilka, cast.ilka)
    assert shown_in(ilka.get(back)) == TYPED


def test_another_browser_of_the_same_account_gets_nothing(ilka: Desk, cast: Cast) -> None:
    back = way_back(send_too_late(ilka, reverse("desk:register"), TYPED))
    assert not sign_in(cast.ilka).get(back).context["form"].is_bound
    made_up = sign_in(cast.ilka)
    for secret in ("", "x", "A" * 43):
        made_up.cookies[COOKIE] = secret
        assert (secret, made_up.get(back).context["form"].is_bound) == (secret, False)


@pytest.mark.parametrize(("role", "status"), [(Role.CASE_MANAGER, 200), (Role.COACH, 404), (Role.FUNDING, 404)])
def test_what_was_typed_in_another_role_is_hinted_at_with_the_way_there(
    role: Role, status: int, ilka: Desk, cast: Cast
) -> None:
    """A session begins in the longest-standing role, which may not even have such a page."""
    url, here = reverse("desk:register"), Membership.objects.get(user=cast.ilka.user)
    back = way_back(send_too_late(ilka, f"{url}?from=blocks", TYPED))
    there = also(cast.ilka, role, cast.bea.viewer.organisation)
    Membership.objects.filter(id=there.id).update(began_on=date(2001, 1, 1))
    sign_in_again(ilka, cast.ilka)
    page = ilka.get(back)
    text = page.content.decode()
    assert (page.status_code, text.count("Ihre Eingaben sind noch da, in Ihrer anderen Aufgabe:")) == (status, 1)
    assert (f'name="next" value="{escape(back)}"' in text, SECRET in text) == (True, False)
    assert "Ihre Eingaben" not in ilka.get(url).content.decode()
    shown = ilka.post(reverse("desk:act-as"), {"membership": here.id, "next": back}, follow=True)
    assert (shown.request["PATH_INFO"], shown_in(shown)) == (url, TYPED)
    assert "anderen Aufgabe" not in shown.content.decode()


@pytest.mark.parametrize("kept", ["", "x", "0" * 17])
def test_in_another_role_nothing_is_hinted_at_where_nothing_is_kept(kept: str, ilka: Desk, cast: Cast) -> None:
    also(cast.ilka, Role.COACH)
    send_too_late(ilka, reverse("desk:register"), TYPED)
    sign_in_again(ilka, cast.ilka)
    assert "Ihre Eingaben" not in ilka.get(reverse("desk:register"), {"kept": kept}).content.decode()


@pytest.mark.parametrize("differs", ["account", "organisation", "role", "path", "name", "secret", "nothing"])
def test_only_all_of_it_together_opens_what_is_kept(differs: str, ilka: Desk, cast: Cast) -> None:
    url = reverse("desk:register")
    target = urlsplit(way_back(send_too_late(ilka, url, TYPED)))
    name, secret = parse_qs(target.query)["kept"][0], ilka.cookies[COOKIE].value
    own, other = owner_of(cast.ilka.viewer), owner_of(cast.bea.viewer)
    owner = {
        "account": Owner(other.account, own.organisation, own.role),
        "organisation": Owner(own.account, other.organisation, own.role),
        "role": Owner(own.account, own.organisation, Role.TRAUMA_COACH),
    }
    request = RequestFactory().get(
        "/menschen/" if differs == "path" else url,
        {"kept": name[:-1] + ("0" if name[-1] != "0" else "1") if differs == "name" else name},
    )
    request.COOKIES[COOKIE] = "A" * 43 if differs == "secret" else secret
    asking = owner.get(differs, own)
    moved = cache.get(f"kept|{own.account.hex}|{name[0]}")
    cache.set(f"kept|{asking.account.hex}|{name[0]}", moved, 60)  # somebody who writes into the database
    found = find(request, asking)
    assert (found is not None) == (differs == "nothing")


def test_the_database_holds_nothing_that_can_be_read(ilka: Desk, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    response = send_too_late(ilka, address("contact", cast.yonas), TYPED)
    (row,) = kept_rows()
    cookie = response.cookies[COOKIE]
    assert [word for word in (SECRET, "Yonas", cookie.value) if word in row or word in caplog.text] == []
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 1800)
    assert SECRET not in response.headers["Location"]
    name = parse_qs(urlsplit(way_back(response)).query)["kept"][0]
    assert re.fullmatch(r"\d[0-9a-f]{16}", name)


@pytest.mark.parametrize("field", ["password", "password1", "old_password", "code", "credential"])
def test_what_belongs_to_the_sign_in_is_never_kept(field: str, ilka: Desk, cast: Cast) -> None:
    back = way_back(send_too_late(ilka, reverse("desk:register"), TYPED, **{field: SECRET}))
    sign_in_again(ilka, cast.ilka)
    assert shown_in(ilka.get(back)) == TYPED
