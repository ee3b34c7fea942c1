"""Find out what kind of file it is, by what is in it, and read it."""

from __future__ import annotations

from typing import Final

from wegnetz.core.strict_json import parse_strictly
from wegnetz.engines.ego_network import NetworkMap
from wegnetz.network.importing import easynwk
from wegnetz.network.importing.errors import MapFileError

MOST_BYTES: Final = 20_000_000


def read_map(raw: bytes) -> NetworkMap:
    """The map in a file, in any form that is known here. Raises MapFileError with one sentence."""
    if len(raw) > MOST_BYTES:
        raise MapFileError(f"The file has more than {MOST_BYTES // 1_000_000} MB. No network map is that large.")
    text = _decoded(raw)
    if not text.strip():
        raise MapFileError("The file is empty.")
    if easynwk.is_lines(text):
        return easynwk.from_lines(text)
    try:
        content = parse_strictly(text)
    except (ValueError, RecursionError) as error:
        raise MapFileError("The file is neither JSON nor a file of easyNWK 1.5.") from error
    if easynwk.is_record(content):
        return easynwk.from_record(content)
    if easynwk.is_single(content):
        return easynwk.from_single(content)
    raise MapFileError("The file holds JSON, but no network map: there are neither versions nor people in it.")


def _decoded(raw: bytes) -> str:
    """UTF-8 with or without a mark at the beginning; the lines of easyNWK 1.5 may be in the code page of Windows."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
