"""Invented contact points for the tests."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from wegnetz.directory.entries import Address, Contact, Hours, Offer, Point, Translation, Wording


def said(language: str = "de", **texts: str) -> Wording:
    return Wording(language, {language: Translation(texts)})


def an_offer(key: str = "chor", title: str = "Offener Chor", **more: Any) -> Offer:
    return Offer(key, more.pop("wording", said(title=title)), **more)


def a_point(key: str = "haus", name: str = "Haus der Erfindung", **more: Any) -> Point:
    return Point(key, more.pop("wording", said(name=name)), **more)


THURSDAYS = Hours(date(2021, 9, 2), time(18), time(20), "FREQ=WEEKLY;BYDAY=TH")
CHOIR = an_offer(
    concepts=("singing",), hours=(THURSDAYS,), languages=("de", "en"), age_from=16, age_to=27, cost_cents=0, capacity=12
)
DANCE = an_offer("tanz", "Tanzen", concepts=("dance",), women_only=True, languages=("ar",))
HOUSE = a_point(
    operator="Verein der Erfindung", accessible=True,
    address=Address("Musterweg 1", "40000", "Düsseldorf", "Bilk", lat=51.2, lon=6.78),
    contact=Contact(email="haus@example.org", website="https://haus.example.org"), offers=(CHOIR, DANCE),
)  # fmt: skip
GARDEN = a_point("garten", "Garten der Erfindung", address=Address(district="Eller"))
