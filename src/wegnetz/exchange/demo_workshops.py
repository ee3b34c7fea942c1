"""The demo's workshops: who is accompanied to new faces, and who comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from wegnetz.accounts.access import Viewer
from wegnetz.network.openings import Liked, Named
from wegnetz.network.selectors.workshops import times_of
from wegnetz.network.services import save_interests
from wegnetz.network.services.invitations import Reply, invite, note_answer
from wegnetz.network.services.pairings import pair
from wegnetz.network.services.workshops import Outline, add_dates, plan_workshop
from wegnetz.participants.services import Asked, begin_by_consent, record_consent
from wegnetz.rules.consents import Answer, Channel

SENT, ACCEPTED = date(2021, 8, 2), date(2021, 8, 5)
LATELY = date(2021, 9, 20)
# By what they are called, the languages in which they take part.
ACCOMPANIED: Final[Mapping[str, tuple[str, ...]]] = {
    "Yonas T.": ("ti", "en", "de"), "Şirin A.": ("kmr", "de"), "Amadou B.": ("fr", "de"), "Lina A.": ("ar", "de"),
    "Emmanuel I.": ("en",), "Zahra E.": ("fa", "de"), "Arta H.": ("sq", "de"), "Ibrahim S.": ("ar",),
    "Nazanin M.": ("fa", "en"), "Samuel W.": ("ti", "de"), "Tesfay H.": ("ti",),
    "Mariam C.": ("fr", "de"), "Ali R.": ("ar", "de"),
}  # fmt: skip
# Who has been accompanied for a while.
LONG_AGO: Final = frozenset({"Ali R.", "Şirin A.", "Samuel W.", "Zahra E."})
# Of whom the coordinator had a letter already.
HANDED_ON: Final = frozenset({"Yonas T."})
TONIGHT: Final = Outline(
    (
        Named("de", "Offener Abend", "Essen, Musik und neue Leute. Du musst nichts können."),
        Named("en", "Open evening", "Food, music and new people. You need not be good at anything."),
        Named("ar", "أمسية مفتوحة", "طعام وموسيقى وأشخاص جدد. لا تحتاج إلى أي خبرة."),
    ),
    "Kulturzentrum (Vorführung), Musterstraße 1", "Deniz Arslan", "Haltestelle Musterplatz, Eingang im Hof.",
    travel=True,
)  # fmt: skip
DANCING: Final = Outline(
    (Named("de", "Tanzen am Donnerstag", "Wir tanzen zusammen, jede Woche etwas anderes."),),
    "Kulturzentrum (Vorführung), Musterstraße 1", "Deniz Arslan", capacity=8, childcare=True, travel=True,
)  # fmt: skip


def add_coordinator(called: str, person: UUID, *, by: Viewer, coordinator: Viewer) -> bool:
    """Let the coordinator of social networking accompany a person of the demo, with their yes. Returns whether."""
    if called not in ACCOMPANIED:
        return False
    if called not in HANDED_ON:
        asked = Asked("networking", coordinator.organisation, Answer.GIVEN, "de", Channel.IN_PERSON, SENT)
        consent = record_consent(person, asked, by=by)
        begin_by_consent(consent, by=coordinator, on=ACCEPTED if called in LONG_AGO else LATELY)
    save_interests(person, Liked({"singing": 3}, languages=ACCOMPANIED[called]), by=coordinator)
    return True


def add_workshops(people: Sequence[UUID], *, by: Viewer) -> None:
    """An evening today, to which most come, and a series with fewer seats than people."""
    day = date(2021, 10, 7)
    (tonight,) = _dates(TONIGHT, [(day, time(17), time(23, 45))], by)
    next_week, *_later = _dates(
        DANCING, [(day + timedelta(weeks=week), time(17), time(19, 30)) for week in range(1, 5)], by
    )
    _invite(tonight, people, by, coming=10, declined=2)
    _invite(next_week, people, by, coming=9, declined=1)
    pair(people[0], people[1], together=False, note="Haben sich gestritten.", by=by)
    pair(people[2], people[3], together=True, note="Dolmetscht.", by=by)


def _dates(outline: Outline, times: list[tuple[date, time, time]], by: Viewer) -> list[UUID]:
    workshop = plan_workshop(outline, by=by)
    spans = [(_at(day, begins), _at(day, ends)) for day, begins, ends in times]
    add_dates(workshop, spans, by=by)
    return [each.id for each in times_of(by, workshop, "de")]


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _invite(wanted: UUID, people: Sequence[UUID], by: Viewer, *, coming: int, declined: int) -> None:
    """All of them; so many have answered."""
    invited, _refused = invite(wanted, people, by=by)
    for number, (person, invitation) in enumerate(list(invited.items())[: coming + declined]):
        note_answer(
            person,
            invitation,
            Reply(comes=number < coming, childcare=number == 1, ticket=number % 4 == 0),
            version=1,
            by=by,
        )
