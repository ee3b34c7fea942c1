"""XLSX, read in a process of its own: what every cell of the first sheet says, as text.

A spreadsheet is a packed file: how large it is unpacked is looked at before anything unpacks it. The library returns
whole numbers as fractions and says nothing of formulas; postcodes must stay as written, and formulas are looked for
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import iterparse
from zipfile import BadZipFile, ZipFile

import msgspec

from wegnetz.core.apart import RefusedApartError
from wegnetz.directory.importing.refusals import Reason

MAX_ROWS = 50_000
MAX_CELLS = 5_000_000
MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all parts together
MAX_SWELLING = 200  # times; honest sheets swell ten to thirty times
SMALL = 1024 * 1024  # below it, how many times a part swells does not matter
MAX_PARTS_INSIDE = 2_000
MAX_ANSWER = 60_000_000  # letters
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Sheet(msgspec.Struct):
    """`rows` hold text. `first_row` counts from 1, `first_column` from 0; `formulas` are (row, column) so counted.

    `others` are the names of sheets with content that were not read.
    """

    rows: list[list[str]]
    first_row: int
    first_column: int
    formulas: list[tuple[int, int]]
    others: list[str]


def read_workbook(content: bytes) -> bytes:
    """A Sheet as JSON. Raises RefusedApartError however hostile the file is: libraries may fail in any way."""
    try:
        _weigh(content)
        return msgspec.json.encode(_sheet(content))
    except (RefusedApartError, ImportError):  # without the library nothing can be said of the file
        raise
    except Exception:
        raise RefusedApartError(Reason.BROKEN_TABLE) from None


def _weigh(content: bytes) -> None:
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except BadZipFile:
        raise RefusedApartError(Reason.BROKEN_TABLE) from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise RefusedApartError(Reason.OFFICE)
    swollen = any(
        part.file_size > SMALL and part.file_size > MAX_SWELLING * max(1, part.compress_size) for part in parts
    )
    if swollen or len(parts) > MAX_PARTS_INSIDE or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise RefusedApartError(Reason.SWELLS)


def _sheet(content: bytes) -> Sheet:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise RefusedApartError(Reason.ENCRYPTED) from None
    seen = [
        (number, each.name)
        for number, each in enumerate(book.sheets_metadata)
        if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
    ]
    filled = [number for number, _ in seen if book.get_sheet_by_index(number).height]
    if not filled:
        raise RefusedApartError(Reason.EMPTY)
    sheet = book.get_sheet_by_index(filled[0])
    if sheet.height > 2 * MAX_ROWS or sheet.height * sheet.width > MAX_CELLS:
        raise RefusedApartError(Reason.TOO_MANY)
    first_row, first_column = sheet.start or (0, 0)
    rows = [[_written(cell) for cell in row] for row in sheet.to_python()]
    if sum(len(cell) for row in rows for cell in row) > MAX_ANSWER:
        raise RefusedApartError(Reason.TOO_LARGE)
    others = [name for number, name in seen if number in filled[1:]]
    return Sheet(rows, first_row + 1, first_column, sorted(_formulas(content, filled[0])), others)


def _written(cell: Any) -> str:
    """As a person would have typed it."""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _formulas(content: bytes, sheet: int) -> Iterator[tuple[int, int]]:
    with ZipFile(BytesIO(content)) as book:
        name = _part_of(book, sheet)
        if name not in book.namelist():
            return
        with book.open(name) as part:
            for _, element in iterparse(part):  # noqa: S314
                tag = element.tag.rpartition("}")[2]
                has_formula = tag == "c" and any(inside.tag.rpartition("}")[2] == "f" for inside in element)
                if has_formula and (found := CELL.fullmatch(element.get("r", ""))):
                    yield int(found[2]), _column(found[1])
                if tag == "row":
                    element.clear()


def _part_of(book: ZipFile, sheet: int) -> str:
    """The name of the part that holds the n-th sheet of the book, counted from 0."""
    listed = [element.attrib for element in _elements(book, "xl/workbook.xml", "sheet")]
    wanted = next((value for key, value in listed[sheet].items() if key.endswith("}id")), "")
    for element in _elements(book, "xl/_rels/workbook.xml.rels", "Relationship"):
        if element.get("Id") == wanted:
            target = element.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _elements(book: ZipFile, name: str, tag: str) -> Iterable[Any]:
    with book.open(name) as part:
        return [element for _, element in iterparse(part) if element.tag.rpartition("}")[2] == tag]  # noqa: S314


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
