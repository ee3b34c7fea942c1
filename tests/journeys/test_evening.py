"""An evening at the door: names ticked off on a phone, with and without a network."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Route

from tests.journeys.an_evening import NAMES, came, evening, link_again
from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER
from tests.journeys.installation import Installation
from tests.journeys.test_every_page import look_at_it_every_way
from tests.journeys.visitor import EACH, Look, Visitor

pytestmark = pytest.mark.journey
PHONE = Look("de", 390)
STRIP, COUNT, SENT = "#strip", "#count", "#sending"


@pytest.fixture
def planned(demo: Installation) -> dict[str, str]:
    return evening(demo)


def door(visit: Visit, link: str, look: Look = PHONE) -> Visitor:
    """A phone on which the list stands, and keeps standing without a network."""
    rike = visit(look)
    enter(rike, link)
    rike.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    rike.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return rike


def enter(rike: Visitor, link: str) -> None:
    rike.open(link)
    rike.press("main form button[type=submit]")


def tap(rike: Visitor, *names: str) -> None:
    for name in names:
        rike.page.get_by_role("checkbox", name=name).click()


def all_sent(rike: Visitor) -> None:
    """The page says so, without a number of marks that wait."""
    rike.page.wait_for_function("at => /^\\D+$/.test(document.querySelector(at).textContent)", arg=SENT)


@contextmanager
def no_network(rike: Visitor) -> Iterator[None]:
    """What a browser says of a missing network is no fault of the page."""
    rike.context.set_offline(True)
    yield
    rike.context.set_offline(False)
    rike.page.wait_for_timeout(100)
    rike.faults[:] = [fault for fault in rike.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


@pytest.mark.parametrize("language", ["de", "en"][EACH])
def test_twenty_five_people_are_ticked_off_in_under_a_minute(
    language: str, visit: Visit, demo: Installation, planned: dict[str, str]
) -> None:
    """One tap for each, and no other: at two seconds for finding a name and tapping it, fifty seconds."""
    rike = visit(Look(language, 390))
    rike.open(planned["link"])
    assert "Aaron" not in rike.text("main")
    look_at_it_every_way(rike)
    rike.press("main form button[type=submit]")
    look_at_it_every_way(rike)
    taps, began = 0, time.monotonic()
    for name in NAMES:
        tap(rike, name)
        taps += 1
    all_sent(rike)
    took = time.monotonic() - began
    assert (taps, rike.text(COUNT).split()[0]) == (25, "25")
    found = came(demo, planned["date"])
    assert (found["present"], found["absent"]) == (sorted(NAMES), [])
    assert took < 20  # seconds: the machine's part
    rike.press("#on")
    look_at_it_every_way(rike)


def test_what_is_ticked_off_without_a_network_arrives_once_whatever_becomes_of_the_page(
    visit: Visit, demo: Installation, planned: dict[str, str]
) -> None:
    rike = door(visit, planned["link"])
    tap(rike, "Aaron")
    all_sent(rike)
    events = came(demo, planned["date"])["events"]
    with no_network(rike):
        tap(rike, "Abel", "Ada")
        rike.page.wait_for_selector(f"{STRIP}:has-text('Kein Netz. 2 Häkchen liegen verschlüsselt')")
        rike.page.reload()
        # What is opened from where it lies sealed comes a moment after the page.
        rike.page.wait_for_function("() => document.querySelectorAll('#listed input:checked').length === 3")
        assert rike.find(STRIP).is_visible()
        assert rike.examine(rike.look) == []
        rike.find("#on").click()
        rike.page.wait_for_url("**/abend/")
        tap(rike, "Adile")
        tap(rike, "Aaron")
        rike.find("#other summary").click()
        rike.find("#guest").fill("Mina")
        rike.page.keyboard.press("Enter")
        rike.page.wait_for_selector(f"{STRIP}:has-text('5 Häkchen')")
        rike.page.close()
        rike.page = rike.context.new_page()
        rike.page.goto(f"{rike.address}/abend/")
        rike.page.wait_for_selector(f"{STRIP}:has-text('5 Häkchen')")
        assert rike.texts("#listed li bdi")[-1] == "Mina"
        assert came(demo, planned["date"])["present"] == ["Aaron"]
    all_sent(rike)
    found = came(demo, planned["date"])
    assert (found["present"], found["absent"], found["guests"]) == (["Abel", "Ada", "Adile"], ["Aaron"], ["Mina"])
    rike.page.reload()
    all_sent(rike)
    assert came(demo, planned["date"])["events"] == found["events"] == events + 2


def test_what_the_server_took_in_and_the_phone_never_heard_of_is_not_doubled(
    visit: Visit, demo: Installation, planned: dict[str, str]
) -> None:
    rike = door(visit, planned["link"])
    events = came(demo, planned["date"])["events"]

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort("internetdisconnected")

    rike.page.route(re.compile("/abend/stand/"), swallow)
    tap(rike, "Aaron")
    rike.find("#other summary").click()
    rike.find("#guest").fill("Mina")
    rike.page.keyboard.press("Enter")
    rike.page.wait_for_selector(f"{STRIP}:has-text('2 Häkchen')")
    rike.page.wait_for_timeout(5_000)  # it tries again
    assert came(demo, planned["date"])["guests"] == ["Mina"]
    rike.page.unroute(re.compile("/abend/stand/"))
    rike.page.reload()
    all_sent(rike)
    found = came(demo, planned["date"])
    assert (found["present"], found["guests"], found["events"]) == (["Aaron"], ["Mina"], events + 1)
    assert rike.texts("#listed li bdi").count("Mina") == 1
    rike.faults.clear()


def test_two_phones_see_what_the_other_ticked_off_and_the_latest_holds(
    visit: Visit, demo: Installation, planned: dict[str, str]
) -> None:
    rike, tom = (door(visit, planned["link"]) for _ in range(2))
    with no_network(rike):
        tap(rike, "Aaron", "Orhan")
        rike.page.wait_for_selector(f"{STRIP}:has-text('2 Häkchen')")
        tap(tom, "Aaron", "Dunja")
        all_sent(tom)
        tap(tom, "Aaron")
        all_sent(tom)
    all_sent(rike)
    tom.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    for phone in (rike, tom):
        phone.page.wait_for_function("() => document.querySelector('#count').textContent.startsWith('2 ')")
        assert [phone.page.get_by_role("checkbox", name=name).is_checked() for name in ("Aaron", "Orhan", "Dunja")] == [
            False, True, True,
        ]  # fmt: skip
    assert came(demo, planned["date"])["present"] == ["Dunja", "Orhan"]


def test_after_done_and_after_the_link_is_gone_no_name_is_left_on_the_phone(
    visit: Visit, demo: Installation, planned: dict[str, str]
) -> None:
    rike = door(visit, planned["link"])
    assert left(rike) == {"keys": 1, "lists": 1, "marks": 0, "caches": 1}
    with no_network(rike):
        tap(rike, "Aaron")
        rike.page.wait_for_selector(f"{STRIP}:has-text('1 Häkchen liegt')")
        rike.find("#leave button").click()
        rike.page.wait_for_selector("#not-yet:has-text('noch nicht alles gesendet')")
    all_sent(rike)
    with no_network(rike):
        tap(rike, "Orhan")
        link = link_again(demo, planned["date"])
    rike.page.wait_for_selector(f"{STRIP}:has-text('Mit dem Link lässt sich die Liste gerade nicht öffnen.')")
    assert ("Aaron" in rike.text("main"), left(rike)) == (False, {"keys": 1, "lists": 0, "marks": 1, "caches": 1})
    rike.faults.clear()
    enter(rike, link)
    all_sent(rike)
    assert came(demo, planned["date"])["present"] == ["Aaron", "Orhan"]
    with rike.page.expect_navigation():
        rike.find("#leave button").click()
    assert left(rike) == {"keys": 0, "lists": 0, "marks": 0, "caches": 0}
    assert "Aaron" not in rike.text("main")


def test_who_reloads_after_the_link_has_ended_has_no_name_on_the_phone_without_a_network_either(
    visit: Visit, demo: Installation, planned: dict[str, str]
) -> None:
    rike = door(visit, planned["link"])
    all_sent(rike)
    rike.page.goto("about:blank")
    link_again(demo, planned["date"])
    rike.page.goto(f"{rike.address}/abend/")
    assert "Dieser Link öffnet gerade nichts" in rike.text("main")
    rike.page.wait_for_timeout(500)
    assert left(rike)["lists"] == 0
    with no_network(rike):
        rike.page.reload()
        assert "Aaron" not in rike.text("main")
    rike.faults.clear()


def test_what_is_kept_is_sealed_and_goes_when_its_time_is_over(visit: Visit, planned: dict[str, str]) -> None:
    rike = door(visit, planned["link"])
    kept = rike.page.evaluate(KEPT)
    assert (kept["extractable"], "Kadiatou" in kept["text"], kept["bytes"] > 1000) == (False, False, True)
    rike.page.evaluate(LET_IT_BE_OVER)
    with no_network(rike):
        rike.page.reload()
        rike.page.wait_for_selector(f"{STRIP}:has-text('auf diesem Handy liegt keine Liste')")
        assert "Kadiatou" not in rike.text("main")
        assert left(rike) == {"keys": 0, "lists": 0, "marks": 0, "caches": 1}


def test_without_a_script_the_list_is_a_form(visit: Visit, demo: Installation, planned: dict[str, str]) -> None:
    rike = visit(Look("de", 390, script=False))
    enter(rike, planned["link"])
    for name in ("Aaron", "Orhan"):
        rike.page.get_by_role("checkbox", name=name).check()
    rike.press("#save")
    assert rike.text(COUNT) == "2 von 25"
    rike.press(".wn-tabs a:last-child")
    rike.find("#people details summary >> nth=0").click()
    rike.press("#people details[open] button[value=paper]")
    assert rike.text("#people li >> nth=0").startswith("Aaron hat auf Papier unterschrieben")
    assert came(demo, planned["date"])["present"] == ["Aaron", "Orhan"]


def test_somebody_signs_with_a_finger(visit: Visit, planned: dict[str, str]) -> None:
    rike = door(visit, planned["link"])
    tap(rike, "Aaron")
    all_sent(rike)
    rike.press("#on")
    rike.find("#people details summary >> nth=0").click()
    rike.find("[data-sign] >> nth=0").click()
    rike.find("#signed").click()
    assert rike.text("#signing [role=status]") == "Bitte zuerst unterschreiben."
    assert rike.examine(rike.look) == []
    box = rike.find("#signing canvas").bounding_box()
    assert box is not None
    rike.page.mouse.move(box["x"] + 20, box["y"] + 50)
    rike.page.mouse.down()
    for step in range(10):
        rike.page.mouse.move(box["x"] + 20 + 20 * step, box["y"] + 50 + 20 * (step % 2))
    rike.page.mouse.up()
    rike.press("#signed")
    assert rike.text("#people li >> nth=0").startswith("Aaron hat hier unterschrieben")


@pytest.mark.parametrize("language", ["de", "en"][EACH])
def test_from_the_link_on_the_desk_to_the_evidence(
    language: str, visit: Visit, demo: Installation, planned: dict[str, str]
) -> None:
    ilka, date = visit(Look(language), CASE_MANAGER), f"/workshops/termine/{planned['date']}"
    ilka.open(f"{date}/link/")
    look_at_it_every_way(ilka)
    ilka.press("main form:not(.wn-linkform) button")
    look_at_it_every_way(ilka)
    link = ilka.find("#link").input_value()
    assert link.endswith(ilka.find("main .wn-actions a.kern-btn--primary").get_attribute("href") or "nowhere")
    rike = door(visit, link.removeprefix(ilka.address), Look(language, 390))
    tap(rike, "Aaron", "Orhan")
    rike.find("#other summary").click()
    rike.find("#guest").fill("Mina")
    rike.page.keyboard.press("Enter")
    all_sent(rike)
    look_at_it_every_way(rike)
    ilka.open(f"{date}/blatt/")
    look_at_it_every_way(ilka)
    ilka.open(f"{date}/abschliessen/")
    look_at_it_every_way(ilka)
    ilka.press("button[value=drop]")
    ilka.press("button[value=settle]")
    look_at_it_every_way(ilka)
    tap(rike, "Ada")
    rike.page.wait_for_function("() => document.querySelector('#listed input').disabled")
    assert rike.find(STRIP).is_visible()
    rike.faults.clear()
    ilka.press("main a[href$='/nachweise/']")
    look_at_it_every_way(ilka)
    assert ilka.texts("main tbody td.wn-num")[:2] == ["120", "2"]
    assert came(demo, planned["date"])["present"] == ["Aaron", "Orhan"]


# --- looking into the phone ----------------------------------------------------------------------------

DATABASE = """
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("wegnetz-evening");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = (store) => new Promise((resolve) => {
    database.transaction(store).objectStore(store).getAll().onsuccess = (event) => resolve(event.target.result);
  });
"""
LEFT = f"""async () => {{{DATABASE}
  const found = {{caches: (await caches.keys()).length}};
  for (const store of ["keys", "lists", "marks"]) found[store] = (await all(store)).length;
  database.close();
  return found;
}}"""
KEPT = f"""async () => {{{DATABASE}
  const [key] = await all("keys"), [list] = await all("lists");
  const bytes = new Uint8Array(list.box);
  database.close();
  return {{extractable: key.key.extractable, bytes: bytes.length, text: new TextDecoder("latin1").decode(bytes)}};
}}"""
LET_IT_BE_OVER = f"""async () => {{{DATABASE}
  const [key] = await all("keys");
  const transaction = database.transaction("keys", "readwrite");
  transaction.objectStore("keys").put({{...key, expires: Date.now() - 1}});
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}}"""


def left(rike: Visitor) -> dict[str, int]:
    """How much of an evening lies in the browser."""
    found: dict[str, int] = rike.page.evaluate(LEFT)
    return found
