"""What participants read, in every language the programme speaks: consents and the printed plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.texts import Path, check_placeholders, text_at, texts_of_case_work, wordings

# Who stands for a text: its authors, nobody yet, or somebody who speaks the language and has read it.
STATES = ("own", "draft", "checked")
FILES_WITH_STATE = ("consents", "plan")
# Filled when a person is asked: the organisation that shall see or say something, and the one that hands on.
CONSENT_PLACEHOLDERS = frozenset({"organisation", "from"})

_STATE = ("about", "state")


def check_translations(pack: Pack) -> Iterator[Fault]:
    """What is there says who stands for it, is a text of the format, and keeps to the German.

    What is missing in a language of participants is no fault: `wording.spoken` gives the German text and says so.
    """
    if "de" not in pack.participant_languages:
        found = shown(pack.participant_languages)
        yield Fault("programme.toml", "participant_languages", found, "de among the languages")
    wanted = set(texts_of_case_work(pack))
    for language, files in pack.texts.items():
        for file in FILES_WITH_STATE:
            if file in files and text_at(pack.texts, language, file, *_STATE) not in STATES:
                yield Fault(f"texts/{language}/{file}.toml", "about.state", "none of them", " or ".join(STATES))
        for file in (*FILES_WITH_STATE, "care"):
            for path, text in _leaves(files.get(file, {})):
                if path != _STATE:
                    yield from _check_leaf(pack, language, file, path, text, known=(file, path) in wanted)
        yield from _check_whole(pack, language)


def _leaves(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if not isinstance(node, dict):
        yield path, node
        return
    for key, entry in node.items():
        yield from _leaves(entry, (*path, key))


def _check_leaf(pack: Pack, language: str, file: str, path: Path, text: Any, *, known: bool) -> Iterator[Fault]:
    """The same places to fill as in German, and the same paragraphs, so that both can be read side by side."""
    name, place, german = f"texts/{language}/{file}.toml", ".".join(path), text_at(pack.texts, "de", file, *path)
    if not known or not isinstance(text, str):
        yield Fault(name, place, shown(text), "a text of the format")
        return
    yield from check_placeholders(name, place, text, CONSENT_PLACEHOLDERS if file == "consents" else frozenset())
    if not german.strip() or not text.strip():
        return
    if _places(text) != _places(german):
        yield Fault(name, place, _places(text), f"{_places(german)}, as in German")
    lines, expected = text.count("\n") + 1, german.count("\n") + 1
    if lines != expected:
        yield Fault(name, place, f"lines: {lines}", f"{expected}, as in German")


def _places(text: str) -> str:
    found = ("{" + word + "}" for word in sorted(CONSENT_PLACEHOLDERS))
    return " and ".join(field for field in found if field in text) or "no placeholder"


def _check_whole(pack: Pack, language: str) -> Iterator[Fault]:
    """A person agrees to a title and its text together, so both stand in one language."""
    if language in pack.languages:
        return
    for wording in wordings(pack):
        parts = [text_at(pack.texts, language, "consents", *wording, part).strip() for part in ("title", "text")]
        if any(parts) and not all(parts):
            place = ".".join(wording)
            yield Fault(f"texts/{language}/consents.toml", place, "half of it", "a title and a text, or neither")
