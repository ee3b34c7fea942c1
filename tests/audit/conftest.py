"""What the tests of the audit in a database share."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from wegnetz.audit.services import Actor


@pytest.fixture
def actor() -> Actor:
    """Somebody of an organisation that has no events yet."""
    return Actor(uuid4(), "case-manager", uuid4())


@pytest.fixture
def heads_file(tmp_path: Path, settings: Settings) -> Path:
    """Where heads are witnessed during the test; nothing is there yet."""
    settings.WITNESS = tmp_path / "witness"
    return tmp_path / "witness" / "heads.jsonl"
