"""Keeping the directory: what is typed is stored, nothing typed is lost, and each keeps only their own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from django.urls import reverse

from tests.desk.mates import colleague
from tests.desk.stands import Stand, stands
from tests.directory.places import THURSDAYS
from tests.people import DB, Cast, Desk, Page
from wegnetz.accounts.access import Role
from wegnetz.directory.entries import MOST_HOURS, Hours, State
from wegnetz.directory.selectors import open_point
from wegnetz.directory.services import save_point

pytestmark = DB

PLACE = {
    "name": "Halle Ost", "description": "Eine Halle.", "directions": "Bahn bis Ost.", "street": "Ostweg 1",
    "postcode": "40000", "town": "Düsseldorf", "district": "Ost", "degrees": "51.2, 6.8", "accessible": "yes",
    "phone": "0211 000", "email": "halle@example.org", "website": "https://halle.example.org",
}  # fmt: skip
TIMES = {
    "zeiten-TOTAL_FORMS": "3", "zeiten-INITIAL_FORMS": "0", "zeiten-0-days": ["MO", "WE"], "zeiten-0-opens": "18",
    "zeiten-0-closes": "19:30", "zeiten-0-every": "1", "zeiten-0-first_day": "06.09.2021",
    "zeiten-1-every": "monthly", "zeiten-1-first_day": "28.09.2021", "zeiten-1-until": "31.12.2021",
    "zeiten-2-every": "1",
}  # fmt: skip


@pytest.fixture
def house(cast: Cast) -> Stand:
    """A's own."""
    return stands(cast)["of A"]


def url(name: str, *parts: object) -> str:
    return reverse(f"desk:{name}", args=parts)


def test_a_new_place_belongs_to_who_typed_it_and_says_what_was_typed(host: Desk, cast: Cast) -> None:
    made = host.post(url("new-point"), PLACE | TIMES)
    found = open_point(UUID(made.headers["Location"].split("/")[2]))
    assert found.owner == cast.ilka.viewer.organisation
    point = found.point
    assert point.wording.source.texts == {
        "name": "Halle Ost", "description": "Eine Halle.", "directions": "Bahn bis Ost.",
    }  # fmt: skip
    assert (point.address.lat, point.address.lon, point.address.district, point.accessible) == (51.2, 6.8, "Ost", True)
    assert (point.contact.phone, point.contact.website) == ("0211 000", "https://halle.example.org")
    assert point.hours == (
        Hours(date(2021, 9, 6), time(18), time(19, 30), "FREQ=WEEKLY;BYDAY=MO,WE"),
        Hours(date(2021, 9, 28), rule="FREQ=MONTHLY;BYDAY=4TU;UNTIL=20211231"),
    )


def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(host: Desk) -> None:
    wrong = PLACE | TIMES | {
        "name": "", "degrees": "hier", "website": "kein Netz", "zeiten-0-days": [], "zeiten-0-first_day": "",
        "zeiten-1-until": "01.01.2021",
    }  # fmt: skip
    page = host.post(url("new-point"), wrong)
    text = page.content.decode()
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["degrees", "name", "website"]
    assert [sorted(row.errors) for row in page.context["rows"]][:2] == [["days"], ["until"]]
    assert all(typed in text for typed in ("Eine Halle.", "kein Netz", "19:30", "28.09.2021"))


def sent_back(page: Page) -> dict[str, object]:
    """What a browser sends when nobody changes anything."""
    rows = page.context["rows"]
    parts = [page.context["form"], rows.management_form, *rows]
    found = {part.add_prefix(name): part[name].value() for part in parts for name in part.fields if name != "drop"}
    return {
        name: field.prepare_value(value)
        for part in parts
        for name, field in ((part.add_prefix(each), part.fields[each]) for each in part.fields)
        if (value := found.get(name)) is not None and value is not False and value != ""
    }


def test_what_a_form_shows_says_the_same_when_it_is_sent(host: Desk, house: Stand, cast: Cast) -> None:
    """Also a rule that the form has no fields for."""
    odd = Hours(date(2021, 9, 6), time(9), None, "FREQ=MONTHLY;BYMONTHDAY=1,15", (date(2021, 10, 1),), "Europe/Paris")
    lea = colleague(cast, Role.WORKSHOP_HOST).viewer
    point = replace(open_point(house.id).point, hours=(odd, THURSDAYS), operator="Verein", accessible=False)
    save_point(house.id, point, version=2, by=lea)
    page = host.get(url("change-point", house.id))
    assert host.post(url("change-point", house.id), sent_back(page)).status_code == 302
    assert open_point(house.id).point == point
    offer = open_point(house.id).offers[0].offer
    page = host.get(url("change-offer", house.id, house.offer))
    assert host.post(url("change-offer", house.id, house.offer), sent_back(page)).status_code == 302
    assert open_point(house.id).offers[0].offer == offer


def test_two_people_change_the_same_place_and_see_both_versions(host: Desk, house: Stand) -> None:
    mine = sent_back(host.get(url("change-point", house.id))) | {"name": "Meins", "operator": "Wir"}
    host.post(url("change-point", house.id), mine | {"name": "Deins"})
    page = host.post(url("change-point", house.id), mine)
    assert page.status_code == 409
    assert {(each.mine, each.theirs) for each in page.context["conflict"]} == {("Meins", "Deins")}
    assert open_point(house.id).point.wording.source.texts["name"] == "Deins"
    again = sent_back(page)
    assert host.post(url("change-point", house.id), again).status_code == 302
    assert open_point(house.id).point.wording.source.texts["name"] == "Meins"


def test_two_people_change_the_times_and_see_both(host: Desk, house: Stand) -> None:
    mine = sent_back(host.get(url("change-offer", house.id, house.offer)))
    once = {"zeiten-0-every": "once", "zeiten-0-first_day": "06.09.2021", "zeiten-0-days": [], "zeiten-0-rule": ""}
    host.post(url("change-offer", house.id, house.offer), mine | once)
    page = host.post(url("change-offer", house.id, house.offer), mine)
    assert page.status_code == 409
    assert [(each.label, each.theirs.split("\n")[0][:17]) for each in page.context["conflict"]] == [
        ("Wann?", "6. September 2021")
    ]


def test_a_translation_says_how_far_it_can_be_relied_on(host: Desk, house: Stand) -> None:
    def state(language: str) -> State | None:
        wording = open_point(house.id).offers[0].offer.wording
        found = wording.translations.get(language)
        return found.state(wording.source) if found else None

    for language, machine in (("en", ""), ("ar", "on")):
        sent = {"title": "Choir", "version": open_point(house.id).offers[0].version} | (
            {"machine": machine} if machine else {}
        )
        host.post(url("translate-offer", house.id, house.offer, language), sent)
    assert [state(language) for language in ("en", "ar", "uk")] == [State.HUMAN, State.MACHINE, None]
    page = sent_back(host.get(url("change-offer", house.id, house.offer)))
    host.post(url("change-offer", house.id, house.offer), page | {"title": "Chor am Abend"})
    assert state("en") is State.OUTDATED
    assert "veraltet" in host.get(url("point", house.id)).content.decode()
    version = open_point(house.id).offers[0].version
    host.post(url("translate-offer", house.id, house.offer, "en"), {"title": "Evening choir", "version": version})
    assert state("en") is State.HUMAN
    host.post(url("translate-offer", house.id, house.offer, "en"), {"version": version + 1})
    assert state("en") is None


@pytest.mark.parametrize("language", ["de", "xx"])
def test_there_is_no_page_to_translate_into_the_language_it_was_written_in(
    host: Desk, house: Stand, language: str
) -> None:
    assert host.get(url("translate-point", house.id, language)).status_code == 404


def test_what_nobody_confirmed_for_half_a_year_is_asked_about(host: Desk, house: Stand) -> None:
    assert host.get(url("directory")).context["overdue"] == 1
    assert url("check-points") in host.get("/").content.decode()
    host.post(url("confirm-point", house.id))
    assert host.get(url("directory")).context["overdue"] == 0
    assert url("check-points") not in host.get("/").content.decode()
    found = open_point(house.id)
    assert found.point.confirmed_on == found.offers[0].offer.confirmed_on
    assert found.point.confirmed_on is not None


def test_what_was_deleted_comes_back(host: Desk, house: Stand) -> None:
    gone = host.post(url("delete-offer", house.id, house.offer), follow=True)
    assert url("restore-offer", house.id, house.offer) in gone.content.decode()
    assert open_point(house.id).offers == ()
    host.post(url("restore-offer", house.id, house.offer))
    assert len(open_point(house.id).offers) == 1
    gone = host.post(url("delete-point", house.id), follow=True)
    assert url("restore-point", house.id) in gone.content.decode()
    assert [row.id for row in host.get(url("directory"), {"sicht": "geloescht"}).context["points"]] == [house.id]
    host.post(url("restore-point", house.id))
    assert open_point(house.id).gone_on is None


def test_a_place_is_given_to_a_partner_who_keeps_it_from_then_on(steering: Desk, host: Desk, cast: Cast) -> None:
    nobodys = stands(cast)["nobody's"]
    assert host.get(url("point", nobodys.id)).status_code == 404
    steering.post(url("give-point", nobodys.id), {"organisation": str(cast.ilka.viewer.organisation)})
    assert host.get(url("point", nobodys.id)).status_code == 200
    steering.post(url("give-point", nobodys.id), {"organisation": ""})
    assert host.get(url("point", nobodys.id)).status_code == 404


@pytest.mark.parametrize("zone", ["Europe", "Nowhere/Land", "../etc"])
def test_a_zone_that_is_none_is_left_out(host: Desk, zone: str) -> None:
    made = host.post(url("new-point"), PLACE | TIMES | {"zeiten-0-zone": zone})
    found = open_point(UUID(made.headers["Location"].split("/")[2]))
    assert {hours.zone for hours in found.point.hours} == {"Europe/Berlin"}


def test_a_place_is_found_by_its_name_and_by_what_it_offers(host: Desk, house: Stand) -> None:
    def found(query: str) -> list[UUID]:
        return [row.id for row in host.get(url("directory"), {"q": query}).context["points"]]

    point = open_point(house.id)
    name, offer = (each.wording.source.texts for each in (point.point, point.offers[0].offer))
    assert [found(query) for query in (name["name"].upper(), offer["title"], "Qxwyz")] == [[house.id], [house.id], []]
    host.post(url("delete-offer", house.id, house.offer))
    assert found(offer["title"]) == []


def test_places_of_one_name_are_told_apart_by_who_runs_them_and_where(host: Desk) -> None:
    for name, operator, street in (
        ("Saal", "Verein am Bach", "Weg 1"), ("Saal", "Saal", "Weg 2"), ("Bude", "Verein am See", "")
    ):  # fmt: skip
        host.post(url("new-point"), PLACE | TIMES | {"name": name, "operator": operator, "street": street})
    rows = re.findall(
        r"<th[^>]*><a[^>]*><bdi>(?:Saal|Bude)</bdi></a>(.*?)</th>", host.get(url("directory")).content.decode()
    )
    assert sorted(rows) == [
        "<small><bdi>Verein am Bach</bdi> · <bdi>Weg 1</bdi></small>",
        "<small><bdi>Verein am See</bdi></small>",
        "<small><bdi>Weg 2</bdi></small>",
    ]


def test_a_search_with_a_character_that_no_text_has_finds_nothing_worse(host: Desk) -> None:
    assert host.get(url("directory") + "?q=%00").context["q"] == ""


def test_as_many_times_as_the_form_has_rows_are_stored(host: Desk) -> None:
    """With every box ticked in each: no limit for the number of fields stands before that of the rows."""
    days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    hidden = {"first_day": "06.09.2021", "until": "", "rule": "", "but_not_on": "", "zone": "Europe/Berlin"}
    row = {"days": days, "opens": "9", "closes": "10", "every": "1", **hidden}
    rows = {f"zeiten-{number}-{name}": value for number in range(MOST_HOURS) for name, value in row.items()}
    sent = {"zeiten-TOTAL_FORMS": str(MOST_HOURS), "zeiten-INITIAL_FORMS": "0", **rows}
    made = host.post(url("new-point"), PLACE | sent)
    assert len(open_point(UUID(made.headers["Location"].split("/")[2])).point.hours) == MOST_HOURS


def rows_of(number: int) -> dict[str, str]:
    """So many single days."""
    days = {
        f"zeiten-{each}-first_day": f"{each % 28 + 1}.{each // 28 % 12 + 1}.{2021 + each // 336}"
        for each in range(number)
    }
    once = {f"zeiten-{each}-every": "once" for each in range(number)}
    return {"zeiten-TOTAL_FORMS": str(number), "zeiten-INITIAL_FORMS": "0", **days, **once}


def test_more_rows_come_by_a_button_and_keep_what_is_typed(host: Desk, house: Stand) -> None:
    """Nothing is stored yet, and nothing is called wrong yet."""
    before = open_point(house.id)
    typed = rows_of(40) | {
        "title": "",
        "concepts": "xqzt",
        "euros": "viel",
        "zeiten-3-opens": "acht",
        "mehr-zeiten": "1",
    }
    for name in ("new-offer", "change-offer"):
        parts = (house.id,) if name == "new-offer" else (house.id, house.offer)
        page = host.post(url(name, *parts), typed)
        text = page.content.decode()
        assert (page.status_code, len(page.context["rows"].forms), "wn-errors" in text) == (200, 45, False)
        assert all(each in text for each in ('value="viel"', 'value="acht"', "xqzt", 'value="12.2.2021"'))
    assert open_point(house.id) == before
    again = sent_back(page) | {"title": "Viele", "concepts": "", "euros": "", "zeiten-3-opens": "8", "version": "1"}
    assert host.post(url("change-offer", house.id, house.offer), again).status_code == 302
    assert len(open_point(house.id).offers[0].offer.hours) == 40


def test_what_is_more_than_fits_is_said_and_kept(host: Desk) -> None:
    full = host.post(url("new-point"), PLACE | rows_of(MOST_HOURS) | {"mehr-zeiten": "1"})
    assert (len(full.context["rows"].forms), 'name="mehr-zeiten"' in full.content.decode()) == (MOST_HOURS, False)
    page = host.post(url("new-point"), PLACE | rows_of(MOST_HOURS + 20))
    assert page.status_code == 422
    assert page.context["rows"].non_form_errors() == [
        "Das sind 220 Zeiten. Mehr als 200 passen nicht. Löschen Sie bitte, was vorbei ist."
    ]
    assert len(page.context["rows"].forms) == MOST_HOURS + 20
    dropped = {f"zeiten-{each}-drop": "on" for each in range(20)}
    made = host.post(url("new-point"), PLACE | rows_of(MOST_HOURS + 20) | dropped)
    assert len(open_point(UUID(made.headers["Location"].split("/")[2])).point.hours) == MOST_HOURS


@pytest.mark.parametrize("sign", ["\x01", "\x1b", "\ufffe", "\u202e", "\u2066"])
def test_a_sign_that_no_text_has_spoils_no_page_and_no_file(host: Desk, sign: str) -> None:
    """One place of one organisation must not keep back the files with all of them, nor turn what is read."""
    sent = PLACE | TIMES | {"name": f"Halle {sign}Ost", "description": f"Ei{sign}ne", "contact_name": f"Le{sign}a"}
    made = host.post(url("new-point"), sent).headers["Location"].split("/")[2]
    for address in (f"/de/orte/{made}/", "/de/orte/orte.xlsx", "/de/orte/orte.csv", "/de/orte/orte.geojson"):
        assert host.get(address).status_code == 200
    found = open_point(UUID(made)).point
    assert (found.wording.source.texts["name"], found.wording.source.texts["description"], found.contact.name) == (
        "Halle Ost", "Eine", "Lea",
    )  # fmt: skip
