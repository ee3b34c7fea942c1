"""A page that is fetched may read, never write. Only the record of the reading itself is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections

_READS = re.compile(r"\s*(SELECT|WITH|EXPLAIN|PRAGMA|SHOW)\b", re.IGNORECASE)
_recording: ContextVar[bool] = ContextVar("recording", default=False)


class WriteWhileReadingError(AssertionError):
    """A view that answers GET tried to write. The statement is named without its values."""


def _guard(execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:  # noqa: FBT001  Django's signature
    if not _recording.get() and not _READS.match(sql):
        raise WriteWhileReadingError(sql.split("(", maxsplit=1)[0][:60])
    return execute(sql, params, many, context)


@contextmanager
def only_reading() -> Iterator[None]:
    """Refuse every statement but reads on all databases while the block runs."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_guard))
        yield


@contextmanager
def recording() -> Iterator[None]:
    """Let the audit write its event inside a page that only reads. For `wegnetz.audit` alone."""
    token = _recording.set(True)
    try:
        yield
    finally:
        _recording.reset(token)
