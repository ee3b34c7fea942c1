"""The plan of a person: what they wish, goals with steps and tasks, and reminders outside of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import colleagues_of
from wegnetz.casework.openings import GOAL, STEP, TASK, Item, OpenPlan
from wegnetz.casework.selectors import item_of, plans_of, reminders_of
from wegnetz.casework.services import (
    EditConflictError,
    add_item,
    begin_plan,
    change_item,
    change_plan,
    delete_item,
    drop_item,
    finish_item,
    move_item,
    reopen_item,
    restore_item,
)  # fmt: skip
from wegnetz.core.days import working_day
from wegnetz.desk.conflicts import differences, is_change
from wegnetz.desk.forms.plan import ItemForm, PlanForm, doers, does_of, item_initial, plan_initial, review_day
from wegnetz.desk.guard import StaffRequest, screen
from wegnetz.desk.pages import anything_deleted, language_name, wording_now
from wegnetz.desk.policies import Policy
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError, accompanying, open_person
from wegnetz.programme.pack.wording import Wording


@screen(Policy.PEOPLE)
def plan(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """One's own plan, those of others that are shared, and what is to be done outside of any plan."""
    words = wording_now(get_language())
    found = open_person(request.viewer, person_id, purpose="plan", also=("plan",), pack=words.pack)
    plans = plans_of(request.viewer, found)
    own = [each for each in plans if each.own]
    context = {
        "person": found, "tab": "plan", "speaks": language_name(found.contact.language), "today": working_day(),
        "own": own, "shared": [each for each in plans if not each.own],
        "reminders": reminders_of(request.viewer, found), "viewer_organisation": request.viewer.organisation,
        "next": next_thing(own), "areas": _areas(words), "acts": found.involvement is not None,
        "deleted": anything_deleted(request.viewer, person_id),
    }  # fmt: skip
    return render(request, "desk/plan/plan.html", context)


def _areas(words: Wording) -> dict[str, str]:
    return {area: words.text("care", "areas", area) for area in words.pack.care.areas}


def flat(items: Iterable[Item]) -> list[Item]:
    """Items with everything below them, in order."""
    return [each for item in items for each in (item, *flat(item.items))]


def next_thing(plans: Iterable[OpenPlan], more: Iterable[Item] = ()) -> Item | None:
    """The open step or task that is due first."""
    every = [item for plan in plans for item in flat(plan.goals)] + list(more)
    coming = [item for item in every if item.state == "open" and item.due_on and item.kind != GOAL]
    return min(coming, key=lambda item: str(item.due_on), default=None)


# --- the plan itself ---------------------------------------------------------------------------------


@screen(Policy.WORK, "GET", "POST")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    words, today = wording_now(get_language()), working_day()
    found = open_person(request.viewer, person_id, purpose="begin a plan", also=("plan",), pack=words.pack)
    existing = next((each for each in plans_of(request.viewer, found) if each.own), None)
    initial = {"agreed_on": today, "review_on": review_day(words.pack.care, today)}
    form = PlanForm(language_name(found.contact.language), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            begin_plan(person_id, form.content, by=request.viewer)
        except EditConflictError:
            return _plan_conflict(request, form, found, existing)
        messages.success(request, _("Der Plan ist begonnen. Als Nächstes kommt das erste Ziel."))
        return redirect("desk:plan", person_id)
    return _plan_page(request, found, {"form": form}, 422 if form.is_bound else 200)


@screen(Policy.WORK, "GET", "POST")
def change(request: StaffRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    found = open_person(request.viewer, person_id, purpose="change the plan", also=("plan",))
    stored = next((each for each in plans_of(request.viewer, found) if each.own and each.id == plan_id), None)
    if stored is None:
        raise PersonNotFoundError
    form = PlanForm(language_name(found.contact.language), request.POST or None, initial=plan_initial(stored))
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_plan(person_id, plan_id, form.content, version=version, by=request.viewer)
        except EditConflictError:
            return _plan_conflict(request, form, found, stored)
        messages.success(request, _("Die Änderung ist gespeichert."))
        return redirect("desk:plan", person_id)
    return _plan_page(request, found, {"form": form, "plan": stored}, 422 if form.is_bound else 200)


def _plan_conflict(request: StaffRequest, form: PlanForm, found: OpenPerson, stored: OpenPlan | None) -> HttpResponse:
    """Show both versions; sending again keeps what stands in the form."""
    if stored is None:
        raise PersonNotFoundError
    rows = differences(form, plan_initial(stored))
    initial = form.cleaned_data | {"version": stored.version}
    again = PlanForm(language_name(found.contact.language), initial=initial)
    action = reverse("desk:change-plan", args=[found.id, stored.id])
    context = {"form": again, "plan": stored, "conflict": rows, "action": action}
    return _plan_page(request, found, context, 409)


def _plan_page(request: StaffRequest, found: OpenPerson, context: dict[str, Any], status: int) -> HttpResponse:
    context = {"action": request.path, **context, "person": found}
    return render(request, "desk/plan/plan_form.html", context, status=status)


# --- goals, steps, tasks -----------------------------------------------------------------------------


@screen(Policy.WORK, "GET", "POST")
def add_goal(request: StaffRequest, person_id: UUID, plan_id: UUID) -> HttpResponse:
    found = _opened(request, person_id)
    if not any(each.own and each.id == plan_id for each in plans_of(request.viewer, found)):
        raise PersonNotFoundError
    return _add(request, found, GOAL, plan=plan_id)


@screen(Policy.WORK, "GET", "POST")
def add_below(request: StaffRequest, person_id: UUID, item_id: UUID, kind: str) -> HttpResponse:
    """A step below a goal, or a task below a goal or a step."""
    found = _opened(request, person_id)
    above = item_of(request.viewer, found, item_id)
    if above.kind == TASK or (above.kind == STEP and kind == STEP):
        raise Http404
    return _add(request, found, kind, above=above)


@screen(Policy.WORK, "GET", "POST")
def remind(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A task outside of any plan."""
    return _add(request, _opened(request, person_id), TASK)


def _opened(request: StaffRequest, person_id: UUID) -> OpenPerson:
    return open_person(request.viewer, person_id, purpose="change the plan", also=("plan", "involvement"))


def _add(
    request: StaffRequest, found: OpenPerson, kind: str, *, plan: UUID | None = None, above: Item | None = None
) -> HttpResponse:  # fmt: skip
    form = _item_form(request, found, kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_item(found.id, kind, form.content, by=request.viewer, plan=plan, parent=above.id if above else None)
        messages.success(request, _("Gespeichert."))
        return redirect("desk:plan", found.id)
    context = {"form": form, "kind": kind, "above": above, "reminder": plan is None and above is None}
    return _item_page(request, found, context, 422 if form.is_bound else 200)


@screen(Policy.WORK, "GET", "POST")
def item(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    found = _opened(request, person_id)
    stored = item_of(request.viewer, found, item_id, put_away=is_change(request))
    form = _item_form(request, found, stored.kind, request.POST or None, stored, initial=item_initial(stored))
    if request.method == "POST" and form.is_valid():
        try:
            change_item(person_id, item_id, form.content, **form.since, by=request.viewer)
        except EditConflictError as conflict:
            return _item_conflict(request, form, found, stored, conflict)
        messages.success(request, _("Die Änderung ist gespeichert."))
        return redirect("desk:plan", person_id)
    return _item_page(
        request, found, {"form": form, "kind": stored.kind, "item": stored}, 422 if form.is_bound else 200
    )


def _item_conflict(
    request: StaffRequest, form: ItemForm, found: OpenPerson, stored: Item, conflict: EditConflictError
) -> HttpResponse:  # fmt: skip
    """Show both versions; sending again keeps what stands in the form."""
    rows = differences(form, item_initial(stored))
    initial = form.again(conflict, stored.version)
    again = _item_form(request, found, stored.kind, None, stored, initial=initial)
    return _item_page(request, found, {"form": again, "kind": stored.kind, "item": stored, "conflict": rows}, 409)


def _item_form(
    request: StaffRequest, found: OpenPerson, kind: str, sent: Any, stored: Item | None = None, **more: Any
) -> ItemForm:  # fmt: skip
    people = doers(request.viewer, colleagues_of(request.viewer), accompanying(request.viewer, found))
    if stored and does_of(stored) not in dict(people):
        people.append((does_of(stored), stored.who))  # who left meanwhile still has it until somebody changes that
    return ItemForm(kind, wording_now(get_language()), language_name(found.contact.language), people, sent, **more)


def _item_page(request: StaffRequest, found: OpenPerson, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "desk/plan/item_form.html", context | {"person": found}, status=status)


# --- what a button does ------------------------------------------------------------------------------


@screen(Policy.WORK, "POST")
def finish(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    finish_item(person_id, item_id, on=working_day(), by=request.viewer)
    return _told(request, person_id, _("Erledigt."), undo=reverse("desk:reopen-item", args=[person_id, item_id]))


@screen(Policy.WORK, "POST")
def reopen(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    reopen_item(person_id, item_id, by=request.viewer)
    return _told(request, person_id, _("Wieder offen."))


@screen(Policy.WORK, "POST")
def drop(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    drop_item(person_id, item_id, by=request.viewer)
    undo = reverse("desk:reopen-item", args=[person_id, item_id])
    return _told(request, person_id, _("Das entfällt. Es bleibt im Plan sichtbar."), undo=undo)


@screen(Policy.WORK, "POST")
def delete(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    delete_item(person_id, item_id, by=request.viewer)
    undo = reverse("desk:restore-item", args=[person_id, item_id])
    return _told(request, person_id, _("Gelöscht, mit allem, was darunter stand."), undo=undo)


@screen(Policy.WORK, "POST")
def restore(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    restore_item(person_id, item_id, by=request.viewer)
    return _told(request, person_id, _("Es steht wieder im Plan."))


@screen(Policy.WORK, "POST")
def up(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    return _move(request, person_id, item_id, lambda place: place - 1)


@screen(Policy.WORK, "POST")
def down(request: StaffRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    return _move(request, person_id, item_id, lambda place: place + 1)


def _move(request: StaffRequest, person_id: UUID, item_id: UUID, to: Callable[[int], int]) -> HttpResponse:
    found = open_person(request.viewer, person_id, purpose="change the plan", also=("plan",))
    order = [each.id for each in _level_of(request.viewer, found, item_id)]
    place = order.index(item_id)
    order.remove(item_id)
    at = min(max(to(place), 0), len(order))
    move_item(person_id, item_id, before=order[at] if at < len(order) else None, by=request.viewer)
    return redirect(f"{reverse('desk:plan', args=[person_id])}#p-{item_id}")


def _level_of(viewer: Viewer, found: OpenPerson, item_id: UUID) -> tuple[Item, ...]:
    """The item with those beside it. Raises PersonNotFoundError."""
    plans = [plan.goals for plan in plans_of(viewer, found) if plan.own]
    levels = [*plans, reminders_of(viewer, found), *(each.items for goals in plans for each in flat(goals))]
    for level in levels:
        if any(each.id == item_id for each in level):
            return level
    raise PersonNotFoundError


def _told(request: StaffRequest, person_id: UUID, text: str, *, undo: str = "") -> HttpResponse:
    """Back to where the button stood."""
    messages.success(request, text, extra_tags=f"undo:{undo}" if undo else "")
    return redirect("desk:person" if request.POST.get("from") == "person" else "desk:plan", person_id)
