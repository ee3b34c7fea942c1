"""Packed files with tables in them. Nothing is unpacked to a disk, and how large it would be is looked at before."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from wegnetz.core.strict_json import one_line
from wegnetz.network.importing.errors import MapFileError

MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 10_000_000  # bytes of all parts together
MOST_SWELLING: Final = 200  # times; honest tables swell ten to thirty times
SMALL: Final = 1_000_000  # below it, how many times a part swells does not matter
NOTHING: Final = ("Thumbs.db", "desktop.ini")  # left there by programs that show folders, as are hidden files
ENCRYPTED: Final = 1  # the bit of the flags that says so


def is_archive(raw: bytes) -> bool:
    return raw[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def parts_of(raw: bytes) -> dict[str, bytes]:
    """The files in it by their names, without folders and in their order. Raises MapFileError with a sentence."""
    try:
        with ZipFile(BytesIO(raw)) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
            _weigh(parts)
            found: dict[str, bytes] = {}
            for part in parts:
                name = _name(part)
                if name.startswith(".") or name in NOTHING:
                    continue
                if name in found:
                    raise MapFileError(f"The packed file holds {one_line(name, 80)} twice.")
                with packed.open(part) as opened:
                    # Read whole, a part that lies about its size would be unpacked whole before anybody noticed.
                    found[name] = opened.read(part.file_size + 1)
            return found
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, MapFileError):
            raise
        raise MapFileError("The packed file is broken and cannot be unpacked.") from error


def _weigh(parts: list[ZipInfo]) -> None:
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise MapFileError("The packed file is locked with a password.")
    swollen = any(
        part.file_size > SMALL and part.file_size > MOST_SWELLING * max(1, part.compress_size) for part in parts
    )
    if swollen or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise MapFileError("The packed file would become far too large. No network map is that large.")


def _name(part: ZipInfo) -> str:
    """Without folders. A name that leads out of them is nothing an honest program writes."""
    steps = part.filename.replace("\\", "/").split("/")
    if steps[0] == "" or ".." in steps or ":" in steps[0]:
        raise MapFileError("The packed file holds names that lead out of its folder.")
    return steps[-1]
