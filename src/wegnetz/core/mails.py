"""Mails, where the installation sends any. What goes wrong is a line in the log, without an address."""

from __future__ import annotations

import logging
from enum import Enum
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

logger = logging.getLogger(__name__)


class Sending(Enum):
    """What became of a mail."""

    OFF = "off"
    SENT = "sent"
    FAILED = "failed"


def sends_mails() -> bool:
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def send(what: str, address: str, *, subject: str, text: str) -> Sending:
    """`what` it is, for the log where it does not go out."""
    if not sends_mails():
        return Sending.OFF
    try:
        send_mail(subject, text, None, [address])
    except (SMTPException, OSError, ValueError) as error:  # what somebody calls their address may be none
        logger.warning("%s could not be sent: %s", what, type(error).__name__)
        return Sending.FAILED
    return Sending.SENT
