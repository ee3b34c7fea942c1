"""What was opened of a person: every role of every organisation, a line for each day, and nobody's name."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.audit.chains import A, B
from tests.people import DB
from tests.statements import asked, watched
from wegnetz.audit.chain.links import START, Content
from wegnetz.audit.models import EventSubject
from wegnetz.audit.selectors.accesses import LINES_ON_A_PAGE, Access, accesses_of
from wegnetz.audit.services import Actor, event_after, forget_events, record_reading

pytestmark = DB

MORNING = datetime(2021, 10, 7, 6, tzinfo=UTC)  # 8 o'clock in Düsseldorf
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def person() -> UUID:
    return uuid4()


class Log:
    """Appends events of any time to two chains of their own."""

    def __init__(self, person: UUID) -> None:
        self.person = person
        self.here, self.there = uuid4(), uuid4()
        self.last: dict[UUID, tuple[int, bytes]] = {}

    def add(self, at: datetime, *, organisation: UUID | None = None, purpose: str = "person page",
            action: str = "view", role: str = "coach", about: UUID | None = None) -> None:  # fmt: skip
        chain = organisation or self.here
        sequence, link = self.last.get(chain, (0, START))
        content = Content(uuid4(), chain, sequence + 1, at, uuid4(), role, action, "name", purpose, ())
        event = event_after(link, content)
        event.save()
        EventSubject.objects.create(event=event, organisation=chain, subject=about or self.person)
        self.last[chain] = (sequence + 1, bytes(event.link))


@pytest.fixture
def log(person: UUID) -> Log:
    return Log(person)


def rows(log: Log, **which: object) -> tuple[Access, ...]:
    chosen: dict[str, object] = {"organisations": None} | which
    return accesses_of(log.person, **chosen).rows  # type: ignore[arg-type]


def times(log: Log, **which: object) -> list[int]:
    return [row.times for row in rows(log, **which)]


def test_the_same_on_one_day_is_one_line_with_its_first_and_last_time(log: Log) -> None:
    for hours in (0, 1, 5):
        log.add(MORNING + hours * HOUR)
    assert rows(log) == (
        Access(
            date(2021, 10, 7), log.here, "coach", "view", "name", "person page", 3, MORNING, MORNING + 5 * HOUR
        ),
    )  # fmt: skip


def test_another_day_organisation_role_action_or_purpose_is_a_line_of_its_own(log: Log) -> None:
    log.add(MORNING)
    log.add(MORNING + DAY)
    log.add(MORNING, organisation=log.there)
    log.add(MORNING, role="case-manager")
    log.add(MORNING, action="change")
    log.add(MORNING, purpose="")
    assert times(log) == [1] * 6


def test_a_day_ends_at_midnight_where_the_people_are(log: Log) -> None:
    log.add(datetime(2021, 10, 7, 21, 59, tzinfo=UTC))
    log.add(datetime(2021, 10, 7, 22, 0, tzinfo=UTC))
    assert [row.day for row in rows(log)] == [date(2021, 10, 8), date(2021, 10, 7)]


def test_the_newest_come_first(log: Log) -> None:
    for days in (3, 1, 2):
        log.add(MORNING + days * DAY, purpose=str(days))
    assert [row.purpose for row in rows(log)] == ["3", "2", "1"]


def test_what_concerns_others_is_not_among_it(log: Log) -> None:
    log.add(MORNING, about=uuid4())
    assert rows(log) == ()


def test_only_the_organisations_asked_for(log: Log) -> None:
    log.add(MORNING)
    log.add(MORNING, organisation=log.there)
    chosen = [{log.here}, {log.there}, {log.here, log.there}, {A, B}, set[UUID]()]
    found = [{row.organisation for row in rows(log, organisations=some)} for some in chosen]
    assert found == [*chosen[:3], set(), set()]


def test_from_a_time_on_and_until_before_another(log: Log) -> None:
    for days in range(4):
        log.add(MORNING + days * DAY)
    found = rows(log, since=MORNING + DAY, until=MORNING + 3 * DAY)
    assert [row.day.day for row in found] == [9, 8]


def test_nobody_of_the_staff_is_named() -> None:
    assert [field.name for field in fields(Access)] == [
        "day", "organisation", "role", "action", "category", "purpose", "times", "first", "last",
    ]  # fmt: skip


def test_pages_hold_a_fixed_number_of_lines(log: Log) -> None:
    for number in range(LINES_ON_A_PAGE + 1):
        log.add(MORNING + number * HOUR, purpose=str(number))
    pages = [accesses_of(log.person, organisations=None, page=page) for page in (1, "2", 99, "x")]
    assert [len(page.rows) for page in pages] == [LINES_ON_A_PAGE, 1, 1, LINES_ON_A_PAGE]
    assert (pages[0].page.paginator.count, pages[0].page.has_next()) == (LINES_ON_A_PAGE + 1, True)


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_two_queries_however_many_lines_there_are(number: int, log: Log) -> None:
    for days in range(number):
        log.add(MORNING + days * DAY)
    with watched() as statements:
        assert len(rows(log)) == number
    assert asked(statements) == 2


def test_what_was_recorded_is_found_until_it_is_forgotten(log: Log) -> None:
    actor = Actor(uuid4(), "lead", log.here)
    record_reading(actor, "list", subjects=[log.person, uuid4()], category="name, eligibility", purpose="people list")
    (found,) = rows(log)
    assert (found.role, found.action, found.category, found.purpose, found.times) == (
        "lead", "list", "name, eligibility", "people list", 1,
    )  # fmt: skip
    forget_events(before=found.last + DAY, by=actor)
    assert rows(log) == ()
