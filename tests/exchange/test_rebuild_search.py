"""`wegnetz rebuild-search`, and what `wegnetz up` says where PostgreSQL lacks something."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.desk.stands import stands
from tests.people import DB, Cast
from wegnetz.core.extensions import ExtensionMissingError, ensure_extension, knows_all_letters
from wegnetz.directory.models import SearchText
from wegnetz.directory.tasks import check_search
from wegnetz.exchange.cli import main

pytestmark = DB


def test_it_fills_what_is_searched_and_says_how_much(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    stands(cast)
    number = SearchText.objects.values("offer").distinct().count()
    SearchText.objects.all().delete()
    assert main(["rebuild-search"]) == 0
    assert capsys.readouterr().out == f"Offers that can be searched: {number}.\n"
    assert SearchText.objects.values("offer").distinct().count() == number > 0


def test_the_daily_job_mends_what_is_missing(cast: Cast) -> None:
    stands(cast)
    number = SearchText.objects.count()
    SearchText.objects.filter(offer=SearchText.objects.earliest("id").offer_id).delete()
    check_search.call()
    assert SearchText.objects.count() == number


def test_the_database_of_the_tests_knows_all_letters() -> None:
    assert knows_all_letters()


def test_who_may_not_create_an_extension_is_told_what_a_superuser_has_to_run() -> None:
    if connection.vendor != "postgresql":
        return  # there are no extensions
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE wegnetz_app")
        with pytest.raises(ExtensionMissingError) as error:
            ensure_extension(connection, "unaccent")
        ensure_extension(connection, "pg_trgm")
        cursor.execute("RESET ROLE")
    assert error.value.args == ("CREATE EXTENSION IF NOT EXISTS unaccent",)
