"""The picture of a link says the link, and leaves readers the white around it."""

from __future__ import annotations

import re

from wegnetz.core.qr import QUIET, picture_of_link

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def test_what_is_dark_lies_within_the_quiet_zone() -> None:
    found = picture_of_link("https://wegnetz.example/karte/abc/")
    runs = [tuple(map(int, run)) for run in RUN.findall(found.path)]
    assert RUN.sub("", found.path) == ""
    assert [run for run in runs if run[0] < QUIET or run[1] < QUIET or run[0] + run[2] > found.side - QUIET] == []
    # The three squares by which a reader finds it: seven dark modules each, at two corners of the first row.
    first_row = [run for run in runs if run[1] == QUIET]
    assert (first_row[0][:3], first_row[-1][:3]) == ((QUIET, QUIET, 7), (found.side - QUIET - 7, QUIET, 7))


def test_another_link_is_another_picture() -> None:
    assert picture_of_link("https://a.example/1").path != picture_of_link("https://a.example/2").path
