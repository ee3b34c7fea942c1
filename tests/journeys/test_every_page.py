"""Every page once in each language, light and dark, on the phone and at the desk: axe-core, and no scrolling sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.desk import CASE_MANAGER, DEMO_DAY, SEND, search
from tests.journeys.inspection import WIDTHS, axe_problems, sideways_problems
from tests.journeys.visitor import Look, Visitor

pytestmark = pytest.mark.journey
OPEN = ("/konto/login/", "/konto/login/?email=coach@demo.example", "/hinweise/barrierefreiheit/", "/konto/password/reset/", "/gibt-es-nicht/")
OF_STAFF = (
    "/", "/programm/", f"/programm/?on={DEMO_DAY}", "/programm/?on=2021-02-30", "/hinweise/protokoll/",
    "/hinweise/barrierefreiheit/", "/konto/2fa/", "/konto/2fa/totp/activate/", "/konto/2fa/webauthn/",
    "/konto/2fa/webauthn/add/", "/konto/password/change/", "/konto/logout/", "/gibt-es-nicht/",
)  # fmt: skip
OF_PEOPLE = ("/menschen/", "/menschen/?page=2", "/menschen/aufnehmen/")
OF_A_PERSON = (
    "", "kontakt/", "bausteine/", "bausteine/?on=2020-01-15", "bausteine/?on=2030-01-15", "bausteine/?on=unsinn",
    "angaben/birth_date/", "angaben/residence_status/", "angaben/work_ban/",
)  # fmt: skip
LANGUAGES = pytest.mark.parametrize("language", ["de", "en"])


def look_at_it_every_way(visitor: Visitor) -> None:
    """The page as it stands, in both schemes at both sizes, and no wider than any window."""
    found = []
    for width, height in ((1280, 800), (390, 844)):
        visitor.page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            visitor.page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {problem}" for problem in axe_problems(visitor.page)]
    found += sideways_problems(visitor.page, WIDTHS)
    assert found == [], visitor.path


SCHEMES: tuple[str, str] = ("light", "dark")
