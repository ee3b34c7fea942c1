"""Ask as somebody, and find out what that wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.apps import apps
from django.db import connections, transaction

from tests.company import Company
from tests.people import Account, Cast, Desk, Page, sign_in
from tests.statements import watched

# Written by reading and by signing in, and by nothing else here.
WRITTEN_BY_READING = {"audit_event", "audit_eventsubject", "django_session"}
TOKEN = re.compile(rb'name="(csrfmiddlewaretoken|made_for|window)" value="[^"]+"')
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO|TRUNCATE) +"?(\w+)', re.IGNORECASE)


def browser(cast: Cast, actor: str, company: Company | None = None) -> Desk:
    account = account_of(cast, actor, company)
    return sign_in(account) if account else Desk()


def account_of(cast: Cast, actor: str, company: Company | None = None) -> Account | None:
    if actor == "anonymous":
        return None
    named = {str(colleague.role): colleague for colleague in cast.colleagues}
    account: Account = named.get(actor) or getattr(cast, actor, None) or getattr(company, actor)
    return account


def tables() -> Iterator[tuple[str, str, str]]:
    """Database, table and key of everything that is stored, apart from what reading writes."""
    for model in apps.get_models():
        if model._meta.db_table not in WRITTEN_BY_READING:
            alias = "keystore" if model._meta.app_label == "vault" else "default"
            yield alias, model._meta.db_table, str(model._meta.pk.column)


def row_counts() -> dict[str, int]:
    """Rows of every table but those written by reading."""
    found: dict[str, int] = {}
    for database in ("default", "keystore"):
        counted = [table for alias, table, _key in tables() if alias == database]
        query = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in counted)
        with connections[database].cursor() as cursor:
            cursor.execute(query)
            found |= dict(cursor.fetchall())
    return found


def rows_of_every_table() -> dict[str, list[tuple[object, ...]]]:
    """All that is stored, apart from what reading writes."""
    found = {}
    for alias, table, key in tables():
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
            found[table] = [
                tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
                for row in cursor.fetchall()
            ]
    return found


@contextmanager
def writing() -> Iterator[set[str]]:
    """The tables to which something was written while the block ran, also what was undone; not what reading writes."""
    written: set[str] = set()
    with watched() as statements:
        yield written
    found = (WRITES.match(statement.sql) for statement in statements)
    written.update({match[1] for match in found if match} - WRITTEN_BY_READING)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block writes."""
    points = {alias: transaction.savepoint(using=alias) for alias in ("default", "keystore")}
    yield
    for alias, point in points.items():
        transaction.savepoint_rollback(point, using=alias)


def ask(client: Desk, method: str, url: str, body: dict[str, str]) -> tuple[Page, set[str]]:
    """One request and the tables it wrote to. What it wrote stays; the cookies it set are forgotten."""
    client.raise_request_exception = False
    cookies: SimpleCookie = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    with writing() as written:
        response: Page = getattr(client, method.lower())(url, body if method == "POST" else None)
    client.cookies = cookies
    return response, written


def send(client: Desk, method: str, url: str, body: dict[str, str]) -> tuple[Page, dict[str, int]]:
    """One request, and the rows it left. Its effects are undone and its cookies forgotten afterwards."""
    with undone():
        response, _written = ask(client, method, url, body)
        rows = row_counts()
    return response, rows


def seen(response: Page, here: str) -> tuple[int, bytes, dict[str, str]]:
    """What a browser can tell apart, without what differs anyway: the token of the form and the address asked for."""
    body = TOKEN.sub(b"", response.content).replace(f'value="{here}"'.encode(), b"<here>")
    headers = {name: value.replace(f"next={here}", "<here>") for name, value in response.headers.items()}
    return response.status_code, body, headers
