"""How much a page asks of the databases: written out, and the same for one person as for many."""

from __future__ import annotations

import pytest

from tests.company import Company
from tests.desk.addresses import address
from tests.people import DAY, DB, Cast, Desk, agreed, sign_in
from tests.statements import asked, watched
from wegnetz.casework.services import offer_referral
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.services import record_consent, record_fact, register_person
from wegnetz.rules.facts import Fact

pytestmark = DB

LISTS = {"people": 18, "people-csv": 15, "start": 28}
PAGES = {
    "person": 18,
    "plan": 14,
    "assessments": 13,
    "blocks": 13,
    "consents": 12,
    "ask-consent": 16,
    "record-release": 10,
    "letters-about": 11,
    "refer": 12,
    "hand-on": 11,
    "accesses": 12,
    "holds": 12,
    "contact": 10,
    "fact": 12,
    "decision": 12,
    "single-case": 12,
}


def statements(client: Desk, url: str, data: dict[str, str] | None = None) -> int:
    client.get("/")  # what is read once and kept in memory
    with watched() as seen:
        response = client.get(url) if data is None else client.post(url, data)
    assert response.status_code == 200
    return asked(seen)


def three_people(cast: Cast) -> None:
    """Bea's one person becomes three."""
    for number in range(2):
        person = register_person(
            name=Name(called=f"Omar {number}"), contact=Contact(), ground=agreed(cast.bea), by=cast.bea.viewer, on=DAY
        )
        record_fact(person, Fact("work_ban", value=False, recorded_on=DAY), by=cast.bea.viewer)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_much_for_three_as_for_one(name: str, bea: Desk, cast: Cast) -> None:
    data: dict[str, str] | None = {} if name == "people-csv" else None
    one = statements(bea, address(name, cast.nobody), data)
    three_people(cast)
    three = statements(bea, address(name, cast.nobody), data)
    assert (one, three) == (LISTS[name], LISTS[name])


def test_a_search_asks_as_much_for_three_as_for_one(bea: Desk, cast: Cast) -> None:
    one = statements(bea, address("people", cast.nobody), {"q": "omar"})
    three_people(cast)
    three = statements(bea, address("people", cast.nobody), {"q": "omar"})
    assert (one, three) == (19, 19)


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


@pytest.mark.parametrize("name", ["consents", "letters-about", "refer"])
def test_a_page_asks_as_much_for_three_consents_and_letters_as_for_one(name: str, company: Company) -> None:
    amina, to = company.people["amina"], (company.tess, "trauma-coaching")
    counted = []
    for _number in range(2):
        consent = record_consent(amina.id, agreed(*to), by=company.gero.viewer)
        offer_referral(amina.id, consent, message="", by=company.gero.viewer, on=DAY)
        counted.append(statements(sign_in(company.gero), address(name, amina)))
    assert counted[0] == counted[1]


def test_a_page_about_a_person_asks_at_most_twenty_times_and_the_start_page_a_few_more() -> None:
    assert (max(PAGES.values()), max(LISTS.values())) == (18, 28)
