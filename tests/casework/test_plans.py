"""Goals, steps and tasks: who may change what, whose turn it is, and two people at the same time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.casework.partners import Partners, agree, partners, today
from tests.people import DB, Account, Cast
from wegnetz.accounts.access import Role
from wegnetz.audit.models import Event
from wegnetz.audit.selectors.words import sentence
from wegnetz.casework.access import plans_shared_with
from wegnetz.casework.models import Plan, PlanItem
from wegnetz.casework.openings import Item, OpenPlan
from wegnetz.casework.selectors import my_day, plans_of, reminders_of
from wegnetz.casework.services import (
    EditConflictError,
    ItemContent,
    PlanContent,
    PutAwayError,
    WrongPlaceError,
    accept_referral,
    add_item,
    begin_plan,
    change_item,
    change_plan,
    delete_item,
    drop_item,
    finish_item,
    move_item,
    offer_referral,
    reopen_item,
    restore_item,
)  # fmt: skip
from wegnetz.participants.selectors import PersonNotFoundError, open_person
from wegnetz.participants.services import begin_by_consent
from wegnetz.programme.selectors import active_pack

__all__ = ["partners"]
pytestmark = DB


def plan_of(who: Account, person: UUID) -> OpenPlan:
    return plans_of(who.viewer, open_person(who.viewer, person, purpose="test", also=("plan",)))[0]


def titles(items: tuple[Item, ...]) -> list[str]:
    return [item.title for item in items]


@pytest.fixture
def plan(cast: Cast) -> UUID:
    return begin_plan(cast.yonas.id, PlanContent("Automechaniker werden"), by=cast.ilka.viewer)


def goal(cast: Cast, plan: UUID, title: str = "Deutsch B1") -> UUID:
    return add_item(cast.yonas.id, "goal", ItemContent(title), plan=plan, by=cast.ilka.viewer)


def shared_with(cast: Cast, partners: Partners) -> None:
    consent = agree(cast.yonas.id, "coaching", partners.jonas, cast.ilka)
    letter = offer_referral(cast.yonas.id, consent, message="", by=cast.ilka.viewer, on=today())
    accept_referral(letter, by=partners.jonas.viewer, on=today())


def test_a_plan_grows_from_goals_to_steps_to_tasks(cast: Cast, plan: UUID) -> None:
    above = goal(cast, plan)
    step = add_item(cast.yonas.id, "step", ItemContent("Kurs finden"), parent=above, by=cast.ilka.viewer)
    add_item(cast.yonas.id, "task", ItemContent("Anrufen"), parent=step, by=cast.ilka.viewer)
    (found,) = plan_of(cast.ilka, cast.yonas.id).goals
    assert (found.title, titles(found.items), titles(found.items[0].items)) == (
        "Deutsch B1", ["Kurs finden"], ["Anrufen"],
    )  # fmt: skip


def test_nothing_stands_where_it_does_not_belong(cast: Cast, plan: UUID) -> None:
    above = goal(cast, plan)
    task = add_item(cast.yonas.id, "task", ItemContent("Anrufen"), parent=above, by=cast.ilka.viewer)
    for kind, parent, of in (("goal", above, None), ("step", None, plan), ("step", task, None), ("goal", None, None),
                             ("wish", None, plan)):  # fmt: skip
        with pytest.raises(WrongPlaceError):
            add_item(cast.yonas.id, kind, ItemContent("x"), parent=parent, plan=of, by=cast.ilka.viewer)


def test_there_is_one_plan(cast: Cast, plan: UUID) -> None:
    with pytest.raises(EditConflictError):
        begin_plan(cast.yonas.id, PlanContent("Noch einer"), by=cast.ilka.viewer)


def test_whoever_saves_second_is_told(cast: Cast, plan: UUID) -> None:
    item = goal(cast, plan)
    change_item(cast.yonas.id, item, ItemContent("Deutsch B2"), version=1, by=cast.ilka.viewer)
    with pytest.raises(EditConflictError):
        change_item(cast.yonas.id, item, ItemContent("Deutsch C1"), version=1, by=cast.ilka.viewer)
    change_plan(cast.yonas.id, plan, PlanContent("Koch werden"), version=1, by=cast.ilka.viewer)
    with pytest.raises(EditConflictError):
        change_plan(cast.yonas.id, plan, PlanContent("Arzt werden"), version=1, by=cast.ilka.viewer)
    kept = plan_of(cast.ilka, cast.yonas.id)
    assert (kept.wish, titles(kept.goals)) == ("Koch werden", ["Deutsch B2"])


def test_done_dropped_and_undone(cast: Cast, plan: UUID) -> None:
    item = goal(cast, plan)
    states = []
    for act in (finish_item, reopen_item, drop_item):
        day = {"on": today()} if act is finish_item else {}
        act(cast.yonas.id, item, by=cast.ilka.viewer, **day)
        found = plan_of(cast.ilka, cast.yonas.id).goals[0]
        states.append((found.state, found.done_on))
    assert states == [("done", today()), ("open", None), ("dropped", None)]
    events = Event.objects.filter(category="plan").order_by("-sequence")[:3]
    assert [sentence(event.action, event.category, "").done for event in reversed(events)] == [
        "hat als erledigt vermerkt", "hat als noch nicht erledigt vermerkt", "hat vermerkt, dass es entfällt",
    ]  # fmt: skip


def test_the_database_refuses_what_is_done_without_a_day(cast: Cast, plan: UUID) -> None:
    item = goal(cast, plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.filter(id=item).update(state="done")


def test_the_database_refuses_what_hangs_on_a_goal_without_being_of_a_plan(cast: Cast, plan: UUID) -> None:
    task = add_item(cast.yonas.id, "task", ItemContent("Anrufen"), by=cast.ilka.viewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.filter(id=task).update(parent=goal(cast, plan))


def test_deleted_is_out_of_sight_and_comes_back(cast: Cast, plan: UUID) -> None:
    item = goal(cast, plan)
    delete_item(cast.yonas.id, item, by=cast.ilka.viewer)
    assert plan_of(cast.ilka, cast.yonas.id).goals == ()
    with pytest.raises(PutAwayError):
        change_item(cast.yonas.id, item, ItemContent("x"), version=1, by=cast.ilka.viewer)
    restore_item(cast.yonas.id, item, by=cast.ilka.viewer)
    assert titles(plan_of(cast.ilka, cast.yonas.id).goals) == ["Deutsch B1"]


def test_moving_keeps_all_and_changes_only_the_order(cast: Cast, plan: UUID) -> None:
    items = [goal(cast, plan, title) for title in "abc"]
    move_item(cast.yonas.id, items[2], before=items[0], by=cast.ilka.viewer)
    assert titles(plan_of(cast.ilka, cast.yonas.id).goals) == ["c", "a", "b"]
    move_item(cast.yonas.id, items[2], before=None, by=cast.ilka.viewer)
    assert titles(plan_of(cast.ilka, cast.yonas.id).goals) == ["a", "b", "c"]


def test_a_shared_plan_is_read_and_only_what_was_given_is_ticked_off(
    cast: Cast, partners: Partners, plan: UUID
) -> None:
    above = goal(cast, plan)
    organisation = partners.jonas.viewer.organisation
    given = ItemContent("Bewerbung lesen", doer="organisation", assigned_to=organisation)
    task = add_item(cast.yonas.id, "task", given, parent=above, by=cast.ilka.viewer)
    shared_with(cast, partners)
    jonas = partners.jonas.viewer
    found = plan_of(partners.jonas, cast.yonas.id)
    assert (found.own, found.goals[0].items[0].mine, found.goals[0].mine) == (False, True, False)
    finish_item(cast.yonas.id, task, on=today(), by=jonas)
    for act in (lambda: finish_item(cast.yonas.id, above, on=today(), by=jonas),
                lambda: delete_item(cast.yonas.id, task, by=jonas),
                lambda: change_item(cast.yonas.id, task, ItemContent("x"), version=1, by=jonas),
                lambda: add_item(cast.yonas.id, "step", ItemContent("x"), parent=above, by=jonas)):  # fmt: skip
        with pytest.raises(PersonNotFoundError):
            act()


def test_a_colleague_in_another_function_sees_the_plan_where_the_person_agreed(cast: Cast, plan: UUID) -> None:
    coach = next(colleague for colleague in cast.colleagues if colleague.role is Role.COACH)
    goal(cast, plan)
    begin_by_consent(agree(cast.yonas.id, "coaching", coach, cast.ilka), by=coach.viewer, on=today())
    assert titles(plan_of(coach, cast.yonas.id).goals) == ["Deutsch B1"]


def test_shared_is_the_standing_plan_of_who_leads_and_no_other(cast: Cast, partners: Partners, plan: UUID) -> None:
    shared_with(cast, partners)
    coach = next(colleague for colleague in cast.colleagues if colleague.role is Role.COACH)
    begin_by_consent(agree(cast.yonas.id, "coaching", coach, cast.ilka), by=coach.viewer, on=today())
    begin_plan(cast.yonas.id, PlanContent("Ein Plan des Coachings"), by=coach.viewer)
    shared = plans_shared_with(partners.jonas.viewer)
    assert [found.id for found in shared] == [plan]
    Plan.objects.filter(id=plan).update(deleted_at=timezone.now())
    assert list(shared.all()) == []
    Plan.objects.filter(id=plan).update(deleted_at=None)
    consent = agree(cast.yonas.id, "accompany", cast.bea, cast.ilka)
    letter = offer_referral(
        cast.yonas.id, consent, message="", hands_over=True, by=cast.ilka.viewer, on=today()
    )  # fmt: skip
    accept_referral(letter, by=cast.bea.viewer, on=today())
    later = begin_plan(cast.yonas.id, PlanContent("Koch werden"), by=cast.bea.viewer)
    assert [found.id for found in shared.all()] == [later]


def test_reminders_of_one_organisation_are_not_shown_to_another(cast: Cast, partners: Partners, plan: UUID) -> None:
    shared_with(cast, partners)
    add_item(cast.yonas.id, "task", ItemContent("Nachfragen"), by=cast.ilka.viewer)
    jonas = open_person(partners.jonas.viewer, cast.yonas.id, purpose="test", also=("plan",))
    assert reminders_of(partners.jonas.viewer, jonas) == ()
    ilka = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("plan",))
    assert titles(reminders_of(cast.ilka.viewer, ilka)) == ["Nachfragen"]


def test_my_day_has_what_is_mine_and_due(cast: Cast, plan: UUID) -> None:
    above = goal(cast, plan)
    for title, days, mine in (("heute", 0, True), ("später", 30, True), ("andere", 0, False), ("ohne Tag", None, True)):
        due = None if days is None else today() + timedelta(days=days)
        content = ItemContent(title, due_on=due, doer="staff", assignee=cast.ilka.user if mine else None)
        add_item(cast.yonas.id, "task", content, parent=above, by=cast.ilka.viewer)
    found = my_day(cast.ilka.viewer, day=today(), pack=active_pack())
    assert [todo.title for todo in found.todos if todo.what == "task"] == ["heute", "ohne Tag"]
    step = next(step for step in found.people if step.person == cast.yonas.id)
    assert step.title in {"heute", "andere"}
