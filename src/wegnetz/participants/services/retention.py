"""Let data go when their time is over, by itself; erase a person by destroying their key."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Model, ProtectedError, QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.selectors.heads import organisations_with_events
from wegnetz.audit.services import Actor, forget_events, record_act
from wegnetz.core.boxes import seal_json
from wegnetz.core.days import working_moment
from wegnetz.core.errors import DomainError
from wegnetz.core.events import emit
from wegnetz.core.scope import EVERYTHING, acting_as
from wegnetz.participants.access import FUNCTIONS, holds_in_scope
from wegnetz.participants.models import Hold, Involvement, Person, RetentionReport
from wegnetz.participants.openings import place_of_hold
from wegnetz.participants.selectors.doors import PersonNotFoundError
from wegnetz.participants.selectors.retention import LEADING, due_rows, exits, held, kinds
from wegnetz.participants.services.involvements import end_involvement
from wegnetz.participants.services.led import accompanied
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.retention import After, Due, longest_hold
from wegnetz.vault.selectors import still_kept
from wegnetz.vault.services import destroy_key, replay_erasures

log = logging.getLogger(__name__)
ACCESS_LOG = "access-log"
OVER = frozenset({Due.DUE, Due.OVERDUE})
Counted = tuple[UUID, str, str, str]  # organisation, kind, function, secrecy


class HeldError(DomainError):
    """A hold stands: these data must be kept for a reason that was written down."""


class HoldLengthError(DomainError):
    """A hold ends after the day on which it is set, and within a year. The argument is the last day that goes."""


@dataclass(frozen=True, slots=True)
class LetGo:
    """News: an organisation has deleted all it had about a person; perhaps nobody is left."""

    person: UUID


def apply_retention(*, on: date) -> Counter[str]:
    """Delete everything whose time is over on `on`, and erase the people of whom nothing is left. For the system.

    Returns how many rows went by kind, and how many people. What is still there afterwards stands in the reports.
    """
    pack = active_pack()
    gone: Counter[str] = Counter()
    reports: dict[Counted, Counter[str]] = {}
    for found in due_rows(pack, on):
        number = found.rows.count()
        counted = (found.organisation, found.kind.name, found.function, found.secrecy)
        report = reports.setdefault(counted, Counter())
        if found.state in OVER:
            number = _delete_or_leave(found.organisation, found.kind.name, found.rows)
            gone[found.kind.name] += number
            report["deleted"] += number
            report["overdue"] += found.rows.all().count()
        else:
            report[str(found.state)] += number
    for involvement in _enquiries_over(pack, on):
        end(involvement, on=on)
    gone["people"] = sum(erase_if_let_go(person, on=on, at=timezone.now()) for person in _left_by_all())
    _save_reports(reports, on)
    return gone


def _delete_or_leave(organisation: UUID, kind: str, rows: QuerySet[Model]) -> int:
    """What something else still rests on is left, and counts as overdue: it must not keep the rest from going."""
    try:
        return _delete(organisation, kind, rows)
    except ProtectedError:
        log.error("Rows of the kind %s could not be deleted: others still rest on them", kind)  # noqa: TRY400
        return 0


def _delete(organisation: UUID, kind: str, rows: QuerySet[Model]) -> int:
    with transaction.atomic():
        people = sorted(set(rows.values_list("person_id", flat=True)))
        if not people:
            return 0
        actor = Actor(None, "system", organisation)
        record_act(actor, "delete", subjects=people, category=kind, purpose="retention period")
        number = rows.count()
        rows.all().delete()
    return number


def _save_reports(reports: dict[Counted, Counter[str]], on: date) -> None:
    with transaction.atomic():
        RetentionReport.objects.filter(on=on).delete()
        RetentionReport.objects.bulk_create(
            RetentionReport(
                organisation_id=organisation, on=on, kind=kind, function=function, secrecy=secrecy,
                soon=counted["soon"], deleted=counted["deleted"], overdue=counted["overdue"],
                reported_at=timezone.now(),
            )
            for (organisation, kind, function, secrecy), counted in reports.items()
        )  # fmt: skip


def _enquiries_over(pack: Pack, on: date) -> Iterator[Involvement]:
    """Where somebody only asked: long enough ago, and the organisation never wrote anything down in this function.

    What others wrote does not count: how long somebody stays in a list must not tell of them.
    """
    keeping = next((entry for entry in pack.retention if entry.after == After.ENQUIRY and entry.days), None)
    if keeping is None:
        return
    before = on - timedelta(days=keeping.days or 0)
    asked = Involvement.objects.filter(
        began_on__lt=before, ended_at__isnull=True, closed_on__isnull=True,
        organisation=F("person__organisation"), began_on=F("person__registered_on"),
    )  # fmt: skip
    for involvement in asked:
        if not _anything_written(involvement):
            yield involvement


def end(involvement: Involvement, *, on: date) -> None:
    """Shut a door for the system."""
    involvement.ended_on, involvement.ended_at = on, timezone.now()
    involvement.save(update_fields=["ended_on", "ended_at"])


def _left_by_all() -> Iterator[UUID]:
    """Whom nobody accompanies, also where no involvement is left any more because a hold kept the rest for so long."""
    left = exits()
    ways = Involvement.objects.values_list("person_id", "organisation_id")
    accompanied_still = {person for person, organisation in ways if (person, organisation, "") not in left}
    yield from sorted(still_kept(set(Person.objects.values_list("id", flat=True)) - accompanied_still))


def _anything_written(involvement: Involvement) -> bool:
    """Whether its organisation has anything in its function but the proof that the person was asked."""
    return any(
        kind.of(involvement.function)
        .filter(person=involvement.person_id, **{kind.owner: involvement.organisation_id})
        .exists()
        for kind in kinds()
        if not kind.proof
    )


def anything_left(person: UUID) -> bool:
    """Whether anybody has anything about the person but the proof that they were asked."""
    return any(kind.rows.filter(person=person).exists() for kind in kinds() if not kind.proof)


def erase_if_let_go(person: UUID, *, on: date, at: datetime) -> bool:
    """Destroy the key of somebody whom every organisation has left and of whom nothing is left. For the system.

    A hold keeps the key too: without it, nothing could be read of what is held, not even why.
    """
    organisations = set(Involvement.objects.filter(person=person).values_list("organisation_id", flat=True))
    left = {organisation for _, organisation, function in exits([person]) if not function}
    row = Person.objects.filter(id=person).first()
    if row is None or organisations - left or anything_left(person) or not still_kept([person]):
        return False
    if any(held_of == person for held_of, _organisation, _function in held(on)):
        return False
    actor = Actor(None, "system", row.organisation_id)
    record_act(actor, "erase", subjects=[person], category="person", purpose="nothing is left")
    destroy_key(person, on=at)
    return True


def sweep_erased() -> int:
    """Delete what is still stored about people whose key is destroyed, such as after a restore. For the system.

    Nothing of it can be read any more; it goes all the same. Returns the number of rows.
    """
    people = list(Person.objects.values_list("id", flat=True))
    number = 0
    for person in sorted(set(people) - still_kept(people)):
        with transaction.atomic():
            for kind in kinds():
                if not kind.proof:
                    rows = kind.rows.filter(person=person)
                    number += rows.count()
                    rows.delete()
            for involvement in Involvement.objects.filter(person=person, ended_at__isnull=True):
                end(involvement, on=timezone.localdate())
    return number


def forget_erased() -> int:
    """After a restore: erase again whom the ledger names, and delete what came back. Returns how many people."""
    people = replay_erasures()
    sweep_erased()
    return people


def forget_log(*, on: date) -> int:
    """Empty the events that are older than the class of the access log allows. For the system. Returns how many.

    The links of the chain stay, so that what remains can still be proved.
    """
    days = next((entry.days for entry in active_pack().retention if entry.id == ACCESS_LOG), None)
    if days is None:
        return 0
    before = timezone.make_aware(datetime.combine(on - timedelta(days=days), time.min))
    number = 0
    for organisation in organisations_with_events():
        while gone := forget_events(before=before, by=Actor(None, "system", organisation)):
            number += gone
    return number


@transaction.atomic
def delete_here(person: UUID, *, on: date, by: Viewer) -> None:
    """Delete at once what the viewer's organisation has about the person in this function, and end the involvement.

    What others have stays theirs. Answers and decisions belong to who leads the way, whoever wrote them down; what a
    former lead holds is kept as long as the hold stands. Where nobody is left, the person's key is destroyed right
    afterwards; to the viewer it looks the same. Raises PersonNotFoundError; HeldError where a hold of this function
    stands.
    """
    door, *_rest = accompanied(by, person)
    function = FUNCTIONS[by.role]
    if (person, by.organisation, function) in held(on):
        raise HeldError
    for kind in kinds():
        if not kind.proof and not kind.led:
            kind.of(function).filter(person=person, organisation=by.organisation).delete()
    if door.leads:
        _delete_led(person, on)
    record_act(by.actor, "delete", subjects=[person], category="everything", purpose="asked for")
    end_involvement(person, on=on, by=by)
    emit(LetGo(person))


def _delete_led(person: UUID, on: date) -> None:
    with acting_as(EVERYTHING):  # what a former lead wrote down, and whether they hold it, is behind their door
        holding = [by for held_of, by, function in held(on) if (held_of, function) == (person, LEADING)]
        for kind in kinds():
            if kind.led:
                kind.rows.filter(person=person).exclude(organisation__in=holding).delete()


@transaction.atomic
def set_hold(person: UUID, *, reason: str, until: date, on: date, by: Viewer) -> UUID:
    """Keep longer what the organisation has of the person in this function, for a reason. Raises HoldLengthError."""
    door, _involvement, key = accompanied(by, person)
    if not on < until <= longest_hold(on):
        raise HoldLengthError(longest_hold(on))
    row = Hold(
        person=door.person, organisation_id=by.organisation, function=FUNCTIONS[by.role], set_at=working_moment(),
        set_by_id=by.user, until=until,
    )  # fmt: skip
    row.box = seal_json(key, {"reason": reason}, place_of_hold(row))
    row.save(force_insert=True)
    record_act(by.actor, "set", subjects=[person], category="hold")
    return row.id


@transaction.atomic
def lift_hold(person: UUID, hold: UUID, *, on: date, by: Viewer) -> None:
    """The reason is gone; the usual periods hold again."""
    accompanied(by, person)
    row = holds_in_scope(by).select_for_update().filter(person=person, id=hold, lifted_on__isnull=True).first()
    if row is None:
        raise PersonNotFoundError
    row.lifted_on = on
    row.save(update_fields=["lifted_on"])
    record_act(by.actor, "lift", subjects=[person], category="hold")
