"""Which server takes mails, read from one address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS: Final = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """`tls` from the first byte, or `starttls` before anything is said."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


def mail_server(name: str, address: str) -> MailServer:
    """The server at `address`, which the variable `name` holds; without an address, one on this machine.

    Raises ImproperlyConfigured for an address that is none, and for one to which mails would go in the open: links in
    them open doors. The address holds a password and is never part of what is said.
    """
    if not address:
        return MailServer()
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), 0
    if not parts.hostname or not port:
        raise ImproperlyConfigured(f"{name} cannot be read; write it like smtps://user:password@host.")
    if parts.scheme == "smtp" and parts.hostname not in THIS_MACHINE:
        raise ImproperlyConfigured(f"{name} would send mails in the open; write smtps:// or smtp+starttls://.")
    return MailServer(
        parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""),
        tls=parts.scheme == "smtps", starttls=parts.scheme == "smtp+starttls",
    )  # fmt: skip
