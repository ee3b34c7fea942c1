"""Names that lead somewhere: every id and word of a pack is one that exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.model import ORGANISATION_ROLES, READERS, Pack
from wegnetz.rules.facts import FactKind
from wegnetz.rules.retention import After

_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_ID_WORDS = "lower case letters and digits, joined by - or _"
READINGS = ("read", "secondary", "memory")
SENSITIVITIES = ("personal", "sensitive", "special")
_WITHOUT_ANSWERS = "steering, funding and operator see no answers"


def check_references(pack: Pack) -> Iterator[Fault]:
    """Every reference of one file to another, and every word from a fixed list."""
    yield from _check_programme(pack)
    yield from _check_priorities(pack)
    yield from _check_cards_and_rates(pack)
    for name, source in pack.sources.items():
        if source.reading not in READINGS:
            yield Fault("sources.toml", f"{name}.reading", shown(source.reading), " or ".join(READINGS))
    yield from _check_facts(pack)


def check_id(name: str, file: str, place: str) -> Iterator[Fault]:
    if not _ID.fullmatch(name):
        yield Fault(file, place, shown(name), _ID_WORDS)


def _unknown(names: Iterable[str], known: Iterable[str], file: str, place: str, expected: str) -> Iterator[Fault]:
    known = set(known)
    yield from (Fault(file, place, shown(name), expected) for name in names if name not in known)


def _check_programme(pack: Pack) -> Iterator[Fault]:
    file = "programme.toml"
    if "de" not in pack.languages:
        yield Fault(file, "languages", shown(pack.languages), "de among the languages")
    for name in (pack.id, *pack.blocks, *pack.definitions):
        yield from check_id(name, file if name == pack.id else "blocks.toml or facts.toml", name)
    for entry in pack.retention:
        if entry.days is not None and entry.days < 1:
            yield Fault(file, f"retention.{entry.id}.days", shown(entry.days), "a number of days above 0")
        if entry.after and entry.after not in list(After):
            yield Fault(file, f"retention.{entry.id}.after", shown(entry.after), " or ".join(After))
    ids = [organisation.id for organisation in pack.organisations]
    for initiative in pack.initiatives:
        place = f"initiatives.{initiative.id}.ministries"
        yield from _unknown(initiative.ministries, ids, file, place, "an id of organisations")
    for organisation in pack.organisations:
        place, expected = f"organisations.{organisation.id}.roles", ", ".join(sorted(ORGANISATION_ROLES))
        yield from _unknown(organisation.roles, ORGANISATION_ROLES, file, place, f"one of {expected}")


def _check_priorities(pack: Pack) -> Iterator[Fault]:
    file, criteria = "programme.toml", [criterion.id for criterion in pack.rulebook.criteria]
    for i, priority in enumerate(pack.priorities):
        place, expected = f"priorities[{i}].criterion", "a criterion of criteria.toml"
        yield from _unknown([priority.criterion], criteria, file, place, expected)
        place, expected = f"priorities[{i}].blocks", "a block of blocks.toml"
        yield from _unknown(priority.blocks, pack.blocks, file, place, expected)


def _check_cards_and_rates(pack: Pack) -> Iterator[Fault]:
    initiatives = [initiative.id for initiative in pack.initiatives]
    numbers = [card.number for card in pack.cards.values()]
    for card in pack.cards.values():
        if numbers.count(card.number) > 1:
            yield Fault("blocks.toml", f"{card.id}.number", shown(card.number), "a number of its own for each block")
        place, expected = f"{card.id}.initiative", "an id of initiatives"
        yield from _unknown([card.initiative], initiatives, "blocks.toml", place, expected)
    for rate in pack.rates:
        named = [rate.block] if rate.block else []
        place, expected = f"{rate.id}.block", "a block of blocks.toml"
        yield from _unknown(named, pack.blocks, "rates.toml", place, expected)


def _check_facts(pack: Pack) -> Iterator[Fault]:
    file, classes = "facts.toml", [entry.id for entry in pack.retention]
    readers = f"one of {', '.join(READERS)}; {_WITHOUT_ANSWERS}"
    for name, fact in pack.facts.items():
        if (fact.kind is FactKind.CHOICE) != bool(fact.choices):
            expected = "choices for a choice, none otherwise"
            yield Fault(file, f"{name}.choices", shown(fact.choices), expected)
        if fact.year_is_enough and fact.kind is not FactKind.DATE:
            yield Fault(file, f"{name}.year_is_enough", "true", "a date question")
        sensitivities = " or ".join(SENSITIVITIES)
        yield from _unknown([fact.sensitivity], SENSITIVITIES, file, f"{name}.sensitivity", sensitivities)
        yield from _unknown(fact.visible_to, READERS, file, f"{name}.visible_to", readers)
        expected = "a class of programme.toml, retention"
        yield from _unknown([fact.retention], classes, file, f"{name}.retention", expected)
