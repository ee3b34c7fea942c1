"""What was deleted is found for thirty days by who may bring it back, and by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.audit.reading_back import last_place, recorded_since
from tests.company import Company
from tests.people import DB, Account, Cast, Desk, sign_in
from tests.statements import watched
from wegnetz.casework.models import JournalEntry
from wegnetz.casework.selectors import DELETABLE
from wegnetz.casework.services import EntryContent, write_entry
from wegnetz.rules.retention import UNDO

pytestmark = DB
WAYS_THERE = ("journal", "documents", "plan", "assessments", "appointments", "places")
CATEGORIES = {*DELETABLE.values(), "introductions"}


def at(name: str, cast: Cast, *parts: object) -> str:
    return reverse(f"desk:{name}", args=[cast.yonas.id, *parts])


def written(cast: Cast, text: str) -> UUID:
    return write_entry(cast.yonas.id, EntryContent(timezone.now(), "conversation", 30, text), by=cast.ilka.viewer)


def lines(client: Desk, cast: Cast) -> list[tuple[str, str]]:
    return [(line.title, line.deletion.by) for line in client.get(at("deleted", cast)).context["lines"]]


def test_what_was_deleted_is_found_and_comes_back_with_one_click(ilka: Desk, cast: Cast) -> None:
    entry = written(cast, "Gespräch über den Kurs")
    ilka.post(at("delete-entry", cast, entry))
    page = ilka.get(at("deleted", cast)).content.decode()
    assert lines(ilka, cast) == [("Gespräch über den Kurs", cast.ilka.viewer.name)]
    back = at("restore-entry", cast, entry)
    assert f'action="{back}"' in page
    ilka.post(back)
    assert lines(ilka, cast) == []
    assert "Gespräch über den Kurs" in ilka.get(at("journal", cast)).content.decode()


def test_each_kind_is_listed_with_its_own_way_back(cast: Cast, company: Company) -> None:
    client = sign_in(cast.ilka)
    found = client.get(at("deleted", cast)).context["lines"]
    assert len(found) == len(CATEGORIES)
    for line in found:
        assert client.post(line.address).status_code == 302
    assert client.get(at("deleted", cast)).context["lines"] == []


def test_the_list_forgets_what_can_no_longer_be_brought_back(ilka: Desk, cast: Cast) -> None:
    for days in (0, 1):
        entry = written(cast, f"vor {UNDO.days + days} Tagen")
        ilka.post(at("delete-entry", cast, entry))
        JournalEntry.objects.filter(id=entry).update(deleted_at=timezone.now() - UNDO - timedelta(days=days))
    assert [title for title, _by in lines(ilka, cast)] == ["vor 30 Tagen"]
    assert [line.deletion.until for line in ilka.get(at("deleted", cast)).context["lines"]] == [timezone.localdate()]


@pytest.mark.parametrize("name", WAYS_THERE)
def test_a_quiet_link_leads_there_where_something_is_there(name: str, ilka: Desk, cast: Cast) -> None:
    link = f'href="{at("deleted", cast)}"'
    entry = written(cast, "weg")
    assert link not in ilka.get(at(name, cast)).content.decode()
    ilka.post(at("delete-entry", cast, entry))
    assert link in ilka.get(at(name, cast)).content.decode()
    ilka.post(at("restore-entry", cast, entry))
    assert link not in ilka.get(at(name, cast)).content.decode()


def test_the_reading_is_recorded_with_all_that_the_page_may_show(ilka: Desk, cast: Cast) -> None:
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    ilka.get(at("deleted", cast))
    (event,) = recorded_since(organisation, before)
    assert (event.purpose, CATEGORIES - set(event.category.split(", "))) == ("deleted", set())


def test_colleagues_in_another_function_find_nothing_of_it(cast: Cast, company: Company) -> None:
    """Tess, the trauma coach, and Bea lead nobody's journal but their own."""
    young = company.people["mariam"]
    page = reverse("desk:deleted", args=[young.id])

    def ways_back(account: Account) -> set[str]:
        return {line.address for line in sign_in(account).get(page).context["lines"]}

    ours, hers = ways_back(cast.ilka), ways_back(company.tess)
    assert (len(ours), len(hers), ours & hers) == (6, 6, set())


def test_through_the_glass_it_is_read_and_not_brought_back(cast: Cast, company: Company) -> None:
    page = sign_in(company.lea).get(at("deleted", cast))
    assert (len(page.context["lines"]), "restore" in page.content.decode()) == (6, False)
    assert [line.address in page.content.decode() for line in page.context["lines"]] == [False] * 6


def test_a_page_of_deleted_things_costs_the_same_for_one_and_for_three(ilka: Desk, cast: Cast) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            ilka.post(at("delete-entry", cast, written(cast, "weg")))
        ilka.get(at("journal", cast))  # the messages of before
        with watched() as statements:
            ilka.get(at("deleted", cast))
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_in_the_demo_it_was_deleted_on_its_fixed_day(ilka: Desk, cast: Cast, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_DAY = True, date(2021, 10, 7)
    ilka.post(at("delete-entry", cast, written(cast, "weg")))
    assert [line.deletion.until for line in ilka.get(at("deleted", cast)).context["lines"]] == [date(2021, 11, 6)]
