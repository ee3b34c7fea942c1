"""The few words of ours that stand in exports, German and English; every other language reads the English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "women only": ("Nur für Frauen und Mädchen.", "For women and girls only."),
    "interpreter": ("Es wird gedolmetscht.", "There is an interpreter."),
    "yes": ("ja", "yes"),
    "no": ("nein", "no"),
    "accessible": ("Barrierefrei für Rollstühle.", "Accessible by wheelchair."),
    "not accessible": ("Nicht barrierefrei für Rollstühle.", "Not accessible by wheelchair."),
}


def word(name: str, language: str) -> str:
    """Raises KeyError for a name that is none."""
    german, english = WORDS[name]
    return german if language.partition("-")[0] == "de" else english


def yes_or_no(known: bool | None, yes: str, no: str, language: str) -> str:  # noqa: FBT001  it tells the two apart
    """One word or the other; nothing where it is not said."""
    return "" if known is None else word(yes if known else no, language)
