"""Databases for one run on a PostgreSQL server, owned by a login as an installation has one, and dropped afterwards."""

from __future__ import annotations

import importlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from psycopg import sql

from wegnetz.config.isolation import ISOLATION
from wegnetz.core.scope import APP_ROLE, SYSTEM_ROLE

NEW_ROLE = sql.SQL("DO $$ BEGIN CREATE ROLE {} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")


@contextmanager
def databases(server: str | None) -> Iterator[dict[str, str]]:
    """The variables for two new databases on a PostgreSQL server; none, which means SQLite, without a server.

    `server` signs in as a superuser. The databases belong to a login of their own that is none: a superuser would
    look past row-level security. The two roles that every installation on the server shares stay.
    """
    if not server:
        yield {}
        return
    run_id, password = secrets.token_hex(4), secrets.token_hex(16)
    login = f"wegnetz_bench_{run_id}"
    names = {"DATABASE_URL": login, "KEYSTORE_URL": f"{login}_keys"}
    host = urlsplit(server).netloc.rpartition("@")[2]
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            _make(connection, login, password, list(names.values()))
            yield {variable: f"postgresql://{login}:{password}@{host}/{name}" for variable, name in names.items()}
        finally:
            connections.close_all()
            for name in names.values():
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login)))


def _make(connection: psycopg.Connection, login: str, password: str, names: list[str]) -> None:
    roles = [sql.Identifier(APP_ROLE), sql.Identifier(SYSTEM_ROLE)]
    for role in roles:
        connection.execute(NEW_ROLE.format(role))
    owner = sql.Identifier(login)
    connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(owner, sql.Literal(password)))
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.SQL(", ").join(roles), owner))
    # Who is no superuser makes databases for a login only as a member of it.
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    for name in names:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), owner))


def settle() -> None:
    """What an installation does by itself within a day: count its rows, and on PostgreSQL tidy its pages."""
    importlib.import_module("wegnetz.core.tasks").count_rows.call()
    for connection in connections.all():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE)")


@contextmanager
def policies_off() -> Iterator[None]:
    """Row-level security switched off on every table, to see what it costs."""
    _switch("DISABLE")
    try:
        yield
    finally:
        _switch("ENABLE")


def _switch(state: str) -> None:
    with connections["default"].cursor() as cursor:
        for guarded in ISOLATION.guarded:
            cursor.execute(f"ALTER TABLE {guarded.table} {state} ROW LEVEL SECURITY")
