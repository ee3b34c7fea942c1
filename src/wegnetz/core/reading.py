"""A page that is fetched may read, never write. Only the record of the reading itself is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wegnetz.core import scope

_READS = ("SELECT", "WITH")
_recording: ContextVar[bool] = ContextVar("recording", default=False)


class WriteWhileReadingError(AssertionError):
    """A view that answers GET tried to write. The statement is named without its values."""


def _guard(execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:  # noqa: FBT001  Django's signature
    if not _recording.get() and not sql.lstrip().upper().startswith(_READS):
        raise WriteWhileReadingError(sql.split("(", maxsplit=1)[0][:60])
    return execute(sql, params, many, context)


# What a statement does is not always in its first word (WITH ... DELETE), so the database is told as well: SQLite
# here, the transactions of PostgreSQL's main database by their scope.
_SWITCH = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}


def _switch(connection: BaseDatabaseWrapper, *, only_read: bool) -> None:
    """Past Django's own bookkeeping, which refuses to speak after an error."""
    connection.ensure_connection()
    statement = _SWITCH[connection.vendor][0 if only_read else 1]
    try:
        with connection.wrap_database_errors:
            connection.connection.execute(statement)
    except DatabaseError:
        # PostgreSQL hears nothing inside a failed transaction; its end takes the setting back.
        if not connection.in_atomic_block:
            connection.close()


def _is_told_by_scope(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "postgresql" and connection.alias == "default"


@contextmanager
def only_reading() -> Iterator[None]:
    """Refuse every statement but reads on all databases while the block runs. Scopes are entered within it."""
    with ExitStack() as stack:
        stack.enter_context(scope.only_read())
        for connection in connections.all():
            if not _is_told_by_scope(connection):
                _switch(connection, only_read=True)
                stack.callback(_switch, connection, only_read=False)
            stack.enter_context(connection.execute_wrapper(_guard))
        yield


@contextmanager
def recording() -> Iterator[None]:
    """Let the audit write its event inside a page that only reads. For `wegnetz.audit` alone."""
    connection = connections["default"]
    switched = connection.vendor == "sqlite" and any(wrapper is _guard for wrapper in connection.execute_wrappers)
    token = _recording.set(True)
    try:
        if switched:
            _switch(connection, only_read=False)
        with scope.apart():
            yield
    finally:
        if switched:
            _switch(connection, only_read=True)
        _recording.reset(token)
