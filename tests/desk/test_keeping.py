"""What is kept how long, deleting at once, holding it back, and who saw what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.people import CANARY_B, DB, Cast, Desk
from wegnetz.casework.services import EntryContent, write_entry
from wegnetz.participants.models import Hold
from wegnetz.participants.services import apply_retention, close_involvement

pytestmark = DB


def entry(cast: Cast) -> None:
    write_entry(cast.yonas.id, EntryContent(timezone.now(), "phone", 10, "Kurz"), by=cast.ilka.viewer)


def test_deleting_says_what_happens_and_does_it(ilka: Desk, cast: Cast) -> None:
    entry(cast)
    page = reverse("desk:delete-person", args=[cast.yonas.id])
    assert "Was andere Stellen aufgeschrieben haben, bleibt bei ihnen." in ilka.get(page).content.decode()
    assert ilka.post(page).headers["Location"] == reverse("desk:people")
    assert ilka.get(reverse("desk:person", args=[cast.yonas.id])).status_code == 404


def test_a_held_deletion_is_not_done_and_says_why(ilka: Desk, cast: Cast) -> None:
    holds = reverse("desk:holds", args=[cast.yonas.id])
    month = timezone.localdate() + timedelta(days=30)
    assert ilka.post(holds, {"reason": "zu kurz", "until": month.isoformat()}).status_code == 422
    ilka.post(holds, {"reason": "Ein Widerspruch ist noch offen.", "until": month.isoformat()})
    assert ilka.post(reverse("desk:delete-person", args=[cast.yonas.id])).headers["Location"] == holds
    body = ilka.get(holds).content.decode()
    assert ("Gelöscht wurde nichts" in body, "Ein Widerspruch ist noch offen." in body) == (True, True)
    hold = Hold.objects.get(person=cast.yonas.id)
    ilka.post(reverse("desk:lift-hold", args=[cast.yonas.id, hold.id]))
    assert "Widerspruch ist noch offen" not in ilka.get(holds).content.decode()


def test_in_the_demo_a_hold_is_set_on_its_fixed_day(ilka: Desk, cast: Cast, settings: Settings) -> None:
    settings.DEMO, settings.DEMO_DAY = True, date(2021, 10, 7)
    page = reverse("desk:holds", args=[cast.yonas.id])
    ilka.post(page, {"reason": "Ein Widerspruch ist noch offen.", "until": "2021-12-01"})
    assert [timezone.localdate(hold.set_at) for hold in ilka.get(page).context["holds"]] == [settings.DEMO_DAY]


@pytest.mark.parametrize("days", ["", 0, -1, 367])
def test_a_hold_has_a_last_day_within_a_year(days: int | str, ilka: Desk, cast: Cast) -> None:
    until = (timezone.localdate() + timedelta(days=days)).isoformat() if isinstance(days, int) else days
    sent = {"reason": "Ein Widerspruch ist noch offen.", "until": until}
    page = ilka.post(reverse("desk:holds", args=[cast.yonas.id]), sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["until"])
    assert page.context["form"]["reason"].value() == sent["reason"]
    assert not Hold.objects.exists()


def test_the_overview_names_the_last_run_and_who_leaves(ilka: Desk, cast: Cast) -> None:
    page = reverse("desk:retention")
    assert "Bisher hat Wegnetz noch nichts gelöscht." in ilka.get(page).content.decode()
    close_involvement(cast.yonas.id, on=timezone.localdate(), by=cast.ilka.viewer)
    apply_retention(on=timezone.localdate())
    body = ilka.get(page).content.decode()
    assert ("Nichts ist überfällig." in body, "Angaben zur Person" in body, "Yonas" in body) == (True, True, True)


def test_the_log_says_who_opened_what_without_names_of_staff(ilka: Desk, cast: Cast) -> None:
    ilka.get(reverse("desk:journal", args=[cast.yonas.id]))
    response = ilka.get(reverse("desk:accesses", args=[cast.yonas.id]))
    body = response.content.decode()
    assert "Teilhabemanagement" in body
    assert "hat gelesen" in body
    assert CANARY_B not in body
    assert [line.who for day in response.context["days"] for line in day.lines if line.said.done == ""] == []


def test_reading_the_log_is_in_the_log(ilka: Desk, cast: Cast) -> None:
    page = reverse("desk:accesses", args=[cast.yonas.id])
    ilka.get(page)
    assert "dieses Protokoll" in ilka.get(page).content.decode()
