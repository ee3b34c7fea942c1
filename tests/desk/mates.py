"""Who the screens of a team are about: colleagues and invitations, as addresses name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from tests.people import Account, Cast, Desk, Page
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Invitation, Membership, Organisation

LINK = re.compile(r'rows="3" readonly>http://testserver(/einladung/([-\w]+)/)<')
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|made_for|window)" value="[^"]+"')
NEW = "neu@elsewhere.example"


@dataclass(frozen=True)
class Mate:
    """A member of staff with a role, a role that ended today, and an invitation of the same organisation."""

    id: UUID
    membership: UUID
    ended: UUID
    invitation: UUID


def colleague(cast: Cast, role: Role) -> Account:
    """Who has this role in A."""
    return next(account for account in cast.colleagues if account.role is role)


def also(account: Account, role: Role, organisation: UUID | None = None) -> Membership:
    """One more role, not the longest-standing, in the own organisation unless another is named."""
    here = Organisation.objects.get(id=organisation or account.viewer.organisation)
    return Membership.objects.create(user_id=account.user, organisation=here, role=role, began_on=date(2021, 1, 1))


def invite(lead: Desk, email: str = NEW, *roles: str) -> tuple[Page, str, str]:
    """The page with the link, the path of the link, and its token."""
    page = lead.post(reverse("desk:invite"), {"email": email, "name": "Noch Neu", "roles": roles or ("coach",)})
    found = LINK.search(page.content.decode())
    assert found is not None
    return page, found[1], found[2]


def choices(client: Desk) -> list[tuple[str, bool]]:
    """The roles the menu offers, and whether somebody acts in them now."""
    return [(choice.role_label, choice.current) for choice in client.get("/").context["role_choices"]]


def text_of(page: Page) -> str:
    return TOKEN.sub("", page.content.decode())


def mates(cast: Cast) -> tuple[Mate, Mate, Mate, Mate]:
    """To a lead of A: one of the own team, one of another's, one who left with an answered invitation, and nobody."""
    own, foreign = (_mate(account, timezone.localdate()) for account in (colleague(cast, Role.COACH), cast.bea))
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
