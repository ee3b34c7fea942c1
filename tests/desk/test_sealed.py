"""Nobody of A but who sent the letter can tell whether B's trauma coach accompanies somebody: not one byte differs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.company import Company, hide
from tests.desk.addresses import SCREENS, address
from tests.desk.asking import ask, browser, rows_of_every_table, seen, undone
from tests.desk.mates import Mate, mates
from tests.people import DB, Cast, Desk, Young

pytestmark = DB

OF_A = ("ilka", "coach", "trauma-coach", "network-coordinator", "lead", "lea", "late")
OTHERS_OF_B = ("bea", "kim", "bo")


# What is new in each answer: the time of day, when a calendar was made, a link, and the identifier of what was just
# written down.
STAMP = re.compile(rb"DTSTAMP:\w+|\b\d{1,2}[:.]\d{2}\b|einladung/[\w-]+")
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def everything(client: Desk, young: Young, own: Mate) -> dict[tuple[str, str], object]:
    """Every answer about somebody, also to what is sent; nothing that was sent stays."""
    found: dict[tuple[str, str], object] = {}
    for name, screen in SCREENS.items():
        url = address(name, own if screen.about_a_colleague else young)
        for method in ("GET", "POST"):
            if screen.answer(method) != 405 and name != "make-calendar-link":
                with undone():
                    found[name, method] = without_what_is_new(seen(ask(client, method, url, screen.body)[0], url))
    return found


def without_what_is_new(answer: tuple[int, bytes, dict[str, str]]) -> object:
    status, body, headers = answer
    return status, STAMP.sub(b"", body), headers | {"Location": IDENTIFIER.sub("", headers.get("Location", ""))}


@pytest.mark.parametrize("actor", [*OF_A, *OTHERS_OF_B])
def test_not_a_byte_tells_of_a_sealed_involvement(
    actor: str, cast: Cast, company: Company, record_property: Callable[[str, object], None]
) -> None:
    client = browser(cast, actor, company)
    client.get("/")
    young, mate = company.people["yonas"], mates(cast)[0]
    with undone():
        without = everything(client, young, mate)
    hide(young.id, company.gero, company.tess)
    with undone():
        with_it = everything(client, young, mate)
    assert [cell for cell in without if without[cell] != with_it[cell]] == []
    record_property("answers compared with and without a sealed involvement", len(without))


def test_it_is_there_all_the_same(cast: Cast, company: Company) -> None:
    """Guards the test above: the trauma coach opens a page that was closed to her, and much is written down."""
    client = browser(cast, "tess", company)
    young = company.people["yonas"]
    before = rows_of_every_table()
    assert client.get(address("person", young)).status_code == 404
    hide(young.id, company.gero, company.tess)
    assert client.get(address("person", young)).status_code == 200
    after = rows_of_every_table()
    assert len([table for table in before if before[table] != after[table]]) > 8
