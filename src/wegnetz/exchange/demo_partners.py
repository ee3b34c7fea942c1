"""Who accompanies the demo's people beside the city: a coach who said yes, and one who has not answered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Viewer
from wegnetz.casework.services import (
    EntryContent,
    ItemContent,
    accept_referral,
    add_item,
    offer_referral,
    write_entry,
)
from wegnetz.exchange.demo_journal import Told, at
from wegnetz.participants.services import Asked, record_consent
from wegnetz.rules.consents import Answer, Channel


@dataclass(frozen=True, slots=True)
class Offered:
    """A letter to the coach: the person's language, when it went out, what it says, and when it was accepted."""

    language: str
    on: date
    message: str
    accepted: date | None = None
    told: Told | None = None
    task: str = ""


OFFERED: Mapping[str, Offered] = {
    "Yonas T.": Offered(
        "ti", date(2021, 9, 6), "Yonas sucht einen ruhigen Platz zum Lernen und Hilfe bei den Bewerbungen.",
        accepted=date(2021, 9, 9),
        told=Told(at(9, 16, 16), "conversation", 40, "Lernplatz in der Bücherei gefunden, dreimal in der Woche."),
        task="Zwei Betriebe mit Yonas zusammen anrufen",
    ),
    "Lina A.": Offered(
        "ar", date(2021, 9, 20), "Lina möchte Kitas von innen sehen. Bitte bei der Suche begleiten.",
        accepted=date(2021, 9, 22), task="Drei Kitas um eine Hospitation bitten",
    ),
    "Ibrahim S.": Offered("ar", date(2021, 10, 4), "Ibrahim wünscht sich einen Coach, der Arabisch spricht."),
}  # fmt: skip


def add_coach(called: str, person: UUID, *, by: Viewer, coach: Viewer) -> None:
    """Offer a person of the demo to the coach, and let the coach say yes where OFFERED says so."""
    offered = OFFERED.get(called)
    if offered is None:
        return
    asked = Asked(
        "coaching", coach.organisation, Answer.GIVEN, offered.language, Channel.IN_PERSON, offered.on
    )  # fmt: skip
    consent = record_consent(person, asked, by=by)
    letter = offer_referral(person, consent, message=offered.message, by=by, on=offered.on)
    if offered.accepted is None:
        return
    accept_referral(letter, by=coach, on=offered.accepted)
    if told := offered.told:
        write_entry(person, EntryContent(told.at, told.kind, told.minutes, told.text), by=coach)
    if offered.task:
        content = ItemContent(offered.task, due_on=date(2021, 10, 12), doer="staff", assignee=coach.user)
        add_item(person, "task", content, by=coach)
