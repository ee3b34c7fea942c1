"""How near a word that was asked for is to one that is there. It does not matter who found the words to compare."""

from __future__ import annotations

from collections.abc import Iterable

from wegnetz.engines.search.words import SHORT, trigrams

# Each step below another: a slip is nearer than a part of a compound, that is nearer than a vague likeness.
SLIP = 0.9  # what two words that differ by slips keep, before each slip is taken off
PART = 0.85  # what a part of a longer word keeps at most
LIKENESS = 0.7  # what a vague likeness keeps
LEAST_LIKENESS = 0.4  # share of trigrams in common (Dice) below which two words have nothing to do with each other
LEAST_PART = 3  # letters
MOST = 24  # words that one word may stand for
BESIDE_THE_NEAREST = 0.5  # a word not even so near as this share of the nearest was not meant; every part is

# In these scripts a letter carries more than one of ours (a syllable, or consonants only), so words are shorter.
_DENSE = ("\u0590", "\u137f")  # Hebrew, Arabic and the scripts around them, to Ethiopic


def closeness(asked: str, there: str) -> float:
    """0 (nothing in common) to 1 (the same), of two folded words. Not symmetric: a part finds its whole."""
    if asked == there:
        return 1.0
    if len(asked) <= SHORT:
        return PART * len(asked) / len(there) if there.startswith(asked) else 0.0
    limit = slips_allowed(asked, there)
    # A slip takes one letter away at most; this is asked first, because most words are told apart by it.
    slips = slips_between(asked, there, limit) if len(set(asked).difference(there)) <= limit else limit + 1
    if slips <= limit:
        return SLIP - 0.5 * slips / max(len(asked), len(there))
    if len(asked) >= LEAST_PART and asked in there:
        share = len(asked) / len(there)
        return PART * (0.7 + 0.3 * share) if there.startswith(asked) else PART * (0.6 + 0.3 * share)
    return _likeness(asked, there)


def near_words(asked: str, words: Iterable[str], most: int = MOST) -> dict[str, float]:
    """What `asked` may stand for among these words, the nearest first, each with its closeness above 0."""
    near = [(value, word) for word in words if (value := closeness(asked, word)) > 0]
    near.sort(key=lambda pair: (-pair[0], pair[1]))
    return {word: value for value, word in near[:most] if value >= BESIDE_THE_NEAREST * near[0][0]}


def slips_allowed(one: str, other: str) -> int:
    """How many slips are forgiven: none up to three letters (in dense scripts: two), two from eight on."""
    longest = max(len(one), len(other))
    if longest >= 8:
        return 2
    dense = _DENSE[0] <= one[0] <= _DENSE[1]
    return 1 if longest > (SHORT if dense else SHORT + 1) else 0


def slips_between(one: str, other: str, limit: int) -> int:
    """Letters added, left out, put for another, or two neighbours exchanged (each one slip); limit + 1 if more.

    The distance is "optimal string alignment": no stretch is corrected twice.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > limit:  # an exchange reaches back two rows, but costs no less than leaving out the letter
            return limit + 1
        before, last = last, now
    return min(last[-1], limit + 1)


def _likeness(asked: str, there: str) -> float:
    one, other = trigrams(asked), trigrams(there)
    dice = 2 * len(one & other) / (len(one) + len(other))
    return LIKENESS * dice if dice >= LEAST_LIKENESS else 0.0
