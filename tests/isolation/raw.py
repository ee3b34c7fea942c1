"""Raw SQL, and whose row is whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from tests.company import Company
from wegnetz.accounts.models import Organisation
from wegnetz.config.isolation import GUARDED
from wegnetz.core.scope import NOBODY, Scope, acting_as

Row = dict[str, object]

TABLES = sorted(guarded.table for guarded in GUARDED)
PARENTS = {
    "casework_documentcontent": ("casework_document", "document_id"),
    "casework_referralstep": ("casework_referral", "referral_id"),
    "participants_singlecasedecision": ("participants_storeddecision", "decision_id"),
}
PERSON = {"participants_person": "id", "audit_eventsubject": "subject"}


def scope_of(key: str) -> Scope:
    """Of the organisation with this key; "" is nobody."""
    return Scope(organisation=Organisation.objects.get(key=key).id) if key else NOBODY


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def value(sql: str, parameters: Sequence[Any] = ()) -> object:
    ((found,),) = (row.values() for row in rows(sql, parameters))
    return found


def attempt(scope: Scope, sql: str, parameters: Sequence[Any] = ()) -> int | str:
    """How many rows a statement changes for somebody, or "refused". Nothing stays."""
    point = transaction.savepoint()
    try:
        with acting_as(scope), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, list(parameters))
            changed: int = cursor.rowcount
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return changed
    except DatabaseError:
        return "refused"
    finally:
        transaction.savepoint_rollback(point)


def key_of(table: str) -> str:
    return {"casework_documentcontent": "document_id", "audit_witnessedentry": "number"}.get(table, "id")


@dataclass(frozen=True)
class Whose:
    """A row by its key: which organisation's and for which other one (their keys), and about whom (as in `company`)."""

    id: object
    owner: str
    recipient: str
    person: str


def everything(company: Company) -> dict[str, list[Whose]]:
    """All rows of the guarded tables, as the owner of the database sees them."""
    names = {young.id: who.split()[0] for who, young in company.people.items()}
    keys = {row.id: row.key for row in Organisation.objects.all()}
    stored = {table: {row[key_of(table)]: row for row in rows(f"SELECT * FROM {table}")} for table in TABLES}

    def whose(table: str, row: Row) -> tuple[str, str, str]:
        found = row.get("organisation_id", row.get("organisation")), row.get("recipient_id")
        owner, recipient = (keys.get(identifier, "") for identifier in cast("tuple[UUID, UUID]", found))
        person = names.get(cast("UUID", row.get(PERSON.get(table, "person_id"))), "")
        if table in PARENTS:
            parent, column = PARENTS[table]
            above = whose(parent, stored[parent][row[column]])
            parties = {above[0], above[1]} - {owner}
            return owner or above[0], max(parties) if owner else above[1], above[2]
        return owner, recipient, person

    return {table: [Whose(key, *whose(table, row)) for key, row in found.items()] for table, found in stored.items()}


def parameter(cell: object) -> object:
    """SQLite keeps an identifier as its 32 digits."""
    return cell.hex if isinstance(cell, UUID) and connection.vendor == "sqlite" else cell
