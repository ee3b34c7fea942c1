"""Who of the viewer's people has met nobody new for a while. For care: names in the order of the alphabet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.core.days import working_moment
from wegnetz.engines.folding import fold
from wegnetz.network.models import Interests, Introduction, Invitation, WorkshopDate
from wegnetz.network.openings import Met, open_introduction, open_invitation
from wegnetz.participants.access import involvements_in_scope, standing_records
from wegnetz.participants.selectors import display_names, recorded_keys
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.contacts import Contacts, Help, quiet_since, what_helps
from wegnetz.rules.introductions import Stage, is_open
from wegnetz.rules.workshops import Answer

PURPOSE = "new contacts"
AGREED = (Stage.DISCUSSED, Stage.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody who met nobody new since a day, and what would help."""

    person: UUID
    name: str
    since: date
    helps: tuple[Help, ...]


def quiet_people(viewer: Viewer, *, pack: Pack, on: date) -> tuple[Quiet, ...]:
    """Those of the viewer's people, by name. All of whom it is reckoned are recorded. Raises AuditUnavailableError."""
    began = _going_on(viewer)
    keys = recorded_keys(viewer, began, category="name, workshops, introductions", purpose=PURPOSE)
    known = _known(viewer, {person: began[person] for person in keys}, keys)
    quiet = {person: day for person, each in known.items() if (day := quiet_since(each, on=on))}
    names = display_names(viewer, quiet, keys=keys, pack=pack)
    found = [Quiet(each, names[each], quiet[each], what_helps(known[each], on=on)) for each in names]
    return tuple(sorted(found, key=lambda each: (fold(each.name), each.person)))


def _going_on(viewer: Viewer) -> dict[UUID, date]:
    rows = involvements_in_scope(viewer).filter(closed_on__isnull=True)
    return dict(rows.values_list("person", "began_on"))


def _known(viewer: Viewer, began: Mapping[UUID, date], keys: Mapping[UUID, bytes]) -> dict[UUID, Contacts]:
    liked = set(standing_records(viewer, Interests).filter(person__in=began).values_list("person", flat=True))
    invitations: dict[UUID, list[Invitation]] = defaultdict(list)
    rows = standing_records(viewer, Invitation).filter(person__in=began).exclude(date__state=WorkshopDate.CANCELLED)
    for row in rows.select_related("involvement", "date").order_by("date__starts_at", "date"):
        invitations[row.person_id].append(row)
    met: dict[UUID, list[Met]] = defaultdict(list)
    for each in standing_records(viewer, Introduction).filter(person__in=began).select_related("involvement"):
        met[each.person_id].append(open_introduction(keys[each.person_id], each))
    return {
        person: replace(_contacts(since, invitations[person], met[person], keys[person]), has_interests=person in liked)
        for person, since in began.items()
    }


def _contacts(since: date, invitations: list[Invitation], met: list[Met], key: bytes) -> Contacts:
    now = working_moment()
    past = [row for row in invitations if row.date.ends_at < now]
    coming = [row for row in invitations if row.date.ends_at >= now]
    days = [*_evenings(past, key), *_first_visits(met)]
    return Contacts(
        since, max(days, default=None), unanswered=any(row.answer == Answer.INVITED for row in coming),
        invited=bool(coming), turned_down=_turned_down(past), introduced=any(is_open(each.stage) for each in met),
        talked_about=min((each.latest.on for each in met if each.stage in AGREED), default=None),
    )  # fmt: skip


def _evenings(past: Iterable[Invitation], key: bytes) -> Iterable[date]:
    """The days on which they were there and had somebody new at the table. Without tables, being there counts."""
    for row in past:
        if row.attended:
            invited = open_invitation(key, row)
            if invited.table is None or invited.new:
                yield timezone.localdate(row.date.starts_at)


def _first_visits(met: Iterable[Met]) -> Iterable[date]:
    for each in met:
        yield from (step.on for step in each.steps if step.stage is Stage.VISITED)


def _turned_down(past: list[Invitation]) -> int:
    """The latest in a row that they said no to, or had a seat at and did not come."""
    number = 0
    for row in reversed(past):
        missed = row.answer == Answer.COMING and row.attended is False
        if not missed and row.answer != Answer.DECLINED:
            break
        number += 1
    return number
