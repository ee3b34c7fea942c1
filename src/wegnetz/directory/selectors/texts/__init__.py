"""The texts in which offers are searched, as the database keeps them. Each database is asked in its own way."""

from __future__ import annotations

from django.db import connection

from wegnetz.directory.selectors.texts.postgresql import PostgresTexts
from wegnetz.directory.selectors.texts.sqlite import SqliteTexts
from wegnetz.engines.search.finding import Store


def stored_texts() -> Store:
    return PostgresTexts() if connection.vendor == "postgresql" else SqliteTexts()
