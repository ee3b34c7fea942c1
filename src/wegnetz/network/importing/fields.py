"""What stands in a field of a file: a text, a number, a list. Whatever else stands there is told with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
from typing import Any, Final

from wegnetz.core.strict_json import one_line
from wegnetz.engines.ego_network import Alter
from wegnetz.network.importing.errors import MapFileError

FARTHEST: Final = 1_000_000
MOST_PEOPLE: Final = 1_000  # on one version; honest maps have some dozens
MOST_VERSIONS: Final = 500
MOST_TIES: Final = 100_000  # on one version


def a_map(content: object, where: str) -> Mapping[str, Any]:
    if not isinstance(content, dict):
        raise MapFileError(f"{where}: expected an object")
    return content


def list_at(content: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    return a_list(content.get(key), f"{where}, {key}")


def a_list(content: object, where: str) -> Sequence[Any]:
    if not isinstance(content, list):
        raise MapFileError(f"{where}: expected a list")
    return content


def people_at(content: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    """Raises MapFileError also where there are so many that reading them would keep the others waiting."""
    found = list_at(content, key, where)
    few(found, MOST_PEOPLE, f"{where}: more than {MOST_PEOPLE} people")
    return found


def ties_of(content: object, where: str) -> Sequence[Any]:
    found = a_list(content, where)
    few(found, MOST_TIES, f"{where}: more than {MOST_TIES} ties")
    return found


def versions_at(content: Mapping[str, Any]) -> Sequence[Any]:
    found = list_at(content, "versions", "the file")
    few(found, MOST_VERSIONS, f"more than {MOST_VERSIONS} versions")
    return found


def few(found: Sized, most: int, what: str) -> None:
    if len(found) > most:
        raise MapFileError(f"{what}. No network map is that large.")


def number(value: object, where: str) -> float:
    """Numbers of a few hundred digits are none here: nothing on a map is so far away."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < FARTHEST:
        raise MapFileError(f"{where}: {one_line(str(value), 20)} is no number that can stand here")
    return float(value)


def level(value: object, where: str) -> int:
    found = number(value or 0, where)
    if not 0 <= found <= 3:
        raise MapFileError(f"{where}: {found:g} is no level of support, expected 0 to 3")
    return round(found)


def text(value: object) -> str:
    """Halves of characters, which JSON can hold and no file, become question marks."""
    return "" if value is None else str(value).encode("utf-8", "replace").decode()


def different(alters: Collection[Alter], where: str) -> Collection[str]:
    """The ids of the people. Raises MapFileError where two have the same, or there are too many."""
    there: set[str] = set()
    few(alters, MOST_PEOPLE, f"{where}: more than {MOST_PEOPLE} people")
    for alter in alters:
        if alter.id in there:
            raise MapFileError(f"{where}: two people have the id {one_line(alter.id, 40)}")
        there.add(alter.id)
    return there


def among(ties: Iterable[frozenset[str]], there: Collection[str]) -> frozenset[frozenset[str]]:
    """Of connections those of two people who are there: whoever was deleted left theirs in the file."""
    return frozenset(tie for tie in ties if len(tie) == 2 and all(end in there for end in tie))
