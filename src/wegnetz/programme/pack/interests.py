"""Interests that a programme adds to those that are shipped.

Whether the groups they name exist is known further up, where the shipped ones are: `directory.interests.programme`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wegnetz.engines.folding import fold
from wegnetz.programme.pack import schema
from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.model import Interest, Pack
from wegnetz.programme.pack.references import check_id
from wegnetz.programme.pack.texts import text_at
from wegnetz.programme.pack.versions import basis_of

FILE = "interests.toml"
STATES = ("own", "draft", "checked")
_ABOUT = "about"
_TERMS = "a label and its synonyms, each once"


def build_interests(entries: Mapping[str, schema.InterestFile]) -> dict[str, Interest]:
    return {name: Interest(name, entry.groups, entry.icon, basis_of(entry)) for name, entry in entries.items()}


def terms_of(pack: Pack, interest: str) -> dict[str, tuple[str, ...]]:
    """Language -> the label and the synonyms, for every language that has any."""
    given = ((language, files.get("interests", {}).get(interest)) for language, files in pack.texts.items())
    return {language: tuple(terms) for language, terms in given if terms}


def state_of(pack: Pack, language: str) -> str:
    """Who stands for the words of a language: one of STATES."""
    return text_at(pack.texts, language, "interests", _ABOUT, "state")


def check_interests(pack: Pack) -> Iterator[Fault]:
    """Every interest stands in a group and has words for the staff; words that are there can be shown and found."""
    for name, interest in pack.interests.items():
        yield from check_id(name, FILE, name)
        if not interest.groups:
            yield Fault(FILE, f"{name}.groups", "nothing", "at least one group")
        for i, group in enumerate(interest.groups):
            if group in interest.groups[:i]:
                yield Fault(FILE, f"{name}.groups", shown(group), "each group once")
        for language in pack.languages:
            if not pack.texts[language].get("interests", {}).get(name):
                yield Fault(_file(language), name, "nothing", "a label")
    for language, files in pack.texts.items():
        yield from _check_words(pack, language, files.get("interests", {}))


def _check_words(pack: Pack, language: str, words: Mapping[str, Any]) -> Iterator[Fault]:
    if words and state_of(pack, language) not in STATES:
        yield Fault(_file(language), "about.state", "none of them", " or ".join(STATES))
    for name, terms in words.items():
        if name == _ABOUT:
            continue
        if name not in pack.interests:
            yield Fault(_file(language), name, "words without an interest", "an id of interests.toml")
        elif terms and not _are_terms(terms):
            yield Fault(_file(language), name, shown(terms), _TERMS)


def _are_terms(terms: object) -> bool:
    if not isinstance(terms, list) or not all(isinstance(term, str) and term.strip() == term for term in terms):
        return False
    folded = [fold(term) for term in terms]
    return all(folded) and len(set(folded)) == len(folded)


def _file(language: str) -> str:
    return f"texts/{language}/interests.toml"
