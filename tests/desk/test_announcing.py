"""Announcing somebody to a place whose page others could open too: nobody says yes to what they do not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from tests.network.expecting import TODAY, Expecting, house, names, yonas
from tests.people import DB, Cast, Desk
from tests.portal.place_visits import text
from wegnetz.accounts.models import Organisation
from wegnetz.network.models import Announcement, Introduction
from wegnetz.network.openings import Step
from wegnetz.network.services import make_link, revoke_link, suggest, take_step
from wegnetz.rules.introductions import Stage

__all__ = ["house", "yonas"]
pytestmark = DB
NO_PAGE = "Dieser Ort hat keine eigene Seite."
LINK = "Den Link zu der Seite hat Teilhabe"
CHANGED = "Inzwischen hat sich bei der Seite des Ortes etwas geändert."


def handed_out_by_others(house: Expecting) -> None:
    other = replace(house.keeper, organisation=Organisation.objects.get(key="b").id)
    house.token, _until = make_link(house.point, by=other, on=TODAY)


def renewed(house: Expecting) -> None:
    house.renew()


def ended(house: Expecting) -> None:
    revoke_link(house.point, by=house.keeper)


# What happens between looking and announcing, and what is true afterwards.
MEANWHILE: dict[Callable[[Expecting], None], str] = {
    handed_out_by_others: f"{LINK} B", renewed: f"{LINK} A", ended: NO_PAGE,
}  # fmt: skip
meanwhile = pytest.mark.parametrize("change", MEANWHILE, ids=lambda change: change.__name__)


def discussed(house: Expecting, cast: Cast) -> tuple[str, dict[str, str]]:
    """The address on which Yonas is announced to the choir, and what is typed there."""
    made = suggest(cast.yonas.id, house.choir, by=cast.ilka.viewer, on=TODAY)
    take_step(cast.yonas.id, made, Step(Stage.DISCUSSED, TODAY), version=1, by=cast.ilka.viewer)
    day = f"{TODAY:%d.%m.%Y}"
    return reverse("desk:introduction", args=[cast.yonas.id, made]), {
        "stage": "announced", "on": day, "agreed": "on", "called": "Jojo", "accompanied": "no", "comes_on": day,
        "for_place": "Bitte leise", "note": "freut sich", "version": "2",
    }  # fmt: skip


def told_of(page: Any) -> dict[str, str]:
    """What the form sends back beside what is typed."""
    return {"told_of": str(page.context["form"]["told_of"].value() or "")}


@meanwhile
def test_a_yes_is_to_the_page_of_which_the_person_was_told(
    change: Callable[[Expecting], None], house: Expecting, cast: Cast, ilka: Desk
) -> None:
    address, typed = discussed(house, cast)
    seen = told_of(ilka.get(address))
    change(house)
    refused = ilka.post(address, typed | seen)
    form = refused.context["form"]
    assert (refused.status_code, CHANGED in text(refused), MEANWHILE[change] in text(refused)) == (409, True, True)
    assert {name: form[name].value() for name in typed} == typed | {"agreed": False}
    assert (Announcement.objects.count(), Introduction.objects.get().stage) == (0, Stage.DISCUSSED)
    assert ilka.post(address, typed | told_of(refused)).status_code == 302
    assert Introduction.objects.get().stage == Stage.ANNOUNCED
    assert Announcement.objects.count() == (change is not ended)


def test_a_page_that_is_new_is_no_page_of_which_the_person_was_told(house: Expecting, cast: Cast, ilka: Desk) -> None:
    ended(house)
    address, typed = discussed(house, cast)
    page = ilka.get(address)
    assert (told_of(page), NO_PAGE in text(page)) == ({"told_of": ""}, True)
    house.renew()
    assert (ilka.post(address, typed | told_of(page)).status_code, Announcement.objects.count()) == (409, 0)


def test_another_step_asks_nothing_of_the_page(house: Expecting, cast: Cast, ilka: Desk) -> None:
    address, typed = discussed(house, cast)
    seen = told_of(ilka.get(address))
    house.renew()
    assert ilka.post(address, typed | seen | {"stage": "visited"}).status_code == 302


def test_who_could_open_the_page_is_said_before_one_announces_again(
    house: Expecting, yonas: tuple[UUID, UUID], cast: Cast, ilka: Desk
) -> None:
    places = reverse("desk:places", args=[cast.yonas.id])
    assert "könnte ihn selbst öffnen" not in text(ilka.get(places))
    handed_out_by_others(house)
    assert f"{LINK} B" in text(ilka.get(places))


@meanwhile
def test_announcing_again_is_to_that_page_too(
    change: Callable[[Expecting], None], house: Expecting, yonas: tuple[UUID, UUID], cast: Cast, ilka: Desk
) -> None:
    house.renew()
    again = reverse("desk:announce-again", args=[cast.yonas.id, yonas[0]])
    seen, lies = {"agreed": "yes", "told_of": told_again(cast, ilka)}, Announcement.objects.get()
    change(house)
    refused = ilka.post(again, seen)
    assert (refused.status_code, CHANGED in text(refused), MEANWHILE[change] in text(refused)) == (409, True, True)
    assert Announcement.objects.get().box == lies.box
    if change is ended:
        assert f'action="{again}"' not in text(refused)
        return
    assert ilka.post(again, seen | {"told_of": told_again(cast, ilka)}).status_code == 302
    assert names(house) == ["Jojo"]


def told_again(cast: Cast, ilka: Desk) -> str:
    page = text(ilka.get(reverse("desk:places", args=[cast.yonas.id])))
    return page.split('name="told_of" value="')[1].split('"')[0]


def test_what_is_no_link_is_not_found(yonas: tuple[UUID, UUID], cast: Cast, ilka: Desk) -> None:
    again = reverse("desk:announce-again", args=[cast.yonas.id, yonas[0]])
    assert ilka.post(again, {"agreed": "yes", "told_of": "x"}).status_code == 404
