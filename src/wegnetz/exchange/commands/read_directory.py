"""`wegnetz read-directory FILE... [--format FORMAT] [--map COLUMN=FIELD] [--pack PATH] [--lang de|en]`."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from wegnetz.core.strict_json import one_line
from wegnetz.directory.importing.cells import language
from wegnetz.directory.importing.mapping import FIELDS, target
from wegnetz.directory.importing.outcome import Kind, Reading
from wegnetz.directory.importing.reading import File, read
from wegnetz.directory.importing.refusals import ReadRefusedError
from wegnetz.directory.importing.words import refusal, sentence
from wegnetz.directory.interests.programme import faults_of, taxonomy_of
from wegnetz.directory.interests.taxonomy import Taxonomy
from wegnetz.exchange.json_input import InputError
from wegnetz.exchange.setup import pack_folder
from wegnetz.programme.pack.errors import PackError
from wegnetz.programme.pack.reader import read_pack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="[LANGUAGE:]FILE", help="of Integreat several, such as de:orte.json en:places.json"
    )
    parser.add_argument("--format", choices=[kind.value for kind in Kind], help="refuse anything else")
    parser.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD",
        help=f"what a column is; FIELD is nothing, or one of {', '.join(FIELDS)}; texts also as name@ar",
    )  # fmt: skip
    parser.add_argument(
        "--pack", type=Path, metavar="PATH",
        help="folder of the programme pack with the interests; without it, that with which this installation begins",
    )  # fmt: skip
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of the sentences")


def run(options: argparse.Namespace) -> int:
    """Exit codes: 0 read, also with faults; 1 no point could be read; 2 the file or what was asked cannot be used."""
    try:
        reading = _read(options, _mapping(options.map), _interests(options.pack or pack_folder()))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except PackError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return 2
    except ReadRefusedError as error:
        print(refusal(error.reason, options.lang), file=sys.stderr)
        return 2
    print(json.dumps(_told(reading, options.lang), ensure_ascii=False, indent=2))
    return 0 if reading.points else 1


def _interests(folder: Path) -> Taxonomy:
    pack = read_pack(folder)
    if faults := tuple(faults_of(pack)):
        raise PackError(faults)
    return taxonomy_of(pack)


def _read(options: argparse.Namespace, mapping: dict[str, str], interests: Taxonomy) -> Reading:
    """A mapping that is given changes the guessed one."""
    kind = Kind(options.format) if options.format else None
    with ExitStack() as opened:
        reading = read(*(_file(name, opened) for name in options.files), kind=kind, interests=interests)
    if not mapping:
        return reading
    if unknown := [column for column in mapping if column not in reading.columns]:
        raise InputError(f"--map: found no column {one_line(unknown[0], 60)}, expected one of {_list(reading.columns)}")
    chosen = {column: field for column, field in reading.suggested.items() if field not in mapping.values()} | mapping
    with ExitStack() as opened:
        return read(
            *(_file(name, opened) for name in options.files),
            kind=kind,
            interests=interests,
            mapping={column: field for column, field in chosen.items() if field},
        )


def _file(given: str, opened: ExitStack) -> File:
    code, _, name = given.partition(":")
    if not name or not language(code):
        code, name = "de", given
    try:
        return File(opened.enter_context(Path(name).open("rb")), code)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise InputError(f"{one_line(given)}: cannot be read ({reason})") from error


def _mapping(given: list[str]) -> dict[str, str]:
    found = {}
    for each in given:
        column, is_one, field = each.rpartition("=")
        if not is_one or (field and target(field) is None):
            raise InputError(f"--map: found {one_line(each, 60)}, expected COLUMN=FIELD with one of {_list(FIELDS)}")
        found[column] = field
    return found


def _list(names: Any) -> str:
    return ", ".join(one_line(name, 60) for name in names)


def _told(reading: Reading, lang: str) -> dict[str, Any]:
    return {
        "format": reading.kind.value,
        "points": [msgspec.to_builtins(point) for point in reading.points],
        "faults": [
            msgspec.to_builtins(fault) | {"text": sentence(fault, reading.kind, lang)} for fault in reading.faults
        ],
        "columns": list(reading.columns),
        "mapping": dict(reading.mapping),
        "suggested": dict(reading.suggested),
    }
