"""Work that runs by itself, whatever the programme is."""

from __future__ import annotations

from django.db import connections
from django_tasks import task

# Of each index; https://sqlite.org/lang_analyze.html. With its usual 400 rows no value seems to have more than those,
# and all of an organisation's rows look as few as one person's. So many take less than a second in half a gigabyte.
ROWS_LOOKED_AT = 20_000


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
