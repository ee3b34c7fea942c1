"""Names for people who should not be named."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from wegnetz.engines.pseudonyms import CONSONANTS, UNWANTED, VOWELS, pseudonym

SHAPE = re.compile(rf"[{CONSONANTS.upper()}][{VOWELS}](?:[{CONSONANTS}][{VOWELS}]){{2}}")


def chooser(letters: str) -> Callable[[Sequence[str]], str]:
    """Chooses the given letters, one after the other."""
    rest = iter(letters)
    return lambda _choices: next(rest)


def test_five_thousand_names_can_be_spoken_and_wound_nobody() -> None:
    chance = random.Random(2021)
    names = [pseudonym(chance.choice) for _ in range(5000)]
    assert [name for name in names if not SHAPE.fullmatch(name)] == []
    assert [name for name in names for word in UNWANTED if word in name.lower()] == []
    assert len(set(names)) > 4900


def test_an_unwanted_name_is_passed_over() -> None:
    assert pseudonym(chooser("nazimo" + "miluto")) == "Miluto"


def test_the_letters_decide_the_name() -> None:
    assert pseudonym(chooser("miluto")) == "Miluto"
