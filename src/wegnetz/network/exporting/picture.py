"""A version of a network map as a drawing: rings, sectors, everybody on it, what the signs mean. Texts are arguments.

It is drawn as SVG; PNG and PDF show the same drawing. Every sign is a shape, not a colour alone, so that it survives a
printer without colours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, radians, sin
from typing import Final

from wegnetz.engines.ego_network import Alter, Horizon, Sector, Tie, Version
from wegnetz.engines.ego_network.model import HORIZONS, OUTER
from wegnetz.network.exporting.markup import written

WIDTH: Final = 400
HEIGHT: Final = 484
MIDDLE: Final = (200.0, 222.0)
SCALE: Final = 1.6  # units for one of distance
FARTHEST: Final = 108.0  # of distance: whoever is outside stands just outside
FITS: Final = 3  # signs in a circle
JOINER: Final = "\u200d"  # makes one emoji of those around it
LONGEST: Final = 14  # letters below one
FONTS: Final = "Fira Sans, Vazirmatn, Noto Sans Ethiopic, Noto Emoji, sans-serif"
INK, LIGHT, LINE, GROUND = "#1d2b36", "#eef2f4", "#8797a3", "#ffffff"
NEW, TROUBLE = "#cfe6df", "#a3271c"
CORNERS: Final[Mapping[Sector, tuple[int, int, str]]] = {
    Sector.FAMILY: (392, 56, "end"), Sector.FRIENDS: (8, 56, "start"), Sector.COLLEAGUES: (8, 396, "start"),
    Sector.PROFESSIONALS: (392, 396, "end"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a drawing in one language. `signs` in the order of `SIGNS`."""

    sectors: Mapping[Sector, str]
    rings: Mapping[Horizon, str]
    me: str
    signs: tuple[str, str, str, str, str]
    right_to_left: bool = False


# Of whom each sign is drawn, in the order in which it is explained below the map, and somebody who has only that sign.
SIGNS: Final[tuple[tuple[Callable[[Alter], bool], Alter], ...]] = (
    (lambda alter: alter.from_programme, Alter("", from_programme=True)),
    (lambda alter: alter.staff, Alter("", staff=True)),
    (lambda alter: alter.tie is Tie.MULTIPLEX, Alter("", tie=Tie.MULTIPLEX)),
    (lambda alter: alter.tie is Tie.NONE, Alter("", tie=Tie.NONE)),
    (lambda alter: alter.conflict, Alter("", conflict=True)),
)


def as_svg(version: Version, words: Words) -> str:
    """A drawing WIDTH by HEIGHT units large, whole in itself: it asks nobody for anything."""
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return "".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}" fill="{INK}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>',
        *_ground(version, words), *_ties(version), *_people(version, words), *_legend(version, words), "</svg>",
    ))  # fmt: skip


def point(alter: Alter) -> tuple[float, float]:
    """Where somebody is drawn; angles turn against the clock from the right, as in easyNWK."""
    distance = min(max(alter.distance, 0), FARTHEST) * SCALE
    angle = radians(alter.angle)
    return round(MIDDLE[0] + distance * cos(angle), 1), round(MIDDLE[1] - distance * sin(angle), 1)


def _ground(version: Version, words: Words) -> Iterator[str]:
    start, end = (WIDTH - 8, "end") if words.right_to_left else (8, "start")
    heading = " · ".join(filter(None, (version.title[:40], _day(version.date))))
    yield _text(start, 24, heading, end, size=16)
    x, y = MIDDLE
    radius = OUTER * SCALE
    for ring in (*HORIZONS, OUTER):
        yield f'<circle cx="{x}" cy="{y}" r="{ring * SCALE:.1f}" fill="none" stroke="{LINE}"/>'
    for across, down in ((radius, 0), (0, radius)):
        yield _line((x - across, y - down), (x + across, y + down), LINE, dashed=True)
    for sector, (at, down, anchor) in CORNERS.items():
        yield _text(at, down, words.sectors[sector], anchor, size=13)
    for horizon, ring in zip(Horizon, (*HORIZONS, OUTER), strict=True):
        yield _text(x, y - ring * SCALE + 12, words.rings[horizon], "middle", size=10, halo=True)


def _day(written_day: str) -> str:
    try:
        day = date.fromisoformat(written_day[:10])
    except ValueError:
        return ""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def _ties(version: Version) -> Iterator[str]:
    places = {alter.id: point(alter) for alter in version.alters}
    for alter in version.around:
        if alter.tied:
            yield _line(MIDDLE, places[alter.id], LINE, width=3 if alter.tie is Tie.MULTIPLEX else 1)
    for one, other in sorted(sorted(tie) for tie in version.ties if tie <= places.keys() and len(tie) == 2):
        yield _line(places[one], places[other], INK, width=1.5)


def _people(version: Version, words: Words) -> Iterator[str]:
    yield f'<circle cx="{MIDDLE[0]}" cy="{MIDDLE[1]}" r="15" fill="{INK}"/>'
    yield _text(MIDDLE[0], MIDDLE[1] + 4, words.me[:LONGEST], "middle", size=11, fill=GROUND)
    for alter in version.alters:
        x, y = point(alter)
        yield from _sign(x, y, alter)
        inside, below = _called(alter)
        yield _text(x, y + 5, inside, "middle", size=13 if _signs(inside) < FITS else 10)
        yield _text(x, y + 24, below, "middle", size=10, halo=True)


def _called(alter: Alter) -> tuple[str, str]:
    """What stands in the circle, and below it what does not fit."""
    name = f"† {alter.name}".rstrip() if alter.deceased else alter.name
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    if alter.emoji:
        return alter.emoji, short
    return (name, "") if _signs(name) <= FITS else ("", short)


def _signs(text: str) -> int:
    """How many are seen of it: what only changes or joins those beside it is none of its own."""
    seen = [char for char in text if unicodedata.category(char) not in {"Mn", "Me", "Cf", "Sk"}]
    return len(seen) - text.count(JOINER)


def _sign(x: float, y: float, alter: Alter) -> Iterator[str]:
    """Square for staff, double edge for a tie of several kinds, broken edge without one, a flash for a conflict."""
    edge = f'fill="{NEW if alter.from_programme else LIGHT}" stroke="{INK}" stroke-width="1.5"'
    broken = ' stroke-dasharray="3 3"' if alter.tie is Tie.NONE else ""
    if alter.staff:
        yield f'<rect x="{x - 13:.1f}" y="{y - 13:.1f}" width="26" height="26" {edge}{broken}/>'
    else:
        yield f'<circle cx="{x}" cy="{y}" r="14" {edge}{broken}/>'
    if alter.from_programme:
        yield f'<circle cx="{x - 10:.1f}" cy="{y - 10:.1f}" r="3.5" fill="{INK}"/>'
    if alter.tie is Tie.MULTIPLEX:
        yield f'<circle cx="{x}" cy="{y}" r="17.5" fill="none" stroke="{INK}" stroke-width="1"/>'
    if alter.conflict:
        yield (
            f'<path d="M{x + 9:.1f} {y - 20:.1f}l-5 9h5l-3 8 9-11h-5l4-6z" fill="{TROUBLE}" '
            f'stroke="{GROUND}" stroke-width="0.8"/>'
        )


def _legend(version: Version, words: Words) -> Iterator[str]:
    """Of the signs that are on the map, what they mean."""
    shown = [
        (example, word)
        for (has, example), word in zip(SIGNS, words.signs, strict=True)
        if any(has(alter) for alter in version.alters)
    ]
    for at, (example, word) in enumerate(shown):
        column, row = at % 2, at // 2
        x, y, aside, anchor = 20 + column * 196, 426 + row * 19, 14, "start"
        if words.right_to_left:
            x, aside, anchor = WIDTH - x, -aside, "end"
        yield f'<g transform="translate({x} {y}) scale(0.5)">{"".join(_sign(0, 0, example))}</g>'
        yield _text(x + aside, y + 4, word, anchor, size=11)


def _line(
    one: tuple[float, float], other: tuple[float, float], colour: str, *, width: float = 1, dashed: bool = False
) -> str:
    broken = ' stroke-dasharray="2 4"' if dashed else ""
    return (
        f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}" stroke="{colour}" '
        f'stroke-width="{width}"{broken}/>'
    )


def _text(x: float, y: float, text: str, anchor: str, *, size: int, fill: str = INK, halo: bool = False) -> str:
    """Empty where there is nothing to write. Letters find their own direction; the anchor is a side of the drawing."""
    if not text.strip():
        return ""
    around = f' stroke="{GROUND}" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"{around}>'
        f"{written(' '.join(text.split()))}</text>"
    )
