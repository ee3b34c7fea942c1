"""Somebody is invited to a workshop: on the phone, from the link in a mail to three faces afterwards."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.installation import Installation
from tests.journeys.inviting import be_over, call_off, invite
from tests.journeys.test_every_page import look_at_it_every_way
from tests.journeys.visitor import EACH, Look, Visitor

pytestmark = pytest.mark.journey
YES, NO = "button[name=comes][value=yes]", "button[name=comes][value=no]"
TITLES = {"de": "Singen zusammen", "ar": "نغني معًا"}
HOLDS = ".wn-holds >> nth=0"
FINGER = 44  # pixels that a target on a phone has at least


def follow(visitor: Visitor, secret: str) -> None:
    """As from a mail: the secret does not stay in the address."""
    visitor.open(f"/termin/{secret}/?sprache={visitor.look.language}")
    assert (visitor.path.startswith("/termin/hier/"), secret in visitor.page.content()) == (True, False)


def size(visitor: Visitor, what: str) -> tuple[float, float]:
    box = visitor.find(what).bounding_box()
    assert box is not None
    return box["width"], box["height"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["de", "ar"][EACH])
def test_who_is_invited_answers_with_one_tap_and_says_how_it_was_with_three(
    visit: Visit, demo: Installation, language: str, script: bool
) -> None:
    first, second = invite(demo, seats=1)
    mina, noor = (visit(Look(language, 390, script=script)) for _ in range(2))
    follow(mina, first)
    assert mina.text("h1") == TITLES[language]
    assert size(mina, YES) == size(mina, NO)
    assert min(size(mina, YES)) >= FINGER
    if script:
        look_at_it_every_way(mina)
    mina.press(YES)
    assert mina.text(HOLDS) == mina.words("Du hast einen Platz.")
    mina.find("#childcare").check()
    mina.find("#note").fill("Wir kommen zu zweit")
    mina.press("form[action*='/brauche/'] button")
    assert mina.find("#childcare").is_checked()
    with mina.page.expect_download() as download:
        mina.find("a[href*='termin.ics']").click()
    assert f"SUMMARY:{TITLES[language]}" in download.value.path().read_text()
    follow(noor, second)
    noor.press(YES)
    assert noor.text(HOLDS) == noor.words("Du stehst auf der Warteliste, Platz %(place)s.", place=1)
    mina.press(NO)
    noor.page.reload()
    noor.inspect()
    assert noor.text(HOLDS) == noor.words("Ein Platz ist frei geworden. Du hast jetzt einen Platz.")
    be_over(demo, second)
    noor.page.reload()
    if script:
        look_at_it_every_way(noor)
    for face in (3, 2, 3):
        noor.press(f".wn-faces button[value='{face}']")
    assert noor.text(HOLDS) == noor.words("Danke! Das hilft uns.")
    follow(mina, first)
    assert mina.text(HOLDS) == mina.words("Dieser Termin ist vorbei.")


def test_what_was_called_off_and_a_link_that_opens_nothing_are_said_plainly(visit: Visit, demo: Installation) -> None:
    first, _second = invite(demo)
    call_off(demo, first)
    mina = visit(Look("de", 390))
    follow(mina, first)
    assert (mina.text(HOLDS), mina.find(YES).count()) == ("Dieser Termin fällt aus.", 0)
    look_at_it_every_way(mina)
    mina.open(f"/termin/{'x' * 64}/")
    assert (mina.status, mina.text("h1")) == (404, "Dieser Link öffnet nichts")
    look_at_it_every_way(mina)
