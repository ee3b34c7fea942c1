"""Every address of a person's own map x how far somebody has come with a link: a table, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.desk.asking import rows_of_every_table
from tests.network.mapping import Own
from tests.people import DB, Cast, Desk
from tests.portal.map_visits import MAP_SCREENS, READ, address, nobody_has_asked, opened, own, seen, text
from wegnetz.network.services.person_maps import make_map_link, renew_map_link
from wegnetz.vault.services import destroy_key

__all__ = ["nobody_has_asked", "own"]
pytestmark = DB
# What answers otherwise than a link that opens nothing, before the button was pressed that opens the map.
UNOPENED = {"map-page": 200, "open-map": 302, "close-map": 200}
OPENED = UNOPENED | {
    "put-on-map": 302, "stand-on-map": 302, "move-on-map": 200, "take-off-map": 302, "back-on-map": 404,
    "begin-map-version": 302, "share-map": 302, "stop-sharing-map": 302, "renew-map-link": 200, "read-map-file": 302,
    "map-places": 200, "map-file": 200,
}  # fmt: skip


def nobody(_own: Own, _cast: Cast) -> Desk:
    return Desk()


def followed(own: Own, _cast: Cast) -> Desk:
    client = Desk()
    assert client.get(address(own)).status_code == 302
    return client


def inside(own: Own, _cast: Cast) -> Desk:
    return opened(own)


def renewed(own: Own, _cast: Cast) -> Desk:
    client = opened(own)
    renew_map_link(own.map)
    return client


def replaced(own: Own, _cast: Cast) -> Desk:
    client = opened(own)
    make_map_link(own.person, by=own.by, instead=True)
    return client


def erased(own: Own, _cast: Cast) -> Desk:
    client = opened(own)
    destroy_key(own.person, on=timezone.now())
    return client


STATES: dict[Callable[[Own, Cast], Desk], dict[str, int]] = {
    nobody: {}, followed: UNOPENED, inside: OPENED, renewed: {}, replaced: {}, erased: {},
}  # fmt: skip


def body_of(name: str, alter: str, version: str) -> dict[str, object]:
    more: dict[str, dict[str, object]] = {
        "put-on-map": {"called": "A"}, "move-on-map": {"moves": json.dumps([[alter, 10, 50]])},
        "read-map-file": {"file": SimpleUploadedFile("k.json", b'{"alteri": [{"id": 1, "name": "M", "distance": 9}]}')},
    }  # fmt: skip
    shared = {"version": version, "alter": "" if name == "put-on-map" else alter, "until": "heute"}
    return shared | {"sector": "friends", "horizon": "outer"} | more.get(name, {})


def of(name: str) -> str:
    return reverse(f"portal:{name}", args=["easynwk"] if name == "map-file" else [])


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("name", sorted(MAP_SCREENS - {"map-link"}))
def test_how_far_one_has_come_decides_what_answers(
    state: Callable[[Own, Cast], Desk], name: str, own: Own, cast: Cast
) -> None:
    version, alter = seen(own), own.latest.alters[0].id
    client = state(own, cast)
    before = rows_of_every_table()
    answer = client.get(of(name)) if name in READ else client.post(of(name), body_of(name, alter, version))
    assert answer.status_code == STATES[state].get(name, 404)
    shows = {"map-page": "<text>M</text>", "map-file": '"M"'}
    assert (shows.get(name, "M: ") in text(answer)) == (state is inside and name in shows)
    if state is not inside and not (state is followed and name == "open-map"):
        assert rows_of_every_table() == before


@pytest.mark.parametrize("name", sorted(MAP_SCREENS - {"map-link"}))
def test_no_address_answers_another_method(name: str, own: Own) -> None:
    client = opened(own)
    cookies = SimpleCookie(client.cookies)
    for method in ("put", "delete", "patch", *(["post"] if name in READ - {"map-places"} else ["get"])):
        if name == "map-places" and method == "get":
            continue
        client.cookies = SimpleCookie(cookies)
        assert (method, getattr(client, method)(of(name)).status_code) == (method, 405)
