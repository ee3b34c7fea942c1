"""JSON that is handed to a command: read up to a size, each key once, and for every fault one line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import msgspec

from wegnetz.core.strict_json import DoubleKeyError, one_line, parse_strictly

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | int
Words = list[Annotated[str, msgspec.Meta(min_length=1, max_length=200)]]


class InputError(Exception):
    """The input cannot be used; the message says why, in one line."""


def read_json(name: str, *, most: int, expected: str, shape: str) -> Any:
    """What stands in a file, or in standard input for "-": at the most `most` bytes of UTF-8.

    `expected` says what the bytes should be, `shape` what the JSON should be. Raises InputError.
    """
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(most + 1) if sys.stdin else b""
        else:
            with Path(name).open("rb") as file:
                raw = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise InputError(f"{one_line(name)}: cannot be read ({reason})") from error
    if len(raw) > most:
        raise InputError(f"{name}: found more than {most} bytes, expected {expected}")
    try:
        return parse_strictly(raw.decode("utf-8-sig"))
    except DoubleKeyError as error:
        raise InputError(f"{one_line(error.key, 60)}: found twice, expected each key once") from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise InputError(f"{name}: found no valid JSON ({one_line(str(error), 120)}), expected {shape}") from error


def each_once(what: str, ids: Iterable[str | int]) -> dict[str, str | int]:
    """{id as text: id as given}. Raises ValueError for one that is there twice."""
    found: dict[str, str | int] = {}
    for each in ids:
        if str(each) in found:
            raise ValueError(f"{what} {each}: found twice, expected each id once")
        found[str(each)] = each
    return found
