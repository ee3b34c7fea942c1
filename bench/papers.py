"""What is written about a person while they are accompanied: assessments, plan, appointments, journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from bench.rows import Rows
from wegnetz.accounts.access import Viewer
from wegnetz.casework.models import Appointment, Assessment, JournalEntry, Plan, PlanItem
from wegnetz.participants.access import LEADS_THE_WAY
from wegnetz.participants.boxes import seal_record
from wegnetz.participants.models import Involvement, Record
from wegnetz.programme.pack.model import Care

R = TypeVar("R", bound=Record)

MEETINGS_A_DAY = 4
PAST_MEETINGS = 5
WITHOUT_PLAN = 10  # one of so many has none yet
GOALS, STEPS = 3, 3
HOUR = timedelta(hours=1)

TITLES = (
    "Sprachtest machen", "Zeugnisse übersetzen lassen", "Zwei Betriebe anschreiben", "Probearbeiten", "Kurs beginnen",
    "Fahrkarte beantragen", "Mit der Schule sprechen", "Lebenslauf schreiben", "Hausarzt finden", "Verein ansehen",
)  # fmt: skip
SENTENCES = (
    "Das Gespräch war ruhig und offen.", "Der Kurs beginnt in zwei Wochen, die Zusage liegt vor.",
    "Wir haben die Unterlagen zusammen durchgesehen und sortiert.", "Als Nächstes rufen wir in der Schule an.",
    "Die Fahrzeit ist lang, ein Platz näher an der Wohnung wäre besser.", "Zum Praktikum gibt es noch keine Antwort.",
    "Wir haben vereinbart, dass wir nächste Woche wieder telefonieren.", "Das Deutsch ist viel sicherer geworden.",
    "Die Werkstatt hat einen guten Eindruck gemacht.", "Abends lernen ist schwer, in der Bücherei geht es besser.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """An involvement with the person's key. It is the `place`-th of those for whom `by` is responsible, from 0."""

    involvement: Involvement
    key: bytes = field(repr=False)
    by: Viewer
    place: int
    since: date

    @property
    def leads(self) -> bool:
        return self.by.role in LEADS_THE_WAY

    @property
    def has_plan(self) -> bool:
        return self.leads and self.place % WITHOUT_PLAN != WITHOUT_PLAN - 1

    @property
    def comes_on_the_day(self) -> bool:
        return self.place < MEETINGS_A_DAY


def moment(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def sentences(chance: Random, most: int) -> str:
    return " ".join(chance.choices(SENTENCES, k=chance.randint(1, most)))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes about people until `day`, which is the day that is measured."""

    rows: Rows
    chance: Random
    care: Care
    day: date

    def write(
        self, way: Way, table: type[R], content: Mapping[str, Any], *, at: datetime, act: str = "write", **columns: Any
    ) -> R:
        """A sealed row with its event, as `participants.services.records.add_record` makes them."""
        involvement = way.involvement
        row = table(
            person_id=involvement.person_id, organisation_id=involvement.organisation_id, involvement=involvement,
            written_at=at, written_by_id=way.by.user, **columns,
        )  # fmt: skip
        row.box = seal_record(row, way.key, content)
        self.rows.note(act, table.category, subject=involvement.person_id, by=way.by, at=at)
        return self.rows.add(row)

    def write_all(self, way: Way, *, entries: int) -> None:
        """Everything about one person within one involvement, with so many journal entries."""
        if way.leads:
            for day in (way.since, self._between(way.since)):
                self.assess(way, day)
        if way.has_plan:
            self.plan(way)
        else:
            self.item(way, kind=PlanItem.TASK, due_on=self._around(), **self._of_staff(way))
        self.meet(way)
        self.journal(way, entries)

    def _between(self, first: date) -> date:
        return first + timedelta(self.chance.randrange((self.day - first).days))

    def _around(self) -> date:
        """A day on which something is due: seldom overdue, mostly in the next weeks."""
        return self.day + timedelta(self.chance.randrange(-7, 70))

    def assess(self, way: Way, day: date) -> None:
        areas = {
            area: {"step": self.chance.choice(self.care.steps), "note": sentences(self.chance, 2)}
            for area in self.care.areas
        }
        secrecy = way.involvement.secrecy
        self.write(way, Assessment, {"areas": areas}, at=moment(day), act="assess", taken_on=day, secrecy=secrecy)

    def plan(self, way: Way) -> None:
        """A plan with goals; of the steps towards each, the first is done and the last is the staff's to do."""
        content = {"wish": sentences(self.chance, 3), "translated": ""}
        plan = self.write(
            way, Plan, content, at=moment(way.since), act="plan", secrecy=way.involvement.secrecy,
            agreed_on=way.since, review_on=self._around(),
        )  # fmt: skip
        for number in range(GOALS):
            goal = self.item(way, area=self.chance.choice(self.care.areas), kind=PlanItem.GOAL, plan=plan,
                             position=number + 1)  # fmt: skip
            for step in range(STEPS):
                done = {"state": "done", "done_on": way.since} if step == 0 else {}
                self.item(
                    way, kind=PlanItem.STEP, plan=plan, parent=goal, position=step + 1, due_on=self._around(),
                    **(self._of_staff(way) if step == STEPS - 1 else done),
                )  # fmt: skip

    def item(self, way: Way, *, area: str = "", **columns: Any) -> PlanItem:
        content = {"title": self.chance.choice(TITLES), "translated": "", "note": "", "area": area, "who": ""}
        secrecy = way.involvement.secrecy
        return self.write(way, PlanItem, content, at=moment(way.since, 10), act="plan", secrecy=secrecy, **columns)

    def _of_staff(self, way: Way) -> dict[str, Any]:
        return {"doer": "staff", "assignee_id": way.by.user}

    def meet(self, way: Way) -> None:
        """Appointments that were kept, one to come, and for a few people one on the measured day."""
        for _ in range(PAST_MEETINGS):
            self.appoint(way, moment(self._between(way.since), 12), state="kept")
        self.appoint(way, moment(self.day + timedelta(self.chance.randrange(1, 30)), 12))
        if way.comes_on_the_day:
            self.appoint(way, moment(self.day, 7 + 2 * way.place))

    def appoint(self, way: Way, starts: datetime, *, state: str = "planned") -> None:
        self.write(
            way, Appointment, {"title": "", "place": "Raum 2.04", "interpreter": ""}, at=moment(way.since, 11),
            starts_at=starts, ends_at=starts + HOUR, kind=self.chance.choice(self.care.appointment_kinds),
            held_by_id=way.by.user, state=state,
        )  # fmt: skip

    def journal(self, way: Way, entries: int) -> None:
        """Entries in order, so that each one's number says on which page it stands."""
        days = sorted(self._between(way.since) for _ in range(entries))
        for number, day in enumerate(days, start=1):
            happened = moment(day, 8) + number * timedelta(minutes=1)
            self.write(
                way, JournalEntry, {"text": f"{entry_mark(number)} {sentences(self.chance, 12)}"},
                at=happened + HOUR, happened_at=happened, kind=self.chance.choice(self.care.contact_kinds),
                minutes=self.chance.choice((None, 15, 30, 45, 60)),
            )  # fmt: skip


def entry_mark(number: int) -> str:
    """What tells the entries of a journal apart."""
    return f"Eintrag {number:03}."
