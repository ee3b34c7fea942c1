"""The link of an invitation by mail, where the installation sends mail at all."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wegnetz.core.mails import Sending, send


def send_invitation(address: str, *, link: str, until: date) -> Sending:
    """Send the link. The mail says nothing about people, and not for which organisation it is."""
    text = render_to_string("desk/team/mail.txt", {"link": link, "until": until})
    return send("An invitation", address, subject=_("Einladung zu Wegnetz"), text=text)
