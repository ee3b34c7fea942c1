"""Mails, where the installation sends any. What goes wrong is a line in the log, without an address."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)


class Sending(Enum):
    """What became of a mail."""

    OFF = "off"
    SENT = "sent"
    FAILED = "failed"


def sends_mails() -> bool:
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along."""

    name: str
    content: bytes
    content_type: str


def send(what: str, address: str, *, subject: str, text: str, attached: Iterable[Attached] = ()) -> Sending:
    """`what` it is, for the log where it does not go out."""
    if not sends_mails():
        return Sending.OFF
    try:
        # Whoever is on holiday does not answer a program.
        message = EmailMessage(subject, text, None, [address], headers={"Auto-Submitted": "auto-generated"})
        for each in attached:
            message.attach(each.name, each.content, each.content_type)
        message.send()
    except (SMTPException, OSError, ValueError) as error:  # what somebody calls their address may be none
        logger.warning("%s could not be sent: %s", what, type(error).__name__)
        return Sending.FAILED
    return Sending.SENT
