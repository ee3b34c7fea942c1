"""The plan: goals, steps and tasks, by whom and by when, and when it is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_act
from wegnetz.casework.access import items_shared_with
from wegnetz.casework.models import Plan, PlanItem
from wegnetz.core.errors import DomainError
from wegnetz.participants.access import records_in_scope, standing_records
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services import accompanied
from wegnetz.participants.services.records import (
    EditConflictError,
    add_record,
    change_record,
    delete_record,
    record_to_change,
    restore_record,
)  # fmt: skip

DOERS = ("person", "staff", "organisation", "other")
BELOW = {None: (PlanItem.GOAL, PlanItem.TASK), PlanItem.GOAL: (PlanItem.STEP, PlanItem.TASK),
         PlanItem.STEP: (PlanItem.TASK,)}  # fmt: skip


class WrongPlaceError(DomainError):
    """An item of this kind does not belong below that one."""


@dataclass(frozen=True, slots=True)
class PlanContent:
    """What the person wishes, also in their own language, and when both look at the plan again."""

    wish: str
    translated: str = ""
    agreed_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ItemContent:
    """A goal, step or task in words. `assignee` is a colleague, `assigned_to` another organisation; `who` a name."""

    title: str
    translated: str = ""
    note: str = ""
    area: str = ""
    due_on: date | None = None
    doer: str = "person"
    who: str = ""
    assignee: UUID | None = None
    assigned_to: UUID | None = None

    @property
    def sealed(self) -> dict[str, str]:
        return {"title": self.title, "translated": self.translated, "note": self.note, "area": self.area,
                "who": self.who}  # fmt: skip


@transaction.atomic
def begin_plan(person: UUID, content: PlanContent, *, by: Viewer) -> UUID:
    """Begin the plan of an involvement; there is one. Raises EditConflictError when somebody else just began it."""
    _door, involvement, _key = accompanied(by, person)
    if standing_records(by, Plan).filter(involvement=involvement).exists():
        raise EditConflictError
    return add_record(
        Plan, person, {"wish": content.wish, "translated": content.translated}, by=by, act="plan",
        secrecy=involvement.secrecy, agreed_on=content.agreed_on, review_on=content.review_on,
    ).id  # fmt: skip


@transaction.atomic
def change_plan(person: UUID, plan: UUID, content: PlanContent, *, version: int, by: Viewer) -> None:
    """Change wish, agreement or review. Raises EditConflictError."""
    row, key = record_to_change(Plan, person, plan, version=version, by=by)
    row.agreed_on, row.review_on = content.agreed_on, content.review_on
    change_record(row, key, {"wish": content.wish, "translated": content.translated}, by=by)


@transaction.atomic
def add_item(
    person: UUID, kind: str, content: ItemContent, *, by: Viewer, plan: UUID | None = None, parent: UUID | None = None
) -> UUID:
    """Add a goal to a plan, a step or task below it, or a task of its own. Raises WrongPlaceError."""
    own = standing_records(by, PlanItem).filter(person=person)
    above = own.filter(id=parent).first() if parent else None
    if parent and above is None:
        raise PersonNotFoundError
    if kind not in BELOW.get(above.kind if above else None, ()):
        raise WrongPlaceError
    plan_id = above.plan_id if above else _own_plan(person, plan, by=by)
    if kind != PlanItem.TASK and plan_id is None:
        raise WrongPlaceError
    _door, involvement, _key = accompanied(by, person)
    last = own.filter(plan=plan_id, parent=parent).aggregate(last=Max("position"))["last"]
    return add_record(
        PlanItem, person, content.sealed, by=by, act="plan", kind=kind, plan_id=plan_id, parent=above,
        secrecy=involvement.secrecy, position=(last or 0) + 1, due_on=content.due_on, doer=content.doer,
        assignee_id=content.assignee, assigned_to_id=content.assigned_to,
    ).id  # fmt: skip


def _own_plan(person: UUID, plan: UUID | None, *, by: Viewer) -> UUID | None:
    if plan is None:
        return None
    if not standing_records(by, Plan).filter(person=person, id=plan).exists():
        raise PersonNotFoundError
    return plan


@transaction.atomic
def change_item(
    person: UUID, item: UUID, content: ItemContent, *, version: int, restores: bool = False, by: Viewer
) -> None:
    """Change an item of the viewer's own organisation. Raises EditConflictError, PutAwayError."""
    row, key = record_to_change(PlanItem, person, item, version=version, restores=restores, by=by)
    row.due_on, row.doer = content.due_on, content.doer
    row.assignee_id, row.assigned_to_id = content.assignee, content.assigned_to
    change_record(row, key, content.sealed, by=by)


@transaction.atomic
def finish_item(person: UUID, item: UUID, *, on: date, by: Viewer) -> None:
    """Mark an item as done: one's own, or one of a shared plan that was given to the viewer's organisation."""
    _set_state(person, item, "done", on, by, act="done")


@transaction.atomic
def reopen_item(person: UUID, item: UUID, *, by: Viewer) -> None:
    """Undo a finishing."""
    _set_state(person, item, "open", None, by, act="not done")


@transaction.atomic
def drop_item(person: UUID, item: UUID, *, by: Viewer) -> None:
    """The item is no longer wanted; it stays visible as such."""
    _set_state(person, item, "dropped", None, by, act="dropped")


def _set_state(person: UUID, item: UUID, state: str, on: date | None, by: Viewer, *, act: str) -> None:
    door, *_rest = accompanied(by, person)
    row = standing_records(by, PlanItem).select_for_update().filter(person=person, id=item).first()
    if row is None and door.opens("plan"):
        shared = items_shared_with(by).filter(person=person, id=item, assigned_to=by.organisation)
        row = shared.select_for_update().first()
    if row is None:
        raise PersonNotFoundError
    # State and day stand outside of the box, so another organisation can tick off what it was given.
    row.state, row.done_on = state, on
    row.save(update_fields=["state", "done_on"])
    record_act(by.actor, act, subjects=[person], category="plan")


@transaction.atomic
def move_item(person: UUID, item: UUID, *, before: UUID | None, by: Viewer) -> None:
    """Put an item before another one of the same level; at the end for None."""
    row, _key = record_to_change(PlanItem, person, item, version=None, by=by)
    siblings = standing_records(by, PlanItem).filter(person=person, plan=row.plan_id, parent=row.parent_id)
    order = [sibling for sibling in siblings.order_by("position", "written_at") if sibling.id != row.id]
    at = next((place for place, sibling in enumerate(order) if sibling.id == before), len(order))
    for position, sibling in enumerate([*order[:at], row, *order[at:]], start=1):
        sibling.position = position
        sibling.save(update_fields=["position"])
    record_act(by.actor, "move", subjects=[person], category="plan")


@transaction.atomic
def delete_item(person: UUID, item: UUID, *, by: Viewer) -> None:
    """Put an item away with all that is below it."""
    at = delete_record(PlanItem, person, item, by=by)
    _below(person, item, by=by).filter(deleted_at__isnull=True).update(deleted_at=at, deleted_by=by.user)


@transaction.atomic
def restore_item(person: UUID, item: UUID, *, by: Viewer) -> None:
    """Bring an item back with all that was put away with it.

    Raises PersonNotFoundError, also while what it stood below is put away itself.
    """
    if records_in_scope(by, PlanItem).filter(person=person, id=item, parent__deleted_at__isnull=False).exists():
        raise PersonNotFoundError
    at = restore_record(PlanItem, person, item, by=by)
    _below(person, item, by=by).filter(deleted_at=at).update(deleted_at=None, deleted_by=None)


def _below(person: UUID, item: UUID, *, by: Viewer) -> QuerySet[PlanItem]:
    """Its steps and tasks, and the tasks of its steps: nothing stands deeper (`BELOW`)."""
    below = Q(parent=item) | Q(parent__parent=item)
    return records_in_scope(by, PlanItem).filter(below, person=person)
