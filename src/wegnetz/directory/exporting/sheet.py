"""The directory as a table: one row for each offer, and one for each contact point without any (XLSX and CSV).

A table has one language: that of the edition where a text has it; the column "Language of the texts" says which one
the title (or the name) is really in. Hours are there twice, a line for each: as people write them, and exactly, as
"2026-03-03 18:00-20:00 FREQ=WEEKLY;BYDAY=TU not 2026-03-31 Europe/Berlin". Interests and languages are apart by commas.
Lost: every other language and where it comes from, whom to ask at the place where an offer has somebody of its own,
whether it is the offer or its place that is closed or was confirmed, and when the source was changed; in CSV whether a
text began with an apostrophe.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wegnetz.core.sheets import harmless
from wegnetz.directory.entries import (
    COST,
    DESCRIPTION,
    DIRECTIONS,
    JOINING,
    NAME,
    TITLE,
    Contact,
    Hours,
    Offer,
    Point,
)
from wegnetz.directory.exporting.edition import Edition, Said, text_of
from wegnetz.directory.exporting.hours_words import in_words
from wegnetz.directory.exporting.times import written
from wegnetz.directory.exporting.words import yes_or_no
from wegnetz.programme.pack.wording import RIGHT_TO_LEFT

Cell = str | int | float | Decimal | date | None
LONGEST = 32_767  # characters in a cell of a workbook; a longer one would be left out without a word
MOST_ROWS = 1_048_575


class TooManyRowsError(ValueError):
    """More than a sheet holds. Carries how many."""


class Line(NamedTuple):
    point: Point
    offer: Offer | None
    edition: Edition

    def of_point(self, field: str) -> str:
        return text_of(self.edition.said(self.point.wording, field))

    def of_offer(self, field: str) -> str:
        return text_of(self._said(field))

    def _said(self, field: str) -> Said | None:
        return self.edition.said(self.offer.wording, field) if self.offer else None

    @property
    def language(self) -> str:
        said = self._said(TITLE) or self.edition.said(self.point.wording, NAME)
        return said.language if said else ""

    @property
    def contact(self) -> Contact:
        """That of the offer where it has one of its own."""
        return self.offer.contact if self.offer and self.offer.contact != Contact() else self.point.contact

    def in_words(self, entries: Iterable[Hours]) -> str:
        return "\n".join(in_words(hours, self.edition.language) for hours in entries)

    def yes_no(self, known: bool | None) -> str:  # noqa: FBT001  what is told apart is the value
        return yes_or_no(known, "yes", "no", self.edition.language)

    @property
    def labels(self) -> str:
        return ", ".join(self.edition.label(concept).text for concept in self.offer.concepts) if self.offer else ""

    @property
    def closed(self) -> bool:
        return self.point.closed or bool(self.offer and self.offer.closed)

    @property
    def confirmed(self) -> date | None:
        return (self.offer.confirmed_on if self.offer else None) or self.point.confirmed_on


class Column(NamedTuple):
    """`width` is in characters."""

    german: str
    english: str
    width: int
    value: Callable[[Line], Cell]


def _of_offer(read: Callable[[Offer], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line.offer) if line.offer else None


def _if_offer(read: Callable[[Line, Offer], Cell]) -> Callable[[Line], Cell]:
    return lambda line: read(line, line.offer) if line.offer else None


def _hours(entries: Iterable[Hours]) -> str:
    return "\n".join(map(written, entries))


def _euros(offer: Offer) -> Cell:
    return None if offer.cost_cents is None else Decimal(offer.cost_cents) / 100


# By these names the importer of this house knows them again.
COLUMNS = (
    Column("Kennung", "ID", 14, lambda line: line.point.key),
    Column("Name", "Name", 30, lambda line: line.of_point(NAME)),
    Column("Angebot", "Offer", 30, lambda line: line.of_offer(TITLE)),
    Column("Beschreibung des Angebots", "Description of the offer", 50, lambda line: line.of_offer(DESCRIPTION)),
    Column("Zeiten", "Times", 30, _if_offer(lambda line, offer: line.in_words(offer.hours))),
    Column("Sprachen", "Languages", 12, _of_offer(lambda offer: ", ".join(offer.languages))),
    Column("Dolmetschen", "Interpreter", 12, _if_offer(lambda line, offer: line.yes_no(offer.interpreter))),
    Column("Alter von", "Age from", 9, _of_offer(lambda offer: offer.age_from)),
    Column("Alter bis", "Age to", 9, _of_offer(lambda offer: offer.age_to)),
    Column("Nur für Frauen", "Women only", 12, _if_offer(lambda line, offer: line.yes_no(offer.women_only))),
    Column("Preis", "Price", 9, _of_offer(_euros)),
    Column("Kostenhinweis", "Note on cost", 25, lambda line: line.of_offer(COST)),
    Column("Anmeldung", "Joining", 30, lambda line: line.of_offer(JOINING)),
    Column("Plätze", "Seats", 9, _of_offer(lambda offer: offer.capacity)),
    Column("Interessen in Worten", "Interests in words", 30, lambda line: line.labels),
    Column("Interessen", "Interests", 25, _of_offer(lambda offer: ", ".join(offer.concepts))),
    Column("Träger", "Operator", 25, lambda line: line.point.operator),
    Column("Straße", "Street", 25, lambda line: line.point.address.street),
    Column("PLZ", "Postcode", 9, lambda line: line.point.address.postcode),
    Column("Stadt", "Town", 18, lambda line: line.point.address.town),
    Column("Stadtteil", "District", 18, lambda line: line.point.address.district),
    Column("Land", "Country", 8, lambda line: line.point.address.country),
    Column("Breitengrad", "Latitude", 11, lambda line: line.point.address.lat),
    Column("Längengrad", "Longitude", 11, lambda line: line.point.address.lon),
    Column("Barrierefrei", "Accessible", 12, lambda line: line.yes_no(line.point.accessible)),
    Column("Beschreibung", "Description", 50, lambda line: line.of_point(DESCRIPTION)),
    Column("Anfahrt", "Directions", 30, lambda line: line.of_point(DIRECTIONS)),
    Column("Öffnungszeiten", "Opening hours", 30, lambda line: line.in_words(line.point.hours)),
    Column("Ansprechperson", "Contact", 20, lambda line: line.contact.name),
    Column("E-Mail", "E-mail", 25, lambda line: line.contact.email),
    Column("Telefon", "Phone", 18, lambda line: line.contact.phone),
    Column("Webseite", "Website", 30, lambda line: line.contact.website),
    Column("Geschlossen", "Closed", 12, lambda line: line.yes_no(line.closed)),
    Column("Bestätigt am", "Confirmed on", 12, lambda line: line.confirmed),
    Column("Angebot-Kennung", "Offer ID", 14, _of_offer(lambda offer: offer.key)),
    Column("Zeiten als Regel", "Times as a rule", 40, _of_offer(lambda offer: _hours(offer.hours))),
    Column("Öffnungszeiten als Regel", "Opening hours as a rule", 40, lambda line: _hours(line.point.hours)),
    Column("Sprache der Texte", "Language of the texts", 10, lambda line: line.language),
    Column("Adresse dieser Seite", "Address of this page", 40, lambda line: line.edition.page(line.point, line.offer)),
    Column("Herkunft", "Source", 30, lambda line: line.edition.credit(line.point).attribution),
    Column("Lizenz", "Licence", 30, lambda line: line.edition.credit(line.point).licence),
)


def header(edition: Edition) -> list[str]:
    german = edition.language.partition("-")[0] == "de"
    return [column.german if german else column.english for column in COLUMNS]


def lines(points: Iterable[Point], edition: Edition) -> Iterator[list[Cell]]:
    """The cells of each row, in the order of COLUMNS. None is an empty cell."""
    for point in points:
        offers: Sequence[Offer | None] = point.offers or (None,)
        for offer in offers:
            line = Line(point, offer, edition)
            yield [column.value(line) for column in COLUMNS]


# --- CSV ---------------------------------------------------------------------------------------------


def as_csv(points: Iterable[Point], edition: Edition) -> bytes:
    """UTF-8 with a mark at its start, cells apart by semicolons, as German spreadsheet programs open it by themselves.

    Numbers have a point, for programs; people who want to reckon with them take the workbook.
    """
    file = StringIO()
    sheet = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
    sheet.writerow(header(edition))
    for cells in lines(points, edition):
        sheet.writerow(["" if cell is None else harmless(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


# --- a workbook --------------------------------------------------------------------------------------


def as_xlsx(points: Iterable[Point], edition: Edition) -> bytes:
    """A workbook with one sheet, read from the right for languages that are. Raises TooManyRowsError."""
    file = BytesIO()
    # Row by row to a temporary file: the memory stays the same for any number of rows.
    settings = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with Workbook(file, settings) as book:
        book.set_properties({
            "author": edition.attribution, "comments": edition.licence, "created": edition.made_at,
        })  # fmt: skip
        sheet = book.add_worksheet("Wegnetz")
        _prepare(sheet, edition, book.add_format({"bold": True, "text_wrap": True, "valign": "top"}))
        body = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        for number, cells in enumerate(lines(points, edition), 1):
            if number > MOST_ROWS:
                raise TooManyRowsError(number)
            for place, cell in enumerate(cells):
                _write(sheet, (number, place), cell, day if isinstance(cell, date) else body)
    return file.getvalue()


def _prepare(sheet: Worksheet, edition: Edition, bold: Format) -> None:
    if edition.language.partition("-")[0] in RIGHT_TO_LEFT:
        sheet.right_to_left()
    sheet.freeze_panes(1, 3)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
    for place, title in enumerate(header(edition)):
        sheet.write_string(0, place, title, bold)


def _write(sheet: Worksheet, at: tuple[int, int], cell: Cell, look: Format) -> None:
    """By its kind and never by guessing: a text stays one whatever it begins with."""
    match cell:
        case None | "":
            return
        case str():
            sheet.write_string(*at, cell[:LONGEST], look)
        case date():
            sheet.write_datetime(*at, cell, look)
        case _:
            sheet.write_number(*at, cell, look)
