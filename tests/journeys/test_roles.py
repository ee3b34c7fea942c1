"""Every other role: what it sees, and that a person's address is no page for it."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, OTHER_ROLES, sign_in
from tests.journeys.visitor import LOOKS, Look

pytestmark = pytest.mark.journey


@LOOKS
@pytest.mark.parametrize("role", OTHER_ROLES)
def test_every_other_role_sees_the_programme_and_nobody_s_page(visit: Visit, look: Look, role: str) -> None:
    ilka = visit(look, CASE_MANAGER)
    ilka.open("/menschen/")
    address = ilka.find(".wn-rows tbody th a").first.get_attribute("href")
    assert address is not None
    other = visit(look, f"{role}@demo.example")
    other.open("/")
    assert other.text(".wn-lead__next") != ""
    assert other.find("main .wn-blocks > li").count() == 6
    other.press("main a[href='/programm/']")
    assert other.status == 200
    missing = []
    for path in (address, f"{address}kontakt/", "/menschen/", "/menschen/liste.csv", "/menschen/niemand/"):
        other.open(path)
        missing.append((other.status, other.text("main")))
    assert missing == [(404, missing[-1][1])] * 5


@LOOKS
def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back_to_the_page(visit: Visit, look: Look) -> None:
    ilka = visit(look)
    ilka.open("/programm/?on=2020-01-15")
    assert ilka.path == "/konto/login/?next=/programm/%3Fon%3D2020-01-15"
    ilka.find("input[name=login]").fill(CASE_MANAGER)
    ilka.find("input[name=password]").fill("wegnetz-demo-2021")
    ilka.press("#signin button[type=submit]")
    assert ilka.path == "/programm/?on=2020-01-15"
