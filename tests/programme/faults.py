"""What is wrong with a pack, as `wegnetz check-pack` finds it."""

from __future__ import annotations

from collections.abc import Mapping

from wegnetz.programme.pack.errors import Fault, PackError
from wegnetz.programme.pack.examples import run_examples
from wegnetz.programme.pack.reader import build


def faults_of(files: Mapping[str, str]) -> tuple[Fault, ...]:
    try:
        return tuple(run_examples(build(files)))
    except PackError as error:
        return error.faults
