"""The session ends in the middle of a sentence: after the next sign-in the sentence is still there."""

from __future__ import annotations

from hashlib import blake2b

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, PASSWORD, SEND, seek, sign_in
from tests.journeys.installation import Installation
from tests.journeys.visitor import EACH, Look, Visitor

pytestmark = pytest.mark.journey
LOOKS = pytest.mark.parametrize("look", [Look(), Look("en", 390, dark=True), Look(script=False)][EACH], ids=str)
NOTE = "Am besten nachmittags, und immer zuerst eine Nachricht: „مرحبا“ & <b>bitte</b>"


def end_session(at: Installation, visitor: Visitor) -> None:
    """On the server; the browser knows nothing of it."""
    (cookie,) = [entry for entry in visitor.context.cookies() if entry.get("name") == "sessionid"]
    stored = blake2b(cookie["value"].encode(), digest_size=20, person=b"wegnetz").hexdigest()
    assert at.delete("django_session", f"WHERE session_key = '{stored}'") == 1


def sign_in_here(visitor: Visitor, password: str = PASSWORD) -> None:
    """On the sign-in page that came by itself."""
    visitor.find("input[name=login]").fill(CASE_MANAGER)
    visitor.find("input[name=password]").fill(password)
    visitor.press("#signin button[type=submit]")


@LOOKS
def test_what_was_typed_is_there_after_the_next_sign_in(visit: Visit, demo: Installation, look: Look) -> None:
    ilka = visit(look)
    sign_in(ilka, CASE_MANAGER)
    form = f"{seek(ilka, 'Merhawi')}kontakt/"
    ilka.open(form)
    before = ilka.find("input[name=note]").input_value()
    ilka.find("input[name=note]").fill(NOTE)
    end_session(demo, ilka)
    ilka.press(SEND)
    assert ilka.path.startswith("/konto/login/")
    assert ilka.find("main .kern-alert").count() == 1
    sign_in_here(ilka, "nicht das richtige")
    sign_in_here(ilka)
    assert ilka.path.startswith(f"{form}?kept=")
    assert (ilka.status, ilka.find("main .kern-alert").count()) == (200, 1)
    assert ilka.find("input[name=note]").input_value() == NOTE
    other = visit(look, CASE_MANAGER)
    other.open(form)
    assert other.find("input[name=note]").input_value() == before  # nothing is saved yet
    ilka.press(SEND)
    ilka.open(form)
    assert ilka.find("input[name=note]").input_value() == NOTE
    ilka.find("input[name=note]").fill(before)
    ilka.press(SEND)


@LOOKS
def test_a_form_older_than_the_session_is_shown_again(visit: Visit, demo: Installation, look: Look) -> None:
    ilka = visit(look)
    sign_in(ilka, CASE_MANAGER)
    form = f"{seek(ilka, 'Merhawi')}kontakt/"
    ilka.open(form)
    ilka.find("input[name=note]").fill(NOTE)
    end_session(demo, ilka)
    window = ilka.context.new_page()
    window.goto(f"{demo.address}/konto/login/")
    window.locator("input[name=login]").fill(CASE_MANAGER)
    window.locator("input[name=password]").fill(PASSWORD)
    with window.expect_navigation():
        window.locator("#signin button[type=submit]").click()
    ilka.press(SEND)
    assert ilka.path.startswith(f"{form}?kept=")
    assert ilka.find("input[name=note]").input_value() == NOTE
    assert ilka.find("main .kern-alert").count() == 1
