"""Who may open which screen. Every view names one of these; a view without one fails the tests."""

from __future__ import annotations

from enum import Enum

from wegnetz.accounts.access import Role
from wegnetz.participants.access import WORKS_WITH_PEOPLE


class Policy(Enum):
    """The roles a screen is for; None is for everybody, signed in or not."""

    PUBLIC = "public"
    STAFF = "staff"
    PEOPLE = "people"

    @property
    def roles(self) -> frozenset[Role] | None:
        match self:
            case Policy.PUBLIC:
                return None
            case Policy.STAFF:
                return frozenset(Role)
            case Policy.PEOPLE:
                return WORKS_WITH_PEOPLE


# Views of libraries, by the name of their address, with the policy their own code enforces.
LIBRARY_VIEWS: dict[str, Policy] = {}
