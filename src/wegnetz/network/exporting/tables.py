"""Tables and packed files of them, the same bytes for the same map."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wegnetz.core.sheets import FORMULA

Cell = str | float | int | bool | None
Row = Mapping[str, Cell]
AT: Final = (1980, 1, 1, 0, 0, 0)  # when somebody took their map out is nobody's business
OWNER_ONLY: Final = 0o600 << 16


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """First the names of the columns. What a spreadsheet program would run begins with an apostrophe."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue().encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            part = ZipInfo(name, AT)
            part.compress_type, part.external_attr = ZIP_DEFLATED, OWNER_ONLY
            archive.writestr(part, content)
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # A text that itself begins with apostrophes before such a sign gets one more, so that all come back.
        return f"'{value}" if value.lstrip("'").startswith(FORMULA) else value
    return repr(value)
