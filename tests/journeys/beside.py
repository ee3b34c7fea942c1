"""What happens beside an installation that is running (`tests.journeys.inviting`)."""

from __future__ import annotations

import sys
from datetime import timedelta

from wegnetz.accounts.selectors import hash_of, viewer_for_email
from wegnetz.core.days import working_moment
from wegnetz.network.models import Invitation, WorkshopDate
from wegnetz.network.openings import Named, open_invitation
from wegnetz.network.services import invitations
from wegnetz.network.services.workshops import Outline, add_dates, cancel_date, plan_workshop
from wegnetz.participants.access import involvements_in_scope
from wegnetz.vault.selectors import key_of

CASE_MANAGER = "case-manager@demo.example"
OUTLINE = Outline(
    (
        Named("de", "Singen zusammen", "Wir singen Lieder aus vielen Ländern. Du musst nichts können."),
        Named("ar", "نغني معًا", "نغني أغاني من بلدان كثيرة. لا يلزمك أن تعرف شيئًا."),
    ),
    "Kulturhaus Nord, Beispielallee 3",
    "Rike",
    "Bahn 706 bis Beispielplatz, dann zwei Minuten zu Fuß. Die Tür ist blau.",
    women_only=True,
    childcare=True,
    travel=True,
)


def invite(seats: str) -> None:
    by, starts = viewer_for_email(CASE_MANAGER), working_moment().replace(hour=18, minute=0) + timedelta(days=1)
    workshop = plan_workshop(OUTLINE, by=by)
    add_dates(workshop, [(starts, starts + timedelta(hours=2))], by=by)
    date = WorkshopDate.objects.get(workshop=workshop)
    date.workshop.capacity = int(seats)
    date.workshop.save()
    people = involvements_in_scope(by).filter(closed_on=None).values_list("person", flat=True)
    done, _refused = invitations.invite(date.id, people[:20], by=by)
    for row in Invitation.objects.filter(date=date, person__in=[*done][:2]):
        sys.stdout.write(f"{open_invitation(key_of(row.person_id), row).secret}\n")


def call_off(secret: str) -> None:
    cancel_date(_of(secret).date_id, takes_place=False, by=viewer_for_email(CASE_MANAGER))


def be_over(secret: str) -> None:
    over, row = working_moment() - timedelta(hours=1), _of(secret)
    Invitation.objects.filter(id=row.id).update(attended=True)
    WorkshopDate.objects.filter(id=row.date_id).update(starts_at=over - timedelta(hours=1), ends_at=over)


def _of(secret: str) -> Invitation:
    return Invitation.objects.get(token=hash_of(secret))


def act(what: str, argument: str) -> None:
    {"invite": invite, "call_off": call_off, "be_over": be_over}[what](argument)
