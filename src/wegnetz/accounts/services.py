"""Accounts and organisations; who is invited to a team, in which roles they work there, and when they leave it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wegnetz.accounts.access import INVITABLE, Viewer, invitations_in_scope, team_in_scope
from wegnetz.accounts.models import Invitation, Membership, MembershipQuerySet, Organisation, Role, User
from wegnetz.accounts.selectors import InvitationGoneError, StaffNotFoundError, hash_of, open_invitations
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.errors import DomainError
from wegnetz.core.events import emit
from wegnetz.core.scope import Scope, acting_as

LINK_DAYS = 14
KEPT_DAYS = 30  # how long an invitation is kept after the last day of its link
UNDO_DAYS = 1


class AccountError(DomainError):
    """The account cannot be made; the argument says what is wrong with which part."""


class TeamRule(Enum):
    """Why something cannot be done in a team."""

    OWN = auto()  # nobody changes their own roles: another lead does
    ROLE = auto()  # the organisation does not hold this role, or nobody is invited to it
    HERE = auto()  # works here already, or has this role
    INVITED = auto()  # an invitation for this address has not been answered
    PAUSED = auto()  # has been deactivated


class TeamRuleError(DomainError):
    """A rule of the team stands against it; `rule` says which."""

    def __init__(self, rule: TeamRule) -> None:
        super().__init__(rule)
        self.rule = rule


def ensure_organisation(key: str, *, name: str, is_demo: bool = False) -> Organisation:
    """The organisation with this key, made when it is new and renamed when the pack renamed it."""
    organisation, _ = Organisation.objects.update_or_create(
        key=key, defaults={"name": name}, create_defaults={"name": name, "is_demo": is_demo}
    )
    return organisation


@transaction.atomic
def add_staff(
    *, email: str, name: str, organisation: Organisation, role: Role, on: date, password: str | None = None,
    is_demo: bool = False,
) -> User:  # fmt: skip
    """Make an account with one role. Without a password the account waits for its owner to set one.

    Raises AccountError: no valid address or name, address taken, weak password.
    """
    user = _account(email, name, password, is_demo=is_demo)
    if User.objects.filter(email=user.email).exists():
        raise AccountError("an account with this address exists")
    user.save()
    Membership.objects.create(user=user, organisation=organisation, role=role, began_on=on)
    _record("create account", user)
    return user


def forget_second_factor(user: User) -> None:
    """Remove every second factor and recovery code of an account, and end its sessions."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        user.session_epoch += 1
        user.save(update_fields=["session_epoch"])
        _record("remove second factor", user)


def note_password_link(user: User) -> None:
    """Record that somebody with access to the server was given a way into this account."""
    _record("issue password link", user)


def _account(email: str, name: str, password: str | None, *, is_demo: bool) -> User:
    """An account that is not saved yet. Raises AccountError."""
    user = User(email=email.strip().lower(), name=name.strip(), is_demo=is_demo)
    try:
        user.clean_fields(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        raise AccountError(*error.messages) from error
    user.set_password(password)
    return user


def _record(action: str, user: User) -> None:
    for organisation in user.memberships.values_list("organisation", flat=True).distinct():
        record_act(Actor(None, "system", organisation), action, subjects=[user.id], category="account")


# --- invitations -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation with the secret part of its link, which is stored nowhere and shown once."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite_staff(
    *, email: str, name: str, roles: Collection[Role], fitting: Collection[Role], by: Viewer, on: date
) -> Issued:
    """Offer somebody roles in the viewer's organisation; `fitting` are those it may hold.

    Whether the address has an account elsewhere is not looked up, so nothing can tell. Raises StaffNotFoundError
    when the viewer leads no organisation, AccountError for an address or name that cannot be one, and TeamRuleError
    with ROLE, HERE or INVITED.
    """
    organisation = _led_by(by, on)
    address = _account(email, name, None, is_demo=organisation.is_demo)
    if not roles or not set(roles) <= set(fitting) & INVITABLE:
        raise TeamRuleError(TeamRule.ROLE)
    if team_in_scope(by).standing(on).filter(user__email=address.email).exists():
        raise TeamRuleError(TeamRule.HERE)
    if invitations_in_scope(by).unanswered().filter(email=address.email).exists():
        raise TeamRuleError(TeamRule.INVITED)
    invitation = Invitation(
        organisation=organisation, email=address.email, name=address.name, invited_by_id=by.user, invited_on=on,
        roles=[str(role) for role in Role if role in roles],
    )  # fmt: skip
    return _issue(invitation, "invite staff", by=by, on=on)


@transaction.atomic
def renew_invitation(invitation_id: UUID, *, by: Viewer, on: date) -> Issued:
    """A new link; the one before opens nothing any more. Raises StaffNotFoundError."""
    return _issue(_unanswered(invitation_id, by, on), "renew invitation", by=by, on=on)


@transaction.atomic
def withdraw_invitation(invitation_id: UUID, *, by: Viewer, on: date) -> None:
    """Take an invitation back; its link opens nothing any more. Raises StaffNotFoundError."""
    invitation = _unanswered(invitation_id, by, on)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record_act(by.actor, "withdraw invitation", subjects=[invitation.id], category="account")


def _unanswered(invitation_id: UUID, by: Viewer, on: date) -> Invitation:
    _led_by(by, on)
    found = invitations_in_scope(by).unanswered().select_for_update().filter(id=invitation_id).first()
    if found is None:
        raise StaffNotFoundError
    return found


def _issue(invitation: Invitation, action: str, *, by: Viewer, on: date) -> Issued:
    token = secrets.token_urlsafe(32)
    invitation.token = hash_of(token)
    invitation.until = on + timedelta(days=LINK_DAYS)
    invitation.save()
    record_act(by.actor, action, subjects=[invitation.id], category="account")
    return Issued(invitation, token)


@transaction.atomic
def accept_as_newcomer(token: str, *, password: str, on: date) -> None:
    """Make the account of the invited address, with its roles.

    Where the address has an account, nothing of it changes and the invitation stays open for its owner to accept;
    the caller learns of it neither by the answer nor by the time. Raises InvitationGoneError, AccountError.
    """
    with _opened(token, on) as invitation:
        user = _account(invitation.email, invitation.name, password, is_demo=invitation.organisation.is_demo)
        system = Actor(None, "system", invitation.organisation_id)
        record_act(system, "use invitation link", subjects=[invitation.id], category="account")
        if not User.objects.filter(email=user.email).exists():
            user.save()
            _join(invitation, user, on)


@transaction.atomic
def accept_invitation(token: str, *, account: UUID, on: date) -> None:
    """Give the roles to the account that is signed in. Raises InvitationGoneError, also when it has another address."""
    with _opened(token, on) as invitation:
        user = User.objects.get(id=account)
        if user.email != invitation.email:
            raise InvitationGoneError
        _join(invitation, user, on)


@contextmanager
def _opened(token: str, on: date) -> Iterator[Invitation]:
    """The invitation, locked. Its link is the permission to act in an organisation that one does not belong to yet."""
    found = open_invitations(token, on=on).select_for_update(of=("self",)).select_related("organisation").first()
    if found is None:
        raise InvitationGoneError
    with acting_as(Scope(organisation=found.organisation_id)):
        yield found


def _join(invitation: Invitation, user: User, on: date) -> None:
    organisation = invitation.organisation_id
    held = Membership.objects.standing(on).filter(user=user, organisation=organisation)
    new = set(invitation.roles) - set(held.values_list("role", flat=True))
    Membership.objects.bulk_create(
        Membership(user=user, organisation_id=organisation, role=role, began_on=on)
        for role in invitation.roles
        if role in new
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    actor = Actor(user.id, invitation.roles[0], organisation)
    record_act(actor, "accept invitation", subjects=[user.id], category="account")


def forget_invitations(*, on: date) -> int:
    """Delete what nobody needs any more: addresses of those who never came. Returns how many."""
    return Invitation.objects.filter(until__lt=on - timedelta(days=KEPT_DAYS)).delete()[0]


# --- the team --------------------------------------------------------------------------------------


@transaction.atomic
def add_role(user_id: UUID, *, role: Role, fitting: Collection[Role], by: Viewer, on: date) -> None:
    """One more role for a member of staff. Raises StaffNotFoundError; TeamRuleError: OWN, PAUSED, ROLE, HERE."""
    organisation = _led_by(by, on)
    roles = _roles_of(user_id, by, on)
    _must_be_at_work(roles)
    if role not in set(fitting) & INVITABLE:
        raise TeamRuleError(TeamRule.ROLE)
    if any(held.role == role for held in roles):
        raise TeamRuleError(TeamRule.HERE)
    Membership.objects.create(user_id=user_id, organisation=organisation, role=role, began_on=on)
    record_act(by.actor, "add role", subjects=[user_id], category="account")


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """A role of somebody ended in an organisation, where they still work in the roles that are `left`."""

    user: UUID
    organisation: UUID
    left: frozenset[Role]


@transaction.atomic
def end_role(membership_id: UUID, *, by: Viewer, on: date) -> None:
    """End a role at once, in open sessions too. Raises StaffNotFoundError; TeamRuleError: OWN."""
    _led_by(by, on)
    membership = team_in_scope(by).standing(on).filter(id=membership_id).first()
    if membership is None:
        raise StaffNotFoundError
    _not_oneself(membership.user_id, by)
    membership.ended_on = on
    membership.save(update_fields=["ended_on"])
    _open_or_close(membership.user_id, on)
    record_act(by.actor, "end role", subjects=[membership.user_id], category="account")
    left = team_in_scope(by).in_force(on).filter(user=membership.user_id).values_list("role", flat=True)
    emit(RoleEnded(membership.user_id, by.organisation, frozenset(Role(role) for role in left)))


@transaction.atomic
def resume_role(membership_id: UUID, *, by: Viewer, on: date) -> None:
    """Undo the end of a role, unless it ended long ago. Raises StaffNotFoundError; TeamRuleError: OWN, PAUSED, HERE."""
    _led_by(by, on)
    lately = team_in_scope(by).filter(ended_on__gte=on - timedelta(days=UNDO_DAYS), ended_on__lte=on)
    membership = lately.filter(id=membership_id).first()
    if membership is None:
        raise StaffNotFoundError
    _not_oneself(membership.user_id, by)
    others = team_in_scope(by).standing(on).filter(user=membership.user_id)
    _must_be_at_work(others)
    if others.filter(role=membership.role).exists():
        raise TeamRuleError(TeamRule.HERE)
    membership.ended_on = None
    membership.save(update_fields=["ended_on"])
    _open_or_close(membership.user_id, on)
    record_act(by.actor, "resume role", subjects=[membership.user_id], category="account")


@dataclass(frozen=True, slots=True)
class ShutOut:
    """Somebody was shut out of an organisation: what opened it to them without a sign-in must open nothing any more."""

    user: UUID
    organisation: UUID


@transaction.atomic
def deactivate_staff(user_id: UUID, *, by: Viewer, on: date) -> None:
    """Shut somebody out of this organisation at once, end all their sessions and forget their links.

    What they do for other organisations goes on after a new sign-in; without such work the account does not open
    any more. Raises StaffNotFoundError; TeamRuleError: OWN.
    """
    _led_by(by, on)
    roles = _roles_of(user_id, by, on)
    roles.update(paused_on=on)
    User.objects.filter(id=user_id).update(session_epoch=F("session_epoch") + 1)
    _open_or_close(user_id, on)
    record_act(by.actor, "deactivate account", subjects=[user_id], category="account")
    emit(ShutOut(user_id, by.organisation))


@transaction.atomic
def reactivate_staff(user_id: UUID, *, by: Viewer, on: date) -> None:
    """Let somebody back in, in the roles they had. Raises StaffNotFoundError; TeamRuleError: OWN."""
    _led_by(by, on)
    _roles_of(user_id, by, on).update(paused_on=None)
    _open_or_close(user_id, on)
    record_act(by.actor, "reactivate account", subjects=[user_id], category="account")


def _led_by(by: Viewer, on: date) -> Organisation:
    """The organisation of a lead, locked, and its lead looked at again: another may just have put them out.

    As nobody changes their own roles, this is also why an organisation always keeps a lead.
    """
    organisation = Organisation.objects.select_for_update().get(id=by.organisation)
    if not team_in_scope(by).in_force(on).filter(user=by.user, role=Role.LEAD).exists():
        raise StaffNotFoundError
    return organisation


def _roles_of(user_id: UUID, by: Viewer, on: date) -> MembershipQuerySet:
    roles = team_in_scope(by).standing(on).filter(user=user_id)
    if not roles.exists():
        raise StaffNotFoundError
    _not_oneself(user_id, by)
    return roles


def _not_oneself(user_id: UUID, by: Viewer) -> None:
    if user_id == by.user:
        raise TeamRuleError(TeamRule.OWN)


def _must_be_at_work(roles: Iterable[Membership]) -> None:
    if any(role.paused_on for role in roles):
        raise TeamRuleError(TeamRule.PAUSED)


def _open_or_close(user_id: UUID, on: date) -> None:
    """An account opens unless all that is left of it is paused. One without any role waits for an invitation."""
    standing = Membership.objects.standing(on).filter(user=user_id)
    opens = standing.in_force(on).exists() or not standing.exists()
    User.objects.filter(id=user_id).update(is_active=opens)
