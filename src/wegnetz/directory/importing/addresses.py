"""Addresses as they are written in one line, and the parts of them."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from wegnetz.directory.importing.cells import UNKNOWN, line
from wegnetz.directory.importing.outcome import Effect, Expected, Say
from wegnetz.engines.folding import fold

GERMAN = re.compile(
    r"(?P<street>.*?)[\s,]*\b(?:D-)?(?P<postcode>[0-9]{5})\s+(?P<town>[^\d,]+?)[\s,]*(?:Deutschland|Germany)?"
)
NUMBERED = re.compile(r"(?P<street>[^,]*[0-9][^,\s]*)\s*,\s*(?P<town>[^\W\d_][^\d,]+)")
POSTCODE = re.compile(r"[A-Z0-9][A-Z0-9 \-]{1,9}", re.IGNORECASE)


def address(text: str, say: Say) -> dict[str, str]:
    """ "Street 5, 40221 Düsseldorf" as street, postcode and town; whatever else it is, is the street."""
    words = line(text, say).strip(" ,")
    found = GERMAN.fullmatch(words) or NUMBERED.fullmatch(words)
    parts = found.groupdict() if found else {"street": words}
    return {name: part.strip(" ,") for name, part in parts.items() if part.strip(" ,")}


def is_address(text: str) -> bool:
    return GERMAN.fullmatch(" ".join(text.split()).strip(" ,")) is not None


def postcode(text: str, say: Say) -> str:
    """As it was written. A German one of four digits has lost its zero in a spreadsheet: somebody should look."""
    words = line(text, say).removeprefix("D-")
    if not words or words.lower() in UNKNOWN:
        return ""
    if not POSTCODE.fullmatch(words):
        say(text, Expected.POSTCODE)
        return ""
    if words.isdecimal() and len(words) != 5:
        say(text, Expected.POSTCODE, Effect.NOTED)
    return words


def country(text: str, say: Say) -> str:
    """ISO 3166-1 alpha-2, from the code or the name in German or English; nothing where nothing is said."""
    words = line(text, say)
    if not words or words.lower() in UNKNOWN:
        return ""
    if found := _countries().get(fold(words)):
        return found
    say(text, Expected.COUNTRY)
    return ""


@cache
def _countries() -> dict[str, str]:
    """Folded name or code -> code. Longer codes in Unicode's list are continents."""
    found: dict[str, str] = {}
    for reader in ("de", "en"):
        for code, name in sorted(Locale(reader).territories.items()):
            if len(code) == 2 and code.isalpha():
                found[fold(name)] = found[code.lower()] = code
    return found
