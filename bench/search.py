"""How well and how fast interests and offers are found: synonyms in each language, clean and with a typo."""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.lexicons import Query, letters_of, read_concepts, shipped_concepts, synonyms, with_typo, without
from bench.machine import machine, peak_memory
from bench.offers import AT, measure_offers
from wegnetz.engines.search.concepts import Concept, Lexicon
from wegnetz.engines.search.letters import fold_for_search

TARGET_P95_MS = 30.0
PARTS = 5  # a fifth of the synonyms at a time is taken out and asked for

Found = Callable[[str], Sequence[str]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--concepts", type=Path, metavar="PATH", help="TOML or JSON, see lexicons.py; without it the shipped interests"
    )
    parser.add_argument("--queries", type=int, default=300, help="at most so many of each language")
    parser.add_argument("--offers", type=int, default=5_000)
    parser.add_argument("--searches", type=int, default=1_000, help="for offers, of all languages together")
    parser.add_argument("--titles", type=int, default=300, help="of offers that are searched for by their title")
    parser.add_argument(
        "--database", metavar="URL",
        help="a PostgreSQL server where this signs in as a superuser; what is made there is dropped again",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)


def run(options: argparse.Namespace) -> dict[str, Any]:
    if options.concepts and not options.concepts.is_file():
        raise SystemExit(f"There are no interests at {options.concepts}. Name their file with --concepts.")
    concepts = read_concepts(options.concepts) if options.concepts else shipped_concepts()
    chance = random.Random(options.seed)
    languages = sorted({language for one in concepts for language in one.terms})
    asked = {language: _some(synonyms(concepts, language), options.queries, chance) for language in languages}
    asked = {language: queries for language, queries in asked.items() if queries}
    wrong = {language: _typos(queries, letters_of(concepts, language), chance) for language, queries in asked.items()}
    queries = [query for every in (*asked.values(), *wrong.values()) for query in every]
    some = _some(queries, options.searches, chance)
    offers = measure_offers(shipped_concepts(), some, options.offers, options.titles, chance, options.database)
    return {
        "benchmark": "search",
        "concepts": {
            "file": options.concepts and options.concepts.name,
            "number": len(concepts),
            "terms": _number_of_terms(concepts),
        },
        "seed": options.seed,
        "recall": measure_recall(concepts, asked, wrong),
        "offers": offers,
        "peak_memory_mb": round(peak_memory(), 1),
        "target": {"p95_ms": TARGET_P95_MS, "met": offers["milliseconds"]["p95"] <= TARGET_P95_MS},
        "machine": machine(),
    }


def _number_of_terms(concepts: Iterable[Concept]) -> int:
    return sum(len(texts) for one in concepts for texts in one.terms.values())


def _some(queries: list[Query], most: int, chance: random.Random) -> list[Query]:
    return chance.sample(queries, most) if len(queries) > most else queries


def _typos(queries: Iterable[Query], letters: str, chance: random.Random) -> list[Query]:
    made = ((query, with_typo(query.text, letters, chance)) for query in queries)
    return [Query(text, query.concept, query.language) for query, text in made if text]


# --- how well ----------------------------------------------------------------------------------------


def measure_recall(
    concepts: list[Concept], asked: dict[str, list[Query]], wrong: dict[str, list[Query]]
) -> dict[str, Any]:
    """Shares of queries whose concept is first, or among the first ten, by language.

    "best expected": many synonyms belong to several concepts, of which only one can be first;
    so much could be expected of a finder that knows them all and guesses which is meant.
    "not in the lexicon": the synonym was taken out before it was asked for; only its likeness to other terms can help.
    """
    lexicon, like, best = Lexicon(concepts), like_over(concepts), _best_expected(concepts)
    unseen = _unseen(concepts, asked)
    return {
        language: {
            "queries": len(queries),
            "best expected": best(queries),
            "clean": _shares(queries, _by(lexicon)),
            "clean, LIKE": _shares(queries, like),
            "one typo": _shares(wrong[language], _by(lexicon)),
            "one typo, LIKE": _shares(wrong[language], like),
            "not in the lexicon": unseen[language],
        }
        for language, queries in asked.items()
    }


def like_over(concepts: Iterable[Concept]) -> Found:
    """As `LIKE '%query%'` over all terms: letters A to Z without case, all else as it is; in the order of the file."""
    texts = [
        (one.id, "\n".join(_ascii_lower(text) for every in one.terms.values() for text in every)) for one in concepts
    ]
    return lambda query: [concept for concept, text in texts if _ascii_lower(query) in text]


def _ascii_lower(text: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in text)


def _by(lexicon: Lexicon) -> Found:
    return lambda query: [hit.concept for hit in lexicon.find(query, most=max(AT))]


def _shares(queries: Sequence[Query], found: Found) -> dict[str, float]:
    answers = [(query.concept, found(query.text)) for query in queries]
    return {
        f"at {most}": round(sum(concept in ids[:most] for concept, ids in answers) / max(len(queries), 1), 3)
        for most in AT
    }


def _best_expected(concepts: Iterable[Concept]) -> Callable[[Sequence[Query]], dict[str, float]]:
    meant: dict[str, set[str]] = defaultdict(set)
    for one in concepts:
        for texts in one.terms.values():
            for text in texts:
                meant[fold_for_search(text)].add(one.id)

    def shares(queries: Sequence[Query]) -> dict[str, float]:
        numbers = [len(meant[fold_for_search(query.text)]) for query in queries]
        return {f"at {most}": round(sum(min(1, most / one) for one in numbers) / len(numbers), 3) for most in AT}

    return shares


def _unseen(concepts: list[Concept], asked: dict[str, list[Query]]) -> dict[str, dict[str, float]]:
    sums = {language: dict.fromkeys((f"at {most}" for most in AT), 0.0) for language in asked}
    for part in range(PARTS):
        taken = {language: queries[part::PARTS] for language, queries in asked.items()}
        lexicon = Lexicon(without(concepts, (query for queries in taken.values() for query in queries)))
        for language, queries in taken.items():
            for name, share in _shares(queries, _by(lexicon)).items():
                sums[language][name] += share * len(queries)
    return {
        language: {name: round(value / len(asked[language]), 3) for name, value in shares.items()}
        for language, shares in sums.items()
    }
