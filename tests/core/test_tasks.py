"""Work that runs by itself, whatever the programme is."""

from __future__ import annotations

from django.db import connection

from tests.people import DB, Cast
from wegnetz.core.tasks import count_rows
from wegnetz.participants.models import Person

pytestmark = DB


def test_sqlite_knows_afterwards_how_its_tables_are_filled(cast: Cast) -> None:
    count_rows.call()
    if connection.vendor != "sqlite":  # the others do so by themselves, and the job leaves them alone
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT substr(stat, 1, instr(stat || ' ', ' ') - 1) FROM sqlite_stat1 WHERE tbl = %s",
                       [Person._meta.db_table])  # fmt: skip
        counted = {int(number) for (number,) in cursor.fetchall()}
    assert counted == {Person.objects.count()}
