"""Texts that stand in XML."""

from __future__ import annotations

import re
from html import escape
from typing import Final

IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written(text: str) -> str:
    """The text as it may stand in XML, also between double quotation marks, without signs XML cannot hold."""
    return escape(IMPOSSIBLE.sub("", text)).replace("\r", "&#13;")
