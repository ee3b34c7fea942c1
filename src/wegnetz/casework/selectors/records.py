"""Read the records about one person, after their page recorded the reading (`open_person(…, also=…)`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar, cast
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.casework.access import assessments_shared_with, items_shared_with, plans_shared_with
from wegnetz.casework.boxes import content_context
from wegnetz.casework.models import (
    Appointment,
    Assessment,
    Closing,
    Document,
    DocumentContent,
    Draft,
    JournalEntry,
    Plan,
    PlanItem,
)
from wegnetz.casework.openings import (
    Ended,
    Entry,
    Item,
    Meeting,
    OpenDraft,
    OpenPlan,
    Paper,
    TakenAssessment,
    open_assessment,
    open_closing,
    open_draft,
    open_entry,
    open_item,
    open_meeting,
    open_paper,
    open_plan,
)  # fmt: skip
from wegnetz.core.crypto import unseal
from wegnetz.participants.access import is_own, people_in_scope, records_in_scope, standing_records
from wegnetz.participants.boxes import open_record
from wegnetz.participants.models import Record
from wegnetz.participants.selectors import (
    Deletion,
    OpenPerson,
    PersonNotFoundError,
    deleted_records,
    deletion_of,
    key_for,
)
from wegnetz.vault.selectors import key_of

JOURNAL_PAGE = 50
R = TypeVar("R", bound=Record)


def assessments_of(viewer: Viewer, person: OpenPerson) -> tuple[TakenAssessment, ...]:
    """All assessments in the order in which they were taken: the organisation's own, and shared ones."""
    key = key_for(person, "assessment")
    rows = standing_records(viewer, Assessment).filter(person=person.id)
    if "assessment" in person.categories:
        rows = rows | assessments_shared_with(viewer).filter(person=person.id)
    ordered = rows.select_related("written_by", "involvement").order_by("taken_on", "written_at")
    return tuple(open_assessment(key, row, own=is_own(viewer, row)) for row in ordered)


def assessment_of(
    viewer: Viewer, person: OpenPerson, assessment: UUID, *, put_away: bool = False
) -> TakenAssessment:  # fmt: skip
    """One assessment of the viewer's own organisation. Raises PersonNotFoundError."""
    key = key_for(person, "assessment")
    row = _own(viewer, Assessment, person, assessment, "written_by", "involvement", put_away=put_away)
    return open_assessment(key, row, own=True)


def plans_of(viewer: Viewer, person: OpenPerson) -> tuple[OpenPlan, ...]:
    """The organisation's own plan first, then those others share with it on a consent."""
    key = key_for(person, "plan")
    plans = standing_records(viewer, Plan).filter(person=person.id)
    if "plan" in person.categories:
        plans = plans | plans_shared_with(viewer).filter(person=person.id)
    rows = list(plans.select_related("organisation", "involvement"))
    own = {row.id for row in rows if is_own(viewer, row)}
    items = list(_in_order(standing_records(viewer, PlanItem).filter(person=person.id, plan__in=own))) if own else []
    if len(rows) > len(own):
        items += _in_order(items_shared_with(viewer).filter(person=person.id))
    opened: dict[UUID, list[Item]] = {}
    for row in items:
        item = replace(_open_item(key, row, viewer), own=row.plan_id in own)
        opened.setdefault(cast("UUID", row.plan_id), []).append(item)
    found = (open_plan(key, row, opened.get(row.id, ()), own=row.id in own) for row in rows)
    return tuple(sorted(found, key=lambda plan: (not plan.own, plan.organisation)))


def reminders_of(viewer: Viewer, person: OpenPerson) -> tuple[Item, ...]:
    """Tasks of the viewer's organisation that stand outside of any plan."""
    key = key_for(person, "plan")
    rows = standing_records(viewer, PlanItem).filter(person=person.id, plan__isnull=True)
    return tuple(_open_item(key, row, viewer) for row in _in_order(rows))


def item_of(viewer: Viewer, person: OpenPerson, item: UUID, *, put_away: bool = False) -> Item:
    """One item of the viewer's own organisation. Raises PersonNotFoundError."""
    key = key_for(person, "plan")
    return _open_item(key, _own(viewer, PlanItem, person, item, "assignee", "assigned_to", put_away=put_away), viewer)


def _own(
    viewer: Viewer, table: type[R], person: OpenPerson, record: UUID, *related: str, put_away: bool
) -> R:  # fmt: skip
    """A record in scope; where `put_away`, also one that somebody deleted."""
    rows = records_in_scope(viewer, table) if put_away else standing_records(viewer, table)
    row = rows.select_related(*related).filter(person=person.id, id=record).first()
    if row is None:
        raise PersonNotFoundError
    return row


def _in_order(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    return rows.select_related("assignee", "assigned_to").order_by("position", "written_at")


def _open_item(key: bytes, row: PlanItem, viewer: Viewer) -> Item:
    return open_item(key, row, organisation=viewer.organisation, user=viewer.user)


def journal_of(
    viewer: Viewer, person: OpenPerson, *, page: str | int = 1
) -> tuple[tuple[Entry, ...], Page[JournalEntry]]:
    """A page of the journal, newest first."""
    key = key_for(person, "journal")
    rows = standing_records(viewer, JournalEntry).filter(person=person.id).select_related("written_by")
    shown = Paginator(rows.order_by("-happened_at", "-written_at"), JOURNAL_PAGE).get_page(page)
    return tuple(open_entry(key, row, user=viewer.user) for row in shown.object_list), shown


def latest_entries(viewer: Viewer, person: OpenPerson, *, number: int = 3) -> tuple[Entry, ...]:
    key = key_for(person, "journal")
    rows = standing_records(viewer, JournalEntry).filter(person=person.id).select_related("written_by")
    return tuple(open_entry(key, row, user=viewer.user) for row in rows.order_by("-happened_at")[:number])


def entry_of(viewer: Viewer, person: OpenPerson, entry: UUID, *, put_away: bool = False) -> Entry:
    """Raises PersonNotFoundError."""
    key = key_for(person, "journal")
    return open_entry(key, _own(viewer, JournalEntry, person, entry, "written_by", put_away=put_away), user=viewer.user)


def draft_of(viewer: Viewer, person: OpenPerson, form: str) -> OpenDraft | None:
    """What the viewer was typing into a form about the person."""
    row = standing_records(viewer, Draft).filter(person=person.id, form=form).first()
    return open_draft(person.key, row) if row else None


def form_of(viewer: Viewer, person: UUID, draft: UUID) -> str:
    """The form that a draft of the viewer belongs to. Raises PersonNotFoundError."""
    row = standing_records(viewer, Draft).filter(person=person, id=draft).first()
    if row is None:
        raise PersonNotFoundError
    return row.form


def has_entry(viewer: Viewer, person: UUID, entry: UUID) -> bool:
    """Whether the viewer may change this journal entry, also where it must be brought back; nothing of it is opened."""
    return records_in_scope(viewer, JournalEntry).filter(person=person, id=entry).exists()


def meetings_of(viewer: Viewer, person: OpenPerson) -> tuple[Meeting, ...]:
    """All appointments with the person, in order."""
    key = key_for(person, "appointments")
    rows = standing_records(viewer, Appointment).filter(person=person.id).select_related("held_by")
    return tuple(open_meeting(key, row) for row in rows.order_by("starts_at"))


def meeting_of(viewer: Viewer, person: OpenPerson, appointment: UUID, *, put_away: bool = False) -> Meeting:
    """Raises PersonNotFoundError."""
    key = key_for(person, "appointments")
    return open_meeting(key, _own(viewer, Appointment, person, appointment, "held_by", put_away=put_away))


def papers_of(viewer: Viewer, person: OpenPerson) -> tuple[Paper, ...]:
    """The documents without their content, newest first."""
    key = key_for(person, "documents")
    rows = standing_records(viewer, Document).filter(person=person.id).select_related("written_by")
    return tuple(open_paper(key, row) for row in rows.order_by("-written_at"))


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A document with its bytes."""

    name: str
    media_type: str
    content: bytes


def open_file(viewer: Viewer, person: UUID, document: UUID) -> OpenFile:
    """The bytes of a document, after recording that it was opened. Raises PersonNotFoundError."""
    row = standing_records(viewer, Document).select_related("written_by").filter(person=person, id=document).first()
    if row is None:
        raise PersonNotFoundError
    record_reading(viewer.actor, "open", subjects=[person], category="documents", purpose="document")
    key = key_of(person)
    content = DocumentContent.objects.get(document=row)
    context = content_context(row.id, row.person_id, row.organisation_id)
    paper = open_paper(key, row)
    return OpenFile(paper.name, row.media_type, unseal(key, bytes(content.box), context))


@dataclass(frozen=True, slots=True)
class Deleted:
    """What somebody deleted and can be brought back.

    `what` is the category under which its reading is recorded; `kind` the pack's kind of what happened, or the kind of
    an item. `on` is the day it is about or due, `said` its title or text, both of which may be empty.
    """

    what: str
    id: UUID
    kind: str
    on: date | None
    said: str
    deletion: Deletion


# What is deleted and brought back at the desk, with the category under which its reading is recorded.
DELETABLE: Mapping[type[Record], str] = {
    JournalEntry: "journal",
    PlanItem: "plan",
    Assessment: "assessment",
    Appointment: "appointments",
    Document: "documents",
}


def deleted_of(viewer: Viewer, person: OpenPerson) -> tuple[Deleted, ...]:
    """What was deleted and can still be brought back."""
    return tuple(
        Deleted(category, row.id, *_told(key_for(person, category), row), deletion_of(row))
        for table, category in DELETABLE.items()
        for row in _deleted(viewer, person.id, table).select_related("deleted_by")
    )


def any_record_deleted(viewer: Viewer, person: UUID) -> bool:
    """Whether there is anything to bring back; nothing of it is opened."""
    something = reduce(or_, (Q(Exists(_deleted(viewer, person, table))) for table in DELETABLE))
    return people_in_scope(viewer).filter(something, id=person).exists()


def _deleted(viewer: Viewer, person: UUID, table: type[Record]) -> QuerySet[Record]:
    """What stood below an item comes back with it, or after it: of an item and what is below it, this is the top."""
    rows = deleted_records(viewer, table, person)
    return rows.filter(Q(parent__deleted_at__isnull=True)) if table is PlanItem else rows


def _told(key: bytes, row: Record) -> tuple[str, date | None, str]:
    """Of which kind it is, the day it is about or due, and its title or text."""
    match row:
        case JournalEntry():
            return row.kind, timezone.localdate(row.happened_at), open_record(row, key)["text"]
        case Appointment():
            return row.kind, timezone.localdate(row.starts_at), open_record(row, key)["title"]
        case Document():
            content = open_record(row, key)
            return row.kind, timezone.localdate(row.written_at), content["title"] or content["name"]
        case PlanItem():
            return row.kind, row.due_on, open_record(row, key)["title"]
        case Assessment():
            return "", row.taken_on, ""
    raise TypeError(row)


def closing_of(viewer: Viewer, person: OpenPerson) -> Ended | None:
    """How the accompaniment ended, or None while it goes on. One that began anew after its end goes on."""
    key = key_for(person, "closing")
    rows = standing_records(viewer, Closing).filter(person=person.id, involvement__ended_at__isnull=True)
    row = rows.order_by("-closed_on", "-written_at").first()
    return open_closing(key, row) if row else None
