"""Offers in a database of their own, imported and then searched as a page does it: how well, and how fast.

The offers are invented; their interests and the words in which these are asked for are those that are shipped.
"""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from bench.databases import databases, settle
from bench.decide import REFERENCE_PACK
from bench.lexicons import Query, with_typo
from bench.machine import percentile
from bench.pages import install, stand_alone
from wegnetz.directory import entries
from wegnetz.engines.search.concepts import Concept

AT = (1, 10)
SHOWN = 20  # as a page of the public list
OFFERS_OF_A_POINT = 5
WORDS_OF_AN_OFFER, WORDS_OF_A_TITLE = 60, 2
LONGER = 5  # letters; "a typo in every longer word" is in those with so many
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SYLLABLES = [
    "ba", "be", "ben", "ber", "bil", "da", "den", "der", "ge", "gel", "gen", "ha", "hei", "kei", "keit", "ko", "kul",
    "la", "len", "li", "lung", "ma", "mit", "ne", "nen", "ra", "rei", "run", "schaft", "se", "sel", "sen", "spra", "ta",
    "ten", "ter", "tung", "un", "ver", "wer", "ze", "zeit", "zen",
]  # fmt: skip
START = """
from time import perf_counter
from wegnetz.exchange.setup import start_django
start_django()
from wegnetz.directory.selectors.interests import interests
from wegnetz.directory.selectors.points import Search
from wegnetz.directory.selectors.search import search_offers
start = perf_counter(); interests(); known = perf_counter()
search_offers(Search(), query="Fussbal", language="de")[:20]; found = perf_counter()
import json; print(json.dumps({"interests": known - start, "first search": found - known}))
"""


def measure_offers(
    concepts: Sequence[Concept], queries: Sequence[Query], number: int, titles: int, chance: random.Random,
    database: str | None,
) -> dict[str, Any]:  # fmt: skip
    """`queries` are asked as they are; of `titles` offers the title is asked for, clean and written wrongly."""
    points = invented_points(concepts, number, chance)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wegnetz-bench-")))
        urls = stack.enter_context(databases(database))
        stand_alone(folder, urls)
        install()
        importing = _take_over(points)
        settle()
        return {
            "database": "postgresql" if urls else "sqlite",
            "offers": number,
            "seconds": {"import": importing, **_rebuild(), **_start()},
            **_asked(queries),
            "titles": _titles(points, titles, chance),
        }


def _take_over(points: Sequence[entries.Point]) -> float:
    """Seconds of reading all of them for the first time."""
    from bench.houses import House, open_house  # noqa: PLC0415  needs Django
    from wegnetz.accounts.access import Role  # noqa: PLC0415
    from wegnetz.core.days import working_day  # noqa: PLC0415
    from wegnetz.core.scope import EVERYTHING, acting_as  # noqa: PLC0415
    from wegnetz.directory.services import ensure_source, take_over  # noqa: PLC0415
    from wegnetz.programme.services import put_in_force, read_candidate  # noqa: PLC0415

    with acting_as(EVERYTHING):
        put_in_force(read_candidate(REFERENCE_PACK))
        (steering,) = open_house(House("steering", "Geschäftsstelle", Role.STEERING, 1))
        source = ensure_source(name="Liste", kind="csv", attribution="", licence="", by=steering)
        start = perf_counter()
        take_over(source, points, by=steering, on=working_day())
        return round(perf_counter() - start, 1)


def _rebuild() -> dict[str, float]:
    from wegnetz.core.scope import EVERYTHING, acting_as  # noqa: PLC0415  needs Django
    from wegnetz.directory.services import rebuild_search  # noqa: PLC0415

    start = perf_counter()
    with acting_as(EVERYTHING):
        rebuild_search()
    return {"rebuild": round(perf_counter() - start, 1)}


def _start() -> dict[str, float]:
    """Seconds that a new process takes until it has its interests, and then for its first search."""
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, check=True)  # noqa: S603  our own text
    taken: dict[str, float] = json.loads(done.stdout)
    return {f"new process: {name}": round(seconds, 2) for name, seconds in taken.items()}


def _search() -> Callable[[str, str], list[Any]]:
    from wegnetz.directory.selectors.points import Search  # noqa: PLC0415  needs Django
    from wegnetz.directory.selectors.search import search_offers  # noqa: PLC0415

    return lambda query, language: search_offers(Search(), query=query, language=language)[:SHOWN]


def _asked(queries: Sequence[Query]) -> dict[str, Any]:
    """Milliseconds of a whole search, and whether one of the first ten is tagged with what was asked for."""
    search, taken, worked = _search(), [], []
    gc.collect()
    gc.freeze()  # a web process does not hold five thousand offers in memory
    right: dict[str, list[bool]] = defaultdict(list)
    for query in queries:
        start, at_work = perf_counter(), process_time()
        found = search(query.text, query.language)
        taken.append((perf_counter() - start) * 1000)
        worked.append((process_time() - at_work) * 1000)
        tagged = (query.concept in each.offer.offer.concepts for each in found[: max(AT)])
        right[query.language].append(any(tagged))
    return {
        "queries": len(queries),
        "milliseconds": _percentiles(taken),
        # Without waiting for others on a busy machine, and without PostgreSQL's own work.
        "milliseconds of this process": _percentiles(worked),
        "an offer with the concept among the first 10": {
            language: round(sum(every) / len(every), 3) for language, every in sorted(right.items())
        },
    }  # fmt: skip


def _percentiles(taken: list[float]) -> dict[str, float]:
    taken.sort()
    return {name: round(percentile(taken, at), 2) for name, at in (("p50", 50), ("p95", 95), ("max", 100))}


# --- titles ------------------------------------------------------------------------------------------


def _titles(points: Sequence[entries.Point], number: int, chance: random.Random) -> dict[str, Any]:
    """Shares of offers that are first, or among the first ten, when their title is asked for; beside LIKE."""
    every = [offer.wording.source.texts[entries.TITLE] for point in points for offer in point.offers]
    some = chance.sample(every, min(number, len(every)))
    wrong = [_one_typo(title, chance) for title in some]
    all_wrong = [" ".join(_wrong(word, chance) for word in title.split()) for title in some]
    search, like = _search(), _like()
    asked = {"clean": some, "one typo": wrong, "a typo in every longer word": all_wrong}
    return {"queries": len(some)} | {
        f"{name}{kind}": _shares(some, [finder(query) for query in texts])
        for name, texts in asked.items()
        for kind, finder in (("", lambda query: _names(search(query, "de"))), (", LIKE", like))
    }


def _names(found: Sequence[Any]) -> list[str]:
    return [each.offer.offer.wording.source.texts[entries.TITLE] for each in found]


def _one_typo(title: str, chance: random.Random) -> str:
    words = title.split()
    at = chance.choice([at for at, word in enumerate(words) if len(word) >= LONGER] or [0])
    return " ".join((*words[:at], _wrong(words[at], chance), *words[at + 1 :]))


def _wrong(word: str, chance: random.Random) -> str:
    return with_typo(word, LETTERS, chance) or word if len(word) >= LONGER else word


def _like() -> Callable[[str], list[str]]:
    """As `LIKE '%query%'` over the titles, by name; both databases know no case here."""
    from wegnetz.directory.access import offers_in_scope  # noqa: PLC0415  needs Django

    return lambda query: list(
        offers_in_scope().filter(title__icontains=query).order_by("title").values_list("title", flat=True)[: max(AT)]
    )


def _shares(wanted: Sequence[str], found: Sequence[Sequence[str]]) -> dict[str, float]:
    return {
        f"at {most}": round(
            sum(one in titles[:most] for one, titles in zip(wanted, found, strict=True)) / len(wanted), 3
        )
        for most in AT
    }


# --- what is invented --------------------------------------------------------------------------------


def invented_points(concepts: Sequence[Concept], number: int, chance: random.Random) -> list[entries.Point]:
    """Contact points with some offers each: a title with one or two German (or other) labels, and a text of words."""
    vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 5))) for _ in range(20_000)]
    # As words of a language: few of them are most of a text.
    weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))

    def words(count: int) -> str:
        return " ".join(chance.choices(vocabulary, cum_weights=weights, k=count))

    def offer(key: int) -> entries.Offer:
        tags = chance.sample(list(concepts), chance.randint(1, 2))
        title = f"{' '.join(map(_name, tags))} {' '.join(chance.choices(vocabulary, k=WORDS_OF_A_TITLE))}"
        said = {entries.TITLE: title, entries.DESCRIPTION: words(WORDS_OF_AN_OFFER)}
        wording = entries.Wording("de", {"de": entries.Translation(said)})
        return entries.Offer(str(UUID(int=key)), wording, tuple(one.id for one in tags))

    points = []
    for first in range(0, number, OFFERS_OF_A_POINT):
        said = {entries.NAME: words(2)}
        wording = entries.Wording("de", {"de": entries.Translation(said)})
        offers = tuple(offer(key) for key in range(first, min(first + OFFERS_OF_A_POINT, number)))
        points.append(entries.Point(str(UUID(int=first)), wording, offers=offers))
    return points


def _name(concept: Concept) -> str:
    terms = concept.terms.get("de") or next(iter(concept.terms.values()), ("",))
    return terms[0]
