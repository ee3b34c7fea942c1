"""Who the screens of a team are about: colleagues and invitations, as addresses name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from tests.people import Account, Cast
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Invitation, Membership


@dataclass(frozen=True)
class Mate:
    """A member of staff with a role, a role that ended today, and an invitation of the same organisation."""

    id: UUID
    membership: UUID
    ended: UUID
    invitation: UUID


def mates(cast: Cast) -> tuple[Mate, Mate, Mate, Mate]:
    """To a lead of A: one of the own team, one of another's, one who left with an answered invitation, and nobody."""
    coach = next(colleague for colleague in cast.colleagues if colleague.role is Role.COACH)
    own, foreign = (_mate(account, timezone.localdate()) for account in (coach, cast.bea))
    left = Membership.objects.get(user=cast.left.user)
    answered = _invitation(left, "answered")
    Invitation.objects.filter(id=answered).update(withdrawn_at=timezone.now())
    return own, foreign, Mate(cast.left.user, left.id, left.id, answered), nobody()


def nobody() -> Mate:
    return Mate(uuid4(), uuid4(), uuid4(), uuid4())


def _mate(account: Account, today: date) -> Mate:
    membership = Membership.objects.get(user=account.user, role=account.role)
    ended = Membership.objects.create(
        user=membership.user, organisation=membership.organisation, role=Role.NETWORK_COORDINATOR,
        began_on=membership.began_on, ended_on=today,
    )  # fmt: skip
    return Mate(account.user, membership.id, ended.id, _invitation(membership, f"to-{account.user}"))


def _invitation(by: Membership, token: str) -> UUID:
    today = timezone.localdate()
    return Invitation.objects.create(
        organisation=by.organisation, email=f"{token}@elsewhere.example", name="Noch Neu", roles=["coach"], token=token,
        invited_by=by.user, invited_on=today, until=today + timedelta(days=14),
    ).id  # fmt: skip
