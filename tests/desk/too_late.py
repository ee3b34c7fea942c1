"""Open a form, lose the session, and send what was typed."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import QueryDict
from django.urls import reverse

from tests.desk.addresses import CONTACT, SCREENS
from tests.people import Account, Desk, Page, sign_in

SECRET = "Kastanienallee"  # stands in what is typed
TYPED = CONTACT | {"called": f"Yonas {SECRET}", "note": f"„Später“ & <b>morgen</b>, يونس {SECRET}"}
FORMS = [
    name for name, screen in SCREENS.items() if {"GET", "POST"} <= set(screen.answers) and screen.policy != "public"
]
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|made_for)" value="([^"]+)"')


def tokens_of(page: Page) -> dict[str, str]:
    """What the last form on the page carries unseen."""
    return dict(HIDDEN.findall(page.content.decode()))


def end_sessions() -> None:
    Session.objects.all().delete()


def sign_in_again(client: Desk, account: Account) -> None:
    """In the same browser: every other cookie stays."""
    name = settings.SESSION_COOKIE_NAME
    client.cookies[name] = sign_in(account).cookies[name].value


def send_too_late(client: Desk, url: str, typed: dict[str, str], **more: object) -> Page:
    """Open a form, lose the session, and send what was typed."""
    tokens = tokens_of(client.get(url))
    end_sessions()
    return client.post(url, {**typed, **tokens, **more})


def way_back(response: Page) -> str:
    """The page that the sign-in leads to."""
    target = urlsplit(response.headers["Location"])
    assert (response.status_code, target.path) == (302, reverse("account_login"))
    return parse_qs(target.query)["next"][0]


def kept_rows() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM core_cache WHERE cache_key LIKE '%%kept|%%'")
        return [value for (value,) in cursor.fetchall()]


def shown_in(page: Page) -> dict[str, str]:
    data = page.context["form"].data
    assert isinstance(data, QueryDict)
    return {name: str(value) for name, value in data.items()}
