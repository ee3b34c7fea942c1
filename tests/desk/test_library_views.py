"""Views of allauth and Django: every one x method x actor, against the table in `addresses`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.desk.addresses import ADMISSION, METHODS, every_pattern
from tests.desk.asking import ask, browser, undone
from tests.desk.library import LIBRARY, LIBRARY_PARTS
from tests.people import CANARY_A, CANARY_B, DB, Cast, Page
from wegnetz.desk.policies import LIBRARY_VIEWS

pytestmark = DB

COLUMN = {"anonymous": 1, "deactivated": 1, "unprotected": 2}  # everybody else is signed in with a second factor: 3

LIMITS = {"core_cache"}  # how often somebody tried


def answer_of(response: Page) -> str:
    if response.status_code != 302:
        return str(response.status_code)
    location = response.headers["Location"]
    path, _, query = location.partition("?")
    if path == reverse("account_login"):
        return "login" if query.startswith("next=") else "out"
    return {
        reverse("desk:start"): "start",
        reverse("account_reauthenticate"): "confirm",
        reverse("mfa_reauthenticate"): "confirm",
        reverse("mfa_index"): "setup",
    }[path]


@pytest.mark.parametrize("actor", ADMISSION)
def test_each_actor_gets_what_the_table_says(
    actor: str, cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    client = browser(cast, actor)
    cells = 0
    for name, columns in LIBRARY.items():
        expected = columns[COLUMN.get(actor, 3)].split()
        address = reverse(name, kwargs=LIBRARY_PARTS.get(name))
        for method, answer in zip(METHODS, expected, strict=True):
            cache.clear()  # the limits on attempts are not what is tested here
            with undone():
                response, written = ask(client, method, address, {})
            assert (name, method, answer_of(response)) == (name, method, answer)
            assert (name, method, written - LIMITS) == (name, method, set())
            marker = CANARY_A if actor == "bea" else CANARY_B
            assert (name, method, marker.encode() in response.content) == (name, method, False)
            cells += 1
    record_property("cells", cells)


def test_every_library_view_is_listed_with_its_policy() -> None:
    ours = ("desk:", "portal:", "exchange:")
    walked = [name for name, _pattern in every_pattern() if not name.startswith(ours)]
    assert sorted(walked) == sorted(LIBRARY_VIEWS)
    assert {name: policy.value for name, policy in LIBRARY_VIEWS.items()} == {
        name: columns[0] for name, columns in LIBRARY.items()
    }
