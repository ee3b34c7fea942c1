"""What organisations do for a person, what the person can consent to, and the duties that need no consent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from wegnetz.programme.pack import schema
from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.model import READERS, Basis, Duty, FunctionCard, Pack, Purpose
from wegnetz.programme.pack.references import check_id
from wegnetz.programme.pack.versions import basis_of
from wegnetz.rules.consents import CATEGORIES, SECRECIES
from wegnetz.rules.parameters import Citation, Version

FILE = "consents.toml"
SEALED = "sealed"
# A sealed organisation asks the rest itself. What was handed to it would tell others that it is there.
SEALED_CATEGORIES = ("name", "contact")


def build_functions(entries: Mapping[str, schema.FunctionFile]) -> dict[str, FunctionCard]:
    return {name: FunctionCard(name, entry.role, entry.secrecy, basis_of(entry)) for name, entry in entries.items()}


def build_purposes(entries: Mapping[str, schema.PurposeFile]) -> dict[str, Purpose]:
    return {
        name: Purpose(
            name, entry.function, entry.shown_to, entry.categories, entry.optional, entry.own,
            tuple(map(_wording, entry.versions)), basis_of(entry),
        )
        for name, entry in entries.items()
    }  # fmt: skip


def build_duties(entries: Mapping[str, schema.DutyFile]) -> dict[str, Duty]:
    return {name: Duty(name, entry.function, entry.categories, basis_of(entry)) for name, entry in entries.items()}


def _wording(entry: schema.WordingFile) -> Version:
    citation = Citation(entry.source, entry.place)
    return Version(entry.since, entry.number, citation, status=entry.status, note=entry.note)


def bases_of(pack: Pack) -> Iterator[tuple[str, Basis]]:
    """What every entry of consents.toml rests on, with its place."""
    for group, entries in (("functions", pack.functions), ("purposes", pack.purposes), ("duties", pack.duties)):
        yield from ((f"{group}.{name}", entry.basis) for name, entry in entries.items())


def check_consents(pack: Pack) -> Iterator[Fault]:
    """Doors that exist, categories of the fixed list, wordings in order, and nothing that betrays a sealed door."""
    if not any(purpose.own for purpose in pack.purposes.values()):
        yield Fault(FILE, "purposes", "no purpose with own = true", "a consent with which accompanying can begin")
    for place, _ in bases_of(pack):
        yield from check_id(place.partition(".")[2], FILE, place)
    for function in pack.functions.values():
        yield from _check_function(function)
    for purpose in pack.purposes.values():
        place = f"purposes.{purpose.id}"
        yield from _check_categories(pack, place, purpose.function, purpose.categories)
        yield from _check_shown_to(pack, purpose, place)
        yield from _check_purpose(pack, purpose, place)
        yield from _check_wordings(purpose, place)
    for duty in pack.duties.values():
        place = f"duties.{duty.id}"
        yield from _check_categories(pack, place, duty.function, duty.categories)
        if duty.function not in pack.functions or _is_sealed(pack, duty.function):
            yield Fault(FILE, f"{place}.function", shown(duty.function), "an open function of consents.toml")


def _is_sealed(pack: Pack, function: str) -> bool:
    return function in pack.functions and pack.functions[function].secrecy == SEALED


def _check_function(function: FunctionCard) -> Iterator[Fault]:
    place = f"functions.{function.id}"
    if function.role not in READERS:
        yield Fault(FILE, f"{place}.role", shown(function.role), f"one of {', '.join(READERS)}")
    if function.secrecy not in SECRECIES:
        yield Fault(FILE, f"{place}.secrecy", shown(function.secrecy), " or ".join(SECRECIES))


def _check_categories(pack: Pack, place: str, function: str, categories: Iterable[str]) -> Iterator[Fault]:
    allowed = SEALED_CATEGORIES if _is_sealed(pack, function) else CATEGORIES
    expected = f"each at most once, out of {', '.join(allowed)}"
    seen: set[str] = set()
    for category in categories:
        if category not in allowed or category in seen:
            yield Fault(FILE, f"{place}.categories", shown(category), expected)
        seen.add(category)


def _check_purpose(pack: Pack, purpose: Purpose, place: str) -> Iterator[Fault]:
    if purpose.function and purpose.function not in pack.functions:
        yield Fault(FILE, f"{place}.function", shown(purpose.function), "a function of consents.toml, or nothing")
    if not purpose.function and purpose.own:
        yield Fault(FILE, f"{place}.own", "true", "a function: whoever accompanies does so in one")
    if not purpose.function and not purpose.optional:
        yield Fault(FILE, f"{place}.optional", "false", "true: what opens no door blocks no service")


def _check_shown_to(pack: Pack, purpose: Purpose, place: str) -> Iterator[Fault]:
    """What a consent shows without opening a door of its own, it shows in one open function of the recipient."""
    if purpose.function or not purpose.categories:
        if purpose.shown_to:
            expected = "nothing: where a door opens, it is shown behind it; where nothing is shown, to nobody"
            yield Fault(FILE, f"{place}.shown_to", shown(purpose.shown_to), expected)
    elif purpose.shown_to not in pack.functions or _is_sealed(pack, purpose.shown_to):
        yield Fault(FILE, f"{place}.shown_to", shown(purpose.shown_to), "an open function of consents.toml")


def _check_wordings(purpose: Purpose, place: str) -> Iterator[Fault]:
    versions = purpose.versions
    for i, version in enumerate(versions):
        if not isinstance(version.value, int) or version.value < 1:
            yield Fault(FILE, f"{place}.versions[{i}].number", shown(version.value), "a number from 1")
    numbers = [version.value for version in versions]
    if not versions or any(later.since <= earlier.since for earlier, later in pairwise(versions)):
        yield Fault(FILE, f"{place}.versions", "versions out of order, or none", "each day once, in order")
    if len(set(numbers)) < len(numbers):
        yield Fault(FILE, f"{place}.versions", "a number twice", "a number of its own for each wording")
