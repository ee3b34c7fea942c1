"""Find texts in a store of them: what may have been meant, which texts have it, and which of them answer best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from wegnetz.engines.search.closeness import near_words
from wegnetz.engines.search.plan import Lookup, Step, lookup, steps
from wegnetz.engines.search.texts import Match, Statistics, Text, TextHit, asked_words, entry_of, rank
from wegnetz.engines.search.words import LONGEST


class Store(Protocol):
    """Texts and the words that are in them, kept by whoever asks, in memory or in a database."""

    def size(self) -> tuple[int, float]:
        """How many texts there are, and how long they are on average."""

    def near(self, lookup: Lookup) -> Mapping[str, int]:
        """The words that are looked up, each with the number of texts that have it."""

    def holding(self, step: Step) -> Iterable[tuple[str, Text]]:
        """The texts that are asked for, each with the id of what it is about."""


def find_texts(query: str, store: Store) -> list[TextHit]:
    """What answers a query, the best first."""
    asked = asked_words(query)
    there = {word: store.near(lookup(word.key)) for word in asked}
    matches = [
        Match(word, key, value) for word in asked for key, value in near_words(word.key[:LONGEST], there[word]).items()
    ]
    if not matches:
        return []
    frequencies = {key: number for words in there.values() for key, number in words.items()}
    texts, mean_length = store.size()
    about: dict[str, list[Text]] = {}
    for step in steps(matches, frequencies, texts):
        for one, text in store.holding(step):
            if text not in about.setdefault(one, []):
                about[one].append(text)
    wanted = {match.key for match in matches}
    entries = (entry_of(one, those, wanted) for one, those in sorted(about.items()))
    return rank(
        asked,
        [(entry, [match for match in matches if match.key in entry.words]) for entry in entries if entry.words],
        Statistics(texts, mean_length, frequencies),
        all_known=all(word.key[:LONGEST] in there[word] for word in asked),
    )
