"""Registering people, changing how they are reached, and who may."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.people import DB, Account, Cast, agreed
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.models import Person
from wegnetz.participants.selectors import (
    ConflictError,
    PersonNotFoundError,
    count_in_organisation,
    count_people,
    open_person,
)
from wegnetz.participants.services import RefusedError, change_contact, register_person
from wegnetz.vault.selectors import still_kept

pytestmark = DB

DAY = date(2021, 10, 7)
NAME = Name(full="Amina Hassan", called="Amina")
CONTACT = Contact(phone="0211 1", email="amina@example.org", language="so", note="abends")


def test_a_person_is_registered_under_a_pseudonym_and_a_key_of_their_own(cast: Cast) -> None:
    person = register_person(name=NAME, contact=CONTACT, ground=agreed(cast.ilka), by=cast.ilka.viewer, on=DAY)
    found = open_person(cast.ilka.viewer, person, purpose="person page")
    assert (found.name, found.contact, found.registered_on, found.version) == (NAME, CONTACT, DAY, 1)
    assert (found.leads, found.facts, found.display_name) == (True, (), "Amina")
    assert still_kept([person]) == {person}
    assert len(found.pseudonym) == 6


def test_the_registration_is_in_the_audit(cast: Cast) -> None:
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    person = register_person(name=Name(), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=DAY)
    assert recorded_since(organisation, before) == [Recorded("register", "name, contact", "", frozenset([person]))]


def test_nobody_but_a_case_manager_registers(cast: Cast) -> None:
    people = Person.objects.count()
    for colleague in cast.colleagues:
        with pytest.raises(RefusedError):
            register_person(name=NAME, contact=CONTACT, ground=agreed(colleague), by=colleague.viewer, on=DAY)
    assert Person.objects.count() == people


def test_a_person_belongs_to_the_organisation_of_who_registered_them(cast: Cast) -> None:
    person = register_person(name=NAME, contact=CONTACT, ground=agreed(cast.bea), by=cast.bea.viewer, on=DAY)
    with pytest.raises(PersonNotFoundError):
        open_person(cast.ilka.viewer, person, purpose="person page")
    assert Person.objects.get(id=person).organisation_id == cast.bea.viewer.organisation


def test_pseudonyms_are_unique(cast: Cast) -> None:
    for _ in range(60):
        register_person(name=Name(), contact=Contact(), ground=agreed(cast.ilka), by=cast.ilka.viewer, on=DAY)
    names = list(Person.objects.values_list("pseudonym", flat=True))
    assert len(set(names)) == len(names)


def test_a_person_without_a_name_is_shown_by_the_pseudonym(cast: Cast) -> None:
    lina = open_person(cast.ilka.viewer, cast.lina.id, purpose="person page")
    assert (lina.display_name, lina.name, lina.facts) == (cast.lina.pseudonym, Name(), ())


def test_name_and_contact_change_together_and_count_up(cast: Cast) -> None:
    change_contact(cast.lina.id, name=NAME, contact=CONTACT, version=1, by=cast.ilka.viewer)
    found = open_person(cast.ilka.viewer, cast.lina.id, purpose="person page")
    assert (found.name, found.contact, found.version) == (NAME, CONTACT, 2)


def test_a_change_on_an_outdated_version_is_refused_and_loses_nothing(cast: Cast) -> None:
    change_contact(cast.lina.id, name=NAME, contact=CONTACT, version=1, by=cast.ilka.viewer)
    for outdated in (1, 0, 3):
        with pytest.raises(ConflictError):
            change_contact(cast.lina.id, name=Name("X"), contact=Contact(), version=outdated, by=cast.ilka.viewer)
    found = open_person(cast.ilka.viewer, cast.lina.id, purpose="person page")
    assert (found.name, found.contact, found.version) == (NAME, CONTACT, 2)


def change(person: UUID, by: Account) -> None:
    change_contact(person, name=NAME, contact=CONTACT, version=1, by=by.viewer)


def test_out_of_scope_erased_and_missing_look_the_same(cast: Cast) -> None:
    attempts = [(cast.omar, cast.ilka), (cast.erased, cast.ilka), (cast.nobody, cast.ilka), (cast.yonas, cast.bea)]
    attempts += [(cast.yonas, colleague) for colleague in cast.colleagues]
    for young, account in attempts:
        with pytest.raises(PersonNotFoundError) as refusal:
            open_person(account.viewer, young.id, purpose="person page")
        assert refusal.value.args == ()
        with pytest.raises(PersonNotFoundError):
            change(young.id, account)


def test_only_the_lead_learns_how_many_people_the_organisation_has(cast: Cast) -> None:
    lead = next(colleague for colleague in cast.colleagues if colleague.role == "lead")
    assert {str(c.role): count_in_organisation(c.viewer) for c in (*cast.colleagues, cast.ilka) if c is not lead} == {
        str(c.role): 0 for c in (*cast.colleagues, cast.ilka) if c is not lead
    }
    people = Person.objects.filter(organisation=lead.viewer.organisation).values_list("id", flat=True)
    assert count_in_organisation(lead.viewer) == len(set(people) - {cast.erased.id}) == len(people) - 1


def test_counts_hold_the_own_organisation_only(cast: Cast) -> None:
    assert count_people(cast.bea.viewer) == 1
    assert {count_people(colleague.viewer) for colleague in cast.colleagues} == {0}
