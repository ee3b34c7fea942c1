"""Accounts and organisations."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from wegnetz.accounts.models import Membership, Organisation, Role, User
from wegnetz.audit.services import Actor, record_act
from wegnetz.core.errors import DomainError


class AccountError(DomainError):
    """The account cannot be made; the argument says what is wrong with which part."""


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
    user = User(email=email.strip().lower(), name=name.strip(), is_demo=is_demo)
    try:
        user.clean_fields(exclude=["password"])
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        raise AccountError(*error.messages) from error
    if User.objects.filter(email=user.email).exists():
        raise AccountError("an account with this address exists")
    user.set_password(password)
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


def _record(action: str, user: User) -> None:
    for organisation in user.memberships.values_list("organisation", flat=True).distinct():
        record_act(Actor(None, "system", organisation), action, subjects=[user.id], category="account")
