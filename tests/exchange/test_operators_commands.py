"""What the operator does on the command line, on a database with people in it: and sees none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django import Settings

from tests.audit.reading_back import Recorded, last_place, recorded_since
from tests.people import CANARY_A, CANARY_B, DAY, DB, PASSWORD, Cast, Desk
from tests.programme.minimal import DUESSELDORF, changed, keep
from tests.programme_app.packs import newer, stricter
from wegnetz.accounts.access import Role, Viewer
from wegnetz.accounts.models import User
from wegnetz.accounts.selectors import viewer_for_email
from wegnetz.accounts.services import add_staff, ensure_organisation
from wegnetz.core.boxes import open_json, seal_json
from wegnetz.exchange.cli import main
from wegnetz.exchange.demo import ensure_cast, ensure_programme, refuse_to_mix
from wegnetz.participants.models import Person, RuleNotice, StoredDecision
from wegnetz.participants.openings import place_of_decision
from wegnetz.participants.tasks import check_replay
from wegnetz.programme.selectors import active_pack
from wegnetz.vault.selectors import key_of

pytestmark = DB


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> Answer:
        code = main(arguments)
        written = self.capsys.readouterr()
        for word in (CANARY_A, CANARY_B, "Yonas", "Tesfay", "Omar"):
            assert (word, word in written.out + written.err) == (word, False)
        return Answer(code, written.out, written.err)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], cast: Cast) -> Terminal:
    return Terminal(capsys)


# --- load-pack -------------------------------------------------------------------------------------------


def test_a_pack_is_proposed_first_and_put_in_force_with_yes(terminal: Terminal, tmp_path: Path) -> None:
    folder = str(stricter(tmp_path))
    before = active_pack().version
    proposed = terminal.run("load-pack", folder)
    assert (proposed.code, proposed.err, active_pack().version) == (0, "", before)
    assert "  coaching: open -> single-case: fewer than 5\n" in proposed.out
    loaded = terminal.run("load-pack", folder, "--yes")
    assert (loaded.code, loaded.err, active_pack().version) == (0, "", "test-1")
    assert loaded.out.endswith("durchstarten-duesseldorf test-1 is in force.\n")
    assert RuleNotice.objects.count() == 2


def test_a_pack_that_decides_the_same_says_so(terminal: Terminal, tmp_path: Path) -> None:
    done = terminal.run("load-pack", str(newer(tmp_path, "test-2")), "--yes")
    assert done.out == (
        "It decides the same for everyone registered here.\ndurchstarten-duesseldorf test-2 is in force.\n"
    )


def test_another_text_under_a_used_number_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("load-pack", str(stricter(tmp_path / "one")), "--yes")
    done = terminal.run("load-pack", str(newer(tmp_path / "other", "test-1")), "--yes")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("durchstarten-duesseldorf test-1 was loaded before with another content.")


def test_a_broken_pack_is_named_line_by_line_and_changes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    before = active_pack().digest
    broken = changed(("criteria.toml", 'kind = "flag"', 'kind = "flagg"'))
    done = terminal.run("load-pack", str(keep(tmp_path, broken)), "--yes")
    assert (done.code, done.out, active_pack().digest) == (1, "", before)
    assert done.err.startswith("criteria.toml: ")


def test_a_folder_that_is_no_pack_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        done = terminal.run("load-pack", str(folder))
        assert (done.code, done.out, "programme.toml" in done.err) == (1, "", True)


def test_loading_what_is_in_force_changes_nothing(terminal: Terminal) -> None:
    before = active_pack().digest
    assert terminal.run("load-pack", str(DUESSELDORF), "--yes").code == 0
    assert active_pack().digest == before


# --- replay-decisions and the worker ---------------------------------------------------------------------


def tamper(cast: Cast) -> StoredDecision:
    """Somebody with every key puts a decision with another result in its place."""
    stored = StoredDecision.objects.get(id=cast.yonas.decision)
    key = key_of(cast.yonas.id)
    content = open_json(key, stored.box, place_of_decision(stored))
    content["results"][1]["result"] = "open"
    stored.box = seal_json(key, content, place_of_decision(stored))
    StoredDecision.objects.filter(id=stored.id).delete()
    stored.save(force_insert=True)
    return stored


def test_all_decisions_replay(terminal: Terminal) -> None:
    assert terminal.run("replay-decisions") == Answer(0, "4 stored decisions, 4 replay identically, 0 differ.\n", "")


def test_a_result_that_was_changed_is_found(terminal: Terminal, cast: Cast) -> None:
    tamper(cast)
    assert terminal.run("replay-decisions") == Answer(
        1, "4 stored decisions, 3 replay identically, 1 differ.\n", f"differs: {cast.yonas.decision}\n"
    )


def test_a_result_that_was_changed_is_said_on_its_page(cast: Cast, ilka: Desk) -> None:
    page = reverse("desk:decision", args=[cast.yonas.id, cast.yonas.decision])
    assert ilka.get(page).context["replays"] is True
    tamper(cast)
    assert ilka.get(page).context["replays"] is False


def test_the_daily_check_logs_the_decision_and_nothing_else(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    assert check_replay.call() == {"decisions": 4, "different": 0}
    tamper(cast)
    assert check_replay.call() == {"decisions": 4, "different": 1}
    assert [record.getMessage() for record in caplog.records] == [
        f"1 stored decisions no longer replay: {cast.yonas.decision}"
    ]


# --- add-staff and password-link -------------------------------------------------------------------------

LINK = re.compile(r"<address of your installation>(/\S+)")
NEW_PASSWORD = "sieben graue Reiher"


def add(terminal: Terminal, **changes: str) -> Answer:
    given = {"email": "new@a.example", "name": "Neu Hier", "organisation": "a", "role": "case-manager"} | changes
    return terminal.run(
        "add-staff", given["email"], "--name", given["name"], "--organisation", given["organisation"], "--role",
        given["role"],
    )  # fmt: skip


def set_password(path: str, password: str) -> tuple[Desk, int]:
    client = Desk()
    form = client.get(path, follow=True)
    response = client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
    return client, response.status_code


def test_new_staff_set_a_password_by_link_and_then_need_a_second_factor(terminal: Terminal, cast: Cast) -> None:
    cache.clear()
    before = last_place(cast.ilka.viewer.organisation)
    done = add(terminal)
    assert (done.code, done.err) == (0, "")
    path = LINK.findall(done.out)[0]
    for weak in ("short", "password1234", "new@a.example"):
        assert (weak, set_password(path, weak)[1]) == (weak, 200)
    client, status = set_password(path, NEW_PASSWORD)
    assert status == 302
    user = User.objects.get(email="new@a.example")
    assert viewer_for_email("new@a.example") == Viewer(
        user.id, "Neu Hier", Role.CASE_MANAGER, cast.ilka.viewer.organisation, f"Teilhabe A {CANARY_A}", is_demo=False
    )
    response = client.post(reverse("account_login"), {"login": user.email, "password": NEW_PASSWORD})
    assert response.status_code == 302
    for name in ("desk:start", "desk:people", "desk:programme"):
        assert client.get(reverse(name)).headers["Location"] == reverse("mfa_index")
    assert [event.action for event in recorded_since(cast.ilka.viewer.organisation, before)] == [
        "create account",
        "issue password link",
    ]


def test_the_link_works_once(terminal: Terminal, cast: Cast) -> None:
    path = LINK.findall(add(terminal).out)[0]
    assert set_password(path, NEW_PASSWORD)[1] == 302
    again = Desk().get(path, follow=True)
    assert (again.status_code, again.context["token_fail"]) == (200, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "no address"},
        {"email": "ILKA@a.example"},
        {"name": " "},
        {"name": "x" * 201},
        {"organisation": "nowhere"},
    ],
)
def test_an_account_that_cannot_be_made_is_one_sentence(changes: dict[str, str], terminal: Terminal) -> None:
    users = User.objects.count()
    done = add(terminal, **changes)
    assert (done.code, done.out, done.err.count("\n"), User.objects.count()) == (2, "", 1, users)


def test_a_role_that_is_none_is_refused(terminal: Terminal) -> None:
    with pytest.raises(SystemExit) as ended:
        add(terminal, role="immigration-authority")
    assert ended.value.code == 2


def test_who_steers_or_pays_never_gets_to_work_with_people(terminal: Terminal, cast: Cast) -> None:
    steering = next(found for found in active_pack().organisations if set(found.roles) <= {"steering", "ministry"})
    ensure_organisation(steering.id, name=steering.name)
    assert add(terminal, organisation=steering.id).code == 2
    assert add(terminal, organisation=steering.id, role="steering").code == 0


def test_a_lost_second_factor_is_removed_and_ends_every_session(terminal: Terminal, cast: Cast, ilka: Desk) -> None:
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    assert ilka.get("/").status_code == 200
    seen = last_place(organisation)
    done = terminal.run("password-link", cast.ilka.email, "--without-second-factor")
    assert (done.code, len(LINK.findall(done.out))) == (0, 1)
    assert ilka.get("/").headers["Location"].startswith(reverse("account_login"))
    ilka_herself = frozenset([cast.ilka.user])
    assert seen > before
    assert recorded_since(organisation, seen) == [
        Recorded("remove second factor", "account", "", ilka_herself),
        Recorded("issue password link", "account", "", ilka_herself),
    ]


@pytest.mark.parametrize("email", ["nobody@nowhere.example", "deactivated@a.example", ""])
def test_a_link_for_nobody_is_refused(email: str, terminal: Terminal) -> None:
    done = terminal.run("password-link", email)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


# --- demo and production never mix -----------------------------------------------------------------------


def demo_account() -> User:
    office = ensure_organisation("demo-office", name="Vorführung", is_demo=True)
    return add_staff(
        email="case-manager@demo.example", name="Demo", organisation=office, role=Role.CASE_MANAGER, on=DAY,
        password=PASSWORD, is_demo=True,
    )  # fmt: skip


def test_a_demo_does_not_start_on_real_accounts(cast: Cast, settings: Settings) -> None:
    assert refuse_to_mix() == ""
    settings.DEMO = True
    assert refuse_to_mix().startswith("This installation holds real accounts")


def test_a_demo_never_becomes_a_real_installation(cast: Cast, terminal: Terminal) -> None:
    demo_account()
    assert refuse_to_mix().startswith("This installation holds the demo")
    done = add(terminal)
    assert (done.code, done.out, User.objects.filter(email="new@a.example").exists()) == (2, "", False)


def test_a_demo_account_opens_nothing_outside_a_demo(cast: Cast, settings: Settings) -> None:
    cache.clear()
    user = demo_account()
    client = Desk()
    client.force_login(user)
    assert client.get("/").headers["Location"].startswith(reverse("account_login"))
    other = Desk()
    other.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert other.get("/").headers["Location"].startswith(reverse("account_login"))
    settings.DEMO = True
    client.force_login(user)
    assert client.get("/").status_code == 200


def test_in_a_demo_everybody_else_still_needs_a_second_factor(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    client = Desk()
    client.force_login(User.objects.get(id=cast.unprotected.user))
    assert client.get("/").headers["Location"] == reverse("mfa_index")


def test_a_demo_that_has_its_cast_gets_no_second_one(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    demo_account()
    before = (User.objects.count(), Person.objects.count())
    ensure_cast()
    assert (User.objects.count(), Person.objects.count()) == before


def test_the_programme_in_force_is_not_replaced_by_starting_again(cast: Cast, tmp_path: Path) -> None:
    before = active_pack().digest
    assert ensure_programme(stricter(tmp_path)) == ""
    assert active_pack().digest == before
