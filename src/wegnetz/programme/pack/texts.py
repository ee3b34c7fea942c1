"""The words of a pack: complete in every language, with placeholders that can be filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.model import Pack, Texts
from wegnetz.programme.pack.rates import words_of

PLACEHOLDERS = frozenset({"fact", "value", "youngest", "oldest", "age"})

Path = tuple[str, ...]


def text_at(texts: Texts, language: str, file: str, *path: str) -> str:
    """A text of one language, or an empty string."""
    node: Any = texts.get(language, {}).get(file, {})
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def check_texts(pack: Pack, language: str) -> Iterator[Fault]:
    """Every text exists in the language."""
    for file, path in _wanted(pack):
        found, place = text_at(pack.texts, language, file, *path), ".".join(path)
        if not found.strip():
            yield Fault(f"texts/{language}/{file}.toml", place, "nothing", "a text")
        elif file == "criteria":
            yield from _check_placeholders(f"texts/{language}/{file}.toml", place, found)


def _wanted(pack: Pack) -> Iterator[tuple[str, Path]]:
    yield from (("programme", path) for path in _of_programme(pack))
    for name, fact in pack.facts.items():
        yield from (("facts", (name, key)) for key in ("label", "question", "why"))
        yield from (("facts", (name, "choices", choice)) for choice in fact.choices)
    for criterion in pack.rulebook.criteria:
        yield from (("criteria", (criterion.id, key)) for key in ("title", "met", "not-met", "unknown"))
    for card in pack.cards.values():
        yield from (("blocks", (card.id, key)) for key in ("name", "summary"))
        yield from (("blocks", (card.id, "remarks", remark.id)) for remark in card.remarks)
    for rate in pack.rates:
        yield "rates", (rate.id, "name")
        yield from (("rates", (rate.id, "values", word)) for word in words_of(rate))


def _of_programme(pack: Pack) -> Iterator[Path]:
    yield from (("name",), ("summary",))
    for initiative in pack.initiatives:
        yield from (("initiatives", initiative.id, key) for key in ("name", "summary"))
    groups: dict[str, Iterable[str]] = {
        "organisations": (organisation.id for organisation in pack.organisations),
        "retention": (entry.id for entry in pack.retention),
        "priorities": (priority.id for priority in pack.priorities),
    }
    yield from ((group, name) for group, names in groups.items() for name in names)


def _check_placeholders(file: str, place: str, text: str) -> Iterator[Fault]:
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        yield Fault(file, place, str(error), "placeholders such as {value}")
        return
    for _, name, form, conversion in fields:
        if name not in PLACEHOLDERS or form or conversion:
            full = f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
            expected = "one of {" + "}, {".join(sorted(PLACEHOLDERS)) + "}"
            yield Fault(file, place, "{" + full + "}", expected)
