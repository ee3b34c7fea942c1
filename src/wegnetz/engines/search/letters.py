"""Make texts comparable for searching: as names are, and beyond that digits, apostrophes and keyboards' variants."""

from __future__ import annotations

import re
import unicodedata

from wegnetz.engines.folding import fold

# Names keep these apart, a search must not: who has only an Arabic or Persian keyboard writes Kurdish, Pashto and Urdu
# without their own letters, and who has only a Russian one writes Ukrainian "г" for "ґ" (ё and ї lose their dots as
# marks). Ukrainian "і" and "и" stay two letters: they tell words apart, and the one for the other is a typo like any.
_LETTERS = str.maketrans(
    {
        "ٱ": "ا", "ڵ": "ل", "ڕ": "ر", "ۆ": "و", "ێ": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی", "ہ": "ه", "ۃ": "ه",
        "ٹ": "ت", "ټ": "ت", "ڈ": "د", "ډ": "د", "ڑ": "ر", "ړ": "ر", "ں": "ن", "ڼ": "ن", "ګ": "گ",
        "ґ": "г", "ə": "e",
        "ʼ": "'", "’": "'", "‘": "'", "ʹ": "'", "`": "'",
    }
)  # fmt: skip

# Tigrinya is written with አ in Ethiopia and ኣ in Eritrea, and Amharic reads ሃ as ሀ.
_LETTERS |= str.maketrans({"ኣ": "አ", "ሃ": "ሀ"})

_ZERO_WIDTH_SPACE = "\u200b"
_INSIDE_CYRILLIC = re.compile(r"(?<=[\u0400-\u04ff])'(?=[\u0400-\u04ff])")
_ETHIOPIC_NUMBER = re.compile(r"[\u1369-\u137c]+")


def fold_for_search(text: str) -> str:
    """The form under which texts and queries meet. Folding it again changes nothing.

    >>> fold_for_search("Straßenfußball ab ١٤"), fold_for_search("М’яч")
    ('strassenfussball ab 14', 'мяч')
    """
    if text.isascii() and text.isprintable():  # the names' folding suffices, but for what stands for an apostrophe
        return fold(text).replace("`", "'")
    folded = fold("".join(_digit(char) for char in _seen(text))).translate(_LETTERS)
    return " ".join(_INSIDE_CYRILLIC.sub("", _ETHIOPIC_NUMBER.sub(_number, folded)).split())


def _seen(text: str) -> str:
    """Without what is not seen: direction marks, soft hyphens, joiners. Some scripts part words by an unseen space."""
    spaced = text.replace(_ZERO_WIDTH_SPACE, " ")
    return "".join(char for char in spaced if unicodedata.category(char) not in ("Cf", "Cc") or char.isspace())


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _number(match: re.Match[str]) -> str:
    """Ethiopic numbers: tens and units add up, a hundred (፻) and ten thousand (፼) multiply what stands before."""
    total = below = 0
    for char in match[0]:
        value = int(unicodedata.numeric(char))
        if value == 10_000:
            total, below = (total + below or 1) * value, 0
        elif value == 100:
            below = (below or 1) * value
        else:
            below += value
    return str(total + below)
