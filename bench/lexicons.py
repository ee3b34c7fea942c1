"""Concepts from a file, and queries for them: synonyms as they stand there, and with one typo."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wegnetz.directory.interests.shipped import taxonomy
from wegnetz.engines.search.concepts import Concept

LEAST_LETTERS = 3  # a word with fewer is another word when a letter is wrong


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    concept: str
    language: str


def read_concepts(path: Path) -> list[Concept]:
    """From a TOML or JSON list of {"id", "parents": [], "terms": {language: [label, synonym, ...]}}.

    The list may stand alone (JSON) or in a table under any name; other lists in it have no "terms".
    """
    text = path.read_text(encoding="utf-8")
    data = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    for rows in [data] if isinstance(data, list) else data.values():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and "terms" in rows[0]:
            return [_concept(row) for row in rows]
    raise ValueError(f"{path.name} holds no list of concepts with terms")


def shipped_concepts() -> list[Concept]:
    """The interests that come with Wegnetz."""
    return [_concept(row) for row in taxonomy().rows()]


def _concept(row: Mapping[str, Any]) -> Concept:
    terms = {language: tuple(texts) for language, texts in row["terms"].items() if texts}
    return Concept(row["id"], terms, tuple(row.get("parents", ())))


def synonyms(concepts: Iterable[Concept], language: str) -> list[Query]:
    """Every name of a concept in that language but its label."""
    return [Query(text, one.id, language) for one in concepts for text in one.terms.get(language, ())[1:]]


def without(concepts: Iterable[Concept], queries: Iterable[Query]) -> Iterator[Concept]:
    """The concepts as if these synonyms had never been written down, in that language."""
    gone = {(query.concept, query.language, query.text) for query in queries}
    for one in concepts:
        terms = {
            language: tuple(text for text in texts if (one.id, language, text) not in gone)
            for language, texts in one.terms.items()
        }
        yield Concept(one.id, terms, one.parents)


def letters_of(concepts: Iterable[Concept], language: str) -> str:
    texts = (text.lower() for one in concepts for text in one.terms.get(language, ()))
    return "".join(sorted({char for text in texts for char in text if char.isalpha()}))


def with_typo(text: str, letters: str, chance: random.Random) -> str | None:
    """One letter left out, doubled by another, put for another or exchanged with its neighbour; never the same text.

    The place is a letter; None if the text has too few.
    """
    places = [at for at, char in enumerate(text) if char.isalpha()]
    if len(places) < LEAST_LETTERS:
        return None
    while True:
        at, other = chance.choice(places), chance.choice(letters)
        wrong = chance.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + other + text[at:],
                text[:at] + other + text[at + 1 :],
                text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
            )
        )
        if wrong.lower() != text.lower():
            return wrong
