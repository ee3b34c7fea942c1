"""What the pages say in a language: from the message catalogue, and from the pack."""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "src" / "wegnetz" / "locale"
TEXTS = ROOT / "programmes" / "durchstarten-duesseldorf" / "texts"
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: "de", "en", or that of a public page."""

    language: str
    catalogue: gettext.NullTranslations = field(compare=False)

    def __call__(self, message: str, **values: object) -> str:
        """The translation of a German message of the pages, with its values put in."""
        text = self.catalogue.gettext(message) if self.language != "de" else message
        return text % values if values else text

    def pack(self, file: str, *keys: str) -> str:
        """A text of the pack, such as pack("blocks", "coaching", "name")."""
        found: Any = _texts(self.language, file)
        for key in keys:
            found = found[key]
        return str(found)

    def day(self, day: date) -> str:
        dot = "." if self.language == "de" else ""
        return f"{day.day}{dot} {MONTHS[self.language].split()[day.month - 1]} {day.year}"

    def short_day(self, day: date) -> str:
        if self.language == "de":
            return f"{day:%d.%m.%Y}"
        return f"{day.day} {MONTHS['en'].split()[day.month - 1][:3]} {day.year}"


def words_in(language: str) -> Words:
    return Words(language, gettext.translation("django", LOCALE, [language], fallback=True))


@cache
def _texts(language: str, file: str) -> Mapping[str, Any]:
    return tomllib.loads((TEXTS / language / f"{file}.toml").read_text())
