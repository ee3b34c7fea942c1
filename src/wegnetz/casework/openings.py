"""Open the sealed records of rows that are in scope and whose reading was recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wegnetz.casework.boxes import referral_place, referral_step_place
from wegnetz.casework.models import (
    Appointment,
    Assessment,
    Closing,
    Document,
    Draft,
    JournalEntry,
    Plan,
    PlanItem,
    Referral,
    ReferralStep,
)  # fmt: skip
from wegnetz.core.boxes import open_json
from wegnetz.participants.boxes import Name, open_record

GOAL, STEP, TASK = PlanItem.GOAL, PlanItem.STEP, PlanItem.TASK


@dataclass(frozen=True, slots=True)
class AreaStep:
    """Where a person stands in an area of life: the id of a step, or "" when it was not spoken about."""

    step: str
    note: str


@dataclass(frozen=True, slots=True)
class TakenAssessment:
    """An assessment of all areas of life on a day; `own` where those of the viewer's function wrote it."""

    id: UUID
    taken_on: date
    written_by: str
    areas: Mapping[str, AreaStep]
    version: int
    own: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A goal, step or task. `translated` is its title in the person's language, when somebody wrote it down.

    `doer` is "person", "staff", "organisation" or "other"; `who` names them. `mine` says whose turn it is.
    """

    id: UUID
    kind: str
    parent: UUID | None
    title: str
    translated: str
    note: str
    area: str
    due_on: date | None
    doer: str
    who: str
    assignee: UUID | None
    assigned_to: UUID | None
    state: str
    done_on: date | None
    version: int
    own: bool
    mine: bool
    items: tuple[Item, ...] = ()

    @property
    def wanted(self) -> tuple[Item, ...]:
        """What is below it, without what was dropped."""
        return tuple(item for item in self.items if item.state != "dropped")

    @property
    def steps_done(self) -> int:
        return sum(item.state == "done" for item in self.items)

    @property
    def next_item(self) -> Item | None:
        """The first thing below it that is still open."""
        return next((item for item in self.items if item.state == "open"), None)


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan with its goals in order and what is below them; `own` where those of the viewer's function wrote it."""

    id: UUID
    wish: str
    translated: str
    agreed_on: date | None
    review_on: date | None
    version: int
    own: bool
    organisation: str
    goals: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry."""

    id: UUID
    happened_at: datetime
    kind: str
    minutes: int | None
    text: str
    written_by: str
    written_at: datetime
    changed_at: datetime | None
    version: int
    own: bool


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """What somebody was typing, when it was kept, and in which of their windows."""

    id: UUID
    at: datetime
    fields: Mapping[str, str]
    window: str

    @property
    def mark(self) -> str:
        """Another one each time it is kept."""
        return self.at.isoformat()


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment. `title` is what it is about, `place` where; both may be empty."""

    id: UUID
    person: UUID
    starts_at: datetime
    ends_at: datetime
    kind: str
    state: str
    title: str
    place: str
    interpreter: str
    held_by: UUID
    held_by_name: str
    version: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A document without its content."""

    id: UUID
    kind: str
    title: str
    name: str
    media_type: str
    size: int
    written_by: str
    written_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How an accompaniment ended, and what the look back found."""

    id: UUID
    closed_on: date
    outcome: str
    note: str
    follow_up_on: date
    followed_up_on: date | None
    follow_up_outcome: str
    follow_up_note: str
    version: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A referral, opened. `travels` are the categories that went along, `content` what they held that day.

    `name` is what the person is called, as far as it travelled, or else the pseudonym.
    """

    id: UUID
    person: UUID
    organisation: UUID
    organisation_name: str
    recipient: UUID
    recipient_name: str
    function: str
    secrecy: str
    hands_over: bool
    status: str
    offered_on: date
    offered_by: str
    answered_on: date | None
    done_on: date | None
    message: str
    pseudonym: str
    name: str
    travels: tuple[str, ...]
    content: Mapping[str, object]
    steps: tuple[LetterStep, ...]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class LetterStep:
    """One step of a referral with its reason: the id of one on the pack's list, and what was written."""

    status: str
    taken_at: datetime
    organisation: str
    reason: str
    note: str


def open_assessment(key: bytes, row: Assessment, *, own: bool) -> TakenAssessment:
    content = open_record(row, key)
    areas = {area: AreaStep(entry["step"], entry["note"]) for area, entry in content["areas"].items()}
    return TakenAssessment(row.id, row.taken_on, row.written_by.name, areas, row.version, own)


def open_item(key: bytes, row: PlanItem, *, organisation: UUID, user: UUID) -> Item:
    content = open_record(row, key)
    own = row.organisation_id == organisation
    assigned = row.assignee_id == user or (row.assigned_to_id == organisation and row.assignee_id is None)
    who = row.assignee.name if row.assignee else row.assigned_to.name if row.assigned_to else content["who"]
    return Item(
        row.id, row.kind, row.parent_id, content["title"], content["translated"], content["note"], content["area"],
        row.due_on, row.doer, who, row.assignee_id, row.assigned_to_id, row.state, row.done_on, row.version, own,
        mine=assigned,
    )  # fmt: skip


def open_plan(key: bytes, row: Plan, items: Iterable[Item], *, own: bool) -> OpenPlan:
    content = open_record(row, key)
    return OpenPlan(
        row.id, content["wish"], content["translated"], row.agreed_on, row.review_on, row.version, own,
        row.organisation.name, as_tree(items),
    )  # fmt: skip


def as_tree(items: Iterable[Item]) -> tuple[Item, ...]:
    """Goals and loose tasks with everything below them, in the order in which they come."""
    below: dict[UUID | None, list[Item]] = defaultdict(list)
    for item in items:
        below[item.parent].append(item)

    def grown(item: Item) -> Item:
        return replace(item, items=tuple(map(grown, below[item.id])))

    return tuple(map(grown, below[None]))


def open_entry(key: bytes, row: JournalEntry, *, user: UUID) -> Entry:
    content = open_record(row, key)
    return Entry(
        row.id, row.happened_at, row.kind, row.minutes, content["text"], row.written_by.name, row.written_at,
        row.changed_at, row.version, own=row.written_by_id == user,
    )  # fmt: skip


def open_draft(key: bytes, row: Draft) -> OpenDraft:
    content = open_record(row, key)
    fields = {str(name): str(value) for name, value in content["fields"].items()}
    return OpenDraft(row.id, row.written_at, fields, content.get("window", ""))


def open_meeting(key: bytes, row: Appointment) -> Meeting:
    content = open_record(row, key)
    return Meeting(
        row.id, row.person_id, row.starts_at, row.ends_at, row.kind, row.state, content["title"], content["place"],
        content["interpreter"], row.held_by_id, row.held_by.name, row.version,
    )  # fmt: skip


def open_paper(key: bytes, row: Document) -> Paper:
    content = open_record(row, key)
    return Paper(
        row.id, row.kind, content["title"], content["name"], row.media_type, row.size, row.written_by.name,
        row.written_at, row.version,
    )  # fmt: skip


def open_closing(key: bytes, row: Closing) -> Ended:
    content = open_record(row, key)
    return Ended(
        row.id, row.closed_on, content["outcome"], content["note"], row.follow_up_on, row.followed_up_on,
        content["follow_up_outcome"], content["follow_up_note"], row.version,
    )  # fmt: skip


def open_letter(key: bytes, row: Referral, *, with_content: bool) -> Letter:
    """A referral with its steps. Without `with_content`, what travelled along stays closed."""
    content = open_json(key, row.box, referral_place(row.id, row.person_id, row.organisation_id, row.recipient_id))
    return Letter(
        row.id, row.person_id, row.organisation_id, row.organisation.name, row.recipient_id, row.recipient.name,
        row.function, row.secrecy, row.hands_over, row.status, row.offered_on, row.offered_by.name, row.answered_on,
        row.done_on, content["message"], content["pseudonym"], _name_in(content), tuple(content["travels"]),
        content["content"] if with_content else {},
        tuple(_open_step(key, step) for step in row.steps.all()), row.consent.withdrawn_at is not None,
    )  # fmt: skip


def _name_in(content: Mapping[str, Any]) -> str:
    return Name(**content["content"].get("name", {})).or_pseudonym(content["pseudonym"])


def _open_step(key: bytes, row: ReferralStep) -> LetterStep:
    place = referral_step_place(row.id, row.referral_id, row.organisation_id, row.status)
    content = open_json(key, row.box, place)
    return LetterStep(row.status, row.taken_at, row.organisation.name, content["reason"], content["note"])
