"""Strings of strangers, made harmless: no control characters, nothing that turns the reading direction unseen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

# Persian and Kurdish words are written with the first two; the others keep numbers and names in Arabic text in order.
MEANT = "\u200c\u200d\u200e\u200f"
LINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
GAPS = re.compile(r"[^\S\n]+")
EMPTY_LINES = re.compile(r"\n{3,}")
# UTF-8 that was read as Latin-1 or cp1252. Only what begins with these letters: "ß«" is a word's end, not such a pair.
_SECOND = "[\x80-\xbf\u0152-\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
TWICE = re.compile(f"[\u00c2\u00c3]{_SECOND}|\u00e2[\x80\u20ac]{_SECOND}")
# The first half of such a pair whose second half was a space.
HALF = re.compile(r"(?<=[a-zäöüß0-9.,])\u00c2(?=\s|$)")
SHOWN = 60


def clean(text: str) -> str:
    """Composed, without invisible characters that can only mislead; lines stay, other space is one space."""
    if not text.isprintable():
        lines = LINES.sub("\n", text)
        text = "".join(letter if letter.isprintable() else _instead(letter) for letter in lines)
    composed = unicodedata.normalize("NFC", text)
    lines = "\n".join(GAPS.sub(" ", line).strip() for line in composed.split("\n"))
    return EMPTY_LINES.sub("\n\n", lines).strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def is_hostile(text: str) -> bool:
    """Whether it holds what no honest program writes: control characters, or marks that override the direction."""
    return not text.isprintable() and any(_is_hostile(letter) for letter in text)


def mended(text: str) -> str:
    """Text with pairs such as „Ã¶“ put right where they can only be a letter that was encoded twice."""
    return HALF.sub("", TWICE.sub(_once, text)) if any(letter in text for letter in "\u00c2\u00c3\u00e2") else text


def shown(found: object) -> str:
    """For a message: one line, printable, at most SHOWN characters."""
    text = one_line(found if isinstance(found, str) else _named(found))
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _named(found: object) -> str:
    if found is None or isinstance(found, bool):
        return {None: "null", True: "true", False: "false"}[found]
    if isinstance(found, int | float):
        return str(found) if abs(found) < 1e15 else f"{found:.3e}" if abs(found) < 1e300 else "1e300…"
    if isinstance(found, Mapping):
        return "{…}"
    return "[…]" if isinstance(found, Sequence) else type(found).__name__


def _instead(letter: str) -> str:
    if letter == "\n" or letter in MEANT:
        return letter
    return " " if letter == "\t" or unicodedata.category(letter)[0] == "Z" else ""


def _is_hostile(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return (kind == "Cc" and letter not in "\t\n\r\v\f\x85") or kind == "Cs" or letter in "\u202a\u202b\u202d\u202e"


def _once(found: re.Match[str]) -> str:
    try:
        return b"".join(letter.encode("cp1252" if ord(letter) > 0xFF else "latin-1") for letter in found[0]).decode()
    except UnicodeError:
        return found[0]
