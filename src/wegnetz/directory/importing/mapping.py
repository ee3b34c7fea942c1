"""Which fields a column can be: their names, and what a cell of each says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wegnetz.directory.importing import cells
from wegnetz.directory.importing.addresses import address, country, is_address, postcode
from wegnetz.directory.importing.hours import hours_of
from wegnetz.directory.importing.outcome import Say
from wegnetz.directory.importing.own import hours_by_rule
from wegnetz.engines.folding import fold

Parse = Callable[[str, Say], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """`id` is what a mapping says. `guessed_from` are further headers by which a column is recognised, folded."""

    id: str
    german: str
    english: str
    parse: Parse
    offers: bool = False
    guessed_from: tuple[str, ...] = ()


def _latitude(text: str, say: Say) -> float | None:
    return cells.degrees(text, say, 90)


def _longitude(text: str, say: Say) -> float | None:
    return cells.degrees(text, say, 180)


def _field(id_: str, names: str, parse: Parse, also: str = "", *, offers: bool = False) -> Field:
    """`names` German | English, `also` further headers with | between them."""
    german, english = names.split("|")
    return Field(id_, german, english, parse, offers, tuple(filter(None, also.split("|"))))


INTERESTS, DAY, HOURS = "interests", "day", "hours"
# In tables of ours the exact rule stands beside what people write, and goes before it.
EXACTLY = {"hours": "hours_rule", "opening_hours": "opening_hours_rule"}
_LIST: tuple[Field, ...] = (
    _field("id", "Kennung|ID", cells.line, "nr|nummer|key|schluessel|ort-id|place id"),
    _field("name", "Name|Name", cells.line,
           "ort|einrichtung|titel|title|bezeichnung|place|name des ortes|treffpunkt|anlaufstelle|standort|location"),
    _field("description", "Beschreibung|Description", cells.prose,
           "beschreibung des ortes|info|informationen|text|bemerkung|bemerkungen|typ|type|kategorie|category|art"),
    _field("directions", "Anfahrt|Directions", cells.prose, "wegbeschreibung|anreise|haltestelle|getting there"),
    _field("operator", "Träger|Operator", cells.line,
           "traeger|organisation|organization|verein|anbieter|veranstalter|organiser|provider"),
    _field("address", "Adresse|Address", address, "anschrift|volle adresse|full address"),
    _field("street", "Straße|Street", cells.line,
           "strasse|str.|strasse und hausnummer|strasse hausnummer|strasse nr.|street address|addr street"),
    _field("housenumber", "Hausnummer|House number", cells.line, "hausnr.|haus-nr.|addr housenumber"),
    _field("postcode", "PLZ|Postcode", postcode, "postleitzahl|zip|zip code|postal code|addr postcode"),
    _field("town", "Stadt|Town", cells.line, "wohnort|gemeinde|city|municipality|ortsname|addr city"),
    _field("district", "Stadtteil|District", cells.line, "bezirk|stadtbezirk|viertel|neighbourhood|quartier"),
    _field("country", "Land|Country", country, "staat|country code"),
    _field("lat", "Breitengrad|Latitude", _latitude, "lat|breite|geo_lat|geo breite|y"),
    _field("lon", "Längengrad|Longitude", _longitude, "lon|lng|long|laenge|geo_lon|x"),
    _field("contact", "Ansprechperson|Contact", cells.line,
           "ansprechpartner|ansprechpartnerin|ansprechpartner*in|kontakt|kontaktperson|contact person|contact name"),
    _field("phone", "Telefon|Phone", cells.phone,
           "tel.|telefonnummer|telephone|phone number|telefon nr.|handy|mobil|mobile|fon|contact phone"),
    _field("email", "E-Mail|E-mail", cells.email, "email|mail|e-mail-adresse|email address|emailadresse|contact email"),
    _field("website", "Webseite|Website", cells.website,
           "web|internet|homepage|url|link|href|internetseite|webadresse|www|webpage|contact website"),
    _field("accessible", "Barrierefrei|Accessible", cells.yes_or_no,
           "rollstuhlgerecht|barrierefreiheit|wheelchair|wheelchair accessible|accessibility|rollstuhl"),
    _field("opening_hours", "Öffnungszeiten|Opening hours", hours_of, "geoeffnet|offen|opening times|oeffnungszeit"),
    _field("opening_hours_rule", "Öffnungszeiten als Regel|Opening hours as a rule", hours_by_rule),
    _field("confirmed_on", "Bestätigt am|Confirmed on", cells.day,
           "geprueft am|stand|zuletzt geprueft|checked on|last checked|aktualisiert|as of"),
    _field("closed", "Geschlossen|Closed", cells.yes_or_no, "voruebergehend geschlossen|temporarily closed|pausiert"),
    _field("offer_id", "Angebot-Kennung|Offer ID", cells.line, "angebotsnummer|angebots-id|kursnummer", offers=True),
    _field("offer", "Angebot|Offer", cells.line,
           "angebot titel|kurs|aktivitaet|activity|gruppe|programm|veranstaltung|event|service|class|workshop",
           offers=True),
    _field("offer_description", "Beschreibung des Angebots|Description of the offer", cells.prose,
           "angebotsbeschreibung|kursbeschreibung|inhalt|offer description", offers=True),
    _field(INTERESTS, "Interessen|Interests", cells.line,
           "themen|schlagworte|stichworte|tags|topics|interesse|thema|keywords", offers=True),
    _field(HOURS, "Zeiten|Times", hours_of,
           "wann|termin|termine|uhrzeit|zeit|tag und uhrzeit|when|time|schedule", offers=True),
    _field("hours_rule", "Zeiten als Regel|Times as a rule", hours_by_rule, offers=True),
    _field(DAY, "Tag|Day", hours_of, "datum|date|wochentag|tage|weekday|days|wochentage", offers=True),
    _field("languages", "Sprachen|Languages", cells.languages, "sprache|language|spoken languages", offers=True),
    _field("interpreter", "Dolmetschen|Interpreter", cells.yes_or_no,
           "dolmetscher|dolmetscherin|sprachmittlung|interpretation|interpreting", offers=True),
    _field("ages", "Alter|Ages", cells.ages, "altersgruppe|zielalter|age|age group|age range|jahre", offers=True),
    _field("age_from", "Alter von|Age from", cells.age,
           "mindestalter|alter ab|ab alter|minimum age|min age|ab jahren|alter min", offers=True),
    _field("age_to", "Alter bis|Age to", cells.age,
           "hoechstalter|maximum age|max age|bis jahre|alter max|maximalalter", offers=True),
    _field("price", "Preis|Price", cells.cents, "kosten|beitrag|eintritt|gebuehr|cost|fee|fees", offers=True),
    _field("cost_note", "Kostenhinweis|Note on cost", cells.prose, "preisinfo|cost details", offers=True),
    _field("joining", "Anmeldung|Joining", cells.prose, "teilnahme|how to join|registration|zugang", offers=True),
    _field("women_only", "Nur für Frauen|Women only", cells.yes_or_no, "frauen|nur frauen|women", offers=True),
    _field("capacity", "Plätze|Seats", cells.seats,
           "platzzahl|anzahl plaetze|teilnehmerzahl|max. teilnehmer|capacity|places", offers=True),
)  # fmt: skip
FIELDS: Mapping[str, Field] = {field.id: field for field in _LIST}

# What is said in words, and so can be there in several languages: "name@ar" is the name in Arabic.
TEXTS = frozenset({"name", "description", "directions", "offer", "offer_description", "joining", "cost_note"})
OF_NOTHING = frozenset(
    {"beschreibung", "description", "info", "informationen", "text", "id", "kennung", "nr", "nummer", "key"}
)
WORD = re.compile(r"[^\w*. ]+|_")
IN_LANGUAGE = re.compile(r"(.+?)[\s_@(\[\-]+([^\s_@()\[\]\-]{2,20})[)\]]?")


def suggest(columns: Sequence[str], samples: Mapping[str, Iterable[str]] | None = None) -> dict[str, str]:
    """Column -> field by the headers, each field once. `samples` are some cells of each column: a description that
    always reads like an address is one.
    """
    found: dict[str, str] = {}
    by_header = _by_header()
    for column in columns:
        field = by_header.get(_header(column)) or _in_language(column, by_header)
        if field == "description" and _are_addresses((samples or {}).get(column, ())):
            field = "address"
        if field:
            found.setdefault(field, column)
    # Beside the title of an offer, a description or a number that does not say of what is the offer's.
    for field, of_the_offer in (("description", "offer_description"), ("id", "offer_id")):
        if "offer" in found and of_the_offer not in found and _header(found.get(field, "")) in OF_NOTHING:
            found[of_the_offer] = found.pop(field)
    return {column: field for column in columns for field, named in found.items() if named == column}


def target(reference: str) -> tuple[Field, str] | None:
    """The field of a mapping, and the language of "field@language" or nothing. None where there is none."""
    name, _, language = reference.partition("@")
    if name not in FIELDS or (language and (name not in TEXTS or not cells.language(language))):
        return None
    return FIELDS[name], cells.language(language) if language else ""


def _in_language(column: str, by_header: Mapping[str, str]) -> str:
    """ "Name (Arabisch)", "description_en"."""
    found = IN_LANGUAGE.fullmatch(column.strip())
    field = by_header.get(_header(found[1]), "") if found else ""
    language = cells.language(found[2]) if found and field in TEXTS else ""
    return f"{field}@{language}" if language else ""


def _by_header() -> dict[str, str]:
    names: dict[str, str] = {}
    for field in _LIST:
        for name in (field.id, field.german, field.english, *field.guessed_from):
            names.setdefault(_header(name), field.id)
    return names


def _header(name: str) -> str:
    """Comparable: "Straße & Hausnr." and "strasse hausnr", and umlauts with or without their e."""
    plain = fold(name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("Ä", "Ae").replace("Ö", "Oe"))
    return " ".join(WORD.sub(" ", plain).rstrip(".:*").split())


def _are_addresses(samples: Iterable[str]) -> bool:
    filled = [sample[:200] for sample in samples if sample.strip()]
    return bool(filled) and sum(map(is_address, filled)) * 2 > len(filled)
