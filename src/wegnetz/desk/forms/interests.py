"""Interests as they are typed: known by their names in any language, and asked about where that is not clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.directory.selectors.interests import Interests

BETWEEN = re.compile(r"[,;،\n]")
QUOTED = re.compile(r'["„“«](.+)["“”»]')
SHOWN = 60  # letters of what was typed


class Instead(NamedTuple):
    """An answer to what was meant: its words on a button, and what stands in the field after it was pressed."""

    label: str
    value: str


def instead(words: str, label: str, text: str) -> Instead:
    """`text` in place of these words; without it they are left out."""
    return Instead(label, f"{words},{text}")


class InterestsInput(forms.TextInput):
    """What was typed, with the answer of a button that was pressed put in its place."""

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        words, _comma, text = data.get(f"{name}-instead", "").partition(",")
        if not words or typed is None:
            return typed
        return ", ".join(filter(None, (text if part == words else part for part in parts_of(typed))))


class InterestsField(forms.CharField):
    """Interests by their names, with commas between. Cleans to ids, in the order they were typed.

    `languages` in which they are probably typed come before that of the page. Each error carries its `answers`.
    """

    def __init__(self, known: Interests, *languages: str, **kwargs: Any) -> None:
        super().__init__(widget=InterestsInput, **kwargs)
        self.template_name = "desk/_interests.html"
        self.known = known
        self.page = get_language() or "de"
        self.languages = (*filter(None, languages), self.page)

    def clean(self, value: Any) -> Any:
        return self.found(self.names_in(super().clean(value)))

    def names_in(self, typed: str) -> list[str]:
        """What stands between the commas. A label with commas of its own, as the page writes it, is one name."""
        parts, found = parts_of(typed), list[str]()
        whole = self.labels_with_commas if len(parts) > 1 else {}
        while parts:
            name = next((each for each in whole if tuple(parts[: len(each)]) == each), (parts[0],))
            found.append(whole.get(name, parts[0]))
            del parts[: len(name)]
        return found

    @property
    def labels_with_commas(self) -> dict[tuple[str, ...], str]:
        """By what stands between their commas."""
        each = (
            self.known.label(one.id, language).text
            for one in self.known.taxonomy.concepts
            for language in self.languages
        )
        return {tuple(parts_of(label)): label for label in each if BETWEEN.search(label)}

    def found(self, typed: Iterable[str]) -> tuple[str, ...]:
        """Raises ValidationError."""
        meant = {words: self.known.exactly(words, *self.languages) for words in typed}
        if errors := [self.question(words) for words, concept in meant.items() if concept is None]:
            raise ValidationError(errors)
        return tuple(dict.fromkeys(concept for concept in meant.values() if concept))

    def question(self, words: str) -> ValidationError:
        names = [self.named(concept) for concept in self.known.may_be_meant(words, *self.languages)]
        sentence = (
            _("Was ist mit „%(words)s“ gemeint? Bitte wählen Sie aus.")
            if names
            else _(
                "„%(words)s“ steht nicht in unserer Liste. Nehmen Sie ein anderes Wort, oder lassen Sie es weg: "
                "Gesucht wird auch in Titel und Beschreibung."
            )
        )
        answers = [*(instead(words, name, name) for name in dict.fromkeys(names)), self.otherwise(words)]
        return ValidationError(sentence, params={"words": words[:SHOWN], "answers": answers})

    def otherwise(self, words: str) -> Instead:
        """What else can be done with words for which no interest stands."""
        return instead(words, _("Weglassen"), "")

    def named(self, concept: str) -> str:
        return self.known.label(concept, self.page).text

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(self.named, value)) if isinstance(value, tuple) else value


class Loved(NamedTuple):
    """What was typed: the interests that are meant, and what no interest is like."""

    interests: tuple[str, ...]
    wishes: tuple[str, ...]


class LovedField(InterestsField):
    """Interests of a person. What no interest is like, or stands in quotation marks, is a wish in their words."""

    def found(self, typed: Iterable[str]) -> Loved:  # type: ignore[override]
        typed = list(typed)
        wishes = {words: wish for words in typed if (wish := self.wish_in(words))}
        return Loved(
            super().found(words for words in typed if words not in wishes), tuple(dict.fromkeys(wishes.values()))
        )

    def wish_in(self, words: str) -> str:
        if quoted := QUOTED.fullmatch(words):
            return quoted[1].strip()
        known = self.known.exactly(words, *self.languages) or self.known.may_be_meant(words, *self.languages)
        return "" if known else words

    def otherwise(self, words: str) -> Instead:
        return instead(words, _("Als Wunsch merken"), f"„{words}“")


def parts_of(typed: str) -> list[str]:
    """What stands between the commas."""
    return [part for part in (part.strip() for part in BETWEEN.split(typed)) if part]
