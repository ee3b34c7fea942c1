"""What both databases have in common: tables, how a row becomes a text, and tags.

Ids of offers are texts as the database writes them, with or without dashes: they are compared and put in order, and
become ids again where the few are chosen that are shown.
"""

# ruff: noqa: S608  statements made of the constants of this module alone

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.db import connection

from wegnetz.directory.models import OfferTag
from wegnetz.engines.search.plan import Step
from wegnetz.engines.search.texts import Text

TEXTS: Final = "directory_searchtext"
WORDS: Final = "directory_searchword"
COLUMNS: Final = "CAST(t.offer_id AS text), t.title, t.body, t.written, t.parts"


def rows(sql: str, given: Sequence[str | float] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def size() -> tuple[int, float]:
    """How many texts there are, and their mean length in words."""
    ((number, words),) = rows(f"SELECT count(*), sum(length) FROM {TEXTS}")
    return number, (words or 0) / (number or 1)


def ordered(step: Step, title_has: str) -> tuple[str, list[str | int]]:
    """The end of the statement for a step. `title_has` is the SQL for whether the title has the word %s."""
    if step.most is None:
        return "", []
    return f" ORDER BY {title_has} DESC, t.length, t.offer_id, t.language LIMIT %s", [step.keys[0], step.most]


def texts_of(found: list[tuple[Any, ...]]) -> Iterator[tuple[str, Text]]:
    for offer, title, body, written, parts in found:
        said = json.loads(parts) if isinstance(parts, str) else parts
        yield offer, Text(title, body, written, tuple(map(tuple, said)))


def tagged_offers(concepts: Collection[str]) -> dict[str, list[str]]:
    """The offers of each of these interests, of those that have texts: the others are closed or gone."""
    if not concepts:
        return {}
    found = rows(
        f"SELECT g.value, CAST(g.offer_id AS text) FROM directory_offertag g WHERE g.kind = %s "
        f"AND g.value IN ({', '.join(['%s'] * len(concepts))}) "
        f"AND EXISTS (SELECT 1 FROM {TEXTS} t WHERE t.offer_id = g.offer_id)",
        [OfferTag.CONCEPT, *sorted(concepts)],
    )
    tagged: dict[str, list[str]] = {}
    for concept, offer in found:
        tagged.setdefault(concept, []).append(offer)
    return tagged
