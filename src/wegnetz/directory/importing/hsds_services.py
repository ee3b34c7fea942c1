"""What HSDS says of a service: texts, schedules, prices, seats, languages, interests and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wegnetz.directory.entries import (
    COST,
    DESCRIPTION,
    JOINING,
    TITLE,
    Contact,
    Hours,
    Offer,
    Translation,
    Wording,
)
from wegnetz.directory.importing.cells import (
    NO,
    UNKNOWN,
    Interests,
    age,
    cents,
    clock,
    day,
    email,
    end_behind,
    language,
    phone,
    seats,
    website,
)
from wegnetz.directory.importing.documents import Part, filled, paragraphs
from wegnetz.directory.importing.hsds_own import Facts
from wegnetz.directory.importing.outcome import Effect, Expected
from wegnetz.directory.importing.recurrence import FROM, first_of, sound, weekdays_in
from wegnetz.engines.folding import fold

# The name by which a taxonomy says that its terms are ids of our interests.
OUR_TAXONOMY = "wegnetz-interests"
CLOSED = frozenset({"inactive", "defunct", "temporarily closed"})
SEATS = frozenset(
    {"seat", "seats", "place", "places", "person", "persons", "people", "participant", "participants", "platz",
     "platze", "plaetze", "personen", "teilnehmende", "spaces", "space"}
)  # fmt: skip
NOBODY = NO | {"none", "keine", "not available"}
NO_VOICE = frozenset({"fax", "tty", "textphone", "pager", "sms"})
PARTS = ("freq", "interval", "count", "until", "wkst", "byday", "bymonth", "byweekno", "bymonthday", "byyearday")


def offer_of(service: Part, key: str, text_language: str, interests: Interests) -> Offer | None:
    """A service wherever it is offered. None, and said, for one without a name."""
    title = service.text("name")
    if not title:
        service.say.within("name")("", Expected.NAME, Effect.REFUSED)
        return None
    youngest, oldest = _ages(service)
    return Offer(
        key=key,
        wording=Wording(text_language, {text_language: Translation(filled(_texts(service, title)))}),
        concepts=_concepts(service, interests),
        hours=schedules_of(service),
        languages=_languages(service),
        interpreter=_interpreter(service),
        age_from=youngest,
        age_to=oldest,
        cost_cents=_cents(service),
        capacity=_capacity(service),
        contact=contact_of(service),
        confirmed_on=service.parsed("assured_date", day),
        closed=_closed(service),
    )


def at_location(offer: Offer, link: Part, location: str, interests: Interests) -> Offer:
    """The offer at one location: what is said of it there goes before what is said of it anywhere."""
    key = f"{offer.key}@{location}" if location else offer.key
    if not link:
        return replace(offer, key=key)
    texts = dict(offer.wording.source.texts)
    texts[DESCRIPTION] = paragraphs(texts.get(DESCRIPTION, ""), link.prose("description"))
    language = offer.wording.language
    return replace(
        offer,
        key=key,
        wording=Wording(language, {language: Translation(filled(texts))}),
        concepts=tuple(dict.fromkeys((*offer.concepts, *_concepts(link, interests)))),
        hours=schedules_of(link) or offer.hours,
        contact=completed(contact_of(link), offer.contact),
    )


def _texts(service: Part, title: str) -> dict[str, str]:
    options = [
        " ".join(filter(None, (option.text("option"), option.text("amount"), option.text("currency").upper(),
                               option.text("amount_description"))))
        for option in service.parts("cost_options")
    ]  # fmt: skip
    interpretation = service.prose("interpretation_services")
    return {
        TITLE: title,
        DESCRIPTION: paragraphs(service.prose("description"), service.prose("alert")),
        JOINING: paragraphs(
            service.prose("application_process"),
            service.prose("eligibility_description"),
            "" if interpretation.lower() in NOBODY | UNKNOWN else interpretation,
        ),
        COST: paragraphs(service.prose("fees_description"), service.prose("fees"), *options),
    }


def contact_of(part: Part) -> Contact:
    """Of each the first that is said: name, e-mail, phone, website."""
    people = list(part.parts("contacts"))
    phones = [each for one in (part, *people) for each in one.parts("phones")]
    voices = [each for each in phones if fold(each.text("type")) not in NO_VOICE]
    pages = (part.parsed(key, website) for key in ("url", "website", "uri"))
    return Contact(
        name=next(filter(None, (person.text("name") for person in people)), ""),
        email=next(filter(None, (each.parsed("email", email) for each in (*people, part))), ""),
        phone=next(filter(None, map(_number, voices)), ""),
        website=next(filter(None, pages), ""),
    )


def completed(contact: Contact, otherwise: Contact) -> Contact:
    """Where one does not say it, what the other says."""
    return Contact(
        contact.name or otherwise.name,
        contact.email or otherwise.email,
        contact.phone or otherwise.phone,
        contact.website or otherwise.website,
    )


def schedules_of(part: Part) -> tuple[Hours, ...]:
    return tuple(dict.fromkeys(hours for each in part.parts("schedules") for hours in _schedule(each)))


def _schedule(part: Part) -> Iterator[Hours]:
    """`valid_to` ends a rule that has no end of its own. Without the days that it names, there are no times at all."""
    parts = {name.upper(): part.raw(name).strip().upper().replace(" ", "") for name in PARTS if part.raw(name).strip()}
    since = part.parsed("dtstart", day) or part.parsed("valid_from", day)
    end = part.parsed("until", day) or (None if "COUNT" in parts else part.parsed("valid_to", day))
    if end:
        parts["UNTIL"] = f"{end:%Y%m%d}"
    if "BYDAY" in parts:
        parts.setdefault("FREQ", "WEEKLY")
    rule, left = sound(parts) if parts.keys() - {"UNTIL", "WKST", "INTERVAL"} else ("", ())
    for name in left:
        part.say.within(name.lower())(part.raw(name.lower()), Expected.RULE)
    if "BYDAY" in left:  # the rule would go on without it, on the weekday of its beginning, and send people there
        return
    days = weekdays_in(rule)
    opens, closes = part.parsed("opens_at", clock), part.parsed("closes_at", clock)
    if since is None and not days:
        if parts or opens or closes:
            part.say(part.raw("description") or rule, Expected.HOURS)
        return
    if "tzid" not in Facts(part):  # ours say exactly when, also what goes on until the next day
        closes = end_behind(opens, closes, part.say)
    yield Hours(since or first_of(days, FROM), opens, closes if opens else None, rule)


def _number(part: Part) -> str:
    number, extension = part.parsed("number", phone) or "", part.text("extension")
    return f"{number} ext. {extension}" if number and extension.isdecimal() else number


def _ages(service: Part) -> tuple[int | None, int | None]:
    youngest, oldest = service.parsed("minimum_age", age), service.parsed("maximum_age", age)
    if youngest is not None and oldest is not None and oldest < youngest:
        service.say.within("maximum_age")(f"{youngest}-{oldest}", Expected.AGES)
        return None, None
    return youngest, oldest


def _languages(service: Part) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in service.parts("languages"):
        code, name = part.text("code"), part.text("name")
        if known := language(code) or language(name):
            found[known] = None
        elif code or name:
            part.say(code or name, Expected.LANGUAGE)
    return tuple(found)


def _interpreter(service: Part) -> bool | None:
    said = service.text("interpretation_services").lower()
    return None if said in UNKNOWN else said not in NOBODY


def _cents(service: Part) -> int | None:
    """Only one price in euros is the price of a visit; several depend on who somebody is."""
    options = [option for option in service.parts("cost_options") if option.raw("amount")]
    prices = set()
    for option in options:
        if option.text("currency").upper() not in {"EUR", ""} and option.raw("amount") != "0":
            option.say.within("currency")(option.raw("currency"), Expected.PRICE)
        elif (found := option.parsed("amount", cents)) is not None:
            prices.add(found)
    if len(options) > 1 and len(prices) != 1:
        service.say.within("cost_options")(f"{len(options)}", Expected.ONE_PRICE)
        return None
    return prices.pop() if len(prices) == 1 else None


def _capacity(service: Part) -> int | None:
    for part in service.parts("capacities"):
        unit = part.part("unit").text("name")
        if fold(unit) not in SEATS:
            part.say.within("unit")(unit, Expected.SEATS)
        elif (found := part.parsed("maximum", seats)) is not None or (
            found := part.parsed("available", seats)
        ) is not None:
            return found
    return None


def _closed(service: Part) -> bool:
    status = service.text("status").lower()
    if status not in {"", "active", *CLOSED}:
        service.say.within("status")(status, Expected.STATUS, Effect.NOTED)
    return status in CLOSED


def _concepts(service: Part, interests: Interests) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in service.parts("attributes"):
        term = part.part("taxonomy_term")
        named = {term.text("taxonomy"), term.part("taxonomy_detail").text("name")}
        if OUR_TAXONOMY not in named:
            continue
        concept = term.text("code") or term.id()
        if concept in interests:
            found[concept] = None
        else:
            term.say.within("code")(concept, Expected.INTEREST)
    return tuple(found)
