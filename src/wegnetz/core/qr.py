"""A link as a picture that a phone reads, drawn as one path: nothing is fetched, and no style stands in the page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import qrcode

QUIET: Final = 4  # white modules around it, which readers need


@dataclass(frozen=True, slots=True)
class LinkPicture:
    """An SVG path of what is dark, in a square of `side` units."""

    side: int
    path: str


def picture_of_link(link: str) -> LinkPicture:
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(link)
    code.make()
    matrix: list[list[bool]] = code.get_matrix()
    return LinkPicture(len(matrix), "".join(_row(number, row) for number, row in enumerate(matrix)))


def _row(number: int, row: list[bool]) -> str:
    parts, at = [], 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            parts.append(f"M{at} {number}h{length}v1h-{length}z")
        at += length
    return "".join(parts)
