"""Look up who is signed in."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.models import Membership, Organisation, Role, User

# Printed and shown on purpose: it opens nothing but invented people, in demo mode, on one machine.
DEMO_PASSWORD = "wegnetz-demo-2021"  # noqa: S105


def user_with_role(user_id: UUID) -> User | None:
    """An account together with its longest-standing role that has not ended, in one query."""
    today = timezone.localdate()
    in_force = Q(began_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gte=today))
    rows = Membership.objects.filter(in_force, user=user_id).select_related("user", "organisation")
    membership = rows.order_by("began_on", "id").first()
    if membership is None:
        return User.objects.filter(id=user_id).first()
    membership.user.current = membership
    return membership.user


def viewer_of(user: User) -> Viewer | None:
    """The viewer behind an account that `user_with_role` loaded. None without a role, or when deactivated."""
    membership = user.current
    if membership is None or not user.is_active:
        return None
    organisation = membership.organisation
    return Viewer(user.id, user.name, Role(membership.role), organisation.id, organisation.name, is_demo=user.is_demo)


def viewer_for_email(email: str) -> Viewer:
    """The viewer behind an address. Raises LookupError when there is none."""
    user = user_with_role(User.objects.get(email=email).id)
    viewer = viewer_of(user) if user else None
    if viewer is None:
        raise LookupError(email)
    return viewer


def account_by_email(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def demo_accounts() -> list[tuple[str, str]]:
    """E-mail address and role of the demo accounts, one for each role."""
    rows = Membership.objects.filter(user__is_demo=True, ended_on__isnull=True).select_related("user")
    by_role = {Role(row.role): row.user.email for row in rows.order_by("-user__email")}
    return [(by_role[role], str(role.label)) for role in Role if role in by_role]


def organisation_by_key(key: str) -> Organisation | None:
    return Organisation.objects.filter(key=key).first()


def organisation_keys() -> dict[UUID, str]:
    """The key of every organisation, for those who know organisations by their id only."""
    return dict(Organisation.objects.values_list("id", "key"))


def any_real_account() -> bool:
    return User.objects.filter(is_demo=False).exists()


def any_demo_account() -> bool:
    return User.objects.filter(is_demo=True).exists()


def works_in(user: UUID, *, organisation: UUID, role: Role) -> bool:
    """Whether an account that can sign in holds this role there today."""
    today = timezone.localdate()
    in_force = Q(began_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gte=today))
    return Membership.objects.filter(
        in_force, user=user, user__is_active=True, organisation=organisation, role=role
    ).exists()  # fmt: skip
