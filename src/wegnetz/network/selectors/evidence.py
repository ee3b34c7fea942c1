"""The evidence of workshops: for each time that was settled, how many came, for how long, and how that is proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.audit.services import record_reading
from wegnetz.core.days import working_day, working_moment
from wegnetz.engines.folding import fold
from wegnetz.network.access import dates_in_scope, guests_in_scope, proved_invitations, standing_invitations
from wegnetz.network.models import WorkshopDate
from wegnetz.network.openings import Named, all_named
from wegnetz.network.selectors.evenings import GuestNamed, named_guests
from wegnetz.participants.access import SEALED, involvements_in_scope
from wegnetz.participants.models import Person
from wegnetz.participants.selectors import display_names
from wegnetz.programme.pack.model import Pack
from wegnetz.rules.workshops import Proof
from wegnetz.vault.selectors import keys_of, still_kept


@dataclass(frozen=True, slots=True)
class Held:
    """A time that was settled. `present` counted all; `pseudonyms` are those of them in the viewer's scope."""

    date: UUID
    named: tuple[Named, ...]
    starts_at: datetime
    minutes: int
    present: int
    proofs: Mapping[Proof, int]
    pseudonyms: tuple[str, ...]

    @property
    def others(self) -> int:
        """Whom colleagues accompany, or nobody any more."""
        return max(self.present - len(self.pseudonyms), 0)

    @property
    def unproved(self) -> int:
        return self.present - sum(self.proofs.values())


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A time that has begun, with how many are noted as present so far and who came without being on the list."""

    date: UUID
    workshop: UUID
    named: tuple[Named, ...]
    starts_at: datetime
    invited: int
    present: int
    guests: tuple[GuestNamed, ...]


def evidence(viewer: Viewer, *, since: date, until: date, action: str = "list") -> tuple[Held, ...]:
    """What was settled of the times from one day to another, both included, the earliest first.

    Raises AuditUnavailableError: then show nothing.
    """
    rows = dates_in_scope(viewer).filter(
        settled_at__isnull=False, starts_at__gte=_midnight(since), starts_at__lt=_midnight(until + timedelta(days=1))
    )  # fmt: skip
    rows = rows.select_related("workshop").order_by("starts_at", "id")
    dates = list(rows)
    came = _who_came(viewer, dates, action)
    return tuple(_held(row, came[row.id]) for row in dates)


def _who_came(viewer: Viewer, dates: list[WorkshopDate], action: str) -> dict[UUID, list[str]]:
    """By time, the pseudonyms, in their order. The reading is recorded before."""
    found = proved_invitations(viewer).filter(date__in=dates).values_list("date", "person").distinct()
    pairs = list(found)
    kept = still_kept({person for _date, person in pairs}) if pairs else set()
    if not kept:
        return defaultdict(list)
    record_reading(
        viewer.actor, action, subjects=sorted(kept), category="pseudonym, workshops", purpose="evidence of workshops"
    )
    pseudonyms = dict(Person.objects.filter(id__in=kept).values_list("id", "pseudonym"))
    came: dict[UUID, list[str]] = defaultdict(list)
    for row, person in pairs:
        if person in pseudonyms:
            came[row].append(pseudonyms[person])
    return came


def _held(row: WorkshopDate, pseudonyms: list[str]) -> Held:
    counted = row.counted or {}
    return Held(
        row.id, all_named(row.workshop), row.starts_at, round((row.ends_at - row.starts_at).total_seconds() / 60),
        counted.get("present", 0), {proof: counted.get(proof.value, 0) for proof in Proof}, tuple(sorted(pseudonyms)),
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def to_settle(viewer: Viewer) -> tuple[Unsettled, ...]:
    """The times that have begun and whose list nobody has settled, the latest first. Nobody on them is named."""
    rows = dates_in_scope(viewer).filter(
        settled_at__isnull=True, state=WorkshopDate.PLANNED, starts_at__lte=working_moment()
    )  # fmt: skip
    return tuple(_unsettled(viewer, row) for row in rows.select_related("workshop").order_by("-starts_at", "id"))


def unsettled(viewer: Viewer, wanted: UUID) -> Unsettled | None:
    """One time that takes place and was not settled, with its guests by name; None where there is none."""
    rows = dates_in_scope(viewer).filter(id=wanted, settled_at__isnull=True, state=WorkshopDate.PLANNED)
    row = rows.select_related("workshop").first()
    return _unsettled(viewer, row, guests=True) if row else None


def _unsettled(viewer: Viewer, row: WorkshopDate, *, guests: bool = False) -> Unsettled:
    invitations = standing_invitations(viewer.organisation, working_day()).filter(date=row)
    noted = guests_in_scope(viewer).filter(date=row).order_by("noted_at", "id")
    return Unsettled(
        row.id, row.workshop_id, all_named(row.workshop), row.starts_at, invitations.count(),
        invitations.filter(attended=True).count(), named_guests(noted) if guests else (),
    )  # fmt: skip


def may_open_again(viewer: Viewer, wanted: UUID) -> bool:
    """Whether the viewer settled a time today, and so may still open its list again."""
    row = dates_in_scope(viewer).filter(id=wanted, settled_by=viewer.user, settled_at__isnull=False).first()
    return row is not None and timezone.localtime(row.settled_at).date() == working_day()


def who_it_may_be(viewer: Viewer, *, pack: Pack) -> tuple[tuple[UUID, str], ...]:
    """The people whom the viewer accompanies, by name, to say which of them a guest is."""
    own = involvements_in_scope(viewer).filter(closed_on__isnull=True).exclude(secrecy=SEALED)
    people = sorted(still_kept(own.values_list("person", flat=True)))
    if not people:
        return ()
    record_reading(viewer.actor, "list", subjects=people, category="name", purpose="settle attendance")
    names = display_names(viewer, people, keys=keys_of(people), pack=pack)
    return tuple(sorted(names.items(), key=lambda each: (fold(each[1]), each[0])))
