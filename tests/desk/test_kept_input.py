"""Nothing typed is lost when the session has ended: kept for its owner alone, shown again once, never saved unasked."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner, b62_encode
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from tests.desk.addresses import ADMISSION, CONTACT, SCREENS, address
from tests.desk.test_access_matrix import account_of, rows_of_every_table
from tests.people import DB, Account, Cast, Desk, Page, sign_in
from wegnetz.desk.kept import COOKIE, GOOD_FOR, MOST, PLACES, TOKEN, Owner, find, form_token, owner_of

pytestmark = DB

SECRET = "Kastanienallee"  # stands in what is typed
TYPED = CONTACT | {"called": f"Yonas {SECRET}", "note": f"„Später“ & <b>morgen</b>, يونس {SECRET}"}
FORMS = [
    name for name, screen in SCREENS.items() if {"GET", "POST"} <= set(screen.answers) and screen.policy != "public"
]
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|made_for)" value="([^"]+)"')


@pytest.fixture(autouse=True)
def nothing_kept(cast: Cast) -> None:
    cache.clear()


def tokens_of(page: Page) -> dict[str, str]:
    """What the last form on the page carries unseen."""
    return dict(HIDDEN.findall(page.content.decode()))


def end_sessions() -> None:
    Session.objects.all().delete()


def sign_in_again(client: Desk, account: Account) -> None:
    """In the same browser: every other cookie stays."""
    name = settings.SESSION_COOKIE_NAME
    client.cookies[name] = sign_in(account).cookies[name].value


def send_too_late(client: Desk, url: str, typed: dict[str, str], **more: object) -> Page:
    """Open a form, lose the session, and send what was typed."""
    tokens = tokens_of(client.get(url))
    end_sessions()
    return client.post(url, {**typed, **tokens, **more})


def way_back(response: Page) -> str:
    """The page that the sign-in leads to."""
    target = urlsplit(response.headers["Location"])
    assert (response.status_code, target.path) == (302, reverse("account_login"))
    return parse_qs(target.query)["next"][0]


def kept_rows() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM core_cache WHERE cache_key LIKE '%%kept|%%'")
        return [value for (value,) in cursor.fetchall()]


def shown_in(page: Page) -> dict[str, str]:
    data = page.context["form"].data
    assert isinstance(data, QueryDict)
    return {name: str(value) for name, value in data.items()}


# --- it is there again -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_into_any_form_is_there_after_the_next_sign_in(name: str, cast: Cast) -> None:
    actor = next(actor for actor, admission in ADMISSION.items() if admission[SCREENS[name].policy] == "in")
    account = account_of(cast, actor)
    assert account is not None
    client, url, typed = sign_in(account), address(name, cast.yonas), SCREENS[name].body
    back = way_back(send_too_late(client, f"{url}?from=blocks", typed))
    sign_in_again(client, account)
    before = rows_of_every_table()
    page = client.get(back)
    assert (urlsplit(back).path, "from=blocks" in back) == (url, True)
    assert (page.status_code, len(kept_rows())) == (200, 0)
    assert page.content.decode().count("Ihre Eingaben sind noch da.") == 1
    if "form" in page.context:
        assert shown_in(page) == typed
    else:
        assert page.context["q"] == typed["q"]
    assert rows_of_every_table() == before


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


@pytest.mark.parametrize("differs", ["account", "organisation", "path", "name", "secret", "nothing"])
def test_only_all_of_it_together_opens_what_is_kept(differs: str, ilka: Desk, cast: Cast) -> None:
    url = reverse("desk:register")
    target = urlsplit(way_back(send_too_late(ilka, url, TYPED)))
    name, secret = parse_qs(target.query)["kept"][0], ilka.cookies[COOKIE].value
    own, other = owner_of(cast.ilka.viewer), owner_of(cast.bea.viewer)
    owner = {"account": Owner(other.account, own.organisation), "organisation": Owner(own.account, other.organisation)}
    request = RequestFactory().get(
        "/menschen/" if differs == "path" else url,
        {"kept": name[:-1] + ("0" if name[-1] != "0" else "1") if differs == "name" else name},
    )
    request.COOKIES[COOKIE] = "A" * 43 if differs == "secret" else secret
    found = find(request, owner.get(differs, own))
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


# --- who may have something kept, and how much ------------------------------------------------------------


class Earlier(TimestampSigner):
    def timestamp(self) -> str:
        return b62_encode(int(time.time() - (GOOD_FOR + timedelta(minutes=1)).total_seconds()))


def bad_tokens(cast: Cast, url: str) -> dict[str, str]:
    owner = owner_of(cast.ilka.viewer)
    good = form_token(owner, url)
    value = owner.account.hex + owner.organisation.hex
    return {
        "none": "",
        "made up": "x" * len(good),
        "of another address": form_token(owner, reverse("desk:people")),
        "for somebody else": owner_of(cast.bea.viewer).account.hex + good[32:],
        "cut": good[:-1],
        "altered": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "too old": Earlier(salt=f"wegnetz.desk.kept {url}").sign(value),
        "of another kind": TimestampSigner(salt="something else").sign(value),
        "no text": "\0",
    }


def test_without_a_form_made_for_somebody_nothing_is_kept(cast: Cast) -> None:
    url = reverse("desk:register")
    for what, token in bad_tokens(cast, url).items():
        response = Desk().post(url, TYPED | {TOKEN: token})
        assert (what, way_back(response), kept_rows()) == (what, url, [])
        assert (what, COOKIE in response.cookies) == (what, False)


def test_a_button_or_a_script_has_nothing_kept(cast: Cast) -> None:
    owner = owner_of(cast.ilka.viewer)
    for url, headers in (
        (address("decide", cast.yonas), {}),
        (reverse("desk:theme"), {}),
        (reverse("desk:register"), {"sec-fetch-mode": "cors"}),
    ):
        response = Desk().post(url, TYPED | {TOKEN: form_token(owner, url)}, headers=headers)
        assert (url, response.status_code, kept_rows()) == (url, 302, [])


def test_an_account_has_a_few_places_and_no_more(cast: Cast) -> None:
    url = reverse("desk:register")
    mine = {TOKEN: form_token(owner_of(cast.ilka.viewer), url)}
    statuses = [Desk().post(url, TYPED | mine).status_code for _ in range(PLACES + 3)]
    assert (statuses, len(kept_rows())) == ([302] * PLACES + [403] * 3, PLACES)
    theirs = {TOKEN: form_token(owner_of(cast.bea.viewer), url)}
    assert Desk().post(url, TYPED | theirs).status_code == 302


def test_too_much_is_not_kept_and_the_page_says_what_to_do(cast: Cast) -> None:
    url = reverse("desk:register")
    mine = {TOKEN: form_token(owner_of(cast.ilka.viewer), url)}
    response = Desk().post(url, TYPED | mine | {"note": "x" * MOST})
    assert (response.status_code, kept_rows(), COOKIE in response.cookies) == (403, [], False)
    assert response.content.decode().count("Mit „Zurück“ im Browser") == 1
    assert Desk().post(url, TYPED | mine | {"note": "x" * (MOST - 1000)}).status_code == 302


def test_what_is_kept_expires(ilka: Desk, cast: Cast) -> None:
    back = way_back(send_too_late(ilka, reverse("desk:register"), TYPED))
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM core_cache WHERE cache_key LIKE '%%kept|%%'")
        assert len(cursor.fetchall()) == 1
        cursor.execute("UPDATE core_cache SET expires = '2020-01-01 00:00:00' WHERE cache_key LIKE '%%kept|%%'")
    sign_in_again(ilka, cast.ilka)
    assert not ilka.get(back).context["form"].is_bound


# --- what forms carry, and where a button leads ------------------------------------------------------------


def test_only_pages_with_a_form_say_for_whom_they_were_made(ilka: Desk, cast: Cast) -> None:
    carry = {
        name: TOKEN in tokens_of(ilka.get(address(name, cast.yonas)))
        for name, screen in SCREENS.items()
        if screen.policy in {"public", "staff", "people"} and "GET" in screen.answers
    }
    assert carry == {name: name in FORMS for name in carry}
    assert TOKEN not in tokens_of(Desk().get(reverse("account_login")))
    assert TOKEN not in tokens_of(ilka.get(reverse("mfa_index")))


def test_all_tokens_have_one_length(cast: Cast) -> None:
    lengths = {
        len(form_token(owner_of(account.viewer), path)) for account in (cast.ilka, cast.bea) for path in ("/", "/a/b/")
    }
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("referer", "next_page"),
    [
        ("http://testserver/menschen/?page=2", "/menschen/?page=2"),
        ("http://testserver/programm/#oben", "/programm/"),
        ("http://evil.example/menschen/", None),
        ("http://testserver.evil.example/", None),
        ("", None),
        ("x", None),
    ],
)
def test_a_button_leads_back_to_the_page_it_was_on(referer: str, next_page: str | None, cast: Cast) -> None:
    url = address("decide", cast.yonas)
    response = Desk().post(url, {}, headers={"referer": referer})
    assert way_back(response) == (next_page or url)


@pytest.mark.parametrize("referer", ["http://testserver//evil.example/", "http://testserver/\\evil.example"])
def test_a_made_up_page_leads_nowhere_else(referer: str, cast: Cast) -> None:
    response = Desk().post(address("decide", cast.yonas), {}, headers={"referer": referer})
    signed_in = sign_in(cast.unprotected).get(response.headers["Location"])
    assert urlsplit(signed_in.headers["Location"]).netloc == ""
    assert not signed_in.headers["Location"].startswith(("//", "/\\"))
