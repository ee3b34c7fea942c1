"""The team of an organisation: roles given and ended, people shut out and let in again, by its lead alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connections
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from tests.accounts.houses import DAY, FITTING, NEXT_DAY, House, account, also, build, join, roles_now
from tests.audit.reading_back import Recorded
from tests.people import DB
from tests.statements import asked, watched
from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.models import Membership, User
from wegnetz.accounts.selectors import StaffNotFoundError, colleague, team, viewer_for_email, works_in
from wegnetz.accounts.services import (
    TeamRule,
    TeamRuleError,
    add_role,
    deactivate_staff,
    end_role,
    reactivate_staff,
    resume_role,
)

# Each act on a member of staff and one of their roles.
ACTS: dict[str, Callable[[UUID, UUID, Viewer], object]] = {
    "add": lambda user, role, by: add_role(user, role=Role.WORKSHOP_HOST, fitting=FITTING, by=by, on=DAY),
    "end": lambda user, role, by: end_role(role, by=by, on=DAY),
    "resume": lambda user, role, by: resume_role(role, by=by, on=DAY),
    "deactivate": lambda user, role, by: deactivate_staff(user, by=by, on=DAY),
    "reactivate": lambda user, role, by: reactivate_staff(user, by=by, on=DAY),
}


def refusal(act: Callable[[], object]) -> TeamRule:
    with pytest.raises(TeamRuleError) as refused:
        act()
    return refused.value.rule


def about(user: UUID, *actions: str) -> list[Recorded]:
    return [Recorded(action, "account", "", frozenset([user])) for action in actions]


# --- who may ------------------------------------------------------------------------------------------------


@DB
@pytest.mark.parametrize("name", ACTS)
def test_another_organisation_s_lead_finds_nobody_here(name: str, house: House, other: House) -> None:
    if name == "resume":
        end_role(house.role_of(house.coach), by=house.lead, on=DAY)
    before = list(Membership.objects.values()), list(User.objects.values())
    with pytest.raises(StaffNotFoundError):
        ACTS[name](house.coach, house.role_of(house.coach), other.lead)
    assert (list(Membership.objects.values()), list(User.objects.values())) == before


@DB
@pytest.mark.parametrize("name", ACTS)
def test_nobody_but_a_lead_changes_a_team(name: str, house: House) -> None:
    second = join(house.organisation, "second@house.example", Role.COACH)
    with pytest.raises(StaffNotFoundError):
        ACTS[name](second, house.role_of(second), viewer_for_email("coach@house.example"))


@DB
def test_whoever_is_no_longer_lead_acts_no_more_even_in_the_same_moment(house: House) -> None:
    second = join(house.organisation, "second@house.example", Role.LEAD)
    viewer = viewer_for_email("second@house.example")
    deactivate_staff(second, by=house.lead, on=DAY)
    with pytest.raises(StaffNotFoundError):
        deactivate_staff(house.lead.user, by=viewer, on=DAY)
    assert roles_now(house.lead.user) == [("house", Role.LEAD)]


@DB
@pytest.mark.parametrize("name", ACTS)
def test_nobody_changes_their_own_roles(name: str, house: House) -> None:
    mine = also(house.lead.user, house.organisation, Role.CASE_MANAGER)
    if name == "resume":
        Membership.objects.filter(id=mine.id).update(ended_on=DAY)
    before = list(Membership.objects.values())
    assert refusal(lambda: ACTS[name](house.lead.user, mine.id, house.lead)) is TeamRule.OWN
    assert (list(Membership.objects.values()), house.recorded()) == (before, [])


# --- roles --------------------------------------------------------------------------------------------------


@DB
def test_a_role_is_given_ended_and_given_back(house: House) -> None:
    add_role(house.coach, role=Role.CASE_MANAGER, fitting=FITTING, by=house.lead, on=DAY)
    assert roles_now(house.coach) == [("house", Role.COACH), ("house", Role.CASE_MANAGER)]
    coaching = house.role_of(house.coach)
    end_role(coaching, by=house.lead, on=DAY)
    assert roles_now(house.coach) == [("house", Role.CASE_MANAGER)]
    assert works_in(house.coach, organisation=house.id, role=Role.COACH) is False
    resume_role(coaching, by=house.lead, on=DAY)
    assert roles_now(house.coach) == [("house", Role.COACH), ("house", Role.CASE_MANAGER)]
    assert house.recorded() == about(house.coach, "add role", "end role", "resume role")


@DB
def test_a_role_that_does_not_fit_or_is_there_already_is_not_given(house: House) -> None:
    def give(role: Role) -> TeamRule:
        return refusal(lambda: add_role(house.coach, role=role, fitting=FITTING, by=house.lead, on=DAY))

    assert [give(role) for role in (Role.STEERING, Role.OPERATOR, Role.COACH)] == [
        TeamRule.ROLE,
        TeamRule.ROLE,
        TeamRule.HERE,
    ]


@DB
def test_a_role_that_ended_is_given_back_for_a_day_only_and_not_beside_itself(house: House) -> None:
    coaching = house.role_of(house.coach)
    with pytest.raises(StaffNotFoundError):
        resume_role(coaching, by=house.lead, on=DAY)
    end_role(coaching, by=house.lead, on=DAY)
    with pytest.raises(StaffNotFoundError):
        end_role(coaching, by=house.lead, on=DAY)
    also(house.coach, house.organisation, Role.COACH)
    assert refusal(lambda: resume_role(coaching, by=house.lead, on=NEXT_DAY)) is TeamRule.HERE
    with pytest.raises(StaffNotFoundError):
        resume_role(coaching, by=house.lead, on=date(2021, 10, 9))


# --- shut out -----------------------------------------------------------------------------------------------


@DB
def test_shut_out_means_no_role_no_account_and_no_session(house: House) -> None:
    epoch = account(house.coach).session_epoch
    deactivate_staff(house.coach, by=house.lead, on=DAY)
    assert (roles_now(house.coach), account(house.coach).is_active) == ([], False)
    assert account(house.coach).session_epoch == epoch + 1
    reactivate_staff(house.coach, by=house.lead, on=DAY)
    assert (roles_now(house.coach), account(house.coach).is_active) == ([("house", Role.COACH)], True)
    assert house.recorded() == about(house.coach, "deactivate account", "reactivate account")


@DB
def test_shut_out_of_one_organisation_one_still_works_for_another(house: House, other: House) -> None:
    also(house.coach, other.organisation, Role.CASE_MANAGER)
    deactivate_staff(house.coach, by=house.lead, on=DAY)
    assert (roles_now(house.coach), account(house.coach).is_active) == ([("other", Role.CASE_MANAGER)], True)
    deactivate_staff(house.coach, by=other.lead, on=DAY)
    assert account(house.coach).is_active is False
    reactivate_staff(house.coach, by=house.lead, on=DAY)
    assert (roles_now(house.coach), account(house.coach).is_active) == ([("house", Role.COACH)], True)


@DB
def test_no_role_reaches_somebody_who_is_shut_out(house: House) -> None:
    hosting = also(house.coach, house.organisation, Role.CASE_MANAGER)
    end_role(hosting.id, by=house.lead, on=DAY)
    deactivate_staff(house.coach, by=house.lead, on=DAY)
    assert refusal(lambda: resume_role(hosting.id, by=house.lead, on=DAY)) is TeamRule.PAUSED
    assert refusal(lambda: ACTS["add"](house.coach, hosting.id, house.lead)) is TeamRule.PAUSED
    assert roles_now(house.coach) == []


@DB
def test_whose_last_paused_role_ends_may_sign_in_to_accept_another_invitation(house: House) -> None:
    deactivate_staff(house.coach, by=house.lead, on=DAY)
    end_role(house.role_of(house.coach), by=house.lead, on=DAY)
    assert (roles_now(house.coach), account(house.coach).is_active) == ([], True)


MOVES = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 2), st.integers(0, 2)), max_size=12)


@DB
@settings(deadline=None, max_examples=40)
@given(moves=MOVES)
@example(moves=[("deactivate", 1, 0), ("end", 1, 0), ("resume", 1, 0)])
def test_whatever_leads_do_to_each_other_one_remains_and_accounts_open_by_the_rule(
    moves: list[tuple[str, int, int]],
) -> None:
    house = build(f"house-{uuid4()}")
    people = [house.lead.user, *(join(house.organisation, f"{uuid4()}@house.example", Role.LEAD) for _ in range(2))]
    viewers = [viewer_for_email(account(user).email) for user in people]
    for name, who, whom in moves:
        with suppress(TeamRuleError, StaffNotFoundError):
            ACTS[name](people[whom], house.role_of(people[whom], Role.LEAD), viewers[who])
    leads = Membership.objects.in_force(DAY).filter(organisation=house.id, role=Role.LEAD, user__is_active=True)
    assert leads.count() >= 1
    for user in people:
        standing = Membership.objects.standing(DAY).filter(user=user)
        opens = not standing.exists() or standing.filter(paused_on=None).exists()
        assert account(user).is_active is opens


@pytest.mark.usefixtures("django_db_setup")
def test_two_leads_who_shut_each_other_out_at_the_same_time_leave_one(django_db_blocker: DjangoDbBlocker) -> None:
    """Really committed, so these organisations stay."""
    with django_db_blocker.unblock():
        house = build(f"house-{uuid4()}")
        second = join(house.organisation, f"{uuid4()}@house.example", Role.LEAD)
        viewers = [house.lead, viewer_for_email(account(second).email)]

        def shut_out(by: Viewer, whom: Viewer) -> bool:
            try:
                deactivate_staff(whom.user, by=by, on=DAY)
            except StaffNotFoundError:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(2) as threads:
            done = [threads.submit(shut_out, *pair) for pair in permutations(viewers, 2)]
            succeeded = [attempt.result() for attempt in done]
        lead_still = [roles_now(viewer.user) != [] for viewer in viewers]
        for viewer in viewers:
            Membership.objects.filter(user=viewer.user).update(ended_on=DAY)
    assert (sorted(succeeded), sorted(lead_still)) == ([False, True], [False, True])


# --- what a lead sees ---------------------------------------------------------------------------------------


@DB
def test_a_lead_sees_who_works_here_and_nothing_of_their_other_work(house: House, other: House) -> None:
    also(house.coach, other.organisation, Role.CASE_MANAGER, since=date(2019, 1, 1))
    TOTP.activate(account(house.coach), generate_totp_secret())
    Authenticator.objects.create(user=account(house.lead.user), type=Authenticator.Type.RECOVERY_CODES, data={})
    gone = join(house.organisation, "gone@house.example", Role.COACH)
    Membership.objects.filter(user=gone).update(ended_on=DAY)
    colleagues, page = team(house.lead, on=DAY, page="1")
    assert page.paginator.count == 2
    assert [(c.name, [role.role for role in c.roles], c.has_second_factor, c.is_paused) for c in colleagues] == [
        ("Coach", ["coach"], True, False),
        ("Lead", ["lead"], False, False),
    ]
    assert colleague(house.lead, house.coach, on=DAY).roles[0].organisation_id == house.id
    for user in (gone, other.coach, uuid4()):
        with pytest.raises(StaffNotFoundError):
            colleague(house.lead, user, on=DAY)


@DB
def test_nobody_but_a_lead_sees_a_team(house: House) -> None:
    coach = viewer_for_email("coach@house.example")
    assert team(coach, on=DAY, page="1")[0] == []
    with pytest.raises(StaffNotFoundError):
        colleague(coach, house.lead.user, on=DAY)


@DB
def test_a_team_is_shown_in_pages_of_thirty_and_asks_as_much_for_three_as_for_thirty(house: House) -> None:
    counted = []
    for number in (3, 32):
        while team(house.lead, on=DAY, page="1")[1].paginator.count < number:
            join(house.organisation, f"{uuid4()}@house.example", Role.COACH)
        with watched() as statements:
            shown, page = team(house.lead, on=DAY, page="1")
        counted.append((len(shown), page.paginator.num_pages, asked(statements)))
    assert counted == [(3, 1, 3), (30, 2, 3)]
    assert len(team(house.lead, on=DAY, page="2")[0]) == 2
