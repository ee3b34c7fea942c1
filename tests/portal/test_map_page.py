"""A person's own map on their phone: opened by their link, drawn without a script, shown by choice."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.audit.reading_back import last_place, recorded_since
from tests.network.mapping import FRIEND, MOTHER, TODAY, Own, map_of
from tests.people import DB, Cast
from tests.portal.map_visits import OPEN, PAGE, address, nobody_has_asked, opened, own, post, seen, text
from wegnetz.engines.ego_network import Horizon, Sector, Support, Tie
from wegnetz.network.models import PersonMap, SharedMap
from wegnetz.network.selectors.person_maps import drawn_on, sharing_of
from wegnetz.participants.selectors import open_person
from wegnetz.participants.selectors.log import log_for_person, log_for_staff
from wegnetz.portal.languages import PUBLIC_LANGUAGES
from wegnetz.portal.visits import MAPS
from wegnetz.programme.selectors import active_pack

__all__ = ["nobody_has_asked", "own"]
pytestmark = DB
MARK = re.compile(r'<g class="p\b.*?<text>(.*?)</text>', re.DOTALL)
TOLD = {
    "called": "Me", "sector": "friends", "horizon": "outer", "tie": "2", "conflict": "on", "emotional": "0",
    "instrumental": "0", "informational": "0", "social": "3", "linking": "0", "from_programme": "on",
}  # fmt: skip


def on_it(page: str) -> list[str]:
    return MARK.findall(page)


def test_the_secret_leaves_the_address_at_once_and_nothing_is_shown_before_the_button(own: Own) -> None:
    client = opened(own)
    client.cookies.clear()
    answer = client.get(address(own))
    assert (answer.status_code, answer["Location"], answer["Referrer-Policy"]) == (302, PAGE, "no-referrer")
    cookie = answer.cookies[MAPS.cookie]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], own.token in cookie.value) == (
        PAGE, True, "Lax", False,
    )  # fmt: skip
    before = client.get(PAGE)
    assert (before.status_code, on_it(text(before))) == (200, [])
    assert client.post(OPEN).cookies[MAPS.cookie]["samesite"] == "Strict"
    assert on_it(text(client.get(PAGE))) == ["M"]


def test_the_page_says_no_name_of_the_programme_and_is_kept_nowhere(own: Own) -> None:
    page = opened(own).get(PAGE)
    assert re.findall("<title>(.*)</title>", text(page)) == ["Meine Karte"]
    assert {name: page[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag", "Content-Language")} == {
        "Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow",
        "Content-Language": "de",
    }  # fmt: skip
    assert [word for word in ("Wegnetz", "Durchstarten", "Yonas", "Yono") if word in text(page)] == []


@pytest.mark.parametrize("language", PUBLIC_LANGUAGES)
def test_the_page_is_there_in_every_language(language: str, own: Own) -> None:
    page = opened(own).get(PAGE, {"sprache": language})
    turned = language in {"ar", "fa", "prs", "ps", "ckb"}
    assert f'<html lang="{language}" dir="{"rtl" if turned else "ltr"}">' in text(page)
    assert page["Content-Language"] == language


def test_opening_is_recorded_first_and_drawing_is_not(own: Own) -> None:
    since = last_place(own.by.organisation)
    client = opened(own)
    client.get(PAGE)
    post(client, "put-on-map", own, called="A", sector="family", horizon="inner")
    events = [(each.action, each.category, each.purpose) for each in recorded_since(own.by.organisation, since)]
    assert events == [("open", "network map", "own map")]


def test_staff_do_not_read_in_the_log_when_somebody_opens_their_own_map(own: Own, cast: Cast) -> None:
    opened(own)
    found = open_person(own.by, own.person, purpose="who saw what", also=("log",))
    for_staff = log_for_staff(own.by, found, pack=active_pack())
    roles = [{row.role for row in log.rows} for log in (for_staff, log_for_person(own.person))]
    assert ["participant" in each for each in roles] == [False, True]


# --- drawing without a script ------------------------------------------------------------------------


def test_somebody_new_is_put_on_the_map(own: Own) -> None:
    client = opened(own)
    answer = post(client, "put-on-map", own, called="🦉", sector="colleagues", horizon="middle", from_programme="on")
    made = own.latest.alters[-1]
    assert (answer.status_code, answer["Location"]) == (302, "/karte/#karte")
    assert (made.name, made.sector, made.horizon, made.from_programme) == (
        "🦉", Sector.COLLEAGUES, Horizon.MIDDLE, True,
    )  # fmt: skip
    assert on_it(text(client.get(PAGE))) == ["M", "🦉"]


def test_everything_is_said_of_somebody_in_one_form(own: Own) -> None:
    client, mother = opened(own), own.latest.alters[0]
    friend = own.put(FRIEND)
    page = text(client.get(PAGE, {"mensch": friend.id}))
    assert f'<input type="hidden" name="alter" value="{friend.id}">' in page
    answer = post(client, "put-on-map", own, alter=friend.id, knows=[mother.id], **TOLD)
    said = own.latest.alters[1]
    assert answer["Location"] == f"/karte/#m-{friend.id}"
    assert (said.tie, said.conflict, said.support, said.staff) == (Tie.MULTIPLEX, True, {Support.SOCIAL: 3}, False)
    assert said.horizon == Horizon.OUTER
    assert own.latest.ties == {frozenset({mother.id, friend.id})}


@pytest.mark.parametrize("called", ["Mohammed", "0176 1234567", "m@x.de", "", "Ali"])
def test_what_leads_to_somebody_is_refused_and_stays_in_the_field(called: str, own: Own) -> None:
    client = opened(own)
    answer = post(client, "put-on-map", own, called=called, sector="friends", horizon="middle")
    assert (answer.status_code, own.names) == (422, ["M"])
    (field,) = re.findall(r'<input type="text"[^>]*name="called"[^>]*>', text(answer))
    assert (re.findall('value="([^"]*)"', field), 'aria-invalid="true"' in field) == ([called][: len(called)], True)


def test_the_list_moves_somebody_without_a_script(own: Own) -> None:
    client, mother = opened(own), own.latest.alters[0]
    post(client, "stand-on-map", own, alter=mother.id, sector="professionals", horizon="outer")
    assert (own.latest.alters[0].sector, own.latest.alters[0].horizon) == (Sector.PROFESSIONALS, Horizon.OUTER)
    assert [
        post(client, "stand-on-map", own, alter=alter, sector=sector, horizon="outer").status_code
        for alter, sector in ((mother.id, "enemies"), ("nobody", "family"))
    ] == [404, 404]  # fmt: skip


def test_the_script_saves_where_somebody_was_drawn(own: Own) -> None:
    client, mother = opened(own), own.latest.alters[0]
    answer = post(client, "move-on-map", own, moves=json.dumps([[mother.id, 120.04, 70]]))
    assert (answer.json(), own.latest.alters[0].angle) == ({"version": seen(own)}, 120)
    late = client.post(reverse("portal:move-on-map"), {"version": seen(own, own.version - 1), "moves": "[]"})
    assert (late.status_code, list(late.json())) == (409, ["problem"])


@pytest.mark.parametrize(
    "moves",
    ["", "{}", "[1]", '[["a"]]', '[["a", 1]]', '[["a", "1", 2]]', '[["a", 1e999, 2]]', '[["a", NaN, 2]]', "[" * 9000,
     '[["nobody", 1, 2]]', '[["a", true, 1]]'],
)  # fmt: skip
def test_what_no_script_of_ours_sends_is_refused(moves: str, own: Own) -> None:
    before = own.version
    assert (post(opened(own), "move-on-map", own, moves=moves).status_code, own.version) == (404, before)


def test_who_was_taken_off_can_be_brought_back(own: Own) -> None:
    client, mother = opened(own), own.latest.alters[0]
    post(client, "take-off-map", own, alter=mother.id)
    page = text(client.get(PAGE))
    assert (on_it(page), "M ist nicht mehr auf der Karte." in page) == ([], True)
    post(client, "back-on-map", own)
    assert (on_it(text(client.get(PAGE))), own.latest.alters) == (["M"], (mother,))
    assert post(client, "back-on-map", own).status_code == 404


def test_two_devices_are_told_gently_and_nothing_typed_is_lost(own: Own) -> None:
    phone, tablet = opened(own), opened(own)
    before = seen(own)
    post(phone, "put-on-map", own, called="A", sector="family", horizon="inner")
    late = tablet.post(
        reverse("portal:put-on-map"), {"version": before, "called": "B", "sector": "colleagues", "horizon": "outer"}
    )
    assert (late.status_code, own.names, on_it(text(late))) == (409, ["M", "A"], ["M", "A"])
    form = text(late).split('id="dazu"')[1].split("</form>")[0]
    assert ('value="B"' in form, 'value="colleagues" selected' in form, f'value="{seen(own)}"' in form) == (
        True, True, True,
    )  # fmt: skip
    post(tablet, "put-on-map", own, called="B", sector="colleagues", horizon="outer")
    assert own.names == ["M", "A", "B"]


# --- versions ----------------------------------------------------------------------------------------


def test_an_earlier_version_is_looked_at_and_not_changed(own: Own) -> None:
    client = opened(own)
    post(client, "begin-map-version", own)
    own.put(FRIEND)
    now, then = text(client.get(PAGE)), text(client.get(PAGE, {"fassung": "1"}))
    assert (on_it(now), on_it(then)) == (["M", "Me"], ["M"])
    assert ["data-moves" in page for page in (now, then)] == [True, False]
    assert ['name="sector"' in page for page in (now, then)] == [True, False]
    table = re.findall(r'<td class="r">(\d+)</td><td class="r">(\d+)</td>', now)
    assert table == [("1", "2"), ("1", "2"), ("0", "0"), ("0", "1"), ("1", "2")]
    for odd in ("0", "3", "x", "-1", "9" * 30, "²"):
        assert on_it(text(client.get(PAGE, {"fassung": odd}))) == ["M", "Me"]


# --- what leaves the map -----------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "until"), [("heute", TODAY), ("woche", TODAY + timedelta(days=6)), ("offen", None)])
def test_the_map_is_shown_for_as_long_as_the_person_says_and_no_longer(how: str, until: object, own: Own) -> None:
    client = opened(own)
    assert post(client, "share-map", own, until=how).status_code == 302
    assert sharing_of(own.map, on=TODAY).until == until
    assert SharedMap.objects.count() == 1
    post(client, "stop-sharing-map", own)
    assert SharedMap.objects.count() == 0


def test_a_new_link_is_shown_once_and_ends_the_one_before(own: Own) -> None:
    client, other = opened(own), opened(own)
    answer = post(client, "renew-map-link", own)
    (path,) = re.findall(r"http://testserver(/karte/[-\w]{64}/)<", text(answer))
    assert on_it(text(client.get(PAGE))) == ["M"]  # stays open here
    assert (other.get(PAGE).status_code, other.get(address(own)).status_code) == (404, 404)
    assert other.get(path).status_code == 302


def test_what_is_pressed_on_the_page_of_one_map_does_nothing_to_another_that_was_opened_beside_it(
    own: Own, cast: Cast
) -> None:
    """One telephone, two people: the cookie is that of the map that was opened last, also in the tab of the first."""
    client = opened(own)
    others = map_of(cast.lina.id, cast.ilka.viewer)
    others.put(MOTHER)
    assert own.version == others.version
    client.get(address(others))
    client.post(OPEN)
    before = PersonMap.objects.get(id=others.map.id).token
    friend = {"called": "B", "sector": "colleagues", "horizon": "outer"}
    answers = [
        post(client, "share-map", own, until="offen"), post(client, "renew-map-link", own),
        post(client, "put-on-map", own, **friend), post(client, "stop-sharing-map", own),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [409, 409, 409, 409]
    assert (SharedMap.objects.count(), others.names) == (0, ["M"])
    assert PersonMap.objects.get(id=others.map.id).token == before


def test_the_map_leaves_as_a_file_and_comes_back(own: Own) -> None:
    client = opened(own)
    file = client.get(reverse("portal:map-file", args=["easynwk"]))
    assert (file["Content-Type"], file["Content-Disposition"]) == (
        "application/json", 'attachment; filename="karte.json"',
    )  # fmt: skip
    content = json.loads(file.content)
    assert [each["name"] for each in content["versions"][0]["nwk"]["alteri"]] == ["M"]
    assert client.get("/karte/datei/x/").status_code == 404
    content["versions"][0]["nwk"]["alteri"][0]["name"] = "Mutter Amina"
    sent = SimpleUploadedFile("karte.json", json.dumps(content).encode())
    assert post(client, "read-map-file", own, file=sent).status_code == 302
    assert [[alter.name for alter in each.alters] for each in drawn_on(own.map).versions] == [["M"], ["MA"]]
    for broken in (b"", b"{}", b"Amina", b"\xff" * 10):
        before = own.version
        answer = post(client, "read-map-file", own, file=SimpleUploadedFile("k.json", broken or b" "))
        assert (answer.status_code, own.version, "Amina" in text(answer)) == (422, before, False)
    assert post(client, "read-map-file", own).status_code == 422


def test_away_is_one_button(own: Own) -> None:
    client = opened(own)
    answer = client.post(reverse("portal:close-map"), {"quick": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/de/orte/")
    assert client.get(PAGE).status_code == 404


def test_a_closed_map_opens_with_the_link_again(own: Own) -> None:
    client = opened(own)
    assert client.post(reverse("portal:close-map")).status_code == 200
    assert client.get(PAGE).status_code == 404
    assert on_it(text(opened(own).get(PAGE))) == ["M"]
