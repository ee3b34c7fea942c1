"""The lists and periods that case work runs on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from wegnetz.programme.pack import schema
from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.model import KEPT, Care, Pack
from wegnetz.programme.pack.references import check_id
from wegnetz.programme.pack.versions import basis_of, version_of
from wegnetz.rules.parameters import Standing, Version

FILE = "care.toml"
LISTS = (
    "areas", "steps", "outcomes", "decline-reasons", "referral-outcomes", "contact-kinds", "appointment-kinds",
    "document-kinds",
)  # fmt: skip
PERIODS = ("follow-up-months", "review-weeks", "consent-months", "break-glass-hours")
STEPS = 4  # a screen draws them as four columns


def build_care(file: schema.CareFile) -> Care:
    kinds = file.document_kinds
    given = ((name, getattr(file, _field(name))) for name in LISTS)
    return Care(
        areas=_ids(file.areas),
        steps=_ids(file.steps),
        outcomes=_ids(file.outcomes),
        decline_reasons=_ids(file.decline_reasons),
        referral_outcomes=_ids(file.referral_outcomes),
        contact_kinds=_ids(file.contact_kinds),
        appointment_kinds=_ids(file.appointment_kinds),
        document_kinds=kinds.retention if kinds else {},
        follow_up_months=tuple(map(version_of, file.follow_up_months)),
        review_weeks=tuple(map(version_of, file.review_weeks)),
        consent_months=tuple(map(version_of, file.consent_months)),
        break_glass_hours=tuple(map(version_of, file.break_glass_hours)),
        bases={name: basis_of(entry) for name, entry in given if entry is not None},
    )


def _ids(entry: schema.ListFile | None) -> tuple[str, ...]:
    return entry.ids if entry else ()


def _field(name: str) -> str:
    return name.replace("-", "_")


def ids_of(care: Care, name: str) -> tuple[str, ...]:
    """The ids of a list, by its name in care.toml."""
    return tuple(getattr(care, _field(name)))


def periods_of(care: Care) -> Iterator[tuple[str, tuple[Version, ...]]]:
    """Every dated value with its name in care.toml."""
    yield from ((name, getattr(care, _field(name))) for name in PERIODS)


def check_care(pack: Pack) -> Iterator[Fault]:
    """Every list has words, every period a whole number, and every kind of data a day on which it goes."""
    for name in LISTS:
        yield from _check_list(name, ids_of(pack.care, name))
    if len(pack.care.steps) != STEPS:
        yield Fault(FILE, "steps.ids", f"{len(pack.care.steps)} steps", f"{STEPS}, from the most urgent on")
    for name, versions in periods_of(pack.care):
        yield from _check_period(name, versions)
    classes = {entry.id for entry in pack.retention}
    for kind, retention in pack.care.document_kinds.items():
        if retention not in classes:
            place, expected = f"document-kinds.retention.{kind}", "a class of programme.toml, retention"
            yield Fault(FILE, place, shown(retention), expected)
    for name in KEPT:
        if name not in classes:
            yield Fault("programme.toml", f"retention.{name}", "nothing", "how long such data are kept")


def _check_list(name: str, ids: tuple[str, ...]) -> Iterator[Fault]:
    if not ids:
        yield Fault(FILE, name, "nothing", "at least one id")
    for i, entry in enumerate(ids):
        yield from check_id(entry, FILE, name)
        if entry in ids[:i]:
            yield Fault(FILE, name, shown(entry), "each id once")


def _check_period(name: str, versions: tuple[Version, ...]) -> Iterator[Fault]:
    unit = name.rpartition("-")[2]
    if not versions or any(later.since <= earlier.since for earlier, later in pairwise(versions)):
        yield Fault(FILE, name, "versions out of order, or none", "each day once, in order")
    for i, version in enumerate(versions):
        place = f"{name}[{i}]"
        if version.unit != unit:
            yield Fault(FILE, f"{place}.unit", shown(version.unit), f'"{unit}"')
        nobody_says = version.value is None and (version.repealed or version.status is Standing.UNCONFIRMED)
        if not nobody_says and (type(version.value) is not int or version.value < 1):
            yield Fault(FILE, f"{place}.value", shown(version.value), 'a whole number, or status = "unconfirmed"')
