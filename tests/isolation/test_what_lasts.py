"""What was written stays what it was, and what was taken back stays taken back, for whoever runs SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.company import Company
from tests.isolation.raw import attempt, key_of, parameter, rows
from tests.people import DB
from wegnetz.config.isolation import GUARDED, LASTING
from wegnetz.core.isolation import Lasting
from wegnetz.core.scope import EVERYTHING, acting_as

pytestmark = DB
# Rows that are about somebody by themselves; those of the audit only grow, and notices and reports name nobody.
ABOUT_SOMEBODY = {guarded.table for guarded in GUARDED} - {
    "audit_event", "audit_eventsubject", "audit_witnessedentry", "participants_person", "participants_rulenotice",
    "participants_retentionreport",
}  # fmt: skip
LASTS = [columns for columns in LASTING if not columns.once_there]
ONCE_THERE = [(columns, column) for columns in LASTING if columns.once_there for column in columns.columns]


def change(sql: str, parameters: Sequence[object]) -> None:
    cells: list[Any] = [parameter(each) for each in parameters]
    with acting_as(EVERYTHING), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, cells)


def refusal(sql: str, parameters: Sequence[object]) -> str:
    """With which words the system's own role is refused; "" where it is not. Nothing stays."""
    point = transaction.savepoint()
    try:
        change(sql, parameters)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    finally:
        transaction.savepoint_rollback(point)
    return ""


def another(cell: object) -> object:
    """Something else of the same kind. Whether it fits elsewhere is asked after the row has been refused."""
    if isinstance(cell, UUID):
        return uuid4()
    if isinstance(cell, bool):
        return not cell
    if isinstance(cell, int):
        return 1 - cell if cell in {0, 1} else cell - 1
    if isinstance(cell, (bytes, memoryview)):
        return b"other"
    return date(1999, 1, 1) if isinstance(cell, date) else "other"


def test_no_table_with_rows_about_somebody_is_left_out() -> None:
    assert ABOUT_SOMEBODY - {columns.table for columns in LASTS} == set()
    assert (sum(len(columns.columns) for columns in LASTS), len(ONCE_THERE)) == (137, 8)  # nor a column


@pytest.mark.parametrize("columns", LASTS, ids=lambda columns: columns.table)
def test_what_was_written_stays_what_it_was(columns: Lasting, company: Company) -> None:
    table, key = columns.table, key_of(columns.table)
    row = rows(f"SELECT * FROM {table}")[0]
    for column in columns.columns:
        sql = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"
        assert (column, attempt(EVERYTHING, sql, [row[column], row[key]])) == (column, 1)
        assert (column, refusal(sql, [another(row[column]), row[key]])) == (column, columns.name)


@pytest.mark.parametrize(("columns", "column"), ONCE_THERE, ids=str)
def test_what_was_taken_back_stays_taken_back(columns: Lasting, column: str, company: Company) -> None:
    """Written over again, but never emptied, as if it had not been."""
    row = rows(f"SELECT * FROM {columns.table}")[0]
    whole = {
        "withdrawn_at": {
            "withdrawn_on": timezone.localdate(), "withdrawn_by_id": company.kim.user,
            "withdrawn_in_id": company.kim.viewer.organisation,
        },
        "confirmed_at": {"ends_at": timezone.now(), "confirmed_by_id": company.kim.user},
    }.get(column, {}) | {column: timezone.now()}  # fmt: skip
    if columns.table == "network_placelink":
        whole = {column: timezone.now(), "private": b""}
    if columns.table == "participants_secrecyrelease":
        whole = {column: timezone.localdate()}
    set_once = f"UPDATE {columns.table} SET {', '.join(f'{name} = %s' for name in whole)} WHERE id = %s"
    emptied = f"UPDATE {columns.table} SET {column} = NULL WHERE id = %s"
    for _again in range(2):
        change(set_once, [*whole.values(), row["id"]])
    assert refusal(emptied, [row["id"]]) == columns.name
