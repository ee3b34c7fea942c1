"""Who leads hands the way over."""

from __future__ import annotations

from uuid import UUID

from tests.casework.partners import agree, asking, today
from tests.people import Account, Cast
from wegnetz.casework.services import accept_referral, offer_referral
from wegnetz.core.scope import acting_as
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.services import Duty, register_person


def passed(person: UUID, sender: Account, to: Account) -> UUID:
    """Returns the consent on which the door of the new lead stands."""
    with acting_as(asking(sender)):
        consent = agree(person, "accompany", to, sender)
        letter = offer_referral(person, consent, message="Bitte", hands_over=True, by=sender.viewer, on=today())
    with acting_as(asking(to)):
        accept_referral(letter, by=to.viewer, on=today())
    return consent


def handed_over(cast: Cast) -> UUID:
    """Ilka hands Yonas over to Bea. Returns the consent on which Bea's door stands."""
    return passed(cast.yonas.id, cast.ilka, cast.bea)


def led_on_a_duty(cast: Cast) -> UUID:
    """Whom Ilka led on a duty and handed over to Bea."""
    with acting_as(asking(cast.ilka)):
        person = register_person(
            name=Name(called="Neu"), contact=Contact(), ground=Duty("integration-management"), by=cast.ilka.viewer,
            on=today(),
        )  # fmt: skip
    passed(person, cast.ilka, cast.bea)
    return person
