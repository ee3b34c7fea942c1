"""Put a pack's findings into the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.texts import text_at
from wegnetz.rules.criteria import Answer, Criterion, Finding, Kind
from wegnetz.rules.decisions import PERIOD
from wegnetz.rules.facts import Fact, FactDefinition, FactKind, FactValue, Year
from wegnetz.rules.parameters import Citation, ParameterValue, Version
from wegnetz.rules.periods import age_on

# Words every programme needs in every language; a pack cannot leave them out by mistake.
_COMMON: Mapping[str, Mapping[str, str]] = {
    "de": {
        "yes": "ja", "no": "nein", "and": "und", "or": "oder", "to": "bis", "open": "offen", "year": "Jahr {year}",
        "period": "Laufzeit des Bausteins",
        "period-before": "Beginnt erst am {start}.",
        "period-met": "Läuft bis {end}.",
        "period-met-open": "Läuft; ein Ende ist nicht bekannt.",
        "period-after": "Endete am {end}.",
    },
    "en": {
        "yes": "yes", "no": "no", "and": "and", "or": "or", "to": "to", "open": "open", "year": "the year {year}",
        "period": "When the building block runs",
        "period-before": "Does not begin until {start}.",
        "period-met": "Runs until {end}.",
        "period-met-open": "Runs; no end is known.",
        "period-after": "Ended on {end}.",
    },
}  # fmt: skip

# Written from right to left; every other language from left to right.
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"})
_LOCALES = {"en": "en_GB", "prs": "fa_AF"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text for a participant: the language it really stands in, and who stands for it.

    `state` is "own" (written by the programme), "draft" (a translation nobody has checked) or "checked"; empty where
    the file does not say.
    """

    text: str
    language: str
    state: str

    @property
    def direction(self) -> str:
        """For the attribute `dir` of HTML."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def filled(self, words: Mapping[str, str]) -> Spoken:
        """The same text with its placeholders filled. Names keep their own direction inside a text from the right."""
        if self.direction == "rtl":
            words = {name: f"\N{FIRST STRONG ISOLATE}{word}\N{POP DIRECTIONAL ISOLATE}" for name, word in words.items()}
        return replace(self, text=self.text.format_map(words))


def spoken(pack: Pack, language: str, file: str, *path: str) -> Spoken:
    """A text for a participant, in German where their language has none: `spoken(pack, "ar", "plan", "goal")`."""
    for found in (language, "de"):
        if text := text_at(pack.texts, found, file, *path).strip():
            return Spoken(text, found, text_at(pack.texts, found, file, "about", "state"))
    return Spoken("", "de", "")


def long_day(language: str, day: date) -> str:
    """A day as it is written in a language of participants, such as 15. Oktober 2021."""
    return format_date(day, "long", locale=_LOCALES.get(language, language))


@dataclass(frozen=True)
class Wording:
    """The words of one pack in one language. Falls back to German, the language every pack has."""

    pack: Pack
    language: str

    def text(self, file: str, *path: str) -> str:
        """A text of the pack, or an empty string."""
        for language in (self.language, "de"):
            if found := text_at(self.pack.texts, language, file, *path):
                return found
        return ""

    def day(self, day: date) -> str:
        return format_date(day, "d. MMMM y" if self.language == "de" else "d MMMM y", locale=self._locale)

    def short_day(self, day: date) -> str:
        return format_date(day, "dd.MM.y" if self.language == "de" else "d MMM y", locale=self._locale)

    def common(self, key: str) -> str:
        return _COMMON.get(self.language, _COMMON["de"])[key]

    @property
    def _locale(self) -> str:
        return _LOCALES.get(self.language, self.language)

    def criterion(self, criterion: str) -> str:
        return self.common(PERIOD) if criterion == PERIOD else self.text("criteria", criterion, "title")

    def answer(self, definition: FactDefinition, value: FactValue) -> str:
        """An answer of a person in words."""
        if definition.kind is FactKind.CHOICE:
            return self.text("facts", definition.id, "choices", str(value)) or str(value)
        if isinstance(value, bool):
            return self.common("yes" if value else "no")
        if isinstance(value, Year):
            return self.common("year").format(year=value.value)
        return self.day(value) if isinstance(value, date) else str(value)

    def fact(self, fact: Fact) -> str:
        return self.answer(self.pack.definitions[fact.id], fact.value)

    def value(self, value: ParameterValue, fact: str = "", rate: str = "") -> str:
        """The value of a parameter in words; words in lists are those of the question `fact` or of `rate`."""
        if isinstance(value, tuple):
            return self._list(value, fact, rate)
        if isinstance(value, bool):
            return self.common("yes" if value else "no")
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Decimal | int):
            # Amounts keep the places they were written with: 37.50 EUR is not 37.5 EUR.
            places = -int(Decimal(value).as_tuple().exponent)
            return format_decimal(value, format="#,##0" + ("." + "0" * places if places else ""), locale=self._locale)
        return value or ""

    def _list(self, value: tuple[date | int | str, ...], fact: str, rate: str) -> str:
        words = [self._item(item, fact, rate) for item in value]
        if all(isinstance(item, int) for item in value):
            return f" {self.common('to')} ".join(words)
        joint = self.common("and" if rate else "or")
        return ", ".join(words[:-1]) + f" {joint} {words[-1]}" if words[1:] else "".join(words)

    def _item(self, item: date | int | str, fact: str, rate: str) -> str:
        if isinstance(item, date):
            return self.day(item)
        word = str(item)
        return self.text("facts", fact, "choices", word) or self.text("rates", rate, "values", word) or word

    def unit(self, unit: str) -> str:
        return self.text("units", unit) if unit else ""

    def source(self, citation: Citation) -> str:
        title = self.pack.sources[citation.source].title
        return f"{title}, {citation.place}" if citation.place else title

    def note(self, note: str) -> str:
        return self.text("notes", note) if note else ""

    def sentence(self, finding: Finding, day: date) -> str:
        """What was found, in one or two sentences."""
        if finding.criterion == PERIOD:
            return self._running(finding)
        criterion = next(item for item in self.pack.rulebook.criteria if item.id == finding.criterion)
        template = self.text("criteria", criterion.id, finding.answer)
        return template.format_map(self._placeholders(criterion, finding, day))

    def _running(self, finding: Finding) -> str:
        version = finding.version
        starts = any(version is block.start for block in self.pack.rulebook.blocks)
        met = finding.answer is Answer.MET
        if version is None or not isinstance(version.value, date) or (starts and met):
            return self.common("period-met-open")
        if met:
            return self.common("period-met").format(end=self.day(version.value))
        key = "period-before" if starts else "period-after"
        return self.common(key).format(end=self.day(version.value), start=self.day(version.value))

    def _placeholders(self, criterion: Criterion, finding: Finding, day: date) -> dict[str, str]:
        fact = finding.facts[0] if finding.facts else None
        value = finding.version.value if finding.version else None
        words = dict.fromkeys(("fact", "value", "youngest", "oldest", "age"), "")
        words["value"] = self.value(value, criterion.fact)
        if fact:
            words["fact"] = self.fact(fact)
        if criterion.kind is Kind.AGE_BETWEEN and isinstance(value, tuple):
            words["youngest"], words["oldest"] = map(str, value)
            words["age"] = self.age(fact, day) if fact else ""
        return words

    def age(self, fact: Fact, day: date) -> str:
        """Completed years on a day; two numbers where only the year of birth is known."""
        if isinstance(fact.value, Year):
            youngest, oldest = age_on(fact.value.last, day), age_on(fact.value.first, day)
            return str(oldest) if youngest == oldest else f"{youngest} {self.common('or')} {oldest}"
        return str(age_on(fact.value, day)) if isinstance(fact.value, date) else ""

    def parameter(self, version: Version | None) -> dict[str, Any] | None:
        """The version of a parameter as plain data, for JSON."""
        if version is None:
            return None
        value = version.value
        return {
            "from": version.since.isoformat(),
            "value": [_plain(item) for item in value] if isinstance(value, tuple) else _plain(value),
            "unit": version.unit,
            "status": str(version.status),
        }


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date | Decimal) else value
