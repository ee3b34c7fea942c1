"""Tables as text: comma or semicolon, with or without a mark at the beginning, first line the names of columns."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from wegnetz.core.sheets import FORMULA
from wegnetz.core.strict_json import one_line
from wegnetz.network.importing.errors import MapFileError

Row = dict[str, str]
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 2_000
MOST_CELLS: Final = 1_000_000
LONGEST_CELL: Final = 131_072


def decoded(raw: bytes) -> str:
    """UTF-8 or UTF-16, with a mark at the beginning or without; else the code page of Windows."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def rows_of(raw: bytes, name: str) -> tuple[tuple[str, ...], list[Row]]:
    """The names of the columns and the rows; a cell that is not there is not in its row. Raises MapFileError."""
    content = decoded(raw)
    first = content.split("\n", 1)[0]
    reader = csv.reader(StringIO(content, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check(header, name)
        rows: list[Row] = []
        kept = 0
        for cells in reader:
            if len(rows) >= MOST_ROWS:
                raise MapFileError(
                    f"{one_line(name, 80)} has more than {MOST_ROWS} rows. No network map is that large."
                )
            if any(cells):
                rows.append(_row(header, cells, f"{one_line(name, 80)}, line {reader.line_num}"))
                kept += len(rows[-1])
            if kept > MOST_CELLS:
                raise MapFileError(
                    f"{one_line(name, 80)} has more than {MOST_CELLS} cells. No network map is that large."
                )
    except csv.Error as error:
        raise MapFileError(f"{one_line(name, 80)} is no table: a quotation mark or a cell does not end.") from error
    return tuple(header), rows


def _check(header: list[str], name: str) -> None:
    if len(header) > MOST_COLUMNS:
        raise MapFileError(f"{one_line(name, 80)} has more than {MOST_COLUMNS} columns.")
    named = [cell for cell in header if cell]
    if len(set(named)) < len(named):
        twice = next(cell for cell in named if named.count(cell) > 1)
        raise MapFileError(f"{one_line(name, 80)}: the column {one_line(twice, 40)} is there twice")


def _row(header: list[str], cells: list[str], where: str) -> Row:
    if len(cells) > len(header) and any(cells[len(header) :]):
        raise MapFileError(f"{where}: there are more cells than columns")
    return {name: _unguarded(cell) for name, cell in zip(header, cells, strict=False) if name and cell}


def _unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet program from running what follows."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
