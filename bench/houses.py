"""The organisations of a benchmark and who works there: a hundred members of staff, as a municipality has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.selectors import viewer_for_email
from wegnetz.accounts.services import add_staff, ensure_organisation

AT_WORK_SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class House:
    """An organisation with `staff` people of one role.

    `purpose` is what it asks people for, and `every` how many people there are for each one it accompanies. The
    periods share no divisor with the number of case managers, so that everybody's people are mixed alike.
    """

    key: str
    name: str
    role: Role
    staff: int
    purpose: str = "accompany"
    every: int = 1

    def email(self, number: int) -> str:
        return f"{self.key}-{number}@bench.example"


CITY = House("city", "Teilhabemanagement der Stadt", Role.CASE_MANAGER, 35)
LEADING = (
    CITY,
    House("north", "Beratung im Norden", Role.CASE_MANAGER, 29),
    House("south", "Beratung im Süden", Role.CASE_MANAGER, 19),
)
COACHING = House("coaches", "Lernwerkstatt", Role.COACH, 9, "coaching", 9)
ACCOMPANYING = (
    COACHING,
    House("networks", "Kontaktstelle", Role.NETWORK_COORDINATOR, 5, "networking", 16),
    House("shelter", "Psychosoziales Zentrum", Role.TRAUMA_COACH, 3, "trauma-coaching", 40),
)


def open_house(house: House) -> tuple[Viewer, ...]:
    """Make the organisation and its staff. Needs a scope that sees everything."""
    organisation = ensure_organisation(f"bench-{house.key}", name=house.name, is_demo=True)
    for number in range(house.staff):
        add_staff(
            email=house.email(number), name=f"{house.name} {number + 1}", organisation=organisation, role=house.role,
            on=AT_WORK_SINCE, is_demo=True,
        )  # fmt: skip
    return tuple(viewer_for_email(house.email(number)) for number in range(house.staff))
