"""Killed in the middle of writing, again and again: what was acknowledged is there, what was shown was recorded."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.audit.reading_back import faults_in, rows_of
from tests.people import Cast
from wegnetz.accounts.access import Viewer
from wegnetz.audit.models import Event
from wegnetz.casework.models import JournalEntry
from wegnetz.casework.services import EntryContent, write_entry
from wegnetz.participants.selectors import open_person

KILLS = 200
LONGEST = 0.4  # seconds from the first word to the kill
READING = "reading "  # what stays in the log of the organisation begins like this


def write(viewer: Viewer, person: UUID, say: Callable[[str], object], run: int) -> None:
    """Journal entries and readings in turn, each acknowledged once it is committed."""
    say("ready")
    for number in count():
        content = EntryContent(datetime.now(UTC), "phone", None, f"Eintrag {number}")
        say(f"entry {write_entry(person, content, by=viewer)}")
        purpose = f"{READING}{run}.{number}"
        open_person(viewer, person, purpose=purpose)
        say(f"read {purpose}")


def killed_after(seconds: float, viewer: Viewer, person: UUID, run: int) -> list[str]:
    """Let a process of its own write, kill it, and return what it had acknowledged."""
    connections.close_all()  # a connection is nobody's but its process's
    ear, mouth = os.pipe()
    writer = os.fork()
    if writer == 0:
        try:
            write(viewer, person, lambda word: os.write(mouth, f"{word}\n".encode()), run)
        finally:
            os._exit(1)
    os.close(mouth)
    with os.fdopen(ear, "rb") as heard:
        assert heard.readline() == b"ready\n"
        time.sleep(seconds)
        os.kill(writer, signal.SIGKILL)
        said = heard.read().decode()
    _process, status = os.waitpid(writer, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    return said.splitlines()


def test_nothing_acknowledged_is_lost_and_nothing_is_shown_without_its_event(
    cast: Cast, django_db_blocker: DjangoDbBlocker, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(3)
    said: list[str] = []
    with django_db_blocker.unblock():
        viewer, person = cast.ilka.viewer, cast.yonas.id
        events = Event.objects.filter(organisation=viewer.organisation)
        try:
            for run in range(KILLS):
                said += killed_after(choose.uniform(0, LONGEST), viewer, person, run)
            entries = {UUID(word.removeprefix("entry ")) for word in said if word.startswith("entry")}
            shown = {word.removeprefix("read ") for word in said if word.startswith("read")}
            kept = set(JournalEntry.objects.filter(person=person).values_list("id", flat=True))
            assert entries - kept == set()
            assert shown - set(events.filter(action="view").values_list("purpose", flat=True)) == set()
            assert len(kept) == events.filter(action="write").count()
            assert faults_in(rows_of(viewer.organisation)) == []
        finally:
            JournalEntry.objects.filter(person=person).delete()
    assert len(said) > KILLS // 2
    record_property("writers killed", KILLS)
    record_property("acknowledged before the kill", len(said))
