"""A network map: who is around a person, how near, and who of them knows whom. As on the Netzwerkkarte of social work.

Sectors and horizons follow Pantucek's Netzwerkkarte as easyNWK draws it: an angle and a distance from the middle, where
100 is the outer horizon. Others on the map are third parties: initials or an emoji, no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

OUTER: Final = 100.0
HORIZONS: Final = (33.33, 66.67)


class Sector(StrEnum):
    """A quarter of the map."""

    FAMILY = "family"
    FRIENDS = "friends"
    COLLEAGUES = "colleagues"
    PROFESSIONALS = "professionals"


class Horizon(StrEnum):
    """A ring of the map, from the middle outwards."""

    INNER = "inner"
    MIDDLE = "middle"
    OUTER = "outer"


class Tie(IntEnum):
    """To the person whose map it is: none at present, one, or one of several kinds at once."""

    NONE = 0
    SIMPLE = 1
    MULTIPLEX = 2


class Support(StrEnum):
    """What somebody gives, 0 to 3 each."""

    EMOTIONAL = "emotional"
    INSTRUMENTAL = "instrumental"
    INFORMATIONAL = "informational"
    SOCIAL = "social"
    LINKING = "linking"


@dataclass(frozen=True, slots=True)
class Alter:
    """Somebody on the map. `angle` in degrees from -180 to 180, `distance` from the middle, more than 100 is outside.

    `from_programme`: met at a workshop or through an introduction; `staff`: works for the programme.
    """

    id: str
    name: str = ""
    emoji: str = ""
    angle: float = 0.0
    distance: float = 50.0
    tie: Tie = Tie.SIMPLE
    human: bool = True
    deceased: bool = False
    conflict: bool = False
    support: Mapping[Support, int] = field(default_factory=dict)
    from_programme: bool = False
    staff: bool = False

    @property
    def counts(self) -> bool:
        """Whether a tie is there or could be: a living person within the outer horizon."""
        return self.human and not self.deceased and 0 < self.distance <= OUTER

    @property
    def tied(self) -> bool:
        return self.counts and self.tie is not Tie.NONE

    @property
    def sector(self) -> Sector:
        if self.angle < -90:
            return Sector.COLLEAGUES
        if self.angle < 0:
            return Sector.PROFESSIONALS
        return Sector.FAMILY if self.angle < 90 else Sector.FRIENDS

    @property
    def horizon(self) -> Horizon:
        inner, middle = HORIZONS
        if self.distance < inner:
            return Horizon.INNER
        return Horizon.MIDDLE if self.distance < middle else Horizon.OUTER

    @property
    def helps_for_pay(self) -> bool:
        return self.staff or self.sector is Sector.PROFESSIONALS


@dataclass(frozen=True, slots=True)
class Version:
    """The map as it was on a day; `date` as YYYY-MM-DD or empty. `ties`: pairs of ids of those who know each other."""

    id: str
    title: str = ""
    date: str = ""
    alters: tuple[Alter, ...] = ()
    ties: frozenset[frozenset[str]] = frozenset()

    @property
    def around(self) -> tuple[Alter, ...]:
        """Those who count."""
        return tuple(alter for alter in self.alters if alter.counts)


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """All versions, in the order in which they were drawn. `ego`: how the person is called on it."""

    versions: tuple[Version, ...] = ()
    ego: str = ""
