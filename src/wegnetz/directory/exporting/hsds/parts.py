"""The smaller objects of HSDS that hang on services, locations and organisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from wegnetz.core.languages import language_name
from wegnetz.directory.entries import Contact, Hours, Offer, Point, Wording
from wegnetz.directory.exporting.edition import Edition, given, mail_address, web_address
from wegnetz.directory.exporting.identifiers import identifier
from wegnetz.directory.exporting.times import clock_of, recurring_of
from wegnetz.engines.occurrences import WEEKDAYS, Frequency, Pattern, Recurring, describe_rule

Json = dict[str, Any]
TRANSLATION, FACT, INTEREST = "translation", "fact", "interest"
TAXONOMY_NAME = "wegnetz-interests"  # by which programs know that its terms are ids of ours


# --- attributes: what has no field of its own --------------------------------------------------------


def attribute(owner: str, label: str, value: str, *, kind: str = FACT, term: Json | None = None) -> Json:
    """An attribute of the thing with the id `owner`. The kind goes into `link_type`, an open code list."""
    about = str(term["id"]) if term else ""
    return given({
        "id": identifier("attribute", owner, kind, label, about, value), "link_id": owner, "link_type": kind,
        "label": label, "value": value, "taxonomy_term_id": about, "taxonomy_term": term,
    })  # fmt: skip


def facts(owner: str, **values: str) -> list[Json]:
    return [attribute(owner, label, value) for label, value in values.items() if value]


def translations(owner: str, wording: Wording, edition: Edition) -> list[Json]:
    """Every text in every language, with what is known about each translation: nothing of the wording is lost.

    Beside the texts, labelled with their field, each language has "state" (source, human, machine, outdated), "machine"
    if it was made by one, and "made_from", the fingerprint of the source it was made from.
    """
    found: list[Json] = []
    for language, translation in wording.translations.items():
        term = language_term(language, edition)
        said = {
            **translation.texts, "state": translation.state(wording.source).value,
            "machine": "yes" if translation.machine else "", "made_from": translation.made_from,
        }  # fmt: skip
        found += [
            attribute(owner, label, text, kind=TRANSLATION, term=term) for label, text in said.items() if text
        ]  # fmt: skip
    return found


def language_term(code: str, edition: Edition) -> Json:
    name = language_name(code, edition.language)
    return {
        "id": identifier("language", code), "code": code, "name": name, "description": name, "taxonomy": "BCP 47",
    }  # fmt: skip


def interests(owner: str, offer: Offer, edition: Edition) -> list[Json]:
    """Our concepts. One that the taxonomy does not know any more is there by its id alone."""
    return [
        attribute(owner, edition.label(concept).text, concept, kind=INTEREST, term=interest_term(concept, edition))
        for concept in offer.concepts
    ]


def interest_term(concept: str, edition: Edition) -> Json | None:
    if concept not in edition.taxonomy:
        return None
    known, label = edition.taxonomy[concept], edition.label(concept)
    synonyms = known.terms.get(label.language, ())
    return given({
        "id": identifier("term", concept), "code": concept, "name": label.text,
        "description": ", ".join(synonyms) or label.text,
        "parent_id": identifier("term", known.parents[0]) if known.parents else None,
        "taxonomy": TAXONOMY_NAME, "taxonomy_id": taxonomy_detail(edition)["id"],
        "taxonomy_detail": taxonomy_detail(edition), "language": label.language,
    })  # fmt: skip


def taxonomy_detail(edition: Edition) -> Json:
    return {
        "id": identifier("taxonomy", "interests"), "name": TAXONOMY_NAME,
        "description": "What people may want to do.", "uri": edition.base,
    }  # fmt: skip


# --- whom to ask -------------------------------------------------------------------------------------


def contacts(owner: str, contact: Contact) -> Json:
    """`contacts`, `phones` and, for what a field of HSDS would not take, `attributes`."""
    phones = [{"id": identifier("phone", owner, contact.phone), "number": contact.phone}] if contact.phone else []
    email = mail_address(contact)
    one = given({"name": contact.name, "email": email, "phones": phones})
    return {
        "contacts": [{"id": identifier("contact", owner), **one}] if one else [],
        "phones": phones,
        "attributes": facts(
            owner,
            email="" if email == contact.email else contact.email,
            website="" if web_address(contact) == contact.website else contact.website,
        ),
    }


# --- when --------------------------------------------------------------------------------------------


def schedules(owner: str, entries: Iterable[Hours]) -> list[Json]:
    return [_schedule(identifier("schedule", owner, str(number)), hours) for number, hours in enumerate(entries)]


def _schedule(owner: str, hours: Hours) -> Json:
    recurring = recurring_of(hours)
    known = _timed(recurring) if recurring else {"description": hours.rule or hours.zone}
    attributes = [
        *facts(owner, tzid=hours.zone, rrule=hours.rule),
        *(attribute(owner, "exdate", day.isoformat()) for day in hours.but_not_on),
        *_local_times(owner, hours, known),
    ]
    return given({"id": owner, "dtstart": hours.first_day.isoformat(), **known, "attributes": attributes})


def _local_times(owner: str, hours: Hours, known: Json) -> list[Json]:
    """What the fields beside do not say, or not to the second."""
    said = {"opens": hours.opens, "closes": hours.closes}
    return facts(owner, **{
        label: clock_of(at) or ""
        for label, at in said.items()
        if at is not None and (at.second or not known.get(f"{label}_at"))
    })  # fmt: skip


def _timed(recurring: Recurring) -> Json:
    first, rule = recurring.first_day, recurring.rule
    offset = datetime.combine(first, recurring.opens or time(12), recurring.zone).utcoffset()
    pattern = describe_rule(rule, first, recurring.zone) if rule else None
    return {
        "valid_from": first.isoformat(),
        "valid_to": None if rule else first.isoformat(),
        "timezone": offset.total_seconds() / 3600 if offset is not None else None,
        **(_repeating(pattern) if pattern else {}),
        "wkst": WEEKDAYS[rule.week_start] if rule and rule.week_start else None,
        "opens_at": _with_offset(recurring, recurring.opens),
        "closes_at": _with_offset(recurring, recurring.closes) if recurring.opens else None,
    }


def _with_offset(recurring: Recurring, at: time | None) -> str | None:
    """ "18:00+01:00", by the offset of the first day: HSDS knows no zones."""
    if at is None:
        return None
    return datetime.combine(recurring.first_day, at, recurring.zone).isoformat(timespec="minutes")[11:]


def _repeating(pattern: Pattern) -> Json:
    """HSDS repeats by weeks and months only. For what it cannot say there is nothing but the attribute "rrule"."""
    days = pattern.weekdays
    if pattern.unit is Frequency.YEARLY or (pattern.unit is Frequency.DAILY and pattern.interval > 1):
        return {}
    daily = pattern.unit is Frequency.DAILY
    names = [f"{nth or ''}{WEEKDAYS[day]}" for nth in pattern.nth or (0,) for day in (range(7) if daily else days)]
    return {
        "freq": Frequency.WEEKLY.value if daily else pattern.unit.value,
        "interval": pattern.interval,
        "byday": ",".join(names),
        "bymonthday": ",".join(map(str, pattern.month_days)),
        "until": pattern.until.isoformat() if pattern.until else None,
        "count": pattern.times,
    }


# --- for whom and for how much -----------------------------------------------------------------------


def spoken(owner: str, offer: Offer, edition: Edition) -> list[Json]:
    return [
        {"id": identifier("language", owner, code), "code": code, "name": language_name(code, edition.language)}
        for code in offer.languages
    ]


def cost_options(owner: str, offer: Offer) -> list[Json]:
    """For one visit, in euros; 0 is free."""
    if offer.cost_cents is None:
        return []
    amount = offer.cost_cents / 100
    return [{"id": identifier("cost", owner), "option": "visit", "currency": "EUR", "amount": amount}]


def capacities(owner: str, point: Point, offer: Offer, edition: Edition) -> list[Json]:
    """How many seats there are. How many are free nobody tells us, and HSDS wants a number: all of them, it says."""
    if offer.capacity is None:
        return []
    day = offer.confirmed_on or point.confirmed_on
    moment = datetime.combine(day, time(), edition.made_at.tzinfo) if day else point.modified_at or edition.made_at
    return [{
        "id": identifier("capacity", owner), "unit": {"id": identifier("unit", "seat"), "name": "seat"},
        "available": offer.capacity, "maximum": offer.capacity, "updated": moment.isoformat(timespec="milliseconds"),
        "description": "Seats in all; how many of them are free is not known.",
    }]  # fmt: skip
