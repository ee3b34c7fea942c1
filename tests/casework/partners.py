"""Two more organisations beside the cast's A: one that coaches, and one whose trauma coaching is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.utils import timezone

from tests.people import Account, Cast, account
from wegnetz.accounts.access import Role
from wegnetz.accounts.services import ensure_organisation
from wegnetz.core.scope import Scope
from wegnetz.participants.services import Asked, record_consent
from wegnetz.rules.consents import Answer, Channel


@dataclass(frozen=True)
class Partners:
    jonas: Account  # coach of "coaches"
    mia: Account  # another coach of "coaches"
    samira: Account  # trauma coach of "psz"


@pytest.fixture
def partners(cast: Cast) -> Partners:
    coaches, psz = ensure_organisation("coaches", name="Coaching"), ensure_organisation("psz-t", name="Zentrum")
    return Partners(
        account("jonas", "Jonas", coaches, Role.COACH),
        account("mia", "Mia", coaches, Role.COACH),
        account("samira", "Samira", psz, Role.TRAUMA_COACH),
    )


def asking(account: Account) -> Scope:
    """As the database hears it when the account opens a page."""
    return Scope(organisation=account.viewer.organisation)


def today() -> date:
    return timezone.localdate()


def agree(
    person: UUID, purpose: str, to: Account, by: Account, *, answer: Answer = Answer.GIVEN, about: str = ""
) -> UUID:
    """The person's answer, given today in Tigrinya."""
    asked = Asked(purpose, to.viewer.organisation, answer, "ti", Channel.IN_PERSON, today(), about=about)
    return record_consent(person, asked, by=by.viewer)
