"""How others are called on a map: initials or an emoji, so that nobody learns from it who they are."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_LETTERS: Final = 2
MOST_CAPITALS: Final = 3
MOST_SIGNS: Final = 3
MOST_CHARACTERS: Final = 12  # an emoji may be put together of many
_JOINS: Final = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})  # what only changes the character before it
_JOINER: Final = "\u200d"  # makes one emoji of those around it
_WORD = re.compile(r"[^\W\d_]+")


def is_initials(text: str) -> bool:
    """Whether a text names nobody: two letters, three capitals, or one to three signs such as emoji; digits count too.

    Three letters that are no capitals are a name in many languages.
    """
    if not text or text != text.strip() or len(text) > MOST_CHARACTERS or any(map(str.isspace, text)):
        return False
    kinds = [(char, unicodedata.category(char)) for char in unicodedata.normalize("NFC", text)]
    if any(kind in {"Cc", "Cs", "Co"} or char in "@<>&" for char, kind in kinds):
        return False
    letters = [(char, kind) for char, kind in kinds if kind.startswith("L")]
    signs = [char for char, kind in kinds if not kind.startswith("L") and kind not in _JOINS and char not in ".-"]
    most = MOST_CAPITALS if all(kind == "Lu" for _char, kind in letters) else MOST_LETTERS
    seen = len(signs) - text.count(_JOINER)
    return len(letters) <= most and len(letters) + seen > 0 and seen <= MOST_SIGNS


def initials_of(text: str) -> str:
    """What is left of a name: its first letter and that of its last word; what names nobody stays; "?" for nothing."""
    plain = " ".join(text.split())
    if is_initials(plain):
        return plain
    words = _WORD.findall(plain)
    if not words:
        return "?"
    # One letter can have two capitals, as in German.
    return "".join(word[0].upper()[:1] for word in (words[0], *words[1:][-1:]))
