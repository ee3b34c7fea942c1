"""A page that is fetched may read, never write."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.utils import timezone

from tests.people import CANARY_A, DB, Cast
from wegnetz.accounts.models import Organisation, User
from wegnetz.core.reading import WriteWhileReadingError, only_reading, recording
from wegnetz.vault.models import SubjectKey

pytestmark = DB


def test_reading_is_allowed(cast: Cast) -> None:
    with only_reading():
        assert User.objects.get(id=cast.ilka.user).email == cast.ilka.email
        assert SubjectKey.objects.filter(owner=cast.yonas.id).exists() is True


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
        "SELECTED",
        "",
    ],
)
@pytest.mark.parametrize("alias", ["default", "keystore"])
def test_a_statement_that_is_no_reading_never_reaches_the_database(sql: str, alias: str) -> None:
    with pytest.raises(WriteWhileReadingError), only_reading():
        connections[alias].cursor().execute(sql)


def test_the_refusal_names_the_statement_without_its_values() -> None:
    with pytest.raises(WriteWhileReadingError) as refusal, only_reading():
        Organisation.objects.create(key="secret-word", name="Secret word")
    assert str(refusal.value) == 'INSERT INTO "accounts_organisation" '


def test_recording_lets_the_audit_write_and_ends_with_its_block() -> None:
    with only_reading():
        with recording(), connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_organisation SET name = name")
        with pytest.raises(WriteWhileReadingError):
            Organisation.objects.update(name="x")


def test_recording_ends_also_when_the_block_fails() -> None:
    with only_reading():
        with pytest.raises(ZeroDivisionError), recording():
            raise ZeroDivisionError
        with pytest.raises(WriteWhileReadingError):
            Session.objects.filter(expire_date__lt=timezone.now()).delete()


def test_after_the_page_writing_works_again() -> None:
    with only_reading():
        pass
    assert Organisation.objects.create(key="after", name="After").key == "after"
