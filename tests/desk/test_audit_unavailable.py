"""When the audit cannot be written, nothing is shown and nothing is done."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.company import Company
from tests.desk.addresses import ADMISSION, REACH, SCREENS, STANDS, address
from tests.desk.asking import row_counts, rows_of_every_table
from tests.desk.mates import colleague
from tests.desk.stands import stands
from tests.desk.test_reading_is_recorded import READINGS, SHOW_NOBODY, show
from tests.people import CANARY_A, DB, Cast, Desk, sign_in
from wegnetz.accounts.access import Role
from wegnetz.participants.models import Involvement

pytestmark = DB

# Kept while somebody types, or one's own wish: no event, and so nothing that could fail. A link nobody has is no act.
WITHOUT_AN_EVENT = {"theme", "act-as", "invitation", "draft", "reminders", "revoke-calendar-link"}
# Every letter Ilka sent was answered, so none is taken back. test_referrals has one that is.
WITHOUT_AN_EVENT |= {"withdraw-letter"}
# Everybody Ilka sees is led, so there is no lead to take. test_overview has one that is.
WITHOUT_AN_EVENT |= {"take-the-lead"}
# Nor is anybody there for whom nobody is responsible; below somebody is.
WITHOUT_AN_EVENT |= {"take-over"}
# Nothing was settled that a file could hold, and nothing has begun that could be. test_evenings has what was.
WITHOUT_AN_EVENT |= {"evidence-csv", "settle-now"}
# What Ilka can do, and to whom. The acts of a lead are in test_team.
SENT = [
    name
    for name, screen in SCREENS.items()
    if "POST" in screen.answers and ADMISSION["ilka"][screen.policy] == "in" and name not in WITHOUT_AN_EVENT
    if "ilka" in (screen.reach or REACH)
]


@pytest.fixture
def full_disk(company: Company) -> None:
    """The audit table takes no more rows, until the test is over."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER full_disk BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("name", READINGS)
def test_a_page_that_cannot_be_recorded_shows_nothing_and_says_why(name: str, ilka: Desk, cast: Cast) -> None:
    response = show(ilka, name, cast)
    body = response.content.decode().replace(f"Ilka {CANARY_A}", "").replace(f"Teilhabe A {CANARY_A}", "")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert response.headers["Cache-Control"] == "no-store"
    for word in (CANARY_A, "Yonas", cast.yonas.pseudonym, cast.lina.pseudonym, "Gestattung"):
        assert (word, word in body) == (word, False)


@pytest.mark.usefixtures("full_disk")
def test_a_search_that_cannot_be_recorded_finds_nobody(ilka: Desk, cast: Cast) -> None:
    response = ilka.post(address("people", cast.nobody), {"q": "lino"})
    assert (response.status_code, cast.lina.pseudonym in response.content.decode()) == (503, False)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("name", sorted(SHOW_NOBODY))
def test_pages_that_show_nobody_go_on_working(name: str, ilka: Desk, cast: Cast) -> None:
    assert ilka.get(address(name, cast.nobody)).status_code == 200


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("name", SENT)
def test_an_act_that_cannot_be_recorded_does_not_happen(name: str, ilka: Desk, company: Company) -> None:
    ilka.raise_request_exception = False
    rows, counts = rows_of_every_table(), row_counts()
    whose = (SCREENS[name].reach or REACH)["ilka"][0]
    response = ilka.post(address(name, company.people[whose]), SCREENS[name].body)
    assert response.status_code in {500, 503}
    # The key of someone whose registration failed stays behind: it opens nothing.
    key_left = {"vault_subjectkey": counts["vault_subjectkey"] + (name == "register")}
    assert row_counts() == counts | key_left
    after = rows_of_every_table()
    assert {table: after[table] == rows[table] for table in rows if table != "vault_subjectkey"} == {
        table: True for table in rows if table != "vault_subjectkey"
    }
    for word in ("Yonas", "Tesfay"):
        assert (word, word in response.content.decode()) == (word, False)


# What who steers can do in the directory, with an event each. Of "check-points" nothing is ticked here; below it is.
KEPT = [
    name
    for name, screen in SCREENS.items()
    if "POST" in screen.answers and screen.policy in {"directory", "whole-directory"}
    if name not in {"imports", "map-columns", "discard-import", "check-points", "directory-reminders"}
    and "steering" in (screen.reach or STANDS)
]


@pytest.mark.parametrize("name", KEPT)
def test_a_change_of_the_directory_that_cannot_be_recorded_does_not_happen(
    name: str, cast: Cast, company: Company, request: pytest.FixtureRequest
) -> None:
    steering = sign_in(colleague(cast, Role.STEERING))
    steering.raise_request_exception = False
    whose, body = stands(cast)["nobody's"], SCREENS[name].body
    if name == "take-over-import":
        shown = steering.get(address("import", whose)).content.decode()
        body = body | {"vorschau": shown.split('name="vorschau" value="', 1)[1].split('"', 1)[0]}
    request.getfixturevalue("full_disk")
    before = rows_of_every_table()
    response = steering.post(address(name, whose), body)
    assert (response.status_code in {500, 503}, rows_of_every_table() == before) == (True, True)


def test_confirming_many_that_cannot_be_recorded_does_not_happen(
    cast: Cast, company: Company, request: pytest.FixtureRequest
) -> None:
    steering, whose = sign_in(colleague(cast, Role.STEERING)), stands(cast)["nobody's"]
    steering.raise_request_exception = False
    request.getfixturevalue("full_disk")
    before = rows_of_every_table()
    response = steering.post(address("check-points", whose), {"point": str(whose.id)})
    assert (response.status_code in {500, 503}, rows_of_every_table() == before) == (True, True)


@pytest.mark.usefixtures("full_disk")
def test_taking_over_that_cannot_be_recorded_does_not_happen(ilka: Desk, cast: Cast) -> None:
    ilka.raise_request_exception = False
    mine = Involvement.objects.filter(person=cast.yonas.id)
    mine.update(responsible=None)
    response = ilka.post(address("take-over", cast.nobody), {"person": str(cast.yonas.id)})
    assert (response.status_code in {500, 503}, mine.get().responsible_id) == (True, None)
