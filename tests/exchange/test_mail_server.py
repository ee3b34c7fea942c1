"""Mails leave by the operator's own server, and never in the open."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.exchange.test_settings import SOUND, run_python
from wegnetz.config.mail_server import MailServer, mail_server

WHERE = """
from django.conf import settings as s
print(s.EMAIL_BACKEND.split(".")[-2], s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD,
    s.EMAIL_USE_SSL, s.EMAIL_USE_TLS, s.DEFAULT_FROM_EMAIL, s.EMAIL_TIMEOUT)
"""


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("", MailServer("localhost", 25)),
        ("smtp://localhost", MailServer("localhost", 25)),
        ("smtp://[::1]:2525", MailServer("::1", 2525)),
        ("smtps://me%40mail.example:a%2Fb@mail.example",
         MailServer("mail.example", 465, "me@mail.example", "a/b", tls=True)),
        ("smtp+starttls://me:word@mail.example:25", MailServer("mail.example", 25, "me", "word", starttls=True)),
    ],
)  # fmt: skip
def test_a_server_is_one_address(address: str, server: MailServer) -> None:
    assert mail_server("SERVER", address) == server


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mail.example", "SERVER cannot be read; write it like smtps://user:password@host."),
        ("https://me:hidden@mail.example", "SERVER cannot be read; write it like smtps://user:password@host."),
        ("smtps://me:hidden@mail.example:many", "SERVER cannot be read; write it like smtps://user:password@host."),
        ("smtps://me:hidden@", "SERVER cannot be read; write it like smtps://user:password@host."),
        ("smtp://me:hidden@mail.example", "SERVER would send mails in the open; write smtps:// or smtp+starttls://."),
    ],
)
def test_an_address_that_cannot_be_used_is_not_repeated(address: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        mail_server("SERVER", address)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "dummy localhost 25   False False wegnetz@localhost 10"),
        ({"WEGNETZ_EMAIL_SERVER_FILE": "{data}/../mail", "WEGNETZ_ADDRESS": "https://wegnetz.example/"},
         "smtp mail.example 465 me word True False wegnetz@wegnetz.example 10"),
        ({"WEGNETZ_EMAIL_SERVER": "smtp://localhost", "WEGNETZ_EMAIL_FROM": "Wegnetz <post@stadt.example>"},
         "smtp localhost 25   False False Wegnetz <post@stadt.example> 10"),
    ],
)  # fmt: skip
def test_with_a_server_mails_are_sent_in_the_name_of_the_site(
    environment: dict[str, str], said: str, tmp_path: Path
) -> None:
    (tmp_path / "mail").write_text("smtps://me:word@mail.example\n", encoding="ascii")
    (tmp_path / "data").mkdir()
    done = run_python(
        tmp_path, SOUND | environment | {"DJANGO_SETTINGS_MODULE": "wegnetz.config.settings"}, "-c", WHERE
    )
    assert (done.stdout, done.stderr) == (f"{said}\n", "")
