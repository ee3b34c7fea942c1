"""The link to a contact point's page ends with what let somebody hand it out."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone

from tests.desk.stands import Stand, stands
from tests.network.expecting import TODAY
from tests.people import DB, Cast
from wegnetz.accounts.access import Membership, Role, Viewer
from wegnetz.accounts.models import Organisation
from wegnetz.accounts.services import add_role, deactivate_staff, end_role
from wegnetz.directory.models import ContactPoint
from wegnetz.directory.services import give_to
from wegnetz.network.models import PlaceLink
from wegnetz.network.selectors import LinkGoneError, link_of, open_link
from wegnetz.network.services import make_link

pytestmark = DB
OWN, NOBODYS = "of A", "nobody's"


@pytest.fixture
def places(cast: Cast) -> dict[str, Stand]:
    return stands(cast)


def who(cast: Cast, role: Role) -> Viewer:
    return next(each.viewer for each in cast.colleagues if each.role is role)


def made(place: Stand, by: Viewer) -> str:
    return make_link(place.id, by=by, on=TODAY)[0]


def opens(token: str) -> bool:
    try:
        open_link(token, on=TODAY)
    except LinkGoneError:
        return False
    return True


def also(cast: Cast, user: UUID, role: Role) -> None:
    add_role(user, role=role, fitting={role}, by=who(cast, Role.LEAD), on=timezone.localdate())


def ends(cast: Cast, user: UUID, role: Role) -> None:
    held = Membership.objects.get(user=user, role=role, organisation__key="a")
    end_role(held.id, by=who(cast, Role.LEAD), on=timezone.localdate())


# --- who made it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "still"),
    [
        (None, []), (Role.LEAD, []), (Role.STEERING, []), (Role.CASE_MANAGER, []), (Role.WORKSHOP_HOST, [OWN]),
    ],
)  # fmt: skip
def test_it_ends_with_the_last_role_in_which_its_maker_could_make_it(
    left: Role | None, still: list[str], places: dict[str, Stand], cast: Cast
) -> None:
    by = who(cast, Role.NETWORK_COORDINATOR)
    tokens = {name: made(places[name], by) for name in (OWN, NOBODYS)}
    if left:
        also(cast, by.user, left)
    ends(cast, by.user, Role.NETWORK_COORDINATOR)
    assert [name for name, token in tokens.items() if opens(token)] == still
    assert PlaceLink.objects.exclude(private=b"").count() == len(still)


def test_it_stays_while_its_maker_keeps_that_role_and_when_others_lose_theirs(
    places: dict[str, Stand], cast: Cast
) -> None:
    by, host = who(cast, Role.NETWORK_COORDINATOR), who(cast, Role.WORKSHOP_HOST)
    tokens = {made(places[name], by) for name in (OWN, NOBODYS)}
    also(cast, by.user, Role.COACH)
    ends(cast, by.user, Role.COACH)
    ends(cast, host.user, Role.WORKSHOP_HOST)
    assert {opens(token) for token in tokens} == {True}


def test_who_is_shut_out_keeps_no_link_of_that_organisation(places: dict[str, Stand], cast: Cast) -> None:
    by, host = who(cast, Role.NETWORK_COORDINATOR), who(cast, Role.WORKSHOP_HOST)
    elsewhere = Organisation.objects.get(key="b")
    mine, others = made(places[NOBODYS], by), made(places[OWN], host)
    there = made(places["of B"], replace(by, organisation=elsewhere.id))
    deactivate_staff(by.user, by=who(cast, Role.LEAD), on=timezone.localdate())
    assert (opens(mine), opens(others), opens(there)) == (False, True, True)
    assert bytes(PlaceLink.objects.get(point=places[NOBODYS].id).private) == b""


# --- who keeps the place ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "to"), [(OWN, "b"), (OWN, None), (NOBODYS, "a"), (NOBODYS, "b")])
def test_it_ends_when_the_place_passes_to_others_and_does_not_come_back_with_it(
    name: str, to: str | None, places: dict[str, Stand], cast: Cast
) -> None:
    place, steering = places[name].id, who(cast, Role.STEERING)
    first, second = ContactPoint.objects.get(id=place).owner_id, Organisation.objects.get(key=to).id if to else None
    token = made(places[name], who(cast, Role.NETWORK_COORDINATOR))
    given(place, second, cast)
    keeps = replace(steering, role=Role.NETWORK_COORDINATOR, organisation=second or steering.organisation)
    assert (opens(token), link_of(keeps, place)) == (False, None)
    given(place, first, cast)
    assert (opens(token), PlaceLink.objects.exclude(private=b"").count()) == (False, 0)


def given(place: UUID, owner: UUID | None, cast: Cast) -> None:
    """By somebody who may: what an organisation has, it alone passes on."""
    kept = ContactPoint.objects.get(id=place).owner_id
    by = who(cast, Role.STEERING)
    give_to(place, owner, by=replace(by, organisation=kept or by.organisation))


def test_it_stays_when_the_place_is_given_to_those_who_have_it(places: dict[str, Stand], cast: Cast) -> None:
    token = made(places[OWN], who(cast, Role.WORKSHOP_HOST))
    given(places[OWN].id, cast.ilka.viewer.organisation, cast)
    assert opens(token)
