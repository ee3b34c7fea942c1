"""The fixed cast. Each has a meaning; nothing here is random but ids and keys.

Every text about people of an organisation holds its marker word (`CANARY_A`, `CANARY_B`). Whoever sees the other
organisation's marker sees too much. What one organisation shares with the other on a consent holds `CANARY_SHARED`
instead; it happens in `tests.company`, which stands on this cast.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.programme.minimal import DUESSELDORF
from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.models import Membership, Organisation, User
from wegnetz.accounts.selectors import viewer_for_email
from wegnetz.accounts.services import add_staff, ensure_organisation
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Person
from wegnetz.participants.services import (
    Asked,
    decide_single_case,
    record_decision,
    record_fact,
    register_person,
    retract_fact,
)
from wegnetz.programme.services import put_in_force, read_candidate
from wegnetz.rules.consents import Answer, Channel
from wegnetz.rules.facts import Fact, FactValue, Provenance
from wegnetz.rules.periods import Period
from wegnetz.vault.services import destroy_key

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

    Page = _MonkeyPatchedWSGIResponse
else:
    Page = object  # what a `Desk` answers

DB = pytest.mark.django_db(databases=["default", "keystore"])

CANARY_A = "Zinnoberfink"
CANARY_B = "Karminspecht"
CANARY_SHARED = "Ockerammer"
DAY = date(2021, 10, 7)  # within the programme; pages are asked about this day
EARLY_DAY = date(2020, 11, 9)  # when the status of Yonas and Omar still left a block to a person's decision
SINGLE_CASE = "coaching"
PASSWORD = "vier ruhige Elstern"

Desk = Client


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in. `role` is None where no membership stands."""

    user: UUID
    email: str
    role: Role | None
    second_factor: bool = True

    @property
    def viewer(self) -> Viewer:
        return viewer_for_email(self.email)


@dataclass(frozen=True, slots=True)
class Young:
    """A participant, with one of each thing an address can name. Those who lack a thing have a made-up id.

    `things` is what somebody wrote about them, by kind; there is some in `tests.company` only.
    """

    id: UUID
    pseudonym: str
    record: UUID
    retracted: UUID
    decision: UUID
    early_decision: UUID
    things: Mapping[str, UUID] = field(default_factory=dict)

    def thing(self, kind: str) -> UUID:
        found: UUID | None = self.things.get(kind) or getattr(self, kind, None)
        return found or uuid5(self.id, kind)


@dataclass(frozen=True, slots=True)
class Cast:
    """A and B are organisations; everybody but Bea and Omar belongs to A."""

    ilka: Account  # case manager of A: accompanies Yonas, Lina and, once, the erased person
    bea: Account  # case manager of B: accompanies Omar
    colleagues: tuple[Account, ...]  # every other role of A: none of them opens a person
    unprotected: Account  # case manager of A who has not set up a second factor
    deactivated: Account  # was case manager of A; the account was switched off
    left: Account  # was case manager of A; the membership ended
    yonas: Young  # of A: everything asked, with a work ban and a single case decided
    lina: Young  # of A: nothing known, not even a name
    omar: Young  # of B: everything asked
    erased: Young  # was of A, with everything asked; the key is destroyed
    nobody: Young  # does not exist


def bring_together() -> Cast:
    with transaction.atomic():
        return _bring_together()


def _bring_together() -> Cast:
    put_in_force(read_candidate(DUESSELDORF))
    a = ensure_organisation("a", name=f"Teilhabe A {CANARY_A}")
    b = ensure_organisation("b", name=f"Teilhabe B {CANARY_B}")
    ilka = account("ilka", f"Ilka {CANARY_A}", a, Role.CASE_MANAGER)
    bea = account("bea", f"Bea {CANARY_B}", b, Role.CASE_MANAGER)
    left = account("left", "Ehemals Da", a, Role.CASE_MANAGER)
    Membership.objects.filter(user=left.user).update(ended_on=date(2021, 6, 30))
    deactivated = account("deactivated", "Abge Schaltet", a, Role.CASE_MANAGER)
    User.objects.filter(id=deactivated.user).update(is_active=False)
    erased = everything_asked(ilka, CANARY_A, "Tarik Gelöscht", "Erasmo")
    destroy_key(erased.id, on=datetime(2021, 9, 1, 12, tzinfo=UTC))
    cast = Cast(
        ilka=ilka,
        bea=bea,
        colleagues=tuple(
            account(role.value, f"Kollegin {role.value}", a, role) for role in Role if role is not Role.CASE_MANAGER
        ),
        unprotected=account("unprotected", "Ohne Faktor", a, Role.CASE_MANAGER, second_factor=False),
        deactivated=deactivated,
        left=Account(left.user, left.email, None),
        yonas=everything_asked(ilka, CANARY_A, "Yonas Tesfay", "Yono"),
        lina=nothing_known(ilka, CANARY_A, "Lino"),
        omar=everything_asked(bea, CANARY_B, "Omar Daud", "Omo"),
        erased=erased,
        nobody=Young(uuid4(), "Nobody", uuid4(), uuid4(), uuid4(), uuid4()),
    )
    User.objects.update(password=make_password(PASSWORD))  # one slow hash for all
    return cast


def account(word: str, name: str, organisation: Organisation, role: Role, *, second_factor: bool = True) -> Account:
    """Somebody who works for the organisation; `word` is unique within it."""
    email = f"{word}@{organisation.key}.example"
    user = add_staff(email=email, name=name, organisation=organisation, role=role, on=date(2020, 1, 1))
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    return Account(user.id, email, role, second_factor)


ANSWERS: dict[str, FactValue] = {
    "birth_date": date(2000, 3, 14),
    "sgb_access": "none",
    "integration_course_access": "subordinate",
    "lives_in_state_facility": False,
    "security_exclusion": False,
    "support_need": True,
    "gender": "male",
}
STATUS_UNTIL = date(2020, 12, 31)
PHONE = {CANARY_A: "0211 7700123", CANARY_B: "0211 8800456", CANARY_SHARED: "0211 9900789"}


def note_of(canary: str) -> str:
    return f"nur über die Schwester {canary}"


def justification_of(canary: str) -> str:
    return f"Die Ausbildung beginnt in acht Wochen {canary}."


def agreed(to: Account, purpose: str = "accompany") -> Asked:
    """The consent, given today, to be accompanied by the account's organisation."""
    recipient, today = to.viewer.organisation, timezone.localdate()
    return Asked(purpose, recipient, Answer.GIVEN, "de", Channel.IN_PERSON, today)


def everything_asked(by: Account, canary: str, name: str, pseudonym: str) -> Young:
    viewer = by.viewer
    called, _family_name = name.split()
    contact = Contact(PHONE[canary], f"{called.lower()}@{canary.lower()}.example", "ti", note_of(canary))
    both = Name(f"{name} {canary}", f"{called} {canary}")
    person = register_person(name=both, contact=contact, ground=agreed(by), by=viewer, on=date(2020, 11, 2))
    Person.objects.filter(id=person).update(pseudonym=f"{pseudonym}-{canary}")
    for fact, value in ANSWERS.items():
        record_fact(person, Fact(fact, value, recorded_on=EARLY_DAY), by=viewer)
    before = Fact("residence_status", "schutz-24", Period(None, STATUS_UNTIL), EARLY_DAY, Provenance.DOCUMENT_SEEN)
    after = Fact("residence_status", "gestattung", Period(date(2021, 1, 1), None), DAY, Provenance.COPIED)
    for status in (before, after):
        record_fact(person, status, by=viewer)
    wrong = record_fact(person, Fact("gender", "diverse", recorded_on=EARLY_DAY), by=viewer)
    retract_fact(person, wrong, by=viewer)
    ban = Fact(
        "work_ban",
        value=True,
        valid=Period(date(2021, 9, 2), None),
        recorded_on=DAY,
        provenance=Provenance.DOCUMENT_SEEN,
    )
    record = record_fact(person, ban, by=viewer)
    early = record_decision(person, day=EARLY_DAY, by=viewer)
    decide_single_case(
        person, early, block=SINGLE_CASE, admitted=True, justification=justification_of(canary), by=viewer
    )
    decision = record_decision(person, day=DAY, by=viewer)
    return Young(person, f"{pseudonym}-{canary}", record, wrong, decision, early)


def nothing_known(by: Account, canary: str, pseudonym: str) -> Young:
    person = register_person(name=Name(), contact=Contact(), ground=agreed(by), by=by.viewer, on=date(2021, 10, 1))
    Person.objects.filter(id=person).update(pseudonym=f"{pseudonym}-{canary}")
    return Young(person, f"{pseudonym}-{canary}", uuid4(), uuid4(), uuid4(), uuid4())


def sign_in(account: Account) -> Desk:
    """A browser in which the account has given its password and, if it has one, its second factor."""
    client = Desk()
    client.force_login(User.objects.get(id=account.user))
    session = client.session
    methods = ["password", "mfa"] if account.second_factor else ["password"]
    session["account_authentication_methods"] = [{"method": method, "at": time.time()} for method in methods]
    session["account_authentication_methods_user"] = str(account.user)
    session.save()
    return client
