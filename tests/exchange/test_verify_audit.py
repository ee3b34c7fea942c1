"""`wegnetz verify-audit` and `wegnetz audit-heads`: what the operator and the partners see."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from tests.audit.chains import A, chain, content_at
from tests.audit.reading_back import last_place
from tests.exchange.test_settings import SOUND, run, run_python
from tests.people import DB, Cast
from wegnetz.audit.chain.proof import Fault
from wegnetz.audit.selectors.heads import organisations_with_events, public_key
from wegnetz.audit.services import Actor, event_after, record_act, witness_heads
from wegnetz.exchange.cli import main
from wegnetz.exchange.commands.verify_audit import SHOWN_OF_EACH

NOW = datetime(2021, 10, 7, 12, 5, tzinfo=UTC)


class Operator:
    """Runs commands and sees what they print; heads are kept where nothing is yet."""

    def __init__(self, cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.organisation = cast.ilka.viewer.organisation
        self.file = folder / "witness" / "heads.jsonl"
        self.capsys = capsys

    def act(self) -> None:
        record_act(Actor(None, "system", self.organisation), "change", subjects=[uuid4()], category="name")

    def invent(self) -> int:
        """Write an event into the database that does not follow on the one before it. Returns its place."""
        place = last_place(self.organisation) + 1
        content = content_at(self.organisation, place)._replace(subjects=())
        event_after(bytes(32), content).save(force_insert=True)
        return place

    def run(self, *arguments: str) -> tuple[int, list[str], list[str]]:
        code = main(arguments)
        written = self.capsys.readouterr()
        return code, written.out.splitlines(), written.err.splitlines()


@pytest.fixture
def operator(cast: Cast, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> Operator:
    settings.WITNESS = tmp_path / "witness"
    return Operator(cast, tmp_path, capsys)


@DB
def test_a_sound_audit_is_zero_findings_and_says_how_far_it_was_witnessed(operator: Operator) -> None:
    code, out, err = operator.run("verify-audit")
    assert (code, out[1], err) == (0, "No heads were signed yet.", [])
    operator.act()
    witness_heads(now=NOW)
    code, out, err = operator.run("verify-audit")
    chains = len(organisations_with_events())
    assert (code, err, out[1]) == (0, [], "Last signed heads: 2021-10-07 12:05 UTC.")
    assert out[0].endswith(f"events in {chains} chains verified, 0 findings.")


@DB
def test_a_finding_names_the_organisation_the_place_and_what_is_wrong(operator: Operator) -> None:
    operator.act()
    place = operator.invent()
    code, out, err = operator.run("verify-audit")
    assert (code, out[0].endswith(", 1 findings."), err) == (1, True, [f"a {place}: {Fault.LINK}"])


@DB
def test_of_many_findings_the_first_are_shown_and_the_rest_counted(operator: Operator) -> None:
    places = [operator.invent() for _ in range(SHOWN_OF_EACH + 3)]
    code, out, err = operator.run("verify-audit")
    assert (code, out[0].endswith(f", {len(places)} findings.")) == (1, True)
    assert err == [*(f"a {place}: {Fault.LINK}" for place in places[:SHOWN_OF_EACH]), "a: 3 more"]


@DB
def test_lines_that_partners_kept_are_a_copy_to_check_against(operator: Operator, tmp_path: Path) -> None:
    kept: list[str] = []
    for minute in range(3):
        operator.act()
        witness_heads(now=NOW.replace(minute=minute))
        code, out, err = operator.run("audit-heads")
        assert (code, out[0], err) == (0, f"# public key (Ed25519): {public_key()}", [])
        kept += out
    copy = tmp_path / "copy"
    copy.write_text("\n".join(kept))
    assert operator.run("verify-audit", "--heads", str(copy))[0] == 0
    copy.write_text("\n".join(kept).replace('"number":2', '"number":3'))
    code, _, err = operator.run("verify-audit", "--heads", str(copy), "--heads", str(operator.file))
    assert (code, err) == (
        1,
        [f"{copy} 3: {fault}" for fault in (Fault.RECORD, Fault.SIGNATURE, Fault.ORDER)],
    )


@DB
def test_without_heads_there_is_nothing_to_hand_on(operator: Operator) -> None:
    assert operator.run("audit-heads") == (2, [], ["No heads were signed yet; the worker does so every five minutes."])


@DB
def test_a_copy_that_is_not_there_stops_the_verification(operator: Operator, tmp_path: Path) -> None:
    code, out, err = operator.run("verify-audit", "--heads", str(tmp_path / "nowhere"))
    assert (code, out) == (2, [])
    assert err == [f"{tmp_path / 'nowhere'}: cannot be read (No such file or directory). Nothing was verified."]


def test_without_a_database_nothing_can_be_verified(tmp_path: Path) -> None:
    done = run(tmp_path, SOUND, "verify-audit")
    assert (done.returncode, done.stdout, done.stderr.startswith("The database does not answer")) == (2, "", True)


# --- an installation from before this could be proved ----------------------------------------------------

BEFORE = """
from wegnetz.exchange.setup import data_folder, ensure_secrets, start_django
ensure_secrets(data_folder()); start_django()
from django.core.management import call_command
call_command("migrate", "audit", "0002", verbosity=0)
"""
SINCE = """
from wegnetz.exchange.setup import migrate, start_django
start_django(); migrate()
from wegnetz.audit.tasks import sign_heads
print(sign_heads.call())
"""


def test_the_audit_of_an_older_version_is_brought_along_and_fits(tmp_path: Path) -> None:
    assert run_python(tmp_path, {}, "-c", BEFORE).stderr == ""
    with closing(sqlite3.connect(tmp_path / "data" / "wegnetz.sqlite3")) as database, database:
        for row in chain(A, 5):
            (id_, organisation, *values, subjects), *hashes = row
            stored = [value.hex if isinstance(value, UUID) else value and str(value) for value in values]
            marks = ", ".join("?" * 12)
            columns = "id, organisation, sequence, at, actor, actor_role, action, category, purpose, salt, leaf, link"
            database.execute(
                f"INSERT INTO audit_event ({columns}) VALUES ({marks})",
                [id_.hex, organisation.hex, *stored, *hashes],
            )
            for subject in subjects:
                database.execute(
                    "INSERT INTO audit_eventsubject (event_id, subject) VALUES (?, ?)", [id_.hex, subject.hex]
                )
    assert run_python(tmp_path, {}, "-c", SINCE).stdout == "1\n"
    done = run(tmp_path, {}, "verify-audit")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("5 events in 1 chains verified, 0 findings.\n")
    with closing(sqlite3.connect(tmp_path / "data" / "wegnetz.sqlite3")) as database:
        assert database.execute("SELECT DISTINCT organisation FROM audit_eventsubject").fetchall() == [(A.hex,)]
        with pytest.raises(sqlite3.IntegrityError, match="the audit only grows"):
            database.execute("UPDATE audit_event SET purpose = 'x'")
