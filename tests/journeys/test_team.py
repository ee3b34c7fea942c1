"""A lead invites somebody, who comes, works and is shut out again; somebody with two roles changes between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.desk import sign_in
from tests.journeys.installation import Installation
from tests.journeys.test_every_page import LANGUAGES, look_at_it_every_way
from tests.journeys.test_second_factor import PASSWORD, SEND, enter_code, set_up_app
from tests.journeys.visitor import LOOKS, Look, Visitor

pytestmark = pytest.mark.journey
LEAD = "lead@demo.example"
IN_TEAM = "main tbody th a"


def choose_password(visitor: Visitor) -> None:
    for field in visitor.find("main input[type=password]").all():
        field.fill(PASSWORD)
    visitor.press(SEND)


def lead_of(visit: Visit, real: Installation, organisation: str, look: Look) -> Visitor:
    """A lead at the desk, whose account was made on the server."""
    email = f"{organisation}-{look}@amt.example"
    printed = real.run("add-staff", email, "--name", "Ada Linde", "--organisation", organisation, "--role", "lead")
    link = re.search(r">(/\S+)", printed)
    assert link is not None, printed
    ada = visit(look, at=real)
    ada.open(link[1])
    choose_password(ada)
    sign_in(ada, email, PASSWORD)
    protect(ada)
    return ada


def protect(visitor: Visitor) -> None:
    """Set up an app, and prove it to the session that is open."""
    secret = set_up_app(visitor)
    visitor.open("/")
    enter_code(visitor, secret)
    assert visitor.path == "/"


def invite(lead: Visitor, email: str, name: str, *roles: str) -> str:
    """Invite somebody. Returns the path of the link."""
    lead.open("/team/")
    lead.press("main a[href='/team/einladen/']")
    lead.find("input[name=email]").fill(email)
    lead.find("input[name=name]").fill(name)
    for role in roles:
        lead.find(f"input[name=roles][value={role}]").check()
    lead.press(SEND)
    return urlsplit(lead.find("#link").input_value()).path


@LOOKS
def test_a_newcomer_is_invited_works_and_is_shut_out_at_the_next_click(
    visit: Visit, real: Installation, look: Look
) -> None:
    ada = lead_of(visit, real, "multikulturelles-forum", look)
    email = f"rosa-{look}@amt.example"
    name = f"Rosa {look.language}"
    path = invite(ada, email, name, "case-manager")

    rosa = visit(look, at=real)
    rosa.open(path)
    assert rosa.find("#account").input_value() == email
    choose_password(rosa)
    sign_in(rosa, email, PASSWORD)
    assert rosa.path == "/konto/2fa/"
    protect(rosa)
    rosa.open("/menschen/aufnehmen/")
    assert rosa.status == 200

    ada.open("/team/")
    ada.press(ada.find(IN_TEAM).get_by_text(name))
    member = ada.path
    ada.press("main form[action$='/sperren/'] button")
    assert ada.find(".wn-cols form[action$='/freigeben/'] button").is_visible()
    rosa.press(".wn-brand")
    assert rosa.path == "/konto/login/?next=/"
    sign_in(rosa, email, PASSWORD)
    rosa.open("/menschen/")
    assert rosa.path == "/konto/login/?next=/menschen/"

    ada.press(".wn-messages form button")  # undo
    assert ada.path == member
    sign_in(rosa, email, PASSWORD)
    assert rosa.path == "/konto/2fa/authenticate/"
    rosa.open(path)
    assert rosa.status == 404  # the link is used up


@LOOKS
def test_somebody_with_an_account_accepts_for_a_second_organisation_and_changes_between_the_two(
    visit: Visit, real: Installation, look: Look
) -> None:
    email, name = f"mira-{look}@amt.example", f"Mira {look.language}"
    ada, ben = (lead_of(visit, real, organisation, look) for organisation in ("graf-recke", "zakk"))
    mira = visit(look, at=real)
    mira.open(invite(ada, email, name, "coach"))
    choose_password(mira)
    sign_in(mira, email, PASSWORD)
    protect(mira)
    mira.open(invite(ben, email, name, "workshop-host"))
    mira.press(SEND)
    assert mira.path == "/"
    before = mira.text(".wn-foot span")
    mira.find("details.wn-user summary").click()
    mira.press("button[name=membership][aria-pressed=false]")
    after = mira.text(".wn-foot span")
    assert (before.startswith(name), after.startswith(name), before != after) == (True, True, True)
    ben.open("/team/")
    ben.press(ben.find(IN_TEAM).get_by_text(name))
    ben.press("main form[action$='/beenden/'] button")
    mira.open("/")
    assert mira.text(".wn-foot span") == before
    assert mira.find(".wn-messages").count() == 1


@LANGUAGES
def test_every_page_of_a_team_is_sound(visit: Visit, language: str) -> None:
    marion, anyone = visit(Look(language), LEAD), visit(Look(language))
    for _ in pages_of_a_team(marion, anyone):
        look_at_it_every_way(marion)
        look_at_it_every_way(anyone)


def pages_of_a_team(marion: Visitor, anyone: Visitor) -> Iterator[None]:
    """The pages of a lead and those of whom she invites, side by side; whoever came is gone at the end."""
    marion.open("/team/einladen/")
    marion.find("input[name=email]").fill("kein Postfach")
    marion.press(SEND)
    anyone.open("/einladung/nie-vergeben/")
    yield
    email = f"kim-{marion.look}@demo.example"
    path = invite(marion, email, "Kim Feder", "coach", "workshop-host")
    anyone.open(path)
    yield
    marion.open("/team/")
    anyone.press(SEND)  # without a password
    yield
    marion.open(path)  # not hers
    choose_password(anyone)
    yield
    sign_in(anyone, email, PASSWORD)
    anyone.find("details.wn-user summary").click()
    marion.open("/team/")
    marion.press(marion.find(IN_TEAM).get_by_text("Kim Feder"))
    yield
    marion.press("main form[action$='/aufgabe/'] button")  # without a role
    yield
    marion.press("main form[action$='/sperren/'] button")
    yield
    for _ in range(2):
        marion.press("main form[action$='/beenden/'] button >> nth=0")
        if marion.find(IN_TEAM).get_by_text("Kim Feder").count():
            marion.press(marion.find(IN_TEAM).get_by_text("Kim Feder"))
    marion.press(marion.find(IN_TEAM).get_by_text("Marion Kaya"))
    yield
