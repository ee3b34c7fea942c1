"""Connections that are handed from one request to the next keep nothing of whom they were asked for.

Nothing here is undone by a test's transaction: it is about what transactions leave behind.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from uuid import UUID

from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from tests.isolation.raw import scope_of, value
from tests.people import Cast, sign_in
from wegnetz.core.scope import EVERYTHING, NOBODY, Scope, acting_as, apart

TURNS, THREADS, CONNECTIONS = 8_000, 4, 3
WHO = "SELECT current_user || ' ' || coalesce(nullif(current_setting('wegnetz.organisation', true), ''), 'nobody')"
SEEN = "SELECT string_agg(DISTINCT organisation_id::text, ' ') FROM participants_person"


class LeftInTheMiddleError(Exception):
    """What a view may raise."""


def said(scope: Scope) -> str:
    return f"{scope.role} {scope.organisation or 'nobody'}"


def seen(scope: Scope) -> str | None:
    return str(scope.organisation) if scope.organisation else None


def look(scope: Scope) -> list[tuple[object, object]]:
    """What the connection says and shows, beside what it should."""
    return [(value(WHO), said(scope)), (value(SEEN), seen(scope))]


def ends_well(scope: Scope, _other: Scope) -> list[tuple[object, object]]:
    with acting_as(scope):
        return look(scope)


def break_off() -> None:
    raise LeftInTheMiddleError


def ends_in_an_error(scope: Scope, _other: Scope) -> list[tuple[object, object]]:
    found = []
    try:
        with acting_as(scope):
            found = look(scope)
            break_off()
    except LeftInTheMiddleError:
        pass
    return found


def ends_in_an_aborted_transaction(scope: Scope, _other: Scope) -> list[tuple[object, object]]:
    found = []
    try:
        with acting_as(scope):
            found = look(scope)
            value("SELECT 1 / 0")
    except DatabaseError:
        pass
    return found


def asks_for_another_in_between(scope: Scope, other: Scope) -> list[tuple[object, object]]:
    with acting_as(scope):
        found = look(scope)
        try:
            with acting_as(other):
                found += look(other)
                value("SELECT 1 / 0")
        except DatabaseError:
            pass
        return found + look(scope)


def writes_its_reading_apart(scope: Scope, _other: Scope) -> list[tuple[object, object]]:
    with acting_as(scope):
        with apart():
            found = look(scope)
        return found + look(scope)


def is_rolled_back(scope: Scope, _other: Scope) -> list[tuple[object, object]]:
    with acting_as(scope):
        found = look(scope)
        connection.rollback()
    return found


ENDS: tuple[Callable[[Scope, Scope], list[tuple[object, object]]], ...] = (
    ends_well, ends_in_an_error, ends_in_an_aborted_transaction, asks_for_another_in_between,
    writes_its_reading_apart, is_rolled_back,
)  # fmt: skip


@contextmanager
def taken_from(pool: Queue[BaseDatabaseWrapper]) -> Iterator[None]:
    """Use a connection of the pool as one's own."""
    taken = pool.get()
    connections["default"] = taken
    try:
        yield
    finally:
        pool.put(taken)


def serve(pool: Queue[BaseDatabaseWrapper], scopes: list[Scope], seed: int, faults: list[object]) -> None:
    """Many short requests for changing organisations, each on whichever connection is free."""
    choose = random.Random(seed)
    for _turn in range(TURNS // THREADS):
        with taken_from(pool):
            before = str(value(WHO))
            checks = choose.choice(ENDS)(choose.choice(scopes), choose.choice(scopes))
        faults += [before] * before.startswith("wegnetz_") + [before] * (not before.endswith("nobody"))
        faults += [check for check in checks if check[0] != check[1]]


def test_the_next_user_of_a_connection_finds_nothing_of_the_former(
    cast: Cast, django_db_blocker: DjangoDbBlocker, record_property: Callable[[str, object], None]
) -> None:
    faults: list[object] = []
    with django_db_blocker.unblock():
        scopes = [scope_of("a"), scope_of("b"), NOBODY]
        pool: Queue[BaseDatabaseWrapper] = Queue()
        for _ in range(CONNECTIONS):
            made = connections.create_connection("default")
            made.inc_thread_sharing()
            pool.put(made)
        threads = [Thread(target=serve, args=(pool, scopes, seed, faults)) for seed in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        while not pool.empty():
            pool.get().close()
    assert faults == []
    record_property("turns on pooled connections", TURNS)


def test_after_any_answer_the_connection_asks_for_nobody(cast: Cast, django_db_blocker: DjangoDbBlocker) -> None:
    """Pages that are shown, not found, refused and broken, of both organisations in turn, on one connection."""
    with django_db_blocker.unblock():
        login = value(WHO)
        for account, person in ((cast.ilka, cast.yonas.id), (cast.bea, cast.yonas.id), (cast.bea, cast.omar.id)) * 3:
            client = sign_in(account)
            client.raise_request_exception = False
            for path in (
                "/",
                f"/menschen/{person}/",
                "/menschen/",
                "/team/",
                "/menschen/?page=\x00",
                f"/x/{UUID(int=1)}/",
            ):
                client.get(path)
                assert value(WHO) == login
            client.session.flush()


def test_work_for_everybody_leaves_nothing_open(cast: Cast, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        login = value(WHO)
        with acting_as(EVERYTHING):
            assert len(str(value(SEEN)).split()) == 2
        with acting_as(NOBODY):
            assert value(SEEN) is None
        assert value(WHO) == login
