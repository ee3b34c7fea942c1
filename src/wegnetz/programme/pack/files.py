"""The files of a pack: read from a folder, or kept as one JSON text for replay."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from wegnetz.programme.pack.errors import Fault, PackError, shown

MAX_FILE = 1_000_000
MAX_FILES = 400
# Everything in a pack is TOML, but for the outlines of districts, which other programs make.
PATTERNS = ("*.toml", "districts.geojson")
A_PACK = "the folder of a programme pack"

Files = Mapping[str, str]
Table = dict[str, Any]
S = TypeVar("S")


def read_folder(folder: Path) -> dict[str, str]:
    """The files of a pack below `folder` as text, by their path inside it. Raises PackError."""
    try:
        is_pack = (folder / "programme.toml").is_file()
        paths = sorted(path for pattern in PATTERNS for path in folder.rglob(pattern)) if is_pack else []
    except OSError as error:
        raise PackError((Fault(shown(str(folder)), "", str(error.strerror), A_PACK),)) from error
    if not paths:
        raise PackError((Fault(str(folder), "", "no programme.toml", A_PACK),))
    faults = [fault for path in paths for fault in _unreadable(path, path.relative_to(folder).as_posix())]
    if len(paths) > MAX_FILES:
        faults.append(Fault(str(folder), "", f"{len(paths)} files", f"at most {MAX_FILES}"))
    if faults:
        raise PackError(tuple(faults))
    files = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            place = f"byte {error.start}"
            faults.append(Fault(name, place, "bytes that are no UTF-8", "a text file in UTF-8"))
        except OSError as error:
            faults.append(Fault(name, "", str(error.strerror), "a file that can be read"))
    if faults:
        raise PackError(tuple(faults))
    return files


def _unreadable(path: Path, name: str) -> Iterator[Fault]:
    """What stands against reading a file at all."""
    try:
        size = path.stat().st_size
    except OSError as error:
        yield Fault(name, "", str(error.strerror), "a file that can be read")
        return
    if size > MAX_FILE:
        yield Fault(name, "", f"{size} bytes", f"at most {MAX_FILE}")
    if not name.isprintable():
        yield Fault(shown(name), "", "a file name that cannot be shown", "a file name in UTF-8")


def digest(files: Files) -> str:
    """SHA-256 over the files' names and texts, in order."""
    return hashlib.sha256(pack_up(files).encode()).hexdigest()


def pack_up(files: Files) -> str:
    return json.dumps(dict(sorted(files.items())), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> dict[str, str]:
    return dict(json.loads(text))


def parse(files: Files, name: str) -> Table:
    """The tables of one file; an absent file is empty. Raises PackError with the line of a syntax error."""
    try:
        return tomllib.loads(files.get(name, ""))
    except tomllib.TOMLDecodeError as error:
        found, _, place = str(error).partition(" (at ")
        raise PackError((Fault(name, place.rstrip(")") or "end of file", found, "valid TOML"),)) from error
    except (ValueError, RecursionError) as error:
        raise PackError((Fault(name, "", "a number or a nesting without end", "valid TOML"),)) from error


def convert(table: object, shape: type[S], file: str, prefix: str = "") -> S:
    """Fit a table into a msgspec shape. Raises PackError naming the key, what was found and expected."""
    try:
        return msgspec.convert(table, shape, strict=True)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        place = path.rstrip("`").removeprefix("$").removeprefix(".")
        raise PackError((_explain(table, message, place, file, prefix),)) from error


def convert_each(table: object, shape: type[S], file: str, prefix: str = "") -> dict[str, S]:
    """Fit every entry of a table of tables; the key of each stands in the place of an error."""
    if not isinstance(table, dict):
        raise PackError((Fault(file, prefix, shown(table), "tables, one for each id"),))
    found: dict[str, S] = {}
    faults: list[Fault] = []
    for key, entry in table.items():
        try:
            found[key] = convert(entry, shape, file, f"{prefix}.{key}" if prefix else key)
        except PackError as error:
            faults.extend(error.faults)
    if faults:
        raise PackError(tuple(faults))
    return found


def _explain(table: object, message: str, place: str, file: str, prefix: str) -> Fault:
    full = ".".join(part for part in (prefix, place) if part)
    if missing := re.fullmatch(r"Object missing required field `(.+)`", message):
        return Fault(file, ".".join(part for part in (full, missing[1]) if part), "nothing", "a value")
    if unknown := re.fullmatch(r"Object contains unknown field `(.+)`", message):
        place = ".".join(part for part in (full, unknown[1]) if part)
        return Fault(file, place, "an unknown key", "a key of the format")
    found = shown(_at(table, place))
    if message.startswith(("Invalid enum value", "Invalid value")):
        return Fault(file, full, found, "one of the words the format allows here")
    return Fault(file, full, found, message.removeprefix("Expected ").split(", got ")[0])


def _at(table: object, place: str) -> object:
    for step in re.findall(r"[^.\[\]]+", place):
        if isinstance(table, list) and step.isdecimal():
            table = table[int(step)]
        elif isinstance(table, dict):
            table = table.get(step)
    return table
