"""HSDS as Wegnetz itself gives it away: what has no field in HSDS stands in attributes (`exporting.hsds`).

Whoever says in an attribute in which language it was written is read by its attributes, everything else by its fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from wegnetz.directory.entries import OFFER_TEXTS, POINT_TEXTS, Address, Contact, Hours, Offer, Point, Wording
from wegnetz.directory.importing.addresses import country
from wegnetz.directory.importing.cells import Interests, day, email, line, moment, website, yes_or_no
from wegnetz.directory.importing.cleaning import one_line
from wegnetz.directory.importing.documents import Part
from wegnetz.directory.importing.own import LONGEST_KEY, Words, exact_hours

WRITTEN_IN = "source_language"
TRANSLATION, FACT, INTEREST = "translation", "fact", "interest"
OUR_KEY = "key at the source"


class Facts:
    """The attributes of one thing that are facts, by their label."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._found: dict[str, Part] = {}
        for each in part.parts("attributes"):
            if each.raw("link_type") == FACT:
                self._found.setdefault(each.raw("label"), each)

    def __contains__(self, label: str) -> bool:
        return label in self._found

    def __getitem__(self, label: str) -> Part:
        return self._found.get(label, Part({}, self.part.say))

    def text(self, label: str) -> str:
        return self[label].raw("value")

    def says_yes(self, label: str) -> bool:
        return bool(self[label].parsed("value", yes_or_no))


def own_point(location: Part, point: Point) -> Point | None:
    """The point with what the attributes of its location say. None where it is not ours."""
    facts = Facts(location)
    wording = _wording(location, facts, POINT_TEXTS)
    if wording is None:
        return None
    given = location.raw("external_identifier") if location.raw("external_identifier_type") == OUR_KEY else ""
    return replace(
        point,
        key=one_line(given)[:LONGEST_KEY] or point.key,
        wording=wording,
        operator=line(facts.text("operator"), location.say),
        address=_address(location, facts, point.address),
        contact=_contact(facts, point.contact),
        accessible=_wheelchair(location),
        hours=tuple(own_hours(location)),
        confirmed_on=facts["confirmed_on"].parsed("value", day),
        closed=facts.says_yes("closed"),
        modified_at=_moment(facts) or point.modified_at,
    )


def own_offer(service: Part, offer: Offer, interests: Interests) -> Offer | None:
    """The offer with what the attributes of its service say. None where it is not ours."""
    facts = Facts(service)
    wording = _wording(service, facts, OFFER_TEXTS)
    if wording is None:
        return None
    return replace(
        offer,
        key=one_line(facts.text("key"))[:LONGEST_KEY] or offer.key,
        wording=wording,
        concepts=(*offer.concepts, *_without_term(service, interests)),
        hours=tuple(own_hours(service)),
        interpreter=facts["interpreter"].parsed("value", yes_or_no),
        women_only=facts.says_yes("women_only"),
        contact=_contact(facts, offer.contact),
        confirmed_on=facts["confirmed_on"].parsed("value", day),
        closed=facts.says_yes("closed"),
    )


def _without_term(service: Part, interests: Interests) -> Iterator[str]:
    """Interests that whoever gave them away no longer knew are there by their id alone."""
    for each in service.parts("attributes"):
        if each.raw("link_type") == INTEREST and not each.part("taxonomy_term"):
            yield from interests(each.text("value"), each.say.within("value"))


def own_hours(part: Part) -> Iterator[Hours]:
    for schedule in part.parts("schedules"):
        facts = Facts(schedule)
        said = {
            "first_day": schedule.raw("dtstart"), "rule": facts.text("rrule"), "zone": facts.text("tzid"),
            "opens": facts.text("opens") or schedule.raw("opens_at"),
            "closes": facts.text("closes") or schedule.raw("closes_at"),
        }  # fmt: skip
        left_out = [
            each.raw("value")
            for each in schedule.parts("attributes")
            if (each.raw("link_type"), each.raw("label")) == (FACT, "exdate")
        ]
        if hours := exact_hours(said, left_out, schedule.say):
            yield hours


def _wording(part: Part, facts: Facts, fields: tuple[str, ...]) -> Wording | None:
    if WRITTEN_IN not in facts:
        return None
    words = Words(fields)
    for each in part.parts("attributes"):
        if each.raw("link_type") == TRANSLATION:
            words.add(each.part("taxonomy_term").raw("code"), each.raw("label"), each.raw("value"), each.say)
    return words.wording(facts.text(WRITTEN_IN))


def _address(location: Part, facts: Facts, address: Address) -> Address:
    """HSDS has a region where we have a district; without any address it has no country either."""
    district = next((each.text("region") for each in location.parts("addresses")), "")
    elsewhere = facts["country"].parsed("value", country)
    return replace(address, district=district, country=elsewhere or address.country)


def _contact(facts: Facts, contact: Contact) -> Contact:
    """An address that HSDS would not take as it is."""
    return replace(
        contact,
        email=facts["email"].parsed("value", email) or contact.email,
        website=facts["website"].parsed("value", website) or contact.website,
    )


def _wheelchair(location: Part) -> bool | None:
    said = {each.raw("details") for each in location.parts("accessibility")}
    return {"wheelchair=yes": True, "wheelchair=no": False}.get(min(said, default=""))


def _moment(facts: Facts) -> datetime | None:
    return facts["modified_at"].parsed("value", moment)
