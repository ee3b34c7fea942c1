"""PostgreSQL: text search vectors of the words of each text and of the gaps of each word, and pg_trgm for likeness.

Words are folded and cut before they are stored, so that no dictionary and no locale of the server has a say in them.
"""

# ruff: noqa: S608  statements made of the constants of these modules alone

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wegnetz.directory.selectors.texts.stored import COLUMNS, TEXTS, WORDS, ordered, rows, size, texts_of
from wegnetz.engines.search.plan import LEAST_SHARED, Lookup, Step
from wegnetz.engines.search.texts import Text

_ITSELF = f"SELECT word, texts FROM {WORDS} WHERE word = %s"
_BEGINNINGS = f"""(SELECT word, texts FROM {WORDS} WHERE word LIKE %s
    ORDER BY length(word), word COLLATE "C" LIMIT %s)"""
_ONE_SLIP = f"SELECT word, texts FROM {WORDS} WHERE gap_vector @@ %s::tsquery"
_PARTS = _BEGINNINGS
_ALIKE = f"""(SELECT word, texts FROM {WORDS} WHERE word %% %s
    ORDER BY similarity(word, %s) DESC, word COLLATE "C" LIMIT %s)"""


class PostgresTexts:
    """A store of texts, see `engines.search.finding`."""

    def __init__(self) -> None:
        rows("SELECT set_config('pg_trgm.similarity_threshold', %s, false)", [str(LEAST_SHARED)])

    def size(self) -> tuple[int, float]:
        return size()

    def near(self, lookup: Lookup) -> Mapping[str, int]:
        asked: list[str] = [_ITSELF]
        given: list[str | float] = [lookup.key]
        if lookup.beginnings:
            asked.append(_BEGINNINGS)
            given += [f"{lookup.key}%", lookup.beginnings]
        if lookup.gaps:
            asked.append(_ONE_SLIP)
            given.append(_words(lookup.gaps, " | "))
        if lookup.parts:
            asked.append(_PARTS)
            given += [f"%{lookup.key}%", lookup.parts]
        if lookup.alike:
            asked.append(_ALIKE)
            given += [lookup.key, lookup.key, lookup.alike]
        return dict(rows(" UNION ".join(asked), given))

    def holding(self, step: Step) -> Iterator[tuple[str, Text]]:
        end, more = ordered(step, "strpos(' ' || t.title || ' ', ' ' || %s || ' ') > 0")
        asked = _words(step.keys, " & " if step.every else " | ")
        found = f"SELECT {COLUMNS} FROM {TEXTS} t WHERE t.vector @@ %s::tsquery{end}"
        return texts_of(rows(found, [asked, *more]))


def _words(words: Iterable[str], between: str) -> str:
    """In quotes, in which nothing is a command of a text search query."""
    return between.join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words)
