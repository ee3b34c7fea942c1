"""Refusals and faults as sentences, German and English."""

from __future__ import annotations

from collections.abc import Mapping

from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Kind
from wegnetz.directory.importing.refusals import Reason

REFUSALS: Mapping[Reason, tuple[str, str]] = {
    Reason.EMPTY: ("Die Datei ist leer.", "The file is empty."),
    # Two files of one source would each remove what is only in the other.
    Reason.TOO_LARGE: (
        "Die Datei ist zu groß: höchstens 20 MB. Bitte teilen Sie sie, und geben Sie jedem Teil eine eigene Quelle.",
        "The file is too large: 20 MB at most. Please split it, and give each part a source of its own.",
    ),
    Reason.TOO_MANY: (
        "Die Datei ist zu umfangreich: höchstens 50.000 Zeilen und 200 Spalten. Bitte kürzen Sie sie.",
        "There is too much in the file: 50,000 rows and 200 columns at most. Please shorten it.",
    ),
    Reason.UNKNOWN_FORMAT: (
        "In dieser Datei erkennen wir keine Liste von Orten. Wir lesen CSV, XLSX, GeoJSON, HSDS und Integreat.",
        "We do not recognise a list of places in this file. We read CSV, XLSX, GeoJSON, HSDS and Integreat.",
    ),
    Reason.OTHER_FORMAT: (
        "Die Datei hat ein anderes Format als erwartet. Bitte prüfen Sie, ob es die richtige ist.",
        "The file has another format than expected. Please check whether it is the right one.",
    ),
    Reason.OFFICE: (
        "Diese Art von Datei lesen wir nicht. Bitte öffnen Sie sie und speichern Sie sie als XLSX oder CSV.",
        "We do not read this kind of file. Please open it and save it as XLSX or CSV.",
    ),
    Reason.ENCODING: (
        "Wir können die Zeichen der Datei nicht lesen. Bitte speichern Sie sie als UTF-8 (in Excel: „CSV UTF-8“).",
        "We cannot read the characters of the file. Please save it as UTF-8 (in Excel: “CSV UTF-8”).",
    ),
    Reason.BROKEN_JSON: (
        "Die Datei ist unvollständig oder beschädigt (kein gültiges JSON). Bitte laden Sie sie noch einmal herunter.",
        "The file is incomplete or damaged (no valid JSON). Please download it again.",
    ),
    Reason.DOUBLE_KEYS: (
        "Eine Angabe steht doppelt in der Datei (JSON-Schlüssel). Bitte fragen Sie nach, wo die Datei herkommt.",
        "Something is in the file twice (JSON key). Please ask where the file comes from.",
    ),
    Reason.BROKEN_TABLE: (
        "Wir können die Tabelle nicht lesen. Bitte öffnen Sie sie, speichern Sie sie neu und wählen Sie sie dann aus.",
        "We cannot read the spreadsheet. Please open it, save it anew and then choose it.",
    ),
    Reason.SWELLS: (
        "Die Datei wird beim Auspacken viel zu groß. Bitte speichern Sie nur die Liste der Orte in einer neuen Datei.",
        "The file becomes far too large when it is unpacked. Please save only the list of places in a new file.",
    ),
    Reason.ENCRYPTED: (
        "Die Tabelle ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort.",
        "The spreadsheet is protected with a password. Please save it without one.",
    ),
    Reason.ONE_FILE: (
        "Nur bei Integreat lesen wir zwei Dateien auf einmal. Bitte lassen Sie die zweite weg.",
        "Only for Integreat do we read two files at a time. Please leave out the second one.",
    ),
    Reason.LANGUAGES: (
        "Diese Sprache kennen wir nicht. Wir brauchen ein Kürzel wie „de“ oder „ar“.",
        "We do not know this language. We need a code such as “de” or “ar”.",
    ),
}  # fmt: skip

# Sentences behind what was found.
EXPECTED: Mapping[Expected, tuple[str, str]] = {
    Expected.ENTRY: ("Das passt nicht zum Format der Datei.", "This does not fit the format of the file."),
    Expected.NAME: ("Wir brauchen einen Namen.", "We need a name."),
    Expected.NAME_COLUMN: (
        "Wir brauchen eine Spalte mit dem Namen des Ortes. Bitte wählen Sie sie aus.",
        "We need a column with the name of the place. Please choose it.",
    ),
    Expected.ID_ONCE: ("Jede Kennung darf nur einmal vorkommen.", "Each ID may be there only once."),
    Expected.SAME_PLACE: (
        "In anderen Zeilen zu diesem Ort steht etwas anderes.", "Other rows of this place say something else."
    ),
    Expected.TEXT: ("Wir brauchen hier einen Text.", "We need a text here."),
    Expected.PLAIN_TEXT: (
        "Wir brauchen reinen Text, ohne HTML und ohne unsichtbare Zeichen.",
        "We need plain text, without HTML and without invisible characters.",
    ),
    Expected.SHORTER: ("Der Text ist zu lang.", "The text is too long."),
    Expected.ENCODING: (
        "Umlaute oder andere Zeichen sind falsch gespeichert.", "Umlauts or other characters are stored wrongly."
    ),
    Expected.UTF8: (
        "Die Datei ist nicht als UTF-8 gespeichert: Umlaute und Sonderzeichen könnten falsch sein.",
        "The file is not saved as UTF-8: umlauts and special characters could be wrong.",
    ),
    Expected.YES_NO: ("Wir brauchen hier „ja“ oder „nein“.", "We need “yes” or “no” here."),
    Expected.AGE: ("Wir brauchen hier ein Alter in Jahren.", "We need an age in years here."),
    Expected.AGES: (
        "Wir brauchen hier ein Alter wie „12-17“, „ab 14“ oder „bis 27“.",
        "We need ages here such as “12-17”, “from 14” or “up to 27”.",
    ),
    Expected.SEATS: ("Wir brauchen hier die Zahl der Plätze.", "We need the number of seats here."),
    Expected.PRICE: (
        "Wir brauchen hier einen Preis in Euro wie „5,00“ oder „kostenlos“.",
        "We need a price in euros here such as “5.00” or “free”.",
    ),
    Expected.ONE_PRICE: ("Wir können nur einen einzigen Preis übernehmen.", "We can take over one price only."),
    Expected.LANGUAGE: (
        "Wir brauchen hier eine Sprache wie „Arabisch“ oder „ar“.",
        "We need a language here such as “Arabic” or “ar”.",
    ),
    Expected.INTEREST: (
        "Dieses Interesse steht nicht in unserer Liste.", "This interest is not in our list."
    ),
    Expected.DATE: ("Wir brauchen hier einen Tag wie „3.10.2026“.", "We need a day here such as “2026-10-03”."),
    Expected.TIME: ("Wir brauchen hier eine Uhrzeit.", "We need a time of day here."),
    Expected.LATER_END: (
        "Das Ende liegt nicht nach dem Anfang. Nur bis 6 Uhr früh verstehen wir es als den nächsten Tag.",
        "The end is not after the beginning. Only up to 6 in the morning do we take it as the next day.",
    ),
    Expected.HOURS: (
        "Wir brauchen hier Zeiten wie „Mo, Mi 15-18 Uhr“.", "We need times here such as “Mon, Wed 3-6 pm”."
    ),
    Expected.FEWER_HOURS: (
        "Mehr als 200 Zeiten passen nicht: Wir nehmen die spätesten.",
        "No more than 200 times fit: we take the latest ones.",
    ),
    Expected.APPOINTMENT: (
        "Wir brauchen hier feste Zeiten. Wie man einen Termin bekommt, schreiben Sie bitte in die Beschreibung.",
        "We need fixed times here. Please write into the description how to get an appointment.",
    ),
    Expected.MONTHLY: (
        "Wir lesen das als „jeden Monat“. Ist es so gemeint, schreiben Sie bitte „im Monat“ dahinter.",
        "We read this as every month. If that is meant, please write “of the month” behind it.",
    ),
    Expected.RULE: (
        "Diese Wiederholung können wir nicht wiedergeben. Bitte prüfen Sie, ob die Zeiten in der Vorschau stimmen.",
        "We cannot express this repetition. Please check whether the times in the preview are right.",
    ),
    Expected.ZONE: (
        "Wir brauchen hier eine Zeitzone wie „Europe/Berlin“.", "We need a time zone here such as “Europe/Berlin”."
    ),
    Expected.EMAIL: ("Wir brauchen hier eine E-Mail-Adresse.", "We need an email address here."),
    Expected.PHONE: ("Wir brauchen hier eine Telefonnummer.", "We need a phone number here."),
    Expected.WEBSITE: (
        "Wir brauchen hier nur die Adresse einer Internetseite. Sie beginnt mit http:// oder https://.",
        "We need only the address of a website here. It begins with http:// or https://.",
    ),
    Expected.POSTCODE: (
        "Wir brauchen hier eine Postleitzahl mit fünf Ziffern.", "We need a postcode of five digits here."
    ),
    Expected.COUNTRY: ("Dieses Land kennen wir nicht.", "We do not know this country."),
    Expected.COORDINATE: (
        "Wir brauchen hier einen Breiten- oder Längengrad wie 51.22.",
        "We need a latitude or longitude here such as 51.22.",
    ),
    Expected.PLACE: (
        "Breitengrad und Längengrad gehören zusammen. Eine der beiden Zahlen fehlt.",
        "Latitude and longitude belong together. One of the two numbers is missing.",
    ),
    Expected.OTHER_WAY_ROUND: (
        "Breitengrad und Längengrad scheinen vertauscht: So liegt der Ort weit weg von hier.",
        "Latitude and longitude seem to be swapped: like this the place is far from here.",
    ),
    Expected.GEOMETRY: (
        "Wir brauchen hier einen Punkt oder eine Fläche auf der Karte.", "We need a point or an area on the map here."
    ),
    Expected.WITHOUT_PLACE: (
        "So viele Orte haben keinen Punkt auf der Karte. Eine Datei in GeoJSON kann sie nicht enthalten.",
        "So many places have no point on the map. A GeoJSON file cannot hold them.",
    ),
    Expected.VALUE: ("Wir brauchen hier einen Wert, keine Formel.", "We need a value here, not a formula."),
    Expected.QUOTES: (
        "Ein Anführungszeichen hat kein Gegenstück.", "A quotation mark has no counterpart."
    ),
    Expected.COLUMNS: (
        "Diese Zeile hat mehr Zellen, als es Spalten gibt.", "This row has more cells than there are columns."
    ),
    Expected.SHEET: (
        "Wir lesen nur das erste Blatt. Bitte schreiben Sie alles auf ein Blatt.",
        "We read only the first sheet. Please put everything on one sheet.",
    ),
    Expected.STATUS: ("HSDS kennt diesen Zustand nicht.", "HSDS does not know this status."),
}  # fmt: skip

EFFECTS: Mapping[Effect, tuple[str, str]] = {
    Effect.REFUSED: ("Diesen Eintrag lassen wir weg.", "We leave this entry out."),
    Effect.LEFT_OUT: (
        "Diese Angabe lassen wir weg, den Rest übernehmen wir.", "We leave this out and take over the rest."
    ),
    Effect.CHANGED: ("Wir haben die Angabe angepasst.", "We have adapted this."),
    Effect.NOTED: (
        "Wir übernehmen es so. Bitte sehen Sie einmal nach.", "We take it over like this. Please have a look."
    ),
}  # fmt: skip

# Say themselves what becomes of the file; there is no entry that could be left out.
WHOLE_FILE = frozenset({Expected.NAME_COLUMN, Expected.SHEET, Expected.WITHOUT_PLACE})
# What the entries of a file and their parts are called.
TABLE = ("Zeile", "Spalte"), ("Row", "column")
DOCUMENT = ("Eintrag", "Feld"), ("Entry", "field")


def refusal(reason: Reason, lang: str) -> str:
    return REFUSALS[reason][lang == "en"]


def sentence(fault: Fault, kind: Kind, lang: str) -> str:
    """Such as: Zeile 4, Spalte „Alter“: Hier steht „viele“. Wir brauchen hier ein Alter in Jahren. Diese Angabe lassen
    wir weg, den Rest übernehmen wir.
    """
    word = lang == "en"
    entry, part = (TABLE if kind in {Kind.CSV, Kind.XLSX} else DOCUMENT)[word]
    where = f"{entry} {fault.where}" if fault.where else ("Datei", "File")[word]
    named = _quoted(fault.column, lang) if fault.column else ""
    place = f"{where}, {part} {named}" if named and fault.where else named or where
    said = [_found(fault, lang), EXPECTED[fault.expected][word]]
    if fault.expected not in WHOLE_FILE:
        said.append(EFFECTS[fault.effect][word])
    return f"{place}: {' '.join(said)}"


def _found(fault: Fault, lang: str) -> str:
    if not fault.found:
        return "There is nothing here." if lang == "en" else "Hier steht nichts."
    quoted = _quoted(fault.found, lang)
    # What is found of a whole file, or counted, does not stand there literally.
    if not fault.where or fault.expected is Expected.ONE_PRICE:
        return f"Found {quoted}." if lang == "en" else f"{quoted} gefunden."
    return f"This says {quoted}." if lang == "en" else f"Hier steht {quoted}."


def _quoted(text: str, lang: str) -> str:
    return f"“{text}”" if lang == "en" else f"„{text}“"
