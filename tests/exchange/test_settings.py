"""A setting that cannot be used stops every command with one sentence that says which and what to do."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

KEY = base64.b64encode(bytes(range(32))).decode()
SOUND = {"WEGNETZ_SECRET_KEY": "only for this test", "WEGNETZ_MASTER_KEY": KEY, "WEGNETZ_AUDIT_KEY": KEY}
MAIN, KEYS = "postgresql://user:hidden-word@db.example/main", "postgresql://user:hidden-word@db.example/keys"

REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "no secret": (
        {"WEGNETZ_MASTER_KEY": KEY},
        "Cannot read the secret in {data}/secrets/django-secret (`wegnetz up` creates it; or set WEGNETZ_SECRET_KEY).",
    ),
    "no master key": (
        {"WEGNETZ_SECRET_KEY": "x"},
        "Cannot read the secret in {data}/secrets/master-key (`wegnetz up` creates it; or set WEGNETZ_MASTER_KEY).",
    ),
    "no key to sign the audit": (
        {"WEGNETZ_SECRET_KEY": "x", "WEGNETZ_MASTER_KEY": KEY},
        "Cannot read the secret in {data}/secrets/audit-key (`wegnetz up` creates it; or set WEGNETZ_AUDIT_KEY).",
    ),
    "a file that is not there": (
        SOUND | {"WEGNETZ_MASTER_KEY": "", "WEGNETZ_MASTER_KEY_FILE": "{data}/nowhere"},
        "Cannot read the secret in {data}/nowhere (WEGNETZ_MASTER_KEY_FILE points to it).",
    ),
    "a short master key": (
        SOUND | {"WEGNETZ_MASTER_KEY": "short"},
        "WEGNETZ_MASTER_KEY cannot be used: the key is no base64 text.",
    ),
    "an audit key of another length": (
        SOUND | {"WEGNETZ_AUDIT_KEY": "AAAA"},
        "WEGNETZ_AUDIT_KEY cannot be used: the key has 3 bytes, expected 32.",
    ),
    "keys without a database": (
        SOUND | {"DATABASE_URL": MAIN},
        "DATABASE_URL is set, KEYSTORE_URL is not: the keys need a database of their own.",
    ),
    "one database for both": (
        SOUND | {"DATABASE_URL": MAIN, "KEYSTORE_URL": MAIN},
        "DATABASE_URL and KEYSTORE_URL name the same database: the keys need one of their own.",
    ),
    "another kind of database": (
        SOUND | {"DATABASE_URL": "mysql://user:hidden-word@db.example/main", "KEYSTORE_URL": KEYS},
        "DATABASE_URL names django.db.backends.mysql; PostgreSQL is what is supported.",
    ),
    "an address that is none": (
        SOUND | {"DATABASE_URL": MAIN, "KEYSTORE_URL": "hidden-word"},
        "KEYSTORE_URL cannot be read; write it like postgresql://user:password@host/database.",
    ),
    "neither yes nor no": (SOUND | {"WEGNETZ_DEMO": "ja"}, "WEGNETZ_DEMO is 'ja'; write yes or no."),
    "pictures for maps from another server": (
        SOUND | {"WEGNETZ_TILES": "//tiles.example/{z}/{x}/{y}.png"},
        "WEGNETZ_TILES is '//tiles.example/{z}/{x}/{y}.png'; write a path on this server that begins with one slash.",
    ),
    "no number": (SOUND | {"WEGNETZ_PROXIES": "many"}, "WEGNETZ_PROXIES is 'many'; write a whole number."),
}


def run(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of `wegnetz` with these settings and no others; `{data}` stands for the data folder."""
    return run_python(folder, environment, "-m", "wegnetz.exchange.cli", *arguments)


def run_python(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    data = str(folder / "data")
    settings = {name: value.replace("{data}", data) for name, value in environment.items()}
    return subprocess.run(
        [sys.executable, *arguments],
        env=kept | settings | {"WEGNETZ_DATA": data},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("case", REFUSED)
def test_a_setting_that_cannot_be_used_is_one_sentence(case: str, tmp_path: Path) -> None:
    environment, sentence = REFUSED[case]
    done = run(tmp_path, environment, "replay-decisions")
    expected = sentence.replace("{data}", str(tmp_path / "data"))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{expected}\n")


@pytest.mark.parametrize("case", ["a short master key", "keys without a database", "neither yes nor no"])
def test_starting_up_says_the_same(case: str, tmp_path: Path) -> None:
    environment, sentence = REFUSED[case]
    done = run(tmp_path, environment, "up", "--port", "0")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{sentence}\n")


def test_a_demo_is_served_to_this_machine_only(tmp_path: Path) -> None:
    done = run(tmp_path, SOUND | {"WEGNETZ_HTTPS": "no"}, "up", "--demo", "--host", "0.0.0.0", "--port", "0")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert list((tmp_path / "data").glob("*.sqlite3")) == []


def test_an_unknown_command_names_those_there_are(tmp_path: Path) -> None:
    done = run(tmp_path, SOUND, "reveal-everything")
    assert (done.returncode, "load-pack" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
