"""What a page asks of whoever types a place: nothing contradictory, nothing twice, and all of it stays there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from django.urls import reverse

from tests.desk.addresses import NO_HOURS
from tests.desk.mates import colleague
from tests.desk.test_directory import PLACE, TIMES, sent_back, url
from tests.directory.places import a_point
from tests.people import DB, Cast, Desk
from wegnetz.accounts.access import Role
from wegnetz.core.days import working_day
from wegnetz.directory.entries import Hours
from wegnetz.directory.entries.changes import as_json
from wegnetz.directory.models import ContactPoint
from wegnetz.directory.selectors import open_point, places_to_confirm
from wegnetz.directory.services import save_point

pytestmark = DB


def test_an_address_without_a_town_keeps_street_and_postcode_apart(host: Desk) -> None:
    made = host.post(url("new-point"), PLACE | NO_HOURS | {"town": ""}).headers["Location"]
    assert "<bdi>Ostweg 1, 40000 (Ost)</bdi>" in host.get(made).content.decode()
    ContactPoint.objects.update(confirmed_on=None)
    assert "<bdi>Ostweg 1, 40000 (Ost)</bdi>" in host.get(url("check-points")).content.decode()


def test_who_writes_something_down_today_has_confirmed_it_today(host: Desk, cast: Cast) -> None:
    made = UUID(host.post(url("new-point"), PLACE | NO_HOURS).headers["Location"].split("/")[2])
    host.post(url("new-offer", made), {"title": "Chor"} | NO_HOURS)
    assert places_to_confirm(colleague(cast, Role.WORKSHOP_HOST).viewer, on=working_day()) == 0
    found = open_point(made)
    assert (found.point.confirmed_on, found.offers[0].offer.confirmed_on) == (working_day(), working_day())
    ContactPoint.objects.update(entry=as_json(replace(found.point, confirmed_on=None)), confirmed_on=None)
    sent = sent_back(host.get(url("change-point", made)))
    assert host.post(url("change-point", made), sent).status_code == 302
    assert open_point(made).point.confirmed_on is None


@pytest.mark.parametrize(
    ("closes", "status"), [("17:59", 422), ("18:00", 422), ("6:01", 422), ("6:00", 302), ("0:00", 302), ("18:01", 302)]
)
def test_an_end_before_the_beginning_is_asked_for_again_unless_it_is_night(
    host: Desk, closes: str, status: int
) -> None:
    answer = host.post(url("new-point"), PLACE | TIMES | {"zeiten-0-closes": closes})
    assert answer.status_code == status
    if status == 422:
        assert list(answer.context["rows"][0].errors) == ["closes"]
        assert closes in answer.content.decode()


def test_a_file_may_have_said_so_and_the_page_takes_it_back(host: Desk, cast: Cast) -> None:
    by = colleague(cast, Role.WORKSHOP_HOST).viewer
    made = save_point(None, a_point(hours=(Hours(date(2021, 9, 6), time(20), time(11)),)), by=by)
    sent = sent_back(host.get(url("change-point", made)))
    assert host.post(url("change-point", made), sent | {"operator": "Wir"}).status_code == 302
    assert open_point(made).point.hours[0].closes == time(11)
    sent = sent_back(host.get(url("change-point", made)))
    assert host.post(url("change-point", made), sent | {"zeiten-0-closes": "10:00"}).status_code == 422


@pytest.mark.parametrize(
    "changed", [{}, {"name": "HALLE OST"}, {"street": "", "postcode": ""}, {"street": "ostweg  1", "district": "Eller"}]
)
def test_a_place_that_is_there_already_is_shown_and_saved_when_asked_for_again(
    host: Desk, steering: Desk, changed: dict[str, str]
) -> None:
    there = steering.post(url("new-point"), PLACE | NO_HOURS).headers["Location"].split("/")[2]
    page = host.post(url("new-point"), PLACE | TIMES | changed)
    text = page.content.decode()
    assert page.status_code == 409
    assert reverse("portal:place", args=["de", there]) in text
    assert all(typed in text for typed in ("Eine Halle.", "halle@example.org", "19:30", "28.09.2021"))
    anyway = {str(page.context["not_the_same"]): there}
    assert ContactPoint.objects.filter(title__iexact="Halle Ost").count() == 1
    assert host.post(url("new-point"), sent_back(page)).status_code == 409
    assert host.post(url("new-point"), sent_back(page) | anyway).status_code == 302
    assert ContactPoint.objects.filter(title__iexact="Halle Ost").count() == 2


@pytest.mark.parametrize("changed", [{"name": "Halle West"}, {"street": "Ostweg 2"}, {"town": "Köln"}])
def test_another_place_is_saved_at_once(host: Desk, changed: dict[str, str]) -> None:
    host.post(url("new-point"), PLACE | NO_HOURS)
    assert host.post(url("new-point"), PLACE | NO_HOURS | changed).status_code == 302


def test_a_point_whose_two_numbers_are_swapped_is_asked_for_again_the_right_way_round(host: Desk) -> None:
    page = host.post(url("new-point"), PLACE | NO_HOURS | {"degrees": "6.8, 51.2"})
    assert page.context["form"].errors == {
        "degrees": ["Breitengrad und Längengrad scheinen vertauscht. Meinten Sie: 51.2, 6.8?"]
    }
    assert host.post(url("new-point"), PLACE | NO_HOURS | {"degrees": "51.2, 6.8"}).status_code == 302
