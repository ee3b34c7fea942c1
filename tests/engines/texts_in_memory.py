"""A store of texts that looks at everything, letter by letter: what a database must answer alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from wegnetz.engines.search.finding import find_texts
from wegnetz.engines.search.plan import LEAST_SHARED, Lookup, Step
from wegnetz.engines.search.texts import Field, Text, TextHit, make_text
from wegnetz.engines.search.vocabulary import gaps
from wegnetz.engines.search.words import trigrams

Rows = Sequence[tuple[str, Text]]


class InMemory:
    def __init__(self, texts: Rows) -> None:
        self._texts = texts
        self._words = Counter(key for _id, text in texts for key in keys(text))

    def size(self) -> tuple[int, float]:
        return len(self._texts), sum(text.length for _id, text in self._texts) / (len(self._texts) or 1)

    def near(self, lookup: Lookup) -> Mapping[str, int]:
        shortest = sorted(self._words, key=lambda word: (len(word), word))
        found = [word for word in shortest if word == lookup.key or gaps(word) & set(lookup.gaps)]
        found += [word for word in shortest if word.startswith(lookup.key)][: lookup.beginnings]
        found += [word for word in shortest if lookup.key in word][: lookup.parts]
        alike = sorted((-likeness(lookup.trigrams, word), word) for word in self._words)
        found += [word for value, word in alike if -value >= LEAST_SHARED][: lookup.alike]
        return {word: self._words[word] for word in found}

    def holding(self, step: Step) -> Iterable[tuple[str, Text]]:
        wanted = set(step.keys)
        found = [
            (one, text) for one, text in self._texts if (wanted <= keys(text) if step.every else wanted & keys(text))
        ]
        if step.most is None:
            return found
        found.sort(key=lambda pair: (step.keys[0] not in pair[1].title.split(), pair[1].length, pair[0]))
        return found[: step.most]


def keys(text: Text) -> set[str]:
    return {*text.title.split(), *text.body.split()}


def likeness(asked: Iterable[str], word: str) -> float:
    one, other = set(asked), trigrams(word)
    return len(one & other) / len(one | other)


def text(name: str, title: str, body: str = "") -> tuple[str, Text]:
    return name, make_text([Field("title", title, 3.0), Field("body", body)])


def hits(query: str, *texts: tuple[str, Text]) -> list[TextHit]:
    return find_texts(query, InMemory(texts))


def found(query: str, *texts: tuple[str, Text]) -> list[str]:
    return [hit.entry.id for hit in hits(query, *texts)]
