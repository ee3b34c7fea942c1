"""A workshop of an organisation, with one time to come, one that was, and everybody it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.accounts.selectors import hash_of
from wegnetz.core.secret_links import new_secret
from wegnetz.network.models import EveningLink, Feedback, Guest, Workshop, WorkshopDate
from wegnetz.network.openings import Named
from wegnetz.network.services.invitations import invite
from wegnetz.network.services.workshops import Outline, add_dates, plan_workshop
from wegnetz.participants.access import involvements_in_scope


@dataclass(frozen=True, slots=True)
class Evenings:
    """A workshop with its two times."""

    workshop: UUID
    date: UUID
    later: UUID


def evenings(by: Viewer, word: str = "", *, capacity: int | None = None, women_only: bool = False) -> Evenings:
    """Tomorrow and in a week, at noon, for two hours."""
    outline = Outline(
        (Named("de", f"Singen {word}".strip(), "Lieder von überall"),), f"Halle {word}".strip(),
        host=f"Rike {word}".strip(),
        capacity=capacity, women_only=women_only, childcare=True, travel=True,
    )  # fmt: skip
    workshop = plan_workshop(outline, by=by)
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    times = [noon + timedelta(days=days) for days in (1, 8)]
    add_dates(workshop, [(time, time + timedelta(hours=2)) for time in times], by=by)
    date, later = WorkshopDate.objects.filter(workshop=workshop).order_by("starts_at").values_list("id", flat=True)
    return Evenings(workshop, date, later)


def evening_of(by: Viewer, word: str) -> Evenings:
    """The same for all of an organisation, made once: with a link, a guest who was not on the list, and a face."""
    there = Workshop.objects.filter(organisation=by.organisation, place=f"Halle {word}").first()
    if there is not None:
        date, later = WorkshopDate.objects.filter(workshop=there).order_by("starts_at").values_list("id", flat=True)
        return Evenings(there.id, date, later)
    made = evenings(by, word)
    of_it = {"date_id": made.date, "organisation_id": by.organisation}
    now = timezone.now()
    EveningLink.objects.create(
        **of_it, token=hash_of(new_secret(by.organisation)), made_at=now, made_by_id=by.user,
        until=now + timedelta(days=2),
    )  # fmt: skip
    Guest.objects.create(**of_it, box=b"a name that nothing opens", noted_at=now)
    Feedback.objects.create(**of_it, question="welcome", answer=3, number=1)
    return made


def mate_of(person: UUID, by: Viewer) -> UUID | None:
    """Somebody else whom the same person accompanies."""
    others = involvements_in_scope(by).exclude(person=person).filter(closed_on=None)
    return others.order_by("began_on", "person").values_list("person", flat=True).first()


def invited(person: UUID, date: UUID, *, by: Viewer) -> UUID:
    """The invitation of somebody, who has not answered."""
    done, _refused = invite(date, [person], by=by)
    return done[person]
