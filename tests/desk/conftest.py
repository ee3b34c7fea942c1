"""What the tests of the desk share."""

from __future__ import annotations

import pytest

from tests.desk.mates import colleague
from tests.people import Cast, Desk, sign_in
from wegnetz.accounts.access import Role


@pytest.fixture
def lead(cast: Cast) -> Desk:
    """The browser of the lead of A."""
    return sign_in(colleague(cast, Role.LEAD))
