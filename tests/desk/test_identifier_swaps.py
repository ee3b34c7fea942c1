"""Every identifier in every address and body exchanged for one of somebody else: nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from uuid import UUID

import pytest
from django.urls import reverse

from tests.company import Company
from tests.desk.addresses import SCREENS, address, parts_of
from tests.desk.asking import ask, browser, rows_of_every_table, send
from tests.people import DB, Cast, Young
from wegnetz.participants.models import Person

pytestmark = DB

SENT = [name for name, screen in SCREENS.items() if "POST" in screen.answers and screen.about_a_person]


def about_a_person_alone(name: str, young: Young) -> bool:
    """Lina is in Ilka's scope, so such an address is hers to use; the others name a thing that Lina has not."""
    return [part for part, value in parts_of(name, young).items() if isinstance(value, UUID)] == ["person_id"]


def others(cast: Cast, actor: str) -> dict[str, Young]:
    return {
        "foreign": cast.yonas if actor == "bea" else cast.omar,
        "erased": cast.erased,
        "nobody": cast.nobody,
        "of the same": cast.lina,
    }


def swaps(name: str, own: Young, other: Young) -> Iterator[str]:
    """The address with each choice of its identifiers exchanged."""
    mine, theirs = parts_of(name, own), parts_of(name, other)
    identifiers = [key for key, value in mine.items() if isinstance(value, UUID)]
    for number in range(1, len(identifiers) + 1):
        for chosen in combinations(identifiers, number):
            yield reverse(f"desk:{name}", kwargs=mine | {key: theirs[key] for key in chosen})


@pytest.mark.parametrize("actor", ["ilka", "bea"])
def test_an_exchanged_identifier_in_an_address_finds_nothing_and_changes_nothing(
    actor: str, cast: Cast, company: Company, record_property: Callable[[str, object], None]
) -> None:
    client = browser(cast, actor)
    own = company.people["omar" if actor == "bea" else "yonas"]
    before = rows_of_every_table()
    tried = 0
    for whose, other in others(cast, actor).items():
        for name in SENT:
            for url in swaps(name, own, other):
                if whose == "of the same" and actor == "ilka" and about_a_person_alone(name, own):
                    continue
                for method in ("POST", "GET"):
                    response, written = ask(client, method, url, SCREENS[name].body)
                    expected = 404 if method == "POST" or "GET" in SCREENS[name].answers else 405
                    found = (response.status_code, written)
                    assert (whose, url, method, found) == (whose, url, method, (expected, set()))
                    tried += 1
    assert rows_of_every_table() == before
    record_property("identifier swaps", tried)


FIELDS = ["person", "person_id", "id", "pk", "uuid", "organisation", "organisation_id", "case_manager",
          "case_manager_id", "registered_by_id", "decision", "decision_id", "record", "record_id", "user", "by",
          "pseudonym", "fact", "fact_id", "pack", "pack_id"]  # fmt: skip


@pytest.mark.parametrize("name", [*SENT, "register", "people", "take-over", "theme"])
def test_identifiers_of_others_in_a_body_are_not_listened_to(
    name: str, cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    """Nothing of B changes, and what changes of A stays A's."""
    client = browser(cast, "ilka")
    url = address(name, cast.yonas)
    belongs = dict(Person.objects.values_list("id", "organisation"))
    of_b = [cast.omar.id, cast.omar.decision, cast.omar.record, cast.bea.user, cast.bea.viewer.organisation]
    before = rows_about(of_b)
    plain, _rows = send(client, "POST", url, SCREENS[name].body)
    tried = 0
    for identifier in of_b:
        response = client.post(url, SCREENS[name].body | dict.fromkeys(FIELDS, str(identifier)))
        # What ended with the first of them answers the others with its page.
        assert response.status_code in {plain.status_code, 200, 404, 409}
        assert rows_about(of_b) == before
        tried += len(FIELDS)
    now = dict(Person.objects.values_list("id", "organisation"))
    assert {person: now[person] for person in belongs} == belongs
    assert {now[person] for person in set(now) - set(belongs)} <= {cast.ilka.viewer.organisation}
    record_property("identifier swaps", tried)


def as_id(cell: object) -> object:
    """SQLite keeps an identifier as its 32 digits."""
    if isinstance(cell, UUID):
        return cell.hex
    return cell if isinstance(cell, str) else repr(cell)


def rows_about(identifiers: list[UUID]) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table that hold one of the identifiers."""
    wanted = set(map(as_id, identifiers))
    found = {
        name: [row for row in rows if wanted & set(map(as_id, row))] for name, rows in rows_of_every_table().items()
    }
    return {name: rows for name, rows in found.items() if rows}


def test_the_search_for_rows_of_b_finds_them(cast: Cast) -> None:
    """Guards the test above."""
    assert {name: len(rows) for name, rows in rows_about([cast.omar.id]).items()} == {
        "participants_person": 1,
        "participants_consent": 1,
        "participants_involvement": 1,
        "participants_factrecord": 11,
        "participants_storeddecision": 2,
        "vault_subjectkey": 1,
    }
