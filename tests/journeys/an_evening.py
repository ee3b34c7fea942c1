"""An evening with twenty-five people in an installation, planned behind the program's back, and what became of it.

Run by itself in the environment of the installation: it prints JSON.
"""

# ruff: noqa: PLC0415  nothing of the program can be imported before its settings are there

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.journeys.installation import COMMAND_SECONDS, Installation

NAMES = (
    "Aaron", "Abel", "Ada", "Adile", "Bahar", "Dario", "Dunja", "Enzo", "Faris", "Fanta", "Ilyas", "Janko",
    "Kadiatou", "Lale", "Malik", "Marit", "Melak", "Nilufar", "Orhan", "Ronya", "Safiye", "Sanele", "Hadis", "Tarek",
    "Yusra",
)  # fmt: skip
WHO_PLANS = "case-manager@demo.example"


def evening(at: Installation) -> dict[str, Any]:
    """Plan one that has just begun: its `date`, and the `link` of whoever leads it."""
    return _run(at, "plan")


def came(at: Installation, date: str) -> dict[str, Any]:
    """The names of those `present` and `absent` so far, the `guests`, and how many `events` the log has of it."""
    return _run(at, "came", date)


def link_again(at: Installation, date: str) -> str:
    link: str = _run(at, "link", date)["link"]
    return link


def _run(at: Installation, *arguments: str) -> dict[str, Any]:
    # As the installation has it, whose day is that of the demo.
    environment = at.environment | {"WEGNETZ_DEMO": "yes"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.an_evening", *arguments], env=environment, capture_output=True,
        text=True, timeout=COMMAND_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def plan() -> dict[str, Any]:
    from wegnetz.accounts.selectors import viewer_for_email
    from wegnetz.core.days import working_day, working_moment
    from wegnetz.network.models import Invitation, WorkshopDate
    from wegnetz.network.openings import Named
    from wegnetz.network.services.invitations import Reply, invite, note_answer
    from wegnetz.network.services.workshops import Outline, add_dates, plan_workshop
    from wegnetz.participants.boxes import Contact, Name
    from wegnetz.participants.services import Asked, register_person
    from wegnetz.rules.consents import Answer, Channel

    by, day = viewer_for_email(WHO_PLANS), working_day()
    ground = Asked("accompany", by.organisation, Answer.GIVEN, "de", Channel.IN_PERSON, day)
    people = [
        register_person(name=Name(called=name), contact=Contact(), ground=ground, by=by, on=day) for name in NAMES
    ]
    workshop = plan_workshop(Outline((Named("de", "Singen"), Named("en", "Singing")), "Saal"), by=by)
    starts = working_moment() - timedelta(minutes=5)
    add_dates(workshop, [(starts, starts + timedelta(hours=2))], by=by)
    date = WorkshopDate.objects.get(workshop=workshop).id
    invite(date, people, by=by)
    for row in Invitation.objects.filter(date=date):
        note_answer(
            row.person_id, row.id, Reply(comes=True, ticket=row.person_id == people[0]), version=1,
            by=by)  # fmt: skip
    return {"date": str(date)} | link(str(date))


def link(date: str) -> dict[str, Any]:
    from wegnetz.accounts.selectors import viewer_for_email
    from wegnetz.network.services.evening_links import make_evening_link

    secret, _until = make_evening_link(UUID(date), by=viewer_for_email(WHO_PLANS))
    return {"link": f"/abend/{secret}/"}


def came_there(date: str) -> dict[str, Any]:
    from wegnetz.accounts.selectors import viewer_for_email
    from wegnetz.audit.models import Event
    from wegnetz.network.models import Invitation
    from wegnetz.network.selectors.evenings import evening_of, guests_at
    from wegnetz.participants.models import Person
    from wegnetz.participants.openings import open_name
    from wegnetz.vault.selectors import key_of

    opened = evening_of(viewer_for_email(WHO_PLANS), UUID(date))
    assert opened is not None
    names: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for row in Invitation.objects.filter(date=opened.date):
        name = open_name(key_of(row.person_id), Person.objects.get(id=row.person_id))
        names[row.attended].append(name.called if name else "")
    return {
        "present": sorted(names[True]), "absent": sorted(names[False]),
        "guests": sorted(guest.name for guest in guests_at(opened)),
        "events": Event.objects.filter(actor_role="evening", action__in=["present", "absent"]).count(),
    }  # fmt: skip


if __name__ == "__main__":
    from wegnetz.core.scope import EVERYTHING, acting_as
    from wegnetz.exchange.setup import start_django

    start_django()
    with acting_as(EVERYTHING):
        command, *rest = sys.argv[1:]
        done = plan() if command == "plan" else {"link": link, "came": came_there}[command](*rest)
        print(json.dumps(done))  # noqa: T201
