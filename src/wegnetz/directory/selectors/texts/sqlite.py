"""SQLite: FTS5 tables of the words of each text, and of the gaps and trigrams of each word."""

# ruff: noqa: S608  statements made of the constants of these modules alone

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wegnetz.directory.selectors.texts.stored import COLUMNS, TEXTS, WORDS, ordered, rows, size, texts_of
from wegnetz.engines.search.closeness import LEAST_PART
from wegnetz.engines.search.plan import LEAST_SHARED, Lookup, Step
from wegnetz.engines.search.texts import Text

LAST = "\U0010ffff"
_ITSELF = f"SELECT id FROM {WORDS} WHERE word = %s"
_BEGINNINGS = (
    f"SELECT id FROM (SELECT id FROM {WORDS} WHERE word > %s AND word < %s ORDER BY length(word), word LIMIT %s)"
)
_ONE_SLIP = "SELECT rowid FROM directory_search_gaps WHERE directory_search_gaps MATCH %s"
_PARTS = f"""SELECT id FROM (
    SELECT w.id FROM directory_search_trigrams f JOIN {WORDS} w ON w.id = f.rowid
    WHERE directory_search_trigrams MATCH %s AND instr(w.word, %s) > 0 ORDER BY length(w.word), w.word LIMIT %s)"""
_HAVE_TRIGRAM = "SELECT rowid FROM directory_search_trigrams WHERE directory_search_trigrams MATCH %s"
_ALIKE = f"""SELECT id FROM (
    SELECT w.id FROM (
        SELECT rowid AS id, count(*) AS shared FROM ({{each}}) GROUP BY rowid HAVING count(*) >= %s
    ) f JOIN {WORDS} w ON w.id = f.id WHERE f.shared >= %s * (%s + w.trigrams - f.shared)
    ORDER BY 1.0 * f.shared / (%s + w.trigrams - f.shared) DESC, w.word LIMIT %s)"""


class SqliteTexts:
    """A store of texts, see `engines.search.finding`."""

    def size(self) -> tuple[int, float]:
        return size()

    def near(self, lookup: Lookup) -> Mapping[str, int]:
        asked, given = [_ITSELF], [lookup.key, *_parameters(lookup)]
        if lookup.beginnings:
            asked.append(_BEGINNINGS)
        if lookup.gaps:
            asked.append(_ONE_SLIP)
        if lookup.parts:
            asked.append(_PARTS)
        if lookup.alike:
            asked.append(_ALIKE.format(each=" UNION ALL ".join(_HAVE_TRIGRAM for _ in lookup.trigrams)))
        return dict(rows(f"SELECT word, texts FROM {WORDS} WHERE id IN ({' UNION '.join(asked)})", given))

    def holding(self, step: Step) -> Iterator[tuple[str, Text]]:
        end, more = ordered(step, "instr(' ' || t.title || ' ', ' ' || %s || ' ') > 0")
        asked = _words(step.keys, " AND " if step.every else " OR ")
        found = "SELECT rowid FROM directory_search_texts WHERE directory_search_texts MATCH %s"
        return texts_of(rows(f"SELECT {COLUMNS} FROM {TEXTS} t WHERE t.id IN ({found}){end}", [asked, *more]))


def _parameters(lookup: Lookup) -> Iterator[str | float]:
    """What the statements of `near` are given, in their order."""
    if lookup.beginnings:
        yield from (lookup.key, lookup.key + LAST, lookup.beginnings)
    if lookup.gaps:
        yield _words(lookup.gaps, " OR ")
    if lookup.parts:
        within = (lookup.key[at : at + LEAST_PART] for at in range(len(lookup.key) - LEAST_PART + 1))
        yield from (_words(within, " AND "), lookup.key, lookup.parts)
    if lookup.alike:
        number = len(lookup.trigrams)
        yield from (_words([each], "") for each in lookup.trigrams)
        yield from (LEAST_SHARED * number, LEAST_SHARED, number, number, lookup.alike)


def _words(words: Iterable[str], between: str) -> str:
    """In quotes, in which nothing is a command of FTS5."""
    return between.join('"' + word.replace('"', '""') + '"' for word in words)
