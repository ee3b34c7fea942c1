"""Where the link of an invitation leads, and that it tells nobody who has an account."""

from __future__ import annotations

from datetime import date
from io import StringIO
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils.http import urlencode

from tests.desk.mates import NEW, choices, invite, text_of
from tests.desk.test_audit_unavailable import full_disk  # noqa: F401  a fixture
from tests.people import DB, PASSWORD, Cast, Desk, Page, sign_in
from wegnetz.accounts.models import Invitation, Membership, User

pytestmark = DB


def answer(path: str, password: str = PASSWORD, client: Desk | None = None) -> Page:
    page: Page = (client or Desk()).post(path, {"password1": password, "password2": password})
    return page


def plain(page: Page, *secrets: str) -> tuple[int, str, list[str], str]:
    """What somebody can tell answers apart by, without what only says whose link it is."""
    text, location = text_of(page), page.headers.get("Location", "")
    for secret in (*map(quote_plus, secrets), *secrets):
        text, location = text.replace(secret, ""), location.replace(secret, "")
    return page.status_code, text, [*sorted(page.headers), *sorted(page.cookies)], location


def test_the_page_and_the_answer_are_the_same_with_and_without_an_account(lead: Desk, cast: Cast) -> None:
    """Bea works for another organisation, and the lead of A must not learn it, not even by opening the link."""
    lead.get("/")
    seen = []
    for email in (cast.bea.email, "bob@b.example"):
        page, path, token = invite(lead, email)
        client = Desk()
        shown = [page, client.get(path), answer(path, "kurz", client), answer(path, PASSWORD, client)]
        shown += [client.get(shown[-1].headers["Location"])]
        seen.append([plain(step, path, token, email) for step in shown])
    assert [step[0] for step in seen[0]] == [200, 200, 422, 302, 200]
    assert seen[0] == seen[1]


def test_a_form_that_is_refused_leaves_no_link_in_the_log(lead: Desk, log: StringIO) -> None:
    _page, path, token = invite(lead)
    without_cookies = Desk(enforce_csrf_checks=True)
    refused = [answer(path, "kurz"), answer(path, client=without_cookies), Desk().put(path), Desk().get(f"{path}x")]
    assert [page.status_code for page in refused] == [422, 403, 405, 404]
    lines = log.getvalue()
    assert (token in lines, lines.count("/einladung/***/"), lines.count("\n")) == (False, 4, 4)


def test_a_newcomer_sets_a_password_and_then_a_second_factor(lead: Desk) -> None:
    _page, path, _token = invite(lead, NEW, "coach", "workshop-host")
    client = Desk()
    response = answer(path, PASSWORD, client)
    assert response.headers["Location"] == f"{reverse('account_login')}?{urlencode({'next': path})}"
    signed_in = client.post(
        response.headers["Location"], {"login": NEW, "password": PASSWORD, "next": path}, follow=True
    )
    assert [url for url, _status in signed_in.redirect_chain] == [path, "/", reverse("mfa_index")]
    assert answer(path).status_code == 404


def test_who_has_an_account_signs_in_and_accepts(lead: Desk, bea: Desk, cast: Cast) -> None:
    _page, path, _token = invite(lead, cast.bea.email, "case-manager")
    before = cast.bea.viewer.organisation
    assert bea.get(path).context["theirs"] is True
    assert Membership.objects.filter(user=cast.bea.user).count() == 1
    assert bea.post(path).headers["Location"] == "/"
    assert choices(bea) == [("Teilhabemanagement", True), ("Teilhabemanagement", False)]
    assert cast.bea.viewer.organisation == before
    assert (bea.get(path).headers["Location"], sign_in(cast.ilka).get(path).status_code) == ("/", 404)


def test_an_invitation_for_another_address_offers_to_sign_out_only(lead: Desk, ilka: Desk, cast: Cast) -> None:
    _page, path, _token = invite(lead)
    before = Membership.objects.count()
    for client in (lead, ilka):
        assert (client.get(path).context["theirs"], client.post(path).status_code) == (False, 200)
        assert answer(path, client=client).status_code == 200
    assert (Membership.objects.count(), User.objects.filter(email=NEW).exists()) == (before, False)


def test_without_a_proved_second_factor_nothing_is_accepted(lead: Desk, cast: Cast) -> None:
    _page, path, _token = invite(lead, cast.unprotected.email.replace("a.example", "elsewhere.example"))
    User.objects.filter(id=cast.unprotected.user).update(email="unprotected@elsewhere.example")
    client = sign_in(cast.unprotected)
    for response in (client.get(path), client.post(path)):
        assert response.headers["Location"] == reverse("mfa_index")
    assert Membership.objects.filter(user=cast.unprotected.user).count() == 1


def test_passwords_that_differ_or_are_weak_use_nothing_up(lead: Desk) -> None:
    _page, path, _token = invite(lead)
    client = Desk()
    pairs = [("kurz", "kurz"), (PASSWORD, "anderes Passwort hier"), ("", ""), (PASSWORD, "")]
    for first, second in pairs:
        page = client.post(path, {"password1": first, "password2": second})
        assert (first, page.status_code, PASSWORD in page.content.decode()) == (first, 422, False)
    assert answer(path).status_code == 302


def test_a_link_that_opens_nothing_says_the_same_whatever_the_reason(lead: Desk) -> None:
    """Never given out, replaced, withdrawn, used, run out."""
    paths = [reverse("desk:invitation", args=["x" * 43])]
    for number, end in enumerate(("renew-invitation", "withdraw-invitation", "used", "late")):
        email = f"{number}@elsewhere.example"
        paths.append(invite(lead, email)[1])
        if end.endswith("-invitation"):
            lead.post(reverse(f"desk:{end}", args=[Invitation.objects.get(email=email).id]))
        elif end == "used":
            answer(paths[-1])
        else:
            Invitation.objects.filter(email=email).update(until=date(2021, 1, 1))
    seen = [(page.status_code, text_of(page).replace(path, "")) for path in paths for page in [Desk().get(path)]]
    assert seen == [(404, seen[0][1])] * 5
