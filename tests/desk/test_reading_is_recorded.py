"""Looking leaves a trace: every page that shows a person wrote, and committed, who was shown, before it opened them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoDbBlocker

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.company import Company
from tests.desk.addresses import NOBODYS, REACH, REGISTER, SCREENS, address
from tests.people import DAY, DB, Cast, Desk, Page, sign_in
from tests.statements import Statement, watched
from wegnetz.accounts.models import User
from wegnetz.audit.models import Event
from wegnetz.core.reading import WriteWhileReadingError
from wegnetz.desk.guard import screen
from wegnetz.desk.policies import Policy

WITH_STEPS = "name, eligibility, plan"
OVERVIEW = "plan, assessment, journal, involvement, referral"
ON_PAGE = "name, contact, facts"
WITH_DECISIONS = f"{ON_PAGE}, decisions"

# What each page records: action, category, purpose, and the names in the cast of those shown. "blocks" and the like
# are shown about Yonas.
READINGS: dict[str, list[tuple[str, str, str, list[str]]]] = {
    "start": [("list", "name, plan, appointments", "start page", ["yonas", "lina"])],
    "people": [("list", WITH_STEPS, "people list", ["yonas", "lina"])],
    "people-csv": [("export", WITH_STEPS, "people list as a file", ["yonas", "lina"])],
    "person": [("view", f"{WITH_DECISIONS}, {OVERVIEW}", "person page", ["yonas"])],
    "plan": [("view", f"{ON_PAGE}, plan", "plan", ["yonas"])],
    "begin-plan": [("view", f"{ON_PAGE}, plan", "begin a plan", ["yonas"])],
    "remind": [("view", f"{ON_PAGE}, plan, involvement", "change the plan", ["yonas"])],
    "assessments": [("view", f"{ON_PAGE}, assessment", "assessment", ["yonas"])],
    "take-assessment": [("view", ON_PAGE, "take an assessment", ["yonas"])],
    "contact": [("view", ON_PAGE, "change name and contact", ["yonas"])],
    "fact": [("view", ON_PAGE, "record an answer", ["yonas"])],
    "blocks": [("view", WITH_DECISIONS, "building blocks", ["yonas"])],
    "decision": [("view", WITH_DECISIONS, "stored decision", ["yonas"])],
    "single-case": [("view", WITH_DECISIONS, "single case", ["yonas"])],
}
SHOW_NOBODY = {"register", "programme", "help-log", "help-accessibility", "workshops", "new-workshop"}
# Beside the person they name others: `test_workshops` looks at whom they record.
NAMES_OTHERS = {"workshops-of"}

# Of these somebody has written something: that they name whom they show, and nobody else, is tried for each.
ABOUT_SOMEBODY = [
    name
    for name, entry in SCREENS.items()
    if entry.answers.get("GET") == 200 and entry.about_a_person and entry.policy != "team"
    if name not in {*READINGS, *NAMES_OTHERS} and entry.reach != NOBODYS
]
# Lists, and a link that is shown once, have tests of their own beside their areas; these answer with no page about
# anybody.
LISTS = {"week", "cohort", "calendar-file", "letters-in", "letters-out", "retention", "asked-glasses", "calendar-feed"}
# No names, or those of a whole list, which the tests of workshops look at.
LISTS |= {"evening-link", "sign-in-sheet", "settle-evening", "evidence", "evidence-csv", "quiet"}
LISTS |= {"workshop-date", "invite-to-workshop"}
# A workshop and its times are about nobody.
NO_NAMES = {"workshop", "change-workshop", "workshop-words", "move-workshop-date", "make-map-link"}
NO_PAGES = {"calendar", "draft", "invitation", "act-as", "make-calendar-link", "follow-up"}


def expected(cast: Cast, name: str) -> list[Recorded]:
    return [
        Recorded(action, category, purpose, frozenset(getattr(cast, who).id for who in shown))
        for action, category, purpose, shown in READINGS.get(name, [])
    ]


def show(client: Desk, name: str, cast: Cast, method: str = "get") -> Page:
    """The page as a browser asks for it: the file is sent for with a button."""
    if name == "people-csv":
        method = "post"
    response: Page = getattr(client, method)(address(name, cast.yonas))
    return response


def unwraps(statement: Statement) -> bool:
    return statement.database == "keystore" and '"wrapped"' in statement.sql


@DB
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", [*READINGS, *sorted(SHOW_NOBODY)])
def test_a_page_records_exactly_whom_it_shows(name: str, method: str, ilka: Desk, cast: Cast) -> None:
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    assert show(ilka, name, cast, method).status_code == 200
    assert recorded_since(organisation, before) == expected(cast, name)


def test_every_page_is_known_to_show_somebody_or_nobody() -> None:
    of_nobody = {"team", "directory", "whole-directory"}  # colleagues, and places
    shown = {name for name, entry in SCREENS.items() if 200 in entry.answers.values() and entry.policy not in of_nobody}
    known = {*READINGS, *SHOW_NOBODY, *ABOUT_SOMEBODY, *NAMES_OTHERS, *LISTS, *NO_NAMES, *NO_PAGES}
    assert shown - known == set()


@DB
@pytest.mark.parametrize("name", ABOUT_SOMEBODY)
def test_a_page_about_somebody_records_them_and_nobody_else(name: str, cast: Cast, company: Company) -> None:
    actor, (whose, *_) = next(iter((SCREENS[name].reach or REACH).items()))
    account = getattr(cast, actor, None) or getattr(company, actor)
    client, young, organisation = sign_in(account), company.people[whose], account.viewer.organisation
    before = last_place(organisation)
    assert client.get(address(name, young)).status_code == 200
    shown = recorded_since(organisation, before)
    assert (len(shown) > 0, frozenset().union(*(event.subjects for event in shown))) == (True, frozenset([young.id]))


@DB
@pytest.mark.parametrize("name", READINGS)
def test_no_key_is_fetched_before_the_reading_is_recorded(name: str, ilka: Desk, cast: Cast) -> None:
    with watched() as statements:
        show(ilka, name, cast)
    recorded = [at for at, entry in enumerate(statements) if entry.sql.startswith('INSERT INTO "audit_eventsubject"')]
    ended = [at for at, entry in enumerate(statements) if entry.sql.startswith("RELEASE") and at > recorded[-1]]
    fetched = [at for at, entry in enumerate(statements) if unwraps(entry)]
    assert recorded[0] < ended[0] < fetched[0]


@DB
def test_a_search_is_recorded_before_the_names_are_opened(ilka: Desk, cast: Cast) -> None:
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    with watched() as statements:
        assert ilka.post(address("people", cast.yonas), {"q": "lino"}).status_code == 200
    shown = Recorded("list", WITH_STEPS, "people search", frozenset([cast.lina.id]))
    assert recorded_since(organisation, before) == [Recorded("search", "name", "people search", frozenset()), shown]
    recorded = [at for at, entry in enumerate(statements) if entry.sql.startswith('INSERT INTO "audit_event"')]
    assert recorded[0] < next(at for at, entry in enumerate(statements) if unwraps(entry))


@DB
def test_only_the_people_on_the_page_are_named(ilka: Desk, cast: Cast) -> None:
    for number in range(30):
        body = REGISTER | {"called": f"Person {number}"}
        assert ilka.post(address("register", cast.nobody), body).status_code == 302
    organisation = cast.ilka.viewer.organisation
    shown = []
    for page in ("1", "2"):
        before = last_place(organisation)
        ilka.get(f"{address('people', cast.nobody)}?page={page}")
        shown.append(recorded_since(organisation, before)[0].subjects)
    # The erased person still takes a place in the list, empty.
    assert (len(shown[0]) + len(shown[1]), shown[0] & shown[1]) == (32, frozenset())
    assert cast.erased.id not in shown[0] | shown[1]


@DB
def test_what_is_out_of_scope_records_nothing_and_who_is_erased_only_the_attempt(ilka: Desk, cast: Cast) -> None:
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    for young in (cast.omar, cast.nobody):
        assert ilka.get(address("person", young)).status_code == 404
    assert recorded_since(organisation, before) == []
    assert ilka.get(address("person", cast.erased)).status_code == 404
    assert [event.action for event in recorded_since(organisation, before)] == ["view"]


@DB
def test_an_event_says_who_looked_in_which_role(ilka: Desk, cast: Cast) -> None:
    ilka.get(address("person", cast.yonas))
    viewer = cast.ilka.viewer
    event = Event.objects.filter(organisation=viewer.organisation).latest("sequence")
    assert (event.actor, event.actor_role) == (viewer.user, "case-manager")


@DB
def test_a_page_that_writes_while_it_is_fetched_is_stopped(cast: Cast) -> None:
    @screen(Policy.PUBLIC, "GET", "POST")
    def renames(request: HttpRequest) -> HttpResponse:
        User.objects.filter(id=cast.ilka.user).update(name="Other")
        return HttpResponse("done")

    def ask(method: str) -> HttpResponse:
        request = getattr(RequestFactory(), method)("/")
        request.user = AnonymousUser()
        return renames(request)

    for method in ("get", "head"):
        with pytest.raises(WriteWhileReadingError), transaction.atomic():
            ask(method)
    assert User.objects.get(id=cast.ilka.user).name != "Other"
    assert ask("post").content == b"done"


def test_the_event_is_committed_before_the_keystore_is_asked_for_a_key(
    cast: Cast, django_db_blocker: DjangoDbBlocker
) -> None:
    """Seen from a connection of its own, at the very moment the key is fetched. The event stays: the audit grows."""
    visible: list[int] = []
    with django_db_blocker.unblock():
        organisation = cast.ilka.viewer.organisation
        before = last_place(organisation)

        def look() -> None:
            visible.append(Event.objects.filter(organisation=organisation, sequence__gt=before).count())
            connections.close_all()

        def watch(run: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
            if '"wrapped"' in sql:
                thread = Thread(target=look)
                thread.start()
                thread.join()
            return run(sql, params, many, context)

        client = sign_in(cast.ilka)
        with connections["keystore"].execute_wrapper(watch):
            assert client.get(f"{address('blocks', cast.yonas)}?on={DAY}").status_code == 200
        client.session.flush()
    assert visible == [1]
