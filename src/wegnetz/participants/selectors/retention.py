"""What must go when: the kinds of data there are, when people left, and what is due, overdue or held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.core.days import working_day
from wegnetz.participants.access import SEES_PEOPLE, holds_in_scope, involvements_in_scope
from wegnetz.participants.models import Hold, Involvement, RetentionReport
from wegnetz.participants.openings import open_hold_reason
from wegnetz.participants.selectors.involved import UnrecordedError
from wegnetz.participants.selectors.people import OpenPerson, display_names
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.retention import SOON, After, Due, Keeping, last_day, state_on
from wegnetz.vault.selectors import key_of, keys_of

Pair = tuple[UUID, UUID]  # person, organisation
LEAVING_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """A table whose rows belong to a person and an organisation, and the class of the pack that says how long.

    `began` is the moment from which a class counts that counts from the recording. Where `retention` is empty, the
    column `kind` of a row names the kind of document, and the pack names its class. `by_function` says that rows belong
    to an involvement; `proof`, that they show only that somebody was asked, and outlast the rest. What fulfils `unless`
    still has something resting on it, and stays.
    """

    name: str
    table: type[Model]
    began: str
    retention: str = ""
    by_function: bool = False
    proof: bool = False
    unless: Q = field(default_factory=Q)

    @property
    def rows(self) -> QuerySet[Model]:
        rows = self.table._default_manager.all()
        return rows.exclude(self.unless) if self.unless else rows


def kinds() -> tuple[Kind, ...]:
    """All kinds there are: one table in `config` names them, because packages above this one add theirs."""
    return cast("tuple[Kind, ...]", import_string(settings.RETENTION))


def keepings(kind: Kind, pack: Pack) -> Iterator[tuple[Q, Keeping]]:
    """How long rows of a kind are kept, with the condition that chooses them."""
    classes = {entry.id: Keeping(entry.days, After(entry.after)) for entry in pack.retention if entry.after}
    if kind.retention:
        if kind.retention in classes:
            yield Q(), classes[kind.retention]
        return
    for document, retention in pack.care.document_kinds.items():
        if retention in classes:
            yield Q(kind=document), classes[retention]


def exits(people: Iterable[UUID] | None = None) -> dict[Pair, date]:
    """The day on which each organisation stopped accompanying a person; those still accompanied are left out."""
    rows = Involvement.objects.all() if people is None else Involvement.objects.filter(person__in=list(people))
    columns = ("person_id", "organisation_id", "closed_on", "ended_on", "consent__withdrawn_on", "consent__until")
    found: dict[Pair, date] = {}
    running: set[Pair] = set()
    today = working_day()
    for person, organisation, *days, until in rows.values_list(*columns):
        over = [day for day in days if day is not None] + [until] * (until is not None and until < today)
        if over:
            found[person, organisation] = max(found.get((person, organisation), date.min), min(over))
        else:
            running.add((person, organisation))
    return {pair: day for pair, day in found.items() if pair not in running}


def held(on: date) -> set[Pair]:
    """The people whose data an organisation keeps longer, for a reason that was written down."""
    runs = Q(until__isnull=True) | Q(until__gte=on)
    return set(Hold.objects.filter(runs, lifted_on__isnull=True).values_list("person_id", "organisation_id"))


@dataclass(frozen=True, slots=True)
class DueRows:
    """Rows of one kind of one organisation that share a state."""

    kind: Kind
    organisation: UUID
    state: Due
    rows: QuerySet[Model]


def due_rows(pack: Pack, ended: Mapping[Pair, date], holds: set[Pair], on: date) -> Iterator[DueRows]:
    """Everything that is due soon, due or overdue on a day, among the rows of the pairs in `ended` and older ones."""
    for kind in kinds():
        for condition, keeping in keepings(kind, pack):
            rows = kind.rows.filter(condition)
            if keeping.after is After.RECORDED:
                yield from _by_recording(kind, keeping, rows, holds, on)
            else:
                yield from _by_exit(kind, keeping, rows, ended, holds, on)


def _by_exit(
    kind: Kind, keeping: Keeping, rows: QuerySet[Model], ended: Mapping[Pair, date], holds: set[Pair], on: date
) -> Iterator[DueRows]:
    people: dict[tuple[UUID, Due], list[UUID]] = defaultdict(list)
    for (person, organisation), day in ended.items():
        state = state_on(last_day(keeping, day), on)
        if state is not Due.LATER and (person, organisation) not in holds:
            people[organisation, state].append(person)
    for (organisation, state), those in sorted(people.items()):
        yield DueRows(kind, organisation, state, rows.filter(organisation=organisation, person__in=those))


def _by_recording(kind: Kind, keeping: Keeping, rows: QuerySet[Model], holds: set[Pair], on: date) -> Iterator[DueRows]:
    if keeping.days is None:
        return
    days: dict[tuple[UUID, Due], set[date]] = defaultdict(set)
    near = rows.filter(**{f"{kind.began}__date__lt": on - timedelta(days=keeping.days) + SOON})
    for organisation, began in near.values_list("organisation_id", f"{kind.began}__date").distinct():
        days[organisation, state_on(last_day(keeping, began), on)].add(began)
    for (organisation, state), began_on in sorted(days.items()):
        kept = [person for person, holder in holds if holder == organisation]
        chosen = near.filter(organisation=organisation, **{f"{kind.began}__date__in": began_on})
        yield DueRows(kind, organisation, state, chosen.exclude(person__in=kept))


@dataclass(frozen=True, slots=True)
class StandingHold:
    """A hold that stands, with its reason."""

    id: UUID
    reason: str
    until: date | None
    set_by: str
    set_at: datetime


def holds_of(viewer: Viewer, person: OpenPerson) -> tuple[StandingHold, ...]:
    """The holds of the viewer's organisation on a person whose page recorded "hold"."""
    if "hold" not in person.recorded:
        raise UnrecordedError("hold")
    rows = holds_in_scope(viewer).filter(person=person.id, lifted_on__isnull=True).select_related("set_by")
    key = key_of(person.id)
    return tuple(
        StandingHold(row.id, open_hold_reason(key, row), row.until, row.set_by.name, row.set_at)
        for row in rows.order_by("set_at")
    )


def leaving(viewer: Viewer, *, pack: Pack) -> tuple[tuple[UUID, str, date], ...]:
    """People whose accompaniment is closed and whose data begin to go: id, name and day of closing, oldest first."""
    closed = involvements_in_scope(viewer).filter(closed_on__isnull=False).order_by("closed_on", "id")
    rows = list(closed.values_list("person_id", "closed_on")[:LEAVING_SHOWN])
    if not rows:
        return ()
    people = [person for person, _day in rows]
    record_reading(viewer.actor, "list", subjects=people, category="name", purpose="keeping")
    keys = keys_of(people)
    names = display_names(viewer, people, keys=keys, pack=pack)
    return tuple((person, names[person], day) for person, day in rows if person in names and day is not None)


def reports_of(viewer: Viewer) -> list[RetentionReport]:
    """What the last run of the job left, deleted and found overdue in the viewer's organisation."""
    if viewer.role not in SEES_PEOPLE:
        return []
    reports = RetentionReport.objects.filter(organisation=viewer.organisation)
    last = reports.order_by("-on").values_list("on", flat=True).first()
    return list(reports.filter(on=last).order_by("kind")) if last else []
