"""The values of rates: counts, exact amounts, days, lists of words or of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from wegnetz.programme.pack.errors import Fault, PackError, shown
from wegnetz.programme.pack.model import Rate
from wegnetz.programme.pack.schema import RateFile, VersionFile
from wegnetz.programme.pack.versions import is_day, version_of
from wegnetz.rules.parameters import ParameterValue, Version


def read_rate_value(raw: object) -> ParameterValue:
    """The exact value of a rate. Raises ValueError with what should stand there."""
    match raw:
        case None:
            return None
        case list():
            return _read_list(raw)
        case str() if (amount := _decimal(raw)) is not None:
            return amount
        case int() | date() if type(raw) in {int, date}:
            return raw
    raise ValueError('an exact amount in quotes, such as "37.50"')


def _read_list(raw: list[object]) -> ParameterValue:
    words = tuple(item for item in raw if isinstance(item, str) and item.strip())
    days = tuple(item for item in raw if is_day(item))
    if not raw or len(raw) not in {len(words), len(days)}:
        raise ValueError("a list of words or a list of days")
    return words or days


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def build_rates(rates: Mapping[str, RateFile]) -> tuple[Rate, ...]:
    """The rates with exact values. Raises PackError."""
    faults: list[Fault] = []
    built = tuple(
        Rate(name, entry.block, tuple(_versions(name, entry.versions, faults))) for name, entry in rates.items()
    )
    if faults:
        raise PackError(tuple(faults))
    return built


def _versions(name: str, entries: tuple[VersionFile, ...], faults: list[Fault]) -> Iterator[Version]:
    for i, entry in enumerate(entries):
        try:
            yield replace(version_of(entry), value=read_rate_value(entry.value))
        except ValueError as error:
            faults.append(Fault("rates.toml", f"{name}.versions[{i}].value", shown(entry.value), str(error)))


def words_of(rate: Rate) -> dict[str, None]:
    """Every word that a list of the rate uses, once, in order."""
    lists = (version.value for version in rate.versions if isinstance(version.value, tuple))
    return dict.fromkeys(item for words in lists for item in words if isinstance(item, str))
