"""Read the records about one person, after their page recorded the reading (`open_person(…, also=…)`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.casework.access import (
    assessments_shared_with,
    is_own,
    items_shared_with,
    plans_shared_with,
    standing_records,
)  # fmt: skip
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
)  # fmt: skip
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
from wegnetz.participants.selectors import OpenPerson, PersonNotFoundError
from wegnetz.vault.selectors import key_of

JOURNAL_PAGE = 50


class NotRecordedError(AssertionError):
    """A page would show what it did not record: a fault in the page, never in what the viewer did."""


def _key(person: OpenPerson, category: str) -> bytes:
    if category not in person.recorded:
        raise NotRecordedError(category)
    return person.key


def assessments_of(viewer: Viewer, person: OpenPerson) -> tuple[TakenAssessment, ...]:
    """All assessments in the order in which they were taken: the organisation's own, and shared ones."""
    key = _key(person, "assessment")
    rows = standing_records(viewer, Assessment).filter(person=person.id)
    if "assessment" in person.categories:
        rows = rows | assessments_shared_with(viewer).filter(person=person.id)
    ordered = rows.select_related("written_by", "involvement").order_by("taken_on", "written_at")
    return tuple(open_assessment(key, row, own=is_own(viewer, row)) for row in ordered)


def plans_of(viewer: Viewer, person: OpenPerson) -> tuple[OpenPlan, ...]:
    """The organisation's own plan first, then those others share with it on a consent."""
    key = _key(person, "plan")
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
    key = _key(person, "plan")
    rows = standing_records(viewer, PlanItem).filter(person=person.id, plan__isnull=True)
    return tuple(_open_item(key, row, viewer) for row in _in_order(rows))


def item_of(viewer: Viewer, person: OpenPerson, item: UUID) -> Item:
    """One item of the viewer's own organisation. Raises PersonNotFoundError."""
    key = _key(person, "plan")
    row = _in_order(standing_records(viewer, PlanItem).filter(person=person.id, id=item)).first()
    if row is None:
        raise PersonNotFoundError
    return _open_item(key, row, viewer)


def _in_order(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    return rows.select_related("assignee", "assigned_to").order_by("position", "written_at")


def _open_item(key: bytes, row: PlanItem, viewer: Viewer) -> Item:
    return open_item(key, row, organisation=viewer.organisation, user=viewer.user)


def journal_of(
    viewer: Viewer, person: OpenPerson, *, page: str | int = 1
) -> tuple[tuple[Entry, ...], Page[JournalEntry]]:
    """A page of the journal, newest first."""
    key = _key(person, "journal")
    rows = standing_records(viewer, JournalEntry).filter(person=person.id).select_related("written_by")
    shown = Paginator(rows.order_by("-happened_at", "-written_at"), JOURNAL_PAGE).get_page(page)
    return tuple(open_entry(key, row, user=viewer.user) for row in shown.object_list), shown


def latest_entries(viewer: Viewer, person: OpenPerson, *, number: int = 3) -> tuple[Entry, ...]:
    key = _key(person, "journal")
    rows = standing_records(viewer, JournalEntry).filter(person=person.id).select_related("written_by")
    return tuple(open_entry(key, row, user=viewer.user) for row in rows.order_by("-happened_at")[:number])


def entry_of(viewer: Viewer, person: OpenPerson, entry: UUID) -> Entry:
    """Raises PersonNotFoundError."""
    key = _key(person, "journal")
    rows = standing_records(viewer, JournalEntry).select_related("written_by")
    row = rows.filter(person=person.id, id=entry).first()
    if row is None:
        raise PersonNotFoundError
    return open_entry(key, row, user=viewer.user)


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
    """Whether the viewer may see this journal entry; nothing of it is opened."""
    return standing_records(viewer, JournalEntry).filter(person=person, id=entry).exists()


def meetings_of(viewer: Viewer, person: OpenPerson) -> tuple[Meeting, ...]:
    """All appointments with the person, in order."""
    key = _key(person, "appointments")
    rows = standing_records(viewer, Appointment).filter(person=person.id).select_related("held_by")
    return tuple(open_meeting(key, row) for row in rows.order_by("starts_at"))


def meeting_of(viewer: Viewer, person: OpenPerson, appointment: UUID) -> Meeting:
    """Raises PersonNotFoundError."""
    key = _key(person, "appointments")
    rows = standing_records(viewer, Appointment).select_related("held_by")
    row = rows.filter(person=person.id, id=appointment).first()
    if row is None:
        raise PersonNotFoundError
    return open_meeting(key, row)


def papers_of(viewer: Viewer, person: OpenPerson) -> tuple[Paper, ...]:
    """The documents without their content, newest first."""
    key = _key(person, "documents")
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


def closing_of(viewer: Viewer, person: OpenPerson) -> Ended | None:
    """How the accompaniment ended, or None while it goes on. One that began anew after its end goes on."""
    key = _key(person, "closing")
    rows = standing_records(viewer, Closing).filter(person=person.id, involvement__ended_at__isnull=True)
    row = rows.order_by("-closed_on", "-written_at").first()
    return open_closing(key, row) if row else None
