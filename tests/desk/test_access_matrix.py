"""Every screen x method x actor x object, against the table in `addresses`.

Denied, an address answers exactly as if nobody of that id existed, and nothing is written. Fetched, it writes nothing
but the record of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie

import pytest
from django.apps import apps
from django.db import connections, transaction
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse

from tests.desk.addresses import ADMISSION, METHODS, OBJECTS, SCREENS, address, every_pattern
from tests.desk.mates import Mate, mates
from tests.people import DB, Account, Cast, Desk, Page, Young, sign_in
from wegnetz.desk.policies import LIBRARY_VIEWS, Policy

pytestmark = DB

# Written by reading and by signing in, and by nothing else here.
WRITTEN_BY_READING = {"audit_event", "audit_eventsubject", "django_session"}
TOKEN = re.compile(rb'name="(csrfmiddlewaretoken|made_for)" value="[^"]+"')
Record = Callable[[str, object], None]


def browser(cast: Cast, actor: str) -> Desk:
    account = account_of(cast, actor)
    return sign_in(account) if account else Desk()


def account_of(cast: Cast, actor: str) -> Account | None:
    if actor == "anonymous":
        return None
    named = {str(colleague.role): colleague for colleague in cast.colleagues}
    account: Account = named.get(actor) or getattr(cast, actor)
    return account


def objects_of(cast: Cast, actor: str, team: tuple[Mate, ...]) -> dict[bool, dict[str, Young | Mate]]:
    """Who is whose, among participants (True) and colleagues. Bea's own person is foreign to everybody else."""
    own, foreign = (cast.omar, cast.yonas) if actor == "bea" else (cast.yonas, cast.omar)
    people = (own, foreign, cast.erased, cast.nobody)
    return {True: dict(zip(OBJECTS, people, strict=True)), False: dict(zip(OBJECTS, team, strict=True))}


def row_counts() -> dict[str, int]:
    """Rows of every table but those written by reading."""
    found: dict[str, int] = {}
    for alias in ("default", "keystore"):
        tables = [
            model._meta.db_table
            for model in apps.get_models()
            if (alias == "keystore") == (model._meta.app_label == "vault")
        ]
        counted = [table for table in tables if table not in WRITTEN_BY_READING]
        query = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in counted)
        with connections[alias].cursor() as cursor:
            cursor.execute(query)
            found |= dict(cursor.fetchall())
    return found


def rows_of_every_table() -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, apart from what reading writes."""
    found = {}
    for model in apps.get_models():
        table = model._meta.db_table
        if table in WRITTEN_BY_READING:
            continue
        alias = "keystore" if model._meta.app_label == "vault" else "default"
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY {model._meta.pk.column}")
            found[table] = [
                tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
                for row in cursor.fetchall()
            ]
    return found


def send(client: Desk, method: str, url: str, body: dict[str, str]) -> tuple[Page, dict[str, int]]:
    """One request, and the rows it left. Its effects are undone and its cookies forgotten afterwards."""
    client.raise_request_exception = False
    cookies: SimpleCookie = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    points = {alias: transaction.savepoint(using=alias) for alias in ("default", "keystore")}
    data = body if method == "POST" else None
    response: Page = getattr(client, method.lower())(url, data)
    rows = row_counts()
    for alias, point in points.items():
        transaction.savepoint_rollback(point, using=alias)
    client.cookies = cookies
    return response, rows


def seen(response: Page, here: str) -> tuple[int, bytes, dict[str, str]]:
    """What a browser can tell apart, without what differs anyway: the token of the form and the address asked for."""
    body = TOKEN.sub(b"", response.content).replace(f'value="{here}"'.encode(), b"<here>")
    headers = {name: value.replace(f"next={here}", "<here>") for name, value in response.headers.items()}
    return response.status_code, body, headers


def expected_status(actor: str, name: str, method: str, who: str) -> int:
    screen = SCREENS[name]
    admitted = ADMISSION[actor][screen.policy]
    answer = screen.answer(method)
    if answer == 405:
        return 405
    if admitted in {"login", "second factor"}:
        return 302
    if admitted == "404" or (screen.about_somebody and who != "own"):
        return 404
    return answer


def expected_location(actor: str, name: str, url: str) -> str:
    if ADMISSION[actor][SCREENS[name].policy] == "login":
        return f"{reverse('account_login')}?next={url}"
    return reverse("mfa_index")


@pytest.mark.parametrize("actor", ADMISSION)
def test_each_actor_gets_what_the_table_says_and_no_more(actor: str, cast: Cast, record_property: Record) -> None:
    objects = objects_of(cast, actor, mates(cast))
    client = browser(cast, actor)
    before, rows_before = row_counts(), rows_of_every_table()
    cells = 0
    for name, screen in SCREENS.items():
        somebody = objects[screen.about_a_person] if screen.about_somebody else {"own": cast.nobody}
        missing = address(name, cast.nobody)
        for method in METHODS:
            like_nobody = seen(send(client, method, missing, screen.body)[0], missing)
            for who, whom in somebody.items():
                cell = (actor, name, method, who)
                url = address(name, whom)
                response, rows = send(client, method, url, screen.body)
                assert (cell, response.status_code) == (cell, expected_status(*cell))
                denied = ADMISSION[actor][screen.policy] != "in" or (screen.about_somebody and who != "own")
                if denied:
                    assert (cell, seen(response, url)) == (cell, like_nobody)
                if denied or method != "POST":
                    assert (cell, rows) == (cell, before)
                if denied and response.status_code == 302:
                    assert (cell, response.headers["Location"]) == (cell, expected_location(actor, name, url))
                cells += 1
    assert rows_of_every_table() == rows_before
    record_property("cells", cells)


@pytest.mark.parametrize("actor", [name for name, policy in ADMISSION.items() if policy["people"] == "404"])
def test_a_screen_for_others_looks_like_an_address_that_does_not_exist(actor: str, cast: Cast) -> None:
    client = browser(cast, actor)
    for name, screen in SCREENS.items():
        if ADMISSION[actor][screen.policy] != "404" or name == "start":
            continue
        url = address(name, cast.yonas)
        nowhere = f"/{'x' * (len(url) - 2)}/"  # as long, so that Content-Length can be compared too
        for method in screen.answers:
            found = seen(send(client, method, url, screen.body)[0], url)
            assert (name, found) == (name, seen(send(client, method, nowhere, screen.body)[0], nowhere))


def test_an_allowed_post_does_write(ilka: Desk, cast: Cast) -> None:
    """Guards the matrix: its row counts must be able to differ."""
    before = row_counts()
    _response, rows = send(ilka, "POST", address("decide", cast.yonas), SCREENS["decide"].body)
    assert rows == before | {"participants_storeddecision": before["participants_storeddecision"] + 1}


def undeclared(patterns: Iterable[tuple[str, URLPattern]]) -> list[str]:
    return [
        name
        for name, pattern in patterns
        if not isinstance(getattr(pattern.callback, "policy", None), Policy) and name not in LIBRARY_VIEWS
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
