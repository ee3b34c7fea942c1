"""Make written names comparable: without case, accents, vowel signs and letter variants."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {
        "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ھ": "ه", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا",
        "ـ": "",
    }
)  # fmt: skip

# Ethiopic letters that Amharic reads alike, each as a whole series: the seven forms follow one another in Unicode.
for _one, _kept in ("ሐሀ", "ኀሀ", "ሠሰ", "ፀጸ", "ዐአ"):
    _LETTERS |= {ord(_one) + form: chr(ord(_kept) + form) for form in range(7)}


def fold(text: str) -> str:
    """The comparable form: compatibility decomposition, marks dropped, letters unified, single spaces."""
    if text.isascii():  # nothing to decompose, and most of a long list
        return " ".join(text.lower().split())
    # Some letters have a small form only after they are decomposed, and some small forms decompose further.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.translate(_LETTERS).split())
