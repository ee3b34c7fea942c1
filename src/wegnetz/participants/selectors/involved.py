"""Who accompanies a person, as far as the viewer may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wegnetz.accounts.access import Role, Viewer
from wegnetz.participants.access import FUNCTIONS, involvements_known
from wegnetz.participants.selectors.people import OpenPerson


class UnrecordedError(AssertionError):
    """A page would show what it did not record: a fault in the page, never in what the viewer did."""


@dataclass(frozen=True, slots=True)
class Companion:
    """An organisation that accompanies a person in one function; `responsible` is a name, or empty."""

    organisation: UUID
    name: str
    function: str
    responsible: str
    since: date
    own: bool

    @property
    def leads(self) -> bool:
        return self.function == FUNCTIONS[Role.CASE_MANAGER]


def accompanying(viewer: Viewer, person: OpenPerson) -> tuple[Companion, ...]:
    """Who leads the way first, then in the order in which they came. Sealed involvements of others never show."""
    if "involvement" not in person.recorded:
        raise UnrecordedError("involvement")
    rows = involvements_known(viewer).filter(person=person.id).select_related("organisation", "responsible")
    found = (
        Companion(
            row.organisation_id, row.organisation.name, row.function, row.responsible.name if row.responsible else "",
            row.began_on, own=row.id == person.involvement,
        )
        for row in rows.order_by("began_on", "id")
    )  # fmt: skip
    return tuple(sorted(found, key=lambda companion: not companion.leads))
