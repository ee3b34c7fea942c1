"""What both databases have in common: tables, and how a row becomes a text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import connection

from wegnetz.engines.search.plan import Step
from wegnetz.engines.search.texts import Text

TEXTS: Final = "directory_searchtext"
WORDS: Final = "directory_searchword"
COLUMNS: Final = "t.offer_id, t.title, t.body, t.written, t.parts"


def rows(sql: str, given: Sequence[str | float] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def size() -> tuple[int, float]:
    """How many texts there are, and their mean length in words."""
    ((number, words),) = rows(f"SELECT count(*), sum(length) FROM {TEXTS}")  # noqa: S608  a constant
    return number, (words or 0) / (number or 1)


def ordered(step: Step, title_has: str) -> tuple[str, list[str | int]]:
    """The end of the statement for a step. `title_has` is the SQL for whether the title has the word %s."""
    if step.most is None:
        return "", []
    return f" ORDER BY {title_has} DESC, t.length, t.offer_id, t.language LIMIT %s", [step.keys[0], step.most]


def texts_of(found: list[tuple[Any, ...]]) -> Iterator[tuple[str, Text]]:
    for offer, title, body, written, parts in found:
        said = json.loads(parts) if isinstance(parts, str) else parts
        yield _dashed(offer), Text(title, body, written, tuple(map(tuple, said)))


def _dashed(offer: object) -> str:
    """An id as text; SQLite stores it without dashes."""
    text = str(offer)
    return text if "-" in text else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
