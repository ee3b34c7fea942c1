"""The shape of a pack's files, as docs/programme-pack.md describes them. Unknown keys are refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from wegnetz.rules.criteria import Kind
from wegnetz.rules.decisions import Result
from wegnetz.rules.facts import FactKind
from wegnetz.rules.parameters import Standing


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all file shapes."""


class Sourced(Shape, frozen=True, kw_only=True):
    source: str
    place: str = ""
    status: Standing = Standing.CONFIRMED
    note: str = ""


class VersionFile(Sourced, frozen=True, kw_only=True):
    since: date = msgspec.field(name="from")
    value: Any = None
    unit: str = ""
    repealed: bool = False


class SourceFile(Shape, frozen=True, kw_only=True):
    title: str
    published: date | None = None
    locator: str = ""
    url: str = ""
    reading: str = "read"


class FactFile(Shape, frozen=True, kw_only=True):
    kind: FactKind
    choices: tuple[str, ...] = ()
    year_is_enough: bool = False
    sensitivity: str = "personal"
    visible_to: tuple[str, ...] = ()
    retention: str
    statistics: str = ""


class CriterionFile(Shape, frozen=True, kw_only=True):
    kind: Kind
    fact: str = ""
    parts: tuple[str, ...] = ()
    versions: tuple[VersionFile, ...]


class RequirementFile(Shape, frozen=True, kw_only=True):
    criterion: str
    otherwise: Result = Result.CLOSED


class RemarkFile(Sourced, frozen=True, kw_only=True):
    id: str
    since: date | None = msgspec.field(default=None, name="from")
    until: date | None = msgspec.field(default=None, name="to")


class BlockFile(Shape, frozen=True, kw_only=True):
    number: int
    initiative: str
    start: VersionFile
    end: tuple[VersionFile, ...]
    requirements: tuple[RequirementFile, ...]
    remarks: tuple[RemarkFile, ...] = ()


class RateFile(Shape, frozen=True, kw_only=True):
    versions: tuple[VersionFile, ...]
    block: str = ""


class InitiativeFile(Shape, frozen=True, kw_only=True):
    ministries: tuple[str, ...]
    start: VersionFile
    end: tuple[VersionFile, ...]


class OrganisationFile(Sourced, frozen=True, kw_only=True):
    name: str
    roles: tuple[str, ...]


class RetentionFile(Sourced, frozen=True, kw_only=True):
    days: int | None = None
    after: str = ""


class PriorityFile(Sourced, frozen=True, kw_only=True):
    id: str
    criterion: str
    blocks: tuple[str, ...] = ()


class ProgrammeFile(Shape, frozen=True, kw_only=True):
    id: str
    version: str
    municipality: str
    languages: tuple[str, ...]
    participant_languages: tuple[str, ...] = ()
    initiatives: dict[str, Any]
    organisations: dict[str, Any]
    retention: dict[str, Any]
    priorities: tuple[PriorityFile, ...] = ()


class FunctionFile(Sourced, frozen=True, kw_only=True):
    role: str
    secrecy: str


class WordingFile(Sourced, frozen=True, kw_only=True):
    since: date = msgspec.field(name="from")
    number: int


class PurposeFile(Sourced, frozen=True, kw_only=True):
    function: str
    shown_to: str = ""
    categories: tuple[str, ...]
    optional: bool = False
    own: bool = False
    versions: tuple[WordingFile, ...]


class DutyFile(Sourced, frozen=True, kw_only=True):
    function: str
    categories: tuple[str, ...]


class ConsentsFile(Shape, frozen=True, kw_only=True):
    functions: dict[str, Any] = {}
    purposes: dict[str, Any] = {}
    duties: dict[str, Any] = {}


class ListFile(Sourced, frozen=True, kw_only=True):
    ids: tuple[str, ...]


class KindsFile(Sourced, frozen=True, kw_only=True):
    retention: dict[str, str]


class CareFile(Shape, frozen=True, kw_only=True, rename="kebab"):
    areas: ListFile | None = None
    steps: ListFile | None = None
    outcomes: ListFile | None = None
    decline_reasons: ListFile | None = None
    referral_outcomes: ListFile | None = None
    contact_kinds: ListFile | None = None
    appointment_kinds: ListFile | None = None
    document_kinds: KindsFile | None = None
    follow_up_months: tuple[VersionFile, ...] = ()
    review_weeks: tuple[VersionFile, ...] = ()
    consent_months: tuple[VersionFile, ...] = ()
    break_glass_hours: tuple[VersionFile, ...] = ()


class InterestFile(Sourced, frozen=True, kw_only=True):
    groups: tuple[str, ...]
    icon: str = ""


class ExampleFile(Shape, frozen=True, kw_only=True):
    name: str
    on: date
    facts: dict[str, Any] = {}
    expect: dict[str, Result] = {}
    missing: dict[str, tuple[str, ...]] = {}
    criteria: dict[str, str] = {}
    ends: dict[str, Any] = {}
    rates: dict[str, Any] = {}
    since: dict[str, date] = {}


class ExamplesFile(Shape, frozen=True, kw_only=True):
    example: tuple[ExampleFile, ...]
