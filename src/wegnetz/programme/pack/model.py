"""A pack that was read and checked: what the rest of the programme works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from wegnetz.programme.pack.schema import ExampleFile, FactFile, SourceFile
from wegnetz.rules.decisions import Block, Rulebook
from wegnetz.rules.facts import FactDefinition
from wegnetz.rules.parameters import Citation, Standing, Version, version_on
from wegnetz.rules.periods import Period

ORGANISATION_ROLES = frozenset(
    {
        "steering", "ministry", "granting-authority", "support", "case-management", "coaching",
        "trauma-coaching", "networking", "workshops", "qualification", "school", "courses", "language-help",
        "library",
    }
)  # fmt: skip

# Who may see an answer. Steering, funding and operator work without answers of people and never join this list.
READERS = ("case-manager", "coach", "trauma-coach", "network-coordinator", "workshop-host", "lead")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on; `note` is the id of the text that says what is unconfirmed about it."""

    citation: Citation
    status: Standing
    note: str = ""


@dataclass(frozen=True, slots=True)
class Initiative:
    """A funding initiative with its ministries and its last day as known from day to day."""

    id: str
    ministries: tuple[str, ...]
    start: Version
    ends: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    name: str
    roles: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Remark:
    """A condition that a person reads and weighs, on the days of `valid`; it is never computed."""

    id: str
    basis: Basis
    valid: Period


@dataclass(frozen=True, slots=True)
class BlockCard:
    """What a pack says of a block beside its rules."""

    id: str
    number: int
    initiative: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """A flat rate, share or other figure of the programme as a dated series."""

    id: str
    block: str
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version | None:
        return version_on(self.versions, day)


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """How long data of a class are kept. `days` is None where the municipality still has to say."""

    id: str
    days: int | None
    after: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Priority:
    """A group the programme promotes. It is shown beside a decision and never changes it."""

    id: str
    criterion: str
    blocks: tuple[str, ...]
    basis: Basis


Texts = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Pack:
    """A checked programme. `texts` hold language -> file -> tables of words."""

    id: str
    version: str
    digest: str
    municipality: str
    languages: tuple[str, ...]
    sources: Mapping[str, SourceFile]
    facts: Mapping[str, FactFile]
    rulebook: Rulebook
    initiatives: tuple[Initiative, ...]
    organisations: tuple[Organisation, ...]
    cards: Mapping[str, BlockCard]
    rates: tuple[Rate, ...]
    retention: tuple[RetentionClass, ...]
    priorities: tuple[Priority, ...]
    texts: Texts
    examples: tuple[tuple[str, ExampleFile], ...]

    @cached_property
    def definitions(self) -> dict[str, FactDefinition]:
        return {definition.id: definition for definition in self.rulebook.facts}

    @cached_property
    def blocks(self) -> dict[str, Block]:
        return {block.id: block for block in self.rulebook.blocks}
