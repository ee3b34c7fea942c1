"""What the tests of accounts share."""

from __future__ import annotations

import pytest

from tests.accounts.houses import House, build


@pytest.fixture
def house() -> House:
    return build("house")


@pytest.fixture
def other() -> House:
    return build("other")
