"""What the tests of the desk share."""

from __future__ import annotations

import logging
from io import StringIO

import pytest

from tests.desk.mates import colleague
from tests.people import Cast, Desk, sign_in
from wegnetz.accounts.access import Role


@pytest.fixture
def lead(cast: Cast) -> Desk:
    """The browser of the lead of A."""
    return sign_in(colleague(cast, Role.LEAD))


@pytest.fixture
def host(cast: Cast) -> Desk:
    """The browser of who hosts workshops of A."""
    return sign_in(colleague(cast, Role.WORKSHOP_HOST))


@pytest.fixture
def steering(cast: Cast) -> Desk:
    """The browser of the steering office."""
    return sign_in(colleague(cast, Role.STEERING))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the application writes into its own log, as it stands there."""
    lines = StringIO()
    handler = next(each for each in logging.getLogger().handlers if each.name == "stderr")
    monkeypatch.setattr(handler, "stream", lines)
    return lines
