"""What a contact point is told of somebody who comes: a name to go by, and nothing that leads to them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Shorter runs of digits are numbers of houses, of people, postcodes.
_FEWEST_DIGITS: Final = 6
_DAY = r"(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.(?:\s?(?:\d{4}|\d{2}))?"
_TIME = r"(?:[01]?\d|2[0-3])[.:][0-5]\d"
_WHEN = re.compile(rf"(?<!\d)(?<!\d\.)(?:{_DAY}|{_TIME})(?!\.?\d)")
_RUN = re.compile(r"[\d\s().:/+|_*~-]+")
_PAGE = re.compile(r"https?:|\bwww\.|[\w-]\.[a-z]{2,}/|[\w-]\.(?:com|de|net|org|me|info|eu|app)\b", re.IGNORECASE)


def name_to_go_by(called: str) -> str:
    """By which name somebody can be announced: what they are called, if that is one word.

    Nothing says which of several words is a family name, so of those none is proposed.
    """
    return called if re.fullmatch(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", called) else ""


def leads_to_somebody(text: str) -> bool:
    """Whether a telephone number, an e-mail address, a page or the like stands in a text, in digits of whatever script.

    Days and times of the day are none. Numbers in words are not found.
    """
    plain = _plain(text)
    runs = _RUN.findall(_WHEN.sub("x", plain))
    numbers = (sum(char.isdigit() for char in run) for run in runs)
    return "@" in plain or _PAGE.search(plain) is not None or max(numbers, default=0) >= _FEWEST_DIGITS


def _plain(text: str) -> str:
    """With the digits 0 to 9 and one kind of dash, and without what is invisible."""
    # Digits first: some signs are a digit with a comma, and would become two.
    counted = "".join(_plain_character(char) for char in text)
    shown = (char for char in unicodedata.normalize("NFKC", counted) if unicodedata.category(char) != "Cf")
    return "".join(_plain_character(char) for char in shown)


def _plain_character(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return "-" if unicodedata.category(char) == "Pd" else char
