"""Look up who is signed in, who works where, and what an invitation offers."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from wegnetz.accounts.access import Viewer, at_work, invitations_in_scope, team_in_scope
from wegnetz.accounts.models import (
    Invitation,
    InvitationQuerySet,
    Membership,
    Organisation,
    Role,
    User,
)
from wegnetz.core.errors import DomainError

# Printed and shown on purpose: it opens nothing but invented people, in demo mode, on one machine.
DEMO_PASSWORD = "wegnetz-demo-2021"  # noqa: S105
DEMO_ADDRESSES = "@demo.example"
PAGE_SIZE = 30


class StaffNotFoundError(DomainError):
    """The viewer's organisation has no such member of staff, role or invitation, or the viewer does not lead it."""


class InvitationGoneError(DomainError):
    """The link was never given out, was used, replaced or withdrawn, or its last day has passed."""


def user_with_roles(user_id: UUID) -> User | None:
    """An account together with all its roles in force, in one query."""
    rows = Membership.objects.in_force(timezone.localdate()).filter(user=user_id)
    standing = tuple(rows.select_related("user", "organisation").order_by("began_on", "id"))
    if not standing:
        return User.objects.filter(id=user_id).first()
    user = standing[0].user
    user.standing = standing
    return user


def acting_membership(user: User, wished: str | None) -> Membership | None:
    """The role wished for, if it is in force, or else the longest-standing one. None for an account without a role."""
    first = user.standing[0] if user.standing else None
    return next((row for row in user.standing if str(row.id) == wished), first)


def viewer_of(user: User, *, membership: str | None = None) -> Viewer | None:
    """The viewer behind an account that `user_with_roles` loaded. None without a role, or when deactivated."""
    acting = acting_membership(user, membership)
    if acting is None or not user.is_active:
        return None
    return _viewer(user, acting)


def _viewer(user: User, acting: Membership) -> Viewer:
    where = acting.organisation
    return Viewer(user.id, user.name, Role(acting.role), where.id, where.name, is_demo=user.is_demo)


def viewer_for_email(email: str) -> Viewer:
    """The viewer behind an address. Raises LookupError when there is none."""
    user = user_with_roles(User.objects.get(email=email).id)
    viewer = viewer_of(user) if user else None
    if viewer is None:
        raise LookupError(email)
    return viewer


def account_by_email(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def demo_accounts() -> list[tuple[str, str]]:
    """E-mail address and role of the demo accounts that came with the demo, one for each role."""
    rows = Membership.objects.in_force(timezone.localdate()).filter(
        user__is_demo=True, user__is_active=True, user__email__endswith=DEMO_ADDRESSES
    )
    by_role = {Role(row.role): row.user.email for row in rows.select_related("user").order_by("-user__joined_at")}
    return [(by_role[role], str(role.label)) for role in Role if role in by_role]


def organisation_by_key(key: str) -> Organisation | None:
    return Organisation.objects.filter(key=key).first()


def organisation_key(organisation: UUID) -> str:
    """The organisation's id in the programme pack."""
    return Organisation.objects.values_list("key", flat=True).get(id=organisation)


def organisation_keys() -> dict[UUID, str]:
    """The key of every organisation, for those who know organisations by their id only."""
    return dict(Organisation.objects.values_list("id", "key"))


def any_real_account() -> bool:
    return User.objects.filter(is_demo=False).exists()


def any_demo_account() -> bool:
    return User.objects.filter(is_demo=True).exists()


def works_in(user: UUID, *, organisation: UUID, role: Role) -> bool:
    """Whether an account that can sign in holds this role there today."""
    return at_work().filter(user=user, organisation=organisation, role=role).exists()


def membership_of(viewer: Viewer) -> UUID:
    """The membership in which the viewer acts. Raises StaffNotFoundError when it has just ended."""
    found = at_work().filter(user=viewer.user, organisation=viewer.organisation, role=viewer.role).first()
    if found is None:
        raise StaffNotFoundError
    return found.id


def viewer_in(membership: UUID) -> Viewer | None:
    """The viewer behind a membership; None when it is over or paused, or its holder cannot sign in."""
    row = at_work().filter(id=membership).select_related("user", "organisation").first()
    return _viewer(row.user, row) if row else None


def staff_at_work(roles: Collection[Role]) -> list[tuple[Viewer, str]]:
    """Everybody who can sign in and holds one of the roles today, once for each role, with their e-mail address."""
    rows = at_work().filter(role__in=roles).select_related("user", "organisation").order_by("user", "began_on", "id")
    return [(_viewer(row.user, row), row.user.email) for row in rows]


def colleagues_of(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Who holds the viewer's role in the viewer's organisation today, the viewer among them, by name."""
    rows = at_work().filter(organisation=viewer.organisation, role=viewer.role).order_by(Lower("user__name"), "user")
    return list(rows.values_list("user", "user__name"))


def organisations_with(role: Role) -> list[tuple[UUID, str]]:
    """The organisations in which somebody can do this today, by name."""
    rows = at_work().filter(role=role).order_by("organisation__name", "organisation")
    return list(rows.values_list("organisation", "organisation__name").distinct())


# --- who works here --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as the lead of their organisation sees them: nothing of what they do for others."""

    id: UUID
    name: str
    email: str
    roles: tuple[Membership, ...]
    last_sign_in: datetime | None
    has_second_factor: bool

    @property
    def is_paused(self) -> bool:
        return any(role.paused_on for role in self.roles)


def team(viewer: Viewer, *, on: date, page: str) -> tuple[list[Colleague], Page[User]]:
    """Those whose roles in the viewer's organisation have not ended, by name; a page of `PAGE_SIZE`."""
    shown = Paginator(_staff(viewer, on).order_by(Lower("name"), "id"), PAGE_SIZE).get_page(page)
    return [_colleague(user) for user in shown], shown


def colleague(viewer: Viewer, user_id: UUID, *, on: date) -> Colleague:
    """One of them. Raises StaffNotFoundError."""
    user = _staff(viewer, on).filter(id=user_id).first()
    if user is None:
        raise StaffNotFoundError
    return _colleague(user)


def _staff(viewer: Viewer, on: date) -> QuerySet[User]:
    here = team_in_scope(viewer).standing(on)
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return (
        User.objects.filter(id__in=here.values("user"))
        .annotate(has_second_factor=Exists(factors))
        .prefetch_related(Prefetch("memberships", queryset=here.order_by("began_on", "id"), to_attr="here"))
    )


def _colleague(user: User) -> Colleague:
    roles: tuple[Membership, ...] = tuple(user.here)  # type: ignore[attr-defined]
    second: bool = user.has_second_factor  # type: ignore[attr-defined]
    return Colleague(user.id, user.name, user.email, roles, user.last_login, second)


# --- invitations -----------------------------------------------------------------------------------


def unanswered_invitations(viewer: Viewer) -> list[Invitation]:
    """What the viewer's organisation has offered and nobody has accepted yet, the latest first."""
    return list(invitations_in_scope(viewer).unanswered().order_by("-invited_on", Lower("name")))


def hash_of(token: str) -> str:
    """What stands in the table for a token that only the holder of the link knows."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitations(token: str, *, on: date) -> InvitationQuerySet:
    """The invitation a link opens, or none."""
    return Invitation.objects.unanswered().filter(token=hash_of(token), until__gte=on)


def invitation_behind(token: str, *, on: date) -> Invitation:
    """Raises InvitationGoneError, whatever the reason."""
    found = open_invitations(token, on=on).select_related("organisation").first()
    if found is None:
        raise InvitationGoneError
    return found


def was_accepted_by(token: str, account: UUID) -> bool:
    """Whether it was this account that used the link."""
    return Invitation.objects.filter(token=hash_of(token), accepted_by=account).exists()
