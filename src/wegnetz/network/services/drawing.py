"""What the person does on their own map. Each change is of the map as it was read, or is refused as a conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from secrets import token_hex
from typing import Final

from wegnetz.core.errors import DomainError
from wegnetz.engines.ego_network import Alter, Horizon, NetworkMap, Sector, Support, Tie, Version
from wegnetz.engines.ego_network.editing import brought_back, of_id, with_alter, without_alter
from wegnetz.engines.ego_network.naming import initials_of, is_initials
from wegnetz.engines.ego_network.placing import CLOSEST, put, stands
from wegnetz.network.boxes import Drawn
from wegnetz.network.selectors.person_maps import OpenMap, drawn_on
from wegnetz.network.services.person_maps import save_drawn
from wegnetz.participants.services.records import EditConflictError

MOST_ALTERS: Final = 60
MOST_VERSIONS: Final = 24
MOST_SUPPORT: Final = 3


class NamedError(DomainError):
    """What somebody on a map is called would say who they are, or is nothing."""


class FullError(DomainError):
    """There is no more room on the map, or for more versions of it."""


class NotThereError(DomainError):
    """Nobody of that identifier is on the map."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the person says of somebody: the fields of an alter, and `knows`: the ids of whom they know.

    `knows` is None where it was not asked.
    """

    called: str
    sector: Sector
    horizon: Horizon
    tie: Tie = Tie.SIMPLE
    conflict: bool = False
    support: dict[Support, int] = field(default_factory=dict)
    from_programme: bool = False
    staff: bool = False
    knows: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where somebody was drawn: an angle in degrees, and a distance from the middle of at most 100."""

    alter: str
    angle: float
    distance: float


def put_on_map(own: OpenMap, told: Told, *, alter: str = "", version: int, on: date) -> OpenMap:
    """Somebody new, or with `alter` somebody who is there, as told. Raises NamedError, FullError, NotThereError,
    EditConflictError."""
    if not is_initials(told.called):
        raise NamedError

    def change(latest: Version) -> Version:
        before = _of_id(latest, alter) if alter else Alter(token_hex(4), distance=0.0)
        if not alter and len(latest.alters) >= MOST_ALTERS:
            raise FullError
        others = [each for each in latest.alters if each.id != before.id]
        said = replace(
            before, name=told.called, emoji="", tie=told.tie, conflict=told.conflict,
            support={kind: level for kind, level in told.support.items() if level}, staff=told.staff,
            from_programme=told.from_programme,
        )  # fmt: skip
        return with_alter(latest, stands(said, told.sector, told.horizon, others), told.knows)

    return _change(own, change, version, on)


def stand_in_ring(
    own: OpenMap, alter: str, sector: Sector, horizon: Horizon, *, version: int, on: date
) -> OpenMap:  # fmt: skip
    """Somebody nearer, farther, or in another sector. Raises NotThereError, EditConflictError."""

    def change(latest: Version) -> Version:
        others = [each for each in latest.alters if each.id != alter]
        return with_alter(latest, stands(_of_id(latest, alter), sector, horizon, others))

    return _change(own, change, version, on)


def move_on_map(own: OpenMap, moves: Iterable[Moved], *, version: int, on: date) -> OpenMap:
    """Where several were drawn. Raises NotThereError, EditConflictError."""

    def change(latest: Version) -> Version:
        for moved in moves:
            latest = with_alter(latest, put(_of_id(latest, moved.alter), moved.angle, moved.distance))
        return latest

    return _change(own, change, version, on)


def take_off_map(own: OpenMap, alter: str, *, version: int) -> OpenMap:
    """They can be brought back until the next one is taken off. Raises NotThereError, EditConflictError."""
    drawn = _as_read(own, version)
    try:
        left, removed = without_alter(drawn.versions[-1], alter)
    except (KeyError, IndexError) as error:
        raise NotThereError from error
    return save_drawn(own, Drawn((*drawn.versions[:-1], left), removed), version=version)


def bring_back(own: OpenMap, *, version: int) -> OpenMap:
    """Whoever was taken off last stands where they stood. Raises NotThereError, FullError, EditConflictError."""
    drawn = _as_read(own, version)
    if drawn.removed is None or not drawn.versions:
        raise NotThereError
    if len(drawn.versions[-1].alters) >= MOST_ALTERS:
        raise FullError
    back = brought_back(drawn.versions[-1], drawn.removed)
    return save_drawn(own, Drawn((*drawn.versions[:-1], back)), version=version)


def begin_version(own: OpenMap, *, version: int, on: date) -> OpenMap:
    """What is drawn stays as it is, and a copy with today's date goes on. Raises FullError, EditConflictError."""
    drawn = _as_read(own, version)
    if len(drawn.versions) >= MOST_VERSIONS:
        raise FullError
    copied = replace(drawn.versions[-1] if drawn.versions else Version(""), id=token_hex(4), date=on.isoformat())
    return save_drawn(own, Drawn((*drawn.versions, copied)), version=version)


def read_in(own: OpenMap, file: NetworkMap, *, version: int, on: date) -> OpenMap:
    """The versions of a file follow on those that are there; names become initials. Raises FullError where that is too
    much, EditConflictError."""
    drawn = _as_read(own, version)
    before = tuple(each for each in drawn.versions if each.alters)
    ids: dict[str, str] = defaultdict(lambda: token_hex(4))  # one for each person, also where they are in several
    read = tuple(_initials_only(each, ids, on) for each in file.versions if each.alters)
    if not read or len(before) + len(read) > MOST_VERSIONS or any(len(each.alters) > MOST_ALTERS for each in read):
        raise FullError
    together = sorted((*before, *read), key=lambda each: each.date)
    return save_drawn(own, Drawn(tuple(together)), version=version)


def _initials_only(version: Version, ids: Mapping[str, str], on: date) -> Version:
    """Under identifiers of our own; whoever stands outside or in the very middle is put where they can be seen."""
    alters = tuple(
        put(
            replace(alter, id=ids[alter.id], name=_called(alter), emoji="", support=_known(alter.support)),
            alter.angle, max(alter.distance, CLOSEST),
        )
        for alter in version.alters
    )  # fmt: skip
    ties = frozenset(frozenset(ids[end] for end in tie) for tie in version.ties)
    return Version(token_hex(4), "", _day(version.date) or on.isoformat(), alters, ties)


def _called(alter: Alter) -> str:
    return alter.emoji if is_initials(alter.emoji) else initials_of(alter.name)


def _known(support: Mapping[Support, int]) -> dict[Support, int]:
    return {kind: min(level, MOST_SUPPORT) for kind, level in support.items() if level}


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _change(own: OpenMap, change: Callable[[Version], Version], version: int, on: date) -> OpenMap:
    """Change the latest version; the first begins with the first change."""
    drawn = _as_read(own, version)
    before = drawn.versions or (Version(token_hex(4), date=on.isoformat()),)
    return save_drawn(own, replace(drawn, versions=(*before[:-1], change(before[-1]))), version=version)


def _as_read(own: OpenMap, version: int) -> Drawn:
    if own.row.version != version:
        raise EditConflictError
    return drawn_on(own)


def _of_id(version: Version, alter: str) -> Alter:
    try:
        return of_id(version, alter)
    except KeyError as error:
        raise NotThereError from error
