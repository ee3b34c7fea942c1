"""Cut texts into words, and words into groups of three letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wegnetz.engines.search.letters import fold_for_search

SHORT = 2  # letters; so short a word is taken for a beginning, as it has too few letters to be misspelt
LONGEST = 64  # letters of a word that are looked at

# Scripts that write no space between words: Thai to Burmese, Khmer, kana, Han.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Word:
    """`key` is what is compared, `written` the word as it stood in the text, to show in a reason."""

    key: str
    written: str


def words_of(text: str) -> list[Word]:
    """The words of an unfolded text, in order. Punctuation parts words and is none."""
    return [
        Word(key, piece.strip(_EDGES) or piece) for piece in text.split() for key in keys_of(fold_for_search(piece))
    ]


_EDGES = ".,;:!?\"'()[]{}«»„“”‘’/…،؛؟。、"


def keys_of(folded: str) -> list[str]:
    """The comparable words of a folded text.

    Where words are written without spaces, each pair of neighbouring letters is one, and the last letter: what is
    asked for then also matches within a run.
    """
    keys = []
    for run in _WORD.findall(folded):
        if _IS_UNSPACED.match(run):
            keys += [run[at : at + 2] for at in range(len(run))]
        else:
            keys.append(without_article(run))
    return keys


def without_article(word: str) -> str:
    """Arabic writes "the" as part of the word. Three letters must remain, or it may be the word itself."""
    return word[2:] if word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE) + 3 else word


@lru_cache(maxsize=20_000)
def trigrams(word: str) -> frozenset[str]:
    """As pg_trgm cuts them: two spaces before and one after, so that beginnings weigh more than ends."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
