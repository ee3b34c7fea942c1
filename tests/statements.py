"""Watch what goes to the databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections

FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True, slots=True)
class Statement:
    database: str
    sql: str

    @property
    def frames(self) -> bool:
        """Opens, orders or closes a transaction, and asks for nothing."""
        return self.sql.lstrip().upper().startswith(FRAME) or "pg_advisory_xact_lock" in self.sql


@contextmanager
def watched() -> Iterator[list[Statement]]:
    """Every statement on both databases while the block runs, in order."""
    seen: list[Statement] = []

    def watch(alias: str) -> Callable[..., Any]:
        def execute(run: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
            seen.append(Statement(alias, sql))
            return run(sql, params, many, context)

        return execute

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(watch(connection.alias)))
        yield seen


def asked(statements: list[Statement]) -> int:
    return sum(not statement.frames for statement in statements)
