"""Field encryption: XChaCha20-Poly1305 with the place of the field as associated data.

A sealed box is `suite (1 byte) | nonce (24) | ciphertext and tag`. The plaintext is padded to 256 or 512 bytes, 1,
4, 8 or 16 KiB (and whole 16 KiB beyond), or to more when the caller knows that its lengths would tell something.
The context binds a box to its owner and field: moved elsewhere, it does not open.

What is sealed to a pair of keys (X25519) is sealed under a key of its own, which is sealed to the public half
(libsodium's sealed box): `suite (1 byte) | sealed key (80) | box as above`. Whoever seals cannot open it again.
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
SUITE_OF_PAIRS: Final = b"\x02"
KEY_BYTES: Final = 32
_SEALED_KEY: Final = KEY_BYTES + bindings.crypto_box_SEALBYTES
_NONCE: Final = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_SIZES: Final = (256, 512, 1024, 4096, 8192, 16384)


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


def padded_size(length: int, at_least: int = 0) -> int:
    """The size a plaintext of `length` bytes is padded to; padding adds one byte at the least."""
    for size in _SIZES:
        if size > length and size >= at_least:
            return size
    return (length // _SIZES[-1] + 1) * _SIZES[-1]


def seal(key: bytes, plain: bytes, context: str, *, at_least: int = 0) -> bytes:
    """Seal `plain`; `at_least` is the smallest padded size, for contents whose length would give them away."""
    nonce = random(_NONCE)
    padded = bindings.sodium_pad(plain, padded_size(len(plain), at_least))
    return SUITE + nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, context.encode(), nonce, key)


def unseal(key: bytes, box: bytes, context: str) -> bytes:
    """Open a box. Raises CannotOpenError; the message never holds content."""
    if box[:1] != SUITE:
        raise CannotOpenError("unknown suite")
    nonce, sealed = box[1 : 1 + _NONCE], box[1 + _NONCE :]
    try:
        padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, context.encode(), nonce, key)
        return bindings.sodium_unpad(padded, len(padded))
    except (CryptoError, TypeError, ValueError) as error:
        raise CannotOpenError("altered, moved, or sealed with another key") from error


def new_pair() -> tuple[bytes, bytes]:
    """A public key, to which anybody can seal, and the private one that opens."""
    public, private = bindings.crypto_box_keypair()
    return public, private


def seal_to(public: bytes, plain: bytes, context: str, *, at_least: int = 0) -> bytes:
    """Seal `plain` so that only the private half of `public` opens it."""
    key = new_key()
    return SUITE_OF_PAIRS + bindings.crypto_box_seal(key, public) + seal(key, plain, context, at_least=at_least)


def unseal_with(private: bytes, box: bytes, context: str) -> bytes:
    """Open what was sealed to the public half of `private`. Raises CannotOpenError."""
    if box[:1] != SUITE_OF_PAIRS:
        raise CannotOpenError("unknown suite")
    sealed, rest = box[1 : 1 + _SEALED_KEY], box[1 + _SEALED_KEY :]
    try:
        key = bindings.crypto_box_seal_open(sealed, bindings.crypto_scalarmult_base(private), private)
    except (CryptoError, TypeError, ValueError) as error:
        raise CannotOpenError("altered, or sealed to another key") from error
    return unseal(key, rest, context)
