"""The sheet of accesses that colleagues see tells nothing of what is sealed; the person's own tells all."""

from __future__ import annotations

from uuid import UUID

from tests.company import Company, hide
from tests.people import DB, Account, Cast
from wegnetz.casework.selectors import sent_letters
from wegnetz.core.days import working_day
from wegnetz.participants.selectors import open_person
from wegnetz.participants.selectors.log import log_for_person, log_for_staff
from wegnetz.programme.selectors import active_pack

pytestmark = DB


def seen_by(account: Account, person: UUID) -> set[tuple[str, str, str]]:
    pack = active_pack()
    found = open_person(account.viewer, person, purpose="who saw what", also=("log",), pack=pack)
    return {(row.role, row.action, row.category) for row in log_for_staff(account.viewer, found, pack=pack).rows}


def test_a_colleague_sees_nothing_of_a_sealed_consent_and_letter(cast: Cast, company: Company) -> None:
    amina = company.people["amina"].id
    before = seen_by(cast.ilka, amina)
    hide(amina, company.gero, company.tess)
    sent_letters(company.gero.viewer, today=working_day())
    # Amina's open letter is in that list too, and that she was in it may be seen.
    assert seen_by(cast.ilka, amina) - before == {("case-manager", "list", "name, referral")}


def test_a_coach_of_the_sealed_organisation_sees_nothing_of_it_either(company: Company) -> None:
    amina = company.people["amina"].id
    before = seen_by(company.kim, amina)
    hide(amina, company.gero, company.tess)
    assert seen_by(company.kim, amina) == before
    assert {role for role, *_rest in seen_by(company.tess, amina)} == {"coach", "trauma-coach"}


def test_the_person_sees_what_everybody_did(company: Company) -> None:
    roles = {row.role for row in log_for_person(company.people["mariam"].id).rows}
    assert {"case-manager", "trauma-coach"} <= roles
