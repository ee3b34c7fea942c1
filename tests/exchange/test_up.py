"""`wegnetz up`: when a start is a demo, and what it refuses."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wegnetz.exchange.commands.up import is_demo
from wegnetz.exchange.setup import DEMO_MARK, ensure_secrets

CLEAR = ("WEGNETZ_DEMO", "DATABASE_URL", "WEGNETZ_HOSTS")


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CLEAR:
        monkeypatch.delenv(name, raising=False)


def asked(*, demo: bool = False, host: str = "127.0.0.1") -> argparse.Namespace:
    return argparse.Namespace(demo=demo, host=host)


def test_a_first_start_where_nothing_is_set_up_is_a_demo(tmp_path: Path) -> None:
    assert is_demo(asked(), tmp_path)


def test_a_folder_keeps_what_it_once_was(tmp_path: Path) -> None:
    (tmp_path / "wegnetz.sqlite3").touch()
    assert not is_demo(asked(), tmp_path)
    (tmp_path / DEMO_MARK).touch()
    assert is_demo(asked(), tmp_path)


@pytest.mark.parametrize(
    ("name", "value"), [("DATABASE_URL", "postgresql://x/y"), ("WEGNETZ_HOSTS", "a.example"), ("WEGNETZ_DEMO", "no")]
)
def test_whoever_sets_something_up_has_something_real_in_mind(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert not is_demo(asked(), tmp_path)


def test_an_address_for_others_is_no_demo_unless_asked_for(tmp_path: Path) -> None:
    assert not is_demo(asked(host="0.0.0.0"), tmp_path)
    assert is_demo(asked(demo=True, host="0.0.0.0"), tmp_path)


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WEGNETZ_SECRET_KEY", "WEGNETZ_MASTER_KEY", "WEGNETZ_AUDIT_KEY"):
        monkeypatch.delenv(name, raising=False)
    ensure_secrets(tmp_path)
    files = sorted((tmp_path / "secrets").iterdir())
    before = [file.read_text() for file in files]
    ensure_secrets(tmp_path)
    assert [file.name for file in files] == ["audit-key", "django-secret", "master-key"]
    assert [file.read_text() for file in files] == before
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_database_out_of_reach_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/a",
        "KEYSTORE_URL": "postgresql://nobody@127.0.0.1:1/b",
        "WEGNETZ_DATA": str(tmp_path),
    }
    command = [sys.executable, "-m", "wegnetz.exchange.cli", "replay-decisions"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("The database does not answer as it should: ")
    assert "Traceback" not in run.stderr
