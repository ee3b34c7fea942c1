"""Groups and concepts of interest as plain data: what stands above what, and the words in every language.

No files and no database here: `shipped` reads, this puts together. The rows of `Taxonomy.rows` are what search and
introductions work with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, TypedDict

from wegnetz.engines.folding import fold

# Where a language has no label: the nearest that its readers know, then German, which the whole house falls back to.
FALLBACK: Mapping[str, tuple[str, ...]] = {"prs": ("fa", "de", "en")}
_OTHERWISE = ("de", "en")


class State(StrEnum):
    """Who stands for the label in a language: people who speak it, or nobody yet."""

    HUMAN = "human"
    DRAFT = "draft"


class Label(NamedTuple):
    """A label and the language it is really in, which may be another one than was asked for."""

    text: str
    language: str


class Row(TypedDict):
    """What engines are given: the label is the first of the terms."""

    id: str
    parents: list[str]
    terms: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """What one source says in one language: the first term is the label, unless `label` says there is none."""

    terms: tuple[str, ...]
    state: State
    label: bool = True


@dataclass(frozen=True, slots=True)
class Concept:
    """Something a person may want to do, or a group of such things.

    `terms` are language -> label and synonyms. A language without a label is missing in `states`; its synonyms are
    found by a search all the same. `icon` names its picture; without one it has that of what stands above it.
    """

    id: str
    parents: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]]
    states: Mapping[str, State]
    icon: str = ""
    group: bool = False

    def label(self, language: str) -> Label:
        """The label in a language, else in the nearest one that has it. Never empty: without words it is the id."""
        for found in (language, *FALLBACK.get(language, _OTHERWISE)):
            if found in self.states:
                return Label(self.terms[found][0], found)
        return Label(self.id, "")

    def row(self) -> Row:
        return {
            "id": self.id,
            "parents": list(self.parents),
            "terms": {language: list(terms) for language, terms in self.terms.items()},
        }


class TaxonomyError(ValueError):
    """Concepts that do not fit together. Carries one sentence for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(*faults)
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Taxonomy:
    """All groups and concepts, in order, each with its parents among them. Raises TaxonomyError otherwise."""

    concepts: tuple[Concept, ...]
    _by_id: Mapping[str, Concept] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {concept.id: concept for concept in self.concepts})
        if faults := list(_faults(self.concepts)):
            raise TaxonomyError(faults)

    def __getitem__(self, concept: str) -> Concept:
        """Raises KeyError for an unknown id."""
        return self._by_id[concept]

    def __contains__(self, concept: object) -> bool:
        return concept in self._by_id

    @cached_property
    def groups(self) -> tuple[Concept, ...]:
        return tuple(concept for concept in self.concepts if concept.group)

    @cached_property
    def interests(self) -> tuple[Concept, ...]:
        """What can be picked: everything that is no group."""
        return tuple(concept for concept in self.concepts if not concept.group)

    def children(self, concept: str) -> tuple[Concept, ...]:
        """What stands directly below, groups first."""
        below = [other for other in self.concepts if concept in other.parents]
        return tuple(sorted(below, key=lambda other: not other.group))

    def above(self, concept: str) -> frozenset[str]:
        """The ids of everything above, at any distance."""
        return frozenset(_above(self._by_id, concept))

    def picture(self, concept: str) -> str:
        """The name of its picture, or of what stands above it; empty where there is none at all."""
        here = self._by_id[concept]
        return here.icon or next(filter(None, map(self.picture, here.parents)), "")

    def shelf(self, concept: str) -> str:
        """The one group in which it is shown: itself, or the first on its way up. Without any it is its own id."""
        here = self._by_id[concept]
        return concept if here.group or not here.parents else self.shelf(here.parents[0])

    def rows(self) -> list[Row]:
        return [concept.row() for concept in self.concepts]

    def extended(self, concepts: Iterable[Concept]) -> Taxonomy:
        """With the concepts of a programme behind those that are there. Raises TaxonomyError."""
        return Taxonomy((*self.concepts, *concepts))


def merged(sources: Iterable[Mapping[str, Words]]) -> tuple[dict[str, tuple[str, ...]], dict[str, State]]:
    """Terms and states from several sources, the foremost first; a term that reads alike counts once.

    The label comes from the first source that has one, and so does its state.
    """
    terms: dict[str, tuple[str, ...]] = {}
    states: dict[str, State] = {}
    for source in sources:
        for language, words in source.items():
            there, new = terms.get(language, ()), words.terms
            if words.label and words.terms and language not in states:
                states[language] = words.state
                there, new = new, there
            terms[language] = _once((*there, *new))
    return terms, states


def _once(terms: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for term in terms:
        seen.setdefault(fold(term), term)
    return tuple(seen.values())


def built(package: Mapping[str, Any], labels: Iterable[Mapping[str, Any]]) -> Taxonomy:
    """From the tables of interests.json and of the files below labels/, which come first. Raises TaxonomyError."""
    ours = _by_concept(labels)
    known = {entry["id"] for kind in ("groups", "concepts") for entry in package[kind]}
    if unknown := sorted(ours.keys() - known):
        raise TaxonomyError([f"labels: {name} is no concept" for name in unknown])
    found = []
    for kind in ("groups", "concepts"):
        for entry in package[kind]:
            terms, states = merged((ours.get(entry["id"], {}), _of_package(entry.get("words", {}))))
            parents, icon = tuple(entry["parents"]), entry.get("icon", "")
            found.append(Concept(entry["id"], parents, terms, states, icon, group=kind == "groups"))
    return Taxonomy(tuple(found))


def _of_package(words: Mapping[str, Any]) -> dict[str, Words]:
    return {
        language: Words(
            tuple(term for term in (entry["label"], *entry["synonyms"]) if term), State.HUMAN, bool(entry["label"])
        )
        for language, entry in words.items()
    }


def _by_concept(labels: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Words]]:
    """Concept -> language -> words. An entry that somebody has checked is no draft any more."""
    found: dict[str, dict[str, Words]] = {}
    for file in labels:
        draft = file["about"]["state"] == State.DRAFT
        for kind in ("groups", "concepts"):
            for name, entry in file.get(kind, {}).items():
                state = State.DRAFT if draft and not entry.get("checked_by", "").strip() else State.HUMAN
                found.setdefault(name, {})[file["about"]["language"]] = Words(tuple(entry["terms"]), state)
    return found


def _faults(concepts: Sequence[Concept]) -> Iterator[str]:
    by_id: dict[str, Concept] = {}
    for concept in concepts:
        if concept.id in by_id:
            yield f"{concept.id}: there twice"
        by_id[concept.id] = concept
    unknown = False
    for concept in concepts:
        for parent in concept.parents:
            if parent not in by_id:
                unknown = True
                yield f"{concept.id}: {parent} above it is unknown"
    if not unknown:
        yield from (
            f"{concept.id}: stands above itself" for concept in concepts if concept.id in _above(by_id, concept.id)
        )


def _above(by_id: Mapping[str, Concept], concept: str) -> set[str]:
    found: set[str] = set()
    waiting = list(by_id[concept].parents)
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting.extend(by_id[parent].parents)
    return found
