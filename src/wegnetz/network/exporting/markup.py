"""Texts that stand in XML."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written(text: str) -> str:
    """The text as it may stand in XML, also between double quotation marks, without signs XML cannot hold."""
    return escape(IMPOSSIBLE.sub("", text), {"\r": "&#13;", '"': "&quot;"})
