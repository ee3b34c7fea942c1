"""What the tests of the commands share; property tests follow the same settings as those of the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.rules.conftest  # noqa: F401  registers and loads the hypothesis profile
from tests.exchange.decide_desk import Desk
from tests.programme.minimal import keep, minimal


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(keep(tmp_path / "pack", minimal()), tmp_path / "facts.json", capsys)
