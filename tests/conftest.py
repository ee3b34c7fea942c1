"""What every test may use. The cast is in `tests.people`."""

from __future__ import annotations

import pytest

from wegnetz.exchange.setup import collect_static


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Pages name their style sheets by content; the names must exist."""
    collect_static()
