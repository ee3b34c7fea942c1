"""What to look up for a query: first the words that may have been meant, then the texts that have them.

Every lookup has one right answer, in whatever database: how many words and texts are asked for, and which come first,
is said here. Ranking is done afterwards, so that the same is found everywhere in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from wegnetz.engines.search.closeness import LEAST_LIKENESS, LEAST_PART, MOST
from wegnetz.engines.search.texts import Match
from wegnetz.engines.search.vocabulary import gaps
from wegnetz.engines.search.words import LONGEST, SHORT, trigrams

TOO_COMMON = 0.5  # share of texts; a word in more of them says nothing beside a rarer one
MOST_FOUND = 200  # texts that are scored; who asks for words that more texts have is told of those with rarer ones
# Of all trigrams that two words have, the share they have in common, as pg_trgm counts it.
LEAST_SHARED = LEAST_LIKENESS / (2 - LEAST_LIKENESS)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Which words a word may stand for: itself; for a short one, the shortest `beginnings` that begin with it;

    else those with which it shares one of its `gaps`, the shortest `parts` of which it is a part, and the `alike` that
    are most like it: at least `LEAST_SHARED` of their `trigrams` in common. Of equals, the first in order of letters.
    """

    key: str
    gaps: tuple[str, ...] = ()
    trigrams: tuple[str, ...] = ()
    beginnings: int = 0
    parts: int = 0
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Texts that have one of these words, or `every` one. With `most`, those with the first word in their title, then

    the shortest, then by their id.
    """

    keys: tuple[str, ...]
    every: bool = False
    most: int | None = None


def lookup(key: str) -> Lookup:
    key = key[:LONGEST]
    if len(key) <= SHORT:
        return Lookup(key, beginnings=MOST)
    parts = MOST if len(key) >= LEAST_PART else 0
    return Lookup(key, tuple(sorted(gaps(key))), tuple(sorted(trigrams(key))), parts=parts, alike=2 * MOST)


def steps(matches: Sequence[Match], frequencies: Mapping[str, int], texts: int) -> list[Step]:
    """The same before what is like it, and the rarer first, as long as there is room for all texts that have a word.

    Of the first word for which there is no room, some: those that have all of the known words, then the most telling.
    """
    same = {match.key for match in matches if match.closeness == 1}
    keys = sorted({match.key for match in matches}, key=lambda key: (key not in same, frequencies[key], key))
    telling = _telling(keys, same, frequencies, TOO_COMMON * texts)
    room, whole = MOST_FOUND, []
    for key in telling:
        if frequencies[key] > room:
            break
        room -= frequencies[key]
        whole.append(key)
    found = [Step(tuple(whole))] if whole else []
    if len(whole) == len(telling):
        return found
    known = tuple(key for key in telling if key in same)
    if len(known) > 1:
        found.append(Step(known, every=True, most=room))
    return [*found, Step((telling[len(whole)],), most=room)]


def _telling(keys: list[str], same: Collection[str], frequencies: Mapping[str, int], most: float) -> list[str]:
    """Without what half of the texts have, unless nothing that was asked for as it is written would remain."""
    rarer = [key for key in keys if frequencies[key] <= most]
    return rarer if any(key in same for key in rarer) or (rarer and not same) else keys
