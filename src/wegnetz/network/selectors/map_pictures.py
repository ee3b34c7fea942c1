"""A map as a picture and in words: where everybody stands, and what has changed between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wegnetz.engines.ego_network import (
    Alter,
    Horizon,
    Measures,
    Sector,
    Support,
    Tie,
    Version,
    measures,
    without_professionals,
)  # fmt: skip
from wegnetz.engines.ego_network.placing import point, radius
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.texts import text_at

FILE = "network_map"


@dataclass(frozen=True, slots=True)
class Names:
    """What sectors, rings, ties and kinds of support are called in a language."""

    sectors: Mapping[Sector, str]
    horizons: Mapping[Horizon, str]
    ties: Mapping[Tie, str]
    support: Mapping[Support, str]


def names_in(language: str, pack: Pack | None) -> Names:
    """In the language of now. The programme may call sectors and rings otherwise, in each language in which it does."""
    texts = pack.texts if pack else {}
    sectors = {
        Sector.FAMILY: _("Familie"), Sector.FRIENDS: _("Freundeskreis"), Sector.COLLEAGUES: _("Arbeit und Schule"),
        Sector.PROFESSIONALS: _("Fachleute"),
    }  # fmt: skip
    horizons = {Horizon.INNER: _("ganz nah"), Horizon.MIDDLE: _("nah"), Horizon.OUTER: _("bekannt")}
    return Names(
        {each: text_at(texts, language, FILE, "sectors", each) or name for each, name in sectors.items()},
        {each: text_at(texts, language, FILE, "rings", each) or name for each, name in horizons.items()},
        {Tie.SIMPLE: _("ja"), Tie.MULTIPLEX: _("ja, auf mehrere Arten"), Tie.NONE: _("gerade nicht")},
        {
            Support.EMOTIONAL: _("Hört mir zu und tröstet mich"), Support.INSTRUMENTAL: _("Hilft mir im Alltag"),
            Support.INFORMATIONAL: _("Erklärt mir etwas und gibt mir Rat"),
            Support.SOCIAL: _("Unternimmt etwas mit mir"), Support.LINKING: _("Stellt mich anderen vor"),
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody on the picture. `signs` says in words what colour and shape say."""

    alter: Alter
    called: str
    x: float
    y: float
    sector: str
    horizon: str
    signs: tuple[str, ...]
    new: bool

    @property
    def label(self) -> str:
        return f"{self.called}: {', '.join((self.sector, self.horizon, *self.signs))}"

    @property
    def is_long(self) -> bool:
        return len(self.called) > 2


@dataclass(frozen=True, slots=True)
class Line:
    one: Mark
    other: Mark


@dataclass(frozen=True, slots=True)
class Corner:
    name: str
    sector: Sector
    x: int
    y: int
    at: str


@dataclass(frozen=True, slots=True)
class Ring:
    name: str
    horizon: Horizon
    radius: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, all in units of a square of 360; `label` says it in one sentence."""

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    corners: tuple[Corner, ...]
    rings: tuple[Ring, ...]
    label: str
    me: str

    @property
    def conflicts(self) -> bool:
        return any(mark.alter.conflict for mark in self.marks)

    @property
    def from_programme(self) -> bool:
        return any(mark.alter.from_programme for mark in self.marks)

    @property
    def staff(self) -> bool:
        return any(mark.alter.staff for mark in self.marks)

    @property
    def untied(self) -> bool:
        return any(mark.alter.tie is Tie.NONE for mark in self.marks)


def picture_of(version: Version | None, names: Names, before: Version | None = None) -> Picture:
    """`before` is the version with which it is compared: whoever is not on that is new."""
    known = {alter.id for alter in before.alters} if before else None
    shown = version.alters if version else ()
    marks = tuple(_mark(alter, names, new=known is not None and alter.id not in known) for alter in shown)
    by_id = {mark.alter.id: mark for mark in marks}
    ties = sorted(sorted(tie) for tie in version.ties if len(tie) == 2 and tie <= by_id.keys()) if version else []
    return Picture(
        marks, tuple(Line(by_id[one], by_id[other]) for one, other in ties), _corners(names), _rings(names),
        _("Karte mit drei Ringen und vier Bereichen. Menschen darauf: %(number)d.") % {"number": len(marks)}, _("ich"),
    )  # fmt: skip


def _mark(alter: Alter, names: Names, *, new: bool) -> Mark:
    x, y = point(alter.angle, alter.distance)
    told = (
        (alter.tie is Tie.NONE, _("gerade kein Kontakt")), (alter.tie is Tie.MULTIPLEX, _("mehrere Arten von Kontakt")),
        (alter.conflict, _("Streit")), (alter.from_programme, _("durch das Programm")),
        (alter.staff, _("arbeitet im Programm")), (new, _("neu")),
    )  # fmt: skip
    return Mark(
        alter, alter.name or alter.emoji, x, y, names.sectors[alter.sector], names.horizons[alter.horizon],
        tuple(word for holds, word in told if holds), new,
    )  # fmt: skip


def _corners(names: Names) -> tuple[Corner, ...]:
    at = {
        Sector.FAMILY: (364, 8, "end"), Sector.FRIENDS: (-4, 8, "start"), Sector.COLLEAGUES: (-4, 362, "start"),
        Sector.PROFESSIONALS: (364, 362, "end"),
    }  # fmt: skip
    return tuple(Corner(names.sectors[sector], sector, *where) for sector, where in at.items())


def _rings(names: Names) -> tuple[Ring, ...]:
    return tuple(
        Ring(names.horizons[each], each, radius(each), round(180 + radius(each), 1)) for each in reversed(Horizon)
    )


# --- before and after ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is counted, more about it, and the two numbers."""

    what: str
    more: str
    before: int
    after: int


def compared(before: Version, after: Version) -> tuple[Row, ...]:
    """What has changed from one version to another, in numbers of people and of ties."""
    first, last = measures(before), measures(after)
    alone = [measures(without_professionals(each)).size for each in (before, after)]
    met = [sum(alter.from_programme for alter in each.around) for each in (before, after)]
    return (
        Row(_("Menschen auf der Karte"), "", first.size, last.size),
        Row(_("Ganz nah oder nah"), "", _near(first), _near(last)),
        Row(_("Wer sich untereinander kennt"), _("Verbindungen"), first.alter_ties, last.alter_ties),
        Row(_("Durch das Programm kennengelernt"), "", *met),
        Row(_("Ohne Fachleute und Programm"), _("Wer bleibt, wenn das Programm endet?"), *alone),
    )


def _near(found: Measures) -> int:
    return found.by_horizon[Horizon.INNER] + found.by_horizon[Horizon.MIDDLE]
