"""Rows glued together from two organisations or two people, and ways without a ground: refused by the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.company import Company
from tests.isolation.raw import attempt, parameter, rows, scope_of
from tests.people import DB, Account, Cast, Young, account, agreed
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Organisation
from wegnetz.accounts.services import ensure_organisation
from wegnetz.config.isolation import TOGETHER
from wegnetz.core.isolation import Together
from wegnetz.core.scope import EVERYTHING
from wegnetz.participants.models import Consent
from wegnetz.participants.services import record_consent, withdraw_consent
from wegnetz.rules.consents import Answer, Channel

pytestmark = DB
Record = Callable[[str, object], None]

WORDS = {"function": ("case-management", "coaching", "trauma-coaching", "networking"), "secrecy": ("open", "sealed")}


def exchanged(rule: Together, column: str) -> list[object]:
    """What might stand in the column instead: everything of its kind that there is."""
    if column in WORDS:
        return list(WORDS[column])
    at = rule.columns.index(column)
    return [row["x"] for row in rows(f"SELECT DISTINCT {rule.target_columns[at]} AS x FROM {rule.target}")]


def belongs_together(rule: Together, cells: dict[str, object]) -> bool:
    """Whether the exchanged row happens to be whole, as with another step of the same plan above it."""
    where = " AND ".join(f"{column} = %s" for column in rule.target_columns)
    return rows(f"SELECT 1 AS x FROM {rule.target} WHERE {where}", [cells[c] for c in rule.columns]) != []


def test_a_row_glued_together_is_refused(company: Company, record_property: Record) -> None:
    """For whoever writes it, also past the policies."""
    assert len(TOGETHER) == 24  # none is left out
    tried = 0
    for rule in TOGETHER:
        kept = rows(f"SELECT * FROM {rule.table} WHERE {rule.columns[0]} IS NOT NULL ORDER BY id")[0]
        same = f"UPDATE {rule.table} SET {rule.columns[1]} = %s WHERE id = %s"
        assert (rule.name, attempt(EVERYTHING, same, [kept[rule.columns[1]], kept["id"]])) == (rule.name, 1)
        for column in rule.columns:
            sql = f"UPDATE {rule.table} SET {column} = %s WHERE id = %s"
            for other in exchanged(rule, column):
                if other in (None, kept[column]) or belongs_together(rule, kept | {column: other}):
                    continue
                result = attempt(EVERYTHING, sql, [other, kept["id"]])
                assert (rule.name, column, other, result) == (rule.name, column, other, "refused")
                tried += 1
    record_property("rows glued together", tried)


@dataclass(frozen=True)
class Partner:
    """The coach of B, and the consents a case manager of A writes down for B."""

    kim: Account
    cast: Cast

    def begin(self, organisation: str, **columns: object) -> int | str:
        """Try to make an involvement by raw SQL, in the role of the application, for coaching Lina."""
        row: dict[str, object] = {
            "id": uuid4(), "person_id": self.cast.lina.id, "organisation_id": scope_of(organisation).organisation,
            "function": "coaching", "secrecy": "open", "consent_id": None, "duty": "", "responsible_id": self.kim.user,
            "began_on": date(2021, 1, 1),
        } | columns  # fmt: skip
        sql = f"INSERT INTO participants_involvement ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})"
        return attempt(scope_of(organisation), sql, [parameter(cell) for cell in row.values()])

    def consent(self, person: Young, purpose: str = "coaching", answer: Answer = Answer.GIVEN) -> UUID:
        asked = replace(agreed(self.kim, purpose), answer=answer)
        return record_consent(person.id, asked, by=self.cast.ilka.viewer)


@pytest.fixture
def partner(cast: Cast) -> Partner:
    ensure_organisation("c", name="Teilhabe C")
    kim = account("kim", "Kim", Organisation.objects.get(key="b"), Role.COACH)
    return Partner(kim, cast)


def test_a_way_on_a_standing_consent_is_made(partner: Partner) -> None:
    """Guards the tests below."""
    assert partner.begin("b", consent_id=partner.consent(partner.cast.lina)) == 1


def test_no_way_without_a_consent_or_a_duty(partner: Partner) -> None:
    assert partner.begin("b") == "refused"


def test_no_way_with_a_consent_that_does_not_exist(partner: Partner) -> None:
    assert partner.begin("b", consent_id=uuid4()) == "refused"


def test_no_way_with_a_consent_and_a_duty(partner: Partner) -> None:
    assert partner.begin("b", consent_id=partner.consent(partner.cast.lina), duty="integration-management") == "refused"


def test_no_way_with_the_consent_of_another_person(partner: Partner) -> None:
    assert partner.begin("b", consent_id=partner.consent(partner.cast.yonas)) == "refused"


def test_no_way_with_a_consent_for_another_organisation(partner: Partner) -> None:
    assert partner.begin("a", consent_id=partner.consent(partner.cast.lina)) == "refused"
    assert partner.begin("c", consent_id=partner.consent(partner.cast.lina)) == "refused"


@pytest.mark.parametrize("function", ["case-management", "trauma-coaching", "networking", ""])
def test_no_way_in_another_function_than_the_consent_names(function: str, partner: Partner) -> None:
    assert partner.begin("b", consent_id=partner.consent(partner.cast.lina), function=function) == "refused"


def test_no_sealed_way_that_is_called_open(partner: Partner) -> None:
    sealed = partner.consent(partner.cast.lina, purpose="trauma-coaching")
    assert partner.begin("b", consent_id=sealed, function="trauma-coaching") == "refused"
    assert partner.begin("b", consent_id=sealed, function="trauma-coaching", secrecy="sealed") == 1


def test_no_way_on_a_refusal(partner: Partner) -> None:
    assert partner.begin("b", consent_id=partner.consent(partner.cast.lina, answer=Answer.REFUSED)) == "refused"


def test_no_way_on_a_consent_that_was_taken_back(partner: Partner) -> None:
    consent = partner.consent(partner.cast.lina)
    person = partner.cast.lina.id
    withdraw_consent(person, consent, channel=Channel.PHONE, on=date(2021, 10, 7), by=partner.cast.ilka.viewer)
    assert partner.begin("b", consent_id=consent) == "refused"


def test_no_way_by_duty_to_a_person_whom_another_organisation_leads(partner: Partner) -> None:
    if connection.vendor == "postgresql":
        assert partner.begin("b", duty="integration-management", function="case-management") == "refused"
    assert partner.begin("a", duty="integration-management", function="networking") == 1


def test_no_consent_in_the_name_of_an_organisation_that_did_not_ask(partner: Partner) -> None:
    if connection.vendor == "postgresql":
        consent = Consent.objects.get(id=partner.consent(partner.cast.lina))
        asked = Organisation.objects.get(key="c").id
        sql = "UPDATE participants_consent SET organisation_id = %s, recipient_id = %s WHERE id = %s"
        assert attempt(scope_of("b"), sql, [asked, asked, consent.id]) == "refused"
