"""From a word in any language to what it means: the bridge between people and offers that share no language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log

from wegnetz.engines.search.texts import MOST_LETTERS, asked_words
from wegnetz.engines.search.vocabulary import Vocabulary
from wegnetz.engines.search.words import Word, words_of

WORDWISE = 0.95  # what a hit word by word keeps beside one of the whole term
LEAST_WHOLE = 0.65  # closeness; less of a term that was joined into one word may lie across two of its words
LABEL = 1.0
SYNONYM = 0.99  # a synonym is as good as the label, unless it is the label of another concept
OTHER_LANGUAGE = 0.97  # if it is known which language is asked in, a word of another one gives way
LEAST_KNOWN = 0.4  # closeness of a word to some word of a term; below, nobody knows it
LEAST_SCORE = 0.3  # below, a concept was not meant
UNKNOWN = 0.5  # share of the rarest word's weight that a word has which no term knows
NARROWER = 0.95  # what each step down keeps: who asks for sport is helped by football, but less surely


@dataclass(frozen=True, slots=True)
class Concept:
    """`terms` by language: the label, then synonyms. `parents` are the ids of wider concepts."""

    id: str
    terms: Mapping[str, Sequence[str]]
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One name of a concept. `keys` are its comparable words."""

    concept: str
    language: str
    text: str
    is_label: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptHit:
    """A concept that was meant, how surely (0 to 1), and the term by which it was found. Exact: as it is written."""

    concept: str
    score: float
    term: Term
    exact: bool


class Lexicon:
    """All concepts with their terms, ready to be asked. Built once and then only read."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = {concept.id: concept for concept in concepts}
        self._terms = tuple(term for concept in self.concepts.values() for term in _terms(concept))
        self._with_key: dict[str, list[int]] = {}  # numbers of terms, as they are looked up by the thousand
        self._whole: dict[str, list[int]] = {}
        for number, term in enumerate(self._terms):
            self._whole.setdefault("".join(term.keys), []).append(number)
            for key in dict.fromkeys(term.keys):
                self._with_key.setdefault(key, []).append(number)
        self._vocabulary = Vocabulary([*self._with_key, *self._whole])
        self._rarity = {
            key: log(1 + len(self.concepts) / len({self._terms[number].concept for number in numbers}))
            for key, numbers in self._with_key.items()
        }
        self._said = [sum(self._rarity[key] for key in term.keys) for term in self._terms]
        self._unknown = UNKNOWN * log(1 + len(self.concepts))
        self._below = _children(self.concepts.values())

    def find(self, query: str, *, language: str | None = None, most: int = 20) -> list[ConceptHit]:
        """The concepts meant, the surest first. `language`: the one asked in, if that is known."""
        asked = asked_words(query)
        best: dict[str, ConceptHit] = {}
        for number, value, exact in chain(self._wholes(query), self._wordwise(asked)):
            term = self._terms[number]
            score = value * (LABEL if term.is_label else SYNONYM)
            score *= 1 if language in (None, term.language) else OTHER_LANGUAGE
            seen = best.get(term.concept)
            if score >= LEAST_SCORE and (seen is None or score > seen.score):
                best[term.concept] = ConceptHit(term.concept, score, term, exact)
        return sorted(best.values(), key=lambda one: (-one.score, one.concept))[:most]

    def named(self, query: str) -> list[Term]:
        """The terms that are written so, in whatever language, however either is parted into words."""
        return [self._terms[number] for number in self._whole.get(_joined(query), ())]

    def knows(self, query: str) -> bool:
        """Whether it is like a term as a whole, or each of its words is like a word of some term."""
        words = asked_words(query)
        return any(self._wholes(query)) or all(
            max(self._near(word.key).values(), default=0) >= LEAST_KNOWN for word in words
        )

    def and_narrower(self, concept: str) -> dict[str, float]:
        """The concept and all below it, each with what is kept of a hit's score. A circle of parents does no harm."""
        kept = {concept: 1.0}
        layer = [concept]
        while layer:
            below = {child: kept[one] * NARROWER for one in layer for child in self._below.get(one, ())}
            layer = [child for child in below if child not in kept]
            kept |= {child: below[child] for child in layer}
        return kept

    def _wholes(self, query: str) -> Iterable[tuple[int, float, bool]]:
        """Terms that the query is near to as a whole, however either is parted into words."""
        joined = _joined(query)
        for whole, value in self._vocabulary.near(joined).items() if joined else ():
            for number in self._whole.get(whole, ()) if value >= LEAST_WHOLE else ():
                yield number, value, value == 1

    def _wordwise(self, asked: Sequence[Word]) -> Iterable[tuple[int, float, bool]]:
        """Terms of which the query has words: the more of the term, and of the query, the better."""
        near = [self._near(word.key) for word in asked]
        said = sum(self._weight(keys) for keys in near)
        covered: dict[int, float] = {}
        for keys in near:
            for number, value in self._best_by_term(keys).items():
                covered[number] = covered.get(number, 0.0) + value
        for number, value in covered.items():
            of_term, of_query = min(1.0, value / self._said[number]), min(1.0, value / said)
            yield number, WORDWISE * of_term * (0.5 + 0.5 * of_query), False

    def _near(self, key: str) -> dict[str, float]:
        return {one: value for one, value in self._vocabulary.near(key).items() if one in self._with_key}

    def _weight(self, near: Mapping[str, float]) -> float:
        return max((self._rarity[key] * value for key, value in near.items()), default=self._unknown)

    def _best_by_term(self, near: Mapping[str, float]) -> dict[int, float]:
        best: dict[int, float] = {}
        for key, closeness in near.items():
            value = self._rarity[key] * closeness
            for number in self._with_key[key]:
                if value > best.get(number, 0.0):
                    best[number] = value
        return best


def _joined(query: str) -> str:
    return "".join(word.key for word in words_of(query[:MOST_LETTERS]))


def _terms(concept: Concept) -> Iterable[Term]:
    for language, texts in concept.terms.items():
        seen = set()
        for place, text in enumerate(texts):
            keys = tuple(word.key for word in words_of(text))
            if keys and keys not in seen:
                seen.add(keys)
                yield Term(concept.id, language, text, place == 0, keys)


def _children(concepts: Iterable[Concept]) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for concept in concepts:
        for parent in concept.parents:
            below.setdefault(parent, []).append(concept.id)
    return below
