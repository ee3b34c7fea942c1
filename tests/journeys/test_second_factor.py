"""The sign-in of real people: a password of their own, and a second factor without which no page opens."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import confirm, sign_in, sign_out
from tests.journeys.installation import Installation
from tests.journeys.second_factor import code, plug_in_passkey, wrong_code
from tests.journeys.visitor import LOOKS, Look, Visitor

pytestmark = pytest.mark.journey
SEND = "main form button[type=submit]:not([form])"
REFUSED = ".wn-field .wn-err"
PASSWORD = "gelbe Laternen im Regen"
KEEPER = "operator@demo.example"  # no other journey signs in as this account by its password after this one


def test_the_codes_are_those_of_the_standard() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [code(secret, at=at) for at in (59, 1_111_111_109, 2_000_000_000)] == ["287082", "081804", "279037"]


def enter_code(visitor: Visitor, secret: str) -> None:
    """Type what the app shows now; once more if it changed on the way."""
    for _ in range(2):
        visitor.find("input[name=code]").fill(code(secret))
        visitor.press(SEND)
        if not visitor.find(REFUSED).count():
            return


def set_up_app(visitor: Visitor) -> str:
    """Set up an authenticator app on the page of the account. Returns its secret."""
    visitor.press("main a[href$='/totp/activate/']")
    confirm(visitor, PASSWORD)
    secret = visitor.text("#authenticator_secret")
    enter_code(visitor, secret)
    return secret


@LOOKS
def test_nobody_works_without_a_second_factor_and_nobody_enters_with_a_wrong_one(
    visit: Visit, real: Installation, look: Look
) -> None:
    email = f"{look}@amt.example"
    printed = real.run("add-staff", email, "--name", "Rosa Elm", "--organisation", "diakonie", "--role", "case-manager")
    link = re.search(r">(/\S+)", printed)
    assert link is not None, printed
    rosa = visit(look, at=real)
    rosa.open(link[1])
    for field in rosa.find("main input[type=password]").all():
        field.fill(PASSWORD)
    rosa.press(SEND)
    rosa.press("main .wn-actions a[href='/konto/login/']")
    sign_in(rosa, email, PASSWORD)
    closed = []
    for path in ("/", "/menschen/", "/menschen/aufnehmen/"):
        rosa.open(path)
        closed.append(rosa.path)
    assert closed == ["/konto/2fa/"] * 3
    secret = set_up_app(rosa)

    sign_out(rosa)
    sign_in(rosa, email, PASSWORD)
    assert rosa.path == "/konto/2fa/authenticate/"
    rosa.find("input[name=code]").fill(wrong_code(secret))
    rosa.press(SEND)
    assert rosa.path == "/konto/2fa/authenticate/"
    assert rosa.find(REFUSED).is_visible()
    rosa.open("/menschen/")
    assert rosa.path == "/konto/2fa/authenticate/"
    enter_code(rosa, secret)
    rosa.open("/menschen/aufnehmen/")
    assert rosa.path == "/menschen/aufnehmen/"

    rosa.open("/konto/2fa/recovery-codes/")
    confirm(rosa, PASSWORD)
    spare = rosa.find("#recovery_codes").input_value().split()
    assert len(spare) == len(set(spare)) == 10
    sign_out(rosa)
    sign_in(rosa, email, PASSWORD)
    rosa.find("input[name=code]").fill(spare[0])
    rosa.press(SEND)
    assert rosa.path == "/"


@LOOKS
def test_a_link_to_set_a_password_works_once(visit: Visit, real: Installation, look: Look) -> None:
    email = f"once-{look}@amt.example"
    printed = real.run("add-staff", email, "--name", "Rosa Elm", "--organisation", "diakonie", "--role", "lead")
    link = re.search(r">(/\S+)", printed)
    assert link is not None, printed
    first, second = visit(look, at=real), visit(look, at=real)
    first.open(link[1])
    for field in first.find("main input[type=password]").all():
        field.fill("12345")
    first.press(SEND)
    assert first.find(REFUSED).count() > 0
    for field in first.find("main input[type=password]").all():
        field.fill(PASSWORD)
    first.press(SEND)
    second.open(link[1])
    assert second.find("main input[type=password]").count() == 0


@LOOKS
def test_a_passkey_opens_without_a_password_until_it_is_removed(visit: Visit, look: Look) -> None:
    lars = visit(look)
    plug_in_passkey(lars)
    sign_in(lars, KEEPER)
    lars.open("/konto/2fa/")
    lars.press("main a[href$='/webauthn/add/']")
    confirm(lars)
    lars.find("input[name=name]").fill("Dienstrechner")
    lars.press("#mfa_webauthn_add")
    lars.open("/konto/2fa/webauthn/")
    assert lars.text("main tbody th") == "Dienstrechner"
    sign_out(lars)
    lars.open("/konto/login/")
    lars.press("#passkey_login")
    assert lars.path == "/"
    lars.open("/konto/2fa/webauthn/")
    lars.press("main tbody a[href*='/remove/']")
    confirm(lars)
    lars.press(SEND)
    assert lars.find("main tbody tr").count() == 0
    sign_out(lars)
    sign_in(lars, KEEPER)
    assert lars.path == "/"


@LOOKS
def test_a_refused_passkey_does_not_end_in_silence(visit: Visit, look: Look) -> None:
    lars = visit(look)
    plug_in_passkey(lars)  # a device that knows no passkey for this site
    lars.open("/konto/login/")
    lars.find("#passkey_login").click()
    lars.find("[data-passkey-problem]").wait_for(state="visible")
    lars.inspect()
