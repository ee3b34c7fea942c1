"""JSON objects of strangers, of which nothing is certain: a text may be a number, a list may be missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from wegnetz.directory.importing.cells import LONGEST_LINE, LONGEST_TEXT, line, prose
from wegnetz.directory.importing.cleaning import one_line
from wegnetz.directory.importing.outcome import Expected, Say

Value = TypeVar("Value")
LONGEST_RAW = 100_001  # letters; pages of HTML are the longest


@dataclass(frozen=True, slots=True)
class Part:
    """An object within an entry; one that is missing is empty. Faults are said with the way to the field."""

    data: Mapping[str, Any]
    say: Say

    def __bool__(self) -> bool:
        return bool(self.data)

    def raw(self, key: str) -> str:
        """A text, a number or a yes or no, as text. Empty where nothing is said."""
        value = self.data.get(key)
        if isinstance(value, dict | list):
            self.say.within(key)(value, Expected.TEXT)
            return ""
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return "" if value is None else str(value)[:LONGEST_RAW]

    def parsed(self, key: str, parse: Callable[[str, Say], Value]) -> Value | None:
        """None where nothing is said."""
        raw = self.raw(key)[: LONGEST_TEXT + 1]
        return parse(raw, self.say.within(key)) if raw.strip() else None

    def text(self, key: str) -> str:
        return line(self.raw(key), self.say.within(key), LONGEST_LINE)

    def prose(self, key: str) -> str:
        return prose(self.raw(key), self.say.within(key), LONGEST_TEXT)

    def part(self, key: str) -> Part:
        value = self.data.get(key)
        if value is not None and not isinstance(value, dict):
            self.say.within(key)(value, Expected.ENTRY)
        return Part(value if isinstance(value, dict) else {}, self.say.within(key))

    def parts(self, key: str) -> Iterator[Part]:
        value = self.data.get(key)
        if value is not None and not isinstance(value, list):
            self.say.within(key)(value, Expected.ENTRY)
        for each in value if isinstance(value, list) else ():
            if isinstance(each, dict):
                yield Part(each, self.say.within(key))
            else:
                self.say.within(key)(each, Expected.ENTRY)

    def id(self, key: str = "id") -> str:
        value = self.data.get(key)
        return one_line(str(value))[:LONGEST_LINE] if isinstance(value, str | int) and value != "" else ""


def paragraphs(*texts: str) -> str:
    """One after the other, each once, without what is empty."""
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}
