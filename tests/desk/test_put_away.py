"""What a colleague deleted while somebody typed: nothing is lost, saving brings it back, nobody else sees any of it."""

from __future__ import annotations

import pytest

from tests.company import Company
from tests.desk.addresses import SCREENS, address
from tests.desk.asking import seen
from tests.papers import today
from tests.people import DB, Cast, Desk, Page, Young, agreed, sign_in
from wegnetz.audit.models import Event
from wegnetz.casework.models import Appointment, Assessment, JournalEntry, PlanItem
from wegnetz.casework.services import delete_entry
from wegnetz.participants.models import Record
from wegnetz.participants.services import begin_by_consent, record_consent

pytestmark = DB
TABLES: dict[str, type[Record]] = {
    "item": PlanItem, "assessment": Assessment, "entry": JournalEntry, "appointment": Appointment,
}  # fmt: skip
TYPED = {"item": "title", "assessment": "note-work", "entry": "text", "appointment": "title"}
WORDS = "Lange getippt"


def body(name: str, cast: Cast) -> dict[str, str]:
    more = {"held_by": str(cast.ilka.user)} if name == "appointment" else {}
    return SCREENS[name].body | {TYPED[name]: WORDS} | more


def again(page: Page, sent: dict[str, str]) -> dict[str, str]:
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in (*sent, "restores")}


def stored(name: str, young: Young) -> Record:
    return TABLES[name]._default_manager.get(id=young.thing(name))


@pytest.mark.parametrize("name", TABLES)
def test_what_was_typed_is_shown_again_and_saving_brings_the_record_back(
    name: str, ilka: Desk, cast: Cast, company: Company
) -> None:
    gone, sent = company.people["yonas put away"], body(name, cast)
    refused = ilka.post(address(name, gone), sent)
    assert (refused.status_code, refused.context["form"][TYPED[name]].value()) == (409, WORDS)
    assert "Inzwischen hat jemand anderes das gelöscht." in refused.content.decode()
    assert (stored(name, gone).deleted_at is None, stored(name, gone).version) == (False, 1)
    assert ilka.post(address(name, gone), again(refused, sent)).status_code == 302
    assert (stored(name, gone).deleted_at, stored(name, gone).version) == (None, 2)
    acts = Event.objects.filter(actor=cast.ilka.user).order_by("-sequence").values_list("action", flat=True)
    assert list(acts[:2]) == ["change", "restore"]
    assert ilka.get(address(name, gone)).context["form"][TYPED[name]].value() == WORDS


@pytest.mark.parametrize("name", TABLES)
def test_its_page_alone_is_gone(name: str, ilka: Desk, company: Company) -> None:
    assert ilka.get(address(name, company.people["yonas put away"])).status_code == 404


@pytest.mark.parametrize("name", TABLES)
def test_who_may_not_see_it_gets_the_same_as_for_what_never_was(name: str, cast: Cast, company: Company) -> None:
    gone, made_up = (company.people[who] for who in ("yonas put away", "yonas made up"))
    consent = record_consent(gone.id, agreed(company.kim, "coaching"), by=cast.ilka.viewer)
    begin_by_consent(consent, by=company.kim.viewer, on=today())
    for other in (cast.bea, company.kim, company.lea):
        client = sign_in(other)
        for more in ({}, {"restores": "True"}):
            urls = [address(name, young) for young in (gone, made_up)]
            found, missing = (seen(client.post(url, body(name, cast) | more), url) for url in urls)
            assert (found[0], found) == (404, missing)
    assert stored(name, gone).deleted_at is not None


def test_what_was_changed_before_it_was_deleted_is_not_overwritten(ilka: Desk, cast: Cast, company: Company) -> None:
    gone, sent = company.people["yonas put away"], body("entry", cast)
    JournalEntry.objects.filter(id=gone.thing("entry")).update(deleted_at=None)
    assert sign_in(company.gero).post(address("entry", gone), sent | {"text": "Die andere Fassung"}).status_code == 302
    delete_entry(gone.id, gone.thing("entry"), by=company.gero.viewer)
    refused = ilka.post(address("entry", gone), sent)
    assert (WORDS, "Die andere Fassung") in [(row.mine, row.theirs) for row in refused.context["conflict"]]
    stale = ilka.post(address("entry", gone), again(refused, sent) | {"version": "1"})
    assert (stale.status_code, stored("entry", gone).deleted_at is None) == (409, False)
    assert ilka.post(address("entry", gone), again(stale, sent)).status_code == 302
    assert (stored("entry", gone).deleted_at, stored("entry", gone).version) == (None, 3)


def test_a_draft_of_a_deleted_entry_is_kept_and_continued(ilka: Desk, cast: Cast, company: Company) -> None:
    page = address("entry", company.people["yonas put away"])
    assert ilka.post(page, body("entry", cast) | {"draft": "yes"}).headers["Location"] == page
    assert ilka.get(page).context["form"]["text"].value() == WORDS
