"""What must hold between the files of a pack. Each check yields faults; none stops the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from string import Formatter
from typing import Any, TypeGuard

from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.model import ORGANISATION_ROLES, Basis, Pack
from wegnetz.rules.criteria import COMPOSITE, FACT_KINDS, Criterion, Kind
from wegnetz.rules.facts import FactDefinition, FactError, FactKind, read_value
from wegnetz.rules.parameters import Citation, Standing, Version

PLACEHOLDERS = frozenset({"fact", "value", "youngest", "oldest", "age"})
READINGS = ("read", "secondary", "memory")
MOST_MONTHS = 1200  # a century
SENSITIVITIES = ("personal", "sensitive", "special")


def check_criterion(criterion: Criterion, definitions: Mapping[str, FactDefinition]) -> Iterator[Fault]:
    """The question exists and is of a kind the criterion can read; every value fits both."""
    file = "criteria.toml"
    definition = definitions.get(criterion.fact)
    if criterion.kind not in COMPOSITE:
        if definition is None:
            yield Fault(file, f"{criterion.id}.fact", shown(criterion.fact), "a question of facts.toml")
            return
        if definition.kind not in FACT_KINDS[criterion.kind]:
            kinds = " or ".join(sorted(FACT_KINDS[criterion.kind]))
            yield Fault(file, f"{criterion.id}.fact", f"a {definition.kind} question", f"a {kinds} question")
            return
    for i, version in enumerate(criterion.versions):
        expected = None if version.repealed else _value_expected(criterion.kind, version.value, definition)
        if expected:
            yield Fault(file, f"{criterion.id}.versions[{i}].value", shown(version.value), expected)


def _value_expected(kind: Kind, value: object, definition: FactDefinition | None) -> str:
    """What should stand there, or nothing when the value is right."""
    if kind in COMPOSITE:
        return "" if value is None else "no value"
    match kind:
        case Kind.AGE_BETWEEN:
            pair = value if isinstance(value, tuple) and len(value) == 2 else ()
            right = all(type(age) is int for age in pair) and bool(pair) and 0 <= pair[0] <= pair[1]
            return "" if right else "[youngest, oldest] in completed years"
        case Kind.ONE_OF | Kind.NONE_OF:
            choices = definition.choices if definition else ()
            right = isinstance(value, tuple) and bool(value) and all(item in choices for item in value)
            return "" if right else "answers out of " + ", ".join(choices)
        case Kind.FLAG:
            return "" if isinstance(value, bool) else "true or false"
        case Kind.HELD_FOR_AT_LEAST:
            return "" if type(value) is int and 0 < value <= MOST_MONTHS else f"months, from 1 to {MOST_MONTHS}"
        case _:
            return "" if _is_day(value) else "a day"


def _is_day(value: object) -> TypeGuard[date]:
    """A day without a time of day; Python counts a date-time as a date, yet cannot compare the two."""
    return type(value) is date


def check_pack(pack: Pack) -> Iterator[Fault]:
    """All that must hold between the files once each of them reads well."""
    yield from _check_programme(pack)
    yield from _check_facts(pack)
    yield from _check_bases(pack)
    yield from _check_spans(pack)
    yield from _check_examples(pack)
    for language in pack.languages:
        yield from _check_texts(pack, language)


def _check_programme(pack: Pack) -> Iterator[Fault]:
    file = "programme.toml"
    organisations = {organisation.id for organisation in pack.organisations}
    if "de" not in pack.languages:
        yield Fault(file, "languages", shown(pack.languages), "de among the languages")
    for initiative in pack.initiatives:
        for ministry in initiative.ministries:
            if ministry not in organisations:
                yield Fault(file, f"initiatives.{initiative.id}.ministries", shown(ministry), "an id of organisations")
    for organisation in pack.organisations:
        for role in organisation.roles:
            if role not in ORGANISATION_ROLES:
                expected = "one of " + ", ".join(sorted(ORGANISATION_ROLES))
                yield Fault(file, f"organisations.{organisation.id}.roles", shown(role), expected)
    criteria = {criterion.id for criterion in pack.rulebook.criteria}
    for i, priority in enumerate(pack.priorities):
        if priority.criterion not in criteria:
            yield Fault(file, f"priorities[{i}].criterion", shown(priority.criterion), "a criterion of criteria.toml")
        for block in priority.blocks:
            if block not in pack.blocks:
                yield Fault(file, f"priorities[{i}].blocks", shown(block), "a block of blocks.toml")
    initiatives = {initiative.id for initiative in pack.initiatives}
    for card in pack.cards.values():
        if card.initiative not in initiatives:
            yield Fault("blocks.toml", f"{card.id}.initiative", shown(card.initiative), "an id of initiatives")
    for rate in pack.rates:
        if rate.block and rate.block not in pack.blocks:
            yield Fault("rates.toml", f"{rate.id}.block", shown(rate.block), "a block of blocks.toml")
    for name, source in pack.sources.items():
        if source.reading not in READINGS:
            yield Fault("sources.toml", f"{name}.reading", shown(source.reading), " or ".join(READINGS))


def _check_facts(pack: Pack) -> Iterator[Fault]:
    classes = {entry.id for entry in pack.retention}
    for name, fact in pack.facts.items():
        if (fact.kind is FactKind.CHOICE) != bool(fact.choices):
            yield Fault("facts.toml", f"{name}.choices", shown(fact.choices), "choices for a choice, none otherwise")
        if fact.year_is_enough and fact.kind is not FactKind.DATE:
            yield Fault("facts.toml", f"{name}.year_is_enough", "true", "a date question")
        if fact.sensitivity not in SENSITIVITIES:
            yield Fault("facts.toml", f"{name}.sensitivity", shown(fact.sensitivity), " or ".join(SENSITIVITIES))
        if fact.retention not in classes:
            yield Fault("facts.toml", f"{name}.retention", shown(fact.retention), "a class of programme.toml, retention")


def _bases(pack: Pack) -> Iterator[tuple[str, str, Citation, Standing, str]]:
    """Every statement with its file, place, source, standing and note."""

    def of(file: str, place: str, basis: Basis) -> tuple[str, str, Citation, Standing, str]:
        return file, place, basis.citation, basis.status, basis.note

    for file, place, version in dated_values(pack):
        yield file, place, version.citation, version.status, version.note
    for organisation in pack.organisations:
        yield of("programme.toml", f"organisations.{organisation.id}", organisation.basis)
    for entry in pack.retention:
        yield of("programme.toml", f"retention.{entry.id}", entry.basis)
    for i, priority in enumerate(pack.priorities):
        yield of("programme.toml", f"priorities[{i}]", priority.basis)
    for card in pack.cards.values():
        for i, remark in enumerate(card.remarks):
            yield of("blocks.toml", f"{card.id}.remarks[{i}]", remark.basis)


def dated_values(pack: Pack) -> Iterator[tuple[str, str, Version]]:
    """Every dated value of the pack with its file and place."""
    for initiative in pack.initiatives:
        yield "programme.toml", f"initiatives.{initiative.id}.start", initiative.start
        for i, version in enumerate(initiative.ends):
            yield "programme.toml", f"initiatives.{initiative.id}.end[{i}]", version
    for criterion in pack.rulebook.criteria:
        for i, version in enumerate(criterion.versions):
            yield "criteria.toml", f"{criterion.id}.versions[{i}]", version
    for block in pack.rulebook.blocks:
        yield "blocks.toml", f"{block.id}.start", block.start
        for i, version in enumerate(block.ends):
            yield "blocks.toml", f"{block.id}.end[{i}]", version
    for rate in pack.rates:
        for i, version in enumerate(rate.versions):
            yield "rates.toml", f"{rate.id}.versions[{i}]", version


def _check_bases(pack: Pack) -> Iterator[Fault]:
    for file, place, citation, status, note in _bases(pack):
        if citation.source not in pack.sources:
            yield Fault(file, f"{place}.source", shown(citation.source), "an id of sources.toml")
        if status is Standing.UNCONFIRMED and not note:
            yield Fault(file, f"{place}.note", "nothing", "a note saying what is unconfirmed")
        for language in pack.languages:
            if note and not _text(pack, language, "notes", note):
                yield Fault(f"texts/{language}/notes.toml", note, "nothing", "a sentence")
    for file, place, version in dated_values(pack):
        if version.repealed and version.value is not None:
            yield Fault(file, f"{place}.value", shown(version.value), "no value, since it is repealed")
        if file == "rates.toml" and version.value is None and version.status is Standing.CONFIRMED and not version.repealed:
            yield Fault(file, f"{place}.value", "nothing", 'a value, or status = "unconfirmed"')
        for language in pack.languages:
            if version.unit and not _text(pack, language, "units", version.unit):
                yield Fault(f"texts/{language}/units.toml", version.unit, "nothing", "the unit in words")


def _check_spans(pack: Pack) -> Iterator[Fault]:
    spans = [("programme.toml", f"initiatives.{i.id}", i.start, i.ends) for i in pack.initiatives]
    spans += [("blocks.toml", block.id, block.start, block.ends) for block in pack.rulebook.blocks]
    for file, place, start, ends in spans:
        if not _is_day(start.value):
            yield Fault(file, f"{place}.start.value", shown(start.value), "a day")
            continue
        for i, end in enumerate(ends):
            if not _is_day(end.value) or end.value < start.value:
                yield Fault(file, f"{place}.end[{i}].value", shown(end.value), "a day after the start")
    series = [(file, place, ends) for file, place, _, ends in spans]
    series += [("rates.toml", rate.id, rate.versions) for rate in pack.rates]
    for file, place, versions in series:
        if not versions or any(later.since <= earlier.since for earlier, later in pairwise(versions)):
            yield Fault(file, place, "versions out of order, or none", "each day once, in order")


def _check_examples(pack: Pack) -> Iterator[Fault]:
    criteria = {criterion.id for criterion in pack.rulebook.criteria} | {"period"}
    for file, example in pack.examples:
        for fact, raw in example.facts.items():
            definition = pack.definitions.get(fact)
            if definition is None:
                yield Fault(file, f"{example.name}: facts.{fact}", shown(fact), "a question of facts.toml")
                continue
            try:
                read_value(definition, raw)
            except FactError as error:
                yield Fault(file, f"{example.name}: facts.{fact}", shown(error.found), error.expected)
        if not example.expect:
            yield Fault(file, f"{example.name}: expect", "nothing", "the result of at least one block")
        for block in (*example.expect, *example.missing):
            if block not in pack.blocks:
                yield Fault(file, f"{example.name}: expect.{block}", shown(block), "a block of blocks.toml")
        for criterion in example.criteria:
            if criterion not in criteria:
                yield Fault(file, f"{example.name}: criteria.{criterion}", shown(criterion), "a criterion")


def _text(pack: Pack, language: str, file: str, *path: str) -> str:
    node: Any = pack.texts.get(language, {}).get(file, {})
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def _wanted_texts(pack: Pack) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from (("programme", (key,)) for key in ("name", "summary"))
    for initiative in pack.initiatives:
        yield from (("programme", ("initiatives", initiative.id, key)) for key in ("name", "summary"))
    for group, entries in (
        ("organisations", pack.organisations), ("retention", pack.retention), ("priorities", pack.priorities)
    ):  # fmt: skip
        yield from (("programme", (group, entry.id)) for entry in entries)  # type: ignore[attr-defined]
    for name, fact in pack.facts.items():
        yield from (("facts", (name, key)) for key in ("label", "question", "why"))
        yield from (("facts", (name, "choices", choice)) for choice in fact.choices)
    for criterion in pack.rulebook.criteria:
        yield from (("criteria", (criterion.id, key)) for key in ("title", "met", "not-met", "unknown"))
    for card in pack.cards.values():
        yield from (("blocks", (card.id, key)) for key in ("name", "summary"))
        yield from (("blocks", (card.id, "remarks", remark.id)) for remark in card.remarks)
    yield from (("rates", (rate.id, "name")) for rate in pack.rates)


def _check_texts(pack: Pack, language: str) -> Iterator[Fault]:
    for file, path in _wanted_texts(pack):
        found = _text(pack, language, file, *path)
        if not found.strip():
            yield Fault(f"texts/{language}/{file}.toml", ".".join(path), "nothing", "a text")
        elif file == "criteria":
            yield from _check_placeholders(f"texts/{language}/{file}.toml", ".".join(path), found)


def _check_placeholders(file: str, place: str, text: str) -> Iterator[Fault]:
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        yield Fault(file, place, str(error), "placeholders such as {value}")
        return
    for _, name, form, conversion in fields:
        if name not in PLACEHOLDERS or form or conversion:
            full = f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"
            yield Fault(file, place, "{" + full + "}", "one of {" + "}, {".join(sorted(PLACEHOLDERS)) + "}")


def unconfirmed(pack: Pack) -> Iterator[tuple[str, str, Citation, str]]:
    """Every statement that still waits to be confirmed: file, place, source, note."""
    for file, place, citation, status, note in _bases(pack):
        if status is Standing.UNCONFIRMED:
            yield file, place, citation, note
