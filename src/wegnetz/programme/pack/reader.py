"""Build a pack from its files. Everything that is wrong is collected, so that one run shows it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, TypeVar

from wegnetz.programme.pack import schema
from wegnetz.programme.pack.checks import check_criterion, check_pack
from wegnetz.programme.pack.errors import Fault, PackError, shown
from wegnetz.programme.pack.files import Files, convert, convert_each, digest, parse, read_folder, unpack
from wegnetz.programme.pack.model import (
    Basis, BlockCard, Initiative, Organisation, Pack, Priority, Rate, Remark, RetentionClass,
)  # fmt: skip
from wegnetz.rules.criteria import Criterion
from wegnetz.rules.decisions import PERIOD, Block, Requirement, Rulebook
from wegnetz.rules.facts import FactDefinition
from wegnetz.rules.parameters import Citation, ParameterValue, Version

T = TypeVar("T")


class _Collector:
    """Gathers faults from steps that can go on without each other."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def run(self, step: Callable[[], T], default: T) -> T:
        try:
            return step()
        except PackError as error:
            self.faults.extend(error.faults)
            return default

    def stop_at_faults(self) -> None:
        if self.faults:
            raise PackError(tuple(dict.fromkeys(self.faults)))


def read_pack(folder: Path) -> Pack:
    """Read and check the pack in a folder. Raises PackError with every fault found."""
    return build(read_folder(folder))


def restore_pack(text: str) -> Pack:
    """Rebuild a pack from the text `files.pack_up` made of it."""
    return build(unpack(text))


def build(files: Files) -> Pack:
    """Turn the texts of the files into a checked pack. Raises PackError with every fault found."""
    collect = _Collector()
    tables = {name: collect.run(lambda name=name: parse(files, name), {}) for name in (*_FILES, *files)}  # type: ignore[misc]
    collect.stop_at_faults()
    empty: dict[str, Any] = {}
    head = convert(tables["programme.toml"], schema.ProgrammeFile, "programme.toml")
    each = convert_each
    sources = collect.run(lambda: each(tables["sources.toml"], schema.SourceFile, "sources.toml"), empty)
    facts = collect.run(lambda: each(tables["facts.toml"], schema.FactFile, "facts.toml"), empty)
    criteria = collect.run(lambda: each(tables["criteria.toml"], schema.CriterionFile, "criteria.toml"), empty)
    blocks = collect.run(lambda: each(tables["blocks.toml"], schema.BlockFile, "blocks.toml"), empty)
    rates = collect.run(lambda: each(tables["rates.toml"], schema.RateFile, "rates.toml"), empty)
    initiatives = collect.run(
        lambda: each(head.initiatives, schema.InitiativeFile, "programme.toml", "initiatives"), empty
    )
    organisations = collect.run(
        lambda: each(head.organisations, schema.OrganisationFile, "programme.toml", "organisations"), empty
    )
    retention = collect.run(lambda: each(head.retention, schema.RetentionFile, "programme.toml", "retention"), empty)
    examples = tuple(
        (name, example)
        for name in sorted(files)
        if name.startswith("examples/")
        for example in collect.run(lambda name=name: _examples(tables[name], name), ())  # type: ignore[misc]
    )
    collect.stop_at_faults()
    definitions = {name: FactDefinition(name, f.kind, f.choices, f.year_is_enough) for name, f in facts.items()}
    rulebook = collect.run(lambda: _rulebook(definitions, criteria, blocks), Rulebook((), (), ()))
    collect.stop_at_faults()
    pack = Pack(
        id=head.id,
        version=head.version,
        digest=digest(files),
        municipality=head.municipality,
        languages=head.languages,
        sources=sources,
        facts=facts,
        rulebook=rulebook,
        initiatives=tuple(
            Initiative(name, i.ministries, _version(i.start), tuple(map(_version, i.end)))
            for name, i in initiatives.items()
        ),
        organisations=tuple(Organisation(name, o.name, o.roles, _basis(o)) for name, o in organisations.items()),
        cards={
            name: BlockCard(name, b.number, b.initiative, tuple(Remark(r.id, _basis(r)) for r in b.remarks))
            for name, b in blocks.items()
        },
        rates=collect.run(lambda: _rates(rates), ()),
        retention=tuple(RetentionClass(name, r.days, r.after, _basis(r)) for name, r in retention.items()),
        priorities=tuple(Priority(p.id, p.criterion, p.blocks, _basis(p)) for p in head.priorities),
        texts={language: _texts(tables, language) for language in head.languages},
        examples=examples,
    )
    collect.faults.extend(check_pack(pack))
    collect.stop_at_faults()
    return pack


_FILES = ("programme.toml", "sources.toml", "facts.toml", "criteria.toml", "blocks.toml", "rates.toml")


def _texts(tables: Mapping[str, Any], language: str) -> dict[str, Any]:
    prefix = f"texts/{language}/"
    return {
        name.removeprefix(prefix).removesuffix(".toml"): table
        for name, table in tables.items()
        if name.startswith(prefix)
    }


def _examples(table: dict[str, Any], name: str) -> tuple[schema.ExampleFile, ...]:
    return convert(table, schema.ExamplesFile, name).example


def _basis(entry: schema.Sourced) -> Basis:
    return Basis(Citation(entry.source, entry.place), entry.status, entry.note)


def _version(entry: schema.VersionFile) -> Version:
    value: ParameterValue = tuple(entry.value) if isinstance(entry.value, list) else entry.value
    citation = Citation(entry.source, entry.place)
    return Version(entry.since, value, citation, entry.unit, entry.status, entry.note, entry.repealed)


def _rulebook(
    definitions: Mapping[str, FactDefinition],
    criteria: Mapping[str, schema.CriterionFile],
    blocks: Mapping[str, schema.BlockFile],
) -> Rulebook:
    faults: list[Fault] = []
    built: dict[str, Criterion] = {}
    for name, entry in criteria.items():
        if name == PERIOD:
            faults.append(Fault("criteria.toml", name, "the name of the running time", "another id"))
        try:
            built[name] = Criterion(name, entry.kind, tuple(map(_version, entry.versions)), entry.fact, entry.parts)
        except ValueError as error:
            faults.append(Fault("criteria.toml", name, "a criterion that does not hold together", str(error)))
            continue
        faults.extend(check_criterion(built[name], definitions))
    ordered = _parts_first(built, faults)
    rulebook_blocks = []
    for name, block in sorted(blocks.items(), key=lambda item: item[1].number):
        try:
            requirements = tuple(Requirement(r.criterion, r.otherwise) for r in block.requirements)
            rulebook_blocks.append(Block(name, _version(block.start), tuple(map(_version, block.end)), requirements))
        except ValueError as error:
            faults.append(Fault("blocks.toml", name, "a block that does not hold together", str(error)))
            continue
        faults.extend(
            Fault("blocks.toml", f"{name}.requirements[{i}].criterion", shown(r.criterion), "a criterion of criteria.toml")
            for i, r in enumerate(requirements)
            if r.criterion not in built
        )
    if faults:
        raise PackError(tuple(faults))
    return Rulebook(tuple(definitions.values()), ordered, tuple(rulebook_blocks))


def _parts_first(built: Mapping[str, Criterion], faults: list[Fault]) -> tuple[Criterion, ...]:
    graph: dict[str, tuple[str, ...]] = {}
    for name, criterion in built.items():
        graph[name] = tuple(part for part in criterion.parts if part in built)
        for part in criterion.parts:
            if part not in built:
                faults.append(Fault("criteria.toml", f"{name}.parts", shown(part), "a criterion of criteria.toml"))
            elif built[part].versions[0].since > criterion.versions[0].since or any(
                version.repealed for version in built[part].versions
            ):
                place, expected = f"{name}.parts", "a part that holds whenever the composite does"
                faults.append(Fault("criteria.toml", place, shown(part), expected))
    try:
        return tuple(built[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        faults.append(Fault("criteria.toml", circle, "criteria that ask for each other", "parts without a circle"))
        return ()


def _rates(rates: Mapping[str, schema.RateFile]) -> tuple[Rate, ...]:
    faults: list[Fault] = []
    built = []
    for name, entry in rates.items():
        versions = []
        for i, item in enumerate(entry.versions):
            version = _version(item)
            if not _is_exact(item.value):
                place = f"{name}.versions[{i}].value"
                faults.append(Fault("rates.toml", place, shown(item.value), 'an exact amount in quotes, such as "37.50"'))
            elif isinstance(item.value, str):
                version = Version(
                    version.since, _decimal(item.value), version.citation, version.unit, version.status, version.note,
                    version.repealed,
                )  # fmt: skip
            versions.append(version)
        built.append(Rate(name, entry.block, tuple(versions)))
    if faults:
        raise PackError(tuple(faults))
    return tuple(built)


def _is_exact(value: object) -> bool:
    """Whether a rate may have this value: a count, an amount in quotes, a day, a list of words, or none yet."""
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return value is None or type(value) in {int, date} or (isinstance(value, str) and _decimal(value) is not None)


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


