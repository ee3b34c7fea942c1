"""For whom the database is asked. On PostgreSQL every transaction says it first, and the database itself keeps to it.

A request is a row of transactions on one connection. Each begins with `SET LOCAL`: the role that owns nothing, and
the organisation that asks. What is set so ends with the transaction, so nothing is left behind for the next user of
a pooled connection. SQLite has no such thing: there the scope is known to the code only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

# Neither owns a table nor may log in. The first sees what the policies let it see; the second is for work that
# concerns everybody (retention, replaying decisions, commands) and sees all rows.
APP_ROLE: Final = "wegnetz_app"
SYSTEM_ROLE: Final = "wegnetz_system"


@dataclass(frozen=True, slots=True)
class Scope:
    """A database role, and the organisation it asks for; without one, no row about a person is seen."""

    role: str = APP_ROLE
    organisation: UUID | None = None


NOBODY: Final = Scope()
EVERYTHING: Final = Scope(SYSTEM_ROLE)

_current: ContextVar[Scope | None] = ContextVar("scope", default=None)
_only_read: ContextVar[bool] = ContextVar("only_read", default=False)


def _words(scope: Scope | None, *, only_read: bool = False) -> str:
    """What a transaction begins with. All parts are constants or the digits of an identifier.

    Policies make short queries look long to PostgreSQL, which would then spend a second on compiling them.
    """
    organisation = str(scope.organisation) if scope and scope.organisation else ""
    parts = [
        f"SET LOCAL ROLE {scope.role if scope else 'NONE'}", f"SET LOCAL wegnetz.organisation = '{organisation}'",
        "SET LOCAL jit = off",
    ]  # fmt: skip
    return "; ".join(["SET TRANSACTION READ ONLY"] * only_read + parts)


def _say(connection: BaseDatabaseWrapper, words: str) -> None:
    """Past Django's cursors: this is no query of the page."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.execute(words)


def _begin(connection: BaseDatabaseWrapper) -> None:
    connection.set_autocommit(False)
    _say(connection, _words(_current.get(), only_read=_only_read.get()))


@contextmanager
def acting_as(scope: Scope) -> Iterator[None]:
    """Ask the main database for `scope` while the block runs, in transactions that say so."""
    connection = connections["default"]
    before = _current.get()
    token = _current.set(scope)
    try:
        if connection.vendor != "postgresql":
            yield
        elif connection.in_atomic_block or not connection.get_autocommit():
            with _said_within(connection, scope, before):
                yield
        else:
            with _transactions(connection):
                yield
    finally:
        _current.reset(token)


@contextmanager
def _transactions(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Open the first of the block's transactions and end the last: kept, or undone after an error."""
    _begin(connection)
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    else:
        connection.commit()
    finally:
        connection.set_autocommit(True)


@contextmanager
def _said_within(connection: BaseDatabaseWrapper, scope: Scope, before: Scope | None) -> Iterator[None]:
    """Inside a transaction that is already open: say it, and take it back afterwards."""
    _say(connection, f"SAVEPOINT scope; {_words(scope)}")
    try:
        yield
    finally:
        if connection.connection.info.transaction_status is TransactionStatus.INERROR:
            _say(connection, "ROLLBACK TO SAVEPOINT scope")
        _say(connection, f"{_words(before)}; RELEASE SAVEPOINT scope")


@contextmanager
def only_read() -> Iterator[None]:
    """Have PostgreSQL refuse writes in every transaction that begins within the block."""
    token = _only_read.set(True)
    try:
        yield
    finally:
        _only_read.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """A transaction of its own in the middle of a request, which may write. It is committed at the end of the block.

    For the record of a reading, which must be there before anything is shown. What the request did before is
    committed first; in a page that reads, that is nothing.
    """
    connection = connections["default"]
    if connection.vendor != "postgresql" or connection.in_atomic_block or connection.get_autocommit():
        yield
        return
    connection.commit()
    token = _only_read.set(False)
    try:
        _begin(connection)
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        _only_read.reset(token)
        _begin(connection)
