"""Bytes of a file, taken up to a limit, and what they say: text in a known encoding, or JSON that is sound."""

from __future__ import annotations

import codecs
from typing import Any, Protocol

from wegnetz.core.strict_json import DoubleKeyError, parse_strictly
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason

MAX_BYTES = 20 * 1024 * 1024
# A JSON file of "[],[],…" takes thirty times its size in memory; an honest one has long texts between its marks.
MAX_PARTS = 1_500_000
PIECE = 1024 * 1024
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Readable(Protocol):
    """Django's uploaded files and every open file are ones."""

    def read(self, size: int, /) -> bytes: ...


def taken(file: Readable) -> bytes:
    """All of a file of 1 to MAX_BYTES bytes. Of a larger one, no more is read. Raises ReadRefusedError."""
    pieces, length = [], 0
    while piece := file.read(min(PIECE, MAX_BYTES + 1 - length)):
        pieces.append(piece)
        length += len(piece)
        if length > MAX_BYTES:
            raise ReadRefusedError(Reason.TOO_LARGE)
    if not length:
        raise ReadRefusedError(Reason.EMPTY)
    return b"".join(pieces)


def text_of(content: bytes) -> str:
    """UTF-8, or UTF-16 that says so by its first bytes. Raises ReadRefusedError."""
    encoding = "utf-16" if content.startswith(UTF16) else "utf-8-sig"
    try:
        return _without_zeros(content.decode(encoding))
    except UnicodeDecodeError:
        raise ReadRefusedError(Reason.ENCODING) from None


def windows_text_of(content: bytes) -> str:
    """What German spreadsheets write when nobody asks them for UTF-8. Raises ReadRefusedError."""
    try:
        return _without_zeros(content.decode("cp1252"))
    except UnicodeDecodeError:
        raise ReadRefusedError(Reason.ENCODING) from None


def json_of(text: str) -> Any:
    """Raises ReadRefusedError: also for keys that are there twice, numbers that are none, and nesting without end."""
    if sum(text.count(mark) for mark in ",[{") > MAX_PARTS:
        raise ReadRefusedError(Reason.TOO_MANY)
    try:
        return parse_strictly(text)
    except DoubleKeyError:
        raise ReadRefusedError(Reason.DOUBLE_KEYS) from None
    except (ValueError, RecursionError):
        raise ReadRefusedError(Reason.BROKEN_JSON) from None


def _without_zeros(text: str) -> str:
    """No text holds the character 0: with it, it is a program, a picture, or in an encoding that does not say so."""
    if "\0" in text:
        raise ReadRefusedError(Reason.ENCODING)
    return text
