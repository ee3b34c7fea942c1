"""A copy of the database must not open a live session."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests.people import DB, Desk
from wegnetz.accounts.sessions import SessionStore

pytestmark = DB


def test_what_stands_in_the_table_opens_nothing(ilka: Desk) -> None:
    assert ilka.get("/").status_code == 200
    for stored in Session.objects.values_list("session_key", flat=True):
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = stored
        assert thief.get("/").status_code == 302


def test_what_a_session_holds_is_sealed(ilka: Desk) -> None:
    ilka.get("/")
    store = SessionStore()
    store["secret of the second factor"] = "JBSWY3DP"
    store.create()
    store["secret of the second factor"] = "JBSWY3DP"
    store.save()
    assert [row for row in Session.objects.values_list("session_data", flat=True) if "JBSWY3DP" in row] == []
    assert SessionStore(store.session_key)["secret of the second factor"] == "JBSWY3DP"


def test_an_altered_session_is_empty(ilka: Desk) -> None:
    store = SessionStore()
    store["a"] = 1
    store.create()
    row = Session.objects.order_by("-expire_date").first()
    assert row is not None
    Session.objects.all().update(session_data=row.session_data[:-4] + "AAAA")
    assert SessionStore(store.session_key).load() == {}


@pytest.mark.parametrize("attempts", [3])
def test_a_key_of_its_own_for_every_session(attempts: int) -> None:
    keys = set()
    for _ in range(attempts):
        store = SessionStore()
        store.create()
        keys.add(store.session_key)
    assert len(keys) == attempts


def test_a_session_that_ended_is_gone(ilka: Desk) -> None:
    store = SessionStore()
    store["a"] = 1
    store.create()
    assert store.exists(store.session_key or "")
    store.delete()
    assert not store.exists(store.session_key or "")
