"""Who may have something kept and how much; what forms carry for it; and where a button leads."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.signing import TimestampSigner, b62_encode
from django.db import connection
from django.urls import reverse

from tests.company import Company
from tests.desk.addresses import SCREENS, address
from tests.desk.too_late import FORMS, TYPED, kept_rows, send_too_late, sign_in_again, tokens_of, way_back
from tests.people import DB, Cast, Desk, sign_in
from wegnetz.desk.kept import COOKIE, GOOD_FOR, MOST, PLACES, TOKEN, form_token, owner_of

pytestmark = DB


@pytest.fixture(autouse=True)
def nothing_kept(cast: Cast) -> None:
    cache.clear()


class Earlier(TimestampSigner):
    def timestamp(self) -> str:
        return b62_encode(int(time.time() - (GOOD_FOR + timedelta(minutes=1)).total_seconds()))


def bad_tokens(cast: Cast, url: str) -> dict[str, str]:
    owner = owner_of(cast.ilka.viewer)
    good = form_token(owner, url)
    value = good.split(":")[0]
    salt = f"wegnetz.desk.kept {url}"
    return {
        "none": "",
        "made up": "x" * len(good),
        "of another address": form_token(owner, reverse("desk:people")),
        "for somebody else": owner_of(cast.bea.viewer).account.hex + good[32:],
        "cut": good[:-1],
        "altered": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "too old": Earlier(salt=salt).sign(value),
        "without a role": TimestampSigner(salt=salt).sign(value[:64]),
        "of a role there is not": TimestampSigner(salt=salt).sign(value[:64] + "minister"),
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
        ((expires,),) = cursor.fetchall()
        cursor.execute("UPDATE core_cache SET expires = '2020-01-01 00:00:00' WHERE cache_key LIKE '%%kept|%%'")
    left = datetime.fromisoformat(str(expires)).replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    sign_in_again(ilka, cast.ilka)
    assert not ilka.get(back).context["form"].is_bound


# --- what forms carry, and where a button leads ------------------------------------------------------------


def test_only_pages_with_a_form_say_for_whom_they_were_made(ilka: Desk, company: Company) -> None:
    carry = {
        name: TOKEN in tokens_of(ilka.get(address(name, company.people["yonas"])))
        for name, screen in SCREENS.items()
        if screen.policy in {"public", "staff", "people"} and "GET" in screen.answers
    }
    # These two show a form that is sent to an address of its own.
    assert carry == {name: name in FORMS or name in {"journal", "documents"} for name in carry}
    assert TOKEN not in tokens_of(Desk().get(reverse("account_login")))
    assert TOKEN not in tokens_of(ilka.get(reverse("mfa_index")))


def test_all_tokens_have_one_length(cast: Cast) -> None:
    lengths = {
        len(form_token(owner_of(account.viewer), path))
        for account in (cast.ilka, cast.bea, *cast.colleagues)
        for path in ("/", "/a/b/")
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
