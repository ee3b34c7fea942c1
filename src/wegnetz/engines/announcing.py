"""What a contact point is told of somebody who comes: a name to go by, and nothing that leads to them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from wegnetz.engines.folding import fold

# Shorter runs of digits are numbers of houses, of people, postcodes.
_FEWEST_DIGITS: Final = 6
_DAY = r"(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.(?:\s?(?:\d{4}|\d{2}))?"
_TIME = r"(?:[01]?\d|2[0-3])[.:][0-5]\d"
_WHEN = re.compile(rf"(?<!\d)(?<!\d\.)(?:{_DAY}|{_TIME})(?!\.?\d)")
_RUN = re.compile(r"[\d\s().:/+-]+")


def name_to_go_by(called: str, full: str) -> str:
    """By which name somebody can be announced: what they are called, unless that may be all of their name.

    Nothing says which part is a family name, so of several words none is left out.
    """
    words = set(fold(called).split())
    return called if len(words) == 1 or set(fold(full).split()) - words else ""


def leads_to_somebody(text: str) -> bool:
    """Whether a telephone number, an e-mail address or the like stands in a text, in digits of whatever script.

    Days and times of the day are none. Numbers in words are not found.
    """
    plain = _plain(text)
    runs = _RUN.findall(_WHEN.sub(";", plain))
    return "@" in plain or any(sum(char.isdigit() for char in run) >= _FEWEST_DIGITS for run in runs)


def _plain(text: str) -> str:
    """With the digits 0 to 9 and one kind of dash, and without what is invisible."""
    shown = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return "".join(_plain_character(char) for char in shown)


def _plain_character(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return "-" if unicodedata.category(char) == "Pd" else char
