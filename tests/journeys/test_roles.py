"""Every other role: what it sees, and that a person's address is no page for it."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, OTHER_ROLES, PASSWORD
from tests.journeys.visitor import LOOKS, Look, Visitor

pytestmark = pytest.mark.journey


def somebody(ilka: Visitor) -> str:
    """The address of somebody whom Ilka sees."""
    ilka.page.goto(f"{ilka.address}/menschen/")
    return ilka.find(".wn-rows tbody th a").first.get_attribute("href") or ""


def same(page: str) -> str:
    """A page without what differs from request to request: its own address, and the marks against forgery."""
    return re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"', "", page)


@LOOKS
@pytest.mark.parametrize("role", OTHER_ROLES)
def test_every_other_role_sees_the_programme_and_nobody_s_page(visit: Visit, look: Look, role: str) -> None:
    address = somebody(visit(look, CASE_MANAGER))
    other = visit(look, f"{role}@demo.example")
    other.open("/")
    assert other.text(".wn-lead__next") != ""
    assert other.find("main .wn-blocks > li").count() == 6
    other.press("main a[href='/programm/']")
    assert other.status == 200
    other.open(address)
    assert other.status == 404
    page = other.page.content()
    for path in (f"{address}bausteine/", "/menschen/"):
        other.page.goto(other.address + path)
        assert (other.status, same(other.page.content())) == (404, same(page))


@LOOKS
def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back_to_the_page(visit: Visit, look: Look) -> None:
    ilka = visit(look)
    ilka.open("/programm/?on=2020-01-15")
    assert ilka.path == "/konto/login/?next=/programm/%3Fon%3D2020-01-15"
    ilka.find("input[name=login]").fill(CASE_MANAGER)
    ilka.find("input[name=password]").fill(PASSWORD)
    ilka.press("#signin button[type=submit]")
    assert ilka.path == "/programm/?on=2020-01-15"
