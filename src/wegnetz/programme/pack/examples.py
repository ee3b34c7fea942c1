"""Run a pack's own examples: the situations its authors promise."""

from __future__ import annotations

from collections.abc import Iterator

from wegnetz.programme.pack.errors import Fault
from wegnetz.programme.pack.model import Pack
from wegnetz.programme.pack.schema import ExampleFile
from wegnetz.rules.criteria import Answer, answer_all
from wegnetz.rules.decisions import Decision
from wegnetz.rules.facts import Fact, Facts, read_value


def facts_of(pack: Pack, example: ExampleFile) -> Facts:
    return {name: Fact(name, read_value(pack.definitions[name], raw)) for name, raw in example.facts.items()}


def run_examples(pack: Pack) -> Iterator[Fault]:
    """Yield a fault for every expectation that the rules do not fulfil."""
    for file, example in pack.examples:
        rules, facts = pack.rulebook.on(example.on), facts_of(pack, example)
        decisions = {d.block: d for d in rules.decide(facts)}
        answers = {f.criterion: f.answer for d in decisions.values() for f in d.findings}
        answers |= {name: f.answer for name, f in answer_all(rules.criteria, facts, example.on).items()}
        for place, found, expected in _differences(example, decisions, answers):
            yield Fault(file, f"{example.name}: {place}", found, expected)


def _differences(
    example: ExampleFile, decisions: dict[str, Decision], answers: dict[str, Answer]
) -> Iterator[tuple[str, str, str]]:
    for block, expected in example.expect.items():
        if decisions[block].result is not expected:
            yield block, str(decisions[block].result), str(expected)
    for block, questions in example.missing.items():
        if set(decisions[block].missing) != set(questions):
            yield f"missing.{block}", ", ".join(decisions[block].missing) or "nothing", ", ".join(questions) or "nothing"
    for criterion, answer in example.criteria.items():
        if answers.get(criterion) != answer:
            yield f"criteria.{criterion}", str(answers.get(criterion, "nothing")), answer
