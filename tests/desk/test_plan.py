"""The plan on its pages: begin, change, goals with steps and tasks, conflicts, undo, what is shared, and on paper."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.company import Company
from tests.papers import today
from tests.people import CANARY_A, CANARY_SHARED, DB, Account, Cast, Desk, sign_in
from wegnetz.casework.openings import Item, OpenPlan
from wegnetz.casework.selectors import plans_of, reminders_of
from wegnetz.casework.services import ItemContent, PlanContent, add_item, begin_plan, change_item, delete_item
from wegnetz.participants.boxes import Contact, Name
from wegnetz.participants.selectors import open_person
from wegnetz.participants.services import change_contact

pytestmark = DB

WISH = {"wish": "Tischlerin werden", "translated": "ንድፊ", "agreed_on": "", "review_on": ""}
STEP = {"title": "Anrufen", "does": "person"}


def at(name: str, *ids: UUID) -> str:
    return reverse(f"desk:{name}", args=list(ids))


def plan_of(account: Account, person: UUID) -> OpenPlan:
    found = open_person(account.viewer, person, purpose="test", also=("plan",))
    return plans_of(account.viewer, found)[0]


def goal_with_steps(account: Account, person: UUID, *titles: str) -> tuple[UUID, list[UUID]]:
    viewer = account.viewer
    plan = begin_plan(person, PlanContent("Tischlerin werden"), by=viewer)
    goal = add_item(person, "goal", ItemContent("Lehrstelle"), by=viewer, plan=plan)
    return goal, [add_item(person, "step", ItemContent(title), by=viewer, plan=plan, parent=goal) for title in titles]


def test_a_plan_begins_with_a_wish_and_the_suggested_review(ilka: Desk, cast: Cast) -> None:
    page = ilka.get(at("begin-plan", cast.yonas.id))
    assert page.context["form"].initial["review_on"] - page.context["form"].initial["agreed_on"] == timedelta(weeks=12)
    sent = WISH | {"agreed_on": f"{today():%d.%m.%Y}"}
    assert ilka.post(at("begin-plan", cast.yonas.id), sent).status_code == 302
    plan = plan_of(cast.ilka, cast.yonas.id)
    assert (plan.wish, plan.translated, plan.agreed_on, plan.review_on) == ("Tischlerin werden", "ንድፊ", today(), None)


@pytest.mark.parametrize(
    ("field", "value"), [("wish", ""), ("wish", "x" * 1001), ("agreed_on", "31.12.2099"), ("review_on", "bald")]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(field: str, value: str, ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at("begin-plan", cast.yonas.id), WISH | {field: value})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert page.context["form"]["translated"].value() == "ንድፊ"


def test_who_begins_a_second_plan_sees_the_first_one_and_can_keep_the_own_words(ilka: Desk, cast: Cast) -> None:
    begin_plan(cast.yonas.id, PlanContent("Maler werden"), by=cast.ilka.viewer)
    page = ilka.post(at("begin-plan", cast.yonas.id), WISH)
    assert page.status_code == 409
    assert [(row.mine, row.theirs) for row in page.context["conflict"]] == [
        ("Tischlerin werden", "Maler werden"), ("ንድፊ", ""),
    ]  # fmt: skip
    again = {name: value or "" for name, value in page.context["form"].initial.items()}
    assert ilka.post(page.context["action"], again).status_code == 302
    assert plan_of(cast.ilka, cast.yonas.id).wish == "Tischlerin werden"


def test_two_who_change_the_same_step_see_both_versions(ilka: Desk, cast: Cast) -> None:
    _goal, (step,) = goal_with_steps(cast.ilka, cast.yonas.id, "Anrufen")
    version = str(ilka.get(at("item", cast.yonas.id, step)).context["form"].initial["version"])
    change_item(cast.yonas.id, step, ItemContent("Hingehen"), version=1, by=cast.ilka.viewer)
    page = ilka.post(at("item", cast.yonas.id, step), {"title": "Schreiben", "does": "person", "version": version})
    assert (page.status_code, [(row.mine, row.theirs) for row in page.context["conflict"]]) == (
        409, [("Schreiben", "Hingehen")],
    )  # fmt: skip
    again = {name: value or "" for name, value in page.context["form"].initial.items()}
    assert ilka.post(at("item", cast.yonas.id, step), again).status_code == 302
    assert plan_of(cast.ilka, cast.yonas.id).goals[0].items[0].title == "Schreiben"


def test_a_goal_has_an_area_and_a_step_has_somebody_who_does_it(ilka: Desk, cast: Cast) -> None:
    yonas = cast.yonas.id
    plan = begin_plan(yonas, PlanContent("Tischlerin werden"), by=cast.ilka.viewer)
    assert ilka.post(at("add-goal", yonas, plan), {"title": "Lehrstelle", "area": "training"}).status_code == 302
    goal = plan_of(cast.ilka, yonas).goals[0]
    for does, who in (("person", ""), (f"staff:{cast.ilka.user}", ""), ("other", "die Tante")):
        sent = {"title": does[:5], "does": does, "who": who, "due_on": f"{today():%d.%m.%Y}"}
        assert ilka.post(at("add-step", yonas, goal.id), sent).status_code == 302
    goal = plan_of(cast.ilka, yonas).goals[0]
    assert (goal.area, [(each.doer, each.who, each.mine, each.due_on) for each in goal.items]) == (
        "training",
        [("person", "", False, today()), ("staff", f"Ilka {CANARY_A}", True, today()),
         ("other", "die Tante", False, today())],
    )  # fmt: skip


@pytest.mark.parametrize("does", ["staff:{bea}", "organisation:{b}", "staff:nobody", "", "somebody"])
def test_nobody_outside_gets_something_to_do(does: str, ilka: Desk, cast: Cast) -> None:
    sent = {"title": "Anrufen", "does": does.format(bea=cast.bea.user, b=cast.bea.viewer.organisation)}
    page = ilka.post(at("remind", cast.yonas.id), sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["does"])


def test_somebody_else_needs_a_name(ilka: Desk, cast: Cast) -> None:
    page = ilka.post(at("remind", cast.yonas.id), STEP | {"does": "other"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["who"])


def test_an_involved_organisation_can_be_given_something_to_do(company: Company, cast: Cast) -> None:
    ilka, amina = sign_in(cast.ilka), company.people["amina"]
    given = f"organisation:{company.kim.viewer.organisation}"
    assert ilka.post(at("add-step", amina.id, amina.thing("item")), STEP | {"does": given}).status_code == 302
    kim = sign_in(company.kim)
    shared = [each for each in kim.get(at("plan", amina.id)).context["shared"] if not each.own]
    step = shared[0].goals[0].items[-1]
    assert (step.title, step.mine, shared[0].wish) == ("Anrufen", True, f"Ausbildung {CANARY_SHARED}")
    assert kim.post(at("finish-item", amina.id, step.id)).status_code == 302
    assert plan_of(cast.ilka, amina.id).goals[0].items[-1].state == "done"
    for name in ("item", "drop-item", "delete-item", "item-up"):
        page = kim.get if name == "item" else kim.post
        status = page(at(name, amina.id, amina.thing("item"))).status_code
        assert (name, status) == (name, 404)


def test_a_button_finishes_and_the_next_one_undoes_it(ilka: Desk, cast: Cast) -> None:
    goal, (step,) = goal_with_steps(cast.ilka, cast.yonas.id, "Anrufen")
    for name, state in (("finish-item", "done"), ("reopen-item", "open"), ("drop-item", "dropped")):
        assert ilka.post(at(name, cast.yonas.id, step)).status_code == 302
        assert (name, plan_of(cast.ilka, cast.yonas.id).goals[0].items[0].state) == (name, state)
    response = ilka.post(at("delete-item", cast.yonas.id, goal))
    assert plan_of(cast.ilka, cast.yonas.id).goals == ()
    undo = list(get_messages(response.wsgi_request))[-1].extra_tags.removeprefix("undo:")
    assert ilka.post(undo).status_code == 302
    assert [each.title for each in plan_of(cast.ilka, cast.yonas.id).goals[0].items] == ["Anrufen"]


def titles(items: tuple[Item, ...]) -> list[str]:
    return [each.title for each in items]


def test_up_and_down_move_by_one_and_stop_at_the_ends(ilka: Desk, cast: Cast) -> None:
    _goal, (a, _b, c) = goal_with_steps(cast.ilka, cast.yonas.id, "a", "b", "c")
    moves = [("item-up", a, "abc"), ("item-down", a, "bac"), ("item-down", a, "bca"), ("item-down", a, "bca"),
             ("item-up", c, "cba")]  # fmt: skip
    for name, item, order in moves:
        assert ilka.post(at(name, cast.yonas.id, item)).status_code == 302
        assert (name, "".join(titles(plan_of(cast.ilka, cast.yonas.id).goals[0].items))) == (name, order)


def test_a_task_has_nothing_below_it_and_a_step_no_steps(ilka: Desk, cast: Cast) -> None:
    _goal, (step,) = goal_with_steps(cast.ilka, cast.yonas.id, "Anrufen")
    task = add_item(cast.yonas.id, "task", ItemContent("Nummer suchen"), by=cast.ilka.viewer, parent=step)
    for name, above, status in (("add-step", step, 404), ("add-task", step, 200), ("add-task", task, 404)):
        assert (name, ilka.get(at(name, cast.yonas.id, above)).status_code) == (name, status)


def test_a_reminder_stands_outside_of_the_plan(ilka: Desk, cast: Cast) -> None:
    assert ilka.post(at("remind", cast.yonas.id), STEP).status_code == 302
    found = open_person(cast.ilka.viewer, cast.yonas.id, purpose="test", also=("plan",))
    assert titles(reminders_of(cast.ilka.viewer, found)) == ["Anrufen"]
    assert plans_of(cast.ilka.viewer, found) == ()


def test_who_left_keeps_what_was_theirs_until_somebody_changes_it(ilka: Desk, cast: Cast) -> None:
    content = ItemContent("Anrufen", doer="staff", assignee=cast.left.user)
    task = add_item(cast.yonas.id, "task", content, by=cast.ilka.viewer)
    page = ilka.get(at("item", cast.yonas.id, task))
    assert page.context["form"].fields["does"].choices[-1] == (f"staff:{cast.left.user}", "Ehemals Da")


# --- on paper ----------------------------------------------------------------------------------------


def test_without_a_plan_there_is_no_sheet(ilka: Desk, cast: Cast) -> None:
    assert ilka.get(at("print-plan", cast.yonas.id)).status_code == 404


def test_the_sheet_says_what_there_is_in_german_only_and_that_a_machine_translated(ilka: Desk, cast: Cast) -> None:
    goal_with_steps(cast.ilka, cast.yonas.id, "Anrufen")
    page = ilka.get(at("print-plan", cast.yonas.id))
    sheet = page.context["sheet"]
    assert (sheet.languages, sheet.is_draft, page.context["marked"]) == (("ti", "de"), True, True)
    step = next(row for row in page.context["rows"] if row.kind == "step")
    assert [(cell.text.text, cell.text.language, cell.german_only) for cell in step.cells] == [
        ("Anrufen", "de", True), ("Anrufen", "de", False),
    ]  # fmt: skip


def test_a_translated_title_stands_in_the_language_the_person_speaks_and_in_no_other(ilka: Desk, cast: Cast) -> None:
    begin_plan(cast.yonas.id, PlanContent("Tischlerin werden", "ንድፊ"), by=cast.ilka.viewer)
    shown = {}
    for language in ("ti", "ar", "de", "xx"):
        page = ilka.get(at("print-plan", cast.yonas.id), {"sprache": language})
        wish = next(row for row in page.context["rows"] if row.kind == "wish")
        shown[language] = [(cell.text.text, cell.text.language) for cell in wish.cells]
    german = ("Tischlerin werden", "de")
    assert shown == {"ti": [("ንድፊ", "ti"), german], "ar": [german, german], "de": [german], "xx": [german]}


def test_an_arabic_sheet_runs_from_the_right_and_german_does_not(ilka: Desk, cast: Cast) -> None:
    goal_with_steps(cast.ilka, cast.yonas.id, "Anrufen")
    text = ilka.get(at("print-plan", cast.yonas.id), {"sprache": "ar"}).content.decode()
    assert text.count('<article class="wn-sheet" dir="rtl">') == 1
    assert text.count('<div lang="ar" dir="rtl">') == text.count('<div lang="de" dir="ltr">') == 9


def test_the_sheet_holds_no_note_and_nothing_that_was_dropped_or_deleted(ilka: Desk, cast: Cast) -> None:
    yonas, viewer = cast.yonas.id, cast.ilka.viewer
    goal, (_a, b) = goal_with_steps(cast.ilka, yonas, "Anrufen", "Gelöschtes")
    delete_item(yonas, b, by=viewer)
    dropped = add_item(yonas, "step", ItemContent("Entfallenes", note="Geheimnotiz"), by=viewer, parent=goal)
    ilka.post(at("drop-item", yonas, dropped))
    change_contact(yonas, name=Name(called="Yonas"), contact=Contact(), version=1, by=viewer)
    text = ilka.get(at("print-plan", yonas)).content.decode()
    assert [word for word in ("Anrufen", "Gelöschtes", "Entfallenes", "Geheimnotiz") if word in text] == ["Anrufen"]
