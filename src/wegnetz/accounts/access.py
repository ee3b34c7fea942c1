"""The person at the desk, as every other package sees them, and whom a lead may see."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from wegnetz.accounts.models import Invitation, InvitationQuerySet, Membership, MembershipQuerySet, Role, User
from wegnetz.audit.services import Actor

__all__ = [
    "INVITABLE",
    "PEOPLE_FACING",
    "Invitation",
    "Membership",
    "Role",
    "User",
    "Viewer",
    "at_work",
    "invitations_in_scope",
    "team_in_scope",
]

# The roles that accompany people. An organisation that only steers or funds holds none of them.
PEOPLE_FACING = frozenset(
    {Role.CASE_MANAGER, Role.COACH, Role.TRAUMA_COACH, Role.NETWORK_COORDINATOR, Role.WORKSHOP_HOST}
)
# What a lead may offer, if it fits the organisation. Operators are named on the server.
INVITABLE = frozenset(Role) - {Role.OPERATOR}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone signed in, in one role of one organisation."""

    user: UUID
    name: str
    role: Role
    organisation: UUID
    organisation_name: str
    is_demo: bool

    @property
    def role_label(self) -> str:
        return str(self.role.label)

    @property
    def actor(self) -> Actor:
        return Actor(self.user, str(self.role), self.organisation)


def at_work() -> MembershipQuerySet:
    """The roles in force today of the accounts that can sign in."""
    return Membership.objects.in_force(timezone.localdate()).filter(user__is_active=True)


def team_in_scope(viewer: Viewer) -> MembershipQuerySet:
    """The one scope function for staff: who works, or worked, for the organisation whose lead is looking."""
    if viewer.role is not Role.LEAD:
        return Membership.objects.none()
    return Membership.objects.filter(organisation=viewer.organisation)


def invitations_in_scope(viewer: Viewer) -> InvitationQuerySet:
    if viewer.role is not Role.LEAD:
        return Invitation.objects.none()
    return Invitation.objects.filter(organisation=viewer.organisation)
