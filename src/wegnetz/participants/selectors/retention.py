"""What must go when: the kinds of data there are, when people left, and what is due, overdue or held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import chain
from operator import or_
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, Max, Model, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.utils import timezone
from django.utils.module_loading import import_string

from wegnetz.accounts.access import Role, Viewer
from wegnetz.audit.services import record_reading
from wegnetz.core.days import working_day
from wegnetz.participants.access import (
    FUNCTIONS,
    QUESTION,
    SEALED,
    WORKS_WITH_PEOPLE,
    holds_in_scope,
    in_force,
    involvements_in_scope,
)  # fmt: skip
from wegnetz.participants.models import Consent, Hold, Involvement, Person, RetentionReport
from wegnetz.participants.openings import open_hold_reason
from wegnetz.participants.selectors.involved import UnrecordedError
from wegnetz.participants.selectors.people import OpenPerson, display_names
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.retention import SOON, UNDO, After, Due, Keeping, last_day, state_on
from wegnetz.vault.selectors import key_of, keys_of

# Person, organisation, and the function in which it accompanies them; "" stands for the organisation as a whole.
Way = tuple[UUID, UUID, str]
LEADING = FUNCTIONS[Role.CASE_MANAGER]
OPEN = "open"
LEAVING_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """A table whose rows belong to a person and an organisation, and the class of the pack that says how long.

    `began` is the moment from which a class counts that counts from the recording; `deleted` is the moment at which
    somebody deleted a row, who can bring it back for a while. Where `retention` is empty, the column `kind` of a row
    names the kind of document, and the pack names its class. `sealed` is a class of its own for what is sealed, where
    the pack has one. `function` is the column that says in which function a row was written; rows that are `led` belong
    to leading the way, and the rest to no function.
    What is `led` belongs to who leads now, whoever wrote it down, and goes when nobody accompanies the person any more;
    the rest goes with who wrote it.
    `secrecy` is the column that says whether colleagues may know of a row. `proof` says that rows show only that
    somebody was asked, and outlast the rest. What fulfils `unless` still has something resting on it, and stays.
    """

    name: str
    table: type[Model]
    began: str
    retention: str = ""
    sealed: str = ""
    deleted: str = ""
    function: str = ""
    led: bool = False
    secrecy: str = ""
    proof: bool = False
    unless: Q = field(default_factory=Q)

    @property
    def rows(self) -> QuerySet[Model]:
        rows = self.table._default_manager.all()
        return rows.exclude(self.unless) if self.unless else rows

    @property
    def owner(self) -> str:
        """The column that says with which organisation a row goes."""
        return "person__organisation" if self.led else "organisation"

    def of(self, function: str) -> QuerySet[Model]:
        """The rows that belong to a function, or to none."""
        if self.function:
            return self.rows.filter(**{self.function: function})
        return self.rows if function == (LEADING if self.led else "") else self.rows.none()


def kinds() -> tuple[Kind, ...]:
    """All kinds there are: one table in `config` names them, because packages above this one add theirs."""
    return cast("tuple[Kind, ...]", import_string(settings.RETENTION))


def keepings(kind: Kind, pack: Pack) -> Iterator[tuple[Q, Keeping]]:
    """How long rows of a kind are kept, with the condition that chooses them."""
    classes = {entry.id: Keeping(entry.days, After(entry.after)) for entry in pack.retention if entry.after}
    if kind.sealed in classes:
        is_sealed = Q(**{kind.secrecy: SEALED})
        yield is_sealed, classes[kind.sealed]
        if kind.retention in classes:
            yield ~is_sealed, classes[kind.retention]
        return
    if kind.retention:
        if kind.retention in classes:
            yield Q(), classes[kind.retention]
        return
    for document, retention in pack.care.document_kinds.items():
        if retention in classes:
            yield Q(kind=document), classes[retention]


def exits(people: Iterable[UUID] | None = None) -> dict[Way, date]:
    """The day on which each organisation stopped accompanying a person in a function, and altogether.

    What goes on is left out. Each function counts by itself, so that no end of one tells of another.
    """
    rows = Involvement.objects.all() if people is None else Involvement.objects.filter(person__in=list(people))
    found: dict[Way, date] = {}
    running: set[Way] = set()
    for person, organisation, function, day in _ends(rows, Consent.objects.all()):
        for way in ((person, organisation, function), (person, organisation, "")):
            if day is None:
                running.add(way)
            else:
                found[way] = max(found.get(way, date.min), day)
    return {way: day for way, day in found.items() if way not in running}


def led_exits() -> dict[Way, date]:
    """Since when nobody accompanies a person any more, by who led last: from then on goes what belongs to leading.

    While anybody still does, whoever leads next finds it. Of others counts only what is known: how long answers stay
    must not tell of work that is sealed, nor of what a sealed function asked. Where nothing is left that could say
    since when, it is since the person came.
    """
    leading = Involvement.objects.filter(function=LEADING, organisation=F("person__organisation"))
    openly = Consent.objects.exclude(asked_secrecy=SEALED)
    known = Involvement.objects.exclude(secrecy=SEALED).exclude(consent__asked_secrecy=SEALED)
    last: dict[UUID, date] = {}
    for person, _organisation, _function, day in chain(_ends(leading, Consent.objects.all()), _ends(known, openly)):
        last[person] = max(last.get(person, date.min), day or date.max)
    of_them = [Q(Exists(kind.rows.filter(person=OuterRef("pk")))) for kind in kinds() if kind.led]
    people = Person.objects.filter(reduce(or_, of_them)).values_list("id", "organisation_id", "registered_on")
    ended = {(person, led_by, LEADING): last.get(person, came) for person, led_by, came in people}
    return {way: day for way, day in ended.items() if day < date.max}


def _ends(rows: QuerySet[Involvement], answers: QuerySet[Consent]) -> Iterator[tuple[UUID, UUID, str, date | None]]:
    """Person, organisation and function of involvements, and the day each ended; None where it goes on.

    `answers` are those that may renew the consent of one.
    """
    today = working_day()
    going = set(rows.filter(in_force(today, among=answers), closed_on__isnull=True).values_list("id", flat=True))
    columns = ("id", "person_id", "organisation_id", "function", "closed_on", "ended_on", "consent__withdrawn_on")
    for row, person, organisation, function, *days, last in rows.values_list(*columns, _last_yes(answers)):
        over = [day for day in (*days, last if last and last < today else None) if day is not None]
        yield person, organisation, function, None if row in going or not over else min(over)


def left_behind() -> dict[Way, date]:
    """Where only consents are left of the work in a function: others rested on them when the rest of it went.

    The day is that of the last of them. They are due as soon as nothing rests on them any more.
    """
    asked_in_it = Involvement.objects.filter(
        person=OuterRef("person"), organisation=OuterRef("organisation"), function=OuterRef("asked_in")
    )
    left = Consent.objects.filter(~Exists(asked_in_it)).values_list("person_id", "organisation_id", "asked_in")
    return {(*way, function): timezone.localdate(last) for *way, function, last in left.annotate(Max("recorded_at"))}


def _last_yes(answers: QuerySet[Consent]) -> Subquery:
    """The last day of an involvement's consent: that of the latest Yes to its question that was not taken back."""
    question = {part: OuterRef(f"consent__{part}") for part in QUESTION}
    same = answers.filter(answer="given", withdrawn_at__isnull=True, **question)
    return Subquery(same.order_by(F("until").desc(nulls_first=True)).values("until")[:1])


def held(on: date) -> set[Way]:
    """What organisations keep longer of people in a function, for a reason that was written down."""
    rows = Hold.objects.filter(until__gte=on, lifted_on__isnull=True)
    return set(rows.values_list("person_id", "organisation_id", "function"))


@dataclass(frozen=True, slots=True)
class DueRows:
    """Rows of one kind of one organisation and function that share a state. `secrecy`: who may know their number."""

    kind: Kind
    organisation: UUID
    function: str
    secrecy: str
    state: Due
    rows: QuerySet[Model]


def due_rows(pack: Pack, on: date) -> Iterator[DueRows]:
    """Everything that is due soon, due or overdue on a day, and that no hold keeps."""
    ended, ended_led, holds = left_behind() | exits(), led_exits(), held(on)
    for kind in kinds():
        for organisation, function, state, rows in _groups(kind, pack, ended_led if kind.led else ended, holds, on):
            for secrecy, those in _apart(kind, function, rows, pack):
                yield DueRows(kind, organisation, function, secrecy, state, those)


Group = tuple[UUID, str, Due, QuerySet[Model]]  # organisation, function, state, rows


def _groups(kind: Kind, pack: Pack, ways: Mapping[Way, date], holds: set[Way], on: date) -> Iterator[Group]:
    """By the classes of the pack, and what somebody deleted when it can no longer be brought back.

    What somebody deleted goes soon anyway: it is counted as such once.
    """
    standing = Q(**{f"{kind.deleted}__isnull": True}) if kind.deleted else Q()
    if kind.deleted:
        undo = Keeping(UNDO.days, After.RECORDED)
        yield from _by_recording(replace(kind, began=kind.deleted), undo, Q(), ways, holds, on)
    for condition, keeping in keepings(kind, pack):
        due = _by_recording if keeping.after is After.RECORDED else _by_exit
        for organisation, function, state, rows in due(kind, keeping, condition, ways, holds, on):
            yield organisation, function, state, rows.filter(standing) if state is Due.SOON else rows


def _by_exit(
    kind: Kind, keeping: Keeping, condition: Q, ended: Mapping[Way, date], holds: set[Way], on: date
) -> Iterator[Group]:  # fmt: skip
    people: dict[tuple[UUID, str, Due], list[UUID]] = defaultdict(list)
    # What belongs to leading the way is held by a hold of whoever leads, or did.
    kept = {person for person, _organisation, function in holds if kind.led and function == LEADING}
    for way, day in ended.items():
        state = state_on(last_day(keeping, day), on)
        person, organisation, function = way
        if state is not Due.LATER and way not in holds and person not in kept:
            people[organisation, function, state].append(person)
    for (organisation, function, state), those in sorted(people.items()):
        if bool(function) is bool(kind.function or kind.led):
            rows = kind.of(function).filter(condition, person__in=those, **{kind.owner: organisation})
            yield organisation, function, state, rows


def _by_recording(
    kind: Kind, keeping: Keeping, condition: Q, _ended: Mapping[Way, date], holds: set[Way], on: date
) -> Iterator[Group]:  # fmt: skip
    if keeping.days is None:
        return
    days: dict[tuple[UUID, str, Due], set[date]] = defaultdict(set)
    long_ago = Q(**{f"{kind.began}__date__lte": on - timedelta(days=keeping.days) + SOON})
    function_of = F(kind.function) if kind.function else Value(LEADING if kind.led else "")
    near = kind.rows.filter(condition, long_ago).values_list(kind.owner, function_of, f"{kind.began}__date")
    for organisation, function, began in near.distinct():
        days[organisation, function, state_on(last_day(keeping, began), on)].add(began)
    for (organisation, function, state), began_on in sorted(days.items()):
        kept = [person for person, by, held in holds if held == function and (kind.led or by == organisation)]
        of = {kind.owner: organisation, f"{kind.began}__date__in": began_on}
        chosen = kind.of(function).filter(condition, **of)
        yield organisation, function, state, chosen.exclude(person__in=kept)


def _apart(kind: Kind, function: str, rows: QuerySet[Model], pack: Pack) -> Iterator[tuple[str, QuerySet[Model]]]:
    """Rows of a group by their secrecy. A function that the pack does not know is taken as sealed."""
    card = pack.functions.get(function)
    if function and (card is None or card.secrecy == SEALED):
        yield SEALED, rows
    elif kind.secrecy:
        hidden = Q(**{kind.secrecy: SEALED})
        yield OPEN, rows.exclude(hidden)
        yield SEALED, rows.filter(hidden)
    else:
        yield OPEN, rows


@dataclass(frozen=True, slots=True)
class StandingHold:
    """A hold that stands, with its reason."""

    id: UUID
    reason: str
    until: date
    set_by: str
    set_at: datetime


def holds_of(viewer: Viewer, person: OpenPerson) -> tuple[StandingHold, ...]:
    """The holds in the viewer's function that stand, on a person whose page recorded "hold"."""
    if "hold" not in person.recorded:
        raise UnrecordedError("hold")
    standing = Q(person=person.id, lifted_on__isnull=True, until__gte=working_day())
    rows = holds_in_scope(viewer).filter(standing).select_related("set_by")
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


@dataclass(frozen=True, slots=True)
class Report:
    """How many rows of a kind the last run left, deleted and found overdue, as far as the viewer may know."""

    kind: str
    soon: int
    deleted: int
    overdue: int
    reported_at: datetime


def reports_of(viewer: Viewer, *, pack: Pack) -> tuple[Report, ...]:
    """What the last run of the job did in the viewer's function; for a lead, in all functions that are not sealed.

    Rows that are sealed are counted for those alone who work in a sealed function.
    """
    reports = RetentionReport.objects.filter(organisation=viewer.organisation)
    if viewer.role in WORKS_WITH_PEOPLE:
        reports = reports.filter(function=FUNCTIONS[viewer.role])
    elif viewer.role is not Role.LEAD:
        return ()
    card = pack.functions.get(FUNCTIONS.get(viewer.role, ""))
    if card is None or card.secrecy != SEALED:
        reports = reports.filter(secrecy=OPEN)
    last = reports.order_by("-on").values_list("on", flat=True)[:1]
    numbers = (Sum("soon"), Sum("deleted"), Sum("overdue"), Max("reported_at"))
    rows = reports.filter(on=Subquery(last)).values("kind").annotate(*numbers).order_by("kind")
    return tuple(Report(*row) for row in rows.values_list("kind", *(each.default_alias for each in numbers)))
