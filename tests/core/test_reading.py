"""A page that is fetched may read, never write."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.people import CANARY_A, DB, Cast
from wegnetz.accounts.models import Organisation, User
from wegnetz.core.reading import WriteWhileReadingError, only_reading, recording
from wegnetz.core.scope import NOBODY, acting_as
from wegnetz.vault.models import SubjectKey

HIDDEN = {  # begins like a reading; changes no row even where it is let through
    "sqlite": "WITH nobody AS (SELECT 1) DELETE FROM accounts_user WHERE 1 = 0",
    "postgresql": "WITH nobody AS (DELETE FROM accounts_user WHERE 1 = 0 RETURNING id) SELECT * FROM nobody",
}


@DB
def test_reading_is_allowed(cast: Cast) -> None:
    with only_reading():
        assert User.objects.get(id=cast.ilka.user).email == cast.ilka.email
        assert SubjectKey.objects.filter(owner=cast.yonas.id).exists() is True


@DB
def test_nothing_can_be_inserted_changed_or_deleted(cast: Cast) -> None:
    for write in (
        lambda: Organisation.objects.create(key="new", name="New"),
        lambda: User.objects.filter(id=cast.ilka.user).update(name="Other"),
        lambda: Session.objects.all().delete(),
        lambda: SubjectKey.objects.create(owner=uuid4()),
    ):
        with (
            pytest.raises(WriteWhileReadingError),
            transaction.atomic(),
            transaction.atomic(using="keystore"),
            only_reading(),
        ):
            write()
    assert User.objects.get(id=cast.ilka.user).name == f"Ilka {CANARY_A}"


@DB
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO accounts_organisation (id) VALUES ('x')",
        "  update accounts_user SET name = ''",
        "DELETE FROM accounts_user",
        "\nDROP TABLE accounts_user",
        "CREATE TABLE t (a int)",
        "TRUNCATE accounts_user",
        "/* SELECT */ DELETE FROM accounts_user",
        "REPLACE INTO accounts_user SELECT * FROM accounts_user",
        "PRAGMA writable_schema = 1",
        "EXPLAIN ANALYZE DELETE FROM accounts_user",
        "",
    ],
)
@pytest.mark.parametrize("alias", ["default", "keystore"])
def test_a_statement_that_is_no_reading_never_reaches_the_database(sql: str, alias: str) -> None:
    with pytest.raises(WriteWhileReadingError), only_reading():
        connections[alias].cursor().execute(sql)


@DB
def test_the_refusal_names_the_statement_without_its_values() -> None:
    with pytest.raises(WriteWhileReadingError) as refusal, only_reading():
        Organisation.objects.create(key="secret-word", name="Secret word")
    assert str(refusal.value) == 'INSERT INTO "accounts_organisation" '


@DB
def test_recording_lets_the_audit_write_and_ends_with_its_block() -> None:
    with only_reading():
        with recording(), connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_organisation SET name = name")
        with pytest.raises(WriteWhileReadingError):
            Organisation.objects.update(name="x")


@DB
def test_recording_ends_also_when_the_block_fails() -> None:
    with only_reading():
        with pytest.raises(ZeroDivisionError), recording():
            raise ZeroDivisionError
        with pytest.raises(WriteWhileReadingError):
            Session.objects.filter(expire_date__lt=timezone.now()).delete()


@DB
def test_after_the_page_writing_works_again() -> None:
    with only_reading():
        pass
    assert Organisation.objects.create(key="after", name="After").key == "after"


def test_a_writing_that_begins_like_a_reading_is_refused_by_the_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Outside a transaction, as in a page: the setting counts from the next one on."""
    with django_db_blocker.unblock():
        statement = HIDDEN[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(DatabaseError), only_reading(), acting_as(NOBODY), connection.cursor() as cursor:
            cursor.execute(statement)
        with connection.cursor() as cursor:
            cursor.execute(statement)
