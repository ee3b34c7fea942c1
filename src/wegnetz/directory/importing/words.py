"""Refusals and faults as sentences, German and English."""

from __future__ import annotations

from collections.abc import Mapping

from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Kind
from wegnetz.directory.importing.refusals import Reason

REFUSALS: Mapping[Reason, tuple[str, str]] = {
    Reason.EMPTY: ("Die Datei ist leer.", "The file is empty."),
    Reason.TOO_LARGE: (
        "Die Datei ist zu groß: höchstens 20 MB. Bitte in mehrere Dateien teilen.",
        "The file is too large: 20 MB at most. Please split it into several files.",
    ),
    Reason.TOO_MANY: (
        "Die Datei hat zu viele Zeilen, Spalten oder Teile: höchstens 50.000 Zeilen und 200 Spalten.",
        "The file has too many rows, columns or parts: 50,000 rows and 200 columns at most.",
    ),
    Reason.UNKNOWN_FORMAT: (
        "Die Datei ist keine Liste von Orten, die wir lesen können: CSV, XLSX, GeoJSON, HSDS oder Integreat.",
        "The file is no list of places that we can read: CSV, XLSX, GeoJSON, HSDS or Integreat.",
    ),
    Reason.OTHER_FORMAT: (
        "Die Datei hat ein anderes Format als angegeben.",
        "The file has another format than was said.",
    ),
    Reason.OFFICE: (
        "Diese Datei eines Büroprogramms lesen wir nicht. Bitte als XLSX oder CSV speichern.",
        "We do not read this file of an office program. Please save it as XLSX or CSV.",
    ),
    Reason.ENCODING: (
        "Die Zeichen der Datei sind nicht zu lesen. Bitte als UTF-8 speichern.",
        "The characters of the file cannot be read. Please save it as UTF-8.",
    ),
    Reason.BROKEN_JSON: (
        "Die Datei ist kein gültiges JSON. Vielleicht wurde sie nicht ganz heruntergeladen.",
        "The file is no valid JSON. Perhaps it was not downloaded completely.",
    ),
    Reason.DOUBLE_KEYS: (
        "In der Datei steht ein Schlüssel doppelt. Wir wissen nicht, welcher gilt.",
        "A key is in the file twice. We do not know which one holds.",
    ),
    Reason.BROKEN_TABLE: (
        "Die Tabelle ist nicht zu lesen. Bitte öffnen, neu speichern und noch einmal versuchen.",
        "The spreadsheet cannot be read. Please open it, save it anew and try again.",
    ),
    Reason.SWELLS: (
        "Die Datei wird beim Auspacken viel zu groß.",
        "The file becomes far too large when it is unpacked.",
    ),
    Reason.ENCRYPTED: (
        "Die Tabelle hat ein Kennwort. Bitte ohne Kennwort speichern.",
        "The spreadsheet has a password. Please save it without one.",
    ),
    Reason.ONE_FILE: (
        "Von diesem Format lesen wir eine Datei auf einmal.",
        "Of this format we read one file at a time.",
    ),
    Reason.LANGUAGES: (
        "Die angegebene Sprache kennen wir nicht. Gemeint ist ein Kürzel wie „de“ oder „ar“.",
        "We do not know the language that was said. A code such as “de” or “ar” is meant.",
    ),
}  # fmt: skip

EXPECTED: Mapping[Expected, tuple[str, str]] = {
    Expected.ENTRY: ("ein Ort oder ein Angebot in diesem Format", "a place or an offer in this format"),
    Expected.NAME: ("ein Name", "a name"),
    Expected.NAME_COLUMN: ("eine Spalte mit dem Namen des Ortes", "a column with the name of the place"),
    Expected.ID_ONCE: ("jede Kennung nur einmal", "each id only once"),
    Expected.SAME_PLACE: (
        "dasselbe wie in den anderen Zeilen zu diesem Ort", "the same as in the other rows of this place"
    ),
    Expected.TEXT: ("ein Text", "a text"),
    Expected.PLAIN_TEXT: ("Text ohne Steuerzeichen und HTML", "text without control characters and HTML"),
    Expected.SHORTER: ("ein kürzerer Text", "a shorter text"),
    Expected.ENCODING: ("einmal kodierte Umlaute und Zeichen", "characters that are encoded once"),
    Expected.UTF8: ("die Kodierung UTF-8", "the encoding UTF-8"),
    Expected.YES_NO: ("ja oder nein", "yes or no"),
    Expected.AGE: ("ein Alter in Jahren", "an age in years"),
    Expected.AGES: ("ein Alter wie „12-17“, „ab 14“ oder „bis 27“", "ages such as “12-17”, “from 14” or “up to 27”"),
    Expected.SEATS: ("eine Zahl von Plätzen", "a number of seats"),
    Expected.PRICE: ("ein Preis in Euro wie „5,00“ oder „kostenlos“", "a price in euros such as “5.00” or “free”"),
    Expected.ONE_PRICE: ("ein einziger Preis", "one price only"),
    Expected.LANGUAGE: ("eine Sprache wie „Arabisch“ oder „ar“", "a language such as “Arabic” or “ar”"),
    Expected.INTEREST: ("ein Interesse aus der Liste", "an interest from the list"),
    Expected.DATE: ("ein Tag wie „3.10.2026“", "a day such as “2026-10-03”"),
    Expected.TIME: ("eine Uhrzeit", "a time of day"),
    Expected.HOURS: ("Zeiten wie „Mo, Mi 15-18 Uhr“", "times such as “Mon, Wed 3-6 pm”"),
    Expected.APPOINTMENT: (
        "feste Zeiten; wann man einen Termin bekommt, bitte in die Beschreibung schreiben",
        "fixed times; please write into the description how to get an appointment",
    ),
    Expected.MONTHLY: (
        "„im Monat“ dahinter, wenn es so gemeint ist; jeden Monat wurde gelesen",
        "“of the month” behind it, if that is meant; every month was read",
    ),
    Expected.RULE: ("eine Wiederholung nach RFC 5545", "a repetition as in RFC 5545"),
    Expected.ZONE: ("eine Zeitzone wie „Europe/Berlin“", "a time zone such as “Europe/Berlin”"),
    Expected.EMAIL: ("eine E-Mail-Adresse", "an e-mail address"),
    Expected.PHONE: ("eine Telefonnummer", "a phone number"),
    Expected.WEBSITE: (
        "allein eine Adresse, die mit http:// oder https:// beginnt", "only an address that begins with http:// or https://"
    ),
    Expected.POSTCODE: ("eine Postleitzahl mit fünf Ziffern", "a postcode of five digits"),
    Expected.COUNTRY: ("ein Land", "a country"),
    Expected.COORDINATE: ("ein Breiten- oder Längengrad", "a latitude or a longitude"),
    Expected.PLACE: ("Breiten- und Längengrad zusammen", "latitude and longitude together"),
    Expected.GEOMETRY: ("ein Punkt oder eine Fläche", "a point or an area"),
    Expected.VALUE: ("ein Wert statt einer Formel", "a value instead of a formula"),
    Expected.QUOTES: ("Anführungszeichen, die sich schließen", "quotation marks that are closed"),
    Expected.COLUMNS: ("nicht mehr Zellen als Spalten", "no more cells than columns"),
    Expected.SHEET: (
        "alles auf einem Blatt; nur das erste wurde gelesen", "everything on one sheet; only the first was read"
    ),
    Expected.STATUS: ("ein Zustand, den HSDS kennt", "a status that HSDS knows"),
}  # fmt: skip

EFFECTS: Mapping[Effect, tuple[str, str]] = {
    Effect.REFUSED: ("Der Eintrag fehlt.", "The entry is missing."),
    Effect.LEFT_OUT: ("Die Angabe fehlt, der Rest ist da.", "This is left out, the rest is there."),
    Effect.CHANGED: ("Die Angabe ist da, aber verändert.", "This is there, but changed."),
    Effect.NOTED: ("Die Angabe ist da; bitte ansehen.", "This is there; please have a look."),
}


PLACES: Mapping[Kind, tuple[str, str]] = {
    Kind.CSV: ("Zeile", "Row"),
    Kind.XLSX: ("Zeile", "Row"),
    Kind.GEOJSON: ("Objekt", "Feature"),
}


def refusal(reason: Reason, lang: str) -> str:
    return REFUSALS[reason][lang == "en"]


def sentence(fault: Fault, kind: Kind, lang: str) -> str:
    """Such as: Zeile 4, Alter: „viele“ gefunden, erwartet: ein Alter in Jahren. Die Angabe fehlt, der Rest ist da."""
    english = lang == "en"
    entry = PLACES.get(kind, ("Eintrag", "Entry"))[english]
    where = f"{entry} {fault.where}" if fault.where else ("Datei", "File")[english]
    place = ", ".join(filter(None, (where, fault.column)))
    found = (f"found “{fault.found}”" if english else f"„{fault.found}“ gefunden") if fault.found else (
        "found nothing" if english else "nichts gefunden")  # fmt: skip
    expected = f"{'expected' if english else 'erwartet'}: {EXPECTED[fault.expected][english]}."
    return f"{place}: {found}, {expected} {EFFECTS[fault.effect][english]}"
