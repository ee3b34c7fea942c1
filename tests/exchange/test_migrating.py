"""An installation that is there already is brought to this version, with all that the database enforces."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.exchange.test_settings import run_python

BEFORE = """
from wegnetz.exchange.setup import data_folder, ensure_secrets, start_django
ensure_secrets(data_folder()); start_django()
from django.apps import apps
from django.core.management import call_command
call_command("migrate", "participants", "0003", verbosity=0)
for app in ("casework", "audit", "programme", "sessions", "account", "mfa", "django_tasks_database", "core"):
    call_command("migrate", app, verbosity=0)
call_command("migrate", database="keystore", verbosity=0)
from django.conf import settings
from django.utils.module_loading import import_string
from dataclasses import fields, replace
from wegnetz.core.isolation import isolate
now = import_string(settings.ISOLATION)
# What came with a later version was not there yet.
there = {
    field.name: [rule for rule in getattr(now, field.name) if not rule.table.startswith("network_")]
    for field in fields(now) if field.name != "functions"
}
isolate(replace(now, **there))
"""
AFTERWARDS = """
from wegnetz.exchange.setup import migrate, start_django
start_django(); migrate()
"""


def triggers(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "data" / "wegnetz.sqlite3")) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}


def test_a_table_that_triggers_name_can_be_built_anew_and_the_triggers_are_there_again(tmp_path: Path) -> None:
    before = run_python(tmp_path, {}, "-c", BEFORE)
    assert (before.returncode, before.stderr) == (0, "")
    enforced = triggers(tmp_path)
    assert "participants_involvement_consent_id_together_insert" in enforced
    afterwards = run_python(tmp_path, {}, "-c", AFTERWARDS)
    assert (afterwards.returncode, afterwards.stderr) == (0, "")
    found = triggers(tmp_path)
    assert enforced <= found
    assert {name.split("_")[0] for name in found - enforced} == {"network"}
