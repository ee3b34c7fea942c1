"""A browser at a contact point, and what the tests of its page share."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.network.expecting import Expecting, announced_there, house_of_songs
from tests.people import Cast, Desk, Page
from wegnetz.core.days import working_day

PAGE, OPEN, SAY = "/platz/", "/platz/oeffnen/", "/platz/besuch/"
TODAY = working_day()


@pytest.fixture(autouse=True)
def nobody_has_asked(cast: Cast) -> None:
    cache.clear()


@pytest.fixture
def house(cast: Cast) -> Expecting:
    return house_of_songs(cast)


@pytest.fixture
def yonas(house: Expecting, cast: Cast) -> tuple[UUID, UUID]:
    return announced_there(
        house, cast.yonas.id, "Jojo", by=cast.ilka, comes_on=TODAY, accompanied=True, for_place="Bitte leise"
    )


def address(house: Expecting) -> str:
    return reverse("portal:place-link", args=[house.token])


def at_the_place(house: Expecting, **more: object) -> Desk:
    """A browser in which the link was followed and the page opened."""
    client = Desk(**more)  # type: ignore[arg-type]
    assert client.get(address(house)).status_code == 302
    assert client.post(OPEN).status_code == 302
    return client


def say(client: Desk, announcement: UUID | str, said: str = "came", on: str = "") -> Page:
    body = {"announcement": str(announcement), "said": said, "on": on or TODAY.isoformat()}
    page: Page = client.post(SAY, body)
    return page


def text(page: Page) -> str:
    return page.content.decode()
