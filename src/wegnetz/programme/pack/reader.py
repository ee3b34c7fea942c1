"""Build a pack from its files. Everything that is wrong is collected, so that one run shows it all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from wegnetz.programme.pack import schema
from wegnetz.programme.pack.care import build_care
from wegnetz.programme.pack.checks import check_pack
from wegnetz.programme.pack.consents import build_duties, build_functions, build_purposes
from wegnetz.programme.pack.districts import FILE as DISTRICTS
from wegnetz.programme.pack.districts import read_districts, size_faults
from wegnetz.programme.pack.errors import Fault, PackError
from wegnetz.programme.pack.files import (
    Files,
    Table,
    convert,
    convert_each,
    digest,
    parse,
    read_folder,
    unpack,
)
from wegnetz.programme.pack.interests import build_interests
from wegnetz.programme.pack.model import (
    BlockCard,
    Districts,
    Initiative,
    Organisation,
    Pack,
    Priority,
    Rate,
    Remark,
    RetentionClass,
)  # fmt: skip
from wegnetz.programme.pack.rates import build_rates
from wegnetz.programme.pack.rulebook import build_rulebook
from wegnetz.programme.pack.versions import basis_of, version_of
from wegnetz.rules.decisions import Rulebook
from wegnetz.rules.facts import FactDefinition
from wegnetz.rules.periods import Period

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

_FILES = (
    "programme.toml", "sources.toml", "facts.toml", "criteria.toml", "blocks.toml", "rates.toml", "consents.toml",
    "care.toml", "interests.toml",
)  # fmt: skip
_FOLDERS = re.compile(
    r"examples/[\w-]+\.toml"
    r"|texts/[a-z]{2,3}/(programme|facts|criteria|blocks|rates|notes|units|consents|care|plan|interests|network_map)\.toml"
)


class _Collector:
    """Gathers faults from steps that can go on without each other."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def run(self, default: T, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return step(*args, **kwargs)
        except PackError as error:
            self.faults.extend(error.faults)
            return default

    def each(self, table: object, shape: type[S], file: str, prefix: str = "") -> dict[str, S]:
        return self.run({}, lambda: convert_each(table, shape, file, prefix))

    def stop_at_faults(self) -> None:
        if self.faults:
            raise PackError(tuple(dict.fromkeys(self.faults)))


def read_pack(folder: Path) -> Pack:
    """Read and check the pack in a folder. Raises PackError with every fault found."""
    return build(read_folder(folder))


def restore_pack(text: str) -> Pack:
    """Rebuild a pack from the text `files.pack_up` made of it.

    It was checked when it was loaded; checks that came later must not keep old decisions from being replayed.
    """
    return _assemble(unpack(text))


def build(files: Files) -> Pack:
    """Turn the texts of the files into a checked pack. Raises PackError with every fault found."""
    if faults := tuple(_file_faults(files)):
        raise PackError(faults)
    pack = _assemble(files)
    if faults := tuple(dict.fromkeys((*_foreign_texts(files, pack), *check_pack(pack)))):
        raise PackError(faults)
    return pack


def _file_faults(files: Files) -> Iterator[Fault]:
    for name in _FILES:
        if name not in files:
            yield Fault(name, "", "no such file", "a file of its own, even when it is empty")
    yield from size_faults(files)
    for name in files:
        if name not in (*_FILES, DISTRICTS) and not _FOLDERS.fullmatch(name):
            yield Fault(name, "", "a file the format does not know", "one of docs/programme-pack.md")


def _foreign_texts(files: Files, pack: Pack) -> Iterator[Fault]:
    """Texts in a language that the programme does not name would never be shown."""
    for name in files:
        if name.startswith("texts/") and name.split("/")[1] not in pack.texts:
            yield Fault(name, "", "a language the programme does not name", "one of programme.toml")


def _assemble(files: Files) -> Pack:
    """Read every file and put the pack together. Raises PackError with every fault found on the way."""
    collect = _Collector()
    tables: dict[str, Table] = {
        name: collect.run({}, parse, files, name) for name in (*_FILES, *files) if name != DISTRICTS
    }
    collect.stop_at_faults()
    content = _content(tables, collect)
    districts = collect.run(None, read_districts, files)
    collect.stop_at_faults()
    definitions = {
        name: FactDefinition(name, fact.kind, fact.choices, fact.year_is_enough) for name, fact in content.facts.items()
    }
    nothing = Rulebook((), (), ())
    rulebook = collect.run(nothing, build_rulebook, definitions, content.criteria, content.blocks)
    rates = collect.run((), build_rates, content.rates)
    cards = collect.run({}, _cards, content.blocks)
    collect.stop_at_faults()
    languages = dict.fromkeys((*content.head.languages, *content.head.participant_languages))
    texts = {language: _texts(tables, language) for language in languages}
    return _pack(content, digest(files), rulebook, rates, cards, districts, texts)


@dataclass(frozen=True, slots=True)
class _Content:
    """The tables of a pack, each in its shape."""

    head: schema.ProgrammeFile
    sources: dict[str, schema.SourceFile]
    facts: dict[str, schema.FactFile]
    criteria: dict[str, schema.CriterionFile]
    blocks: dict[str, schema.BlockFile]
    rates: dict[str, schema.RateFile]
    initiatives: dict[str, schema.InitiativeFile]
    organisations: dict[str, schema.OrganisationFile]
    retention: dict[str, schema.RetentionFile]
    functions: dict[str, schema.FunctionFile]
    purposes: dict[str, schema.PurposeFile]
    duties: dict[str, schema.DutyFile]
    care: schema.CareFile
    interests: dict[str, schema.InterestFile]
    examples: tuple[tuple[str, schema.ExampleFile], ...]


def _content(tables: Mapping[str, Table], collect: _Collector) -> _Content:
    programme, consents, care = "programme.toml", "consents.toml", "care.toml"
    head = convert(tables[programme], schema.ProgrammeFile, programme)
    asked = collect.run(schema.ConsentsFile(), convert, tables[consents], schema.ConsentsFile, consents)

    def each(file: str, shape: type[S]) -> dict[str, S]:
        return collect.each(tables[file], shape, file)

    return _Content(
        head=head,
        sources=each("sources.toml", schema.SourceFile),
        facts=each("facts.toml", schema.FactFile),
        criteria=each("criteria.toml", schema.CriterionFile),
        blocks=each("blocks.toml", schema.BlockFile),
        rates=each("rates.toml", schema.RateFile),
        initiatives=collect.each(head.initiatives, schema.InitiativeFile, programme, "initiatives"),
        organisations=collect.each(head.organisations, schema.OrganisationFile, programme, "organisations"),
        retention=collect.each(head.retention, schema.RetentionFile, programme, "retention"),
        functions=collect.each(asked.functions, schema.FunctionFile, consents, "functions"),
        purposes=collect.each(asked.purposes, schema.PurposeFile, consents, "purposes"),
        duties=collect.each(asked.duties, schema.DutyFile, consents, "duties"),
        care=collect.run(schema.CareFile(), convert, tables[care], schema.CareFile, care),
        interests=each("interests.toml", schema.InterestFile),
        examples=tuple(_examples(tables, collect)),
    )


def _examples(tables: Mapping[str, Table], collect: _Collector) -> Iterator[tuple[str, schema.ExampleFile]]:
    for name in sorted(tables):
        if name.startswith("examples/"):
            empty = schema.ExamplesFile(example=())
            file = collect.run(empty, convert, tables[name], schema.ExamplesFile, name)
            yield from ((name, example) for example in file.example)


def _texts(tables: Mapping[str, Table], language: str) -> dict[str, Any]:
    prefix = f"texts/{language}/"
    return {
        name.removeprefix(prefix).removesuffix(".toml"): table
        for name, table in tables.items()
        if name.startswith(prefix)
    }


def _cards(blocks: Mapping[str, schema.BlockFile]) -> dict[str, BlockCard]:
    faults: list[Fault] = []
    cards = {
        name: BlockCard(name, block.number, block.initiative, tuple(_remarks(name, block, faults)))
        for name, block in blocks.items()
    }
    if faults:
        raise PackError(tuple(faults))
    return cards


def _remarks(block: str, entry: schema.BlockFile, faults: list[Fault]) -> Iterator[Remark]:
    for i, remark in enumerate(entry.remarks):
        if remark.since and remark.until and remark.until < remark.since:
            expected = f"{remark.since}, the first day of the remark, or a later day"
            faults.append(Fault("blocks.toml", f"{block}.remarks[{i}].to", str(remark.until), expected))
        else:
            yield Remark(remark.id, basis_of(remark), Period(remark.since, remark.until))


def _pack(
    content: _Content,
    digest: str,
    rulebook: Rulebook,
    rates: tuple[Rate, ...],
    cards: Mapping[str, BlockCard],
    districts: Districts | None,
    texts: Mapping[str, Mapping[str, Any]],
) -> Pack:
    head = content.head
    return Pack(
        id=head.id,
        version=head.version,
        digest=digest,
        municipality=head.municipality,
        languages=head.languages,
        participant_languages=head.participant_languages,
        sources=content.sources,
        facts=content.facts,
        rulebook=rulebook,
        initiatives=tuple(
            Initiative(name, entry.ministries, version_of(entry.start), tuple(map(version_of, entry.end)))
            for name, entry in content.initiatives.items()
        ),
        organisations=tuple(
            Organisation(name, entry.name, entry.roles, basis_of(entry))
            for name, entry in content.organisations.items()
        ),
        cards=cards,
        rates=rates,
        retention=tuple(
            RetentionClass(name, entry.days, entry.after, basis_of(entry)) for name, entry in content.retention.items()
        ),
        priorities=tuple(Priority(p.id, p.criterion, p.blocks, basis_of(p)) for p in head.priorities),
        functions=build_functions(content.functions),
        purposes=build_purposes(content.purposes),
        duties=build_duties(content.duties),
        care=build_care(content.care),
        interests=build_interests(content.interests),
        districts=districts,
        texts=texts,
        examples=content.examples,
    )
