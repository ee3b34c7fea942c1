"""What the database itself enforces between organisations, brought into it after every migration.

PostgreSQL: row-level security that holds for the owner of the tables too, and composite foreign keys. SQLite:
triggers for the foreign keys and some of the rest; it cannot tell who asks. Both: triggers for what lasts. Which table
is protected how stands in `config.isolation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from wegnetz.core.errors import DomainError
from wegnetz.core.scope import APP_ROLE, SYSTEM_ROLE

# The organisation that asks, looked up once per statement; NULL where nobody has said it.
ASKING: Final = "(SELECT nullif(current_setting('wegnetz.organisation', true), '')::uuid)"


class RolesMissingError(DomainError):
    """The login may not create the roles of row-level security. The argument is what a superuser has to run."""


class NotIsolatedError(DomainError):
    """Row-level security does not hold on this connection; the argument says why."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A table whose rows are not for everybody: conditions in SQL on `{t}`, the table's name.

    `see` also holds for changing and deleting. `write` is what a new or changed row must fulfil; without it, `see`.
    `own` is what a row that is made or deleted must fulfil besides; without it, `write`. `change` is what a row must
    fulfil before it is changed or locked; without it, `see`.
    """

    table: str
    see: str
    write: str = ""
    own: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Columns that must stand together in one row of another table; skipped where the first of them is NULL."""

    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.table}_{self.columns[0]}_together"


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that SQLite turns down where PostgreSQL has a policy: a condition in SQL on `NEW`.

    `act` is what is turned down: "INSERT", or an update of some columns, as in "UPDATE OF a, b".
    """

    table: str
    name: str
    when: str
    act: str = "INSERT"


@dataclass(frozen=True, slots=True)
class Lasting:
    """Columns that stay as they were written, whoever asks: a policy knows what a row becomes, not what it was.

    With `once_there`, they may be written later and over again, but not be emptied any more.
    """

    table: str
    columns: tuple[str, ...]
    once_there: bool = False

    @property
    def name(self) -> str:
        return f"{self.table}_{'once_there' if self.once_there else 'lasting'}"


@dataclass(frozen=True, slots=True)
class Isolation:
    """All of it. `functions` are statements that run before the policies; `{app}` and `{system}` are the roles."""

    guarded: Sequence[Guarded]
    together: Sequence[Together]
    lasting: Sequence[Lasting] = ()
    functions: Sequence[str] = ()
    refused: Sequence[Refused] = ()


def isolate(isolation: Isolation) -> None:
    """Bring the main database to what `isolation` says; safe to repeat. Raises RolesMissingError."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for rule in isolation.together:
                _trigger(cursor, rule)
            for row in isolation.refused:
                _refusal(cursor, row)
            for columns in isolation.lasting:
                _lasting_on_sqlite(cursor, columns)
            return
        _roles(cursor)
        for statement in isolation.functions:
            cursor.execute(statement.format(app=APP_ROLE, system=SYSTEM_ROLE))
        for table in isolation.guarded:
            _policies(cursor, table)
        for rule in isolation.together:
            _foreign_key(cursor, rule)
        for columns in isolation.lasting:
            _lasting(cursor, columns)


def set_aside() -> None:
    """Take away what SQLite would stumble over while a migration builds a table anew: triggers that name this table.

    `isolate` brings them back. Those of the audit, which name no other table, stay.
    """
    connection = connections["default"]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name NOT LIKE 'audit_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def check_isolation(isolation: Isolation) -> None:
    """Make sure that row-level security holds. Raises NotIsolatedError; SQLite has none to check."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user")
        if cursor.fetchone()[0]:
            raise NotIsolatedError("the login of DATABASE_URL is a superuser or may bypass row-level security")
        if open_tables := unprotected(connection, [guarded.table for guarded in isolation.guarded]):
            raise NotIsolatedError(f"without row-level security: {', '.join(open_tables)}")


def unprotected(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> list[str]:
    """Those of the tables whose row-level security is not forced or has no policy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relforcerowsecurity AND c.relrowsecurity "
            "AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)"
        )
        protected = {name for (name,) in cursor.fetchall()}
    return sorted(set(tables) - protected)


def _roles(cursor: CursorWrapper) -> None:
    """The two roles, the login as a member of both, and the rights on all tables but the changing of the audit."""
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [APP_ROLE, SYSTEM_ROLE])
    known = {name for (name,) in cursor.fetchall()}
    cursor.execute(
        "SELECT current_user, bool_and(pg_has_role(current_user, r.oid, 'MEMBER')) FROM pg_roles r "
        "WHERE r.rolname IN (%s, %s)",
        [APP_ROLE, SYSTEM_ROLE],
    )
    login, member = cursor.fetchone()
    wanted = [f"CREATE ROLE {name} NOLOGIN" for name in (APP_ROLE, SYSTEM_ROLE) if name not in known]
    if wanted or not member:
        wanted.append(f'GRANT {APP_ROLE}, {SYSTEM_ROLE} TO "{login}"')
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    if wanted and not cursor.fetchone()[0]:
        raise RolesMissingError("; ".join(wanted))
    for statement in wanted:
        cursor.execute(statement)
    cursor.execute(
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {SYSTEM_ROLE}; "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}, {SYSTEM_ROLE}; "
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}, {SYSTEM_ROLE}"
    )


def _policies(cursor: CursorWrapper, guarded: Guarded) -> None:
    table = guarded.table
    see = guarded.see.format(t=table)
    write = (guarded.write or guarded.see).format(t=table)
    own = (guarded.own or guarded.write or guarded.see).format(t=table)
    change = (guarded.change or guarded.see).format(t=table)
    # A policy for a role also holds for its members, and the login is one: it must have become the role.
    system = f"current_user = '{SYSTEM_ROLE}'"
    cursor.execute(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
        f"DROP POLICY IF EXISTS {APP_ROLE} ON {table}; DROP POLICY IF EXISTS {SYSTEM_ROLE} ON {table}; "
        f"DROP POLICY IF EXISTS {APP_ROLE}_makes ON {table}; DROP POLICY IF EXISTS {APP_ROLE}_deletes ON {table}; "
        f"DROP POLICY IF EXISTS {APP_ROLE}_changes ON {table}; "
        f"CREATE POLICY {APP_ROLE} ON {table} TO {APP_ROLE} USING ({see}) WITH CHECK ({write}); "
        f"CREATE POLICY {APP_ROLE}_makes ON {table} AS RESTRICTIVE FOR INSERT TO {APP_ROLE} WITH CHECK ({own}); "
        f"CREATE POLICY {APP_ROLE}_changes ON {table} AS RESTRICTIVE FOR UPDATE TO {APP_ROLE} "
        f"USING ({change}) WITH CHECK ({write}); "
        f"CREATE POLICY {APP_ROLE}_deletes ON {table} AS RESTRICTIVE FOR DELETE TO {APP_ROLE} USING ({own}); "
        f"CREATE POLICY {SYSTEM_ROLE} ON {table} TO {SYSTEM_ROLE} USING ({system}) WITH CHECK ({system})"
    )


def _foreign_key(cursor: CursorWrapper, rule: Together) -> None:
    """A composite foreign key. PostgreSQL checks it past row-level security, which is what makes it certain."""
    index = f"{rule.target}_{'_'.join(rule.target_columns)}_unique"[:63]
    columns, target_columns = ", ".join(rule.columns), ", ".join(rule.target_columns)
    cursor.execute(f"CREATE UNIQUE INDEX IF NOT EXISTS {index} ON {rule.target} ({target_columns})")
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [rule.name])
    if cursor.fetchone() is None:
        cursor.execute(
            f"ALTER TABLE {rule.table} ADD CONSTRAINT {rule.name} FOREIGN KEY ({columns}) "
            f"REFERENCES {rule.target} ({target_columns}) DEFERRABLE INITIALLY DEFERRED"
        )


def _trigger(cursor: CursorWrapper, rule: Together) -> None:
    """The same for SQLite, when a row is written; what it refers to never changes these columns."""
    pairs = zip(rule.target_columns, rule.columns, strict=True)
    same = " AND ".join(f"t.{target} = NEW.{column}" for target, column in pairs)
    for act in ("INSERT", "UPDATE"):
        name = f"{rule.name}_{act.lower()}"
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(
            f"CREATE TRIGGER {name} AFTER {act} ON {rule.table} WHEN NEW.{rule.columns[0]} IS NOT NULL "  # noqa: S608
            f"AND NOT EXISTS (SELECT 1 FROM {rule.target} t WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{rule.name}'); END"
        )


def _refusal(cursor: CursorWrapper, row: Refused) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS {row.name}")
    cursor.execute(
        f"CREATE TRIGGER {row.name} BEFORE {row.act} ON {row.table} WHEN {row.when} "
        f"BEGIN SELECT RAISE(ABORT, '{row.name}'); END"
    )


def _changed(columns: Lasting, differs: str) -> str:
    condition = "OLD.{c} IS NOT NULL AND NEW.{c} IS NULL" if columns.once_there else f"OLD.{{c}} {differs} NEW.{{c}}"
    return " OR ".join(condition.format(c=column) for column in columns.columns)


def _lasting(cursor: CursorWrapper, columns: Lasting) -> None:
    cursor.execute(
        "CREATE OR REPLACE FUNCTION wegnetz_lasting() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = TG_NAME; END $$; "
        f"DROP TRIGGER IF EXISTS {columns.name} ON {columns.table}; "
        f"CREATE TRIGGER {columns.name} BEFORE UPDATE ON {columns.table} FOR EACH ROW "
        f"WHEN ({_changed(columns, 'IS DISTINCT FROM')}) EXECUTE FUNCTION wegnetz_lasting()"
    )


def _lasting_on_sqlite(cursor: CursorWrapper, columns: Lasting) -> None:
    _refusal(cursor, Refused(columns.table, columns.name, _changed(columns, "IS NOT"), act="UPDATE"))
