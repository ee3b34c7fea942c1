"""A contact point and its offers in the words of schema.org, as JSON-LD for the page that shows them.

Search engines read it. Texts are in the language of the edition; one that there is only in another language says so.
Lost: every other language, where a translation comes from, what it costs in words, how to join but within the
description, whether there is an interpreter, who confirmed it last, and a rule that schema.org cannot say ("the last
working day"), whose next day is given instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from wegnetz.directory.entries import DESCRIPTION, JOINING, NAME, TITLE, Address, Contact, Hours, Offer, Point, Wording
from wegnetz.directory.exporting.edition import Edition, given, mail_address, web_address
from wegnetz.directory.exporting.times import recurring_of
from wegnetz.engines.occurrences import WEEKDAYS, Frequency, Occurrence, Pattern, Recurring, describe_rule, occurrences

Json = dict[str, Any]
CONTEXT = "https://schema.org"
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = {Frequency.DAILY: "D", Frequency.WEEKLY: "W", Frequency.MONTHLY: "M", Frequency.YEARLY: "Y"}
# What could end the element around it, or a line where a browser reads it as script.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def point_graph(point: Point, edition: Edition) -> Json:
    """`{"@context": …, "@graph": [page, place or organisation, an event for each offer]}`."""
    events = [_event(point, offer, edition) for offer in point.offers if not (offer.closed or point.closed)]
    return {"@context": CONTEXT, "@graph": [_page(point, edition), *_place(point, edition), *events]}


def script_text(graph: Json) -> str:
    """The JSON for within `<script type="application/ld+json">`: nothing in it can end the element."""
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _page(point: Point, edition: Edition) -> Json:
    return given({
        "@type": "WebPage", "@id": edition.page(point), "inLanguage": edition.language, "license": edition.licence,
        "copyrightNotice": edition.attribution, "about": {"@id": _about(point, edition)},
        "dateModified": point.modified_at.isoformat() if point.modified_at else None,
    })  # fmt: skip


def _about(point: Point, edition: Edition) -> str:
    return f"{edition.page(point)}#place"


def _text(wording: Wording, field: str, edition: Edition) -> object:
    said = edition.said(wording, field)
    if said is None or said.language == edition.language:
        return said.text if said else None
    return {"@value": said.text, "@language": said.language}


# --- the place ---------------------------------------------------------------------------------------


def _place(point: Point, edition: Edition) -> list[Json]:
    """What has an address is a Place; a group without one, or whoever runs a place, an Organization."""
    here = point.address
    is_place = bool(here.street or here.town or here.lat is not None)
    operator = {"@type": "Organization", "@id": _operator(point, edition), "name": point.operator}
    known = given({
        "@type": "Place" if is_place else "Organization", "@id": _about(point, edition),
        "name": _text(point.wording, NAME, edition) or point.key,
        "description": _text(point.wording, DESCRIPTION, edition),
        **_reached(point.contact), "mainEntityOfPage": {"@id": edition.page(point)},
        **(_where(here) if is_place else {}),
        "openingHoursSpecification": _opening_hours(point.hours, edition) if is_place else None,
        "amenityFeature": _wheelchair(point) if is_place else None,
        "parentOrganization": {"@id": operator["@id"]} if point.operator and not is_place else None,
    })  # fmt: skip
    return [known, operator] if point.operator else [known]


def _operator(point: Point, edition: Edition) -> str:
    return f"{edition.page(point)}#operator" if point.operator else _about(point, edition)


def _reached(contact: Contact) -> Json:
    return {"telephone": contact.phone, "email": mail_address(contact), "url": web_address(contact)}


def _where(address: Address) -> Json:
    written = given({
        "streetAddress": address.street, "postalCode": address.postcode, "addressLocality": address.town,
        "addressRegion": address.district,
    })  # fmt: skip
    degrees = {"@type": "GeoCoordinates", "latitude": address.lat, "longitude": address.lon}
    return {
        "address": {"@type": "PostalAddress", **written, "addressCountry": address.country} if written else None,
        "geo": degrees if address.lat is not None else None,
    }


def _wheelchair(point: Point) -> Json | None:
    if point.accessible is None:
        return None
    return {
        "@type": "LocationFeatureSpecification", "name": "wheelchair accessible", "value": point.accessible,
    }  # fmt: skip


def _opening_hours(entries: Iterable[Hours], edition: Edition) -> list[Json]:
    """Weekly hours, days on which it is open by way of exception, and days on which it is not.

    It knows nothing but weeks: what repeats in another way is left out.
    """
    found: list[Json] = []
    for hours in entries:
        if recurring := recurring_of(hours):
            found += _open_on(recurring, edition)
    return found


def _open_on(recurring: Recurring, edition: Edition) -> list[Json]:
    times = _clock(recurring, "opens", "closes")
    if recurring.rule is None:
        day = recurring.first_day.isoformat()
        return [{"@type": "OpeningHoursSpecification", **times, "validFrom": day, "validThrough": day}]
    pattern = describe_rule(recurring.rule, recurring.first_day, recurring.zone)
    if pattern is None or pattern.unit not in (Frequency.WEEKLY, Frequency.DAILY) or pattern.interval > 1:
        return []
    days = [DAY_NAMES[day] for day in pattern.weekdays or range(7)]
    last = _last_day(recurring, pattern)
    week = given({
        "@type": "OpeningHoursSpecification", "dayOfWeek": days, **times,
        "validFrom": recurring.first_day.isoformat(), "validThrough": last.isoformat() if last else None,
    })  # fmt: skip
    # Closing when it opens is how schema.org says closed; a past exception is of no use to anybody.
    shut = [day.isoformat() for day in sorted(recurring.but_not_on) if day >= edition.made_at.date()]
    return [week, *(_shut(day) for day in shut)]


def _shut(day: str) -> Json:
    return {
        "@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", "validFrom": day,
        "validThrough": day,
    }  # fmt: skip


def _last_day(recurring: Recurring, pattern: Pattern) -> date | None:
    if pattern.times is None:
        return pattern.until
    found = occurrences(recurring, recurring.first_day, date.max)
    return found[-1].start.date() if found else None


def _clock(recurring: Recurring, opens: str, closes: str) -> Json:
    """A whole day opens at 00:00 and closes at 23:59, as schema.org has it."""
    if recurring.opens is None:
        return {opens: "00:00", closes: "23:59"}
    return given({opens: _minutes(recurring.opens), closes: _minutes(recurring.closes)})


def _minutes(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None


# --- offers ------------------------------------------------------------------------------------------


def _event(point: Point, offer: Offer, edition: Edition) -> Json:
    recurring = [found for hours in offer.hours if (found := recurring_of(hours))]
    return given({
        "@type": "Event", "@id": edition.page(point, offer), "url": edition.page(point, offer),
        "name": _text(offer.wording, TITLE, edition) or offer.key,
        "description": _described(offer, edition), "inLanguage": list(offer.languages),
        "eventSchedule": [_schedule(each) for each in recurring if each.rule], **_next(recurring, edition),
        "location": {"@id": _about(point, edition)}, "organizer": {"@id": _operator(point, edition)},
        "isAccessibleForFree": offer.cost_cents == 0 if offer.cost_cents is not None else None,
        "offers": _price(point, offer, edition), "typicalAgeRange": _ages(offer), "audience": _audience(offer),
        "maximumAttendeeCapacity": offer.capacity, "eventStatus": f"{CONTEXT}/EventScheduled",
        "keywords": [edition.label(concept).text for concept in offer.concepts],
    })  # fmt: skip


def _described(offer: Offer, edition: Edition) -> object:
    """How to join stands behind the description where both are in one language."""
    described, joining = (_text(offer.wording, field, edition) for field in (DESCRIPTION, JOINING))
    if isinstance(described, str) and isinstance(joining, str):
        return f"{described}\n{joining}"
    return described or joining


def _schedule(recurring: Recurring) -> Json:
    rule = recurring.rule
    pattern = describe_rule(rule, recurring.first_day, recurring.zone) if rule else None
    return given({
        "@type": "Schedule", "startDate": recurring.first_day.isoformat(), **(_repeated(pattern) if pattern else {}),
        **_clock(recurring, "startTime", "endTime"), "scheduleTimezone": str(recurring.zone),
        "exceptDate": [day.isoformat() for day in sorted(recurring.but_not_on)],
    })  # fmt: skip


def _repeated(pattern: Pattern) -> Json:
    by_name = [f"{CONTEXT}/{DAY_NAMES[day]}" for day in pattern.weekdays]
    by_number = [f"{nth}{WEEKDAYS[day]}" for nth in pattern.nth for day in pattern.weekdays]  # as iCalendar has it
    return {
        "repeatFrequency": f"P{pattern.interval}{_UNITS[pattern.unit]}", "byDay": by_number or by_name,
        "byMonthDay": list(pattern.month_days), "byMonth": pattern.month, "repeatCount": pattern.times,
        "endDate": pattern.until.isoformat() if pattern.until else None,
    }  # fmt: skip


def _next(recurring: Iterable[Recurring], edition: Edition) -> Json:
    """The next time it takes place, which search engines want beside a schedule; else the last first day."""
    coming: list[tuple[Occurrence, bool]] = []
    for each in recurring:
        today = edition.made_at.astimezone(each.zone).date()
        from_day = today if each.rule else each.first_day
        coming += [(found, each.opens is None) for found in occurrences(each, from_day, date.max, most=1)]
    if not coming:
        return {}
    (start, end), whole = min(coming, key=lambda one: one[0].start)
    if whole:
        return {"startDate": start.date().isoformat()}
    return {"startDate": _moment(start), "endDate": _moment(end) if end else None}


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _price(point: Point, offer: Offer, edition: Edition) -> Json | None:
    if offer.cost_cents is None:
        return None
    price = f"{offer.cost_cents // 100}.{offer.cost_cents % 100:02}"
    return {"@type": "Offer", "price": price, "priceCurrency": "EUR", "url": edition.page(point, offer)}


def _ages(offer: Offer) -> str | None:
    """ "18-27", "18-" or "-27"."""
    said = (offer.age_from, offer.age_to)
    return "-".join("" if age is None else str(age) for age in said) if said != (None, None) else None


def _audience(offer: Offer) -> Json | None:
    return {"@type": "PeopleAudience", "suggestedGender": "female"} if offer.women_only else None
