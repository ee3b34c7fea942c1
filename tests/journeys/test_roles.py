"""Every other role: what it sees, and that a person's address is no page for it."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, PASSWORD, WITH_PEOPLE, WITHOUT_PEOPLE
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
@pytest.mark.parametrize("role", WITHOUT_PEOPLE)
def test_who_has_no_business_with_people_sees_the_programme_and_nobody_s_page(
    visit: Visit, look: Look, role: str
) -> None:
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
@pytest.mark.parametrize("role", WITH_PEOPLE)
def test_whoever_does_not_accompany_somebody_finds_no_page_of_them(visit: Visit, look: Look, role: str) -> None:
    other = visit(look, f"{role}@demo.example")
    other.page.goto(f"{other.address}/menschen/")
    own = {link.get_attribute("href") for link in other.find(".wn-rows tbody th a").all()}
    ilka = visit(look, CASE_MANAGER)
    ilka.page.goto(f"{ilka.address}/menschen/")
    links = [link.get_attribute("href") or "" for link in ilka.find(".wn-rows tbody th a").all()]
    address = next(link for link in links if link not in own)
    other.open(address)
    page = other.page.content()
    assert other.status == 404
    other.page.goto(f"{other.address}{address}bausteine/")
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
