"""Several processes append to one chain. Really committed, so these events stay: the audit only grows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.audit.reading_back import faults_in, rows_of
from tests.statements import watched
from wegnetz.audit.services import Actor, record_act, record_reading

THREADS, EACH = 4, 12


def append(organisation: UUID) -> int:
    """Append some events. Returns how often an event was sent to the database."""
    actor = Actor(uuid4(), "case-manager", organisation)
    try:
        with watched() as statements:
            for number in range(EACH):
                if number % 2:
                    record_reading(actor, "view", subjects=[uuid4()], category="name", purpose="person page")
                else:
                    record_act(actor, "change", subjects=[uuid4(), uuid4()], category="name")
    finally:
        connections.close_all()
    return sum(statement.sql.startswith('INSERT INTO "audit_event" ') for statement in statements)


@pytest.mark.usefixtures("django_db_setup")
def test_events_written_at_the_same_time_wait_for_each_other_and_leave_no_gap(
    django_db_blocker: DjangoDbBlocker,
) -> None:
    organisation = uuid4()
    with django_db_blocker.unblock():
        with ThreadPoolExecutor(THREADS) as threads:
            sent = [done.result() for done in [threads.submit(append, organisation) for _ in range(THREADS)]]
        rows = rows_of(organisation)
    assert [row.content.sequence for row in rows] == list(range(1, THREADS * EACH + 1))
    assert faults_in(rows) == []
    assert sent == [EACH] * THREADS  # none met another on its place, to be tried again
