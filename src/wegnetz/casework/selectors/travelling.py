"""What goes along with a referral: the categories of the consent, as far as the sender sees them. Nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wegnetz.accounts.access import Viewer
from wegnetz.casework.access import items_shared_with, referrals_taken_up
from wegnetz.casework.models import Assessment, PlanItem
from wegnetz.casework.openings import Item, open_assessment, open_item
from wegnetz.core.days import working_day
from wegnetz.participants.access import SEALED, consents_in_scope, function_of, standing_records, stands_for
from wegnetz.participants.boxes import Contact, Name, fact_to_plain
from wegnetz.participants.models import Consent
from wegnetz.participants.openings import open_contact, open_histories, open_name
from wegnetz.participants.selectors import (
    Door,
    NotRecordedError,
    OpenPerson,
    PersonNotFoundError,
    asked_facts,
    own_door,
)
from wegnetz.programme.pack.model import Pack


@dataclass(frozen=True, slots=True)
class Travelling:
    """Plain data by category, ready to be sealed into the referral."""

    categories: tuple[str, ...]
    content: Mapping[str, Any]


def categories_that_travel(door: Door, purpose: str, pack: Pack) -> tuple[str, ...]:
    """What the consent names and the sender sees: nobody hands on what is closed to them."""
    named = pack.purposes[purpose].categories if purpose in pack.purposes else ()
    return tuple(category for category in named if door.opens(category))


@dataclass(frozen=True, slots=True)
class Agreed:
    """A standing consent on which a person can be referred now.

    `taken_up`: the recipient accepted a letter and works on it, so that another one can only hand over the lead.
    """

    id: UUID
    purpose: str
    function: str
    recipient: UUID
    recipient_name: str
    hidden: bool
    can_hand_over: bool
    taken_up: bool


def agreed_referrals(viewer: Viewer, person: OpenPerson) -> tuple[Agreed, ...]:
    """What the person has agreed to be referred for. The page recorded "consent"."""
    if "consent" not in person.recorded:
        raise NotRecordedError("consent")
    own = function_of(viewer)
    rows = _standing(viewer, person.id).exclude(recipient=viewer.organisation).select_related("recipient")
    taken_up = set(referrals_taken_up(viewer).filter(person=person.id).values_list("recipient", "function"))
    latest = {(row.purpose, row.recipient_id): row for row in rows.order_by("recorded_at")}
    return tuple(
        Agreed(
            row.id, row.purpose, row.function, row.recipient_id, row.recipient.name, row.secrecy == SEALED,
            can_hand_over=person.leads and row.function == own,
            taken_up=(row.recipient_id, row.function) in taken_up,
        )
        for row in latest.values()
    )  # fmt: skip


def about_to_travel(viewer: Viewer, person: OpenPerson, consent: UUID, *, pack: Pack) -> Travelling:
    """What would go along, if the letter were sent now. The page recorded "referral", "plan" and "assessment"."""
    if not {"referral", "plan", "assessment"} <= person.recorded:
        raise NotRecordedError("referral, plan, assessment")
    door, _involvement = own_door(viewer, person.id, pack=pack)
    row = _standing(viewer, person.id).filter(id=consent).first()
    if row is None:
        raise PersonNotFoundError
    return what_travels(viewer, door, row, key=person.key, pack=pack)


def _standing(viewer: Viewer, person: UUID) -> QuerySet[Consent]:
    """Consents that open a door, as far as the viewer may know them to stand."""
    return consents_in_scope(viewer).filter(stands_for(viewer, working_day()), person=person).exclude(function="")


def what_travels(viewer: Viewer, door: Door, consent: Consent, *, key: bytes, pack: Pack) -> Travelling:
    """Collect it from the records in the sender's scope. Scope and audit are the caller's."""
    readers = {"name": _name, "contact": _contact, "facts": _facts, "assessment": _assessment, "plan": _plan}
    role = pack.functions[consent.function].role
    categories = tuple(c for c in categories_that_travel(door, consent.purpose, pack) if c in readers)
    return Travelling(categories, {c: readers[c](viewer, door, key, pack, role) for c in categories})


def _name(_viewer: Viewer, door: Door, key: bytes, _pack: Pack, _role: str) -> dict[str, Any]:
    return asdict(open_name(key, door.person) or Name())


def _contact(_viewer: Viewer, door: Door, key: bytes, _pack: Pack, _role: str) -> dict[str, Any]:
    return asdict(open_contact(key, door.person) or Contact())


def _facts(viewer: Viewer, door: Door, key: bytes, pack: Pack, role: str) -> list[dict[str, Any]]:
    """The answers of the day that both the sender's and the recipient's role may see."""
    person: UUID = door.person.id
    history = open_histories([person], {person: key})[person]
    roles = {str(viewer.role), role}
    facts = asked_facts(pack, history, working_day())
    return [fact_to_plain(fact) for fact in facts.values() if roles <= set(pack.facts[fact.id].visible_to)]


def _assessment(viewer: Viewer, door: Door, key: bytes, _pack: Pack, _role: str) -> dict[str, Any]:
    rows = standing_records(viewer, Assessment).filter(person=door.person).select_related("written_by")
    latest = rows.order_by("-taken_on", "-written_at").first()
    if latest is None:
        return {}
    taken = open_assessment(key, latest, own=True)
    areas = {area: {"step": entry.step, "note": entry.note} for area, entry in taken.areas.items()}
    return {"taken_on": taken.taken_on.isoformat(), "areas": areas}


def _plan(viewer: Viewer, door: Door, key: bytes, _pack: Pack, _role: str) -> list[dict[str, Any]]:
    """The open goals, each with what is still to do towards it; then what belongs to none of them."""
    own = standing_records(viewer, PlanItem).filter(plan__isnull=False)
    rows = (own | items_shared_with(viewer)).filter(person=door.person, state="open")
    related = rows.select_related("assignee", "assigned_to").order_by("position", "written_at")
    items = [open_item(key, row, organisation=viewer.organisation, user=viewer.user) for row in related]
    return [
        {"kind": item.kind, "title": item.title, "due_on": item.due_on.isoformat() if item.due_on else None}
        for item in _goal_by_goal(items)
    ]


def _goal_by_goal(items: Iterable[Item]) -> list[Item]:
    """The same items, each right after the one it is below of, if that is among them."""
    below: dict[UUID | None, list[Item]] = defaultdict(list)
    found = tuple(items)
    known = {item.id for item in found}
    for item in found:
        below[item.parent if item.parent in known else None].append(item)

    def with_all(item: Item) -> list[Item]:
        return [item, *(each for child in below[item.id] for each in with_all(child))]

    tops = sorted(below[None], key=lambda item: item.kind != PlanItem.GOAL)
    return [each for item in tops for each in with_all(item)]
