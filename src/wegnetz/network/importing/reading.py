"""Find out what kind of file it is, by what is in it, and read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wegnetz.core.strict_json import parse_strictly
from wegnetz.engines.ego_network import NetworkMap
from wegnetz.network.importing import easynwk, egor, network_canvas, own
from wegnetz.network.importing.archive import is_archive, parts_of
from wegnetz.network.importing.errors import MapFileError
from wegnetz.network.importing.tables import decoded

MOST_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """`remarks`: sentences on what was not in the file and how it was taken, for whoever brought it."""

    drawn: NetworkMap
    remarks: tuple[str, ...] = ()


def read_map(raw: bytes) -> NetworkMap:
    """The map in a file, in any form that is known here. Raises MapFileError with one sentence."""
    return read_with_remarks(raw).drawn


def read_with_remarks(raw: bytes) -> Reading:
    """As `read_map`, and what to know of it."""
    if len(raw) > MOST_BYTES:
        raise MapFileError(f"The file has more than {MOST_BYTES // 1_000_000} MB. No network map is that large.")
    if is_archive(raw):
        return _tables(parts_of(raw))
    content = decoded(raw)
    if not content.strip():
        raise MapFileError("The file is empty.")
    if content.lstrip().startswith("<"):
        return Reading(*network_canvas.from_graphml({"The file": raw}))
    return Reading(easynwk.from_lines(content) if easynwk.is_lines(content) else _record(content))


def _tables(parts: dict[str, bytes]) -> Reading:
    if egor.is_egor(parts):
        return Reading(*egor.from_tables(parts))
    if network_canvas.is_export(parts):
        return Reading(*network_canvas.from_tables(parts))
    drawings = {name: raw for name, raw in parts.items() if name.lower().endswith(".graphml")}
    if drawings:
        return Reading(*network_canvas.from_graphml(drawings))
    raise MapFileError("The packed file holds neither an export of Network Canvas nor the three tables of egor.")


def _record(text: str) -> NetworkMap:
    try:
        content = parse_strictly(text)
    except (ValueError, RecursionError) as error:
        raise MapFileError(
            "The file is neither JSON nor a file of easyNWK 1.5, Network Canvas or egor."
        ) from error  # fmt: skip
    if own.is_own(content):
        return own.from_own(content)
    if easynwk.is_record(content):
        return easynwk.from_record(content)
    if easynwk.is_single(content):
        return easynwk.from_single(content)
    raise MapFileError("The file holds JSON, but no network map: there are neither versions nor people in it.")
