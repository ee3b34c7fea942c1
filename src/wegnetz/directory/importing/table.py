"""Tables as rows of named cells: CSV here, XLSX from a process of its own.

A row that cannot be read never hides the next: a quotation mark that is not closed costs its own line only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

import msgspec

from wegnetz.core.apart import ReaderEndedError, RefusedApartError, run_apart
from wegnetz.directory.importing.cleaning import one_line
from wegnetz.directory.importing.outcome import Effect, Expected, Say
from wegnetz.directory.importing.refusals import ReadRefusedError, Reason
from wegnetz.directory.importing.rows import Row
from wegnetz.directory.importing.workbook import MAX_ROWS, Sheet

MAX_COLUMNS = 200
MAX_LINES = 1_000_000  # a row may have cells of many lines
SEPARATORS = ";,\t|"
# An apostrophe keeps spreadsheet programs from taking a text for a formula (`core.sheets`), and is no part of it.
MARKED_AS_TEXT = re.compile(r"'[=+\-@]")
LONGEST_HEADER = 100
SAMPLES = 20

# A row's number as a spreadsheet counts, and its cells.
Numbered = tuple[int, list[str]]


def read_csv(text: str, say: Say) -> tuple[tuple[str, ...], list[Row]]:
    """Columns and rows. Raises ReadRefusedError."""
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise ReadRefusedError(Reason.TOO_MANY)
    lines = list(StringIO(text, newline=""))
    if lines and lines[0].strip().lower() in {f"sep={mark}" for mark in SEPARATORS}:
        lines[0] = "\n"
    return _named(list(_records(lines, separator_in(lines), say)), say)


def separator_in(lines: Sequence[str]) -> str:
    """The mark that the first line that is not empty holds most often, or nothing."""
    header = next((line for line in lines if line.strip()), "")
    bare = "".join(part for part in header.split('"')[::2])
    best = max(SEPARATORS, key=bare.count)
    return best if best in bare else ""


def read_xlsx(content: bytes, say: Say) -> tuple[tuple[str, ...], list[Row]]:
    """The first sheet that is not hidden. Raises ReadRefusedError."""
    try:
        answer = run_apart("wegnetz.directory.importing", content=content)
    except ReaderEndedError:
        raise ReadRefusedError(Reason.BROKEN_TABLE) from None
    except RefusedApartError as error:
        raise ReadRefusedError(Reason(error.word)) from None
    sheet = msgspec.json.decode(answer, type=Sheet)
    for other in sheet.others:
        say(other, Expected.SHEET)
    formulas = {(row, column) for row, column in sheet.formulas}
    records = [(sheet.first_row + number, cells) for number, cells in enumerate(sheet.rows)]
    for number, cells in records:
        for column in range(len(cells)):
            if (number, sheet.first_column + column) in formulas:
                cells[column] = f"={cells[column] or '…'}"
            elif MARKED_AS_TEXT.match(f"'{cells[column]}"):  # a text, whatever it begins with
                cells[column] = f"'{cells[column]}"
    return _named(records, say)


def samples(columns: Sequence[str], rows: Sequence[Row]) -> dict[str, list[str]]:
    """Some cells of each column that are not empty."""
    return {
        column: [row.cells[column] for row in rows[: 10 * SAMPLES] if row.cells.get(column)][:SAMPLES]
        for column in columns
    }


def _records(lines: list[str], separator: str, say: Say) -> Iterator[Numbered]:
    """Begins again behind a line that is no record, so that nothing after it is lost."""
    begin, number = 0, 0
    while begin < len(lines):
        left = (lines[number] for number in range(begin, len(lines)))
        reader = csv.reader(left, delimiter=separator or ";", strict=True)
        read = 0
        try:
            for cells in reader:
                read, number = reader.line_num, number + 1
                yield number, cells
            begin = len(lines)
        except csv.Error:
            number += 1
            say.at(number)(lines[begin + read], Expected.QUOTES, Effect.REFUSED)
            begin += read + 1


def _named(records: list[Numbered], say: Say) -> tuple[tuple[str, ...], list[Row]]:
    """The first record that is not empty names the columns."""
    filled = [(number, cells) for number, cells in records if any(cell.strip() for cell in cells)]
    if not filled:
        raise ReadRefusedError(Reason.EMPTY)
    if len(filled) > MAX_ROWS + 1 or len(filled[0][1]) > MAX_COLUMNS:
        raise ReadRefusedError(Reason.TOO_MANY)
    columns = _columns(filled[0][1])
    return columns, [Row(number, _cells(columns, cells, say.at(number))) for number, cells in filled[1:]]


def _columns(headers: Sequence[str]) -> tuple[str, ...]:
    """Each name once; without one it is the number of the column."""
    found: dict[str, None] = {}
    for number, header in enumerate(headers, 1):
        name = one_line(header.lstrip("="))[:LONGEST_HEADER] or f"({number})"
        found[name if name not in found else f"{name} ({number})"] = None
    return tuple(found)


def _cells(columns: tuple[str, ...], cells: Sequence[str], say: Say) -> dict[str, str]:
    if beyond := [cell for cell in cells[len(columns) :] if cell.strip()]:
        say(beyond[0], Expected.COLUMNS)
    found = {}
    for column, cell in zip(columns, cells, strict=False):
        # What a formula came to on somebody's machine is not what anybody wrote.
        if cell.lstrip().startswith("=") and len(cell.strip()) > 1:
            say.of(column)(cell, Expected.VALUE)
        elif cell.strip():
            found[column] = cell[1:] if MARKED_AS_TEXT.match(cell) else cell
    return found
