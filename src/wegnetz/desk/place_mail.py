"""Mails to contact points: the link to their own page, and that it shows somebody new. They name nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wegnetz.core.mails import Sending, send
from wegnetz.directory.selectors import StoredPoint, point_of


def send_link(point: StoredPoint, *, link: str, until: date) -> Sending:
    """To the address under which the place is to be reached."""
    text = render_to_string("desk/directory/link_mail.txt", {"link": link, "until": until})
    subject = _("Ihre Seite: wer zu Ihnen kommen möchte")
    return send("The link of a place", point.point.contact.email, subject=subject, text=text)


def send_news(offer: UUID) -> Sending:
    """Say to the place of an offer that somebody is announced. The link is not in it: its secret is nowhere stored."""
    point = point_of(offer)
    if point is None or not point.point.contact.email:
        return Sending.OFF
    text = render_to_string("desk/directory/news_mail.txt")
    subject = _("Jemand möchte zu Ihnen kommen")
    return send("News for a place", point.point.contact.email, subject=subject, text=text)
