"""Acting in one of several roles, and being out at the next click when it ends or the account is shut out."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests.desk.addresses import SCREENS, address
from tests.desk.asking import rows_of_every_table
from tests.desk.mates import also, choices, colleague, text_of
from tests.desk.test_audit_unavailable import full_disk  # noqa: F401  a fixture
from tests.people import CANARY_A, DB, PASSWORD, Cast, Desk, Page, sign_in
from tests.statements import asked, watched
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Membership

pytestmark = DB

SESSIONS = 100


def messages_on(page: Page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def acts_as(client: Desk) -> str:
    return str(client.get("/").context["viewer"].role)


def test_with_one_role_there_is_nothing_to_choose(ilka: Desk) -> None:
    assert choices(ilka) == []


def test_a_role_is_chosen_in_the_menu_and_kept(ilka: Desk, cast: Cast) -> None:
    hosting = also(cast.ilka, Role.WORKSHOP_HOST)
    assert choices(ilka) == [("Teilhabemanagement", True), ("Workshop-Leitung", False)]
    assert ilka.post(reverse("desk:act-as"), {"membership": hosting.id}).headers["Location"] == "/"
    assert choices(ilka) == [("Teilhabemanagement", False), ("Workshop-Leitung", True)]
    assert (acts_as(ilka), ilka.get(reverse("desk:people")).status_code) == ("workshop-host", 404)
    assert acts_as(sign_in(cast.ilka)) == "case-manager"


def test_the_way_to_another_role_leads_nowhere_else(ilka: Desk, cast: Cast) -> None:
    hosting = also(cast.ilka, Role.WORKSHOP_HOST)
    for page, led in (("/programm/?a=b", "/programm/?a=b"), ("//evil.example/", "/"), ("https://evil.example", "/")):
        answer = ilka.post(reverse("desk:act-as"), {"membership": hosting.id, "next": page})
        assert (page, answer.headers["Location"]) == (page, led)


def test_a_role_in_another_organisation_shows_that_organisation_only(ilka: Desk, cast: Cast) -> None:
    there = also(cast.ilka, Role.CASE_MANAGER, cast.bea.viewer.organisation)
    assert ilka.get(address("person", cast.omar)).status_code == 404
    ilka.post(reverse("desk:act-as"), {"membership": there.id})
    seen = [ilka.get(address("person", young)).status_code for young in (cast.omar, cast.yonas)]
    assert seen == [200, 404]


def test_nobody_acts_in_a_role_that_is_not_theirs_or_not_in_force(ilka: Desk, cast: Cast) -> None:
    ended, paused, later = (also(cast.ilka, role) for role in (Role.LEAD, Role.STEERING, Role.COACH))
    Membership.objects.filter(id=ended.id).update(ended_on=timezone.localdate())
    Membership.objects.filter(id=paused.id).update(paused_on=timezone.localdate())
    Membership.objects.filter(id=later.id).update(began_on=date(2999, 1, 1))
    somebody_s = Membership.objects.get(user=colleague(cast, Role.LEAD).user)
    for membership in (ended.id, paused.id, later.id, somebody_s.id, "", "x"):
        assert ilka.post(reverse("desk:act-as"), {"membership": membership}).status_code == 404
    session = ilka.session
    session["membership"] = str(somebody_s.id)
    session.save()
    assert acts_as(ilka) == "case-manager"


def test_three_roles_ask_the_database_no_more_than_one(ilka: Desk, cast: Cast) -> None:
    counted = []
    for extra in ((), (Role.WORKSHOP_HOST, Role.LEAD)):
        for role in extra:
            also(cast.ilka, role)
        ilka.get("/")
        with watched() as statements:
            assert ilka.get(reverse("desk:help-log")).status_code == 200
        counted.append(asked(statements))
    assert counted == [2, 2]  # the session, and the account with its roles


def test_a_role_that_ends_ends_in_open_sessions_and_says_so(ilka: Desk, cast: Cast) -> None:
    hosting = also(cast.ilka, Role.WORKSHOP_HOST)
    ilka.post(reverse("desk:act-as"), {"membership": hosting.id})
    assert acts_as(ilka) == "workshop-host"
    Membership.objects.filter(id=hosting.id).update(ended_on=timezone.localdate())
    page = ilka.get("/")
    assert (page.context["viewer"].role, choices(ilka)) == (Role.CASE_MANAGER, [])
    assert messages_on(page) == [
        f"Ihre bisherige Aufgabe ist beendet. Jetzt arbeiten Sie hier: Teilhabemanagement, Teilhabe A {CANARY_A}."
    ]
    assert messages_on(ilka.get("/")) == []


def test_what_is_sent_in_a_role_that_has_ended_is_not_done_in_another(ilka: Desk, cast: Cast) -> None:
    """Otherwise a person would be registered by another organisation than the one that asked them."""
    also(cast.ilka, Role.CASE_MANAGER, cast.bea.viewer.organisation)
    ilka.get("/")
    Membership.objects.filter(user=cast.ilka.user, organisation=cast.ilka.viewer.organisation).update(
        ended_on=timezone.localdate()
    )
    before = rows_of_every_table()
    response = ilka.post(address("register", cast.nobody), SCREENS["register"].body)
    assert (response.headers["Location"], rows_of_every_table() == before) == ("/", True)
    assert messages_on(ilka.get("/"))[0].startswith(
        "Ihre bisherige Aufgabe ist beendet. Was Sie eben abgeschickt haben, ist nicht gespeichert."
    )


def test_forms_that_were_open_before_the_role_was_changed_are_refused(cast: Cast) -> None:
    hosting = also(cast.ilka, Role.WORKSHOP_HOST)
    strict = Desk(enforce_csrf_checks=True)
    strict.cookies = sign_in(cast.ilka).cookies
    form = strict.get(reverse("desk:help-log")).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[0]
    given = {"membership": hosting.id, "csrfmiddlewaretoken": token}
    assert [strict.post(reverse("desk:act-as"), given).status_code for _ in range(2)] == [302, 403]


# --- shut out at once ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/menschen/", "/konto/2fa/", "/hinweise/barrierefreiheit/"])
def test_whoever_is_shut_out_is_out_at_the_very_next_click_in_every_session(path: str, lead: Desk, cast: Cast) -> None:
    runs = SESSIONS if path == "/" else 3
    open_sessions = [sign_in(cast.ilka) for _ in range(runs)]
    assert {client.get("/").status_code for client in open_sessions} == {200}
    left = Session.objects.count() - runs
    assert lead.post(reverse("desk:deactivate", args=[cast.ilka.user])).status_code == 302
    public = path.startswith("/hinweise/")
    for client in open_sessions:
        response = client.get(path)
        assert response.headers.get("Location") == (None if public else f"/konto/login/?next={path}")
        assert client.get("/").headers["Location"] == "/konto/login/?next=/"
    lead.post(reverse("desk:reactivate", args=[cast.ilka.user]))
    assert {client.get("/").status_code for client in open_sessions} == {302}
    assert Session.objects.count() == left  # none of them comes back to life


def test_shut_out_of_one_organisation_one_signs_in_anew_for_the_other(lead: Desk, cast: Cast) -> None:
    also(cast.ilka, Role.COACH, cast.bea.viewer.organisation)
    open_sessions = {path: sign_in(cast.ilka) for path in ("/", "/hinweise/barrierefreiheit/", "/konto/login/")}
    assert lead.post(reverse("desk:deactivate", args=[cast.ilka.user])).status_code == 302
    answers = {path: client.get(path).headers.get("Location") for path, client in open_sessions.items()}
    assert answers == {
        "/": "/konto/login/?next=/",
        "/hinweise/barrierefreiheit/": None,
        "/konto/login/": None,
    }
    assert acts_as(sign_in(cast.ilka)) == "coach"


def test_whoever_is_shut_out_cannot_sign_in(lead: Desk, cast: Cast) -> None:
    lead.post(reverse("desk:deactivate", args=[cast.ilka.user]))
    client = Desk()
    client.post(reverse("account_login"), {"login": cast.ilka.email, "password": PASSWORD})
    assert client.get("/").headers["Location"] == "/konto/login/?next=/"


def test_a_role_ended_by_the_lead_is_gone_at_the_next_click_in_every_session(lead: Desk, cast: Cast) -> None:
    open_sessions = [sign_in(cast.ilka) for _ in range(SESSIONS)]
    assert {client.get(reverse("desk:people")).status_code for client in open_sessions} == {200}
    also(cast.ilka, Role.WORKSHOP_HOST)
    leading = Membership.objects.get(user=cast.ilka.user, role=Role.CASE_MANAGER)
    page = lead.post(reverse("desk:end-role", args=[leading.id]), follow=True)
    assert {client.get(reverse("desk:people")).status_code for client in open_sessions} == {404}
    undo = reverse("desk:resume-role", args=[leading.id])
    assert f'action="{undo}"' in text_of(page)
    assert lead.post(undo, follow=True).status_code == 200
    assert {client.get(reverse("desk:people")).status_code for client in open_sessions} == {200}
