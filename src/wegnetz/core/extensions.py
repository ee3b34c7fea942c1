"""What PostgreSQL has to bring along beyond itself."""

from __future__ import annotations

from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wegnetz.core.errors import DomainError

NOT_LATIN: Final = "مشورة"


class ExtensionMissingError(DomainError):
    """The login may not create an extension. The argument is what a superuser has to run."""


def ensure_extension(connection: BaseDatabaseWrapper, name: str) -> None:
    """Raises ExtensionMissingError."""
    statement = f"CREATE EXTENSION IF NOT EXISTS {name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [name])
        if cursor.fetchone():
            return
        # Who may create anything in the database may create an extension that is trusted, from PostgreSQL 13 on.
        cursor.execute("SELECT has_database_privilege(current_database(), 'CREATE')")
        if not cursor.fetchone()[0]:
            raise ExtensionMissingError(statement)
        cursor.execute(statement)


def knows_all_letters() -> bool:
    """Whether pg_trgm sees letters beyond A to Z: not in a database whose locale is plain "C"."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm(%s)) > 0", [NOT_LATIN])
        return bool(cursor.fetchone()[0])
