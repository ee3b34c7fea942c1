"""The act of forgetting: an event that says, signed, up to which place of its chain events were emptied.

The signature is what tells it from an event that somebody wrote into the database to hide what they emptied.
"""

from __future__ import annotations

import base64
from typing import Final
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from wegnetz.audit.chain.links import Content

ACTION: Final = "forget"


def purpose_of(organisation: UUID, through: int, key: SigningKey) -> str:
    """The purpose of the act: the last place that was emptied, and the signature. The triggers read the place."""
    signature = key.sign(_statement(organisation, through)).signature
    return f"{through} {base64.b64encode(signature).decode()}"


def forgotten_through(act: Content, public: VerifyKey) -> int | None:
    """The last place that an act says was emptied. None when this installation never said so."""
    through, _, signature = act.purpose.partition(" ")
    try:
        public.verify(_statement(act.organisation, int(through)), base64.b64decode(signature, validate=True))
    except (CryptoError, ValueError):
        return None
    return int(through)


def _statement(organisation: UUID, through: int) -> bytes:
    return f"wegnetz forgets {organisation} through {through}".encode()
