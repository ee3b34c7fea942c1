"""Values that the law or the programme sets, each with the day from which it holds and its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ParameterValue = date | int | Decimal | str | bool | tuple[str, ...] | tuple[int, ...] | tuple[date, ...] | None


class Standing(StrEnum):
    """Whether the source says so, or the value waits to be confirmed and is shown as such."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of the pack and the place in it, such as ("R0", "Nr. 1.1")."""

    source: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a parameter from a day on. `value` is None where no source gives one.

    `note` is the id of the pack's text that says what is unconfirmed or worth knowing.
    """

    since: date
    value: ParameterValue
    citation: Citation
    unit: str = ""
    status: Standing = Standing.CONFIRMED
    note: str = ""
    repealed: bool = False


def check_order(name: str, versions: Sequence[Version]) -> None:
    """Raise ValueError unless the versions stand in order of their day, each day once."""
    days = [version.since for version in versions]
    if not days or days != sorted(set(days)):
        raise ValueError(f"{name}: versions must stand in order of their day, each day once, at least one")


def version_on(versions: Sequence[Version], day: date) -> Version | None:
    """The version in force on `day`; None before the first and after a repeal."""
    found = None
    for version in versions:
        if version.since > day:
            break
        found = version
    return None if found is None or found.repealed else found
