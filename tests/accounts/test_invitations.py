"""Invitations: one address, one link, once; and nobody learns by them who has an account."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from tests.accounts.houses import DAY, FITTING, House, account, also, build, join, roles_now
from tests.audit.reading_back import Recorded
from tests.people import DB, PASSWORD
from tests.statements import asked, watched
from wegnetz.accounts.access import INVITABLE, Role, Viewer
from wegnetz.accounts.models import Invitation, User
from wegnetz.accounts.selectors import (
    InvitationGoneError,
    StaffNotFoundError,
    invitation_behind,
    unanswered_invitations,
    viewer_for_email,
    was_accepted_by,
)
from wegnetz.accounts.services import (
    LINK_DAYS,
    AccountError,
    Issued,
    TeamRule,
    TeamRuleError,
    accept_as_newcomer,
    accept_invitation,
    forget_invitations,
    invite_staff,
    renew_invitation,
    withdraw_invitation,
)
from wegnetz.accounts.tasks import forget_invitations as forget_invitations_task

pytestmark = DB

NEW = "new@house.example"


def invite(
    house: House, email: str = NEW, *roles: Role, by: Viewer | None = None, on: date = DAY, name: str = "New"
) -> Issued:
    return invite_staff(
        email=email, name=name, roles=roles or (Role.COACH,), fitting=FITTING, by=by or house.lead, on=on
    )


def refusal(act: Callable[[], object]) -> TeamRule:
    with pytest.raises(TeamRuleError) as refused:
        act()
    return refused.value.rule


# --- inviting --------------------------------------------------------------------------------------------


def test_an_invitation_names_address_name_roles_and_its_last_day(house: House) -> None:
    issued = invite(house, " New@House.Example ", Role.LEAD, Role.COACH, name=" New ")
    found = Invitation.objects.get()
    assert (found.email, found.name, found.roles) == (NEW, "New", ["coach", "lead"])
    assert (found.invited_by_id, found.invited_on, found.until) == (house.lead.user, DAY, DAY + timedelta(LINK_DAYS))
    assert unanswered_invitations(house.lead) == [issued.invitation]
    assert house.recorded() == [Recorded("invite staff", "account", "", frozenset([found.id]))]
    assert User.objects.filter(email=NEW).exists() is False


def test_the_link_is_stored_as_a_hash_only(house: House) -> None:
    issued = invite(house)
    stored = Invitation.objects.values_list("token", flat=True).get()
    assert (re.fullmatch(r"[-\w]{43}", issued.token) is not None, len(stored)) == (True, 64)
    assert issued.token not in str(Invitation.objects.values().get())


@pytest.mark.parametrize("email", ["", "new", "new@", "a b@example.org", f"{'x' * 300}@b.example"])
def test_an_address_that_cannot_be_one_is_refused(email: str, house: House) -> None:
    with pytest.raises(AccountError):
        invite(house, email)
    assert Invitation.objects.exists() is False


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEAD])
def test_only_a_lead_invites(role: Role, house: House) -> None:
    user = join(house.organisation, "another@house.example", role)
    with pytest.raises(StaffNotFoundError):
        invite(house, by=viewer_for_email(account(user).email))


def test_only_a_lead_sees_who_is_invited(house: House) -> None:
    issued = invite(house)
    assert unanswered_invitations(viewer_for_email("coach@house.example")) == []
    assert unanswered_invitations(house.lead) == [issued.invitation]


def test_roles_that_do_not_fit_and_operators_are_not_offered(house: House) -> None:
    for roles in ([], [Role.STEERING], [Role.COACH, Role.FUNDING], [Role.OPERATOR]):
        with pytest.raises(TeamRuleError) as refused:
            invite_staff(email=NEW, name="New", roles=roles, fitting=FITTING, by=house.lead, on=DAY)
        assert (roles, refused.value.rule) == (roles, TeamRule.ROLE)
    assert set(Role) - INVITABLE == {Role.OPERATOR}


def test_whoever_works_here_is_not_invited_again_and_nobody_twice(house: House) -> None:
    assert refusal(lambda: invite(house, "COACH@house.example")) is TeamRule.HERE
    invite(house)
    assert refusal(lambda: invite(house, NEW, Role.LEAD)) is TeamRule.INVITED


def test_one_address_may_be_invited_by_two_organisations(house: House, other: House) -> None:
    assert invite(house).token != invite(other).token


def test_the_database_knows_one_unanswered_invitation_for_an_address(house: House) -> None:
    first = invite(house).invitation
    again = Invitation(
        organisation=house.organisation, email=NEW, name="New", roles=["coach"], token="t", until=DAY,
        invited_by_id=house.lead.user, invited_on=DAY,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    withdraw_invitation(first.id, by=house.lead, on=DAY)
    again.save()


# --- answering ---------------------------------------------------------------------------------------------


def test_a_newcomer_gets_an_account_and_the_roles(house: House) -> None:
    issued = invite(house, NEW, Role.COACH, Role.WORKSHOP_HOST)
    accept_as_newcomer(issued.token, password=PASSWORD, on=DAY)
    user = User.objects.get(email=NEW)
    assert (user.name, user.is_demo, authenticate(email=NEW, password=PASSWORD)) == ("New", False, user)
    assert set(roles_now(user.id)) == {("house", Role.COACH), ("house", Role.WORKSHOP_HOST)}
    assert was_accepted_by(issued.token, user.id)
    assert house.recorded()[1:] == [
        Recorded("use invitation link", "account", "", frozenset([issued.invitation.id])),
        Recorded("accept invitation", "account", "", frozenset([user.id])),
    ]
    assert unanswered_invitations(house.lead) == []


def test_newcomers_of_a_demo_are_demo_accounts() -> None:
    house = build("demo-house", is_demo=True)
    accept_as_newcomer(invite(house).token, password=PASSWORD, on=DAY)
    assert User.objects.get(email=NEW).is_demo is True


@pytest.mark.parametrize("password", ["short", "password1234", NEW])
def test_a_weak_password_uses_nothing_up(password: str, house: House) -> None:
    issued = invite(house)
    with pytest.raises(AccountError):
        accept_as_newcomer(issued.token, password=password, on=DAY)
    assert (invitation_behind(issued.token, on=DAY), len(house.recorded())) == (issued.invitation, 1)


def test_who_has_an_account_keeps_it_and_gets_the_roles(house: House, other: House) -> None:
    issued = invite(house, "coach@other.example", Role.CASE_MANAGER)
    before = account(other.coach).password
    accept_invitation(issued.token, account=other.coach, on=DAY)
    assert roles_now(other.coach) == [("other", Role.COACH), ("house", Role.CASE_MANAGER)]
    assert (account(other.coach).password, account(other.coach).name) == (before, "Coach")
    assert [event.action for event in house.recorded()] == ["invite staff", "accept invitation"]
    assert other.recorded() == []


def test_an_invitation_is_for_its_address_alone(house: House, other: House) -> None:
    issued = invite(house)
    for somebody in (other.coach, other.lead.user, house.coach, house.lead.user):
        with pytest.raises(InvitationGoneError):
            accept_invitation(issued.token, account=somebody, on=DAY)
    assert (roles_now(other.coach), invitation_behind(issued.token, on=DAY)) == (
        [("other", Role.COACH)],
        issued.invitation,
    )


def test_a_role_one_has_already_is_not_given_twice(house: House) -> None:
    issued = invite(house, NEW, Role.COACH, Role.LEAD)
    user = join(house.organisation, NEW, Role.COACH)
    accept_invitation(issued.token, account=user, on=DAY)
    assert roles_now(user) == [("house", Role.COACH), ("house", Role.LEAD)]


def test_who_left_comes_back_by_an_invitation(house: House) -> None:
    user = join(house.organisation, NEW, Role.COACH)
    account(user).memberships.update(ended_on=DAY)
    accept_invitation(invite(house).token, account=user, on=DAY)
    assert roles_now(user) == [("house", Role.COACH)]


def test_a_link_opens_until_its_last_day_and_until_it_is_used_renewed_or_withdrawn(house: House) -> None:
    first = invite(house)
    last_day = first.invitation.until
    assert invitation_behind(first.token, on=last_day) == first.invitation
    second = renew_invitation(first.invitation.id, by=house.lead, on=last_day)
    assert second.invitation.until == last_day + timedelta(LINK_DAYS)
    third = invite(house, "third@house.example")
    withdraw_invitation(third.invitation.id, by=house.lead, on=DAY)
    used = invite(house, "used@house.example")
    accept_as_newcomer(used.token, password=PASSWORD, on=DAY)
    dead = [
        (first.token, DAY), (third.token, DAY), (used.token, DAY), ("", DAY), ("made-up", DAY),
        (second.invitation.token, DAY), (second.token, second.invitation.until + timedelta(1)),
    ]  # fmt: skip
    for token, day in dead:
        with pytest.raises(InvitationGoneError):
            invitation_behind(token, on=day)
        with pytest.raises(InvitationGoneError):
            accept_as_newcomer(token, password=PASSWORD, on=day)
        with pytest.raises(InvitationGoneError):
            accept_invitation(token, account=house.coach, on=day)


# --- nobody learns who has an account -------------------------------------------------------------------------


def test_inviting_asks_the_same_whether_or_not_the_address_has_an_account(house: House, other: House) -> None:
    seen = []
    for email in ("coach@other.example", "nobody@other.example"):
        with watched() as statements:
            invite(house, email)
        seen.append([statement.sql for statement in statements if not statement.frames])
    assert seen[0] == seen[1]


def test_a_password_set_by_the_link_of_an_existing_account_changes_nothing_of_it(house: House, other: House) -> None:
    issued = invite(house, "coach@other.example")
    before = User.objects.values().get(id=other.coach)
    accept_as_newcomer(issued.token, password=PASSWORD, on=DAY)
    assert User.objects.values().get(id=other.coach) == before
    assert roles_now(other.coach) == [("other", Role.COACH)]
    assert authenticate(email="coach@other.example", password=PASSWORD) is None
    assert invitation_behind(issued.token, on=DAY) == issued.invitation
    assert house.recorded()[-1] == Recorded("use invitation link", "account", "", frozenset([issued.invitation.id]))
    assert other.recorded() == []


def test_answering_takes_as_long_for_an_existing_account_as_for_a_new_one(house: House, other: House) -> None:
    """The slow hash is worked out in both cases; what is left is a few statements."""
    spent = []
    for email in ("coach@other.example", NEW):
        token = invite(house, email).token
        with watched() as statements:
            began = time.process_time()
            accept_as_newcomer(token, password=PASSWORD, on=DAY)
            spent.append((time.process_time() - began, asked(statements)))
    (existing, few), (new, more) = spent
    assert 0.5 < existing / new < 2
    assert (few, more) == (5, 12)


# --- taking back ----------------------------------------------------------------------------------------------


def test_another_organisation_s_invitation_cannot_be_found(house: House, other: House) -> None:
    issued = invite(house)
    for act in (renew_invitation, withdraw_invitation):
        with pytest.raises(StaffNotFoundError):
            act(issued.invitation.id, by=other.lead, on=DAY)
    assert (unanswered_invitations(other.lead), invitation_behind(issued.token, on=DAY)) == ([], issued.invitation)


def test_what_was_answered_is_neither_renewed_nor_withdrawn(house: House) -> None:
    issued = invite(house)
    accept_as_newcomer(issued.token, password=PASSWORD, on=DAY)
    for act in (renew_invitation, withdraw_invitation):
        with pytest.raises(StaffNotFoundError):
            act(issued.invitation.id, by=house.lead, on=DAY)


def test_invitations_are_forgotten_a_month_after_their_last_day(house: House) -> None:
    issued = invite(house)
    last = issued.invitation.until + timedelta(30)
    assert (forget_invitations(on=last), Invitation.objects.count()) == (0, 1)
    assert (forget_invitations(on=last + timedelta(1)), Invitation.objects.count()) == (1, 0)
    invite(house)
    forget_invitations_task.call()
    assert Invitation.objects.count() == 0


def test_a_second_organisation_s_lead_counts_only_at_home(house: House, other: House) -> None:
    """A lead acts for one organisation at a time: the one of the role they act in."""
    also(house.lead.user, other.organisation, Role.COACH)
    with pytest.raises(StaffNotFoundError):
        invite(other, by=Viewer(house.lead.user, "Lead", Role.LEAD, other.id, "", is_demo=False))
