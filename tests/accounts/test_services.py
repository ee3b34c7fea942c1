"""Accounts: who gets one, and in which role they act."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from tests.people import DB, PASSWORD, Cast
from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.models import Membership, Organisation, User
from wegnetz.accounts.selectors import (
    account_by_email,
    demo_accounts,
    organisation_by_key,
    user_with_roles,
    viewer_for_email,
    viewer_of,
)
from wegnetz.accounts.services import AccountError, add_staff, ensure_organisation, forget_second_factor

pytestmark = DB

DAY = date(2021, 10, 7)


@pytest.fixture
def office() -> Organisation:
    return ensure_organisation("office", name="An office")


def test_staff_get_an_account_with_one_role(office: Organisation) -> None:
    user = add_staff(email=" New@Example.ORG ", name=" New ", organisation=office, role=Role.COACH, on=DAY)
    assert (user.email, user.name, user.has_usable_password()) == ("new@example.org", "New", False)
    assert viewer_for_email("new@example.org") == Viewer(
        user.id, "New", Role.COACH, office.id, "An office", is_demo=False
    )


@pytest.mark.parametrize(
    "email", ["", "new", "new@", "@example.org", "a b@example.org", "a@b", f"{'x' * 300}@b.example"]
)
def test_an_address_that_cannot_be_one_is_refused(email: str, office: Organisation) -> None:
    with pytest.raises(AccountError):
        add_staff(email=email, name="New", organisation=office, role=Role.COACH, on=DAY)
    assert User.objects.filter(name="New").exists() is False


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_nobody_can_have_is_refused(name: str, office: Organisation) -> None:
    with pytest.raises(AccountError):
        add_staff(email="new@example.org", name=name, organisation=office, role=Role.COACH, on=DAY)


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "password1234", "new@example.org"])
def test_a_weak_password_is_refused(password: str, office: Organisation) -> None:
    with pytest.raises(AccountError):
        add_staff(email="new@example.org", name="New", organisation=office, role=Role.COACH, on=DAY, password=password)
    assert User.objects.filter(name="New").exists() is False


def test_a_taken_address_is_refused_in_any_case(office: Organisation, cast: Cast) -> None:
    with pytest.raises(AccountError):
        add_staff(email=cast.ilka.email.upper(), name="New", organisation=office, role=Role.COACH, on=DAY)


def test_an_organisation_is_made_once_and_renamed_with_the_pack(office: Organisation) -> None:
    again = ensure_organisation("office", name="A new name", is_demo=True)
    assert (again.id, again.name, again.is_demo) == (office.id, "A new name", False)
    assert organisation_by_key("office") == again
    assert organisation_by_key("nowhere") is None


def test_a_role_stands_once_at_a_time(office: Organisation) -> None:
    user = add_staff(email="new@example.org", name="New", organisation=office, role=Role.COACH, on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, organisation=office, role=Role.COACH, began_on=DAY)
    Membership.objects.filter(user=user).update(ended_on=DAY)
    assert Membership.objects.create(user=user, organisation=office, role=Role.COACH, began_on=DAY).role == Role.COACH


def test_of_several_roles_the_longest_standing_counts_until_it_ends(office: Organisation) -> None:
    user = add_staff(email="new@example.org", name="New", organisation=office, role=Role.COACH, on=DAY)
    Membership.objects.create(user=user, organisation=office, role=Role.LEAD, began_on=date(2020, 1, 1))
    assert viewer_for_email("new@example.org").role == Role.LEAD
    Membership.objects.filter(user=user, role=Role.LEAD).update(ended_on=DAY)
    assert viewer_for_email("new@example.org").role == Role.COACH


def test_without_a_role_or_when_switched_off_nobody_is_a_viewer(cast: Cast) -> None:
    for account in (cast.left, cast.deactivated):
        user = user_with_roles(account.user)
        assert user is not None
        assert viewer_of(user) is None
        with pytest.raises(LookupError):
            viewer_for_email(account.email)


def test_a_switched_off_account_cannot_sign_in(cast: Cast) -> None:
    assert authenticate(email=cast.deactivated.email, password=PASSWORD) is None
    assert account_by_email(cast.deactivated.email) is None
    assert account_by_email(f" {cast.ilka.email.upper()} ") == User.objects.get(id=cast.ilka.user)


def test_a_forgotten_second_factor_touches_no_other_account(cast: Cast) -> None:
    mine, other = (User.objects.get(id=account.user) for account in (cast.ilka, cast.bea))
    forget_second_factor(mine)
    assert [Authenticator.objects.filter(user=user).count() for user in (mine, other)] == [0, 1]


def test_real_accounts_never_stand_among_the_demo_sign_ins(cast: Cast, office: Organisation) -> None:
    assert demo_accounts() == []
    add_staff(email="coach@demo.example", name="Demo", organisation=office, role=Role.COACH, on=DAY, is_demo=True)
    assert [email for email, _role in demo_accounts()] == ["coach@demo.example"]


def test_who_was_invited_in_a_demo_never_stands_among_its_open_sign_ins(cast: Cast, office: Organisation) -> None:
    """Their address is their own, also when nobody of the cast has the role any more."""
    for email in ("coach@demo.example", "a.guest@own.example"):
        add_staff(email=email, name="Demo", organisation=office, role=Role.COACH, on=DAY, is_demo=True)
    assert [email for email, _role in demo_accounts()] == ["coach@demo.example"]
    Membership.objects.filter(user__email="coach@demo.example").update(ended_on=DAY)
    assert demo_accounts() == []


def test_a_second_factor_secret_is_not_stored_in_the_open(cast: Cast) -> None:
    stored = Authenticator.objects.get(user=cast.ilka.user).data["secret"]
    secret = decrypt(stored)
    assert (len(secret), secret in stored) == (32, False)
