"""Pronounceable names for people who should not be named. They look like no real first name list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# Letters that are read alike in German, English, French and Turkish, and are easy to spell on the phone.
CONSONANTS = "bdfklmnprstvz"
VOWELS = "aeiou"
SYLLABLES = 3
# Words that wound or amuse in one of the programme's languages.
UNWANTED = (
    "nazi", "fuk", "fik", "kaka", "popo", "pipi", "nutte", "tot", "mord", "kid", "sida", "zid",
    "puta", "pede", "bite", "kona", "kuni", "sik", "salo", "dumm", "lami", "idiot", "rape", "sex",
    "nigr", "dibi", "fifi",
)  # fmt: skip


def pseudonym(choose: Callable[[Sequence[str]], str]) -> str:
    """A name such as "Miluto", with `choose` picking one of a sequence at random.

    13 consonants and 5 vowels in 3 syllables give about 270,000 names; uniqueness is the caller's to check.
    """
    while True:
        name = "".join(choose(CONSONANTS) + choose(VOWELS) for _ in range(SYLLABLES))
        if not any(word in name for word in UNWANTED):
            return name.capitalize()
