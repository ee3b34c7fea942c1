"""An old telephone, or a network that loses half of what it carries: no script arrives."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import (
    CASE_MANAGER,
    DEMO_DAY,
    FITTING,
    PASSWORD,
    choose_day,
    record_decision,
    register,
    settle,
    sign_out,
    states,
)
from tests.journeys.visitor import EACH, Look

pytestmark = pytest.mark.journey
LOOKS = pytest.mark.parametrize("look", [Look(script=False), Look("en", 390, script=False)][EACH], ids=str)


@LOOKS
def test_a_day_s_work_needs_no_javascript(visit: Visit, look: Look) -> None:
    ilka = visit(look)
    ilka.open("/")
    ilka.press(f"a[data-email='{CASE_MANAGER}']")
    assert ilka.find("input[name=login]").input_value() == CASE_MANAGER
    ilka.find("input[name=password]").fill(PASSWORD)
    ilka.press("#signin button[type=submit]")
    register(ilka, "Selam")
    assert len(settle(ilka, FITTING)) == 8
    choose_day(ilka, DEMO_DAY)
    record_decision(ilka)
    assert states(ilka) == [ilka.words("offen")] * 6
    ilka.find("details.wn-more summary").first.click()
    assert ilka.find("details.wn-more[open] tbody tr").first.is_visible()
    sign_out(ilka)
    ilka.open("/")
    assert ilka.path == "/konto/login/?next=/"
