"""A pack's own examples: the situations its authors promise."""

from __future__ import annotations

from collections.abc import Iterator

from wegnetz.programme.pack.errors import Fault, shown
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.rates import read_rate_value
from wegnetz.programme.pack.schema import ExampleFile
from wegnetz.programme.pack.versions import is_day
from wegnetz.rules.criteria import answer_all
from wegnetz.rules.decisions import PERIOD
from wegnetz.rules.facts import Fact, FactError, Facts, read_value
from wegnetz.rules.parameters import ParameterValue, version_on

NOT_KNOWN = "none"

Difference = tuple[str, str, str]


def facts_of(pack: Pack, example: ExampleFile) -> Facts:
    return {name: Fact(name, read_value(pack.definitions[name], raw)) for name, raw in example.facts.items()}


def check_examples(pack: Pack) -> Iterator[Fault]:
    """Every example names what exists and states something."""
    for file, example in pack.examples:
        if not (example.expect or example.ends or example.rates or example.since):
            expected = "the result of at least one block, or ends, rates or since"
            yield Fault(file, f"{example.name}: expect", "nothing", expected)
        for place, found, expected in (*_unfit_facts(pack, example), *_unfit_names(pack, example)):
            yield Fault(file, f"{example.name}: {place}", found, expected)
        for place, found, expected in _unfit_values(example):
            yield Fault(file, f"{example.name}: {place}", found, expected)


def _unfit_facts(pack: Pack, example: ExampleFile) -> Iterator[Difference]:
    for fact, raw in example.facts.items():
        definition = pack.definitions.get(fact)
        if definition is None:
            yield f"facts.{fact}", shown(fact), "a question of facts.toml"
            continue
        try:
            read_value(definition, raw)
        except FactError as error:
            yield f"facts.{fact}", shown(error.found), error.expected


def _unfit_names(pack: Pack, example: ExampleFile) -> Iterator[Difference]:
    blocks, rates = set(pack.blocks), {rate.id for rate in pack.rates}
    criteria = {criterion.id for criterion in pack.rulebook.criteria} | {PERIOD}
    for group, names, known, expected in (
        ("expect", (*example.expect, *example.missing), blocks, "a block of blocks.toml"),
        ("criteria", tuple(example.criteria), criteria, "a criterion"),
        ("ends", tuple(example.ends), blocks, "a block of blocks.toml"),
        ("rates", tuple(example.rates), rates, "a rate of rates.toml"),
        ("since", tuple(example.since), rates, "a rate of rates.toml"),
    ):
        yield from ((f"{group}.{name}", shown(name), expected) for name in names if name not in known)


def _unfit_values(example: ExampleFile) -> Iterator[Difference]:
    for block, raw in example.ends.items():
        if raw != NOT_KNOWN and not is_day(raw):
            yield f"ends.{block}", shown(raw), f'a day, or "{NOT_KNOWN}"'
    for rate, raw in example.rates.items():
        try:
            _stated(raw)
        except ValueError as error:
            yield f"rates.{rate}", shown(raw), f'{error}, or "{NOT_KNOWN}"'


def _stated(raw: object) -> ParameterValue:
    return None if raw == NOT_KNOWN else read_rate_value(raw)


def run_examples(pack: Pack) -> Iterator[Fault]:
    """Yield a fault for every expectation that the rules do not fulfil."""
    for file, example in pack.examples:
        for place, found, expected in (*_other_results(pack, example), *_other_values(pack, example)):
            yield Fault(file, f"{example.name}: {place}", found, expected)


def _other_results(pack: Pack, example: ExampleFile) -> Iterator[Difference]:
    rules, facts = pack.rulebook.on(example.on), facts_of(pack, example)
    decisions = {decision.block: decision for decision in rules.decide(facts)}
    answers = {f.criterion: f.answer for d in decisions.values() for f in d.findings}
    answers |= {name: f.answer for name, f in answer_all(rules.criteria, facts, example.on).items()}
    for block, expected in example.expect.items():
        if decisions[block].result is not expected:
            yield block, str(decisions[block].result), str(expected)
    for block, questions in example.missing.items():
        missing = decisions[block].missing
        if set(missing) != set(questions):
            yield f"missing.{block}", ", ".join(missing) or "nothing", ", ".join(questions) or "nothing"
    for criterion, answer in example.criteria.items():
        if answers.get(criterion) != answer:
            yield f"criteria.{criterion}", str(answers.get(criterion, "nothing")), answer


def _other_values(pack: Pack, example: ExampleFile) -> Iterator[Difference]:
    """Ends and rates that were not as stated on the day."""
    for block, raw in example.ends.items():
        end = version_on(pack.blocks[block].ends, example.on)
        known, stated = end.value if end else None, None if raw == NOT_KNOWN else raw
        if known != stated:
            yield f"ends.{block}", _plain(known), _plain(stated)
    in_force = {rate.id: rate.on(example.on) for rate in pack.rates}
    for rate, raw in example.rates.items():
        version = in_force[rate]
        value, stated = version.value if version else None, _stated(raw)
        if value != stated:
            yield f"rates.{rate}", _plain(value), _plain(stated)
    for rate, day in example.since.items():
        version = in_force[rate]
        if version is None or version.since != day:
            yield f"since.{rate}", _plain(version.since if version else None), _plain(day)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return NOT_KNOWN if value is None else str(value)
