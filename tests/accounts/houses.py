"""Two organisations with a lead and a coach each, and what was recorded in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tests.audit.reading_back import Recorded, last_place, recorded_since
from wegnetz.accounts.access import PEOPLE_FACING, Role, User, Viewer
from wegnetz.accounts.models import Membership, Organisation
from wegnetz.accounts.selectors import user_with_roles, viewer_for_email
from wegnetz.accounts.services import add_staff, ensure_organisation

DAY = date(2021, 10, 7)
NEXT_DAY = date(2021, 10, 8)
FITTING = PEOPLE_FACING | {Role.LEAD, Role.OPERATOR}


@dataclass(frozen=True)
class House:
    organisation: Organisation
    lead: Viewer
    coach: UUID
    began: int

    @property
    def id(self) -> UUID:
        return self.organisation.id

    def role_of(self, user: UUID, role: Role = Role.COACH) -> UUID:
        return Membership.objects.get(user=user, organisation=self.organisation, role=role).id

    def recorded(self) -> list[Recorded]:
        """What happened since the house was built."""
        return recorded_since(self.id, self.began)


def build(key: str, *, is_demo: bool = False) -> House:
    organisation = ensure_organisation(key, name=f"House {key}", is_demo=is_demo)
    join(organisation, f"lead@{key}.example", Role.LEAD)
    coach = join(organisation, f"coach@{key}.example", Role.COACH)
    return House(organisation, viewer_for_email(f"lead@{key}.example"), coach, last_place(organisation.id))


def join(organisation: Organisation, email: str, role: Role) -> UUID:
    word = email.partition("@")[0].capitalize()
    return add_staff(email=email, name=word, organisation=organisation, role=role, on=date(2020, 1, 1)).id


def also(user: UUID, organisation: Organisation, role: Role, since: date = DAY) -> Membership:
    return Membership.objects.create(user_id=user, organisation=organisation, role=role, began_on=since)


def roles_now(user: UUID) -> list[tuple[str, Role]]:
    """The roles in force: organisation and role, the longest-standing first."""
    found = user_with_roles(user)
    return [(row.organisation.key, Role(row.role)) for row in found.standing] if found else []


def account(user: UUID) -> User:
    return User.objects.get(id=user)
