"""The demo: invented people in the real programme, never in one installation with real ones."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.selectors import DEMO_PASSWORD, any_demo_account, any_real_account, viewer_for_email
from wegnetz.accounts.services import add_staff, ensure_organisation
from wegnetz.exchange.demo_interests import add_interests
from wegnetz.exchange.demo_journal import add_notes
from wegnetz.exchange.demo_letters import add_letters
from wegnetz.exchange.demo_partners import add_coach
from wegnetz.exchange.demo_people import CAST, Invented
from wegnetz.exchange.demo_places import add_places
from wegnetz.exchange.demo_plans import add_plans
from wegnetz.exchange.demo_workshops import add_coordinator, add_workshops
from wegnetz.exchange.setup import pack_folder
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.services import Asked, decide_single_case, record_decision, record_fact, register_person
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.selectors import NoProgrammeError, active_pack
from wegnetz.programme.services import VersionTakenError, put_in_force, read_candidate
from wegnetz.rules.consents import Answer, Channel
from wegnetz.rules.facts import Fact, FactValue, Provenance
from wegnetz.rules.periods import Period

# What only the person can say, and what a paper usually shows.
SAID = ("gender", "support_need", "lives_in_state_facility")
SHOWN = (Provenance.DOCUMENT_SEEN, Provenance.DOCUMENT_SEEN, Provenance.COPIED, Provenance.SELF_REPORTED)

# A consent runs for a year: those who came earlier were asked again on this day.
ASKED_AGAIN = date(2021, 1, 11)

# organisation (id in the pack, or our own), name when the pack has none, person, role
STAFF: tuple[tuple[str, str, str, Role], ...] = (
    ("demo-teilhabe", "Stadt (Vorführung)", "Ilka Brandt", Role.CASE_MANAGER),
    ("demo-diakonie", "Diakonie (Vorführung)", "Jonas Feld", Role.COACH),
    ("demo-psz", "Psychosoziales Zentrum (Vorführung)", "Samira Noll", Role.TRAUMA_COACH),
    ("demo-diakonie", "Diakonie (Vorführung)", "Petra Lohmann", Role.NETWORK_COORDINATOR),
    ("demo-zakk", "Kulturzentrum (Vorführung)", "Deniz Arslan", Role.WORKSHOP_HOST),
    ("demo-teilhabe", "Stadt (Vorführung)", "Marion Kaya", Role.LEAD),
    ("demo-ki", "Integrationszentrum (Vorführung)", "Thomas Wieland", Role.STEERING),
    ("demo-ki", "Integrationszentrum (Vorführung)", "Sabine Reuter", Role.FUNDING),
    ("demo-it", "IT-Betrieb (Vorführung)", "Lars Hoff", Role.OPERATOR),
)


def refuse_to_mix() -> str:
    """A sentence when demo mode and the data of this installation do not belong together."""
    if settings.DEMO and any_real_account():
        return "This installation holds real accounts; demo mode does not start on it. Use another WEGNETZ_DATA."
    if not settings.DEMO and any_demo_account():
        return "This installation holds the demo; it never becomes a real one. Use another WEGNETZ_DATA."
    return ""


def ensure_programme(folder: Path | None) -> str:
    """Put the first programme in force when there is none. Returns a sentence when that fails."""
    try:
        active_pack()
    except NoProgrammeError:
        pass
    else:
        return ""
    folder = folder or pack_folder()
    try:
        put_in_force(read_candidate(folder))
    except PackError as error:
        return "The programme cannot be used:\n" + "\n".join(map(str, error.faults))
    except VersionTakenError as error:
        return f"{error.pack} {error.version} was loaded before with another content."
    for organisation in active_pack().organisations:
        ensure_organisation(organisation.id, name=organisation.name)
    return ""


@transaction.atomic
def ensure_cast() -> None:
    """Make the demo accounts and people, once."""
    if any_demo_account():
        return
    for key, organisation_name, name, role in STAFF:
        organisation = ensure_organisation(key, name=organisation_name, is_demo=True)
        email = f"{role}@demo.example"
        add_staff(
            email=email, name=name, organisation=organisation, role=role, on=date(2020, 1, 1), password=DEMO_PASSWORD,
            is_demo=True,
        )  # fmt: skip
    staff = {role: viewer_for_email(f"{role}@demo.example") for *_rest, role in STAFF}
    viewer = staff[Role.CASE_MANAGER]
    add_places(by=staff[Role.NETWORK_COORDINATOR], host=staff[Role.WORKSHOP_HOST])
    chance = random.Random(2021)  # noqa: S311  the same demo every time
    to_workshops = []
    for invented in CAST:
        person = _add_person(invented, viewer, chance)
        add_coach(invented.called, person, by=viewer, coach=staff[Role.COACH])
        add_letters(invented.called, person, by=viewer, staff=staff)
        add_interests(invented.called, person, by=viewer)
        if add_coordinator(invented.called, person, by=viewer, coordinator=staff[Role.NETWORK_COORDINATOR]):
            to_workshops.append(person)
    add_workshops(to_workshops, by=staff[Role.NETWORK_COORDINATOR])


def _add_person(invented: Invented, viewer: Viewer, chance: random.Random) -> UUID:
    contact = Contact(language=invented.language, note=invented.note)
    given = max(invented.registered, ASKED_AGAIN)
    ground = Asked("accompany", viewer.organisation, Answer.GIVEN, invented.language, Channel.IN_PERSON, given)
    name = Name(called=invented.called)
    person = register_person(name=name, contact=contact, ground=ground, by=viewer, on=invented.registered)
    for fact_id, value in invented.facts.items():
        since = invented.since.get(fact_id)
        recorded = max(invented.registered, since or invented.registered)
        provenance = Provenance.SELF_REPORTED if fact_id in SAID else chance.choice(SHOWN)
        record_fact(person, _fact(fact_id, value, provenance, recorded, since), by=viewer)
    if invented.decided_on:
        decision = record_decision(person, day=invented.decided_on, by=viewer)
        for block, (admitted, why) in invented.single_cases.items():
            decide_single_case(person, decision, block=block, admitted=admitted, justification=why, by=viewer)
    add_plans(invented.called, person, by=viewer)
    add_notes(invented.called, person, by=viewer)
    return person


def _fact(fact_id: str, value: FactValue, provenance: Provenance, recorded: date, since: date | None) -> Fact:
    return Fact(fact_id, value, Period(since, None), recorded, provenance)
