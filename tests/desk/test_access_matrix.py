"""Every screen x method x actor x object, against the table in `addresses`.

Denied, an address answers exactly as if nobody of that id existed, and nothing is written. Fetched, it writes nothing
but the record of the reading.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse

from tests.company import Company
from tests.desk.addresses import (
    ADMISSION,
    METHODS,
    OF_A_PLACE,
    OF_A_TEAM,
    OF_THE_COMPANY,
    REACH,
    REACH_PERSONS,
    SCREENS,
    STANDS,
    Screen,
    Whom,
    address,
    every_pattern,
    parts_named,
)  # fmt: skip
from tests.desk.asking import ask, browser, row_counts, rows_of_every_table, seen, send, undone
from tests.desk.mates import mates
from tests.desk.stands import stands
from tests.people import DB, Cast, Desk
from wegnetz.core import public
from wegnetz.desk.policies import LIBRARY_VIEWS, Policy

pytestmark = DB

Record = Callable[[str, object], None]
EVERYBODY = ADMISSION | OF_THE_COMPANY
GROUPS = {
    "case managers": ("ilka", "gero", "bea", "carla"),
    "others who accompany": ("kim", "tess", "coach", "trauma-coach", "network-coordinator"),
    "leads": ("lea", "late", "lead", "bo"),
    "without people": ("workshop-host", "steering", "funding", "operator"),
    "outside": ("unprotected", "left", "deactivated", "anonymous"),
}


# Whom besides one's own a screen is asked about by somebody whose role has no business there or who accompanies nobody
# at all, and by other methods than those a page is read and sent by.
FEW = ("yonas", "mariam")
# The other methods are answered like GET or refused before a database is asked: one database is enough for them, and it
# is the one whose journeys are fewer.
ASKED = METHODS if "WEGNETZ_TEST_DATABASE" in os.environ else ("GET", "POST")


def objects_of(
    screen: Screen, name: str, company: Company, others: Mapping[str, Mapping[str, Whom]], *, few: tuple[str, ...] = ()
) -> dict[str, Whom]:
    """Whom the screen is asked about, by name; those who have the same address once."""
    if not screen.about_somebody:
        return {"": company.people["nobody"]}
    if few and (screen.about_a_person or screen.about_a_workshop):
        return {who: company.people[who] for who in few}
    whom: Mapping[str, Whom] = company.people
    if screen.about_a_colleague or screen.about_a_place:
        whom = others["stands" if screen.about_a_place else "team"]
    first: dict[str, str] = {}
    for who, each in whom.items():
        first.setdefault(address(name, each), who)
    return {who: whom[who] for who in first.values()}


def reached(screen: Screen, name: str, actor: str, company: Company) -> Iterator[str]:
    """Those the actor opens through the screen, one's own first."""
    if screen.about_a_colleague:
        yield from ["of B"] if actor == "bo" else ["of A"]
        return
    if screen.about_a_place:
        yield from (screen.reach or STANDS).get(actor, ())
        return
    alone = parts_named(name) == ("person_id",) or not any(part != "person_id" for part in uuids_of(name))
    reach = screen.reach or (REACH_PERSONS if alone else REACH)
    for own in reach.get(actor, ()):
        yield from (
            who for who, each in company.people.items() if address(name, each) == address(name, company.people[own])
        )


def uuids_of(name: str) -> list[str]:
    return [part for part in parts_named(name) if part.endswith("_id") and part != "fact_id"]


def expected(actor: str, screen: Screen, method: str, who: str, open_to: tuple[str, ...]) -> int | str:
    """The status; "admitted" where it is somebody else's way than one's own, and depends on how far that has come."""
    answer = screen.answer(method)
    admitted = EVERYBODY[actor][screen.policy]
    if answer == 405:
        return 405
    if admitted in {"login", "second factor"}:
        return 302
    if comes_back(screen, method, who, open_to):
        return 409 if answer == 302 else answer
    if admitted == "404" or (screen.about_somebody and who not in open_to):
        return 404
    return answer if who in ("", *open_to[:1]) else "admitted"


def comes_back(screen: Screen, method: str, who: str, open_to: tuple[str, ...]) -> bool:
    """Whether it was deleted while somebody typed who may see it: nothing is saved yet, and nothing typed is lost."""
    return screen.restores and method == "POST" and who == "yonas put away" and "yonas" in open_to


def expected_location(actor: str, name: str, url: str) -> str:
    if EVERYBODY[actor][SCREENS[name].policy] == "login":
        return f"{reverse('account_login')}?next={url}"
    return reverse("mfa_index")


class Matrix:
    """All cells of one actor."""

    def __init__(self, actor: str, cast: Cast, company: Company, others: Mapping[str, Mapping[str, Whom]]) -> None:
        self.actor, self.cast, self.company, self.others = actor, cast, company, others
        self.client = browser(cast, actor, company)
        self.client.get("/")  # the session remembers that it is in use, once in five minutes
        self.cells = 0

    def walk(self) -> None:
        for name, screen in SCREENS.items():
            open_to = tuple(dict.fromkeys(reached(screen, name, self.actor, self.company)))
            missing = address(name, self.cast.nobody)
            has_business = EVERYBODY[self.actor][screen.policy] == "in" and self.actor in REACH
            for method in ASKED:
                few = () if has_business and method in {"GET", "POST"} else (*open_to[:1], *FEW)
                objects = objects_of(screen, name, self.company, self.others, few=few)
                with undone() if not screen.about_somebody else nullcontext():
                    like_nobody = seen(ask(self.client, method, missing, screen.body)[0], missing)
                for who, whom in objects.items():
                    self.compare((name, method, who), address(name, whom), open_to, like_nobody)
                    self.cells += 1

    def compare(
        self, cell: tuple[str, str, str], url: str, open_to: tuple[str, ...], like_nobody: tuple[object, ...]
    ) -> None:
        name, method, who = cell
        screen = SCREENS[name]
        status = expected(self.actor, screen, method, who, open_to)
        elsewhere = screen.about_somebody and who not in open_to and not comes_back(screen, method, who, open_to)
        denied = EVERYBODY[self.actor][screen.policy] != "in" or elsewhere
        # What must not write is not undone either: it would be found in the end.
        with undone() if method == "POST" and not denied else nullcontext():
            response, written = ask(self.client, method, url, screen.body)
        found: int | str = response.status_code
        if status == "admitted" and found not in {403, 404, 405, 500, 503}:
            found = "admitted"
        assert (self.actor, cell, found) == (self.actor, cell, status)
        if denied:
            assert (self.actor, cell, seen(response, url)) == (self.actor, cell, like_nobody)
        if denied or method != "POST":
            assert (self.actor, cell, written) == (self.actor, cell, set())
        if denied and status == 302:
            location = expected_location(self.actor, name, url)
            assert (self.actor, cell, response.headers["Location"]) == (self.actor, cell, location)


def test_every_actor_is_in_a_group() -> None:
    assert sorted(actor for group in GROUPS.values() for actor in group) == sorted(EVERYBODY)


@pytest.mark.parametrize("group", GROUPS)
def test_each_actor_gets_what_the_table_says_and_no_more(
    group: str, cast: Cast, company: Company, record_property: Record, caplog: pytest.LogCaptureFixture
) -> None:
    # Each refusal is logged with the whole request, and what is logged is kept until the end of the test.
    caplog.set_level("CRITICAL", "django.request")
    team = dict(zip(("of A", "of B", "who left", "nobody"), mates(cast), strict=True))
    others: Mapping[str, Mapping[str, Whom]] = {"team": team, "stands": stands(cast)}
    matrices = [Matrix(actor, cast, company, others) for actor in GROUPS[group]]
    before = rows_of_every_table()
    for matrix in matrices:
        matrix.walk()
    after = rows_of_every_table()
    assert [table for table in before if after[table] != before[table]] == []
    record_property("cells", sum(matrix.cells for matrix in matrices))


def as_long_as(url: str) -> str:
    """An address that does not exist in the same section, which the menu shows, and as long: so is the answer."""
    _, section, rest = url.split("/", 2)
    return f"/{section}/{'x' * (len(rest) - 1)}/" if rest else f"/{'x' * len(section)}/"


@pytest.mark.parametrize("actor", [name for name, policy in ADMISSION.items() if "404" in policy.values()])
def test_a_screen_for_others_looks_like_an_address_that_does_not_exist(actor: str, cast: Cast) -> None:
    client = browser(cast, actor)
    for name, screen in SCREENS.items():
        if ADMISSION[actor][screen.policy] != "404" or name == "start":
            continue
        url = address(name, cast.yonas)
        nowhere = as_long_as(url)
        for method in screen.answers:
            found = seen(send(client, method, url, screen.body)[0], url)
            assert (name, found) == (name, seen(send(client, method, nowhere, screen.body)[0], nowhere))


def test_an_allowed_post_does_write(ilka: Desk, cast: Cast) -> None:
    """Guards the matrix: what it watches must be able to differ."""
    before = row_counts()
    url, body = address("decide", cast.yonas), SCREENS["decide"].body
    _response, rows = send(ilka, "POST", url, body)
    assert rows == before | {"participants_storeddecision": before["participants_storeddecision"] + 1}
    assert ask(ilka, "POST", url, body)[1] == {"participants_storeddecision"}


def undeclared(patterns: Iterable[tuple[str, URLPattern]]) -> list[str]:
    return [
        name
        for name, pattern in patterns
        if not isinstance(getattr(pattern.callback, "policy", None), Policy | public.Policy)
        and name not in LIBRARY_VIEWS
    ]


def test_every_view_declares_who_may_open_it() -> None:
    assert undeclared(every_pattern()) == []


def test_a_view_that_declares_nothing_is_found() -> None:
    forgotten = path("vergessen/", lambda request: HttpResponse(), name="forgotten")
    assert undeclared([("desk:forgotten", forgotten)]) == ["desk:forgotten"]


def test_every_screen_stands_in_the_table_with_the_policy_it_declares() -> None:
    declared = {
        name.removeprefix("desk:"): getattr(pattern.callback, "policy", None)
        for name, pattern in every_pattern()
        if name.startswith("desk:")
    }
    assert declared == {name: Policy(screen.policy) for name, screen in SCREENS.items()}


def test_every_screen_says_whether_its_address_names_a_person_a_colleague_a_place_or_a_date() -> None:
    named = {name: set(uuids_of(name)) for name in SCREENS}
    kinds = {
        name: (screen.about_a_person, screen.about_a_colleague, screen.about_a_place, screen.about_a_workshop)
        for name, screen in SCREENS.items()
    }
    of_a_workshop = {"date_id", "workshop_id"}
    of_others = {*OF_A_TEAM, *OF_A_PLACE, *of_a_workshop}
    assert kinds == {
        name: tuple(
            map(bool, (parts - of_others, parts & set(OF_A_TEAM), parts & set(OF_A_PLACE), parts & of_a_workshop))
        )
        for name, parts in named.items()
    }
