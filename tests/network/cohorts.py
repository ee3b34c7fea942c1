"""People of A with interests, and places for them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests.company import registered
from tests.directory.places import a_point, an_offer
from tests.people import CANARY_A, DAY, Account, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.directory.entries import Offer as Entry
from wegnetz.directory.models import Offer
from wegnetz.directory.services import ensure_source, take_over
from wegnetz.network.openings import Liked
from wegnetz.network.services import save_interests

SINGS = Liked({"singing": 5}, (), ("de",), born=2001)
ON: date = DAY


def steering(cast: Cast) -> Viewer:
    return next(account.viewer for account in cast.colleagues if account.role is Role.STEERING)


def place(cast: Cast, *offers: Entry, district: str = "") -> None:
    """One contact point with these offers; the same again changes it."""
    by = steering(cast)
    source = ensure_source(name="Orte", kind="csv", attribution="", licence="", by=by)
    take_over(source, [a_point(offers=offers)], by=by, on=DAY)


def held(key: str, concept: str = "singing", **more: Any) -> Entry:
    """An offer in German, called as its key."""
    return an_offer(key, key.capitalize(), concepts=(concept,), languages=("de",), **more)


def offer(key: str) -> UUID:
    return Offer.objects.get(key=key).id


def singer(by: Account, called: str, liked: Liked = SINGS) -> UUID:
    """Somebody new whose interests are written down."""
    person = registered(by, called, private=CANARY_A).id
    save_interests(person, liked, by=by.viewer)
    return person
