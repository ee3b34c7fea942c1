"""From the statements of the files to those of the rules: dated values, and what they rest on."""

from __future__ import annotations

from datetime import date
from typing import TypeGuard

from wegnetz.programme.pack.model import Basis
from wegnetz.programme.pack.schema import Sourced, VersionFile
from wegnetz.rules.parameters import Citation, ParameterValue, Version


def is_day(value: object) -> TypeGuard[date]:
    """A day without a time of day; Python counts a date-time as a date, yet cannot compare the two."""
    return type(value) is date


def basis_of(entry: Sourced) -> Basis:
    return Basis(Citation(entry.source, entry.place), entry.status, entry.note)


def version_of(entry: VersionFile) -> Version:
    value: ParameterValue = tuple(entry.value) if isinstance(entry.value, list) else entry.value
    citation = Citation(entry.source, entry.place)
    return Version(entry.since, value, citation, entry.unit, entry.status, entry.note, entry.repealed)
