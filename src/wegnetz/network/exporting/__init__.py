"""Network maps as other programs read them, and as pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wegnetz.engines.ego_network import NetworkMap
from wegnetz.network.exporting.easynwk import as_lines, as_record
from wegnetz.network.exporting.egor import as_egor
from wegnetz.network.exporting.graphml import as_graphml
from wegnetz.network.exporting.labels import words_of_now
from wegnetz.network.exporting.network_canvas import as_export
from wegnetz.network.exporting.own import as_own
from wegnetz.network.exporting.rasters import as_pdf, as_png


@dataclass(frozen=True, slots=True)
class Format:
    """A form of file. `name`: how people know it, the same in every language; `extension`: without a dot."""

    name: str
    content_type: str
    extension: str
    write: Callable[[NetworkMap], bytes]


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


FORMATS: Final[Mapping[str, Format]] = {
    "wegnetz": Format(
        "JSON", "application/json", "json", lambda drawn: _json(as_own(drawn))
    ),
    "easynwk": Format("easyNWK 2 (JSON)", "application/json", "json", lambda drawn: _json(as_record(drawn))),
    "nwk": Format(
        "easyNWK 1.5 (.nwk)", "text/plain; charset=utf-8", "nwk", lambda drawn: as_lines(drawn).encode()
    ),
    "network-canvas": Format("Network Canvas (CSV)", "application/zip", "zip", as_export),
    "graphml": Format("Network Canvas (GraphML)", "application/graphml+xml", "graphml", as_graphml),
    "egor": Format("egor (CSV)", "application/zip", "zip", as_egor),
    "png": Format("PNG", "image/png", "png", lambda drawn: as_png(drawn, words_of_now())),
    "pdf": Format("PDF", "application/pdf", "pdf", lambda drawn: as_pdf(drawn, words_of_now())),
}  # fmt: skip
