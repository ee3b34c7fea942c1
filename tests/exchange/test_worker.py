"""A new installation, and the worker that does its jobs: in processes of their own, on files of their own."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.exchange.test_settings import SOUND, run, run_python

PREPARE = """
from wegnetz.exchange.setup import data_folder, ensure_secrets, migrate, start_django
ensure_secrets(data_folder()); start_django(); migrate()
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with its secrets and both databases, empty."""
    folder = tmp_path_factory.mktemp("installation")
    done = run_python(folder, {}, "-c", PREPARE)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def jobs(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "data" / "wegnetz.sqlite3")) as database:
        return database.execute(
            "SELECT task_path, status FROM django_tasks_database_dbtaskresult ORDER BY task_path"
        ).fetchall()


def test_the_worker_does_what_is_due_and_nothing_twice_a_day(installation: Path) -> None:
    expected = [
        ("wegnetz.accounts.tasks.clear_sessions", "SUCCESSFUL"),
        ("wegnetz.accounts.tasks.forget_invitations", "SUCCESSFUL"),
        ("wegnetz.accounts.tasks.prune_jobs", "SUCCESSFUL"),
        ("wegnetz.audit.tasks.check_audit", "SUCCESSFUL"),
        ("wegnetz.audit.tasks.sign_heads", "SUCCESSFUL"),
        ("wegnetz.casework.tasks.send_reminders", "SUCCESSFUL"),
        ("wegnetz.core.tasks.count_rows", "SUCCESSFUL"),
        ("wegnetz.desk.tasks.ask_to_confirm_places", "SUCCESSFUL"),
        ("wegnetz.directory.tasks.check_search", "SUCCESSFUL"),
        ("wegnetz.directory.tasks.forget_imports", "SUCCESSFUL"),
        ("wegnetz.directory.tasks.forget_past_weeks", "SUCCESSFUL"),
        ("wegnetz.directory.tasks.resume_imports", "SUCCESSFUL"),
        ("wegnetz.network.tasks.forget_announcements", "SUCCESSFUL"),
        ("wegnetz.network.tasks.forget_evenings", "SUCCESSFUL"),
        ("wegnetz.network.tasks.forget_gaps", "SUCCESSFUL"),
        ("wegnetz.network.tasks.forget_pairings", "SUCCESSFUL"),
        ("wegnetz.network.tasks.forget_shared_maps", "SUCCESSFUL"),
        ("wegnetz.participants.tasks.check_replay", "SUCCESSFUL"),
        ("wegnetz.participants.tasks.delete_what_is_due", "SUCCESSFUL"),
        ("wegnetz.participants.tasks.forget_old_events", "SUCCESSFUL"),
        ("wegnetz.portal.tasks.tell_of_workshops", "SUCCESSFUL"),
    ]
    for _ in range(2):
        done = run(installation, {}, "worker", "--once")
        assert (done.returncode, done.stderr, jobs(installation)) == (0, "", expected)


def test_secrets_and_databases_are_for_one_user_alone(installation: Path) -> None:
    files = [path for path in (installation / "data").rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"django-secret", "master-key", "wegnetz.sqlite3", "keystore.sqlite3"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_starting_again_never_touches_the_secrets(installation: Path) -> None:
    secrets = {path: path.read_bytes() for path in (installation / "data" / "secrets").iterdir()}
    assert run_python(installation, {}, "-c", PREPARE).returncode == 0
    assert {path: path.read_bytes() for path in secrets} == secrets
    assert len(secrets) == 3


def test_before_the_first_programme_commands_say_so(installation: Path) -> None:
    """Nobody is registered yet, so there is nothing to replay and nobody to make an account for."""
    done = run(installation, {}, "replay-decisions")
    assert (done.returncode, done.stdout) == (0, "0 stored decisions, 0 replay identically, 0 differ.\n")
    done = run(installation, {}, "add-staff", "a@b.example", "--name", "A", "--organisation", "x", "--role", "coach")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_an_installation_does_not_start_with_another_master_key(installation: Path) -> None:
    check = "from wegnetz.exchange.setup import start_django; start_django()\n"
    check += "from wegnetz.participants.services import keys_fit; print(keys_fit())"
    answers = [run_python(installation, settings, "-c", check).stdout for settings in ({}, SOUND)]
    assert answers == ["True\n", "False\n"]
