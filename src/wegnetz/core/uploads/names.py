"""What a file is called: in the person's own script, and harmless wherever it is saved."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 120
UNNAMED = "Dokument"

# Persian and Kurdish words are written with these two; all other invisible characters can only mislead.
JOINERS = "\u200c\u200d"
SPECIAL = frozenset('/\\:*?"<>|')
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
EDGES = f" .-_{JOINERS}"
ENDING = re.compile(r"\.([a-z][a-z0-9]{1,4})$", re.IGNORECASE | re.ASCII)


def ending_of(name: str) -> str:
    """The ending in small letters without its dot, or nothing."""
    found = ENDING.search(_last_part(name))
    return found[1].lower() if found else ""


def clean_name(name: str, ending: str) -> str:
    """The last part of a path without what misleads, with `ending`, in at most MAX_NAME characters.

    Control characters and marks that turn the reading direction go: they make `fdp.exe` look like `exe.pdf`.
    """
    stem = ENDING.sub("", _last_part(name))
    kept = "".join(letter if _is_plain(letter) else " " for letter in unicodedata.normalize("NFC", stem))
    short = " ".join(kept.split()).strip(EDGES)[: MAX_NAME - len(ending) - 1].strip(EDGES)
    if not short or DEVICES.match(short):
        short = UNNAMED
    return f"{short}.{ending}"


def _last_part(name: str) -> str:
    visible = "".join(letter for letter in name if unicodedata.category(letter) != "Cf" or letter in JOINERS)
    return re.split(r"[/\\]", visible)[-1].strip().rstrip(". ")


def _is_plain(letter: str) -> bool:
    if letter in JOINERS:
        return True
    return letter not in SPECIAL and unicodedata.category(letter)[0] not in "CZ"
