"""What an authenticator app and a passkey do: codes from a secret, and a device that Chromium plays."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

from tests.journeys.visitor import Visitor

PERIOD_SECONDS, DIGITS = 30, 6


def code(secret: str, *, at: float | None = None) -> str:
    """The six digits an app shows for a Base32 secret now, or `at` seconds since 1970 (RFC 6238, SHA-1)."""
    counter = int(time.time() if at is None else at) // PERIOD_SECONDS
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def wrong_code(secret: str) -> str:
    """A code that is right at no time near now."""
    now = time.time()
    near = {code(secret, at=now + steps * PERIOD_SECONDS) for steps in range(-3, 4)}
    return next(text for text in map(str, range(100_000, 100_009)) if text not in near)


def plug_in_passkey(visitor: Visitor) -> None:
    """From now on the browser has a device that keeps passkeys and always finds the right finger."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
