"""How much a page asks of the databases: written out, and the same for one person as for many."""

from __future__ import annotations

import pytest

from tests.desk.addresses import address
from tests.people import DAY, DB, Cast, Desk
from tests.statements import asked, watched
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.services import record_fact, register_person
from wegnetz.rules.facts import Fact

pytestmark = DB

LISTS = {"people": 10, "people-csv": 9, "start": 11}
PAGES = {"person": 11, "blocks": 10, "contact": 8, "fact": 8, "decision": 11, "single-case": 11}
MOST = 12


def statements(client: Desk, url: str, data: dict[str, str] | None = None) -> int:
    client.get(url)  # what is read once and kept in memory
    with watched() as seen:
        response = client.post(url, data) if data else client.get(url)
    assert response.status_code == 200
    return asked(seen)


def three_people(cast: Cast) -> None:
    """Bea's one person becomes three."""
    for number in range(2):
        person = register_person(name=Name(called=f"Omar {number}"), contact=Contact(), by=cast.bea.viewer, on=DAY)
        record_fact(person, Fact("work_ban", value=False, recorded_on=DAY), by=cast.bea.viewer)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_much_for_three_as_for_one(name: str, bea: Desk, cast: Cast) -> None:
    one = statements(bea, address(name, cast.nobody))
    three_people(cast)
    three = statements(bea, address(name, cast.nobody))
    assert (one, three) == (LISTS[name], LISTS[name])


def test_a_search_asks_as_much_for_three_as_for_one(bea: Desk, cast: Cast) -> None:
    one = statements(bea, address("people", cast.nobody), {"q": "omar"})
    three_people(cast)
    three = statements(bea, address("people", cast.nobody), {"q": "omar"})
    assert (one, three) == (12, 12)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_a_person_asks_little(name: str, ilka: Desk, cast: Cast) -> None:
    assert statements(ilka, address(name, cast.yonas)) == PAGES[name]


def test_a_page_asks_as_much_for_a_long_history_as_for_a_short_one(ilka: Desk, cast: Cast) -> None:
    before = statements(ilka, address("person", cast.yonas))
    for number in range(20):
        record_fact(cast.yonas.id, Fact("work_ban", value=bool(number % 2), recorded_on=DAY), by=cast.ilka.viewer)
    for _ in range(3):
        assert ilka.post(address("decide", cast.yonas), {"on": DAY.isoformat()}).status_code == 302
    assert statements(ilka, address("person", cast.yonas)) == before


def test_no_page_asks_more_than_twelve_times() -> None:
    assert [name for name, number in (LISTS | PAGES).items() if number > MOST] == []
