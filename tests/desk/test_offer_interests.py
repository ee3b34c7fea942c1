"""For which interests an offer is: typed in any language, and asked about where that is not clear."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.desk.addresses import NO_HOURS
from tests.desk.mates import colleague
from tests.desk.stands import Stand, stands
from tests.people import DB, Cast, Desk, sign_in
from wegnetz.accounts.access import Role
from wegnetz.directory.selectors import open_point

pytestmark = DB


@pytest.fixture
def host(cast: Cast) -> Desk:
    return sign_in(colleague(cast, Role.WORKSHOP_HOST))


@pytest.fixture
def house(cast: Cast) -> Stand:
    """A's own."""
    return stands(cast)["of A"]


@pytest.fixture
def new_offer(house: Stand) -> str:
    return reverse("desk:new-offer", args=[house.id])


@pytest.mark.parametrize(
    ("typed", "sentence", "answers"),
    [
        (
            "Quidditch-Liga",
            "„Quidditch-Liga“ steht nicht in unserer Liste. Nehmen Sie ein anderes Wort, oder lassen Sie es weg: ",
            {"Weglassen": ("singing",)},
        ),
        (
            "Tennisball",
            "Was ist mit „Tennisball“ gemeint? Bitte wählen Sie aus.",
            {"Tennis": ("singing", "tennis"), "Weglassen": ("singing",)},
        ),
    ],
)
def test_an_interest_that_is_not_clear_is_asked_about_and_a_button_answers(
    host: Desk, house: Stand, new_offer: str, typed: str, sentence: str, answers: dict[str, tuple[str, ...]]
) -> None:
    sent = {"title": "Neu", "description": "Im Park.", "concepts": f"Singen, {typed}", **NO_HOURS}
    page = host.post(new_offer, sent)
    text = page.content.decode()
    buttons = re.findall(r'name="concepts-instead" value="([^"]*)"><span class="kern-label">([^<]*)<', text)
    assert (page.status_code, sentence in text, [label for _value, label in buttons]) == (422, True, [*answers])
    for value, label in buttons:
        before = {each.id for each in open_point(house.id).offers}
        assert host.post(new_offer, sent | {"concepts-instead": value}).status_code == 302
        (made,) = (each.offer for each in open_point(house.id).offers if each.id not in before)
        assert (made.concepts, made.wording.source.texts["description"]) == (answers[label], "Im Park.")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Singen, Fußball", ("singing", "football")), ("كرة القدم", ("football",)), ("Singen، singen", ("singing",))],
)
def test_interests_are_typed_in_any_language(
    host: Desk, house: Stand, new_offer: str, typed: str, found: tuple[str, ...]
) -> None:
    host.post(new_offer, {"title": "Neu", "concepts": typed, "euros": "2,50", **NO_HOURS})
    made = next(each.offer for each in open_point(house.id).offers if each.id != house.offer)
    assert (made.concepts, made.cost_cents) == (found, 250)


def test_all_that_is_not_clear_is_asked_about_at_once_and_answered_in_turn(host: Desk, new_offer: str) -> None:
    sent = {"title": "Neu", "concepts": "Fusball, xqzt", **NO_HOURS}
    page = host.post(new_offer, sent)
    first, second = page.context["form"].errors["concepts"]
    assert "Fusball" in first
    assert "xqzt" in second
    assert 'value="Fusball, xqzt"' in page.content.decode()
    page = host.post(new_offer, sent | {"concepts-instead": "Fusball,Fußball"})
    assert (page.status_code, page.context["form"]["concepts"].value()) == (422, "Fußball, xqzt")
