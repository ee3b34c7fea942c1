"""One offer for the calendar of a telephone (RFC 5545).

One event for each of its hours, with the rule and the days that are left out. Nothing of whom to ask is in it: a name
in a calendar stays there when the person is long gone. Lost besides: every other language, ages, price, seats and
interests, and hours whose rule or zone is none that is known. Hours without an end have none; an offer that does not
take place at present is cancelled.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event, vRecur, vText

from wegnetz.directory.entries import DESCRIPTION, JOINING, NAME, TITLE, Offer, Point
from wegnetz.directory.exporting.edition import Edition, Said, text_of
from wegnetz.directory.exporting.identifiers import identifier, offer_id
from wegnetz.directory.exporting.times import last_start, recurring_of, rule_parts
from wegnetz.engines.occurrences import Recurring, begins_on

DAY = timedelta(days=1)
PRODUCT = "-//Wegnetz//Directory//EN"


class Revision(NamedTuple):
    """How often what is said of an offer and its contact point was changed, and when last (aware).

    A calendar that has the offer already believes only what has a higher one.
    """

    number: int
    at: datetime


def offer_calendar(point: Point, offer: Offer, edition: Edition, revision: Revision) -> bytes:
    """The file, in UTF-8. Without hours it holds no event. UIDs stay the same as long as keys and order of hours do."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # The names of others are not escaped by themselves.
    calendar.add("x-wr-calname", vText(text_of(edition.said(offer.wording, TITLE)) or offer.key))
    if credit := ", ".join(filter(None, (edition.attribution, edition.licence))):
        calendar.add("x-wr-caldesc", vText(credit))
    for number, hours in enumerate(offer.hours):
        recurring = recurring_of(hours)
        first = begins_on(recurring) if recurring else None
        if recurring and first:
            event = _event(point, offer, edition)
            event.add("sequence", revision.number)
            event.add("last-modified", revision.at.astimezone(UTC))
            event.add("uid", identifier("event", offer_id(point, offer), str(number)))
            _add_times(event, recurring, first)
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(point: Point, offer: Offer, edition: Edition) -> Event:
    event = Event()
    event.add("dtstamp", edition.made_at.astimezone(UTC))
    event.add("url", edition.page(point, offer))
    event.add("status", "CANCELLED" if offer.closed or point.closed else "CONFIRMED")
    if point.address.lat is not None:
        event.add("geo", (point.address.lat, point.address.lon))
    _add_texts(event, point, offer, edition)
    return event


def _add_texts(event: Event, point: Point, offer: Offer, edition: Edition) -> None:
    title = edition.said(offer.wording, TITLE)
    _add_said(event, "summary", title, text_of(title) or offer.key)
    described, joining = (edition.said(offer.wording, field) for field in (DESCRIPTION, JOINING))
    if text := "\n".join(said.text for said in (described, joining) if said):
        _add_said(event, "description", described or joining, text)
    name = edition.said(point.wording, NAME)
    if place := ", ".join(filter(None, (text_of(name), point.address.postal))):
        _add_said(event, "location", name, place)


def _add_said(event: Event, name: str, said: Said | None, text: str) -> None:
    event.add(name, text, parameters={"language": said.language} if said else {})


def _add_times(event: Event, recurring: Recurring, first: date) -> None:
    """A rule begins on the first of its days, as RFC 5545 wants it; in the directory it may begin before."""
    event.add("dtstart", _at(recurring, first))
    if recurring.opens and recurring.closes:
        ends_on = first if recurring.closes > recurring.opens else first + DAY
        event.add("dtend", datetime.combine(ends_on, recurring.closes, recurring.zone))
    if recurring.rule:
        parts: dict[str, object] = {name: value.split(",") for name, value in rule_parts(recurring.rule).items()}
        if until := last_start(recurring):
            parts["UNTIL"] = until
        event.add("rrule", vRecur(parts))
    if recurring.but_not_on:
        event.add("exdate", [_at(recurring, day) for day in sorted(recurring.but_not_on)])


def _at(recurring: Recurring, day: date) -> date | datetime:
    return datetime.combine(day, recurring.opens, recurring.zone) if recurring.opens else day
