"""Short messages to telephones, where the installation has a channel for them (`WEGNETZ_SMS`).

A channel is a class without arguments with a `send`. Which company carries the messages, and under which contract, is
the operator's to decide: none is built in but one that writes into a folder, for trying out.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from pathlib import Path
from typing import Final, Protocol
from uuid import uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from wegnetz.core.mails import Sending

logger = logging.getLogger(__name__)

# The letters that fit 160 times into one message (GSM 03.38); with any other, 70 do.
_PLAIN: Final = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_BARE: Final = str.maketrans({"ı": "i", "đ": "d", "ł": "l", "’": "'", "–": "-"})
_TWICE: Final = set("^{}\\[~]|€")  # each counts as two


class Channel(Protocol):
    """What carries messages. Whatever it raises means that the message did not go out."""

    def send(self, number: str, text: str) -> None:
        """`number` as it was written down, without spaces."""


class Folder:
    """Writes each message into a file of its own in `WEGNETZ_SMS_FOLDER`: for trying out, never for real people."""

    def send(self, number: str, text: str) -> None:
        folder = Path(settings.SMS_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{uuid4()}.txt").write_text(f"{number}\n{text}\n", encoding="utf-8")


def sends_messages() -> bool:
    return bool(settings.SMS)


def send_message(what: str, number: str, text: str) -> Sending:
    """`what` it is, for the log where it does not go out: of the channel's own words none is kept, nor the number."""
    if not sends_messages():
        return Sending.OFF
    try:
        channel: Channel = import_string(settings.SMS)()
        channel.send(re.sub(r"[^\d+]", "", number), as_fits(text))
    except Exception as error:
        logger.warning("%s could not be sent: %s", what, type(error).__name__)
        return Sending.FAILED
    return Sending.SENT


def as_fits(text: str) -> str:
    """Without the marks on letters that would make a message two or three, as people write on telephones; a text in
    another script stays as it is."""
    bare = "".join(letter if letter in _PLAIN else _without_marks(letter) for letter in text)
    return bare if set(bare) <= _PLAIN | _TWICE else text


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.translate(_BARE))
    return "".join(part for part in parts if not unicodedata.combining(part))


def length(text: str) -> tuple[int, int]:
    """How many characters a text counts in a message, and how many one message has."""
    if set(text) <= _PLAIN | _TWICE:
        return len(text) + sum(letter in _TWICE for letter in text), 160
    return len(text.encode("utf-16-le")) // 2, 70
