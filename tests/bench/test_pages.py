"""`python -m bench pages` from beginning to end, small; and that it does not take a wrong page for a right one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from bench.machine import percentile
from bench.tour import Visit
from bench.visits import WrongPageError, ask
from django.urls import reverse

from tests.people import Desk


def test_it_measures_every_page_of_both_viewers() -> None:
    figures = _bench("--people", "12", "--entries", "240", "--requests", "1")
    assert {name.partition(": ")[0] for name in figures["pages"]} == {"case manager", "coach"}
    assert {len(page["met"]) for page in figures["pages"].values()} == {2}


def _bench(*arguments: str) -> dict[str, Any]:
    server = os.environ.get("WEGNETZ_TEST_DATABASE")
    options = [*arguments, *(["--database", server] if server else [])]
    done = subprocess.run([sys.executable, "-m", "bench", "pages", *options], capture_output=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.django_db(databases=["default", "keystore"])
@pytest.mark.parametrize(
    "visit",
    [
        Visit(reverse("desk:start"), ("somebody who is not there",)),
        Visit(reverse("desk:start") + "nowhere/", ()),
    ],
    ids=["mark", "status"],
)
def test_a_wrong_page_is_no_figure(ilka: Desk, visit: Visit) -> None:
    with pytest.raises(WrongPageError):
        ask(ilka, visit)


@pytest.mark.parametrize(("percent", "value"), [(1, 1.0), (50, 2.0), (51, 3.0), (95, 4.0), (100, 4.0)])
def test_a_percentile_is_one_of_the_values(percent: int, value: float) -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0], percent) == value
