"""Nobody sees a word about the people of another organisation, anywhere. And no address holds a word about anybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.core import mail
from django.urls import reverse

from tests.company import Company
from tests.desk.addresses import ADMISSION, OF_THE_COMPANY, REACH, SCREENS, address
from tests.desk.asking import browser
from tests.desk.library import LIBRARY, LIBRARY_PARTS
from tests.desk.mates import mates
from tests.desk.stands import stands
from tests.people import CANARY_A, CANARY_B, CANARY_SHARED, DAY, DB, Cast, Desk, Page, Young

pytestmark = DB

ADDRESS_IN_PAGE = re.compile(r'(?:href|action|src|formaction|hx-\w+|data-\w+)="([^"]*)"')
VARIANTS = {
    "people": ["?sort=-registered", "?sort=organisation", "?page=2", "?page=999"],
    "people-csv": ["?sort=-registered", "?page=2"],
    "blocks": ["?on=2020-11-09", "?on=never"],
    "programme": ["?on=2020-11-09", "?on=never"],
}
SEARCHES = ["Yonas", "Omar", "Daud", "Lino", "Omo", "a", "e"]
# Names, pseudonyms, contacts, answers: what must stand in no address, log or mail. Markers stand in all of them.
ABOUT_SOMEBODY = re.compile(
    rf"{CANARY_A}|{CANARY_B}|{CANARY_SHARED}|yonas|tesfay|daud|gestattung|schutz-24|2000-03-14|14\.03\.2000|7700123|8800456|9900789|admitted|\bq=|value=",
    re.IGNORECASE,
)
BROKEN = {"value": "", "provenance": "", "outcome": "", "justification": "", "email": "no address", "q": ""}


def everything(client: Desk, cast: Cast, people: list[Young], admitted: Mapping[str, str]) -> Iterator[Page]:
    """Every page the viewer can ask for: every screen about these people, read, sent broken, sent right.

    A screen that is not for the viewer is asked about one of them: the access matrix compares its answers byte by byte.
    """
    colleagues, places = mates(cast), tuple(stands(cast).values())
    for name, screen in SCREENS.items():
        many = admitted[screen.policy] == "in" and screen.about_somebody
        asked = colleagues if screen.about_a_colleague else places if screen.about_a_place else people
        for whom in asked[: None if many else 1]:
            url = address(name, whom)
            for more in ("", *VARIANTS.get(name, [])):
                yield client.get(url + more)
            yield client.post(url, BROKEN, follow=True)
            yield client.post(url, screen.body, follow=True)
    for query in SEARCHES:
        yield client.post(address("people", cast.nobody), {"q": query})
    yield client.get("/static/nothing.css")
    yield client.get(f"/menschen/{cast.omar.id}/nothing/")


def in_the_open(response: Page) -> str:
    """Headers, cookies and body, be it a page or a file."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{response.cookies.output()}\n{response.content.decode(errors='replace')}".lower()


def addresses(response: Page) -> Iterator[str]:
    for name in ("Location", "Content-Location", "Link", "Refresh", "HX-Redirect", "HX-Push-Url"):
        if name in response.headers:
            yield response.headers[name]
    for url, _status in getattr(response, "redirect_chain", []):
        yield url
    yield response.wsgi_request.get_full_path()
    yield from ADDRESS_IN_PAGE.findall(response.content.decode(errors="replace"))


EVERYBODY = ADMISSION | OF_THE_COMPANY
OF_B = {"bea", "kim", "tess", "bo"}
# To whom something is shared: they may meet its marker, and the names of staff at the other end.
SHARING = {"ilka", "gero", "bea", "kim", "tess"}
# A lead chooses among the pseudonyms of their own organisation, and some of those hold the marker.
NAMING = SHARING | {"lead", "lea", "late", "bo"}
STRANGERS = ("yonas", "omar")


def foreign_to(actor: str) -> list[str]:
    """The markers nobody in this place may meet."""
    foreign = [CANARY_A] if actor in OF_B else [CANARY_A, CANARY_B] if actor == "carla" else [CANARY_B]
    return [marker.lower() for marker in foreign + [CANARY_SHARED] * (actor not in NAMING)]


def public_names(actor: str) -> list[str]:
    """Names that hold a marker and may be met: organisations are no secret, nor is who one works with."""
    staff = ["Ilka", "Gero"] if actor in OF_B else ["Bea", "Kim"]
    marker = CANARY_A if actor in OF_B else CANARY_B
    named = [f"{name} {marker}".lower() for name in staff if actor in SHARING]
    return [f"teilhabe a {CANARY_A}".lower(), f"teilhabe b {CANARY_B}".lower(), *named]


@pytest.mark.parametrize("actor", EVERYBODY)
def test_nobody_meets_a_word_of_another_organisation(
    actor: str, cast: Cast, company: Company, caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    client = browser(cast, actor, company)
    foreign_met, met, indiscreet, logged, count = set(), set(), set(), "", 0
    # Of strangers one of each organisation: the access matrix compares the answers about all others byte by byte.
    people = [company.people[who] for who in dict.fromkeys((*REACH.get(actor, ()), *STRANGERS))]
    for response in everything(client, cast, people, EVERYBODY[actor]):
        url = response.wsgi_request.get_full_path()
        text = in_the_open(response)
        met |= {url} if (CANARY_B if actor in OF_B else CANARY_A).lower() in text else set()
        for name in public_names(actor):
            text = text.replace(name, "")
        foreign_met |= {(url, marker) for marker in foreign_to(actor) if marker in text}
        indiscreet |= {address for address in addresses(response) if ABOUT_SOMEBODY.search(address)}
        logged += "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
        caplog.clear()  # each record holds its whole request
        count += 1
    assert (foreign_met, indiscreet) == (set(), set())
    # Guards the search: all of the organisation see its name, and who works with people meets them.
    assert (met != set()) is (actor not in {"anonymous", "deactivated", "left", "carla"})
    sent = "\n".join(str(message.message()) for message in mail.outbox)
    assert (ABOUT_SOMEBODY.findall(logged), ABOUT_SOMEBODY.findall(sent)) == ([], [])
    assert "Not Found: /menschen/" in logged or actor in {"unprotected", "deactivated", "anonymous"}
    record_property("answers searched for markers", count)


def test_the_file_holds_the_own_people_only(ilka: Desk, bea: Desk, cast: Cast) -> None:
    for client, own, foreign in ((ilka, CANARY_A, CANARY_B), (bea, CANARY_B, CANARY_A)):
        for data in ({}, {"sort": "-pseudonym"}, {"sort": "nonsense"}, {"page": "2"}, {"organisation": cast.omar.id}):
            text = client.post(address("people-csv", cast.nobody), data).content.decode()
            assert (own in text, foreign in text) == (True, False)


def test_account_pages_hold_no_word_about_participants(ilka: Desk, cast: Cast) -> None:
    for name in LIBRARY:
        body = ilka.get(reverse(name, kwargs=LIBRARY_PARTS.get(name))).content.decode()
        for young in (cast.yonas, cast.omar):
            assert (name, str(young.id) in body, young.pseudonym in body) == (name, False, False)


def test_a_page_on_another_day_shows_what_held_then(ilka: Desk, cast: Cast) -> None:
    """Guards `everything`: the addresses it asks with a day do answer for that day."""
    early, late = (ilka.get(f"{address('blocks', cast.yonas)}?on={day}") for day in ("2020-11-09", DAY))
    assert [early.context["open_count"], late.context["open_count"]] == [0, 5]
