"""The list of an evening on a phone: what it shows, what it takes in, and how far one gets without its link."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

from tests.company import Company
from tests.desk.asking import rows_of_every_table
from tests.desk.test_audit_unavailable import full_disk
from tests.evenings import Evenings, evenings, invited
from tests.network.evening_links import began
from tests.people import CANARY_A, CANARY_B, DB, Cast, Desk
from tests.portal.evening_visits import (
    LEAVE,
    LIST,
    OPEN,
    SIGN,
    SIGNATURES,
    STATE,
    TICK,
    address,
    at_the_door,
    made,
    nobody_has_asked,
    send,
    tick,
    yonas,
)
from tests.portal.place_visits import text
from wegnetz.audit.models import Event
from wegnetz.network.models import Guest, Invitation, WorkshopDate
from wegnetz.network.openings import open_invitation
from wegnetz.network.services.evening_links import revoke_evening_link
from wegnetz.network.services.invitations import Reply, note_answer
from wegnetz.portal.visits import EVENINGS
from wegnetz.vault.selectors import key_of

__all__ = ["full_disk", "made", "nobody_has_asked", "yonas"]
pytestmark = DB
SIGNED = {"proof": "screen", "signature": "M1 1L20 20"}


def there(invitation: UUID) -> bool | None:
    return Invitation.objects.get(id=invitation).attended


# --- how far one gets ----------------------------------------------------------------------------------


def nobody(_made: Evenings, _cast: Cast) -> Desk:
    return Desk()


def followed(made: Evenings, cast: Cast) -> Desk:
    client = Desk()
    assert client.get(address(made.date, cast)).status_code == 302
    return client


def opened(made: Evenings, cast: Cast) -> Desk:
    return at_the_door(made.date, cast)


def revoked(made: Evenings, cast: Cast) -> Desk:
    client = at_the_door(made.date, cast)
    revoke_evening_link(made.date, by=cast.ilka.viewer)
    return client


def replaced(made: Evenings, cast: Cast) -> Desk:
    client = at_the_door(made.date, cast)
    address(made.date, cast)
    return client


UNOPENED = {LIST: 200, OPEN: 302, LEAVE: 200}
OPENED = UNOPENED | {TICK: 302, STATE: 200, SIGNATURES: 200, SIGN: 302}
STATES: dict[Callable[[Evenings, Cast], Desk], dict[str, int]] = {
    nobody: {}, followed: UNOPENED, opened: OPENED, revoked: {}, replaced: {},
}  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_how_far_one_has_come_decides_what_answers(
    state: Callable[[Evenings, Cast], Desk], made: Evenings, yonas: UUID, cast: Cast
) -> None:
    Invitation.objects.filter(id=yonas).update(attended=True)
    client = state(made, cast)
    cookies, before, found = SimpleCookie(client.cookies), rows_of_every_table(), {}
    for url in OPENED:
        client.cookies = SimpleCookie(cookies)
        if url in {LIST, SIGNATURES}:
            answer = client.get(url)
        elif url == STATE:
            answer = send(client, tick(yonas))
        else:
            answer = client.post(url, {"invitation": str(yonas), "shown": str(yonas), "present": str(yonas)} | SIGNED)
        found[url] = answer.status_code
        named = state is opened and url in {LIST, SIGNATURES}
        assert (url, "Yonas" in text(answer)) == (url, named)
        if state is not opened:
            assert (url, rows_of_every_table() == before) == (url, True)
    assert found == dict.fromkeys(OPENED, 404) | STATES[state]


def test_what_a_phone_keeps_is_for_anybody_and_names_nobody(yonas: UUID) -> None:
    shell, worker = Desk().get("/abend/huelle/"), Desk().get("/abend/sw.js")
    assert (shell.status_code, "Yonas" in text(shell), "csrfmiddlewaretoken" in text(shell)) == (200, False, False)
    assert (worker.status_code, worker.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    files = json.loads(text(worker).partition("self.known = ")[2].partition(";\n")[0])["files"]
    missing = [each for each in files if not (Path(settings.STATIC_ROOT) / each.removeprefix("/static/")).is_file()]
    assert missing == ["/abend/huelle/?sprache=de"]
    assert Event.objects.filter(actor_role="evening").count() == 0


def test_the_cookie_opens_nothing_else_and_a_session_or_the_cookie_of_a_place_opens_no_list(
    made: Evenings, yonas: UUID, cast: Cast, ilka: Desk
) -> None:
    client = at_the_door(made.date, cast)
    assert [client.get(url).status_code for url in ("/menschen/", "/platz/")] == [302, 404]
    assert ilka.get(LIST).status_code == 404
    stranger = Desk()
    stranger.cookies["place"] = client.cookies[EVENINGS.cookie].value
    assert stranger.get("/platz/").status_code == 404


def test_the_secret_stands_in_no_page_and_in_no_cookie_in_the_open(made: Evenings, cast: Cast) -> None:
    client, url = Desk(), address(made.date, cast)
    secret = url.split("/")[2]
    answer = client.get(url)
    assert (answer.headers["Location"], answer.headers["Referrer-Policy"]) == (LIST, "no-referrer")
    client.post(OPEN)
    cookie = client.cookies[EVENINGS.cookie]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (LIST, "Strict", True)
    assert (secret in text(client.get(LIST)), secret in cookie.value) == (False, False)


def test_nothing_is_shown_that_could_not_be_recorded(
    made: Evenings, yonas: UUID, cast: Cast, company: Company, request: pytest.FixtureRequest
) -> None:
    client = at_the_door(made.date, cast)
    request.getfixturevalue("full_disk")
    for url in (LIST, SIGNATURES):
        answer = client.get(url)
        assert (answer.status_code, "Yonas" in text(answer)) == (503, False)


# --- what it shows -------------------------------------------------------------------------------------


def test_the_list_shows_first_names_with_what_one_has_to_know(made: Evenings, yonas: UUID, cast: Cast) -> None:
    note_answer(
        cast.yonas.id,
        yonas,
        Reply(comes=True, childcare=True, ticket=True, note="kennt jemanden"),
        version=1,
        by=cast.ilka.viewer,
    )
    invited(cast.omar.id, evenings(cast.bea.viewer).date, by=cast.bea.viewer)
    page = text(at_the_door(made.date, cast).get(LIST))
    assert "<small>Fahrkarte mitgeben · braucht Kinderbetreuung</small>" in page
    hidden = (CANARY_A, CANARY_B, "Tesfay", "Yono-", "kennt jemanden", "Omar", str(cast.yonas.id))
    assert [word for word in hidden if word in page] == []


def test_who_is_there_for_the_first_time_stands_beside_them_unless_all_are(
    made: Evenings, yonas: UUID, cast: Cast
) -> None:
    invited(cast.lina.id, made.date, by=cast.ilka.viewer)
    client = at_the_door(made.date, cast)
    assert text(client.get(LIST)).count("zum ersten Mal da") == 0
    before = invited(cast.yonas.id, made.later, by=cast.ilka.viewer)
    began(made.later)
    Invitation.objects.filter(id=before).update(attended=True)
    page = text(client.get(LIST))
    assert page.count("<small>hat noch nicht geantwortet · zum ersten Mal da</small>") == 1


def test_who_said_no_is_folded_away(made: Evenings, yonas: UUID, cast: Cast) -> None:
    note_answer(cast.yonas.id, yonas, Reply(comes=False), version=1, by=cast.ilka.viewer)
    page = text(at_the_door(made.date, cast).get(LIST))
    listed, _, declined = page.partition('id="declined"')
    assert ("<bdi>Yonas" in listed, "<bdi>Yonas" in declined) == (False, True)


def test_the_list_speaks_english_too(made: Evenings, yonas: UUID, cast: Cast) -> None:
    answer = at_the_door(made.date, cast).get(f"{LIST}?sprache=en")
    assert (answer.headers["Content-Language"], 'lang="en"' in text(answer)) == ("en", True)


def test_a_page_that_a_browser_fetches_on_a_guess_is_not_recorded(made: Evenings, yonas: UUID, cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    before = Event.objects.count()
    answer = client.get(LIST, headers={"sec-purpose": "prefetch"})
    assert (answer.status_code, Event.objects.count()) == (204, before)


@pytest.mark.parametrize("number", [1, 2])
def test_a_longer_list_asks_the_database_no_more(
    number: int, made: Evenings, yonas: UUID, cast: Cast, django_assert_num_queries: Callable[..., object]
) -> None:
    for each in [cast.lina] if number > 1 else []:
        invited(each.id, made.date, by=cast.ilka.viewer)
    client = at_the_door(made.date, cast)
    client.get(LIST)
    with django_assert_num_queries(QUERIES + (connection.vendor == "postgresql")):  # type: ignore[attr-defined]
        client.get(LIST)


QUERIES = 25


# --- what it takes in ----------------------------------------------------------------------------------


def test_without_a_script_only_what_was_changed_on_the_form_counts(made: Evenings, yonas: UUID, cast: Cast) -> None:
    lina = invited(cast.lina.id, made.date, by=cast.ilka.viewer)
    client, other = at_the_door(made.date, cast), Desk()
    other.cookies = client.cookies
    form = {"shown": [str(yonas), str(lina)]}
    assert client.post(TICK, form | {"present": [str(yonas)]}).headers["Location"] == LIST
    other.post(TICK, form | {"present": [str(lina)]})  # shown before the first was sent
    assert (there(yonas), there(lina)) == (True, True)
    client.post(TICK, form | {"before": [str(yonas), str(lina)], "present": [str(lina)]})
    assert (there(yonas), there(lina)) == (False, True)


def test_without_a_script_a_guest_is_noted_once_however_often_the_form_is_sent(made: Evenings, cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    found = re.search(r'name="guest_id" value="([^"]+)"', text(client.get(LIST)))
    assert found is not None
    for _ in range(2):
        client.post(TICK, {"guest": "Mina", "guest_id": found[1]})
    assert (Guest.objects.count(), "<bdi>Mina</bdi>" in text(client.get(LIST))) == (1, True)


def test_a_phone_learns_what_arrived_and_how_it_stands(made: Evenings, yonas: UUID, cast: Cast) -> None:
    client, guest = at_the_door(made.date, cast), str(uuid4())
    items = (
        tick(yonas, name="1"), tick(uuid4(), name="2"), {"id": guest, "kind": "guest", "name": "Mina"},
        {"id": "4", "kind": "mark", "invitation": "nobody", "present": True, "at": 1},
        {"id": "no identifier", "kind": "guest", "name": "X"},
    )  # fmt: skip
    answer = json.loads(text(send(client, *items)))
    assert (answer["done"], answer["gone"]) == (["1", guest], ["2", "4", "no identifier"])
    assert (answer["guests"], answer["people"][str(yonas)][0]) == ([{"id": guest, "name": "Mina"}], True)
    assert "Yonas" not in json.dumps(answer)


@pytest.mark.parametrize("ahead", [0, 3_600_000, -86_400_000])
def test_a_phone_whose_clock_is_wrong_tells_what_came_first_all_the_same(
    ahead: int, made: Evenings, yonas: UUID, cast: Cast
) -> None:
    client = at_the_door(made.date, cast)
    send(client, tick(yonas, present=False, ago=60_000, name="1"))
    send(client, tick(yonas, present=True, ago=120_000, name="2"), ahead=ahead)
    assert there(yonas) is False
    send(client, tick(yonas, present=True, ago=30_000, name="3"), ahead=ahead)
    assert there(yonas) is True


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"sent": 1}', '{"sent": 1e400, "items": []}', '{"sent":1,"items":[7]}', "[" * 100_000]
)
def test_what_no_phone_of_ours_sends_is_refused(body: str, made: Evenings, cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    assert client.post(STATE, body, content_type="application/json").status_code == 400


def test_a_mark_that_cannot_be_read_is_said_to_be_gone_and_the_others_arrive(
    made: Evenings, yonas: UUID, cast: Cast
) -> None:
    client = at_the_door(made.date, cast)
    wrong = tick(yonas, name="wrong") | {"invitation": 7}
    page = send(client, wrong, tick(yonas, name="right"))
    assert (page.status_code, page.json()["gone"], page.json()["done"]) == (200, ["wrong"], ["right"])


def test_half_a_character_in_a_name_does_not_close_the_list_to_everybody(made: Evenings, cast: Cast) -> None:
    """A phone that cuts a name cuts an emoji in two."""
    client = at_the_door(made.date, cast)
    send(client, {"id": str(uuid4()), "kind": "guest", "name": "Ada \ud83d", "at": 0})
    assert (client.get(LIST).status_code, "Ada ?" in text(client.get(LIST))) == (200, True)


def test_what_is_sent_from_the_list_of_one_evening_does_not_arrive_on_another(
    made: Evenings, yonas: UUID, cast: Cast
) -> None:
    """One phone, two evenings: the cookie is that of the latter, also on the page of the first."""
    client = at_the_door(made.date, cast)
    before = {"evening": str(made.later), "sent": 1, "items": [{"id": str(uuid4()), "kind": "guest", "name": "Mina"}]}
    answer = client.post(STATE, json.dumps(before), content_type="application/json")
    form = {"evening": str(made.later), "guest": "Mina", "guest_id": str(uuid4())}
    assert (answer.status_code, client.post(TICK, form).status_code, Guest.objects.count()) == (404, 404, 0)
    assert f'name="evening" value="{made.date}"' in text(client.get(LIST))
    assert client.post(TICK, form | {"evening": str(made.date)}).status_code == 302


def test_where_a_link_opens_nothing_any_more_the_page_takes_the_names_from_the_phone(
    made: Evenings, cast: Cast
) -> None:  # fmt: skip
    client = at_the_door(made.date, cast)
    revoke_evening_link(made.date, by=cast.ilka.viewer)
    page = client.get(LIST)
    assert (page.status_code, "wegnetz/evening-gone" in text(page)) == (404, True)
    assert "evening-gone" not in text(client.get("/platz/"))


def test_a_settled_list_says_so_and_takes_nothing(made: Evenings, yonas: UUID, cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    WorkshopDate.objects.filter(id=made.date).update(settled_at="2021-10-07T10:00Z")
    page = text(client.get(LIST))
    form = {"shown": str(yonas), "present": str(yonas)}
    assert [send(client, tick(yonas)).status_code, client.post(TICK, form).status_code] == [409, 409]
    assert ("Die Liste ist abgeschlossen." in page, there(yonas)) == (True, None)


def test_signatures_are_for_those_who_are_there(made: Evenings, yonas: UUID, cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    assert client.post(SIGN, {"invitation": str(yonas), "proof": "paper"}).status_code == 404
    send(client, tick(yonas))
    assert "Eine Unterschrift fehlt noch." in text(client.get(SIGNATURES))
    wrong = client.post(SIGN, {"invitation": str(yonas), "proof": "screen", "signature": "M1 1"})
    assert (wrong.status_code, "Bitte noch einmal." in text(wrong)) == (422, True)
    assert client.post(SIGN, {"invitation": str(yonas)} | SIGNED).headers["Location"] == f"{SIGNATURES}#a{yonas}"
    page = text(client.get(SIGNATURES))
    assert ("hat hier unterschrieben" in page, SIGNED["signature"] in page) == (True, False)
    row = Invitation.objects.get(id=yonas)
    assert open_invitation(key_of(cast.yonas.id), row).signature == SIGNED["signature"]
    assert client.post(SIGN, {"invitation": str(yonas), "proof": "hearsay"}).status_code == 404


def test_whoever_is_done_takes_the_cookie_along(made: Evenings, yonas: UUID, cast: Cast) -> None:
    client = at_the_door(made.date, cast)
    assert (client.post(LEAVE).status_code, client.get(LIST).status_code) == (200, 404)


def test_a_form_without_its_token_is_refused(made: Evenings, yonas: UUID, cast: Cast) -> None:
    client = Desk(enforce_csrf_checks=True)
    client.get(address(made.date, cast))
    assert client.post(OPEN).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text(client.get(LIST)))
    assert token is not None
    client.post(OPEN, {"csrfmiddlewaretoken": token[1]})
    assert send(client, tick(yonas)).status_code == 403
    state = json.loads(
        text(client.get(LIST)).partition('<script id="state" type="application/json">')[2].partition("<")[0]
    )
    body = json.dumps({"sent": 1, "items": []})
    sent = client.post(STATE, body, content_type="application/json", headers={"x-csrftoken": state["token"]})
    assert sent.status_code == 200


def test_who_asks_too_often_is_told_to_wait(made: Evenings, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wegnetz.portal.evening_guard.ASKED_AT_MOST", 4)
    client = at_the_door(made.date, cast)
    assert [client.get(LIST).status_code for _ in range(3)] == [200, 200, 429]
