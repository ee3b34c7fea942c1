"""What the demo's people were asked, and the letters that went out. All of it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Role, Viewer
from wegnetz.casework.services import Reason, accept_referral, decline_referral, offer_referral
from wegnetz.participants.services import (
    Asked,
    Release,
    record_consent,
    record_release,
    request_glass,
    withdraw_consent,
)
from wegnetz.rules.consents import Answer, Channel


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody was asked about the organisation of `role`; with a letter, they were also referred.

    `came` is "accepted", a reason of the pack for which the letter was declined, or empty while nobody answered.
    """

    purpose: str
    role: Role
    language: str
    on: date
    answer: Answer = Answer.GIVEN
    witness: str = ""
    letter: str = ""
    came: str = ""
    note: str = ""
    withdrawn: date | None = None


QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "Yonas T.": (
        Question("exchange", Role.COACH, "ti", date(2021, 9, 30), Answer.REFUSED, witness="Frau Haile"),
        Question("networking", Role.NETWORK_COORDINATOR, "ti", date(2021, 9, 16), witness="Frau Haile",
                 letter="Yonas repariert gern Räder und sucht eine offene Werkstatt.", came="accepted"),
    ),
    "Dilan K.": (
        Question("networking", Role.NETWORK_COORDINATOR, "kmr", date(2021, 9, 21),
                 letter="Dilan tanzt gern und möchte andere kennenlernen. Am liebsten am Wochenende."),
    ),
    "Samuel W.": (
        Question("coaching", Role.COACH, "ti", date(2021, 9, 14),
                 letter="Samuel sucht ab Oktober Unterstützung bei Bewerbungen, abends nach der Arbeit.",
                 came="times", note="Wir beraten nur bis 17 Uhr. Die Abendsprechstunde gibt es ab Dezember."),
    ),
    "Mahsa R.": (
        Question("trauma-coaching", Role.TRAUMA_COACH, "fa", date(2021, 9, 28), witness="Herr Azimi",
                 letter="Sie möchte angerufen werden, am besten vormittags."),
    ),
    "Zahra E.": (
        Question("coaching", Role.COACH, "fa", date(2021, 6, 3), withdrawn=date(2021, 8, 19)),
    ),
}  # fmt: skip

RELEASES: Mapping[str, Release] = {
    "Amadou B.": Release(
        "Dr. Lindner", "Betriebsärztin", "Ilka Brandt", "Eignung für Arbeiten auf Leitern", "fr", Channel.WRITTEN,
        date(2021, 9, 2), date(2021, 12, 31),
    ),
}  # fmt: skip

EMERGENCY: Mapping[str, str] = {
    "Noor B.": "Seit zwei Wochen nicht erreichbar, die zuständige Kollegin ist krank. Ein Termin steht morgen an.",
}


def add_letters(called: str, person: UUID, *, by: Viewer, staff: Mapping[Role, Viewer]) -> None:
    """Write down what QUESTIONS, RELEASES and EMERGENCY say about a person of the demo."""
    for question in QUESTIONS.get(called, ()):
        _ask(person, question, by, staff[question.role])
    if release := RELEASES.get(called):
        record_release(person, release, by=by)
    if reason := EMERGENCY.get(called):
        request_glass(person, reason=reason, by=staff[Role.LEAD])


def _ask(person: UUID, question: Question, by: Viewer, other: Viewer) -> None:
    asked = Asked(
        question.purpose, other.organisation, question.answer, question.language, Channel.IN_PERSON, question.on,
        witness=question.witness,
    )  # fmt: skip
    consent = record_consent(person, asked, by=by)
    if question.withdrawn:
        withdraw_consent(person, consent, channel=Channel.PHONE, on=question.withdrawn, by=by)
    if not question.letter:
        return
    letter = offer_referral(person, consent, message=question.letter, by=by, on=question.on)
    if question.came == "accepted":
        accept_referral(letter, by=other, on=question.on)
    elif question.came:
        decline_referral(letter, Reason(question.came, question.note), by=other, on=question.on)
