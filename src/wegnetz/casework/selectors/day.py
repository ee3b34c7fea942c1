"""A member of staff's day: who comes, what waits for them, and who of their people has no next step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from wegnetz.accounts.access import Membership, Role, Viewer, at_work
from wegnetz.audit.services import record_reading
from wegnetz.casework.access import items_shared_with, referrals_received, referrals_sent
from wegnetz.casework.models import Appointment, Closing, Draft, JournalEntry, Plan, PlanItem, Referral
from wegnetz.casework.openings import Meeting, open_item, open_meeting
from wegnetz.casework.selectors.caseload import next_items
from wegnetz.participants.access import (
    FUNCTIONS,
    QUESTION,
    SEALED,
    colleagues,
    consents_in_scope,
    glasses_to_confirm,
    glasses_to_tell,
    involvements_in_scope,
    logged_as,
    open_involvements,
    standing_records,
    stands,
)  # fmt: skip
from wegnetz.participants.models import Record
from wegnetz.participants.selectors import categories_of, display_names
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.referrals import Status
from wegnetz.vault.selectors import keys_of, still_kept

AHEAD = timedelta(days=7)
CONSENT_AHEAD = timedelta(days=30)
ANSWERS_SHOWN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """Records that somebody asks about from a day on, which stands in the column `due`; `what` is the kind of to-do."""

    what: str
    table: type[Record]
    due: str


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the viewer. `what` is one of the kinds below; `about` the row it leads to.

    task, review, referral-in, referral-answer, note-missing, follow-up, glass-confirm, glass-tell, consent, draft, and
    those of `settings.FOLLOWED_UP`
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
class Unattended:
    """How many people nobody is responsible for any more, how much is due for them, and the day that is most urgent."""

    people: int
    due: int
    first: date | None


@dataclass(frozen=True, slots=True)
class Day:
    """Everything the start page shows."""

    stops: tuple[Stop, ...]
    todos: tuple[Todo, ...]
    people: tuple[NextStep, ...]
    unattended: Unattended


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Midnight to midnight in local time."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    return start, timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@dataclass(frozen=True, slots=True)
class _Care:
    """Involvements with their people: those the viewer is responsible for, and those for which nobody is any more.

    `others` do what the viewer does and still work there: what is theirs to do is not the viewer's.
    """

    user: UUID
    others: QuerySet[Membership, UUID]
    own: Mapping[UUID, UUID]
    alone: Mapping[UUID, UUID]
    going: tuple[UUID, ...]

    @property
    def either(self) -> list[UUID]:
        return [*self.own, *self.alone]

    def falls_to(self, who: str) -> Q:
        """What is the viewer's to do, and what somebody was to do who left, about these people."""
        left = Q(**{f"{who}__isnull": False}) & ~Q(**{f"{who}__in": self.others})
        return Q(**{who: self.user}) | Q(left, involvement__in=self.either)

    def is_alone(self, row: Record | Referral, who: UUID | None) -> bool:
        """Whether what `who` is to do waits for nobody."""
        return row.involvement_id in self.alone and who != self.user


@dataclass(frozen=True, slots=True)
class _Found:
    """A to-do before anything is opened. `item` is the row whose title is sealed; colleagues are not shown what is
    `protected`; what is `alone` is about somebody nobody is responsible for."""

    what: str
    person: UUID
    due: date | None
    about: UUID
    item: PlanItem | None = None
    protected: bool = False
    alone: bool = False


def my_day(viewer: Viewer, *, day: date, pack: Pack) -> Day:
    """Appointments, to-dos and caseload of the viewer, after recording whose names are shown."""
    care = _care(viewer)
    today, waiting = _waiting(viewer, day, care)
    found = [entry for entry in waiting if not entry.alone]
    items = next_items(viewer, care.going)
    known = {*care.going, *(row.person_id for row in today), *(entry.person for entry in found if not entry.protected)}
    shown = {*known, *(entry.person for entry in found)}
    kept = still_kept({*shown, *care.alone.values()})
    unattended = _unattended(kept.intersection(care.alone.values()), waiting, day)
    people = kept & shown
    if not people:
        return Day((), (), (), unattended)
    _record(viewer, people & known, "name, plan, appointments")
    _record(viewer, people - known, f"name, {logged_as('referral', SEALED)}")
    keys = keys_of(people)
    names = display_names(viewer, people, keys=keys, pack=pack)
    return Day(
        tuple(Stop(open_meeting(keys[row.person_id], row), names.get(row.person_id, "")) for row in today
              if row.person_id in keys),
        _opened(viewer, found, keys, names),
        _caseload(viewer, care.going, items, keys, names),
        unattended,
    )  # fmt: skip


def _unattended(people: Collection[UUID], waiting: Iterable[_Found], day: date) -> Unattended:
    days = [entry.due for entry in waiting if entry.alone and entry.due and entry.person in people]
    return Unattended(len(people), sum(due <= day for due in days), min(days, default=None))


def _record(viewer: Viewer, people: Collection[UUID], category: str) -> None:
    if people:
        record_reading(viewer.actor, "list", subjects=people, category=category, purpose="start page")


def things_due(viewer: Viewer, *, day: date) -> int:
    """How many things wait for the viewer by `day`, the appointments of that day among them. Nothing is opened."""
    today, waiting = _waiting(viewer, day, _care(viewer))
    about = [appointment.person_id for appointment in today if appointment.state == "planned"]
    about += [entry.person for entry in waiting if not entry.alone and entry.due is not None and entry.due <= day]
    kept = still_kept(set(about)) if about else set()
    return sum(person in kept for person in about)


def _care(viewer: Viewer) -> _Care:
    others = colleagues(viewer).exclude(user=viewer.user)
    rows = involvements_in_scope(viewer).filter(~Q(responsible__in=others))
    found = list(rows.values_list("id", "person", "responsible", "closed_on"))
    return _Care(
        viewer.user,
        others,
        {row: person for row, person, who, _closed in found if who == viewer.user},
        {row: person for row, person, who, _closed in found if who != viewer.user},
        tuple(person for _row, person, who, closed in found if who == viewer.user and closed is None),
    )


def _waiting(viewer: Viewer, day: date, care: _Care) -> tuple[list[Appointment], list[_Found]]:
    """The appointments of the day, and what waits; among it whatever waits for nobody."""
    appointments = _appointments(viewer, day, care)
    start, _end = day_bounds(day)
    mine = [row for row in appointments if not care.is_alone(row, row.held_by_id)]
    today = [row for row in mine if row.starts_at >= start]
    return today, [
        *_from_plans(viewer, day, care), *_from_referrals(viewer, day, care), *_from_the_rest(viewer, day, care),
        *_followed_up(viewer, day, care),
        *(_of_meeting(row) for row in mine if row.ends_at < start),
        *(replace(_of_meeting(row), alone=True) for row in appointments if row not in mine and row.state == "planned"),
    ]  # fmt: skip


def _appointments(viewer: Viewer, day: date, care: _Care) -> list[Appointment]:
    """Those from before the day of which nobody wrote what came of them, and those of the day."""
    start, end = day_bounds(day)
    left = Q(state="planned", ends_at__lt=start)
    rows = standing_records(viewer, Appointment).filter(
        left | Q(starts_at__gte=start, starts_at__lt=end), care.falls_to("held_by")
    )  # fmt: skip
    return list(rows.select_related("held_by").order_by("starts_at"))


def _of_meeting(row: Appointment) -> _Found:
    return _Found("note-missing", row.person_id, timezone.localdate(row.starts_at), row.id)


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


def _from_plans(viewer: Viewer, day: date, care: _Care) -> Iterable[_Found]:
    mine = Q(assignee=viewer.user) | Q(assigned_to=viewer.organisation, assignee__isnull=True)
    # What a person does themselves is seen with their next step, and that by who is responsible alone.
    unseen = Q(involvement__in=list(care.alone), assignee__isnull=True, kind__in=[PlanItem.STEP, PlanItem.TASK])
    soon = Q(due_on__isnull=True) | Q(due_on__lte=day + AHEAD)
    own = standing_records(viewer, PlanItem).filter(
        mine | care.falls_to("assignee") | unseen, soon, state="open"
    )  # fmt: skip
    given = list(_related(items_shared_with(viewer).filter(mine & soon, state="open")))
    # What was given to an organisation is told to those there whose consent covers the plan.
    opened = categories_of(viewer, {row.person_id for row in given}, pack=active_pack()) if given else {}
    for row in [*_related(own), *(row for row in given if "plan" in opened.get(row.person_id, ()))]:
        yield _Found("task", row.person_id, row.due_on, row.id, row, alone=care.is_alone(row, row.assignee_id))
    plans = standing_records(viewer, Plan).filter(
        review_on__lte=day + AHEAD, involvement__in=care.either, involvement__closed_on__isnull=True
    )  # fmt: skip
    for plan in plans:
        yield _Found("review", plan.person_id, plan.review_on, plan.id, alone=plan.involvement_id in care.alone)


def _related(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    return rows.select_related("assignee", "assigned_to")


def _from_referrals(viewer: Viewer, day: date, care: _Care) -> Iterable[_Found]:
    for row in referrals_received(viewer).filter(status=Status.OFFERED):
        protected = SEALED in {row.secrecy, row.sent_secrecy}
        yield _Found("referral-in", row.person_id, row.offered_on, row.id, protected=protected)
    since = day - ANSWERS_SHOWN
    answered = Q(status=Status.DECLINED, answered_on__gte=since) | Q(status=Status.DONE, done_on__gte=since)
    # Also to who is responsible now: the sender may have handed the person on.
    ours = care.falls_to("offered_by") | Q(involvement__in=list(care.own))
    for row in referrals_sent(viewer).filter(answered, ours).exclude(secrecy=SEALED):
        alone = care.is_alone(row, row.offered_by_id)
        yield _Found("referral-answer", row.person_id, row.done_on or row.answered_on, row.id, alone=alone)


def _from_the_rest(viewer: Viewer, day: date, care: _Care) -> Iterable[_Found]:
    due = standing_records(viewer, Closing).filter(
        follow_up_on__lte=day + AHEAD, followed_up_on__isnull=True, involvement__in=care.either
    )  # fmt: skip
    for closing in due:
        alone = closing.involvement_id in care.alone
        yield _Found("follow-up", closing.person_id, closing.follow_up_on, closing.id, alone=alone)
    for glass in glasses_to_tell(viewer):
        yield _Found("glass-tell", glass.person_id, timezone.localdate(glass.requested_at), glass.id)
    ending = consents_in_scope(viewer).filter(
        stands(day), until__lte=day + CONSENT_AHEAD, organisation=viewer.organisation,
        person__in=[*care.own.values(), *care.alone.values()],
    ).exclude(~Q(recipient=viewer.organisation), secrecy=SEALED)  # fmt: skip
    # What opens no door may name somebody besides, and only the sealed text says whom: each such answer is shown.
    longer = Q(until__isnull=True) | Q(until__gt=OuterRef("until"))
    same = {part: OuterRef(part) for part in QUESTION}
    renewed = consents_in_scope(viewer).filter(stands(day), longer, **same).exclude(function="")
    for consent in ending.exclude(Exists(renewed)):
        alone = consent.person_id in care.alone.values()
        yield _Found("consent", consent.person_id, consent.until, consent.id, alone=alone)
    for draft in standing_records(viewer, Draft):
        yield _Found("draft", draft.person_id, timezone.localdate(draft.written_at), draft.id)


def _followed_up(viewer: Viewer, day: date, care: _Care) -> Iterable[_Found]:
    """Asked by who wrote it down and by who is responsible, until the accompaniment is closed; not before its day."""
    ours = care.falls_to("written_by") | Q(involvement__in=list(care.own))
    # One table in `config` names them, because packages beside this one add theirs.
    for kind in cast("tuple[FollowedUp, ...]", import_string(settings.FOLLOWED_UP)):
        due = Q(**{f"{kind.due}__lte": day})
        rows = standing_records(viewer, kind.table).filter(ours, due, involvement__closed_on__isnull=True)
        for row in rows.defer("box"):
            alone = care.is_alone(row, row.written_by_id)
            yield _Found(kind.what, row.person_id, getattr(row, kind.due), row.id, alone=alone)


def _caseload(
    viewer: Viewer, people: Iterable[UUID], items: Mapping[UUID, PlanItem], keys: Mapping[UUID, bytes],
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
    """How many people a colleague is responsible for; `name` is empty for those for whom nobody is any more."""

    name: str
    people: int


def caseload_numbers(viewer: Viewer) -> tuple[Load, ...]:
    """The load of each colleague, for their lead: numbers only, nothing of sealed involvements or of who is erased."""
    going = open_involvements(viewer).filter(closed_on__isnull=True)
    rows = set(going.values_list("responsible", "responsible__name", "function", "person"))
    roles = at_work().filter(organisation=viewer.organisation).values_list("user", "role")
    there = {(user, FUNCTIONS.get(Role(role))) for user, role in roles}
    kept = still_kept({person for *_who, person in rows}) if rows else set()
    loads: defaultdict[tuple[str, UUID | None], set[UUID]] = defaultdict(set)
    for user, name, function, person in rows:
        if person in kept:
            loads[(name, user) if (user, function) in there else ("", None)].add(person)
    return tuple(sorted((Load(name, len(people)) for (name, _user), people in loads.items()), key=astuple))
