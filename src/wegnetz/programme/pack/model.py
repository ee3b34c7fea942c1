"""A pack that was read and checked: what the rest of the programme works with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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

# The retention classes that case work files its data under: without one of them something would be kept for ever.
KEPT = (
    "status", "contact", "document", "counselling-note", "assessment", "plan", "appointment", "referral", "consent",
    "draft", "access-log",
)  # fmt: skip


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
class FunctionCard:
    """What an organisation does for a person, and the role of the staff who do it.

    `secrecy` is "open" or "sealed": a sealed involvement is neither seen, counted nor guessed by anyone outside.
    """

    id: str
    role: str
    secrecy: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a person can consent to: the door it opens at the recipient, and what may be seen there.

    `function` is empty where no door opens, and `shown_to` then names who at the recipient sees it, within the door of
    their own; `optional` says that a refusal blocks no service; `own` that it is the
    consent to be accompanied by the organisation that asks. The value of each version is the number of a wording.
    """

    id: str
    function: str
    shown_to: str
    categories: tuple[str, ...]
    optional: bool
    own: bool
    versions: tuple[Version, ...]
    basis: Basis

    def wording_on(self, day: date) -> int:
        """The number of the wording in force. Raises LookupError before the first: nobody can be asked yet."""
        number = number_on(self.versions, day)
        if number is None:
            raise LookupError(f"{self.id} has no wording on {day}")
        return number


@dataclass(frozen=True, slots=True)
class Duty:
    """A legal duty or public task on which an organisation may accompany somebody without consent."""

    id: str
    function: str
    categories: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Care:
    """The lists and periods of case work. Lists hold ids in the order in which they are shown.

    `steps` run from the most urgent to the one that carries; `document_kinds` name the retention class of each kind;
    `bases` say what each list rests on, by its name in care.toml. All is empty in packs older than the format.
    """

    areas: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    decline_reasons: tuple[str, ...] = ()
    referral_outcomes: tuple[str, ...] = ()
    contact_kinds: tuple[str, ...] = ()
    appointment_kinds: tuple[str, ...] = ()
    document_kinds: Mapping[str, str] = field(default_factory=dict)
    follow_up_months: tuple[Version, ...] = ()
    review_weeks: tuple[Version, ...] = ()
    consent_months: tuple[Version, ...] = ()
    break_glass_hours: tuple[Version, ...] = ()
    bases: Mapping[str, Basis] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interest:
    """Something to do that the programme adds to the shipped interests; `groups` are ids of what stands above it."""

    id: str
    groups: tuple[str, ...]
    icon: str
    basis: Basis


# Positions of a closed line, as GeoJSON has them: longitude, latitude (WGS 84).
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a district is: parts, each a line around it and lines around what it leaves out."""

    name: str
    parts: tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True, slots=True)
class Districts:
    """Outlines of the districts with the id of their source, and the licence under which they may be passed on."""

    source: str
    licence: str
    outlines: tuple[Outline, ...]


def number_on(versions: Sequence[Version], day: date) -> int | None:
    """The whole number in force on a day; None before the first, after a repeal and where nobody has said one."""
    version = version_on(versions, day)
    return version.value if version and isinstance(version.value, int) else None


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
    """A checked programme. `texts` hold language -> file -> tables of words.

    Staff work in `languages`, where every text exists. Participants are spoken to in `participant_languages`, where
    a text may be missing; `wording.spoken` then gives the German one and says so.
    """

    id: str
    version: str
    digest: str
    municipality: str
    languages: tuple[str, ...]
    participant_languages: tuple[str, ...]
    sources: Mapping[str, SourceFile]
    facts: Mapping[str, FactFile]
    rulebook: Rulebook
    initiatives: tuple[Initiative, ...]
    organisations: tuple[Organisation, ...]
    cards: Mapping[str, BlockCard]
    rates: tuple[Rate, ...]
    retention: tuple[RetentionClass, ...]
    priorities: tuple[Priority, ...]
    functions: Mapping[str, FunctionCard]
    purposes: Mapping[str, Purpose]
    duties: Mapping[str, Duty]
    care: Care
    interests: Mapping[str, Interest]
    districts: Districts | None
    texts: Texts
    examples: tuple[tuple[str, ExampleFile], ...]

    @cached_property
    def definitions(self) -> dict[str, FactDefinition]:
        return {definition.id: definition for definition in self.rulebook.facts}

    @cached_property
    def blocks(self) -> dict[str, Block]:
        return {block.id: block for block in self.rulebook.blocks}

    def purposes_on(self, day: date) -> tuple[Purpose, ...]:
        """What a person can be asked on a day: the purposes that have a wording by then, in the pack's order."""
        return tuple(purpose for purpose in self.purposes.values() if version_on(purpose.versions, day))
