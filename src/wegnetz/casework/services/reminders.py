"""One mail in the morning to whom something waits for: how many things, and nothing about anybody."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from wegnetz.accounts.selectors import staff_at_work
from wegnetz.casework.selectors.calendar import want_no_reminders
from wegnetz.casework.selectors.day import things_due
from wegnetz.core.mails import Sending, send, sends_mails
from wegnetz.core.scope import Scope, acting_as
from wegnetz.participants.access import WORKS_WITH_PEOPLE


def send_reminders(*, on: date) -> int:
    """Remind everybody for whom something is due on a day, unless they want no mails. For the system.

    Returns how many mails went out. One that does not go out is a line in the log, without an address.
    """
    if not sends_mails():
        return 0
    quiet = want_no_reminders()
    waiting: Counter[str] = Counter()
    for viewer, address in staff_at_work(WORKS_WITH_PEOPLE):
        if viewer.user not in quiet:
            with acting_as(Scope(organisation=viewer.organisation)):
                waiting[address] += things_due(viewer, day=on)
    return sum(_send(address, number) for address, number in waiting.items() if number)


def _send(address: str, number: int) -> bool:
    with override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Heute wartet eine Sache auf Sie", "Heute warten %(number)d Dinge auf Sie", number
        ) % {"number": number}  # fmt: skip
        where = gettext("Welche, steht auf Ihrer Startseite.")
        stop = gettext("Diese Erinnerungen schalten Sie in Wegnetz unter Termine, Kalender und Erinnerungen ab.")
    text = f"{subject}. {where}\n\n{settings.ADDRESS}\n\n{stop}\n"
    return send("A reminder", address, subject=subject, text=text) is Sending.SENT
