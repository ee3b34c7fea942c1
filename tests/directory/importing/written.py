"""Files as others write them, made by hand for these tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from wegnetz.directory.importing.outcome import Effect, Expected, Fault, Reading, Say
from wegnetz.directory.importing.reading import File, read

# A cell: text, a number, a yes or no, ("f", formula, what it came to), or ("d", days since 1900) for a date.
Cell = str | int | float | bool | tuple[str, str, str] | tuple[str, int] | None

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def said(text: str | bytes | Any, **options: Any) -> Reading:
    """Reads text, bytes, or anything else as JSON."""
    if not isinstance(text, str | bytes):
        text = json.dumps(text)
    content = text.encode() if isinstance(text, str) else text
    language = options.pop("language", "de")
    return read(File(BytesIO(content), language), **options)


def table(*lines: str, **options: Any) -> Reading:
    return said("\n".join(lines), **options)


def heard() -> tuple[list[Fault], Say]:
    faults: list[Fault] = []
    return faults, Say(faults)


def told(reading: Reading) -> list[tuple[int, str, str, Expected, Effect]]:
    return [(each.where, each.column, each.found, each.expected, each.effect) for each in reading.faults]


def xlsx(
    *sheets: Sequence[Sequence[Cell]], hidden: Sequence[int] = (), more: Mapping[str, bytes] | None = None
) -> bytes:
    """`hidden` are the numbers of sheets; `more` are further parts of the package."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(
            f'<sheet name="Blatt {number}" sheetId="{number + 1}" r:id="s{number}" '
            f'state="{"hidden" if number in hidden else "visible"}"/>'
            for number in range(len(sheets))
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        + "".join(
            f'<Relationship Id="s{number}" Type="{OFFICE}/worksheet" Target="worksheets/b{number}.xml"/>'
            for number in range(len(sheets))
        )
        + f'<Relationship Id="st" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    parts |= {f"xl/worksheets/b{number}.xml": _sheet(rows) for number, rows in enumerate(sheets)}
    everything = {name: text.encode() for name, text in parts.items()} | dict(more or {})
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in everything.items():
            package.writestr(name, content)
    return packed.getvalue()


def _sheet(rows: Sequence[Sequence[Cell]]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            _cell(f"{chr(65 + column)}{number}", cell) for column, cell in enumerate(row) if cell is not None
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, tuple) and cell[0] == "f":
        return f'<c r="{place}" t="str"><f>{escape(str(cell[1]))}</f><v>{escape(str(cell[-1]))}</v></c>'
    if isinstance(cell, tuple):
        return f'<c r="{place}" s="1"><v>{cell[1]}</v></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'
