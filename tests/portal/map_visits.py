"""A browser in which somebody's own map is open, and what the tests of its page share."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.network.mapping import MOTHER, Own, map_of
from tests.people import Cast, Desk, Page
from wegnetz.portal.map_guard import state_of

PAGE, OPEN = "/karte/", "/karte/oeffnen/"
READ = {"map-page", "map-places", "map-file"}
MAP_SCREENS = READ | {
    "map-link", "open-map", "close-map", "put-on-map", "stand-on-map", "move-on-map", "take-off-map", "back-on-map",
    "begin-map-version", "share-map", "stop-sharing-map", "renew-map-link", "read-map-file",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_has_asked(cast: Cast) -> None:
    cache.clear()


@pytest.fixture
def own(cast: Cast) -> Own:
    """The map of Yonas, with one person on it."""
    made = map_of(cast.yonas.id, cast.ilka.viewer)
    made.put(MOTHER)
    return made


def address(own: Own) -> str:
    return reverse("portal:map-link", args=[own.token])


def opened(own: Own, **more: object) -> Desk:
    """A browser in which the link was followed and the map opened."""
    client = Desk(**more)  # type: ignore[arg-type]
    assert client.get(address(own)).status_code == 302
    assert client.post(OPEN).status_code == 302
    return client


def seen(own: Own, version: int = 0) -> str:
    """What a page of the map says of its state; `version` is an earlier one."""
    state = state_of(own.map)
    return f"{version}-{state.partition('-')[2]}" if version else state


def post(client: Desk, name: str, own: Own, **sent: object) -> Page:
    page: Page = client.post(reverse(f"portal:{name}"), {"version": seen(own)} | sent)
    return page


def text(page: Page) -> str:
    return page.content.decode()
