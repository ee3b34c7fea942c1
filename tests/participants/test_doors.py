"""The way to a person: who leads, and that through a glass one looks and does nothing."""

from __future__ import annotations

import pytest

from tests.company import Company
from tests.people import DB, Cast
from wegnetz.participants.models import Consent
from wegnetz.participants.selectors import PersonNotFoundError, door_to, own_door
from wegnetz.participants.selectors.doors import permission_of
from wegnetz.programme.selectors import active_pack

pytestmark = DB


def test_whoever_looks_through_a_glass_does_not_lead_the_way(cast: Cast, company: Company) -> None:
    """Also where it is their own organisation that leads."""
    yonas, pack = company.people["yonas"].id, active_pack()
    doors = [door_to(account.viewer, yonas, pack=pack) for account in (cast.ilka, company.lea)]
    assert [(door.leads, door.involvement is None) for door in doors] == [(True, False), (False, True)]


def test_through_a_glass_nobody_acts(cast: Cast, company: Company) -> None:
    yonas, pack = company.people["yonas"].id, active_pack()
    assert own_door(cast.ilka.viewer, yonas, pack=pack)[1].person_id == yonas
    with pytest.raises(PersonNotFoundError):
        own_door(company.lea.viewer, yonas, pack=pack)


@pytest.mark.parametrize(
    ("purpose", "answer", "shown"),
    [("exchange", "given", {"assessment"}), ("exchange", "refused", set()), ("gone", "given", set())],
)
def test_only_a_yes_to_a_purpose_that_the_pack_knows_permits_something(
    cast: Cast, purpose: str, answer: str, shown: set[str]
) -> None:
    assert permission_of(Consent(purpose=purpose, answer=answer), active_pack()).categories == shown
