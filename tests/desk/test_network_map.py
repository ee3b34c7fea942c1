"""The map as staff see it: nothing before it is shown, to look at only while it is, and a link they hand over once."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.urls import reverse

from tests.audit.reading_back import last_place, recorded_since
from tests.network.mapping import FRIEND, MOTHER, TODAY, Own, own
from tests.people import DB, Cast, Desk, Page, sign_in
from tests.statements import watched
from wegnetz.network.selectors import LinkGoneError
from wegnetz.network.selectors.person_maps import drawn_on, map_of_link
from wegnetz.network.services.drawing import begin_version
from wegnetz.network.services.person_maps import renew_map_link, share_map, stop_sharing

__all__ = ["own"]
pytestmark = DB
MARK = re.compile(r'<g class="p\b.*?<text>(.*?)</text>', re.DOTALL)
LINK = re.compile(r">http://testserver/karte/([-\w]{64})/</textarea>")


@pytest.fixture
def ilka(cast: Cast) -> Desk:
    return sign_in(cast.ilka)


def at(person: UUID) -> str:
    return reverse("desk:network-map", args=[person])


def make(desk: Desk, person: UUID, **sent: str) -> Page:
    page: Page = desk.post(reverse("desk:make-map-link", args=[person]), sent)
    return page


def on_it(page: Page) -> list[str]:
    return MARK.findall(page.content.decode())


def test_the_link_stands_on_one_answer_and_opens_an_empty_map(ilka: Desk, cast: Cast) -> None:
    answer = make(ilka, cast.yonas.id).content.decode()
    (token,) = LINK.findall(answer)
    assert drawn_on(map_of_link(token)).versions == ()
    assert (f'href="/karte/{token}/" rel="noreferrer"' in answer, "M4 4h7v1h-7z" in answer) == (True, True)
    assert LINK.findall(ilka.get(at(cast.yonas.id)).content.decode()) == []


def test_handing_out_a_link_is_recorded_with_whom_it_is_for(ilka: Desk, cast: Cast) -> None:
    organisation = cast.ilka.viewer.organisation
    since = last_place(organisation)
    make(ilka, cast.yonas.id)
    events = [(each.action, each.category, each.purpose, each.subjects) for each in recorded_since(organisation, since)]
    assert events == [
        ("view", "name, contact, facts", "network map", frozenset([cast.yonas.id])),
        ("make", "link to the network map", "", frozenset([cast.yonas.id])),
    ]


def test_staff_see_nothing_before_it_is_shown_and_nothing_after(ilka: Desk, own: Own) -> None:
    own.put(MOTHER)
    assert on_it(ilka.get(at(own.person))) == []
    share_map(own.map, until=TODAY, on=TODAY)
    assert on_it(ilka.get(at(own.person))) == ["M"]
    stop_sharing(own.map)
    assert on_it(ilka.get(at(own.person))) == []


def test_looking_is_recorded_first_and_only_where_there_is_something_to_see(ilka: Desk, own: Own) -> None:
    own.put(MOTHER)
    found = []
    for shown in (False, True):
        if shown:
            share_map(own.map, until=None, on=TODAY)
        since = last_place(own.by.organisation)
        ilka.get(at(own.person))
        events = recorded_since(own.by.organisation, since)
        found.append([("network map" in each.category, each.purpose) for each in events])
    assert found == [[(False, "network map")], [(True, "network map")]]


def test_what_has_changed_stands_beside_how_it_began(ilka: Desk, own: Own) -> None:
    own.put(MOTHER)
    begin_version(own.map, version=own.version, on=TODAY)
    own.put(FRIEND)
    share_map(own.map, until=None, on=TODAY)
    page = ilka.get(at(own.person))
    assert on_it(page) == ["M", "Me", "M"]  # now, and how it began
    numbers = re.findall(r'<td class="r">(\d+)</td><td class="r">(\d+)</td>', page.content.decode())
    assert numbers == [("1", "2"), ("1", "2"), ("0", "0"), ("0", "1"), ("1", "2")]
    assert "Jemand Neues steht auf der Karte." in page.content.decode()


def test_nothing_on_the_page_changes_a_map(ilka: Desk, own: Own) -> None:
    own.put(MOTHER)
    share_map(own.map, until=None, on=TODAY)
    page = ilka.get(at(own.person)).content.decode()
    forms = set(re.findall(r'<form[^>]*action="([^"]*)"', page.split('<main id="main"')[1]))
    assert (forms, "data-moves" in page, "network-map.js" in page) == (
        {reverse("desk:make-map-link", args=[own.person])}, False, False,
    )  # fmt: skip


def test_a_lost_link_deletes_the_map_only_after_it_was_said_so(ilka: Desk, own: Own) -> None:
    own.put(MOTHER)
    asked = make(ilka, own.person).content.decode()
    assert ("Die alte wird gelöscht." in asked, LINK.findall(asked), own.names) == (True, [], ["M"])
    (token,) = LINK.findall(make(ilka, own.person, instead="yes").content.decode())
    with pytest.raises(LinkGoneError):
        map_of_link(own.token)
    assert drawn_on(map_of_link(token)).versions == ()


def test_the_page_says_whether_only_the_person_knows_the_link(ilka: Desk, own: Own) -> None:
    said = "Nur sie kennt ihn."
    before = said in ilka.get(at(own.person)).content.decode()
    renew_map_link(own.map)
    assert (before, said in ilka.get(at(own.person)).content.decode()) == (False, True)


def test_colleagues_in_other_work_and_other_organisations_find_no_such_page(own: Own, cast: Cast) -> None:
    share_map(own.map, until=None, on=TODAY)
    for account in (cast.bea, *cast.colleagues):
        desk = sign_in(account)
        assert (account.role, desk.get(at(own.person)).status_code, make(desk, own.person).status_code) == (
            account.role, 404, 404,
        )  # fmt: skip


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_as_often_for_many_people_as_for_one(people: int, ilka: Desk, own: Own) -> None:
    for _each in range(people):
        own.put(MOTHER)
    share_map(own.map, until=None, on=TODAY)
    ilka.get(at(own.person))
    with watched() as statements:
        page = ilka.get(at(own.person))
    assert (len(on_it(page)), len([each for each in statements if not each.frames])) == (people, 14)
