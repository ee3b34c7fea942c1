"""Work that runs by itself, whatever the programme is."""

from __future__ import annotations

from django.db import connections
from django_tasks import task

# So many rows of each index tell enough; https://sqlite.org/lang_analyze.html calls it approximate.
ROWS_LOOKED_AT = 400


@task()
def count_rows() -> None:
    """Have SQLite see anew how its tables are filled, without which it goes the long way through large ones.

    PostgreSQL does so by itself.
    """
    for connection in connections.all():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
                cursor.execute("ANALYZE")
