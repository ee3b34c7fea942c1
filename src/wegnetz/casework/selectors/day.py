"""A member of staff's day: who comes, what waits for them, and who of their people has no next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.casework.access import items_shared_with, referrals_received, referrals_sent, standing_records
from wegnetz.casework.models import Appointment, Closing, Draft, JournalEntry, Plan, PlanItem
from wegnetz.casework.openings import Meeting, open_item, open_meeting
from wegnetz.casework.selectors.caseload import next_items
from wegnetz.participants.access import (
    QUESTION,
    SEALED,
    consents_in_scope,
    glasses_to_confirm,
    glasses_to_tell,
    involvements_in_scope,
    logged_as,
    open_involvements,
    stands,
)  # fmt: skip
from wegnetz.participants.selectors import categories_of, display_names
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.referrals import Status
from wegnetz.vault.selectors import keys_of, still_kept

AHEAD = timedelta(days=7)
CONSENT_AHEAD = timedelta(days=30)
ANSWERS_SHOWN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the viewer. `what` is one of the kinds below; `about` the row it leads to.

    task, review, referral-in, referral-answer, note-missing, follow-up, glass-confirm, glass-tell, consent, draft
    """

    what: str
    person: UUID | None
    name: str
    title: str
    due: date | None
    about: UUID


@dataclass(frozen=True, slots=True)
class Stop:
    """An appointment of the day with the person's name."""

    meeting: Meeting
    name: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """A person of the caseload with the next thing that has a day; `last_spoken` where there is none."""

    person: UUID
    name: str
    title: str
    due: date | None
    last_spoken: date | None


@dataclass(frozen=True, slots=True)
class Day:
    """Everything the start page shows."""

    stops: tuple[Stop, ...]
    todos: tuple[Todo, ...]
    people: tuple[NextStep, ...]


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Midnight to midnight in local time."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    return start, timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@dataclass(frozen=True, slots=True)
class _Found:
    """A to-do before anything is opened. `item` is the row whose title is sealed; colleagues are not shown what is
    `protected`."""

    what: str
    person: UUID
    due: date | None
    about: UUID
    item: PlanItem | None = None
    protected: bool = False


def my_day(viewer: Viewer, *, day: date, pack: Pack) -> Day:
    """Appointments, to-dos and caseload of the viewer, after recording whose names are shown."""
    past, today = _appointments(viewer, day)
    found = _waiting(viewer, day, past)
    ours = list(_own_people(viewer))
    items = next_items(viewer, ours)
    known = {*ours, *(row.person_id for row in today), *(entry.person for entry in found if not entry.protected)}
    people = still_kept({*known, *(entry.person for entry in found)})
    if not people:
        return Day((), (), ())
    _record(viewer, people & known, "name, plan, appointments")
    _record(viewer, people - known, f"name, {logged_as('referral', SEALED)}")
    keys = keys_of(people)
    names = display_names(viewer, people, keys=keys, pack=pack)
    return Day(
        tuple(Stop(open_meeting(keys[row.person_id], row), names.get(row.person_id, "")) for row in today
              if row.person_id in keys),
        _opened(viewer, found, keys, names),
        _caseload(viewer, ours, items, keys, names),
    )  # fmt: skip


def _record(viewer: Viewer, people: Collection[UUID], category: str) -> None:
    if people:
        record_reading(viewer.actor, "list", subjects=people, category=category, purpose="start page")


def things_due(viewer: Viewer, *, day: date) -> int:
    """How many things wait for the viewer by `day`, the appointments of that day among them. Nothing is opened."""
    past, today = _appointments(viewer, day)
    found = _waiting(viewer, day, past)
    coming = sum(appointment.state == "planned" for appointment in today)
    return coming + sum(entry.due is not None and entry.due <= day for entry in found)


def _appointments(viewer: Viewer, day: date) -> tuple[list[Appointment], list[Appointment]]:
    """The viewer's own: those from before the day of which nobody wrote what came of them, and those of the day."""
    start, end = day_bounds(day)
    left = Q(state="planned", ends_at__lt=start)
    own = standing_records(viewer, Appointment).filter(
        left | Q(starts_at__gte=start, starts_at__lt=end), held_by=viewer.user
    )  # fmt: skip
    rows = list(own.select_related("held_by").order_by("starts_at"))
    return [row for row in rows if row.ends_at < start], [row for row in rows if row.starts_at >= start]


def _waiting(viewer: Viewer, day: date, past: Iterable[Appointment]) -> list[_Found]:
    return [
        *_from_plans(viewer, day), *_from_referrals(viewer, day), *_from_the_rest(viewer, day),
        *(_Found("note-missing", row.person_id, timezone.localdate(row.starts_at), row.id) for row in past),
    ]  # fmt: skip


def _opened(
    viewer: Viewer, found: Iterable[_Found], keys: Mapping[UUID, bytes], names: Mapping[UUID, str]
) -> tuple[Todo, ...]:
    """The most urgent first; what has no day comes last."""
    todos = [
        Todo(entry.what, entry.person, names.get(entry.person, ""), _title(viewer, entry, keys), entry.due, entry.about)
        for entry in found
        if entry.person in keys
    ]
    return tuple(sorted(todos, key=lambda todo: (todo.due or date.max, todo.what, todo.name)))


def _title(viewer: Viewer, entry: _Found, keys: Mapping[UUID, bytes]) -> str:
    if entry.item is None:
        return ""
    return open_item(keys[entry.person], entry.item, organisation=viewer.organisation, user=viewer.user).title


def _own_people(viewer: Viewer) -> Iterable[UUID]:
    """The people for whom the viewer is responsible and whose way goes on."""
    mine = involvements_in_scope(viewer).filter(responsible=viewer.user, closed_on__isnull=True)
    return mine.values_list("person_id", flat=True)


def _from_plans(viewer: Viewer, day: date) -> Iterable[_Found]:
    mine = Q(assignee=viewer.user) | Q(assigned_to=viewer.organisation, assignee__isnull=True)
    soon = Q(due_on__isnull=True) | Q(due_on__lte=day + AHEAD)
    own = standing_records(viewer, PlanItem).filter(mine & soon, state="open")
    given = list(_related(items_shared_with(viewer).filter(mine & soon, state="open")))
    # What was given to an organisation is told to those there whose consent covers the plan.
    opened = categories_of(viewer, {row.person_id for row in given}, pack=active_pack()) if given else {}
    for row in [*_related(own), *(row for row in given if "plan" in opened.get(row.person_id, ()))]:
        yield _Found("task", row.person_id, row.due_on, row.id, row)
    plans = standing_records(viewer, Plan).filter(
        review_on__lte=day + AHEAD, involvement__responsible=viewer.user, involvement__closed_on__isnull=True
    )  # fmt: skip
    for plan in plans:
        yield _Found("review", plan.person_id, plan.review_on, plan.id)


def _related(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    return rows.select_related("assignee", "assigned_to")


def _from_referrals(viewer: Viewer, day: date) -> Iterable[_Found]:
    for row in referrals_received(viewer).filter(status=Status.OFFERED):
        protected = SEALED in {row.secrecy, row.sent_secrecy}
        yield _Found("referral-in", row.person_id, row.offered_on, row.id, protected=protected)
    since = day - ANSWERS_SHOWN
    answered = Q(status=Status.DECLINED, answered_on__gte=since) | Q(status=Status.DONE, done_on__gte=since)
    # Also of who sent it and is not there any more.
    ours = Q(offered_by=viewer.user) | Q(involvement__responsible=viewer.user)
    for row in referrals_sent(viewer).filter(answered, ours).exclude(secrecy=SEALED):
        yield _Found("referral-answer", row.person_id, row.done_on or row.answered_on, row.id)


def _from_the_rest(viewer: Viewer, day: date) -> Iterable[_Found]:
    due = standing_records(viewer, Closing).filter(
        follow_up_on__lte=day + AHEAD, followed_up_on__isnull=True, involvement__responsible=viewer.user
    )  # fmt: skip
    for closing in due:
        yield _Found("follow-up", closing.person_id, closing.follow_up_on, closing.id)
    for glass in glasses_to_tell(viewer):
        yield _Found("glass-tell", glass.person_id, timezone.localdate(glass.requested_at), glass.id)
    ending = consents_in_scope(viewer).filter(
        stands(day), until__lte=day + CONSENT_AHEAD, organisation=viewer.organisation,
        person__in=involvements_in_scope(viewer).filter(responsible=viewer.user).values("person"),
    ).exclude(~Q(recipient=viewer.organisation), secrecy=SEALED)  # fmt: skip
    # What opens no door may name somebody besides, and only the sealed text says whom: each such answer is shown.
    longer = Q(until__isnull=True) | Q(until__gt=OuterRef("until"))
    same = {part: OuterRef(part) for part in QUESTION}
    renewed = consents_in_scope(viewer).filter(stands(day), longer, **same).exclude(function="")
    for consent in ending.exclude(Exists(renewed)):
        yield _Found("consent", consent.person_id, consent.until, consent.id)
    for draft in standing_records(viewer, Draft):
        yield _Found("draft", draft.person_id, timezone.localdate(draft.written_at), draft.id)


def _caseload(
    viewer: Viewer, people: list[UUID], items: Mapping[UUID, PlanItem], keys: Mapping[UUID, bytes],
    names: Mapping[UUID, str],
) -> tuple[NextStep, ...]:  # fmt: skip
    without = [person for person in people if person not in items]
    spoken = standing_records(viewer, JournalEntry).filter(person__in=without).values("person")
    last = {row["person"]: row["last"] for row in spoken.annotate(last=Max("happened_at"))}
    steps = []
    for person in people:
        if person not in keys:
            continue
        row = items.get(person)
        title = open_item(keys[person], row, organisation=viewer.organisation, user=viewer.user).title if row else ""
        spoken_at = last.get(person)
        steps.append(
            NextStep(
                person, names.get(person, ""), title, row.due_on if row else None,
                timezone.localdate(spoken_at) if spoken_at else None,
            )
        )  # fmt: skip
    return tuple(sorted(steps, key=lambda step: (step.due or date.max, step.name)))


def glasses_waiting(viewer: Viewer) -> tuple[UUID, ...]:
    """Requests to break the glass that wait for the viewer as the second person."""
    return tuple(glasses_to_confirm(viewer).values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class Load:
    """How many people a colleague is responsible for; `name` is empty for those for whom nobody is."""

    name: str
    people: int


def caseload_numbers(viewer: Viewer) -> tuple[Load, ...]:
    """The load of each colleague, for their lead: numbers only, nothing of sealed involvements or of who is erased."""
    going = open_involvements(viewer).filter(closed_on__isnull=True)
    pairs = set(going.values_list("responsible__name", "person"))
    kept = still_kept({person for _name, person in pairs}) if pairs else set()
    loads = Counter(name or "" for name, person in pairs if person in kept)
    return tuple(Load(name, people) for name, people in sorted(loads.items()))
