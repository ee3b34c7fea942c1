"""Network maps as other programs read them: `FORMATS` is every form in which one is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from wegnetz.engines.ego_network import NetworkMap
from wegnetz.network.exporting.easynwk import as_record

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A form of file: what it is called, and how a map becomes one."""

    name: str
    content_type: str
    extension: str
    write: Callable[[NetworkMap], bytes]


def _easynwk(drawn: NetworkMap) -> bytes:
    return json.dumps(as_record(drawn), ensure_ascii=False, indent=1).encode()


FORMATS: Final[Mapping[str, Format]] = {
    "easynwk": Format("easyNWK", "application/json", "json", _easynwk),
}
