"""The secret of a contact point's link stays in no address, no log and no cookie, and opens one page alone."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.utils import timezone

from tests.desk.conftest import log
from tests.network.expecting import Expecting
from tests.people import DB, Desk
from tests.portal.place_visits import (
    OPEN,
    PAGE,
    address,
    at_the_place,
    house,
    nobody_has_asked,
    say,
    text,
    yonas,
)
from wegnetz.audit.models import Event
from wegnetz.network.models import PlaceLink
from wegnetz.network.services import revoke_link
from wegnetz.portal.place_guard import ASKED_AT_MOST
from wegnetz.portal.visits import PLACES

__all__ = ["house", "log", "nobody_has_asked", "yonas"]
pytestmark = DB


def test_the_secret_leaves_the_address_at_once_and_the_cookie_holds_it_sealed(house: Expecting) -> None:
    client = Desk()
    answer = client.get(address(house))
    assert (answer.status_code, answer.headers["Location"], answer.content) == (302, PAGE, b"")
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    cookie = answer.cookies[PLACES.cookie]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"], cookie["max-age"]) == (PAGE, True, "Lax", 600)
    assert house.token not in cookie.value
    opened = client.post(OPEN).cookies[PLACES.cookie]
    assert (opened["samesite"], opened["path"], opened["max-age"]) == ("Strict", PAGE, 7200)
    seen = client.get(PAGE)
    assert (house.token in text(seen), seen.headers["X-Robots-Tag"]) == (False, "noindex, nofollow")
    assert (seen.headers["Cache-Control"], seen.headers["Referrer-Policy"]) == ("no-store", "same-origin")


def test_nobody_is_shown_or_recorded_before_the_button_was_pressed(house: Expecting, yonas: tuple[UUID, UUID]) -> None:
    """Programs that look through mails follow links and what they lead to."""
    number, client = Event.objects.count(), Desk()
    page = client.get(address(house), follow=True)
    assert (page.status_code, "Jojo" in text(page), Event.objects.count()) == (200, False, number)
    assert say(client, yonas[1]).status_code == 404
    fetched = at_the_place(house).get(PAGE, headers={"Sec-Purpose": "prefetch"})
    assert (fetched.status_code, Event.objects.count()) == (204, number)


def test_links_that_open_nothing_are_all_answered_alike_and_no_secret_is_logged(
    house: Expecting, yonas: tuple[UUID, UUID], log: StringIO
) -> None:
    revoked = address(house)
    house.renew()
    over = address(house)
    PlaceLink.objects.filter(revoked_at__isnull=True).update(until=timezone.localdate() - timedelta(days=1))
    addresses = [revoked, over, f"/platz/{'x' * 43}/", f"/platz/{'y' * 43}/", "/platz/kurz/"]
    answers = [Desk().get(each) for each in addresses]
    assert [each.status_code for each in answers] == [404] * 5
    bodies = {text(each).replace(where, "") for each, where in zip(answers, addresses, strict=True)}
    assert (len(bodies), len({str(sorted(each.headers.items())) for each in answers})) == (1, 1)
    assert "Dieser Link öffnet gerade nichts" in bodies.pop()
    lines = [line.partition(": ")[2] for line in log.getvalue().splitlines()]
    assert lines == ["Not Found: /platz/***/"] * 4 + ["Not Found: /platz/kurz/"]
    without = Desk().get(PAGE)
    assert (without.status_code, text(without)) == (404, text(answers[0]))


def test_revoked_the_page_closes_at_once_also_where_it_is_open(house: Expecting, yonas: tuple[UUID, UUID]) -> None:
    client = at_the_place(house)
    assert "Jojo" in text(client.get(PAGE))
    revoke_link(house.point, by=house.keeper)
    answers = [client.get(PAGE), client.post(OPEN), say(client, yonas[1])]
    assert [(each.status_code, "Jojo" in text(each)) for each in answers] == [(404, False)] * 3


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "é", "a" * 396])
def test_a_cookie_that_is_none_of_ours_opens_nothing(house: Expecting, cookie: str) -> None:
    client = Desk()
    client.cookies[PLACES.cookie] = cookie
    assert client.get(PAGE).status_code == 404


def test_a_visit_ends_by_itself_and_by_hand(
    house: Expecting, yonas: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_the_place(house)
    kept = client.cookies[PLACES.cookie].value
    left = client.post("/platz/schliessen/")
    assert (left.status_code, left.cookies[PLACES.cookie]["max-age"], client.get(PAGE).status_code) == (200, 0, 404)
    client.cookies[PLACES.cookie] = kept
    monkeypatch.setattr("wegnetz.portal.visits.OPEN_FOR", -1)
    late = at_the_place(house)
    assert (client.get(PAGE).status_code, late.get(PAGE).status_code) == (200, 404)


def test_the_cookie_opens_nothing_else_and_a_session_opens_no_place(
    house: Expecting, yonas: tuple[UUID, UUID], ilka: Desk
) -> None:
    client = at_the_place(house)
    assert client.get("/menschen/").status_code == 302
    assert ilka.get(PAGE).status_code == 404


def test_a_form_without_its_token_is_refused(house: Expecting, yonas: tuple[UUID, UUID]) -> None:
    client = Desk(enforce_csrf_checks=True)
    client.get(address(house))
    assert client.post(OPEN).status_code == 403
    page = client.get(PAGE)
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text(page))
    assert found is not None
    assert client.post(OPEN, {"csrfmiddlewaretoken": found[1]}).status_code == 302


def test_who_asks_too_often_is_told_to_wait(house: Expecting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wegnetz.portal.place_guard.ASKED_AT_MOST", 4)
    client = at_the_place(house)
    answers = [client.get(PAGE) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert (answers[-1].headers["Retry-After"], ASKED_AT_MOST) == ("3600", 300)
