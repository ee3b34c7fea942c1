"""Who accompanies a person, as far as the viewer may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from wegnetz.accounts.access import Role, Viewer
from wegnetz.participants.access import FUNCTIONS, LEADS_THE_WAY, involvements_known
from wegnetz.participants.selectors.people import OpenPerson


class UnrecordedError(AssertionError):
    """A page would show what it did not record: a fault in the page, never in what the viewer did."""


@dataclass(frozen=True, slots=True)
class Companion:
    """An organisation that accompanies a person in one function; `responsible` is a name, or empty.

    After a hand-over there may be several in case management; one of them `leads`.
    """

    organisation: UUID
    name: str
    function: str
    responsible: str
    since: date
    own: bool
    leads: bool


def accompanying(viewer: Viewer, person: OpenPerson) -> tuple[Companion, ...]:
    """Who leads the way first, then in the order in which they came. Sealed involvements of others never show."""
    if "involvement" not in person.recorded:
        raise UnrecordedError("involvement")
    known = involvements_known(viewer).filter(person=person.id).annotate(leader=F("person__organisation"))
    rows = known.select_related("organisation", "responsible")
    found = (
        Companion(
            row.organisation_id, row.organisation.name, row.function, row.responsible.name if row.responsible else "",
            row.began_on, own=row.id == person.involvement,
            leads=row.function == FUNCTIONS[Role.CASE_MANAGER] and row.organisation_id == row.leader,
        )
        for row in rows.order_by("began_on", "id")
    )  # fmt: skip
    return tuple(sorted(found, key=lambda companion: not companion.leads))


def may_take_the_lead(viewer: Viewer, person: OpenPerson, companions: Iterable[Companion]) -> bool:
    """Whether nobody of those who accompany the person leads the way, and the viewer's organisation could."""
    acts = viewer.role in LEADS_THE_WAY and person.involvement is not None
    return acts and not any(companion.leads for companion in companions)
