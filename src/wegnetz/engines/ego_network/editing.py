"""What can be done with a version of a map: somebody comes, changes, goes, and comes back with whom they knew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from wegnetz.engines.ego_network.model import Alter, Version

Tied = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Removed:
    """Somebody who was taken off a map, and whom they knew there."""

    alter: Alter
    knew: tuple[str, ...]


def with_alter(version: Version, alter: Alter, knows: Collection[str] | None = None) -> Version:
    """With somebody new, or changed. `knows`: the ids of whom they know; None leaves that as it is."""
    there = [each.id for each in version.alters]
    alters = (
        tuple(alter if each.id == alter.id else each for each in version.alters)
        if alter.id in there else (*version.alters, alter)
    )  # fmt: skip
    ties = version.ties if knows is None else _without(version.ties, alter.id) | _between(alter.id, knows, there)
    return replace(version, alters=alters, ties=ties)


def without_alter(version: Version, alter: str) -> tuple[Version, Removed]:
    """Without somebody, and what brings them back. Raises KeyError where there is nobody of that id."""
    gone = of_id(version, alter)
    left = tuple(each for each in version.alters if each.id != alter)
    return replace(version, alters=left, ties=_without(version.ties, alter)), Removed(gone, known_by(version, alter))


def brought_back(version: Version, removed: Removed) -> Version:
    """With whom was removed, tied to those they knew who are still there. Who is there already stays as they are."""
    if any(each.id == removed.alter.id for each in version.alters):
        return version
    return with_alter(version, removed.alter, removed.knew)


def of_id(version: Version, alter: str) -> Alter:
    """Raises KeyError."""
    found = next((each for each in version.alters if each.id == alter), None)
    if found is None:
        raise KeyError(alter)
    return found


def known_by(version: Version, alter: str) -> tuple[str, ...]:
    """The ids of whom somebody knows on the map, in its order."""
    return tuple(each.id for each in version.alters if frozenset({each.id, alter}) in version.ties)


def _without(ties: Tied, alter: str) -> Tied:
    return frozenset(tie for tie in ties if alter not in tie)


def _between(alter: str, knows: Iterable[str], there: Collection[str]) -> Tied:
    return frozenset(frozenset({alter, other}) for other in knows if other in there and other != alter)
