"""Words and helpers for breaking the minimal pack."""

from __future__ import annotations

from collections.abc import Mapping

from tests.programme.minimal import changed
from wegnetz.programme.pack.errors import Fault, PackError
from wegnetz.programme.pack.examples import run_examples
from wegnetz.programme.pack.reader import build

PROGRAMME, SOURCES, FACTS = "programme.toml", "sources.toml", "facts.toml"
CRITERIA, BLOCKS, RATES = "criteria.toml", "blocks.toml", "rates.toml"
EXAMPLE, DE, EN = "examples/young.toml", "texts/de/", "texts/en/"
YOUNG = "A young person with a Duldung"
ORDER = "versions must stand in order of their day, each day once, at least one"
EXACT = 'an exact amount in quotes, such as "37.50"'
STATUS_VALUE = 'value = ["duldung", "gestattung"]'
AGES, MONTHS = "[youngest, oldest] in completed years", "months, from 1 to 1200"
CHOICES = "answers out of duldung, gestattung, other"
WORDS = "one of {age}, {fact}, {oldest}, {value}, {youngest}"
A_DAY = "a day that exists, written 2001-12-31 or 2001"

Case = tuple[str, dict[str, str], tuple[Fault, ...]]


def faults_of(files: Mapping[str, str]) -> tuple[Fault, ...]:
    """What is wrong with a pack, as `wegnetz check-pack` finds it."""
    try:
        return tuple(run_examples(build(files)))
    except PackError as error:
        return error.faults


def one(name: str, change: tuple[str, str, str], place: str, found: str, expected: str) -> Case:
    """A change in a file that leads to one fault in the same file."""
    return name, changed(change), (Fault(change[0], place, found, expected),)
