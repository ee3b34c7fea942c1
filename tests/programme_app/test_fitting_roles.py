"""Which roles an organisation may hold in the programme."""

from __future__ import annotations

import pytest

from tests.people import DB, Cast
from wegnetz.accounts.access import PEOPLE_FACING, Role
from wegnetz.programme.selectors import STEERS_OR_FUNDS, active_pack, fitting_roles

pytestmark = DB

EVERYWHERE = {Role.LEAD, Role.OPERATOR}
STEERING = {Role.STEERING, Role.FUNDING}


@pytest.mark.parametrize(
    ("organisation", "roles"),
    [
        ("ki", EVERYWHERE | STEERING),
        ("bra-kfi", EVERYWHERE | STEERING),
        ("psz", EVERYWHERE | PEOPLE_FACING),
        ("a", EVERYWHERE | PEOPLE_FACING),  # the pack does not name it
    ],
)
def test_who_steers_or_funds_sees_nobody_and_who_sees_people_does_not_steer(
    organisation: str, roles: set[Role], cast: Cast
) -> None:
    assert fitting_roles(organisation) == roles


def test_no_organisation_of_the_pack_holds_both_sides(cast: Cast) -> None:
    for organisation in active_pack().organisations:
        assert (organisation.id, set(organisation.roles) <= STEERS_OR_FUNDS) == (
            organisation.id,
            bool(set(organisation.roles) & STEERS_OR_FUNDS),
        )
        found = fitting_roles(organisation.id)
        assert (organisation.id, bool(found & PEOPLE_FACING)) == (organisation.id, not found & STEERING)
