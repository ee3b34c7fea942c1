"""Who leads the way, taken by raw SQL in the role of the application: never from who has it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.casework.partners import agree
from tests.company import Company
from tests.isolation.raw import attempt, parameter, scope_of
from tests.people import DB, Account, Cast
from wegnetz.casework.services import accept_referral, offer_referral
from wegnetz.core.scope import EVERYTHING
from wegnetz.participants.models import Consent, FactRecord, Involvement
from wegnetz.participants.services import begin_by_consent, take_the_lead, withdraw_consent
from wegnetz.rules.consents import Channel

pytestmark = DB
NOTHING: set[int | str] = {0, "refused"}
ON_POSTGRESQL: dict[bool, set[int | str]] = {True: NOTHING, False: {1}}  # SQLite cannot tell who asks


def today() -> date:
    return timezone.localdate()


def take(person: UUID, organisation: str) -> int | str:
    sql = "UPDATE participants_person SET organisation_id = %s WHERE id = %s"
    wanted = scope_of(organisation).organisation
    return attempt(scope_of(organisation), sql, [parameter(wanted), parameter(person)])


def hand_over(person: UUID, sender: Account, to: Account) -> UUID:
    consent = agree(person, "accompany", to, sender)
    letter = offer_referral(person, consent, message="Bitte", hands_over=True, by=sender.viewer, on=today())
    accept_referral(letter, by=to.viewer, on=today())
    return consent


def exact(result: int | str) -> bool:
    """Whether the database refused it; on SQLite, where it cannot, whether the statement is one that works."""
    return result in ON_POSTGRESQL[connection.vendor == "postgresql"]


def test_who_accompanies_in_another_function_takes_no_lead(company: Company) -> None:
    assert take(company.people["amina"].id, "b") in NOTHING
    assert take(company.people["mariam"].id, "b") in NOTHING
    assert take(company.people["yonas"].id, "b") in NOTHING


def test_who_accompanies_in_case_management_takes_no_lead_from_who_has_it(cast: Cast) -> None:
    begin_by_consent(agree(cast.yonas.id, "accompany", cast.bea, cast.ilka), by=cast.bea.viewer, on=today())
    assert exact(take(cast.yonas.id, "b")) is True


def test_the_lead_is_free_when_the_door_of_who_had_it_is_shut(cast: Cast) -> None:
    consent = hand_over(cast.yonas.id, cast.ilka, cast.bea)
    assert exact(take(cast.yonas.id, "a")) is True
    withdraw_consent(cast.yonas.id, consent, channel=Channel.PHONE, on=today(), by=cast.ilka.viewer)
    assert take(cast.yonas.id, "a") == 1
    assert exact(take(cast.yonas.id, "b")) is True


def test_a_yes_that_was_renewed_keeps_the_lead(cast: Cast) -> None:
    consent = hand_over(cast.yonas.id, cast.ilka, cast.bea)
    Consent.objects.filter(id=consent).update(until=today() - timedelta(days=2))
    assert take(cast.yonas.id, "a") == 1
    agree(cast.yonas.id, "accompany", cast.bea, cast.ilka)
    assert exact(take(cast.yonas.id, "a")) is True


def test_a_hand_over_that_was_handed_back_counts_no_more(cast: Cast) -> None:
    hand_over(cast.yonas.id, cast.ilka, cast.bea)
    Involvement.objects.filter(person=cast.yonas.id, organisation=cast.ilka.viewer.organisation).update(
        ended_on=today(), ended_at=timezone.now()
    )
    hand_over(cast.yonas.id, cast.bea, cast.ilka)
    assert exact(take(cast.yonas.id, "b")) is True


def test_a_hand_over_counts_no_more_once_who_handed_over_leads_again(cast: Cast) -> None:
    """Bea's consent runs out, Ilka takes the lead up again, and a new Yes opens Bea's door on the old letter."""
    consent = hand_over(cast.yonas.id, cast.ilka, cast.bea)
    Consent.objects.filter(id=consent).update(until=today() - timedelta(days=2))
    take_the_lead(cast.yonas.id, by=cast.ilka.viewer)
    agree(cast.yonas.id, "accompany", cast.bea, cast.ilka)
    assert exact(take(cast.yonas.id, "b")) is True
    again = "UPDATE casework_referral SET {} WHERE consent_id = %s"
    assert attempt(scope_of("b"), again.format("status = 'accepted'"), [parameter(consent)]) == 1
    for forged in ("offered_at = CURRENT_TIMESTAMP", "hands_over = NOT hands_over"):
        assert attempt(scope_of("b"), again.format(forged), [parameter(consent)]) == "refused"


@pytest.mark.parametrize("table", ["hold", "secrecyrelease"])
def test_what_one_function_writes_down_is_not_for_another(table: str, company: Company) -> None:
    """Kim coaches Amina, Tess is trauma coach of Mariam: neither function has anything of the other's person."""
    person = company.people["amina"].id
    common: dict[str, object] = {"id": uuid4(), "person_id": person, "organisation_id": scope_of("b").organisation}
    now, day = timezone.now(), today()
    more: dict[str, object] = (
        {"box": b"x", "set_at": now, "set_by_id": company.kim.user, "until": day}
        if table == "hold"
        else {
            "box": b"x", "given_on": day, "language": "de", "channel": "phone", "recorded_at": now,
            "recorded_by_id": company.kim.user,
        }
    )  # fmt: skip
    results = []
    for function in ("coaching", "trauma-coaching"):
        row = common | more | {"function": function}
        sql = f"INSERT INTO participants_{table} ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})"
        results.append(attempt(scope_of("b"), sql, [parameter(cell) for cell in row.values()]))
    assert results == [1, "refused"]


def test_only_who_leads_takes_back_an_answer_of_another_organisation(cast: Cast, company: Company) -> None:
    if connection.vendor != "postgresql":
        return
    fact = FactRecord.objects.filter(person=company.people["amina"].id).latest("recorded_at")
    sql = "UPDATE participants_factrecord SET retracted_at = now(), retracted_by_id = %s WHERE id = %s"
    assert attempt(scope_of("b"), sql, [cast.bea.user, fact.id]) in NOTHING
    hand_over(company.people["amina"].id, cast.ilka, cast.bea)
    assert attempt(scope_of("b"), sql, [cast.bea.user, fact.id]) == 1
    assert attempt(EVERYTHING, sql, [cast.bea.user, fact.id]) == 1


def test_whoever_leads_writes_and_deletes_no_answer_in_the_name_of_another_organisation(
    cast: Cast, company: Company
) -> None:
    """Taking one back is theirs; making one, or making it vanish, is not."""
    if connection.vendor != "postgresql":
        return
    fact = FactRecord.objects.filter(person=company.people["amina"].id).latest("recorded_at")
    hand_over(company.people["amina"].id, cast.ilka, cast.bea)
    columns = [str(field.column) for field in FactRecord._meta.concrete_fields if field.column != "id"]
    named = ", ".join(columns)
    for organisation, result in ((cast.bea.viewer.organisation, 1), (cast.ilka.viewer.organisation, "refused")):
        taken = ", ".join(f"'{organisation}'" if column == "organisation_id" else column for column in columns)
        copy = f"INSERT INTO participants_factrecord (id, {named}) SELECT gen_random_uuid(), {taken}"
        sql = f"{copy} FROM participants_factrecord WHERE id = %s"
        assert (organisation, attempt(scope_of("b"), sql, [fact.id])) == (organisation, result)


def test_what_is_left_of_a_duty_opens_nobody_else_and_not_again(cast: Cast) -> None:
    """Ilka led on a duty, and Bea leads now: Ilka's organisation ends its door, and can make nothing else of it."""
    if connection.vendor != "postgresql":
        return
    Involvement.objects.filter(person=cast.lina.id).update(consent=None, duty="integration-management")
    hand_over(cast.lina.id, cast.ilka, cast.bea)
    door = Involvement.objects.get(person=cast.lina.id, organisation=cast.ilka.viewer.organisation)
    change = "UPDATE participants_involvement SET {} WHERE id = %s"
    for what in (f"person_id = '{cast.omar.id}'", "function = 'coaching'", "duty = 'another'"):
        assert (what, attempt(scope_of("a"), change.format(what), [door.id])) == (what, "refused")
    assert attempt(scope_of("a"), change.format("ended_on = now(), ended_at = now()"), [door.id]) == 1
    Involvement.objects.filter(id=door.id).update(ended_on=today(), ended_at=timezone.now())
    assert attempt(scope_of("a"), change.format("ended_on = NULL, ended_at = NULL"), [door.id]) in NOTHING
