"""All words of something, so arranged that those near to a word are found without comparing it to each."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nlargest
from itertools import islice

from wegnetz.engines.search.closeness import near_words
from wegnetz.engines.search.words import LONGEST, SHORT, trigrams

LONGEST_BY_GAPS = 8  # letters; in longer words a slip leaves enough trigrams whole to go by them
COMPARED = 60  # words looked at letter by letter for one that was asked for


class Vocabulary:
    """Folded words. Built once, then only read; what was asked for is remembered, for people type the same words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word[:LONGEST] for word in words})
        self._known = frozenset(self._words)
        self._by_trigram: dict[str, list[int]] = {}
        self._by_gap: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for trigram in trigrams(word):
                self._by_trigram.setdefault(trigram, []).append(number)
            for gap in gaps(word):
                self._by_gap.setdefault(gap, []).append(number)
        self.near = lru_cache(maxsize=2_000)(self._near)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def __len__(self) -> int:
        return len(self._words)

    def starting_with(self, beginning: str) -> Iterator[str]:
        for word in islice(self._words, bisect_left(self._words, beginning), None):
            if not word.startswith(beginning):
                return
            yield word

    def _near(self, asked: str) -> dict[str, float]:
        """The words that `asked` may stand for, the nearest first, with their closeness (see `closeness`)."""
        asked = asked[:LONGEST]
        return near_words(asked, self._candidates(asked))

    def _candidates(self, asked: str) -> set[str]:
        if len(asked) <= SHORT:
            return set(islice(self.starting_with(asked), COMPARED))
        found = {number for gap in gaps(asked) for number in self._by_gap.get(gap, ())}
        shared: Counter[int] = Counter()
        mine = trigrams(asked)
        for trigram in mine:
            shared.update(self._by_trigram.get(trigram, ()))
        # Likeness to the whole speaks for a word written wrongly, many shared trigrams for a part of a longer word.
        alike = [(count / (len(mine) + len(self._words[one])), one) for one, count in shared.items() if count > 1]
        parts = [(count, one) for one, count in shared.items() if count >= len(mine) - 3]
        found.update(number for _, number in nlargest(COMPARED, alike) + nlargest(COMPARED // 2, parts))
        return {self._words[number] for number in found}


def gaps(word: str) -> set[str]:
    """The word and all it becomes with one letter left out: two words one slip apart have one of these in common."""
    if len(word) > LONGEST_BY_GAPS:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
