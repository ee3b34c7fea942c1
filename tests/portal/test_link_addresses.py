"""Every address of the contact points' own pages x how far somebody has come with a link: a table, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie
from uuid import UUID

import pytest
from django.urls import get_resolver

from tests.desk.asking import rows_of_every_table
from tests.network.expecting import Expecting
from tests.people import DB, Cast, Desk
from tests.portal.evening_visits import OF_EVENINGS
from tests.portal.invited import OF_INVITATIONS
from tests.portal.map_visits import MAP_SCREENS
from tests.portal.place_visits import OPEN, PAGE, TODAY, address, at_the_place, house, nobody_has_asked, text, yonas
from wegnetz.core.public import Policy
from wegnetz.directory.selectors.weeks import monday_of
from wegnetz.directory.services import give_to
from wegnetz.network.services import revoke_link
from wegnetz.portal.urls import urlpatterns

__all__ = ["house", "nobody_has_asked", "yonas"]
pytestmark = DB
POSTED = {
    "open-place-page": OPEN, "close-place-page": "/platz/schliessen/", "place-visit": "/platz/besuch/",
    "take-back-place-visit": "/platz/besuch/zuruecknehmen/", "place-week": "/platz/woche/",
}  # fmt: skip
SCREENS = {"place-page", "place-link", *POSTED}
# Those of others than contact points have tables of their own (`test_invitation_page`).
# What answers otherwise than a link that opens nothing, before the button was pressed that opens the page.
UNOPENED = {"place-page": 200, "open-place-page": 302, "close-place-page": 200}
OPENED = UNOPENED | {"place-visit": 302, "take-back-place-visit": 302, "place-week": 302}


def nobody(_house: Expecting, _cast: Cast) -> Desk:
    return Desk()


def followed(house: Expecting, _cast: Cast) -> Desk:
    client = Desk()
    assert client.get(address(house)).status_code == 302
    return client


def opened(house: Expecting, _cast: Cast) -> Desk:
    return at_the_place(house)


def revoked(house: Expecting, _cast: Cast) -> Desk:
    client = at_the_place(house)
    revoke_link(house.point, by=house.keeper)
    return client


def given_away(house: Expecting, cast: Cast) -> Desk:
    client = at_the_place(house)
    give_to(house.point, cast.bea.viewer.organisation, by=house.keeper)
    return client


STATES: dict[Callable[[Expecting, Cast], Desk], dict[str, int]] = {
    nobody: {}, followed: UNOPENED, opened: OPENED, revoked: {}, given_away: {},
}  # fmt: skip


def body_of(name: str, house: Expecting, announcement: UUID) -> dict[str, str]:
    if name == "place-week":
        return {"offer": str(house.choir), "monday": monday_of(TODAY).isoformat(), "week_is": "closed"}
    return {"announcement": str(announcement), "said": "came", "on": TODAY.isoformat()}


def test_every_address_declares_for_whom_it_is() -> None:
    links = {each.name for each in urlpatterns if getattr(each.callback, "policy", None) is Policy.LINK}
    public = {each.name for each in urlpatterns if getattr(each.callback, "policy", None) is Policy.PUBLIC}
    assert (links, links | public) == (
        SCREENS | MAP_SCREENS | OF_EVENINGS | OF_INVITATIONS,
        {each.name for each in urlpatterns},
    )
    assert "portal" in (get_resolver().namespace_dict or {})


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_how_far_one_has_come_decides_what_answers(
    state: Callable[[Expecting, Cast], Desk], house: Expecting, yonas: tuple[UUID, UUID], cast: Cast
) -> None:
    client = state(house, cast)
    cookies, before, found = SimpleCookie(client.cookies), rows_of_every_table(), {}
    for name in sorted(SCREENS - {"place-link"}):
        client.cookies = SimpleCookie(cookies)
        sent = body_of(name, house, yonas[1])
        answer = client.get(PAGE) if name == "place-page" else client.post(POSTED[name], sent)
        found[name] = answer.status_code
        assert (name, "Jojo" in text(answer)) == (name, state is opened and name == "place-page")
        if state is not opened:
            assert (name, rows_of_every_table() == before) == (name, True)
    assert found == dict.fromkeys(sorted(SCREENS - {"place-link"}), 404) | dict(STATES[state])
