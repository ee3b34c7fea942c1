"""Signing in as it is done by hand: password, then the second factor."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.urls import reverse

from tests.people import CANARY_A, DB, PASSWORD, Account, Cast, Desk
from wegnetz.accounts.models import User

pytestmark = DB

START = "/"


@pytest.fixture(autouse=True)
def no_earlier_attempts() -> None:
    """Failed attempts are counted in the shared cache."""
    cache.clear()


@pytest.fixture(autouse=True)
def no_next_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code is read and used within the same thirty seconds, however long the machine takes."""
    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))


def give_password(account: Account, password: str = PASSWORD) -> tuple[Desk, str]:
    client = Desk()
    response = client.post(reverse("account_login"), {"login": account.email, "password": password})
    return client, response.headers.get("Location", str(response.status_code))


def code_of(account: Account) -> str:
    secret = decrypt(Authenticator.objects.get(user=account.user).data["secret"])
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_password_and_second_factor_open_the_desk(cast: Cast) -> None:
    client, location = give_password(cast.ilka)
    assert location == reverse("mfa_authenticate")
    response = client.post(location, {"code": code_of(cast.ilka)})
    assert (response.status_code, response.headers["Location"]) == (302, START)
    assert client.get(START).status_code == 200


def test_the_password_alone_opens_nothing(cast: Cast) -> None:
    client, location = give_password(cast.ilka)
    assert location == reverse("mfa_authenticate")
    response = client.get(START)
    assert (response.status_code, response.headers["Location"]) == (302, f"{reverse('account_login')}?next=/")
    wrong = client.post(location, {"code": "000000"})
    assert (wrong.status_code, client.get(START).status_code) == (200, 302)


def test_a_code_works_once(cast: Cast) -> None:
    code = code_of(cast.ilka)
    for expected in (302, 200):
        client, location = give_password(cast.ilka)
        assert client.post(location, {"code": code}).status_code == expected


def test_without_a_second_factor_every_way_leads_to_setting_one_up(cast: Cast) -> None:
    client, location = give_password(cast.unprotected)
    assert location == START
    for page in (START, reverse("desk:people"), reverse("desk:person", args=[cast.yonas.id])):
        response = client.get(page)
        assert (response.status_code, response.headers["Location"]) == (302, reverse("mfa_index"))
    page = client.get(reverse("mfa_index")).content.decode()
    assert (CANARY_A in page.replace(f"Teilhabe A {CANARY_A}", "")) is False


def test_a_wrong_password_an_unknown_and_a_switched_off_account_look_the_same(cast: Cast) -> None:
    unknown = Account(cast.nobody.id, "nobody@nowhere.example", None)
    answers = []
    for account, password in ((cast.ilka, "wrong"), (unknown, PASSWORD)):
        client = Desk()
        response = client.post(reverse("account_login"), {"login": account.email, "password": password})
        form = response.context["form"]
        answers.append((response.status_code, form.non_field_errors(), form.errors.as_json()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 200


def test_a_switched_off_account_is_told_so_only_after_the_right_password(cast: Cast) -> None:
    client, location = give_password(cast.deactivated, "wrong")
    assert location == "200"
    client, location = give_password(cast.deactivated)
    assert client.get(START).status_code == 302


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(cast: Cast) -> None:
    for _ in range(5):
        assert give_password(cast.bea, "wrong")[1] == "200"
    assert give_password(cast.bea)[1] == "200"


def test_signing_in_leads_back_to_the_page_asked_for_and_never_to_another_site(cast: Cast) -> None:
    for asked, location in (("/programm/", "/programm/"), ("//evil.example/", START), ("https://evil.example", START)):
        response = Desk().post(
            f"{reverse('account_login')}?next={asked}",
            {"login": cast.unprotected.email, "password": PASSWORD, "next": asked},
        )
        assert (asked, response.headers["Location"]) == (asked, location)


def test_signing_out_closes_the_desk(ilka: Desk) -> None:
    assert ilka.get(START).status_code == 200
    assert ilka.post(reverse("account_logout")).status_code == 302
    assert ilka.get(START).status_code == 302


def test_a_deactivated_account_loses_its_open_session_at_once(ilka: Desk, cast: Cast) -> None:
    User.objects.filter(id=cast.ilka.user).update(is_active=False)
    response = ilka.get(START)
    assert (response.status_code, response.headers["Location"]) == (302, f"{reverse('account_login')}?next=/")


def test_a_session_that_never_gave_its_second_factor_is_told_apart(cast: Cast) -> None:
    """The record of the second factor belongs to the session and to the account that gave it."""
    client = Desk()
    client.force_login(User.objects.get(id=cast.unprotected.user))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(cast.ilka.user)
    session.save()
    assert client.get(START).headers["Location"] == reverse("mfa_index")
