"""The team of an organisation, as its lead sees and changes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.audit.reading_back import last_place, recorded_since
from tests.desk.addresses import SCREENS, address
from tests.desk.asking import rows_of_every_table
from tests.desk.mates import LINK, NEW, Mate, colleague, invite, mates
from tests.desk.test_audit_unavailable import full_disk  # noqa: F401  a fixture
from tests.people import CANARY_A, DB, Cast, Desk
from tests.statements import asked, watched
from wegnetz.accounts.access import Role
from wegnetz.accounts.models import Invitation, Membership, Organisation, User
from wegnetz.accounts.selectors import hash_of
from wegnetz.accounts.services import add_staff

pytestmark = DB

ACTS = [name for name, screen in SCREENS.items() if screen.about_a_colleague and "POST" in screen.answers]


def test_the_team_shows_roles_second_factor_last_sign_in_and_who_is_shut_out(lead: Desk, cast: Cast) -> None:
    User.objects.filter(id=cast.ilka.user).update(last_login=timezone.now())
    lead.post(reverse("desk:deactivate", args=[colleague(cast, Role.COACH).user]))
    shown = {colleague.id: colleague for colleague in lead.get(reverse("desk:team")).context["colleagues"]}
    ilka, coach, unprotected = (
        shown[account.user] for account in (cast.ilka, colleague(cast, Role.COACH), cast.unprotected)
    )
    assert (ilka.has_second_factor, ilka.is_paused, ilka.last_sign_in is None) == (True, False, False)
    assert (coach.is_paused, unprotected.has_second_factor) == (True, False)
    assert {cast.bea.user, cast.left.user} & set(shown) == set()


def test_the_team_asks_as_much_for_three_more_as_before(lead: Desk, cast: Cast) -> None:
    counted = []
    for number in (0, 3):
        for extra in range(number):
            organisation = Organisation.objects.get(id=cast.ilka.viewer.organisation)
            email = f"more-{extra}@a.example"
            add_staff(email=email, name="Mehr", organisation=organisation, role=Role.COACH, on=date(2021, 1, 1))
            invite(lead, f"{extra}@elsewhere.example")
        lead.get(reverse("desk:team"))
        with watched() as statements:
            lead.get(reverse("desk:team"))
        counted.append(asked(statements))
    assert counted == [6, 6]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "kein Postfach"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "ilka@a.example"}, "email"),
        ({"name": "   "}, "name"),
        ({"roles": []}, "roles"),
        ({"roles": ["operator"]}, "roles"),
        ({"roles": ["steering"]}, "roles"),
        ({"roles": ["coach", "immigration-authority"]}, "roles"),
    ],
)
def test_what_cannot_be_invited_keeps_what_was_typed(
    changes: dict[str, str | list[str]], field: str, lead: Desk
) -> None:
    before = Invitation.objects.count()
    typed = {"email": NEW, "name": "Noch Neu", "roles": ["coach"]} | changes
    page = lead.post(reverse("desk:invite"), typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert [page.context["form"][name].value() for name in typed] == list(typed.values())
    assert (Invitation.objects.count(), len(mail.outbox)) == (before, 0)


def test_nobody_is_invited_twice(lead: Desk) -> None:
    invite(lead)
    again = lead.post(reverse("desk:invite"), {"email": NEW, "name": "Noch Neu", "roles": ["coach"]})
    assert (again.status_code, Invitation.objects.filter(email=NEW).count()) == (422, 1)


def test_the_link_is_shown_once_and_kept_nowhere(lead: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    _page, _path, token = invite(lead)
    for page in (lead.get(reverse("desk:team")), lead.get("/"), lead.get(reverse("desk:invite"))):
        assert token not in page.content.decode()
    assert token not in str(dict(lead.session))
    assert token not in str(rows_of_every_table())
    assert token not in str([record.__dict__ for record in caplog.records])
    assert Invitation.objects.get(email=NEW).token == hash_of(token)


def test_a_new_link_replaces_the_one_before(lead: Desk) -> None:
    _page, first, _token = invite(lead)
    renewed = lead.post(reverse("desk:renew-invitation", args=[Invitation.objects.get(email=NEW).id]))
    second = LINK.findall(renewed.content.decode())[0][0]
    assert [Desk().get(path).status_code for path in (first, second)] == [404, 200]
    lead.post(reverse("desk:withdraw-invitation", args=[Invitation.objects.get(email=NEW).id]))
    assert Desk().get(second).status_code == 404


def test_a_mail_brings_the_link_where_mail_is_sent_and_says_nothing_else(lead: Desk, settings: Settings) -> None:
    page, path, _token = invite(lead)
    (sent,) = mail.outbox
    assert (sent.to, page.context["sending"], f"http://testserver{path}" in sent.body) == ([NEW], "sent", True)
    assert (CANARY_A in str(sent.message()), "Noch Neu" in str(sent.message())) == (False, False)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert invite(lead, "zweite@elsewhere.example")[0].context["sending"] == "off"
    assert len(mail.outbox) == 1


def test_an_invitation_stands_when_its_mail_cannot_be_sent(
    lead: Desk, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1  # nobody listens there
    page, path, _token = invite(lead)
    assert (page.context["sending"], Desk().get(path).status_code) == ("failed", 200)
    assert [record.getMessage() for record in caplog.records if "mails" in record.name] == [
        "An invitation could not be sent: ConnectionRefusedError"
    ]


def test_a_lead_finds_no_way_to_change_their_own_roles(lead: Desk, cast: Cast) -> None:
    me = colleague(cast, Role.LEAD).user
    page = lead.get(reverse("desk:colleague", args=[me])).content.decode()
    mine = Membership.objects.get(user=me)
    before = rows_of_every_table()
    tried = {
        reverse("desk:add-role", args=[me]): {"role": "case-manager"},
        reverse("desk:end-role", args=[mine.id]): {},
        reverse("desk:deactivate", args=[me]): {},
        reverse("desk:reactivate", args=[me]): {},
    }
    for url, body in tried.items():
        assert (url, url in page) == (url, False)
        lead.post(url, body)
        assert (url, rows_of_every_table() == before) == (url, True)


def test_a_role_is_given_and_the_form_keeps_what_it_refuses(lead: Desk, cast: Cast) -> None:
    url = reverse("desk:add-role", args=[colleague(cast, Role.COACH).user])
    for role, status in (("", 422), ("operator", 422), ("coach", 422), ("trauma-coach", 302)):
        assert (role, lead.post(url, {"role": role}).status_code) == (role, status)
    held = Membership.objects.filter(user=colleague(cast, Role.COACH).user).values_list("role", flat=True)
    assert set(held) == {"coach", "trauma-coach"}


def test_every_act_on_a_team_is_recorded(lead: Desk, cast: Cast) -> None:
    own = mates(cast)[0]
    organisation = cast.ilka.viewer.organisation
    before = last_place(organisation)
    for name in ACTS:
        assert lead.post(address(name, own), SCREENS[name].body).status_code in {200, 302}
    recorded = recorded_since(organisation, before)
    assert [event.action for event in recorded] == [
        "renew invitation", "withdraw invitation", "add role", "deactivate account", "reactivate account", "end role",
        "resume role",
    ]  # fmt: skip
    assert {(event.category, event.purpose) for event in recorded} == {("account", "")}
    assert {subject for event in recorded for subject in event.subjects} == {own.id, own.invitation}


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("name", [*ACTS, "invite"])
def test_an_act_on_a_team_that_cannot_be_recorded_does_not_happen(name: str, lead: Desk, cast: Cast) -> None:
    own = mates(cast)[0]
    lead.raise_request_exception = False
    before = rows_of_every_table()
    assert lead.post(address(name, own), SCREENS[name].body).status_code == 500
    assert (rows_of_every_table() == before, len(mail.outbox)) == (True, 0)


@pytest.mark.parametrize("name", ACTS)
def test_identifiers_of_others_find_nothing_and_change_nothing(
    name: str, lead: Desk, cast: Cast, record_property: Callable[[str, object], None]
) -> None:
    own, *others = mates(cast)
    identifiers = {of_whom: list(vars(mate).values()) for of_whom, mate in enumerate(others)}
    before = rows_of_every_table()
    tried = 0
    for values in identifiers.values():
        for identifier in (*values, cast.yonas.id, cast.omar.id, cast.bea.viewer.organisation):
            url = address(name, Mate(identifier, identifier, identifier, identifier))
            assert lead.post(url, SCREENS[name].body).status_code == 404
            tried += 1
    assert rows_of_every_table() == before
    fields = ["user", "user_id", "id", "organisation", "organisation_id", "membership", "membership_id", "by", "on"]
    foreign = Membership.objects.filter(organisation=cast.bea.viewer.organisation)
    theirs = list(foreign.order_by("id").values())
    for identifier in identifiers[0]:
        body = SCREENS[name].body | dict.fromkeys(fields, str(identifier))
        lead.post(address(name, own), body)
        assert list(foreign.order_by("id").values()) == theirs
        tried += len(fields)
    record_property("identifier swaps", tried)
