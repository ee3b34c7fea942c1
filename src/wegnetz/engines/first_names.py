"""First names on a list, each told from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

from wegnetz.engines.folding import fold

K = TypeVar("K", bound=Hashable)


def first_names(names: Mapping[K, str]) -> dict[K, str]:
    """The first word of each name. Who shares it with somebody gets an initial of the next word, or a number.

    Numbers follow the order of `names`, which therefore has to be the same each time. A name without a word is empty.
    """
    first = {who: _first(name) for who, name in names.items()}
    initialled = {who: _with_initial(names[who]) if many else first[who] for who, many in _shared(first).items()}
    seen: Counter[str] = Counter()
    told = {}
    for who, again in _shared(initialled).items():
        seen[fold(initialled[who])] += 1
        told[who] = f"{initialled[who]} {seen[fold(initialled[who])]}" if again else initialled[who]
    return told


def _shared(names: Mapping[K, str]) -> dict[K, bool]:
    """Whether somebody else on the list is written alike, whatever the accents and capitals."""
    number = Counter(map(fold, names.values()))
    return {who: bool(name) and number[fold(name)] > 1 for who, name in names.items()}


def _first(name: str) -> str:
    return next(iter(name.split()), "")


def _with_initial(name: str) -> str:
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first
