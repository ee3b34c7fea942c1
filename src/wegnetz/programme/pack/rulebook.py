"""The rules of a pack: criteria that fit their questions, in an order in which each can be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from wegnetz.programme.pack.errors import Fault, PackError, shown
from wegnetz.programme.pack.schema import BlockFile, CriterionFile
from wegnetz.programme.pack.versions import is_day, version_of
from wegnetz.rules.criteria import COMPOSITE, FACT_KINDS, Criterion, Kind
from wegnetz.rules.decisions import PERIOD, Block, Requirement, Rulebook
from wegnetz.rules.facts import FactDefinition
from wegnetz.rules.parameters import Version

FILE = "criteria.toml"
MOST_MONTHS = 1200  # a century


def build_rulebook(
    definitions: Mapping[str, FactDefinition],
    criteria: Mapping[str, CriterionFile],
    blocks: Mapping[str, BlockFile],
) -> Rulebook:
    """Criteria and blocks as the rules read them. Raises PackError with every fault found."""
    faults: list[Fault] = []
    built = _criteria(criteria, definitions, faults)
    ordered = _parts_first(built, faults)
    in_order = sorted(blocks.items(), key=lambda item: item[1].number)
    found = tuple(_block(name, entry, built, faults) for name, entry in in_order)
    if faults:
        raise PackError(tuple(faults))
    return Rulebook(tuple(definitions.values()), ordered, tuple(block for block in found if block))


def _criteria(
    criteria: Mapping[str, CriterionFile], definitions: Mapping[str, FactDefinition], faults: list[Fault]
) -> dict[str, Criterion]:
    built: dict[str, Criterion] = {}
    for name, entry in criteria.items():
        if name == PERIOD:
            faults.append(Fault(FILE, name, "the name of the running time", "another id"))
        if entry.kind in COMPOSITE and not entry.parts:
            faults.append(Fault(FILE, f"{name}.parts", "nothing", "at least one criterion"))
            continue
        versions = tuple(map(version_of, entry.versions))
        try:
            built[name] = Criterion(name, entry.kind, versions, entry.fact, entry.parts)
        except ValueError as error:
            faults.append(Fault(FILE, name, "a criterion that does not hold together", str(error)))
            continue
        faults.extend(_check_criterion(built[name], definitions))
    return built


def _check_criterion(criterion: Criterion, definitions: Mapping[str, FactDefinition]) -> Iterator[Fault]:
    """The question exists and is of a kind the criterion can read; every value fits both."""
    definition = definitions.get(criterion.fact)
    if criterion.kind not in COMPOSITE:
        place = f"{criterion.id}.fact"
        if definition is None:
            yield Fault(FILE, place, shown(criterion.fact), "a question of facts.toml")
            return
        if definition.kind not in FACT_KINDS[criterion.kind]:
            kinds = " or ".join(sorted(FACT_KINDS[criterion.kind]))
            yield Fault(FILE, place, f"a {definition.kind} question", f"a {kinds} question")
            return
    for i, version in enumerate(criterion.versions):
        expected = None if version.repealed else _value_expected(criterion.kind, version, definition)
        if expected:
            yield Fault(FILE, f"{criterion.id}.versions[{i}].value", shown(version.value), expected)


def _value_expected(kind: Kind, version: Version, definition: FactDefinition | None) -> str:
    """What should stand there, or nothing when the value is right."""
    value = version.value
    if kind in COMPOSITE:
        return "" if value is None else "no value"
    match kind:
        case Kind.AGE_BETWEEN:
            return "" if _are_ages(value) else "[youngest, oldest] in completed years"
        case Kind.ONE_OF | Kind.NONE_OF:
            choices = definition.choices if definition else ()
            right = isinstance(value, tuple) and bool(value) and all(item in choices for item in value)
            return "" if right else "answers out of " + ", ".join(choices)
        case Kind.FLAG:
            return "" if isinstance(value, bool) else "true or false"
        case Kind.HELD_FOR_AT_LEAST:
            right = type(value) is int and 0 < value <= MOST_MONTHS
            return "" if right else f"months, from 1 to {MOST_MONTHS}"
        case _:
            return "" if is_day(value) else "a day"


def _are_ages(value: object) -> bool:
    if not isinstance(value, tuple) or [type(age) for age in value] != [int, int]:
        return False
    return bool(0 <= value[0] <= value[1])


def _parts_first(built: Mapping[str, Criterion], faults: list[Fault]) -> tuple[Criterion, ...]:
    graph: dict[str, tuple[str, ...]] = {}
    for name, criterion in built.items():
        graph[name] = tuple(part for part in criterion.parts if part in built)
        for part in criterion.parts:
            if part not in built:
                faults.append(Fault(FILE, f"{name}.parts", shown(part), "a criterion of criteria.toml"))
            elif _may_be_absent(built[part], criterion):
                expected = "a part that holds whenever the composite does"
                faults.append(Fault(FILE, f"{name}.parts", shown(part), expected))
    try:
        return tuple(built[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        faults.append(Fault(FILE, circle, "criteria that ask for each other", "parts without a circle"))
        return ()


def _may_be_absent(part: Criterion, whole: Criterion) -> bool:
    """Whether there can be a day on which the whole holds without the part."""
    later = part.versions[0].since > whole.versions[0].since
    return later or any(version.repealed for version in part.versions)


def _block(name: str, entry: BlockFile, criteria: Mapping[str, Criterion], faults: list[Fault]) -> Block | None:
    try:
        requirements = tuple(Requirement(item.criterion, item.otherwise) for item in entry.requirements)
        block = Block(name, version_of(entry.start), tuple(map(version_of, entry.end)), requirements)
    except ValueError as error:
        faults.append(Fault("blocks.toml", name, "a block that does not hold together", str(error)))
        return None
    for i, item in enumerate(requirements):
        if item.criterion not in criteria:
            place = f"{name}.requirements[{i}].criterion"
            faults.append(Fault("blocks.toml", place, shown(item.criterion), "a criterion of criteria.toml"))
    return block
