"""The link of an invitation by mail, where the installation sends mail at all."""

from __future__ import annotations

import logging
from datetime import date
from enum import Enum
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class Sending(Enum):
    """What became of a mail."""

    OFF = "off"
    SENT = "sent"
    FAILED = "failed"


def send_invitation(address: str, *, link: str, until: date) -> Sending:
    """Send the link. The mail says nothing about people, and not for which organisation it is."""
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        return Sending.OFF
    text = render_to_string("desk/team/mail.txt", {"link": link, "until": until})
    try:
        send_mail(_("Einladung zu Wegnetz"), text, None, [address])
    except (SMTPException, OSError) as error:
        logger.warning("An invitation could not be sent: %s", type(error).__name__)
        return Sending.FAILED
    return Sending.SENT
