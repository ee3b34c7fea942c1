"""Introduce a person to an offer, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_day
from wegnetz.core.errors import DomainError
from wegnetz.engines.announcing import leads_to_somebody
from wegnetz.engines.introductions import Reason
from wegnetz.network.access import SHOWN
from wegnetz.network.models import Interests, Introduction, Outcome
from wegnetz.network.openings import Met, Step, open_interests, open_introduction, seal_said, step_content
from wegnetz.network.selectors.suggestions import Born, closing
from wegnetz.network.services.announcements import announce, withdraw
from wegnetz.network.services.places_say import all_taken
from wegnetz.participants.access import SEALED, involvements_in_scope, records_in_scope, standing_records
from wegnetz.participants.boxes import open_record
from wegnetz.participants.selectors import PersonNotFoundError
from wegnetz.participants.services.led import key_or_absent
from wegnetz.participants.services.records import (
    EditConflictError,
    add_record,
    change_record,
    delete_record,
    record_to_change,
    restore_record,
)
from wegnetz.rules.introductions import Stage, is_open, may_be_on, may_follow

# After how many days somebody asks how it went; a regular is asked no more.
ASKED_AGAIN: Final = {
    Stage.SUGGESTED: 7, Stage.DISCUSSED: 7, Stage.ANNOUNCED: 7, Stage.VISITED: 14, Stage.RETURNED: 28,
}  # fmt: skip
# What a step becomes when the place says that the person came.
CAME: Final = {Stage.ANNOUNCED: Stage.VISITED, Stage.VISITED: Stage.RETURNED}
COUNTED: Final = {Stage.DISCUSSED: "agreed", Stage.VISITED: "visited", Stage.RETURNED: "returned"}
MAX_NOTE: Final = 500


class StageError(DomainError):
    """This step does not follow on the one before it."""


class StepDayError(DomainError):
    """A step lies between the one before it, on the day `first`, and today."""

    def __init__(self, first: date) -> None:
        super().__init__()
        self.first = first


class NotAgreedError(DomainError):
    """A contact point is told nothing about somebody who did not agree, nor under a name they did not choose."""


class LeadsToSomebodyError(DomainError):
    """What a contact point is told would lead to the person; `parts` are the parts of the step that do."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__()
        self.parts = parts


class BegunError(DomainError):
    """The person was introduced to this offer already."""


class ClosedError(DomainError):
    """What is known of the person closes this offer to them; `against` says why. Nothing of it is in its text."""

    def __init__(self, against: tuple[Reason, ...]) -> None:
        super().__init__()
        self.against = against


@transaction.atomic
def suggest(person: UUID, offer: UUID, *, by: Viewer, on: date, born: Born = None) -> UUID:
    """Note an offer for a person. Returns the introduction's id. `born` as for `selectors.suggestions`.

    Raises PersonNotFoundError, BegunError, ClosedError.
    """
    key = _key_of_one_at_a_time(person, by)
    if offer in _going(person, key, by):
        raise BegunError
    row = standing_records(by, Interests).filter(person=person).first()
    if against := closing(open_interests(key, row) if row else None, offer, on=on, born=born):
        raise ClosedError(against)
    content = {"offer": str(offer), "steps": [step_content(Step(Stage.SUGGESTED, on))]}
    return add_record(
        Introduction, person, content, by=by, stage=Stage.SUGGESTED, due_on=_due(Stage.SUGGESTED, on)
    ).id  # fmt: skip


@transaction.atomic
def take_step(
    person: UUID, introduction: UUID, step: Step, *, version: int, by: Viewer, agreed: bool = False,
    told_of: UUID | None = None,
) -> bool:  # fmt: skip
    """Note how far it has come. `agreed` says that the person wants the contact point to know, under `step.called`.

    `told_of` is as for `announce`. Returns whether the page of the contact point shows it now. Raises
    PersonNotFoundError, EditConflictError, StageError, StepDayError, NotAgreedError, LeadsToSomebodyError, and
    PageChangedError.
    """
    row, key = record_to_change(Introduction, person, introduction, version=version, by=by)
    met = open_introduction(key, row)
    if not may_follow(met.stage, step.stage):
        raise StageError
    if not may_be_on(step.on, before=met.latest.on, today=working_day()):
        raise StepDayError(met.latest.on)
    if step.stage is Stage.ANNOUNCED and not (agreed and step.called.strip()):
        raise NotAgreedError
    if parts := tuple(name for name in ("called", "for_place") if leads_to_somebody(getattr(step, name))):
        raise LeadsToSomebodyError(parts)
    content = open_record(row, key)
    content["steps"].append(step_content(step) | {"note": step.note[:MAX_NOTE]})
    if step.stage is not Stage.ANNOUNCED:
        if step.stage not in SHOWN:
            withdraw(content.pop("announcement", None))
        with _counting(row, met.offer, key, by):
            _store(row, key, content, step.stage, step.on, by)
        return False
    content["announcement"] = announce(row, key, met.offer, step, told_of=told_of, on=working_day())
    _store(row, key, content, step.stage, step.on, by, act="announce")
    return content["announcement"] is not None


@transaction.atomic
def announce_again(
    person: UUID, introduction: UUID, *, version: int, by: Viewer, agreed: bool, told_of: UUID | None
) -> bool:
    """Tell the page of the place once more, such as after it got a new link: somebody else may read it now.

    `told_of` is as for `announce`. Returns whether the page shows it. Raises PersonNotFoundError, EditConflictError,
    NotAgreedError, PageChangedError, and StageError where the place was not told before or needs to know no more.
    """
    if not agreed:
        raise NotAgreedError
    row, key = record_to_change(Introduction, person, introduction, version=version, by=by)
    met, content = open_introduction(key, row), open_record(row, key)
    told = next((each for each in reversed(met.steps) if each.stage is Stage.ANNOUNCED), None)
    if told is None or met.stage not in SHOWN:
        raise StageError
    withdraw(content.get("announcement"))
    content["announcement"] = announce(row, key, met.offer, told, told_of=told_of, on=working_day())
    change_record(row, key, content, by=by, act="announce")
    return content["announcement"] is not None


@transaction.atomic
def take_over(person: UUID, introduction: UUID, *, version: int, seen: int, by: Viewer) -> bool:
    """Take over what the contact point said: each visit is a step with its day, a first and a second one.

    A day that was noted here already is no second visit, nor is one before the latest step. `seen` is how many words
    of the place were read: what it says meanwhile is not taken over unread. Returns whether there is a new step.
    Raises PersonNotFoundError, EditConflictError, and StageError where the place said nothing new.
    """
    row, key = record_to_change(Introduction, person, introduction, version=version, by=by)
    met, content = open_introduction(key, row), open_record(row, key)
    if not met.news:
        raise StageError
    if len(met.news) != seen:
        raise EditConflictError
    steps = _steps_from(met)
    content["steps"] += [step_content(step) for step in steps]
    row.said_box, row.said_waits = seal_said(key, row, all_taken(met.said)), False
    if not steps:
        change_record(row, key, content, by=by)
        return False
    with _counting(row, met.offer, key, by):
        _store(row, key, content, steps[-1].stage, steps[-1].on, by)
    return True


def _steps_from(met: Met) -> list[Step]:
    stage, steps, today = met.stage, list[Step](), working_day()
    known = {each.on for each in met.steps if each.stage in {Stage.VISITED, Stage.RETURNED}}
    for each in met.news:
        fits = may_be_on(each.on, before=met.latest.on, today=today)
        if each.came and fits and each.on not in known and stage in CAME:
            stage = CAME[stage]
            steps.append(Step(stage, each.on))
    return steps


@transaction.atomic
def take_back(person: UUID, introduction: UUID, *, version: int, by: Viewer) -> None:
    """Take the latest step back. Raises PersonNotFoundError, EditConflictError, StageError for the first one."""
    row, key = record_to_change(Introduction, person, introduction, version=version, by=by)
    met, content = open_introduction(key, row), open_record(row, key)
    if len(met.steps) < 2:
        raise StageError
    content["steps"].pop()
    if met.stage is Stage.ANNOUNCED:
        withdraw(content.pop("announcement", None))
    before = met.steps[-2]
    with _counting(row, met.offer, key, by):
        _store(row, key, content, before.stage, before.on, by)


@transaction.atomic
def delete_introduction(person: UUID, introduction: UUID, *, by: Viewer) -> None:
    """Put it away, and what it counted with it. Raises PersonNotFoundError."""
    row, key = record_to_change(Introduction, person, introduction, version=None, by=by)
    with _counting(row, open_introduction(key, row).offer, key, by):
        delete_record(Introduction, person, introduction, by=by)


@transaction.atomic
def restore_introduction(person: UUID, introduction: UUID, *, by: Viewer) -> None:
    """Raises PersonNotFoundError, and BegunError where the person was introduced to the same offer meanwhile."""
    key = _key_of_one_at_a_time(person, by)
    going = _going(person, key, by)
    row = _of_a_person(person, by, records_in_scope).filter(id=introduction).first()
    if row is None:
        raise PersonNotFoundError
    met = open_introduction(key, row)
    with _counting(row, met.offer, key, by):
        restore_record(Introduction, person, introduction, by=by)
    if met.stage is not Stage.ENDED and met.offer in going:
        raise BegunError


def _key_of_one_at_a_time(person: UUID, by: Viewer) -> bytes:
    """The key of a person with whom the viewer works; nobody else introduces them at the same moment."""
    own = involvements_in_scope(by).select_for_update(of=("self",)).filter(person=person)
    if not own.values_list("id", flat=True):
        raise PersonNotFoundError
    return key_or_absent(person)


def _going(person: UUID, key: bytes, by: Viewer) -> set[UUID]:
    """The offers to which the person was introduced and that have not come to an end."""
    rows = _of_a_person(person, by, standing_records).exclude(stage=Stage.ENDED)
    return {open_introduction(key, row).offer for row in rows}


def _store(
    row: Introduction, key: bytes, content: dict[str, Any], stage: Stage, on: date, by: Viewer, *, act: str = "change"
) -> None:
    row.stage, row.due_on = stage, _due(stage, on)
    change_record(row, key, content, by=by, act=act)


def _due(stage: Stage, on: date) -> date | None:
    return on + timedelta(days=ASKED_AGAIN[stage]) if is_open(stage) else None


@contextmanager
def _counting(row: Introduction, offer: UUID, key: bytes, by: Viewer) -> Iterator[None]:
    """How the offer does, for everybody who comes later, as the block changes it. It names nobody.

    Each person counts once, however often they were introduced to it: else somebody could fill the number up with one
    person until it is told, and read from it how it went with others. Of what is sealed nothing is counted. It goes on
    for an offer that is gone, which can come back. What retention deletes stays counted.
    """
    if row.involvement.secrecy == SEALED:
        yield
        return
    before = _reached(row.person_id, offer, key, by)
    yield
    after = _reached(row.person_id, offer, key, by)
    if before != after:
        Outcome.objects.get_or_create(offer_id=offer)
    rows = Outcome.objects.filter(offer=offer)
    for column in after - before:
        rows.update(**{column: F(column) + 1})
    for column in before - after:
        rows.filter(**{f"{column}__gte": 1}).update(**{column: F(column) - 1})


def _reached(person: UUID, offer: UUID, key: bytes, by: Viewer) -> set[str]:
    """How far the person has come at an offer in any of their introductions."""
    opened = (open_introduction(key, row) for row in _of_a_person(person, by, standing_records))
    return {COUNTED[step.stage] for met in opened if met.offer == offer for step in met.steps if step.stage in COUNTED}


def _of_a_person(
    person: UUID, by: Viewer, scope: Callable[[Viewer, type[Introduction]], QuerySet[Introduction]]
) -> QuerySet[Introduction]:
    return scope(by, Introduction).filter(person=person).select_related("involvement")
