"""One evening of a workshop, for whoever leads it: who is expected and who is there, by first names alone."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.audit.selectors.words import EVENING
from wegnetz.audit.services import Actor, record_reading
from wegnetz.core.crypto import CannotOpenError
from wegnetz.core.days import working_day
from wegnetz.core.scope import Scope, acting_as
from wegnetz.core.secret_links import organisation_in
from wegnetz.engines.first_names import first_names
from wegnetz.engines.folding import fold
from wegnetz.network.access import dates_in_scope, links_to_evenings, standing_invitations
from wegnetz.network.models import EveningLink, Guest, Invitation, WorkshopDate
from wegnetz.network.openings import Invited, Named, all_named, open_guest, open_invitation
from wegnetz.network.selectors.links import LinkGoneError
from wegnetz.participants.access import standing_records
from wegnetz.participants.models import Involvement, Person
from wegnetz.participants.openings import open_name_box
from wegnetz.participants.selectors import categories_within
from wegnetz.programme.selectors import active_pack
from wegnetz.rules.workshops import Answer
from wegnetz.vault.selectors import installation_key, keys_of, still_kept

GUESTS: Final = "guests of workshops"


@dataclass(frozen=True, slots=True)
class OpenEvening:
    """A time of a workshop whose link was followed. It opens until `until`; `named` is what the workshop is called.

    `by` is who has it open, where it is staff and not whoever holds the link: they see their own people alone.
    """

    link: UUID
    date: UUID
    organisation: UUID
    until: datetime
    starts_at: datetime
    settled: bool
    place: str
    named: tuple[Named, ...]
    by: Viewer | None = None

    @property
    def scope(self) -> Scope:
        return Scope(organisation=self.organisation)

    @property
    def actor(self) -> Actor:
        return self.by.actor if self.by else Actor(None, EVENING, self.organisation)


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody on the list. `present` is None where nobody has said anything yet, and `marked_at` then too."""

    invitation: UUID
    name: str
    pseudonym: str
    answer: Answer
    present: bool | None
    marked_at: datetime | None
    ticket: bool
    childcare: bool
    first_time: bool
    proof: str
    table: int | None = None
    new: int = 0
    leads: bool = False
    signature: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class GuestNamed:
    """Somebody who came and was not on the list, by the first name that was typed."""

    id: UUID
    name: str
    noted_at: datetime


def open_evening(secret: str, *, at: datetime) -> OpenEvening:
    """Raises LinkGoneError, whatever the reason: never made, replaced, ended, over, or not yet open."""
    organisation = organisation_in(secret)
    if organisation is None:
        raise LinkGoneError
    with acting_as(Scope(organisation=organisation)):
        links = links_to_evenings(organisation, at, starts_before=_end_of_tomorrow(at))
        row = links.filter(token=hash_of(secret)).select_related("date__workshop").first()
    if row is None:
        raise LinkGoneError
    return _opened(row.date, row.id, row.until)


def evening_of(viewer: Viewer, date: UUID) -> OpenEvening | None:
    """A time of the viewer's organisation, for the sheet on which one signs; None where there is none."""
    row = dates_in_scope(viewer).filter(id=date).select_related("workshop").first()
    return _opened(row, row.id, row.ends_at, by=viewer) if row else None


def _opened(row: WorkshopDate, link: UUID, until: datetime, *, by: Viewer | None = None) -> OpenEvening:
    return OpenEvening(
        link, row.id, row.organisation_id, until, row.starts_at, row.settled_at is not None, row.workshop.place,
        all_named(row.workshop), by,
    )  # fmt: skip


def _end_of_tomorrow(at: datetime) -> datetime:
    day = timezone.localtime(at).date() + timedelta(days=2)
    return timezone.make_aware(datetime.combine(day, time.min))


def invited_to(evening: OpenEvening) -> QuerySet[Invitation]:
    """Everybody on the list, whatever they answered. To be asked in the scope of the evening."""
    everybody = standing_invitations(evening.organisation, working_day()).filter(date=evening.date)
    return everybody & standing_records(evening.by, Invitation) if evening.by else everybody


def invited_besides(evening: OpenEvening) -> int:
    """How many are on the list whom staff who have it open do not accompany. Nobody is named."""
    everybody = standing_invitations(evening.organisation, working_day()).filter(date=evening.date)
    return everybody.count() - invited_to(evening).count()


def expected_at(evening: OpenEvening, *, purpose: str) -> tuple[Expected, ...]:
    """Everybody who was invited, by name. Raises AuditUnavailableError: then show nothing.

    Whoever was erased is not among them. Where the accompaniment does not open the name, the pseudonym stands there.
    """
    # Staff ask for their organisation already; said once more, it would not outlast the commit of what is recorded.
    with nullcontext() if evening.by else acting_as(evening.scope):
        rows = list(invited_to(evening).order_by("id"))
        kept = still_kept({row.person_id for row in rows}) if rows else set()
        rows = [row for row in rows if row.person_id in kept]
        if not rows:
            return ()
        people = [row.person_id for row in rows]
        record_reading(evening.actor, "list", subjects=people, category="name, workshops", purpose=purpose)
        keys = keys_of(people)
        names = _names(evening, rows, keys)
        known = _known_before(evening, people)
        found = [
            _expected(row, open_invitation(keys[row.person_id], row), names[row.person_id], known)
            for row in rows if row.person_id in keys and row.person_id in names
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (fold(each.name), each.pseudonym)))


def _expected(row: Invitation, invited: Invited, name: tuple[str, str], known: set[UUID]) -> Expected:
    return Expected(
        row.id, *name, Answer(row.answer), row.attended, row.marked_at, invited.ticket, invited.childcare,
        row.person_id not in known, invited.proof, invited.table, invited.new, invited.leads, invited.signature,
    )  # fmt: skip


def _names(
    evening: OpenEvening, rows: Iterable[Invitation], keys: dict[UUID, bytes]
) -> dict[UUID, tuple[str, str]]:  # fmt: skip
    """By person: the first name as it is told from others on this list, and the pseudonym."""
    within = Involvement.objects.filter(id__in=[row.involvement_id for row in rows])
    opened = categories_within(evening.organisation, within, pack=active_pack())
    columns = ("id", "organisation_id", "pseudonym", "name_box")
    called, pseudonyms = {}, {}
    for person, organisation, pseudonym, box in Person.objects.filter(id__in=keys).order_by("id").values_list(*columns):
        pseudonyms[person] = pseudonym
        name = open_name_box(keys[person], box, person, organisation) if "name" in opened.get(person, ()) else None
        called[person] = (name.called or name.full) if name else ""
    told = first_names(called)
    return {person: (told[person] or pseudonym, pseudonym) for person, pseudonym in pseudonyms.items()}


def _known_before(evening: OpenEvening, people: list[UUID]) -> set[UUID]:
    """Who came to a workshop of the organisation before."""
    came = Invitation.objects.filter(organisation=evening.organisation, person__in=people, attended=True)
    return set(came.filter(date__starts_at__lt=evening.starts_at).values_list("person", flat=True))


def presence(evening: OpenEvening) -> dict[UUID, tuple[bool | None, datetime | None]]:
    """By invitation: whether they are there, and when that was said. Nobody is named."""
    with acting_as(evening.scope):
        rows = invited_to(evening).values_list("id", "attended", "marked_at")
        return {invitation: (present, at) for invitation, present, at in rows}


def guests_at(evening: OpenEvening) -> tuple[GuestNamed, ...]:
    with acting_as(evening.scope):
        rows = Guest.objects.filter(date=evening.date, organisation=evening.organisation).order_by("noted_at", "id")
        return named_guests(rows)


def named_guests(rows: Iterable[Guest]) -> tuple[GuestNamed, ...]:
    """One that does not open any more has no name, and is there all the same."""
    key = installation_key(GUESTS)
    return tuple(GuestNamed(row.id, _named_or_not(key, row), row.noted_at) for row in rows)


def _named_or_not(key: bytes, row: Guest) -> str:
    try:
        return open_guest(key, row)
    except CannotOpenError:
        return ""


def evening_link_of(viewer: Viewer, date: UUID) -> EveningLink | None:
    """The link that stands for a time of the viewer's organisation, also when its time is over."""
    rows = EveningLink.objects.filter(date__in=dates_in_scope(viewer), date=date, revoked_at__isnull=True)
    return rows.select_related("made_by").first()
