"""SQLite keeps what is looked up in tables of their own (FTS5), which follow the others here. PostgreSQL sees to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import Max, QuerySet

from wegnetz.directory.models import SearchText, SearchWord

OF_TEXTS: Final = ("directory_search_texts",)
OF_WORDS: Final = ("directory_search_gaps", "directory_search_trigrams")


def forget_all() -> None:
    with connection.cursor() as cursor:
        for table in (*OF_TEXTS, *OF_WORDS):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  a constant


def forget_texts(texts: QuerySet[SearchText]) -> None:
    _delete(OF_TEXTS, texts.values_list("id", flat=True))


def forget_words(words: QuerySet[SearchWord]) -> None:
    _delete(OF_WORDS, words.values_list("id", flat=True))


def index_texts(texts: QuerySet[SearchText]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO directory_search_texts (rowid, words) VALUES (%s, %s)",
            [(row, f"{title} {body}") for row, title, body in texts.values_list("id", "title", "body")],
        )


def last_word() -> int:
    """The highest number that a word has; those that come have higher ones."""
    return SearchWord.objects.aggregate(last=Max("id"))["last"] or 0


def index_words(*, after: int) -> None:
    """Those that came after the word with this number. Two spaces before and one after, as pg_trgm has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO directory_search_gaps (rowid, gaps) "
            "SELECT id, gaps FROM directory_searchword WHERE id > %s AND gaps <> ''",
            [after],
        )
        cursor.execute(
            "INSERT OR REPLACE INTO directory_search_trigrams (rowid, padded) "
            "SELECT id, '  ' || word || ' ' FROM directory_searchword WHERE id > %s",
            [after],
        )


def _delete(tables: Iterable[str], rows: Iterable[int]) -> None:
    numbers = [(row,) for row in rows]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", numbers)  # noqa: S608  a constant
