"""What a consent lets somebody see, and for how long. A refusal is an answer too, and blocks nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wegnetz.rules.periods import Period, add_months

# What a consent can speak about. Journals, documents and appointments are never shared: they are not on the list.
CATEGORIES: tuple[str, ...] = ("name", "contact", "facts", "eligibility", "assessment", "plan")
# "sealed": outside the organisation that holds it, an involvement is neither seen, counted nor guessed.
SECRECIES: tuple[str, ...] = ("open", "sealed")


class Answer(StrEnum):
    """What a person said when asked."""

    GIVEN = "given"
    REFUSED = "refused"


class Channel(StrEnum):
    """How a person gave or took back a consent."""

    IN_PERSON = "in-person"
    WRITTEN = "written"
    PHONE = "phone"
    MESSAGE = "message"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Permission:
    """What one consent or duty permits its holder: categories, on the days of `valid`, until taken back."""

    categories: frozenset[str]
    valid: Period
    withdrawn_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it permits anything on `day`. The day of withdrawal is already without it."""
        return day in self.valid and (self.withdrawn_on is None or day < self.withdrawn_on)


def permitted(permissions: Iterable[Permission], day: date) -> frozenset[str]:
    """The categories that some permission opens on `day`."""
    return frozenset().union(*(p.categories for p in permissions if p.holds_on(day)))


def asked_again_on(given_on: date, months: int | None) -> date | None:
    """The last day of a consent that runs for some months; None where the programme sets no end."""
    return None if months is None else add_months(given_on, months)
