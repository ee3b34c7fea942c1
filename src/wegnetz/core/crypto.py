"""Field encryption: XChaCha20-Poly1305 with the place of the field as associated data.

A sealed box is `suite (1 byte) | nonce (24) | ciphertext and tag`. The plaintext is padded to 64 bytes, so its
exact length does not show. The context binds a box to its owner and field: moved elsewhere, it does not open.
"""

from __future__ import annotations

import base64
from hashlib import blake2b
from typing import Final

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.utils import random

from wegnetz.core.errors import DomainError

SUITE: Final = b"\x01"
KEY_BYTES: Final = 32
_NONCE: Final = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_BLOCK: Final = 64


class CannotOpenError(DomainError):
    """A box was altered, moved, or sealed with another key."""


def new_key() -> bytes:
    return random(KEY_BYTES)


def key_from_text(text: str) -> bytes:
    """Read a 32-byte key from base64. Raises ValueError when it is anything else."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ValueError("the key is no base64 text") from error
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key has {len(key)} bytes, expected {KEY_BYTES}")
    return key


def key_to_text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def derive_key(key: bytes, purpose: str) -> bytes:
    """A separate key for one purpose, so that no key serves two."""
    return blake2b(purpose.encode(), key=key, digest_size=KEY_BYTES, person=b"wegnetz").digest()


def seal(key: bytes, plain: bytes, context: str) -> bytes:
    nonce = random(_NONCE)
    padded = bindings.sodium_pad(plain, _BLOCK)
    return SUITE + nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, context.encode(), nonce, key)


def unseal(key: bytes, box: bytes, context: str) -> bytes:
    """Open a box. Raises CannotOpenError; the message never holds content."""
    if box[:1] != SUITE:
        raise CannotOpenError("unknown suite")
    nonce, sealed = box[1 : 1 + _NONCE], box[1 + _NONCE :]
    try:
        padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, context.encode(), nonce, key)
        return bindings.sodium_unpad(padded, _BLOCK)
    except (CryptoError, TypeError, ValueError) as error:
        raise CannotOpenError("altered, moved, or sealed with another key") from error
