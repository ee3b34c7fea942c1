"""Everybody around one person, on top of the cast: colleagues, other organisations, and what they wrote.

`Company.people` holds the people as addresses name them, each with the things one side wrote:

* "yonas", "lina": of A alone, as in the cast; "yonas put away" has the things that were deleted, "yonas made up" none
* "omar": of B alone
* "amina": A leads, B's coach accompanies her on a consent; "amina at B" are the coach's things
* "mariam": A leads, B's trauma coach accompanies her, and only Gero, who sent the letter, knows that he did
* "rana": A leads; B's coach accompanied her until she took the consent back ("rana at B")
* "sami": B leads and offers him to A, which has not answered
* "erased", "nobody"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from tests.papers import expected_somewhere, papers_about, something_to_do, today
from tests.people import (
    CANARY_A,
    CANARY_B,
    CANARY_SHARED,
    PHONE,
    Account,
    Cast,
    Young,
    account,
    agreed,
)  # fmt: skip
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.accounts.services import ensure_organisation
from wegnetz.casework.services import accept_referral, close_case, offer_referral
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import BreakGlass, Person
from wegnetz.participants.services import (
    confirm_glass,
    record_consent,
    record_decision,
    record_fact,
    register_person,
    request_glass,
    withdraw_consent,
)  # fmt: skip
from wegnetz.rules.consents import Channel
from wegnetz.rules.facts import Fact


@dataclass(frozen=True)
class Company:
    """Who works where, and who is accompanied. The roles of A that open nobody are the cast's colleagues."""

    gero: Account  # case manager of A who is responsible for nobody; sent Mariam's letter
    lea: Account  # lead of A who looks at Yonas through a broken glass
    late: Account  # lead of A whose glass ran out
    kim: Account  # coach of B: accompanies Amina, accompanied Rana
    tess: Account  # trauma coach of B: accompanies Mariam
    bo: Account  # lead of B
    carla: Account  # case manager of C, which accompanies nobody
    people: Mapping[str, Young]


@transaction.atomic
def come_together(cast: Cast) -> Company:
    a, b = (Organisation.objects.get(key=key) for key in "ab")
    c = ensure_organisation("c", name="Teilhabe C")
    staff = {
        "gero": account("gero", f"Gero {CANARY_A}", a, Role.CASE_MANAGER),
        "lea": account("lea", f"Lea {CANARY_A}", a, Role.LEAD),
        "late": account("late", f"Spät {CANARY_A}", a, Role.LEAD),
        "kim": account("kim", f"Kim {CANARY_B}", b, Role.COACH),
        "tess": account("tess", f"Tess {CANARY_B}", b, Role.TRAUMA_COACH),
        "bo": account("bo", f"Bo {CANARY_B}", b, Role.LEAD),
        "carla": account("carla", "Carla Ce", c, Role.CASE_MANAGER),
    }
    ilka, kim = cast.ilka, staff["kim"]
    something_to_do(ilka.viewer)
    yonas = _with_papers(cast.yonas, cast.ilka, CANARY_A) | _glasses(cast, staff)
    expected_somewhere(cast.yonas.id, by=ilka.viewer, word=CANARY_A)
    omar = _with_papers(cast.omar, cast.bea, CANARY_B)
    amina, amina_at_b = _accompanied(ilka, kim, "Amina")
    rana, rana_at_b = _accompanied(ilka, kim, "Rana")
    withdraw_consent(rana.id, rana.things["consent"], channel=Channel.IN_PERSON, on=today(), by=ilka.viewer)
    closing = {"closing": closed(rana.id, by=ilka, word=CANARY_A)}
    mariam, mariam_at_b = _sealed(ilka, staff["gero"], staff["tess"])
    people = {
        "yonas": replace(cast.yonas, things=yonas),
        "lina": cast.lina,
        "yonas put away": _put_away(cast.yonas, yonas),
        "yonas made up": replace(cast.nobody, id=cast.yonas.id),
        "omar": replace(cast.omar, things=omar),
        "amina": amina,
        "amina at B": amina_at_b,
        "mariam": mariam,
        "mariam at B": mariam_at_b,
        "rana": replace(rana, things={**rana.things, **closing}),
        "rana at B": rana_at_b,
        "sami": _offered(cast.bea, to=ilka),
        "erased": cast.erased,
        "nobody": cast.nobody,
    }
    return Company(**staff, people=people)


def _with_papers(young: Young, by: Account, word: str) -> dict[str, UUID]:
    consent = record_consent(young.id, agreed(by), by=by.viewer)
    return papers_about(young.id, by=by, word=word) | {"consent": consent}


def _put_away(young: Young, things: Mapping[str, UUID]) -> Young:
    gone = {kind.removeprefix("deleted_"): thing for kind, thing in things.items() if kind.startswith("deleted_")}
    return Young(young.id, young.pseudonym, young.retracted, young.record, young.thing("x"), young.thing("y"), gone)


def registered(by: Account, called: str, *, private: str, shared: str = "") -> Young:
    """Somebody new, with a few answers and one decision. Name and contact hold `shared`, if anything is."""
    word = shared or private
    name = Name(f"{called} Adem {word}", f"{called} {word}")
    contact = Contact(PHONE[word], f"{called.lower()}@{word.lower()}.example", "ti", f"über die Tante {word}")
    begun = date(2020, 11, 2)
    person = register_person(name=name, contact=contact, ground=agreed(by), by=by.viewer, on=begun)
    pseudonym = f"{called[:3]}-{word}"
    Person.objects.filter(id=person).update(pseudonym=pseudonym)
    record = record_fact(person, Fact("support_need", value=True, recorded_on=begun), by=by.viewer)
    decision = record_decision(person, day=begun, by=by.viewer)
    return Young(person, pseudonym, record, uuid4(), decision, uuid4())


def _accompanied(ilka: Account, kim: Account, called: str) -> tuple[Young, Young]:
    """A leads, B's coach accompanies: name, contact, facts and plan are shared."""
    young = registered(ilka, called, private=CANARY_A, shared=CANARY_SHARED)
    papers = papers_about(young.id, by=ilka, word=CANARY_A, plan_word=CANARY_SHARED)
    consent = record_consent(young.id, agreed(kim, "coaching"), by=ilka.viewer)
    letter = offer_referral(young.id, consent, message=f"Bitte begleiten {CANARY_SHARED}", by=ilka.viewer, on=today())
    accept_referral(letter, by=kim.viewer, on=today())
    at_b = papers_about(young.id, by=kim, word=CANARY_B, plan_word=CANARY_SHARED)
    return (
        replace(young, things=papers | {"consent": consent, "referral": letter}),
        replace(young, record=young.thing("x"), decision=young.thing("y"), early_decision=young.thing("z"),
                things=at_b | {"referral": letter}),
    )  # fmt: skip


def _sealed(ilka: Account, gero: Account, tess: Account) -> tuple[Young, Young]:
    young = registered(ilka, "Mariam", private=CANARY_A, shared=CANARY_SHARED)
    papers = papers_about(young.id, by=ilka, word=CANARY_A)
    things = hide(young.id, gero, tess)
    at_b = replace(young, record=young.thing("x"), decision=young.thing("y"), early_decision=young.thing("z"))
    return replace(young, things=papers), replace(at_b, things=things)


def hide(person: UUID, gero: Account, tess: Account) -> dict[str, UUID]:
    """The trauma coach begins to accompany somebody, on the letter of the one colleague who knows. Her things."""
    consent = record_consent(person, agreed(tess, "trauma-coaching"), by=gero.viewer)
    letter = offer_referral(person, consent, message=f"Bitte {CANARY_SHARED}", by=gero.viewer, on=today())
    accept_referral(letter, by=tess.viewer, on=today())
    return papers_about(person, by=tess, word=CANARY_B) | {"consent": consent, "referral": letter}


def _offered(bea: Account, to: Account) -> Young:
    """Of B, and offered to A with everything a case manager is to know."""
    young = registered(bea, "Sami", private=CANARY_B, shared=CANARY_SHARED)
    papers = papers_about(young.id, by=bea, word=CANARY_B, plan_word=CANARY_SHARED, area_word=CANARY_SHARED)
    consent = record_consent(young.id, agreed(to), by=bea.viewer)
    message = f"Er zieht um {CANARY_SHARED}"
    letter = offer_referral(young.id, consent, message=message, hands_over=True, by=bea.viewer, on=today())
    closing = closed(young.id, by=bea, word=CANARY_B)
    return replace(young, things=papers | {"consent": consent, "referral": letter, "closing": closing})


def closed(person: UUID, *, by: Account, word: str) -> UUID:
    """The work has ended, and the door is open until the follow-up."""
    return close_case(person, outcome="training", note=f"Lehrstelle {word}", on=today(), by=by.viewer)


def _glasses(cast: Cast, staff: Mapping[str, Account]) -> dict[str, UUID]:
    """One that is broken, one that ran out, one that waits for a second person."""
    lead = next(colleague for colleague in cast.colleagues if colleague.role is Role.LEAD)
    broken, over, waiting = (
        request_glass(cast.yonas.id, reason=f"Seit Tagen nicht erreichbar {CANARY_A}", by=by.viewer)
        for by in (staff["lea"], staff["late"], lead)
    )
    for glass in (broken, over):
        confirm_glass(glass, by=cast.ilka.viewer)
    BreakGlass.objects.filter(id=over).update(ends_at=timezone.now() - timedelta(minutes=1))
    return {"broken": broken, "over": over, "glass": waiting}
