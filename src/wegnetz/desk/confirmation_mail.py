"""The mail to those who keep contact points that nobody has confirmed for half a year: a number and a link."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from wegnetz.casework.selectors import want_no_reminders
from wegnetz.core.mails import Sending, send, sends_mails
from wegnetz.directory.services import ask_to_confirm


def send_confirmation_mails(*, on: date) -> int:
    """Ask whoever keeps contact points that wait to be confirmed, unless they want no mails. Returns how many it asked.

    A mail that does not go out is a line in the log, without an address, and is tried again the next day.
    """
    if not sends_mails():
        return 0
    return ask_to_confirm(on=on, quiet=want_no_reminders(), send=_send)


def _send(address: str, number: int) -> bool:
    with override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Ein Ort im Verzeichnis wartet auf Ihre Bestätigung",
            "%(number)d Orte im Verzeichnis warten auf Ihre Bestätigung", number,
        ) % {"number": number}  # fmt: skip
        link = f"{settings.ADDRESS}{reverse('desk:check-points')}" if settings.ADDRESS else ""
        text = render_to_string("desk/directory/mail.txt", {"subject": subject, "link": link})
    return send("A reminder", address, subject=subject, text=text) is Sending.SENT
