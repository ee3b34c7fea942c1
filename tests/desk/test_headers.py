"""What protects a page on its way: on every answer, errors included."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.desk.addresses import METHODS, SCREENS, address
from tests.desk.asking import browser
from tests.desk.library import LIBRARY, LIBRARY_PARTS
from tests.desk.test_audit_unavailable import full_disk  # noqa: F401  a fixture
from tests.people import DB, PASSWORD, Cast, Desk, Page

pytestmark = DB

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def protection(response: Page) -> tuple[set[str], dict[str, str | None], bool]:
    policy = {part.strip() for part in response.headers.get("Content-Security-Policy", "").split(";")}
    kept = "no-store" in response.headers.get("Cache-Control", "")
    return policy, {name: response.headers.get(name) for name in FIXED}, kept


def every_answer(client: Desk, cast: Cast) -> Iterator[Page]:
    client.raise_request_exception = False
    for method in METHODS:
        send = getattr(client, method.lower())
        for name, screen in SCREENS.items():
            for young in (cast.yonas, cast.nobody) if screen.about_a_person else (cast.yonas,):
                yield send(address(name, young), screen.body if method == "POST" else None)
        for name in LIBRARY:
            if name not in {"account_logout", "mfa_activate_totp"}:
                yield send(reverse(name, kwargs=LIBRARY_PARTS.get(name)))
        yield send("/nirgends/")
        yield send("/menschen/%00/")
    yield client.post(address("contact", cast.yonas), {"email": "x"})
    yield client.post(address("contact", cast.yonas), {"note": "x" * 1_500_000})


@pytest.mark.parametrize("actor", ["ilka", "lead", "unprotected", "anonymous"])
def test_every_answer_is_protected(actor: str, cast: Cast) -> None:
    statuses = set()
    for response in every_answer(browser(cast, actor), cast):
        status = response.status_code
        statuses.add(status)
        where = response.wsgi_request.path
        assert (where, status, *protection(response)) == (where, status, POLICY, FIXED, True)
    expected = {"ilka": {200, 302, 404, 405, 413, 422}, "anonymous": {200, 302, 404, 405, 413}}
    assert statuses >= expected.get(actor, {200, 302, 404, 405, 413})


@pytest.mark.usefixtures("full_disk")
def test_answers_to_a_fault_are_protected_too(ilka: Desk, cast: Cast) -> None:
    ilka.raise_request_exception = False
    unavailable = ilka.get(address("person", cast.yonas))
    fault = ilka.post(address("decide", cast.yonas), SCREENS["decide"].body)
    assert (unavailable.status_code, fault.status_code) == (503, 500)
    assert protection(unavailable) == protection(fault) == (POLICY, FIXED, True)


def test_a_form_without_its_token_is_refused_under_protection(cast: Cast) -> None:
    response = Desk(enforce_csrf_checks=True).post(reverse("account_login"), {"login": cast.ilka.email})
    assert (response.status_code, protection(response)) == (403, (POLICY, FIXED, True))


def test_an_unknown_host_is_refused() -> None:
    response = Desk(raise_request_exception=False).get("/", headers={"host": "evil.example"})
    assert (response.status_code, b"evil.example" in response.content) == (400, False)


def test_no_page_holds_a_script_or_a_style_of_its_own(ilka: Desk, cast: Cast) -> None:
    """The policy forbids them, so they would only not work."""
    for name, screen in SCREENS.items():
        if "GET" in screen.answers and name != "people-csv":
            page = ilka.get(address(name, cast.yonas)).content.decode()
            assert (name, page.count("<style"), page.count("<script>"), page.count(' style="')) == (name, 0, 0, 0)
            assert (name, [mark for mark in (" onclick=", " onload=", "javascript:") if mark in page]) == (name, [])


# A link asks nobody for anything until somebody follows it, and then says not whence.
LINK = re.compile(r'<a href="https://[^"]*" rel="noreferrer">')


def test_no_page_asks_another_site_for_anything(ilka: Desk, cast: Cast) -> None:
    for name, screen in SCREENS.items():
        if "GET" in screen.answers and name != "people-csv":
            page = LINK.sub("", ilka.get(address(name, cast.yonas)).content.decode())
            outside = [part for part in ('src="http', 'href="http', 'src="//', 'href="//', "url(http") if part in page]
            assert (name, outside) == (name, [])


def test_session_and_token_are_kept_from_scripts_and_other_sites(cast: Cast) -> None:
    client = Desk()
    page = client.get(reverse("account_login"))
    assert bool(page.cookies["csrftoken"]["httponly"]) is True
    assert page.cookies["csrftoken"]["samesite"] == "Strict"
    client.post(reverse("account_login"), {"login": cast.unprotected.email, "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert (bool(session["httponly"]), session["samesite"]) == (True, "Lax")
