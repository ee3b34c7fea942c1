"""JSON from outside: each key once, and numbers that are some."""

from __future__ import annotations

import json
from typing import Any, Never


class DoubleKeyError(ValueError):
    """An object has a key twice, and nobody knows which one holds. The argument is the key."""

    @property
    def key(self) -> str:
        return str(self.args[0])


def parse_strictly(text: str) -> Any:
    """Raises DoubleKeyError, other ValueErrors also for NaN and Infinity, and RecursionError."""
    return json.loads(text, object_pairs_hook=_keys_once, parse_constant=_no_number)


def _keys_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DoubleKeyError(key)
        found[key] = value
    return found


def _no_number(word: str) -> Never:
    raise ValueError(f"{word} is no number")


def one_line(text: str, longest: int = 200) -> str:
    """For a message; one with control characters is shown escaped, so that it cannot pose as other lines."""
    return text[:longest] if text.isprintable() else repr(text[:longest])
