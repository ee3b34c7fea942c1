"""A phone at the door of a workshop, and what the tests of its list share."""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.evenings import Evenings, evenings, invited
from tests.people import Cast, Desk, Page
from wegnetz.network.services.evening_links import make_evening_link

LIST, OPEN, TICK, STATE = "/abend/", "/abend/oeffnen/", "/abend/haken/", "/abend/stand/"
SIGNATURES, SIGN, LEAVE = "/abend/unterschriften/", "/abend/unterschriften/eine/", "/abend/schliessen/"
OF_EVENINGS = {
    "evening", "open-evening", "close-evening", "evening-marks", "evening-state", "evening-link", "evening-signatures",
    "evening-sign", "evening-tables", "evening-mix", "evening-swap",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_has_asked(cast: Cast) -> None:
    cache.clear()


@pytest.fixture
def made(cast: Cast) -> Evenings:
    return evenings(cast.ilka.viewer)


@pytest.fixture
def yonas(made: Evenings, cast: Cast) -> UUID:
    return invited(cast.yonas.id, made.date, by=cast.ilka.viewer)


def address(date: UUID, cast: Cast) -> str:
    secret, _until = make_evening_link(date, by=cast.ilka.viewer)
    return reverse("portal:evening-link", args=[secret])


def at_the_door(date: UUID, cast: Cast, **more: object) -> Desk:
    """A phone on which the link was followed and the list opened."""
    client = Desk(**more)  # type: ignore[arg-type]
    assert client.get(address(date, cast)).status_code == 302
    assert client.post(OPEN).status_code == 302
    return client


def tick(invitation: UUID, *, present: bool = True, ago: int = 0, name: str = "") -> dict[str, Any]:
    """A mark as a phone sends it; `ago` in milliseconds."""
    at = round(time.time() * 1000) - ago
    return {"id": name or f"m{invitation}", "kind": "mark", "invitation": str(invitation), "present": present, "at": at}


def send(client: Desk, *items: dict[str, Any], ahead: int = 0) -> Page:
    """`ahead` is how many milliseconds the phone's clock is ahead of the time."""
    moved = [each | {"at": each.get("at", 0) + ahead} for each in items]
    body = json.dumps({"sent": round(time.time() * 1000) + ahead, "items": moved})
    page: Page = client.post(STATE, body, content_type="application/json")
    return page
