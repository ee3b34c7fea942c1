"""Mails to contact points: the link to their own page, and that it shows somebody new. They name nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wegnetz.core.days import working_day
from wegnetz.core.mails import Sending, send
from wegnetz.directory.selectors import point_of
from wegnetz.network.selectors import page_of


def send_link(address: str, *, link: str, until: date) -> Sending:
    text = render_to_string("desk/directory/link_mail.txt", {"link": link, "until": until})
    subject = _("Ihre Seite: wer zu Ihnen kommen möchte")
    return send("The link of a place", address, subject=subject, text=text)


def send_news(offer: UUID) -> Sending:
    """Say to the place of an offer that somebody is announced. The link is not in it: its secret is nowhere stored.

    It goes where the link went, and nowhere else: whoever keeps the directory could put any address there, and would
    learn when somebody goes to the place.
    """
    point, page = point_of(offer), page_of(offer, on=working_day())
    if point is None or page is None or not page.address or page.address != point.point.contact.email:
        return Sending.OFF
    text = render_to_string("desk/directory/news_mail.txt")
    subject = _("Jemand möchte zu Ihnen kommen")
    return send("News for a place", page.address, subject=subject, text=text)
