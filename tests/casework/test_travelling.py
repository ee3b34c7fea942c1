"""Nothing of a letter is collected from a page that did not record that it reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.casework.partners import Partners, partners
from tests.people import DB, Cast, agreed
from wegnetz.casework.selectors import about_to_travel, agreed_referrals
from wegnetz.participants.selectors import NotRecordedError, PersonNotFoundError, open_person
from wegnetz.participants.services import record_consent
from wegnetz.programme.selectors import active_pack

__all__ = ["partners"]
pytestmark = DB
ALL = frozenset({"consent", "referral", "plan", "assessment"})


@pytest.mark.parametrize("left_out", sorted(ALL))
def test_what_was_not_recorded_is_not_collected(cast: Cast, left_out: str) -> None:
    pack, viewer = active_pack(), cast.ilka.viewer
    found = open_person(viewer, cast.yonas.id, purpose="person page", also=tuple(ALL), pack=pack)
    page = replace(found, recorded=ALL - {left_out})
    if left_out == "consent":
        with pytest.raises(NotRecordedError):
            agreed_referrals(viewer, page)
    else:
        assert agreed_referrals(viewer, page) == ()
        with pytest.raises(NotRecordedError):
            about_to_travel(viewer, page, cast.nobody.id, pack=pack)


def test_on_a_consent_that_does_not_stand_nothing_travels(cast: Cast) -> None:
    pack, viewer = active_pack(), cast.ilka.viewer
    page = replace(open_person(viewer, cast.yonas.id, purpose="person page", pack=pack), recorded=ALL)
    with pytest.raises(PersonNotFoundError):
        about_to_travel(viewer, page, cast.nobody.id, pack=pack)


@pytest.mark.parametrize("leads", [True, False])
def test_only_who_leads_hands_over_and_only_to_somebody_who_can_lead(
    leads: bool, cast: Cast, partners: Partners
) -> None:
    viewer = cast.ilka.viewer
    record_consent(cast.yonas.id, agreed(cast.bea), by=viewer)
    record_consent(cast.yonas.id, agreed(partners.samira, "trauma-coaching"), by=viewer)
    found = open_person(viewer, cast.yonas.id, purpose="person page", pack=active_pack())
    page = replace(found, recorded=ALL, leads=leads)
    can = {each.recipient: each.can_hand_over for each in agreed_referrals(viewer, page)}
    assert can == {cast.bea.viewer.organisation: leads, partners.samira.viewer.organisation: False}
